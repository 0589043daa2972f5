//! The console's commands: rules, and segments in a world with a connection that opens.

use super::*;
use proptest::prelude::*;
use tcp_core::Instant;
use tcp_core::net::{Answer, Endpoint, ProcessId, SocketId};
use tcp_core::tcp::{ProfileName, State};

const NC: ProcessId = ProcessId(1);

fn socket(world: &mut World, host: HostId) -> SocketId {
    match world.apply(Command::Socket { host, owner: NC }) {
        Ok(Answer::Socket(socket)) => socket,
        other => panic!("{other:?}"),
    }
}

/// A client has asked for a connection just now; the wire takes 100 ms.
fn asking() -> (World, SocketId) {
    let mut world = World::new(ProfileName::Article, 1);
    delay(&["100"], &mut world).unwrap();
    let (client, server) = (socket(&mut world, HostId::Client), socket(&mut world, HostId::Server));
    world.apply(Command::Bind { socket: server, to: Endpoint::any(5555) }).unwrap();
    world.apply(Command::Listen { socket: server, backlog: 1 }).unwrap();
    let to = Endpoint::new(HostId::Server.address(), 5555);
    world.apply(Command::Connect { socket: client, to }).unwrap();
    (world, client)
}

/// Types a line; gives what it printed or what was wrong.
fn typed(world: &mut World, line: &str) -> Result<String, String> {
    let line = with_flags_joined(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let (name, args) = words.split_first().unwrap();
    let run = match *name {
        "drop" => drop,
        "hold" => hold,
        "release" => release,
        "duplicate" => duplicate,
        "reorder" => reorder,
        "undrop" => undrop,
        "unduplicate" => unduplicate,
        "unreorder" => unreorder,
        "show" => show,
        "delay" => delay,
        _ => send_segment,
    };
    run(args, world).map(|output| output.stdout).map_err(|why| why.to_string())
}

fn rule(line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    super::rule(&words).map(|(rule, _)| rule_words(&rule)).map_err(|why| why.to_string())
}

#[test]
fn rules_are_read_as_the_traces_write_them() {
    assert_eq!(rule("server SA * -1"), Ok("server SA * -1".to_owned()));
    assert_eq!(rule("client A 0 1"), Ok("client A 0 1".to_owned()));
    assert_eq!(rule("C_m fa"), Ok("client AF * -1".to_owned()));
    assert_eq!(rule("S_m * + 3"), Ok("server * + 3".to_owned()));
}

#[test]
fn a_share_is_read_and_written() {
    for (typed, says) in [
        ("client 20%", "client 20%"),
        ("client * * 20%", "client 20%"),
        ("server SA 0.5%", "server SA * 0.5%"),
        ("S_m * + 12.25%", "server * + 12.25%"),
        ("C_m 100.00%", "client 100%"),
        ("C_m 0.01%", "client 0.01%"),
    ] {
        assert_eq!(rule(typed), Ok(says.to_owned()));
    }
    for wrong in [
        "client 101%",
        "client %",
        "client -1%",
        "client 1.234%",
        "client .5%",
        "client 1e1%",
        "client 99999999999%",
    ] {
        assert!(rule(wrong).is_err_and(|why| why.starts_with("share ")), "{wrong}");
    }
    for wrong in ["20%", "client S * 1 20%"] {
        assert!(rule(wrong).is_err_and(|why| why.starts_with("needs FROM")), "{wrong}");
    }
}

#[test]
fn shares_are_set_replaced_listed_and_ended() {
    let (mut world, _) = asking();
    let mut shown = |line: &str| {
        typed(&mut world, line)?;
        let shown = typed(&mut world, "show")?;
        let rules = shown.lines().filter(|line| !line.starts_with("delay") && !line.contains(" to "));
        Ok::<_, String>(rules.collect::<Vec<_>>().join("; "))
    };
    let mut check = |line: &str, says: &str| assert_eq!(shown(line).as_deref(), Ok(says), "{line}");
    check("drop client 20%", "drop client 20%");
    check("drop client 5%", "drop client 5%");
    check("drop client * * 1", "drop client 5%; drop client * * 1");
    check("reorder server * + 10%", "drop client 5%; drop client * * 1; reorder server * + 10%");
    check("undrop client *", "drop client 5%; reorder server * + 10%");
    check("duplicate client 1%", "drop client 5%; duplicate client 1%; reorder server * + 10%");
    check("undrop client *", "duplicate client 1%; reorder server * + 10%");
    check("unduplicate client 99%", "reorder server * + 10%");
    check("drop client 0%", "reorder server * + 10%");
    check("reorder server * + 0%", "");
    assert_eq!(
        typed(&mut world, "unreorder server 1%"),
        Err("there is no such rule; show lists those that are".to_owned())
    );
}

#[test]
fn delays_have_fractions_of_a_millisecond() {
    assert_eq!(millis("400"), Some(Duration::from_millis(400)));
    assert_eq!(millis("0.05").map(millis_text), Some("0.05".to_owned()));
    assert_eq!(millis("1.0005"), None);
    assert_eq!(millis("-1"), None);
    assert_eq!(millis("é"), None);
}

#[test]
fn what_is_wrong_is_named() {
    assert_eq!(rule("nobody S"), Err("sender nobody: client or server".to_owned()));
    assert!(rule("client X").is_err_and(|why| why.starts_with("flags X")));
    assert!(rule("client S 7").is_err_and(|why| why.starts_with("length 7")));
    assert!(rule("client S 0 0").is_err_and(|why| why.starts_with("count 0")));
    assert!(rule("client").is_err_and(|why| why.starts_with("needs FROM")));
}

#[test]
fn a_segment_is_named_by_its_number() {
    let (mut world, client) = asking();
    assert_eq!(typed(&mut world, "hold 1"), Ok(String::new()));
    world.advance_to(Instant::from_millis(300));
    let shown = typed(&mut world, "show").unwrap();
    assert!(shown.ends_with("1: SYN from client to server, held\n"), "{shown}");
    assert_eq!(world.state(client), State::SynSent);
    typed(&mut world, "release 1").unwrap();
    world.advance_to(Instant::from_millis(450));
    let shown = typed(&mut world, "show").unwrap();
    assert!(shown.ends_with("2: SYN|ACK from server to client, 50 ms to go\n"), "{shown}");
    typed(&mut world, "duplicate 2").unwrap();
    typed(&mut world, "drop 2").unwrap();
    world.advance_to(Instant::from_millis(700));
    assert_eq!(world.state(client), State::Established);
}

#[test]
fn a_segment_is_named_by_what_it_is() {
    let (mut world, client) = asking();
    assert_eq!(typed(&mut world, "drop SYN from C_m"), Ok(String::new()));
    world.advance_to(Instant::from_millis(1150));
    assert_eq!(typed(&mut world, "drop SYN|ACK 1 from S_m"), Ok(String::new()));
    world.advance_to(Instant::from_millis(2150));
    assert_eq!(typed(&mut world, "drop SYN|ACK 2"), Ok(String::new()));
    world.advance_to(Instant::from_millis(3050));
    assert_eq!(typed(&mut world, "hold syn 3"), Ok(String::new()), "the third of all");
    typed(&mut world, "release syn 3 from client").unwrap();
    assert_eq!(world.state(client), State::SynSent);
    world.advance_to(Instant::from_millis(3400));
    assert_eq!(world.state(client), State::Established);
    world.apply(Command::Send { socket: client, data: b"hello"[..].into() }).unwrap();
    assert_eq!(typed(&mut world, "drop data"), Ok(String::new()));
}

#[test]
fn a_segment_is_held_for_as_long_as_a_line_says() {
    let (mut world, client) = asking();
    world.advance_to(Instant::from_millis(150));
    let now = world.now();
    for (line, ms) in [
        ("hold SYN|ACK from S_m for 3s", 3000),
        ("hold syn,ack for 3.5S", 3500),
        ("hold 2 for 500ms", 500),
        ("hold 2 for .25s", 250),
        ("hold SYN|ACK 1 for 0.001ms", 0),
    ] {
        assert_eq!(typed(&mut world, line), Ok(String::new()), "{line}");
        let show = typed(&mut world, "show").unwrap();
        let says =
            if ms > 0 { format!("held for {ms} ms more\n") } else { "held for 0.001 ms more\n".to_owned() };
        assert!(show.ends_with(&format!("2: SYN|ACK from server to client, {says}")), "{line}: {show}");
        typed(&mut world, "release 2").unwrap();
    }
    typed(&mut world, "hold SYN|ACK for .5s").unwrap();
    world.advance_to(now + Duration::from_millis(549));
    assert_eq!(world.state(client), State::SynSent);
    world.advance_to(now + Duration::from_millis(550));
    assert_eq!(world.state(client), State::Established, "50 ms of its way were left");
}

#[test]
fn what_cannot_be_done_is_said() {
    let (mut world, _) = asking();
    let mut check =
        |line: &str, says: &str| assert_eq!(typed(&mut world, line), Err(says.to_owned()), "{line}");
    check("drop 2", "no segment 2 has departed yet");
    check("drop 0", "number 0: a whole number from 1");
    check("drop 99999999999", "number 99999999999: a whole number from 1");
    check("release 1", "segment 1 is not held");
    check("drop SYN|ACK from S_m", "no SYN|ACK from S_m is on the wire");
    check("drop SYN 2 from C_m", "SYN 2 from C_m has not departed yet");
    check("drop SYN 1 from nobody", "sender nobody: client or server");
    check("hold", "needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m");
    check("hold 1 2", "needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m");
    check("hold client S", "needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m");
    // A rule is still a rule.
    check("drop client X", "flags X: exactly these of S, A, F and R, for example SA; * is any");
    check("send-segment --flags X", "flags X: SYN, ACK, FIN, RST, PSH or URG, joined by | or a comma");
    check("send-segment --seq x", "number x: N, +N, next, next+N or next-N");
    check("send-segment --window -1", "number -1: a whole number that its field has room for");
    check("send-segment --window-scale 15", "number 15: a whole number that its field has room for");
    check("send-segment --from here", "end here: client, server or an address, with or without :PORT");
    check("send-segment --to site", "there was no connection between the two: both ends need a port");
    check("send-segment --from 192.0.2.1:9 --to 192.0.2.2:9", "nobody has the address 192.0.2.2");
    check(
        "send-segment --from 192.0.2.1:9 --to client:80 --ack +1",
        "no connection between the two has such a number",
    );
    check("send-segment again", "unexpected word again");
    check("send-segment --urgent", "unrecognized option '--urgent'");
    for word in ["3", "s", "0s", "-1s", "3601s", "3m", "0.0000001s", "for"] {
        check(
            &format!("hold 1 for {word}"),
            &format!("span {word}: for example 3s, 3.5s or 500ms, and an hour at the most"),
        );
    }
    check("hold for 3s", "needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m");
    check("hold 1 for", "needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m");
    check("drop 1 for 3s", "needs N, or KIND [N] [from HOST], for example: 17, or SYN|ACK 2 from S_m");
    typed(&mut world, "hold 1").unwrap();
    assert_eq!(typed(&mut world, "hold 1"), Err("segment 1 is held already".to_owned()));
    typed(&mut world, "drop 1").unwrap();
    let over = "segment 1 is not on the wire any more: it was lost";
    assert_eq!(typed(&mut world, "duplicate 1"), Err(over.to_owned()));
}

#[test]
fn what_no_kind_fits_is_called_by_what_it_has() {
    let (mut world, _) = asking();
    world.advance_to(Instant::from_millis(500));
    for (words, name) in [
        ("--flags none --data hello", "data"),
        ("--flags none", "no flags"),
        ("--flags PSH", "odd flags"),
        ("--flags SYN,FIN", "FIN"),
        ("--flags ACK,PSH --data hello", "data"),
    ] {
        let line = typed(&mut world, &format!("send-segment --from client {words}")).unwrap();
        assert!(line.contains(&format!(": {name} from client to server, ")), "{words}: {line}");
    }
}

#[test]
fn a_reset_with_the_right_number_ends_a_connection() {
    let (mut world, client) = asking();
    world.advance_to(Instant::from_millis(500));
    typed(&mut world, "send-segment --from server --flags RST --seq next+5000").unwrap();
    world.advance_to(Instant::from_millis(700));
    assert_eq!(world.state(client), State::Established);
    let line = typed(&mut world, "send-segment --from server --flags RST").unwrap();
    assert!(line.ends_with(": RST from server to client, 100 ms to go\n"), "{line}");
    world.advance_to(Instant::from_millis(900));
    assert_eq!(world.state(client), State::Closed);
}

#[test]
fn data_and_options_are_as_they_were_typed() {
    let (mut world, client) = asking();
    world.advance_to(Instant::from_millis(500));
    let peer = world.local(client).unwrap();
    let all = "send-segment --to client --flags PSH,ACK --seq +1 --ack +1 --window 7 --data hello --mss 9 \
               --window-scale 3 --sack-permitted --sack +2..next --timestamps 5:6";
    typed(&mut world, all).unwrap();
    let packet = world.packets().next_back().unwrap();
    let segment = packet.segment().unwrap().clone();
    assert_eq!((packet.dst, &*segment.payload, segment.window), (peer, &b"hello"[..], 7));
    let initial = |from: HostId| {
        let mut syns = world.packets().filter(|p| p.from == from).filter_map(|p| p.segment().map(|s| s.seq));
        syns.next().unwrap()
    };
    assert_eq!((segment.seq, segment.ack), (initial(HostId::Server) + 1, initial(HostId::Client) + 1));
    let options = &segment.options;
    assert_eq!((options.mss, options.window_scale, options.sack_permitted), (Some(9), Some(3), true));
    let sack = options.sacks[0];
    assert_eq!((sack.start, sack.end), (initial(HostId::Client) + 2, initial(HostId::Client) + 1));
    assert_eq!(options.timestamps.unwrap().value, Instant::from_millis(5));
    // The connection's second SYN is its own; absolute numbers need no connection.
    typed(&mut world, "send-segment --from 192.0.2.7:1 --to server:5555 --flags S --seq 4294967295").unwrap();
    world.advance_to(Instant::from_millis(700));
    assert_eq!(world.sockets(HostId::Server).len(), 3);
}

#[test]
fn a_bar_between_flags_is_no_pipe() {
    assert_eq!(with_flags_joined("drop SYN|ACK 2 from S_m"), "drop SYN,ACK 2 from S_m");
    assert_eq!(with_flags_joined("send-segment --flags rst|ack|psh"), "send-segment --flags rst,ack,psh");
    assert_eq!(with_flags_joined("show | grep SYN|sort || é"), "show | grep SYN|sort || é");
    for quoted in ["--data 'SYN|ACK'", r#"--data "a \"SYN|ACK""#, r"--data SYN\|ACK", r"'\' \' 'FIN|RST'"] {
        assert_eq!(with_flags_joined(quoted), quoted, "what is quoted stays as it is");
    }
    assert_eq!(with_flags_joined("'a' SYN|ACK"), "'a' SYN,ACK");
}

#[test]
fn help_is_printed() {
    let (mut world, _) = asking();
    for line in ["drop --help", "hold --help", "release --help", "duplicate --help", "send-segment --help"] {
        assert!(typed(&mut world, line).is_ok_and(|text| text.starts_with("usage: ")), "{line}");
    }
}

const WORDS: &[&str] = &[
    "1",
    "2",
    "3",
    "0",
    "-1",
    "4294967295",
    "99999999999",
    "SYN",
    "SYN|ACK",
    "SYN,ACK",
    "ack",
    "data",
    "FIN",
    "RST",
    "from",
    "for",
    "3s",
    "0.5ms",
    "client",
    "server",
    "S_m",
    "site",
    "é",
    "",
    "--from",
    "--to",
    "--flags",
    "--seq",
    "--ack",
    "--window",
    "--data",
    "--mss",
    "--window-scale",
    "--sack-permitted",
    "--sack",
    "--timestamps",
    "--help",
    "--",
    "-",
    "next",
    "next+5",
    "next-7",
    "next+é",
    "+1",
    "+4294967295",
    "1..2",
    "next..next",
    "5:6",
    "S",
    "SAFRPU",
    "none",
    "client:80",
    "10.211.55.2",
    "10.211.55.10:5555",
    "[fd00::1]:80",
    "192.0.2.1:9",
    "*",
    "+",
    "400",
    "hello",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever is typed, and however the segments that come of it look, nothing panics.
    #[test]
    fn nothing_that_is_typed_panics(
        lines in prop::collection::vec(
            (0usize..6, prop::collection::vec(prop::sample::select(WORDS), 0..9), 0u64..400),
            1..20,
        ),
        linux in any::<bool>(),
    ) {
        let (mut world, client) = asking();
        if linux {
            let setting = tcp_core::net::Setting::Syncookies(2);
            world.apply(Command::Configure { host: HostId::Server, setting }).unwrap();
        }
        for (command, words, ms) in lines {
            let name = ["drop", "hold", "release", "duplicate", "send-segment", "send-segment"][command];
            let line = format!("{name} {}", words.join(" "));
            let _any = typed(&mut world, &line);
            if ms > 350 {
                let _any = world.apply(Command::Send { socket: client, data: b"hello"[..].into() });
            }
            world.advance_to(world.now() + Duration::from_millis(ms));
        }
        world.advance_to(world.now() + Duration::from_secs(10));
    }
}
