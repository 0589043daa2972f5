//! A trace as a file: the fields of the given ones, in their order.

use std::ops::RangeInclusive;

use crate::events::{Event, Kind};
use crate::frame;
use crate::host::Host;
use crate::json::{self, Json};
use crate::packets::{self, Packet, Proto};
use crate::plan::Plan;
use crate::rows::{Key, Seen, connection};
use crate::tool;
use crate::trajectory::{self, States};

/// All that was found out.
pub(crate) struct Trace<'a> {
    /// Its file is called so.
    pub(crate) name: &'a str,
    /// What was to be done.
    pub(crate) plan: &'a Plan,
    /// In milliseconds.
    pub(crate) duration: f64,
    /// By host.
    pub(crate) sysctls: &'a [(Host, Vec<(String, String)>)],
    /// What one should know.
    pub(crate) notes: &'a [String],
    /// What was done.
    pub(crate) steps: Vec<Json>,
    /// Each packet once.
    pub(crate) packets: Vec<Packet>,
    /// What tracefs reported, if there is one.
    pub(crate) events: Option<Vec<Event>>,
    /// The client's table.
    pub(crate) client: Seen,
    /// The server's.
    pub(crate) server: Seen,
    /// Ephemeral ports.
    pub(crate) ports: RangeInclusive<u16>,
    /// As the file has them.
    pub(crate) iptables: Json,
    /// As the file has them.
    pub(crate) processes: Json,
    /// As the file has them.
    pub(crate) samples: Json,
    /// What the relay lost, if there is one.
    pub(crate) lost: Option<Vec<(f64, String)>>,
}

impl Trace<'_> {
    /// The file.
    pub(crate) fn into_text(mut self) -> String {
        let duration = self.duration;
        if let Some(events) = &mut self.events {
            trajectory::ours([&self.client, &self.server], &self.packets, events, self.ports.clone());
            events.retain(|event| (0.0..=duration).contains(&event.at));
        }
        let trajectories = Host::BOTH.map(|host| self.trajectory(host));
        let link = self.plan.link();
        let mut fields = vec![
            ("format", Json::Whole(1)),
            ("name", Json::text(self.name)),
            ("title", Json::text(&self.plan.title)),
            ("description", Json::text(&self.plan.description)),
            ("article", Json::text(&self.plan.article)),
            ("recorded_on", recorded_on()),
            ("link", Json::text(link)),
            ("hosts", by_host(|host| Json::object([("ip", Json::text(host.addr().to_string()))]))),
            ("duration_ms", Json::tenths(self.duration)),
            ("sysctls", by_host(|host| self.sysctls_json(host))),
            ("notes", Json::texts(self.notes)),
            ("steps", Json::Lines(std::mem::take(&mut self.steps))),
            ("state_trajectory", by_host(|host| trajectory_json(of(&trajectories, host)))),
            ("kernel_events", self.events_json(&trajectories)),
            ("packets", Json::Lines(self.packets.iter().map(packet).collect())),
            ("iptables", self.iptables),
            ("processes", self.processes),
            ("samples", self.samples),
        ];
        if let Some(lost) = &self.lost {
            let one = |(at, text): &(f64, String)| {
                Json::object([("t_ms", Json::tenths(*at)), ("text", Json::text(text))])
            };
            fields.push(("network_drops", Json::Lines(lost.iter().map(one).collect())));
        }
        json::file(&fields)
    }

    fn sysctls_json(&self, host: Host) -> Json {
        let own = self.sysctls.iter().filter(|(own, _)| *own == host).flat_map(|(_, all)| all);
        Json::Object(own.map(|(name, value)| (name.clone(), Json::text(value))).collect())
    }

    fn trajectory(&self, host: Host) -> Trajectory {
        let seen = if host == Host::Client { &self.client } else { &self.server };
        trajectory::of(host, self.events.as_deref(), seen, &self.packets)
    }

    /// Those of connections whose ports are known; without tracefs, what packets tell.
    fn events_json(&self, trajectories: &[Trajectory; 2]) -> Json {
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
        Json::Lines(whole.map(event).collect())
    }
}

/// The connections of a host and their states.
type Trajectory = Vec<(Key, States)>;

fn of(trajectories: &[Trajectory; 2], host: Host) -> &Trajectory {
    let [client, server] = trajectories;
    if host == Host::Client { client } else { server }
}

fn trajectory_json(all: &Trajectory) -> Json {
    let one = |(at, state): &(f64, &str)| Json::List(vec![Json::tenths(*at), Json::text(*state)]);
    let states = |states: &States| Json::List(states.iter().map(one).collect());
    Json::Object(all.iter().map(|(key, all)| (key.clone(), states(all))).collect())
}

fn by_host(of: impl Fn(Host) -> Json) -> Json {
    Json::object(Host::BOTH.map(|host| (host.word(), of(host))))
}

fn event(event: &Event) -> Json {
    let mut fields = vec![
        ("t_ms", Json::hundredths(event.at)),
        ("host", Json::text(event.host.word())),
        ("conn", Json::text(connection(&event.local, &event.remote))),
    ];
    match event.kind {
        Kind::State(from, to) => {
            fields.extend([
                ("event", Json::text("state")),
                ("from", Json::text(from)),
                ("to", Json::text(to)),
            ]);
        }
        Kind::Retransmit(state, err) => {
            fields.extend([
                ("event", Json::text("retransmit")),
                ("state", Json::text(state)),
                ("err", Json::Whole(err)),
            ]);
        }
        Kind::RetransmitSynAck => fields.push(("event", Json::text("retransmit_synack"))),
    }
    Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn packet(packet: &Packet) -> Json {
    let mut fields = vec![("t_ms", Json::hundredths(packet.at))];
    if !matches!(packet.proto, Proto::Arp) {
        fields.push(("rx_ms", packet.rx.map_or(Json::Null, Json::hundredths)));
    }
    fields.push(("from", Json::text(packet.from.word())));
    let to = if packet.to_itself { packet.from } else { packet.from.peer() };
    // Of a segment it is told where it surprises: a host answers itself.
    if packet.to_itself || matches!(packet.proto, Proto::Icmp) {
        fields.push(("to", Json::text(to.word())));
    }
    let text = Json::text(&packet.text);
    match &packet.proto {
        Proto::Arp => fields.extend([("proto", Json::text("arp")), ("text", text)]),
        Proto::Icmp => fields.extend([("proto", Json::text("icmp")), ("text", text)]),
        Proto::Tcp(segment) => fields.extend([
            ("proto", Json::text("tcp")),
            ("src", Json::text(&segment.src)),
            ("dst", Json::text(&segment.dst)),
            ("flags", Json::text(frame::flag_names(segment.header.flags))),
            ("seq", Json::whole(Some(segment.header.seq))),
            ("ack", Json::whole(segment.header.ack)),
            ("len", Json::whole(Some(segment.len))),
            ("win", Json::Whole(segment.header.win.into())),
            ("text", text),
            ("rel_seq", Json::whole(segment.rel_seq)),
            ("rel_ack", Json::whole(segment.rel_ack)),
        ]),
    }
    Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The kernel and the tools, so that a difference can be told from a change of theirs.
fn recorded_on() -> Json {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    // What stands behind the first dash is a distributor's own.
    let kernel = kernel.trim().split('-').next().unwrap_or_default().to_owned();
    let package = |package: &str, or: &[&str]| {
        let version = tool::output(&["dpkg-query", "-W", "-f", "${Package} ${Version}", package]);
        Json::text(version.unwrap_or_else(|_| tool::first_line(or)))
    };
    Json::object([
        ("kernel", Json::text(format!("Linux {kernel}"))),
        ("netcat", package("netcat-openbsd", &["nc", "-h"])),
        ("net_tools", package("net-tools", &["netstat", "--version"])),
        ("iproute2", package("iproute2", &["ss", "--version"])),
        ("iptables", Json::text(tool::first_line(&["iptables", "-V"]))),
        ("tcpdump", Json::text(tool::first_line(&["tcpdump", "--version"]))),
    ])
}
