use super::*;
use crate::files::Files;
use crate::line;
use crate::names::Names;
use crate::output::Output;
use crate::program::ProcessIo;
use crate::user::User;
use tcp_core::net::{HostId, ProcessId, World};
use tcp_core::tcp::ProfileName;

/// Two captures of one session on a real kernel, and what the real tcpdump printed of them.
const CAPTURES: [(&str, &[u8]); 2] = [
    ("any.pcap", include_bytes!("../../../tests/tcpdump/any.pcap")),
    ("eth.pcap", include_bytes!("../../../tests/tcpdump/eth.pcap")),
];
const PRINTED: &str = include_str!("../../../tests/tcpdump/printed.txt");
const FILTERS: &str = include_str!("../../../tests/tcpdump/filters.txt");

/// What a line prints on standard error and standard output, on a client that has the captures.
fn run(args: &[String]) -> (String, String) {
    let mut world = World::new(ProfileName::Linux, 1);
    let mut files = Files::default();
    for (name, octets) in CAPTURES {
        files.append(HostId::Client, User::Root, name, octets).unwrap();
    }
    let (mut io, mut written) = (ProcessIo::default(), Vec::new());
    let mut sys = Sys {
        world: &mut world,
        host: HostId::Client,
        process: ProcessId(1),
        user: User::Root,
        names: Names::File,
        files: &mut files,
        io: &mut io,
        written: &mut written,
    };
    let refused = begin("tcpdump", args, &mut sys).err();
    let of = |stream| -> String {
        written.iter().filter(|piece| piece.stream == stream).map(|piece| piece.text.as_str()).collect()
    };
    let (stderr, stdout) = (of(crate::Stream::Stderr), of(crate::Stream::Stdout));
    let last = refused.map(|refusal| Output::from(refusal).stderr).unwrap_or_default();
    (stderr + &last, stdout)
}

#[test]
fn what_the_real_one_prints_of_a_capture() {
    let mut different = Vec::new();
    for block in PRINTED.split("$ tcpdump ").skip(1) {
        let (line, expected) = block.split_once('\n').unwrap();
        let (stderr, stdout) = run(&line::words(line));
        // Octets that are no letters are lost in a text.
        let seen = stderr + &stdout;
        if seen != expected {
            let first = seen.lines().zip(expected.lines()).find(|(one, other)| one != other);
            different.push(format!("tcpdump {line}\n{first:?}"));
        }
    }
    assert!(different.is_empty(), "{} lines differ:\n{}", different.len(), different.join("\n"));
}

#[test]
fn a_filter_takes_as_many_packets_as_the_real_one_or_is_refused_in_its_words() {
    let mut different = String::new();
    let mut lines = FILTERS.lines().peekable();
    while let Some(filter) = lines.next() {
        while let Some((name, expected)) =
            lines.peek().and_then(|line| line.strip_prefix("    ")?.split_once(": "))
        {
            lines.next();
            let path = format!("{name}.pcap");
            let args = ["-r", path.as_str(), "--count", filter].map(str::to_owned);
            let (stderr, stdout) = run(&args);
            let seen = match stderr.lines().find(|line| line.starts_with("tcpdump: ")) {
                Some(error) => error.to_owned(),
                None => stdout.trim_end().to_owned(),
            };
            if seen != expected {
                different += &format!("{filter}\n  {name}: {seen}, real: {expected}\n");
            }
        }
    }
    assert!(different.is_empty(), "{different}");
}
