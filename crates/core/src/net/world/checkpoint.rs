//! Checkpoints: going back to an earlier moment of a world.

use super::{Present, World};
use crate::Instant;
use crate::net::Host;
use crate::net::log::Mark;
use std::hash::{Hash, Hasher};

/// A world at some moment: everything but the log, and the length that the log had then.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    here: Present,
    log: Mark,
}

impl Checkpoint {
    /// The time at which the checkpoint was taken.
    pub const fn now(&self) -> Instant {
        self.here.now
    }

    /// Its size in octets, approximately.
    pub fn weight(&self) -> u64 {
        const SOCKET: u64 = 1024;
        const EVENT: u64 = 64;
        let sockets: usize = self.here.hosts.iter().map(Host::sockets_held).sum();
        SOCKET * sockets as u64 + EVENT * self.here.queue.len() as u64
    }
}

impl World {
    /// The world as it is now. Copies no facts.
    #[inline] // Thereby its caller builds it, for size and not for speed as this crate is built.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { here: self.here.clone(), log: self.log.mark() }
    }

    /// Goes back, or forward again, to a moment of this world. The later facts are kept until something else happens
    /// than happened then, or [`World::fork`] announces it.
    #[inline] // As `checkpoint`.
    pub fn restore(&mut self, to: &Checkpoint) {
        self.here.clone_from(&to.here);
        self.log.restore(&to.log);
    }

    /// Drops the facts after the present moment, which were written before the world went back to it.
    pub fn fork(&mut self) {
        self.log.fork();
    }
}

/// Two worlds are hashed alike if the same will happen in them, whatever their logs and the work done so far.
impl Hash for World {
    fn hash<H: Hasher>(&self, to: &mut H) {
        let Present { now, hosts, link, wire, queue, wakes, time_to_notice, meter: _ } = &self.here;
        (now, hosts, link, wire, queue, wakes, time_to_notice).hash(to);
    }
}
