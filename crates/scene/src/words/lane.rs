//! The names at the sides of the diagram.

/// One of the four names at the sides of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Passive open.
    PassiveOpen,
    /// Active open.
    ActiveOpen,
    /// Active close.
    ActiveClose,
    /// Passive close.
    PassiveClose,
}
