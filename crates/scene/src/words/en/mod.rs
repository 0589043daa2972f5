//! The English catalogue.

mod figure;
mod hint;
mod inspect;
mod lesson;
mod lessons;
mod meaning;
mod note;
mod page;
mod puzzle;
mod report;
mod rows;
mod sharing;
mod time;
mod trip;
mod verdict;
mod wire;

use super::{Button, DropPlace, Due, Header, Kind, Message, Said, Topic};
pub use report::packet;
use tcp_core::net::{HostId, WireAct};
use tcp_core::tcp::{ProfileName, Row};
use tcp_shell::TerminalId;

/// The message in English.
pub fn say(message: &Message) -> String {
    match message {
        Message::Report(report) => report::sentence(report),
        Message::Link(report) => report::link(report),
        Message::Note(note) => note::note(note),
        Message::Listens(line, waiting) => hint::listens(line, *waiting),
        Message::Hint(hint) => hint::hint(hint),
        Message::Caption(caption) => note::caption(*caption).to_owned(),
        Message::Verdict { states, segment, certainty } => verdict::verdict(*states, *segment, *certainty),
        Message::Meaning { meaning, before, stray } => meaning::meaning(meaning, *before, *stray),
        Message::Name(name) => packet(name),
        Message::Copy => "copy".to_owned(),
        Message::Of(name) => format!("of {}", packet(name)),
        Message::Fate(fate) => report::fate(*fate),
        Message::Standing(fate) => report::standing(*fate),
        Message::InspectOf(name) => format!("Inspect {}", packet(name)),
        Message::Inspection(says) => inspect::inspection(says),
        Message::Options(options, sacks) => inspect::options(options, sacks),
        Message::ToNext(what) => wire::to_next(*what).to_owned(),
        Message::Preset(preset) => inspect::preset(*preset).to_owned(),
        Message::Act(act) => self::act(*act),
        Message::Seq(seq) => format!("seq {seq}"),
        Message::Ack(ack) => format!("ack {ack}"),
        Message::ByHand => "by hand".to_owned(),
        Message::Rung(Said { port, name, by_hand, is_copy, seq, ack, from, after, fate }) => {
            let by_hand = if *by_hand { " by hand" } else { "" };
            let port = port.map_or_else(String::new, |port| format!("{port} "));
            let seq = seq.map_or_else(String::new, |seq| format!(" seq {seq}"));
            let ack = ack.map_or_else(String::new, |ack| format!(" ack {ack}"));
            let (after, fate) = (time::seconds(tcp_core::Instant::START + *after), report::fate(*fate));
            let copy = if *is_copy { "copy of " } else { "" };
            format!("{port}{copy}{}{by_hand}{seq}{ack} from {from}, {after}: {fate}", packet(name))
        }
        Message::FirewallOf(host) => format!("{host} firewall"),
        Message::EarlierSegments(1) => "… 1 earlier segment".to_owned(),
        Message::EarlierSegments(count) => format!("… {count} earlier segments"),
        Message::Due(due) => self::due(*due).to_owned(),
        Message::Role(HostId::Client) => "client".to_owned(),
        Message::Role(_) => "server".to_owned(),
        Message::Button(button) => self::button(*button).to_owned(),
        Message::Kind(kind) => self::kind(*kind).to_owned(),
        Message::Place(place) => self::place(*place).to_owned(),
        Message::Chain(host, chain) => format!("{host} {chain}"),
        Message::Rule(text) => text.clone(),
        Message::PolicyDrops => "policy DROP".to_owned(),
        Message::Taken { count, how } => format!("{count} {}", wire::taken(*how)),
        Message::InForce(rules) => format!("{rules} in force"),
        Message::Stopped(packets) => format!("What is dropped, and where: {packets} stopped so far"),
        Message::Remove { what, place } => format!("Remove: {} at {}", say(what), say(place)),
        Message::Open(id) => format!("Open another terminal: {}", terminal(*id)),
        Message::Terminal(id) => terminal(*id).to_owned(),
        Message::Way { from, to } => format!("From {from} to {to}"),
        Message::OnLane { from, to, delay_ms, shares, unplugged, segments } => {
            let segment = if *segments == 1 { "segment" } else { "segments" };
            format!("{} from {from} to {to}, {segments} {segment}", wire::lane(*delay_ms, shares, *unplugged))
        }
        Message::LaneIs(delay_ms, shares, unplugged) => wire::lane(*delay_ms, shares, *unplugged),
        Message::Cable { host, plug: true } => format!("Plug in {host}"),
        Message::Cable { host, plug: false } => format!("Unplug {host}"),
        Message::LossOf { segment, from, at_sender } => verdict::loss_of(*segment, *from, *at_sender),
        Message::Shows(pairs) => verdict::shows(pairs),
        Message::Segment(name) => report::label(name),
        Message::Header(header) => self::header(header),
        Message::Ended { header, lost } => {
            format!("{}, {}", self::header(header), if *lost { "lost" } else { "dropped" })
        }
        Message::Gate { host, chain, rules, policy, netem, stopped } => {
            let name = format!("{host} {chain}");
            page::gate(&name, *rules, *policy, *netem, *stopped)
        }
        Message::Node { node, here } => figure::node(*node, here),
        Message::Ways(rows) => figure::ways(rows),
        Message::Row(row) => figure::row(*row),
        Message::Further { count, node } => format!("{count} more in {}", figure::name(*node)),
        Message::Lane(lane) => figure::lane(*lane).to_owned(),
        Message::Differs { topic, other } => differs(*topic, *other).to_owned(),
        Message::Figure(figure) => figure::part(*figure).to_owned(),
        Message::Page(page) => page::page(*page).to_owned(),
        Message::Pace(pace) => page::pace(*pace),
        Message::Speed(speed) => page::speed(*speed),
        Message::Mark(what, count) => time::mark(*what, *count),
        Message::Moment { at, end, last } => time::moment(*at, *end, *last),
        Message::DueAt(at) => format!("the next event is due at {}", time::seconds(*at)),
        Message::Span(span) => page::span(*span),
        Message::Seconds(span) => page::seconds(*span),
        Message::MoreRows(count) => format!("and {count} more"),
        Message::OlderLines(1) => "… 1 earlier line".to_owned(),
        Message::OlderLines(count) => format!("… {count} earlier lines"),
        Message::NetstatOf(host) => format!("netstat -nat on {host}"),
        Message::MoreOf(host) => format!("{host}: buttons and netstat"),
        Message::InputOf { terminal, program } => page::input(*terminal, program.as_deref()),
        Message::OutputOf(id) => format!("Output of {}", terminal(*id)),
        Message::Types(line) => format!("types: {line}"),
        Message::Enters { place, line } => format!("{}: {line}", self::place(*place)),
        Message::HasNotClosed { program, pid, host } => {
            format!("{program}, pid {pid} on {host}, has not closed the connection.")
        }
        Message::LeftOut(1) => "… 1 more fact between".to_owned(),
        Message::LeftOut(count) => format!("… {count} more facts between"),
        Message::LedTo(state) => format!("{state}: what led here"),
        Message::Tagline(profile) => page::tagline(*profile),
        Message::Profile(profile) => page::profile(*profile).to_owned(),
        Message::InProfile(profile) => page::in_profile(*profile).to_owned(),
        Message::Prepared(text) => text.in_language("en").to_owned(),
        Message::Group(group) => page::group(*group).to_owned(),
        Message::Extent { span, pauses } => format!("{} · {pauses} pauses", page::span(*span)),
        Message::Reached { pauses, of } => format!("{pauses} of {of}"),
        Message::SearchScenes(count) => format!("Search {count} scenes: a state, a segment, a figure"),
        Message::Lessons(lessons) => lessons::lessons(*lessons),
        Message::Puzzle(says) => puzzle::puzzle(says),
        Message::Lesson(lesson) => lesson::lesson(lesson),
        Message::Trip(trip) => trip::trip(*trip),
        Message::Sharing(sharing) => sharing::sharing(sharing),
    }
}

/// The sentence of a row of the transition table.
pub const fn row(row: &Row) -> &'static str {
    rows::row(row)
}

const fn due(due: Due) -> &'static str {
    match due {
        Due::Arrival => "the next arrival",
        Due::Leaves => "the end of netem's delay",
        Due::TimeWait => "the end of TIME_WAIT",
        Due::FinWait2 => "the end of FIN_WAIT_2",
        Due::Try => "the next try",
        Due::Event => "the next event",
    }
}

const fn button(button: Button) -> &'static str {
    match button {
        Button::Connect => "Connect",
        Button::Listen => "Listen",
        Button::SendHello => "Send hello",
        Button::Interrupt => "Ctrl-C",
    }
}

fn act(act: WireAct) -> String {
    match act {
        WireAct::Drop => "Drop".to_owned(),
        WireAct::Hold => "Hold".to_owned(),
        WireAct::HoldFor(span) => format!("Hold for {} s", span.as_secs_f64()),
        WireAct::Release => "Release".to_owned(),
        WireAct::Duplicate => "Duplicate".to_owned(),
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Syn => "SYN",
        Kind::SynAck => "SYN|ACK",
        Kind::Ack => "ACK",
        Kind::Data => "data",
        Kind::Fin => "FIN",
        Kind::Rst => "RST",
    }
}

const fn place(place: DropPlace) -> &'static str {
    match place {
        DropPlace::Sender => "the sender",
        DropPlace::ClientOutput => "C_m OUTPUT",
        DropPlace::ClientInput => "C_m INPUT",
        DropPlace::ServerInput => "S_m INPUT",
        DropPlace::ServerOutput => "S_m OUTPUT",
        DropPlace::Network => "the network",
    }
}

pub(super) const fn terminal(id: TerminalId) -> &'static str {
    match id {
        TerminalId::ClientUpper => "C_m upper",
        TerminalId::ClientLower => "C_m lower",
        TerminalId::ServerUpper => "S_m upper",
        TerminalId::ServerLower => "S_m lower",
        TerminalId::ClientThird => "C_m third",
        TerminalId::ServerThird => "S_m third",
        TerminalId::Network => "network",
    }
}

fn header(header: &Header) -> String {
    match header {
        Header::Tcp { name, seq, ack, octets, window, all } => {
            let ack = ack.map_or_else(String::new, |ack| format!(", ACK {ack}"));
            let name = packet(name);
            format!("{name}: SEQ {seq}{ack}, {octets} octets of data, window {window}, {all} octets in all")
        }
        Header::Icmp => "ICMP: destination unreachable".to_owned(),
        Header::Echo { is_reply: false } => "ICMP: echo request".to_owned(),
        Header::Echo { is_reply: true } => "ICMP: echo reply".to_owned(),
    }
}

const fn differs(topic: Topic, other: ProfileName) -> &'static str {
    match (topic, other) {
        (Topic::Nc, ProfileName::Linux) => "today's nc waits for its keyboard, in CLOSE_WAIT.",
        (Topic::Nc, ProfileName::Article) => "nc ends here by itself; the server goes on to TIME_WAIT.",
        (Topic::Syn, ProfileName::Linux) => "the SYN is sent again after 1, 2, 3, 4, 5, 7, 11, 19 … s.",
        (Topic::Syn, ProfileName::Article) => "the SYN is sent again after 1, 3, 7, 15, 31 and 63 s.",
        (Topic::TimeWait, ProfileName::Linux) => "TIME_WAIT lasts 60 s; RFC 9293 has 4 min.",
        (Topic::TimeWait, ProfileName::Article) => "TIME_WAIT lasts 2 min; RFC 9293 has 4.",
        (Topic::Data, ProfileName::Linux) => "data is sent again after 0.2 (a probe), 0.4, 0.85, 1.7 … s.",
        (Topic::Data, ProfileName::Article) => "data is sent again after 0.2, 0.6, 1.5, 3.2 … s.",
    }
}
