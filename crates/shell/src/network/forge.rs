//! `send-segment`: puts a segment on the wire that no host sent.

use super::{Done, Misunderstood, segments, sender};
use crate::getopt::{Getopt, Item, Long};
use crate::output::Output;
use std::net::SocketAddr;
use tcp_core::Instant;
use tcp_core::net::{Command, Endpoint, Errno, HostId, IpAddr, SocketId, World};
use tcp_core::tcp::{Flags, Options, Sack, Segment, Seq, State, Tcb, Timestamps};

/// How to call it.
pub(crate) const USAGE: &str = "\
usage: send-segment [--from END] [--to END] [--flags FLAGS] [--seq NUMBER] [--ack NUMBER]
                    [--window OCTETS] [--data TEXT] [--mss OCTETS] [--window-scale BITS]
                    [--sack-permitted] [--sack NUMBER..NUMBER] [--timestamps MS[:MS]]

Puts a segment on the wire as if END had sent it; whether it has is all the same.
  END     client, server, or an address; with :PORT, else a port of the newest
          connection between the two. From the client to the server, unless said.
  FLAGS   SYN, ACK, FIN, RST, PSH and URG joined by | or a comma, or their letters.
          ACK, unless said.
  NUMBER  absolute; or +N, counted from the initial number of the end whose numbers
          these are; or next, next+N, next-N, from the number that the receiver
          expects (--seq) or will send (--ack). next, unless said.
A segment in the middle of a connection has --window 64240 and the connection's own
numbers, unless said: send-segment --from server --flags RST resets it at the client.
";

const LONGS: &[Long] = &[
    Long::with("from", 'f'),
    Long::with("to", 't'),
    Long::with("flags", 'F'),
    Long::with("seq", 's'),
    Long::with("ack", 'a'),
    Long::with("window", 'w'),
    Long::with("data", 'd'),
    Long::with("mss", 'm'),
    Long::with("window-scale", 'W'),
    Long::flag("sack-permitted", 'p'),
    Long::with("sack", 'S'),
    Long::with("timestamps", 'T'),
    Long::flag("help", 'h'),
];

/// The long options, for Tab.
pub(crate) const OPTIONS: &str = "--from --to --flags --seq --ack --window --data --mss --window-scale \
                                  --sack-permitted --sack --timestamps --help";

/// A number as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Absolute(u32),
    FromInitial(u32),
    FromNext(i64),
}

/// What was asked for.
#[derive(Default)]
struct Asked {
    from: Option<String>,
    to: Option<String>,
    flags: Option<Flags>,
    seq: Option<Number>,
    ack: Option<Number>,
    window: Option<u32>,
    data: String,
    mss: Option<u16>,
    window_scale: Option<u8>,
    sack_permitted: bool,
    sacks: Vec<(Number, Number)>,
    timestamps: Option<Timestamps>,
}

/// `send-segment …`
pub(crate) fn send_segment(args: &[&str], world: &mut World) -> Done {
    let args: Vec<String> = args.iter().map(|&word| word.to_owned()).collect();
    let Some(asked) = read(&args)? else { return Ok(Output::ok(USAGE)) };
    let (src, dst) = ends(&asked, world)?;
    let segment = Box::new(segment(&asked, world, src, dst)?);
    world.apply(Command::Inject { src, dst, segment }).map_err(|errno| match errno {
        Errno::HostUnreach => Misunderstood::Nobody(dst.addr),
        other => Misunderstood::Refused(other),
    })?;
    let sent = world.log().in_flight().next_back();
    Ok(Output::ok(sent.and_then(|passage| segments::line(world, passage)).unwrap_or_default()))
}

/// What the words ask for; `None` is `--help`.
fn read(args: &[String]) -> Result<Option<Asked>, Misunderstood> {
    let mut asked = Asked::default();
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("h", &[LONGS]) {
        let (letter, value) = match item {
            Item::Option(letter, value) => (letter, value.unwrap_or_default()),
            Item::Word(word) => return Err(Misunderstood::Word(word.to_owned())),
            Item::Bad(bad) => {
                let message = bad.message("send-segment");
                let why = message.trim_end().trim_start_matches("send-segment: ");
                return Err(Misunderstood::Option(why.to_owned()));
            }
        };
        match letter {
            'h' => return Ok(None),
            'f' => asked.from = Some(value.to_owned()),
            't' => asked.to = Some(value.to_owned()),
            'F' => asked.flags = Some(flags(value)?),
            's' => asked.seq = Some(number(value)?),
            'a' => asked.ack = Some(number(value)?),
            'w' => asked.window = Some(small(value)?),
            'd' => asked.data = value.to_owned(),
            'm' => asked.mss = Some(small(value)?),
            'W' => asked.window_scale = Some(scale(value)?),
            'p' => asked.sack_permitted = true,
            'S' => asked.sacks.push(sack(value)?),
            'T' => asked.timestamps = Some(timestamps(value)?),
            _ => {}
        }
    }
    // A header has room for four (RFC 2018 §3).
    if asked.sacks.len() > 4 {
        return Err(Misunderstood::Option("option '--sack': at most four blocks".to_owned()));
    }
    Ok(Some(asked))
}

fn bad(word: &str) -> Misunderstood {
    Misunderstood::Sequence(word.to_owned())
}

fn small<T: std::str::FromStr>(word: &str) -> Result<T, Misunderstood> {
    word.parse().map_err(|_| Misunderstood::Field(word.to_owned()))
}

/// At most 14 bits (RFC 7323 §2.3).
fn scale(word: &str) -> Result<u8, Misunderstood> {
    small(word).ok().filter(|bits| *bits <= 14).ok_or_else(|| Misunderstood::Field(word.to_owned()))
}

/// Names joined by bars or commas, or letters.
fn flags(word: &str) -> Result<Flags, Misunderstood> {
    const NAMES: [(&str, Flags); 6] = [
        ("SYN", Flags::SYN),
        ("ACK", Flags::ACK),
        ("FIN", Flags::FIN),
        ("RST", Flags::RST),
        ("PSH", Flags::PSH),
        ("URG", Flags::URG),
    ];
    let wrong = || Misunderstood::FlagNames(word.to_owned());
    if word.eq_ignore_ascii_case("none") {
        return Ok(Flags::NONE);
    }
    let named = |name: &str| NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let by_name = word.split(['|', ',']).map(|name| named(name).map(|(_, flag)| *flag));
    if let Some(flags) = by_name.into_iter().try_fold(Flags::NONE, |all, flag| Some(all | flag?)) {
        return Ok(flags);
    }
    let letter = |letter: char| {
        NAMES.iter().find(|(name, _)| name.starts_with(letter.to_ascii_uppercase())).map(|(_, flag)| *flag)
    };
    let by_letter = word.chars().try_fold(Flags::NONE, |all, c| Some(all | letter(c)?));
    by_letter.filter(|_| !word.is_empty()).ok_or_else(wrong)
}

/// `N`, `+N`, `next`, `next+N`, `next-N`
fn number(word: &str) -> Result<Number, Misunderstood> {
    if let Some(rest) = word.strip_prefix("next") {
        let by = match rest.split_at_checked(1) {
            None => 0,
            Some(("+", digits)) => i64::from(small::<u32>(digits).map_err(|_| bad(word))?),
            Some(("-", digits)) => -i64::from(small::<u32>(digits).map_err(|_| bad(word))?),
            Some(_) => return Err(bad(word)),
        };
        return Ok(Number::FromNext(by));
    }
    let digits = word.strip_prefix('+').unwrap_or(word);
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    let value = digits.parse().ok().filter(|_| plain).ok_or_else(|| bad(word))?;
    Ok(if digits.len() < word.len() { Number::FromInitial(value) } else { Number::Absolute(value) })
}

/// `NUMBER..NUMBER`
fn sack(word: &str) -> Result<(Number, Number), Misunderstood> {
    let (start, end) = word.split_once("..").ok_or_else(|| bad(word))?;
    Ok((number(start)?, number(end)?))
}

/// `MS[:MS]`
fn timestamps(word: &str) -> Result<Timestamps, Misunderstood> {
    let (value, echo) = word.split_once(':').map_or((word, None), |(value, echo)| (value, Some(echo)));
    let at = |word: &str| Ok(Instant::from_millis(small::<u32>(word)?.into()));
    Ok(Timestamps { value: at(value)?, echo: echo.map(at).transpose()? })
}

/// An end as it is typed: its address, and its port if there is one.
fn end(word: &str) -> Result<(IpAddr, Option<u16>), Misunderstood> {
    let wrong = || Misunderstood::End(word.to_owned());
    if let Ok(end) = word.parse::<SocketAddr>() {
        return Ok((end.ip(), Some(end.port())));
    }
    if let Ok(addr) = word.parse::<IpAddr>() {
        return Ok((addr, None));
    }
    let (name, port) = word.split_once(':').map_or((word, None), |(name, port)| (name, Some(port)));
    let host = sender(name).map_err(|_| wrong())?;
    let port = port.map(|port| port.parse().map_err(|_| wrong())).transpose()?;
    Ok((host.address().into(), port))
}

/// Source and destination.
fn ends(asked: &Asked, world: &World) -> Result<(Endpoint, Endpoint), Misunderstood> {
    let from = asked.from.as_deref().map(end).transpose()?;
    let to = asked.to.as_deref().map(end).transpose()?;
    let [client, server] = [HostId::Client, HostId::Server].map(|host| IpAddr::from(host.address()));
    let other = |end: Option<(IpAddr, _)>, usual| match end {
        Some((addr, _)) if addr == usual => {
            if usual == server {
                client
            } else {
                server
            }
        }
        _ => usual,
    };
    let (src, src_port) = from.unwrap_or_else(|| (other(to, client), None));
    let (dst, dst_port) = to.unwrap_or_else(|| (other(from, server), None));
    // The newest connection between the two lends the ports that were not said.
    let between = world.log().opens().find_map(|syn| {
        let fits = |one: Endpoint, two: Endpoint| {
            (one.addr, two.addr) == (src, dst)
                && src_port.is_none_or(|port| one.port == port)
                && dst_port.is_none_or(|port| two.port == port)
        };
        match (fits(syn.src, syn.dst), fits(syn.dst, syn.src)) {
            (true, _) => Some((syn.src, syn.dst)),
            (_, true) => Some((syn.dst, syn.src)),
            _ => None,
        }
    });
    match (src_port, dst_port, between) {
        (Some(one), Some(two), _) => Ok((Endpoint::new(src, one), Endpoint::new(dst, two))),
        (_, _, Some(ends)) => Ok(ends),
        _ => Err(Misunderstood::NoPorts),
    }
}

/// What is known of the numbers of a connection: those of the source, and those of the destination.
struct Known {
    initial: [Option<Seq>; 2],
    next: [Option<Seq>; 2],
}

impl Known {
    /// As the receiver has them; else as the source has them; else as their SYNs had them.
    fn of(world: &World, src: Endpoint, dst: Endpoint) -> Known {
        let syn = |from: Endpoint| {
            let mut packets = world.log().conversation(src, dst).filter(|packet| packet.src == from);
            packets.find_map(|packet| packet.segment().filter(|segment| segment.is_syn()).map(|s| s.seq))
        };
        let mut known = Known { initial: [syn(src), syn(dst)], next: [None, None] };
        if let Some(tcb) = tcb(world, dst, src) {
            known.next = [Some(tcb.rcv.nxt), Some(tcb.snd.nxt)];
        } else if let Some(tcb) = tcb(world, src, dst) {
            known.next = [Some(tcb.snd.nxt), Some(tcb.rcv.nxt)];
        }
        known
    }

    /// A number of the source (0) or of the destination (1).
    fn number(&self, whose: usize, number: Number) -> Result<Seq, Misunderstood> {
        let base = |known: &[Option<Seq>; 2]| known[whose].ok_or(Misunderstood::NoConnection);
        Ok(match number {
            Number::Absolute(number) => Seq(number),
            Number::FromInitial(by) => base(&self.initial)? + by,
            Number::FromNext(by) => {
                let next = base(&self.next)?;
                let by_abs = u32::try_from(by.unsigned_abs()).unwrap_or(u32::MAX);
                if by < 0 { next - by_abs } else { next + by_abs }
            }
        })
    }
}

/// The variables of the connection that a host has between these ends, in a state in which it knows the peer's numbers.
fn tcb(world: &World, local: Endpoint, foreign: Endpoint) -> Option<&Tcb> {
    let host = world.hosts().find(|host| host.addresses().any(|addr| addr == local.addr))?;
    let entry = world.log().sockets_of(host.id(), local, foreign).next()?;
    let socket: SocketId = entry.socket;
    let connection = host.connection(socket)?;
    let knows = !matches!(connection.state(), State::Closed | State::Listen | State::SynSent);
    Some(connection.tcb()).filter(|_| knows)
}

fn segment(asked: &Asked, world: &World, src: Endpoint, dst: Endpoint) -> Result<Segment, Misunderstood> {
    let known = Known::of(world, src, dst);
    let flags = asked.flags.unwrap_or(Flags::ACK);
    // A number that was not given is the connection's next one, or 0 without a connection.
    let or_next = |number: Option<Number>, whose: usize| match number {
        Some(number) => known.number(whose, number),
        None => Ok(known.next[whose].unwrap_or(Seq(0))),
    };
    let ack = if flags.contains(Flags::ACK) || asked.ack.is_some() { or_next(asked.ack, 1)? } else { Seq(0) };
    let sacks = asked
        .sacks
        .iter()
        .map(|(start, end)| Ok(Sack { start: known.number(1, *start)?, end: known.number(1, *end)? }));
    Ok(Segment {
        seq: or_next(asked.seq, 0)?,
        ack,
        flags,
        window: asked.window.unwrap_or(64_240),
        options: Options {
            mss: asked.mss,
            window_scale: asked.window_scale,
            sack_permitted: asked.sack_permitted,
            timestamps: asked.timestamps,
            sacks: sacks.collect::<Result<_, _>>()?,
        },
        payload: asked.data.as_bytes().into(),
    })
}
