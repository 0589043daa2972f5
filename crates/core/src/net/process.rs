//! Who holds a socket.

/// The process that holds a socket. Assigned by the shell; the world only stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessId(pub u32);

/// The user to whom a process, and a socket that it made, belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(pub u32);

impl Uid {
    /// The user who may do everything.
    pub const ROOT: Uid = Uid(0);
}
