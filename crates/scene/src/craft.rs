//! A segment that is made by hand: the fields of a form, and the line of the network's console that it types.

use crate::words::Preset;
use tcp_shell::quote;

/// The fields of the form, by name.
pub const FIELDS: [&str; 10] =
    ["from", "from-port", "to", "to-port", "flags", "seq", "ack", "window", "data", "options"];

/// The flags that can be set.
pub const FLAGS: [&str; 6] = ["SYN", "ACK", "PSH", "FIN", "RST", "URG"];

/// What the fields contain, as typed.
pub type Fields = [String; FIELDS.len()];

/// The fields of a segment that goes from one end to the other: an ACK, unless a preset says more.
pub fn fields(from: &str, to: &str, preset: Option<Preset>) -> Fields {
    let (flags, seq, data) = match preset {
        None => ("ACK", "", ""),
        // All of it lies before what the receiver expects.
        Some(Preset::OldDuplicate) => ("ACK,PSH", "next-5", "hello"),
        Some(Preset::ForgedReset) => ("RST", "next", ""),
        Some(Preset::StraySyn) => ("SYN", "+0", ""),
    };
    [from, "", to, "", flags, seq, "", "", data, ""].map(str::to_owned)
}

/// The line that the fields make. What is wrong with them is said by the console, in its own words.
pub fn line(fields: &Fields) -> String {
    let [from, from_port, to, to_port, flags, seq, ack, window, data, options] =
        fields.each_ref().map(|field| field.trim());
    let end =
        |host: &str, port: &str| if port.is_empty() { host.to_owned() } else { format!("{host}:{port}") };
    let flags = if flags.is_empty() { "none" } else { flags };
    let (from, to) = (end(from, from_port), end(to, to_port));
    let named = [
        ("from", from.as_str()),
        ("to", &to),
        ("flags", flags),
        ("seq", seq),
        ("ack", ack),
        ("window", window),
        ("data", data),
    ];
    let given = named.into_iter().filter(|(_, value)| !value.is_empty());
    let mut line = given
        .fold("send-segment".to_owned(), |line, (name, value)| line + " --" + name + " " + &quote(value));
    if !options.is_empty() {
        line = line + " " + options;
    }
    line
}
