//! What a pause waits for: a condition on the facts of the log.

use super::Goal;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use tcp_core::net::firewall::ChainName;
use tcp_core::net::{CallName, HostId, Packet, Place};
use tcp_core::tcp::{State, Timer};
use tcp_shell::tools::netstat;

/// What is waited for. Each but [`Condition::Start`], [`Condition::Rows`] and [`Condition::Ended`] is a kind of fact,
/// and can happen several times.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Nothing: it holds at once.
    Start,
    /// A segment left its host, after the OUTPUT chain.
    Departed(Segments),
    /// A firewall or the network stopped a segment.
    Stopped(Segments),
    /// A segment passed the receiver's firewall.
    Arrived(Segments),
    /// The network holds a segment.
    Held(Segments),
    /// A segment arrived and had no effect.
    Discarded(Segments),
    /// A connection or a listener on this host entered this state.
    Enters {
        /// The host.
        #[serde(deserialize_with = "host")]
        host: HostId,
        /// The state, in netstat's spelling.
        #[serde(deserialize_with = "state")]
        state: State,
    },
    /// A call failed at once.
    Refused {
        /// The host of the program.
        #[serde(deserialize_with = "host")]
        host: HostId,
        /// The call.
        #[serde(deserialize_with = "call")]
        call: CallName,
    },
    /// A timer of a connection ran out.
    Expired {
        /// The host of the connection.
        #[serde(deserialize_with = "host")]
        host: HostId,
        /// The timer, by netstat's word for it.
        #[serde(deserialize_with = "timer")]
        timer: Timer,
    },
    /// A listener had no room for what arrived.
    QueueFull {
        /// The host of the listener.
        #[serde(deserialize_with = "host")]
        host: HostId,
    },
    /// A listener answered a SYN with a cookie.
    Cookie {
        /// The host of the listener.
        #[serde(deserialize_with = "host")]
        host: HostId,
    },
    /// A host has exactly these rows in netstat, in any order; a host that is not listed may have any.
    Rows {
        /// Rows of C_m, sorted.
        #[serde(default, deserialize_with = "states")]
        client: Option<Cow<'static, [State]>>,
        /// Rows of S_m, sorted.
        #[serde(default, deserialize_with = "states")]
        server: Option<Cow<'static, [State]>>,
    },
    /// There were connections, and the last row of the last one is gone.
    Ended,
    /// A state, an edge or a pair of states is reached. No file has it: it ends a way.
    #[serde(skip)]
    Reaches(Goal),
}

/// A choice of segments.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segments {
    /// Their kind.
    pub segment: Kind,
    /// The host that sends them; any if it is missing.
    #[serde(default, deserialize_with = "some_host")]
    pub from: Option<HostId>,
    /// Where they are stopped, `client OUTPUT` or `network`; anywhere if it is missing.
    #[serde(default)]
    pub at: Option<Stop>,
    /// The window that they offer, in octets; any if it is missing.
    #[serde(default)]
    pub window: Option<u32>,
}

/// The kind of a segment: what it is for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Kind {
    /// Asks for a connection.
    Syn,
    /// Answers a SYN.
    SynAck,
    /// Only acknowledges.
    Ack,
    /// Carries data.
    Data,
    /// Closes one direction.
    Fin,
    /// Resets the connection.
    Rst,
    /// Not a segment, but an ICMP error about one.
    Icmp,
}

impl TryFrom<String> for Kind {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Kind, &'static str> {
        Kind::named(&name).ok_or(NO_KIND)
    }
}

/// Reason for refusing an unknown kind.
pub const NO_KIND: &str = "must be SYN, SYN|ACK, ACK, data, FIN, RST or ICMP";
/// Reason for refusing an unknown state.
pub const NO_STATE: &str = "must be a state as netstat writes it";
/// Reason for refusing an unknown call.
pub const NO_CALL: &str = "must be bind, listen, connect or send";
/// Reason for refusing an unknown timer.
pub const NO_TIMER: &str = "must be on, probe or timewait";

/// The state of this name, in netstat's spelling.
pub fn state_named(name: &str) -> Option<State> {
    State::ALL.into_iter().find(|state| netstat::state_name(*state) == name)
}

/// The call of this name, of those that a condition can wait for.
pub fn call_named(name: &str) -> Option<CallName> {
    Some(match name {
        "bind" => CallName::Bind,
        "listen" => CallName::Listen,
        "connect" => CallName::Connect,
        "send" => CallName::Send,
        _ => return None,
    })
}

/// The timer of this name, by netstat's word for it.
pub fn timer_named(name: &str) -> Option<Timer> {
    Some(match name {
        "on" => Timer::Retransmit,
        "probe" => Timer::Probe,
        "timewait" => Timer::TimeWait,
        _ => return None,
    })
}

impl Kind {
    /// Every kind with its name, as files have it.
    const NAMES: [(Kind, &'static str); 7] = [
        (Kind::Syn, "SYN"),
        (Kind::SynAck, "SYN|ACK"),
        (Kind::Ack, "ACK"),
        (Kind::Data, "data"),
        (Kind::Fin, "FIN"),
        (Kind::Rst, "RST"),
        (Kind::Icmp, "ICMP"),
    ];

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::NAMES.into_iter().find(|(_, known)| *known == name).map(|(kind, _)| kind)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Kind::NAMES.into_iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The kind of a packet.
    pub fn of(packet: &Packet) -> Kind {
        let Some(segment) = packet.segment() else { return Kind::Icmp };
        if segment.is_rst() {
            Kind::Rst
        } else if segment.is_syn() {
            if segment.is_ack() { Kind::SynAck } else { Kind::Syn }
        } else if segment.is_fin() {
            Kind::Fin
        } else if segment.payload.is_empty() {
            Kind::Ack
        } else {
            Kind::Data
        }
    }
}

/// A place where segments are stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Stop {
    /// C_m's OUTPUT chain.
    #[serde(rename = "client OUTPUT")]
    ClientOutput,
    /// C_m's INPUT chain.
    #[serde(rename = "client INPUT")]
    ClientInput,
    /// S_m's OUTPUT chain.
    #[serde(rename = "server OUTPUT")]
    ServerOutput,
    /// S_m's INPUT chain.
    #[serde(rename = "server INPUT")]
    ServerInput,
    /// The network.
    #[serde(rename = "network")]
    Network,
}

impl Stop {
    /// Whether this is the place of a fact.
    pub const fn is(self, place: Place) -> bool {
        match place {
            Place::Network => matches!(self, Stop::Network),
            Place::Link(_) | Place::Lookup(_) | Place::Qdisc(..) => false,
            Place::Chain(HostId::Client, ChainName::Output, _) => matches!(self, Stop::ClientOutput),
            Place::Chain(HostId::Client, ChainName::Input, _) => matches!(self, Stop::ClientInput),
            Place::Chain(HostId::Server, ChainName::Output, _) => matches!(self, Stop::ServerOutput),
            Place::Chain(HostId::Server, ChainName::Input, _) => matches!(self, Stop::ServerInput),
            Place::Chain(..) => false,
        }
    }
}

fn host<'de, D: Deserializer<'de>>(from: D) -> Result<HostId, D::Error> {
    let word = String::deserialize(from)?;
    let host = HostId::with_word(&word).filter(|host| matches!(host, HostId::Client | HostId::Server));
    host.ok_or_else(|| D::Error::custom("must be client or server"))
}

fn some_host<'de, D: Deserializer<'de>>(from: D) -> Result<Option<HostId>, D::Error> {
    host(from).map(Some)
}

/// Reads a state in netstat's spelling.
pub(super) fn state_of<E: Error>(word: &str) -> Result<State, E> {
    state_named(word).ok_or_else(|| E::custom(NO_STATE))
}

fn state<'de, D: Deserializer<'de>>(from: D) -> Result<State, D::Error> {
    state_of(&String::deserialize(from)?)
}

/// Rows have no order.
fn states<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'static, [State]>>, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    let mut states = words.iter().map(|word| state_of(word)).collect::<Result<Vec<State>, D::Error>>()?;
    states.sort_unstable();
    Ok(Some(states.into()))
}

fn call<'de, D: Deserializer<'de>>(from: D) -> Result<CallName, D::Error> {
    call_named(&String::deserialize(from)?).ok_or_else(|| D::Error::custom(NO_CALL))
}

fn timer<'de, D: Deserializer<'de>>(from: D) -> Result<Timer, D::Error> {
    timer_named(&String::deserialize(from)?).ok_or_else(|| D::Error::custom(NO_TIMER))
}
