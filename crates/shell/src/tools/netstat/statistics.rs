//! `netstat -s`: what a host's IP and TCP counted, taken from the log of facts.
//!
//! It shows only counters that follow from the log with certainty, in the tool's lines.

use super::Options;
use tcp_core::net::{CallName, Fact, Happened, HostId, World};
use tcp_core::tcp::State;

#[derive(Default)]
struct Counted {
    active: u32,
    passive: u32,
    failed: u32,
    resets_received: u32,
    received: u32,
    sent: u32,
    again: u32,
    resets_sent: u32,
}

/// The text of `netstat -s`; with `-t`, without IP.
pub(super) fn text(world: &World, host: HostId, options: &Options) -> String {
    let mut counted = Counted::default();
    for fact in world.facts().filter(|fact| fact.host == Some(host)) {
        counted.add(world, &fact);
    }
    let is_open = |state| matches!(state, State::Established | State::CloseWait);
    let established = world.sockets(host).iter().filter(|row| is_open(row.state)).count();
    let mut out = String::new();
    if options.is_everything() {
        let Counted { received, sent, .. } = counted;
        out += &format!(
            "Ip:\n    Forwarding: 2\n    {received} total packets received\n    0 forwarded\n    0 incoming packets \
             discarded\n    {received} incoming packets delivered\n    {sent} requests sent out\n"
        );
    }
    out += &counted.lines(established);
    out
}

impl Counted {
    fn add(&mut self, world: &World, fact: &Fact) {
        match &fact.what {
            Happened::Called { call: CallName::Connect, .. } => self.active += 1,
            Happened::Refused { call: CallName::Connect, .. } => self.active -= 1,
            Happened::Moved { row, .. } => match (row.from, row.to) {
                (State::Listen, State::SynReceived) => self.passive += 1,
                (State::SynSent | State::SynReceived, State::Closed | State::Listen) => self.failed += 1,
                _ => {}
            },
            Happened::Sent { packet, .. } => {
                let packet = world.packet(*packet);
                if let Some(segment) = packet.segment() {
                    self.sent += 1;
                    self.again += u32::from(packet.again > 0);
                    self.resets_sent += u32::from(segment.is_rst());
                }
            }
            Happened::Arrived { packet, .. } => {
                if let Some(segment) = world.packet(*packet).segment() {
                    self.received += 1;
                    self.resets_received += u32::from(segment.is_rst());
                }
            }
            _ => {}
        }
    }

    fn lines(&self, established: usize) -> String {
        let Counted { active, passive, failed, resets_received, received, sent, again, resets_sent } = self;
        format!(
            "Tcp:\n    {active} active connection openings\n    {passive} passive connection openings\n    {failed} \
             failed connection attempts\n    {resets_received} connection resets received\n    {established} \
             connections established\n    {received} segments received\n    {sent} segments sent out\n    {again} \
             segments retransmitted\n    0 bad segments received\n    {resets_sent} resets sent\n"
        )
    }
}
