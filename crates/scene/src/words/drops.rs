//! What the firewall's toggles drop, and where.

/// What a toggle of the firewall drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// SYN without ACK.
    Syn,
    /// SYN and ACK.
    SynAck,
    /// ACK without data.
    Ack,
    /// Data.
    Data,
    /// FIN
    Fin,
    /// RST
    Rst,
}

/// Where a toggle drops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DropPlace {
    /// In the OUTPUT chain of the host that sends such a segment first.
    #[default]
    Sender,
    /// C_m OUTPUT
    ClientOutput,
    /// C_m INPUT
    ClientInput,
    /// S_m INPUT
    ServerInput,
    /// S_m OUTPUT
    ServerOutput,
    /// In the network between them.
    Network,
}

impl DropPlace {
    /// All, in the order in which they are offered.
    pub const ALL: [DropPlace; 6] = [
        DropPlace::Sender,
        DropPlace::ClientOutput,
        DropPlace::ClientInput,
        DropPlace::ServerInput,
        DropPlace::ServerOutput,
        DropPlace::Network,
    ];
}

/// What became of the packets that a rule took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// They were dropped, or lost.
    Dropped,
    /// They were dropped, and their sender heard of it.
    Rejected,
    /// They came twice.
    Doubled,
    /// They took twice as long.
    Late,
}
