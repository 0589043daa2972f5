//! Where the recording machine's clock stood by which it stamps cookies: a circumstance that a trace shows but does not name.
//!
//! A cookie's timestamp has options in its lowest six bits, so that it is up to 64 ms earlier than the moment at which the
//! cookie is sent. By how much is shown by the next segment of the same host, whose timestamp is exact; so that moment,
//! less what the options say, is one at which those bits are zero.

use super::{Outcome, PacketSeen};
use std::time::Duration;

/// Milliseconds in six bits.
const SPAN: f64 = 64.0;
/// A timestamp that is early by less, in ms, may as well be exact: it counts whole milliseconds.
const EXACT: f64 = 2.0;

/// A moment at which those bits are zero, if any cookie of the trace shows one.
pub(crate) fn clock(trace: &Outcome) -> Option<Duration> {
    let answers = trace.packets.iter().enumerate().filter(|(_, packet)| packet.flags == "SYN,ACK");
    let shown = answers.filter_map(|(at, answer)| {
        let (earlier, later) = trace.packets.split_at(at);
        let syn = earlier
            .iter()
            .rfind(|syn| syn.flags == "SYN" && (&syn.src, &syn.dst) == (&answer.dst, &answer.src))?;
        let next = later.iter().skip(1).find(|next| {
            (&next.src, &next.dst) == (&answer.src, &answer.dst) && next.flags != answer.flags
        })?;
        // Timestamps go round.
        let stamps = f64::from(stamp(next)?.wrapping_sub(stamp(answer)?));
        let early = stamps - (next.t_ms - answer.t_ms);
        let marked = answer.t_ms - early - options(syn, answer);
        (EXACT..SPAN).contains(&early).then(|| Duration::from_secs_f64(marked.rem_euclid(SPAN) / 1000.0))
    });
    shown.into_iter().next()
}

/// What the timestamp says of the options that were offered and are taken: the scale of the peer's windows, and SACK.
fn options(syn: &PacketSeen, answer: &PacketSeen) -> f64 {
    let scale = number(answer, "wscale ").and_then(|_| number(syn, "wscale ")).unwrap_or(15);
    f64::from(scale) + if answer.text.contains("sackOK") { 16.0 } else { 0.0 }
}

fn stamp(packet: &PacketSeen) -> Option<u32> {
    number(packet, "TS val ")
}

/// The number behind a word in a packet's text.
fn number(packet: &PacketSeen, word: &str) -> Option<u32> {
    let (_, rest) = packet.text.split_once(word)?;
    rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer to a SYN with `options`, stamped 290, and the next segment, stamped 1320 and sent 998.07 ms later.
    fn shown(stamped: u32, options: &str) -> Option<f64> {
        let packet = |t_ms: f64, from_client: bool, flags: &str, text: String| {
            let (src, dst) = if from_client { ("a:1", "b:2") } else { ("b:2", "a:1") };
            let [src, dst, flags] = [src, dst, flags].map(str::to_owned);
            PacketSeen { t_ms, src, dst, flags, text, ..PacketSeen::default() }
        };
        let packets = vec![
            packet(501.58, true, "SYN", format!("options [{options},TS val 7 ecr 0,nop,wscale 10]")),
            packet(
                602.05,
                false,
                "SYN,ACK",
                format!("options [{options},TS val {stamped} ecr 7,nop,wscale 7]"),
            ),
            packet(1600.12, false, "PSH,ACK", "options [nop,nop,TS val 1320 ecr 9], length 6".to_owned()),
        ];
        clock(&Outcome { packets, ..Outcome::default() }).map(|clock| clock.as_secs_f64() * 1000.0)
    }

    #[test]
    fn a_timestamp_that_is_early_shows_the_clock() {
        // It is 31.93 ms early, and says that 10 and SACK, or 10 alone, were offered.
        let [with, without] = ["sackOK", "nop"].map(|options| shown(290, options).unwrap_or_default());
        let zero = 602.05 - 31.93;
        assert!((with - (zero - 26.0) % SPAN).abs() < 0.001, "{with}");
        assert!((without - (zero - 10.0) % SPAN).abs() < 0.001, "{without}");
    }

    #[test]
    fn a_timestamp_that_is_exact_shows_nothing() {
        assert_eq!(shown(322, "sackOK"), None);
    }
}
