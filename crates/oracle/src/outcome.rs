//! The outcome of a run, in the fields of the kernel traces: the same type reads a trace and writes a replay.

mod circumstances;
mod cookie;
mod firewall;
mod kernel;
mod packets;
mod play;
mod programs;
mod rows;
mod startup;
mod wheel;

pub(crate) use cookie::clock as cookie_clock;
pub(crate) use play::session;
pub use play::{Limits, Unplayable, play};
pub(crate) use wheel::phase;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::{Line, Settings};

/// The hosts that a trace reports on.
const HOSTS: [HostId; 2] = [HostId::Client, HostId::Server];

/// Milliseconds as the traces write them, with two digits after the point.
fn ms(at: Instant) -> f64 {
    (at.as_millis_f64() * 100.0).round() / 100.0
}

/// The version of the traces' format.
pub const FORMAT: u64 = 1;

/// The states that each connection entered, and when; by host (`client`, `server`), then by connection.
pub type Trajectories = BTreeMap<String, BTreeMap<String, Vec<(f64, String)>>>;

/// A trace. Times are milliseconds since its beginning. A replay needs only the steps; fields that a file leaves out
/// are empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a trace")]
pub struct Outcome {
    /// The version of the format: [`FORMAT`].
    pub format: u64,
    /// Name of the trace, which is that of its file.
    pub name: String,
    /// Title of one sentence.
    pub title: String,
    /// A longer description; empty if there is no more to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The part of the article that it belongs to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// Versions of the kernel and the tools that recorded it.
    pub recorded_on: BTreeMap<String, String>,
    /// The network: `veth pair`, or `relay, 400 ms each way`; for a recording, its delays.
    pub link: Value,
    /// The hosts' addresses.
    pub hosts: Value,
    /// Duration in milliseconds.
    pub duration_ms: f64,
    /// Who typed, if not root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Constants by host.
    pub sysctls: Settings,
    /// Notes for the reader of the trace.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The steps, with the output of their commands.
    pub steps: Vec<Line>,
    /// The states of each connection and listener.
    pub state_trajectory: Trajectories,
    /// Retransmissions, and in a trace also changes of state.
    pub kernel_events: Vec<KernelEvent>,
    /// The packets, each once.
    pub packets: Vec<PacketSeen>,
    /// Commands and listings of the firewalls.
    pub iptables: Vec<Listing>,
    /// The programs.
    pub processes: Vec<ProcessSeen>,
    /// Rows of netstat and ss.
    pub samples: Vec<Sample>,
    /// Packets that the network lost.
    pub network_drops: Vec<NetworkDrop>,
    /// Of a replay: whether two sockets of one host listened at one address and port.
    #[serde(skip)]
    pub shares_a_port: bool,
}

/// Something that the kernel did on its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KernelEvent {
    /// When it happened.
    pub t_ms: f64,
    /// Host on which it happened.
    pub host: String,
    /// Name of the connection.
    pub conn: String,
    /// `retransmit`, `retransmit_synack`, or `state`, which a replay leaves out.
    pub event: String,
    /// For a change of state, the state before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// For a change of state, the state after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// For a retransmission, the state in which it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The result of sending it; -1 if this host's firewall dropped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub err: Option<i64>,
}

/// A packet that left a host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacketSeen {
    /// When it left, after the OUTPUT chain.
    pub t_ms: f64,
    /// When it arrived, before the INPUT chain; `None` if it was lost.
    #[serde(default)]
    pub rx_ms: Option<f64>,
    /// Host that sent it.
    pub from: String,
    /// Host that received it, if it is not the other host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `tcp`, `icmp` or `arp`.
    pub proto: String,
    /// Source, as `ADDR:PORT`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub src: String,
    /// Destination, as `ADDR:PORT`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dst: String,
    /// Names of the flags, such as `SYN,ACK`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flags: String,
    /// SEG.SEQ.
    #[serde(default)]
    pub seq: Option<u32>,
    /// SEG.ACK.
    #[serde(default)]
    pub ack: Option<u32>,
    /// Octets of data.
    #[serde(default)]
    pub len: u32,
    /// SEG.WND, not scaled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub win: Option<u16>,
    /// The packet as tcpdump writes it; for ICMP, its message.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// SEG.SEQ relative to the sender's initial number.
    #[serde(default)]
    pub rel_seq: Option<u32>,
    /// SEG.ACK relative to the peer's initial number.
    #[serde(default)]
    pub rel_ack: Option<u32>,
}

/// A packet that the network lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkDrop {
    /// When it was sent.
    pub t_ms: f64,
    /// The packet as tcpdump writes it.
    pub text: String,
}

/// An `iptables` command of a step, or a listing that the recorder took in between.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// When the command was run.
    pub t_ms: f64,
    /// Host on which it was run.
    pub host: String,
    /// The command line.
    pub cmd: String,
    /// Its exit code.
    pub exit_code: i32,
    /// What it printed.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

/// A program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessSeen {
    /// Name by which steps refer to it.
    pub id: String,
    /// Host on which it ran.
    pub host: String,
    /// The command line.
    pub cmd: String,
    /// When it was started.
    pub start_ms: f64,
    /// Lines that were typed into it.
    pub stdin: Vec<Typed>,
    /// Its output.
    pub output: Vec<Piece>,
    /// When it ended.
    pub exit_ms: Option<f64>,
    /// Its exit code; 128 + n for signal n.
    pub exit_code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<String>,
    /// Whether it was still running at the end of the trace.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub still_running_at_end: bool,
}

/// A line of input.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// When it was typed.
    pub t_ms: f64,
    /// The text; `None` for the end of the input.
    #[serde(default)]
    pub text: String,
}

/// One piece of a program's output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// When it was written.
    pub t_ms: f64,
    /// `stdout` or `stderr`.
    pub stream: String,
    /// The text.
    pub text: String,
}

/// The rows of one host at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// When the sample was taken.
    pub t_ms: f64,
    /// Host of the rows.
    pub host: String,
    /// Why the sample was taken: `change` (a row changed), `periodic` (a timer ran), or `step` (a step asked for it).
    pub why: String,
    /// `netstat -nat` without its headings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub netstat_nat: Option<Vec<String>>,
    /// `netstat -nato` without its headings.
    pub netstat_nato: Vec<String>,
    /// `ss -tanoe` without its heading.
    pub ss_tanoe: Vec<String>,
}
