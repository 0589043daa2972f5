//! What is looked at: a moment of the past, or a segment that was picked. The clock stands for it.

use super::Store;
use tcp_core::Instant;
use tcp_core::net::{Packet, PacketId};
use tcp_scene::Piece;

impl Store {
    /// Goes to a moment of the past.
    pub(super) fn go_to(&mut self, to: Instant) {
        self.session.go_to(to.min(self.session.end()));
        self.looks();
    }

    /// The clock stands while the past is looked at, and goes on at its end.
    pub(super) fn looks(&mut self) {
        if self.session.lab().now() < self.session.end() {
            self.stands();
        } else {
            self.looks_on();
        }
    }

    /// What is looked at is the present again.
    pub(super) fn looks_on(&mut self) {
        self.playing |= self.looks_back;
        self.looks_back = false;
    }

    /// A segment moves faster than a hand: whoever has picked one finds it where it was.
    pub(super) fn pick(&mut self, packet: Option<PacketId>) {
        self.look.picked = packet;
        match packet {
            Some(_) => self.stands(),
            None => {
                self.inspects = false;
                self.looks();
            }
        }
    }

    /// What is read closely stays when time goes on, so the clock stands no longer than it did.
    pub(super) const fn inspect(&mut self, packet: PacketId) {
        self.look.picked = Some(packet);
        self.inspects = true;
        self.look.piece = None;
    }

    /// It has the place of what is known of a segment.
    pub(super) fn look_at(&mut self, piece: Option<Piece>) {
        if piece.is_some() && self.inspects {
            self.pick(None);
        }
        self.look.piece = piece;
    }

    /// The clock stands, or goes on as before.
    pub(super) fn halt(&mut self, halt: bool) {
        if halt {
            self.stands();
        } else if self.look.picked.is_none() {
            self.looks();
        }
    }

    /// The segment that was picked, if it has been sent by now.
    pub(super) fn picked(&self) -> Option<Packet> {
        let passage = self.session.lab().world().log().packet(self.look.picked?)?;
        Some(passage.packet().clone())
    }

    /// Another course of the world may have another segment with the same id, or none.
    pub(super) fn keep_picked(&mut self, before: Option<Packet>) {
        if before.is_none() || before != self.picked() {
            self.look.picked = None;
            self.inspects = false;
        }
    }

    /// The clock stands as long as something is looked at, unless only others may stop it.
    fn stands(&mut self) {
        if !self.locks.time {
            self.looks_back |= self.playing;
            self.playing = false;
        }
    }
}

#[cfg(test)]
mod tests;
