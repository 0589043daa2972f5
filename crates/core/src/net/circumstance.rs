//! What differs between two runs of one kernel.

use super::Host;
use std::time::Duration;

/// A circumstance of the imitated machine, in which two runs of the same kernel differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circumstance {
    /// Offset of the slots of the hosts' timer wheels.
    TimerPhase(Duration),
    /// A moment from which the spans of 64 ms are counted to which a cookie's timestamp is rounded, where it is.
    CookieClock(Duration),
    /// Time that a program takes to notice that the peer has closed. On a real machine this is a race: if the program
    /// takes longer than the kernel waits, an ACK precedes the program's own FIN.
    TimeToNotice(Duration),
    /// Secret by which a host chooses among listeners that share a port; 0 if they take turns.
    ListenerSecret(u64),
    /// The hosts need not ask for each other (ARP): what is for one whose interface is down goes onto the wire all the same, at any time.
    FixedNeighbours,
}

impl Host {
    /// Makes the host as one in this circumstance, as far as it concerns a host.
    pub(super) const fn imitate(&mut self, circumstance: Circumstance) {
        match circumstance {
            Circumstance::TimerPhase(phase) => self.set_timer_phase(phase),
            Circumstance::CookieClock(clock) => self.set_cookie_clock(clock),
            Circumstance::ListenerSecret(secret) => self.set_listener_secret(secret),
            Circumstance::FixedNeighbours => self.fix_neighbours(),
            Circumstance::TimeToNotice(_) => {}
        }
    }
}
