//! A trace as a file: the fields of the given traces, in their order.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde_json::json;
use tcp_course::{Line, Setting};
use tcp_oracle::outcome::{
    FORMAT, KernelEvent, Listing, NetworkDrop, Outcome, PacketSeen, ProcessSeen, Sample,
};

use crate::events::{Event, Kind};
use crate::frame;
use crate::host::Host;
use crate::layout::{self, hundredths, tenths};
use crate::packets::{self, Packet, Proto};
use crate::plan::Plan;
use crate::rows::{Key, Seen, connection};
use crate::tool;
use crate::trajectory::{self, States};

/// All results of a recording.
pub(crate) struct Trace<'a> {
    /// The name of the file.
    pub(crate) name: &'a str,
    /// What was to be recorded.
    pub(crate) plan: &'a Plan,
    /// Duration in milliseconds.
    pub(crate) duration: f64,
    /// Constants by host.
    pub(crate) sysctls: &'a [(Host, Vec<(String, String)>)],
    /// Notes for the reader of the trace.
    pub(crate) notes: &'a [String],
    /// The steps that were done.
    pub(crate) steps: Vec<Line>,
    /// The packets, each once.
    pub(crate) packets: Vec<Packet>,
    /// The events from tracefs, if it was available.
    pub(crate) events: Option<Vec<Event>>,
    /// Readings of the client's table.
    pub(crate) client: Seen,
    /// Readings of the server's table.
    pub(crate) server: Seen,
    /// The range of ephemeral ports.
    pub(crate) ports: RangeInclusive<u16>,
    /// The iptables commands and listings.
    pub(crate) iptables: Vec<Listing>,
    /// The programs.
    pub(crate) processes: Vec<ProcessSeen>,
    /// The rows of netstat and ss.
    pub(crate) samples: Vec<Sample>,
    /// What the relay lost, if there was a relay.
    pub(crate) lost: Option<Vec<(f64, String)>>,
}

impl Trace<'_> {
    /// The text of the file.
    pub(crate) fn into_text(mut self) -> String {
        let duration = self.duration;
        if let Some(events) = &mut self.events {
            trajectory::ours([&self.client, &self.server], &self.packets, events, self.ports.clone());
            events.retain(|event| (0.0..=duration).contains(&event.at));
        }
        let trajectories = Host::BOTH.map(|host| self.trajectory(host));
        let known = |host: Host| json!({"ip": host.addr().to_string(), "name": host.name()});
        let hosts = Host::BOTH.map(|host| (host.word().to_owned(), known(host)));
        let lost = self.lost.iter().flatten();
        layout::file(&Outcome {
            format: FORMAT,
            name: self.name.to_owned(),
            title: self.plan.title.clone(),
            description: self.plan.description.clone(),
            article: self.plan.article.clone(),
            recorded_on: recorded_on(),
            link: self.plan.link().into(),
            hosts: hosts.into_iter().collect(),
            duration_ms: tenths(self.duration),
            // The recorder runs the tools as root.
            user: None,
            sysctls: by_host(|host| self.sysctls(host)),
            notes: self.notes.to_vec(),
            state_trajectory: by_host(|host| states_of(of(&trajectories, host))),
            kernel_events: self.kernel_events(&trajectories),
            packets: self.packets.iter().map(packet).collect(),
            network_drops: lost
                .map(|(at, text)| NetworkDrop { t_ms: tenths(*at), text: text.clone() })
                .collect(),
            steps: self.steps,
            iptables: self.iptables,
            processes: self.processes,
            samples: self.samples,
            shares_a_port: false,
        })
    }

    fn sysctls(&self, host: Host) -> BTreeMap<String, Setting> {
        let own = self.sysctls.iter().filter(|(own, _)| *own == host).flat_map(|(_, all)| all);
        own.map(|(name, value)| (name.clone(), Setting(value.clone()))).collect()
    }

    fn trajectory(&self, host: Host) -> Trajectory {
        let seen = if host == Host::Client { &self.client } else { &self.server };
        trajectory::of(host, self.events.as_deref(), seen, &self.packets)
    }

    /// The events of connections whose ports are known; without tracefs, those that follow from the packets.
    fn kernel_events(&self, trajectories: &[Trajectory; 2]) -> Vec<KernelEvent> {
        let state = |host, key: &str, at: f64| {
            let (_, states) = of(trajectories, host).iter().find(|(own, _)| own == key)?;
            states.iter().rev().find(|(since, _)| *since <= at).map(|(_, state)| *state)
        };
        let derived = match &self.events {
            Some(_) => Vec::new(),
            None => packets::retransmissions(&self.packets, state),
        };
        let all = self.events.iter().flatten().chain(&derived);
        let whole = all.filter(|event| !event.local.ends_with(":0") && !event.remote.ends_with(":0"));
        whole.map(event).collect()
    }
}

/// The connections of a host, each with its states.
type Trajectory = Vec<(Key, States)>;

fn of(trajectories: &[Trajectory; 2], host: Host) -> &Trajectory {
    let [client, server] = trajectories;
    if host == Host::Client { client } else { server }
}

fn states_of(all: &Trajectory) -> BTreeMap<String, Vec<(f64, String)>> {
    let states =
        |states: &States| states.iter().map(|(at, state)| (tenths(*at), (*state).to_owned())).collect();
    all.iter().map(|(key, all)| (key.clone(), states(all))).collect()
}

fn by_host<T>(of: impl Fn(Host) -> T) -> BTreeMap<String, T> {
    Host::BOTH.map(|host| (host.word().to_owned(), of(host))).into()
}

fn event(event: &Event) -> KernelEvent {
    let seen = KernelEvent {
        t_ms: hundredths(event.at),
        host: event.host.word().to_owned(),
        conn: connection(&event.local, &event.remote),
        ..KernelEvent::default()
    };
    match event.kind {
        Kind::State(from, to) => KernelEvent {
            event: "state".to_owned(),
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            ..seen
        },
        Kind::Retransmit(state, err) => KernelEvent {
            event: "retransmit".to_owned(),
            state: Some(state.to_owned()),
            err: Some(err),
            ..seen
        },
        Kind::RetransmitSynAck => KernelEvent { event: "retransmit_synack".to_owned(), ..seen },
    }
}

fn packet(packet: &Packet) -> PacketSeen {
    let to = if packet.to_itself { packet.from } else { packet.from.peer() };
    // The receiver is written for ICMP, and for a segment that a host sends to itself.
    let to = (packet.to_itself || matches!(packet.proto, Proto::Icmp)).then(|| to.word().to_owned());
    let seen = PacketSeen {
        t_ms: hundredths(packet.at),
        rx_ms: packet.rx.map(hundredths),
        from: packet.from.word().to_owned(),
        to,
        text: packet.text.clone(),
        ..PacketSeen::default()
    };
    match &packet.proto {
        Proto::Arp => PacketSeen { proto: "arp".to_owned(), ..seen },
        Proto::Icmp => PacketSeen { proto: "icmp".to_owned(), ..seen },
        Proto::Tcp(segment) => PacketSeen {
            proto: "tcp".to_owned(),
            src: segment.src.clone(),
            dst: segment.dst.clone(),
            flags: frame::flag_names(segment.header.flags),
            seq: Some(segment.header.seq),
            ack: segment.header.ack,
            len: segment.len,
            win: Some(segment.header.win),
            rel_seq: segment.rel_seq,
            rel_ack: segment.rel_ack,
            ..seen
        },
    }
}

/// Versions of the kernel and the tools, so that a difference can be traced to a change of theirs.
fn recorded_on() -> BTreeMap<String, String> {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    // Everything after the first dash is specific to a distributor.
    let kernel = kernel.trim().split('-').next().unwrap_or_default().to_owned();
    let package = |package: &str, or: &[&str]| {
        let version = tool::output(&["dpkg-query", "-W", "-f", "${Package} ${Version}", package]);
        version.unwrap_or_else(|_| tool::first_line(or))
    };
    let versions = [
        ("kernel", format!("Linux {kernel}")),
        ("netcat", package("netcat-openbsd", &["nc", "-h"])),
        ("net_tools", package("net-tools", &["netstat", "--version"])),
        ("iproute2", package("iproute2", &["ss", "--version"])),
        ("iptables", tool::first_line(&["iptables", "-V"])),
        ("tcpdump", tool::first_line(&["tcpdump", "--version"])),
    ];
    versions.map(|(name, version)| (name.to_owned(), version)).into()
}
