//! Present: the picture alone, large enough for the back row.

/// Whether the page is presented, and what of it is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Present {
    /// It is not.
    #[default]
    Off,
    /// States, diagram, wire, what happened, and the rules in force.
    On,
    /// The firewall's buttons, too.
    Firewall,
    /// Nothing: who speaks wants to be looked at.
    Blank,
}

impl Present {
    /// Its key in styles; `None` if the page is not presented.
    pub(crate) const fn key(self) -> Option<&'static str> {
        match self {
            Present::Off => None,
            Present::On => Some("on"),
            Present::Firewall => Some("firewall"),
            Present::Blank => Some("blank"),
        }
    }

    /// The page is presented.
    pub(crate) fn is_on(self) -> bool {
        self != Present::Off
    }

    /// `wanted`, or if it is so already, no more than presented.
    #[must_use]
    pub(crate) fn toggled(self, wanted: Present) -> Present {
        if self == wanted { Present::On } else { wanted }
    }
}
