//! What a run gave, in the fields of the kernel traces: the same type reads a trace and writes a replay.

mod firewall;
mod kernel;
mod packets;
mod play;
mod programs;
mod rows;
mod startup;
mod sysctls;
mod wheel;

pub use play::{Limits, play};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use tcp_core::Instant;
use tcp_core::net::HostId;

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
#[serde(default)]
pub struct Outcome {
    /// [`FORMAT`]
    pub format: u64,
    /// Its name: that of the file.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// On what it was recorded.
    pub recorded_on: BTreeMap<String, String>,
    /// `veth pair`, or `relay, 400 ms each way`; of a recording, its delays.
    pub link: Value,
    /// The hosts' addresses.
    pub hosts: Value,
    /// When it ended.
    pub duration_ms: f64,
    /// Constants by host.
    pub sysctls: BTreeMap<String, BTreeMap<String, Value>>,
    /// What was done, with what the commands printed.
    pub steps: Vec<Step>,
    /// The states of each connection and listener.
    pub state_trajectory: Trajectories,
    /// Retransmissions.
    pub kernel_events: Vec<KernelEvent>,
    /// Each packet once.
    pub packets: Vec<PacketSeen>,
    /// What the network lost.
    pub network_drops: Vec<NetworkDrop>,
    /// The firewalls' commands and listings.
    pub iptables: Vec<Listing>,
    /// Each program.
    pub processes: Vec<ProcessSeen>,
    /// Rows of netstat and ss.
    pub samples: Vec<Sample>,
}

/// One step, as it stands in the file; of a command, with what it printed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub t_ms: f64,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// In which terminal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminal: Option<String>,
    /// What.
    pub action: String,
    /// To which program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cmd: Option<String>,
    /// What was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How the command ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    /// What it printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stdout: Option<String>,
    /// What it complained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stderr: Option<String>,
}

/// Something that the kernel did by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KernelEvent {
    /// When.
    pub t_ms: f64,
    /// Where.
    pub host: String,
    /// Which connection.
    pub conn: String,
    /// `retransmit`, `retransmit_synack`; the traces also have `state`.
    pub event: String,
    /// The state in which it was sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// -1: its own firewall kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub err: Option<i64>,
}

/// A packet that left a host.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// SEG.SEQ less the initial number.
    #[serde(default)]
    pub rel_seq: Option<u32>,
    /// SEG.ACK less the peer's initial number.
    #[serde(default)]
    pub rel_ack: Option<u32>,
    /// What an ICMP error says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A packet that the network lost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkDrop {
    /// When.
    pub t_ms: f64,
    /// Which.
    pub text: String,
}

/// An `iptables` command, or a listing that was asked for in between.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
pub struct Typed {
    /// When.
    pub t_ms: f64,
    /// What.
    #[serde(default)]
    pub text: String,
}

/// What a program wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
