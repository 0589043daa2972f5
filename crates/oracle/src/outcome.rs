//! What a run gave, in the fields of the kernel traces: the same type reads a trace and writes a replay.

mod circumstances;
mod firewall;
mod kernel;
mod packets;
mod play;
mod programs;
mod rows;
mod wheel;

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

/// By host (`client`, `server`), then by connection: when it entered which state.
pub type Trajectories = BTreeMap<String, BTreeMap<String, Vec<(f64, String)>>>;

/// A trace. Times are milliseconds since its beginning. To be replayed it needs its steps only: what a file does not tell
/// is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a trace")]
pub struct Outcome {
    /// [`FORMAT`]
    pub format: u64,
    /// Its name: that of the file.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// More, if there is more to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What it belongs to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// On what it was recorded.
    pub recorded_on: BTreeMap<String, String>,
    /// `veth pair`, or `relay, 400 ms each way`; of a recording, its delays.
    pub link: Value,
    /// The hosts' addresses.
    pub hosts: Value,
    /// When it ended.
    pub duration_ms: f64,
    /// Constants by host.
    pub sysctls: Settings,
    /// What one should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What was done, with what the commands printed.
    pub steps: Vec<Line>,
    /// The states of each connection and listener.
    pub state_trajectory: Trajectories,
    /// Retransmissions.
    pub kernel_events: Vec<KernelEvent>,
    /// Each packet once.
    pub packets: Vec<PacketSeen>,
    /// The firewalls' commands and listings.
    pub iptables: Vec<Listing>,
    /// Each program.
    pub processes: Vec<ProcessSeen>,
    /// Rows of netstat and ss.
    pub samples: Vec<Sample>,
    /// What the network lost.
    pub network_drops: Vec<NetworkDrop>,
}

/// Something that the kernel did by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KernelEvent {
    /// When.
    pub t_ms: f64,
    /// Where.
    pub host: String,
    /// Which connection.
    pub conn: String,
    /// `state`, of which a replay keeps none; `retransmit` or `retransmit_synack`.
    pub event: String,
    /// Of a change of state, the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// And the one after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The state in which it was sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// -1: its own firewall kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub err: Option<i64>,
}

/// A packet that left a host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacketSeen {
    /// When it left, behind the OUTPUT chain.
    pub t_ms: f64,
    /// When it came, before the INPUT chain; none if it was lost.
    #[serde(default)]
    pub rx_ms: Option<f64>,
    /// Who sent it.
    pub from: String,
    /// Who got it, if not the other host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `tcp`, `icmp` or `arp`.
    pub proto: String,
    /// Its source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub src: String,
    /// Its destination.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dst: String,
    /// For example `SYN,ACK`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flags: String,
    /// SEG.SEQ
    #[serde(default)]
    pub seq: Option<u32>,
    /// SEG.ACK
    #[serde(default)]
    pub ack: Option<u32>,
    /// Octets of data.
    #[serde(default)]
    pub len: u32,
    /// SEG.WND, not scaled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub win: Option<u16>,
    /// As tcpdump writes it; of ICMP, what it says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// SEG.SEQ less the initial number.
    #[serde(default)]
    pub rel_seq: Option<u32>,
    /// SEG.ACK less the peer's initial number.
    #[serde(default)]
    pub rel_ack: Option<u32>,
}

/// A packet that the network lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkDrop {
    /// When.
    pub t_ms: f64,
    /// Which.
    pub text: String,
}

/// An `iptables` command, or a listing that was asked for in between.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// When.
    pub t_ms: f64,
    /// Where.
    pub host: String,
    /// The command.
    pub cmd: String,
    /// How it ended.
    pub exit_code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it complained.
    pub stderr: String,
}

/// A program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessSeen {
    /// How the steps name it.
    pub id: String,
    /// Where.
    pub host: String,
    /// The command.
    pub cmd: String,
    /// When it was started.
    pub start_ms: f64,
    /// What was typed into it.
    pub stdin: Vec<Typed>,
    /// What it wrote.
    pub output: Vec<Piece>,
    /// When it ended.
    pub exit_ms: Option<f64>,
    /// How; 128 + n for a signal.
    pub exit_code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<String>,
    /// It had not ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub still_running_at_end: bool,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// When.
    pub t_ms: f64,
    /// What.
    #[serde(default)]
    pub text: String,
}

/// What a program wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piece {
    /// When.
    pub t_ms: f64,
    /// `stdout` or `stderr`.
    pub stream: String,
    /// What.
    pub text: String,
}

/// The rows of one host at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// When.
    pub t_ms: f64,
    /// Where.
    pub host: String,
    /// `change`: some row changed; `periodic`: a timer did; `step`: it was asked for.
    pub why: String,
    /// `netstat -nat` without its headings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub netstat_nat: Option<Vec<String>>,
    /// `netstat -nato` without its headings.
    pub netstat_nato: Vec<String>,
    /// `ss -tanoe` without its heading.
    pub ss_tanoe: Vec<String>,
}
