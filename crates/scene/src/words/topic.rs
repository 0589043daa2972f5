//! Where the article and a real kernel differ.

/// Where the article and a real kernel part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What nc does when the peer closes.
    Nc,
    /// When a SYN is sent again.
    Syn,
    /// How long TIME_WAIT lasts.
    TimeWait,
    /// When data is sent again.
    Data,
}

impl Topic {
    /// The heading of its facts in `kernel.html`.
    pub const fn key(self) -> &'static str {
        match self {
            Topic::Nc => "nc",
            Topic::Syn => "syn",
            Topic::TimeWait => "time-wait",
            Topic::Data => "data",
        }
    }
}
