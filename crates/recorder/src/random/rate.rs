//! The rate of scenarios without a fault, aspect by aspect, and the list of those with one.

use std::fmt::Write;
use std::path::Path;

use tcp_oracle::verify::Aspect;

use super::judge::{Judged, Verdicts, is_of_tcp};

/// Aspects in the order of `verify`.
const ASPECTS: [Aspect; 7] = [
    Aspect::Connections,
    Aspect::States,
    Aspect::Segments,
    Aspect::Retransmissions,
    Aspect::Programs,
    Aspect::Rows,
    Aspect::Firewall,
];
/// Disagreements that are printed for each aspect.
const SHOWN: usize = 2;

/// How many of `all` scenarios have no fault, and how many none of TCP itself.
pub(super) fn rates(judged: &[Judged]) -> (usize, usize) {
    let faults: Vec<Vec<Aspect>> = judged.iter().filter_map(faults).collect();
    let of_tcp =
        faults.iter().filter(|aspects| aspects.is_empty() || aspects.iter().any(|aspect| is_of_tcp(*aspect)));
    (judged.len() - faults.len(), judged.len() - of_tcp.count())
}

/// The aspects at fault, if the scenario has a fault. A replay that was refused has one in no aspect.
fn faults(judged: &Judged) -> Option<Vec<Aspect>> {
    match judged.verdict() {
        Verdicts::Fault(aspects) => Some(aspects),
        _ => None,
    }
}

/// The text that is printed.
pub(super) fn report(seed: u64, judged: &[Judged], folder: &Path) -> String {
    let mut text =
        format!("{} random scenarios of seed {seed}, kept in {}\n", judged.len(), folder.display());
    // Writing to a String cannot fail.
    for aspect in ASPECTS {
        let bad = judged.iter().filter_map(faults).filter(|aspects| aspects.contains(&aspect)).count();
        let _ = writeln!(text, "  {:<19} {}", aspect.name(), share(judged.len() - bad, judged.len()));
    }
    let (whole, of_tcp) = rates(judged);
    let _ = writeln!(text, "  {:<19} {}", "no fault", share(whole, judged.len()));
    let _ = writeln!(text, "  {:<19} {}", "none of TCP itself", share(of_tcp, judged.len()));
    for one in judged {
        match one.verdict() {
            Verdicts::Agrees => {}
            Verdicts::Race(aspects) => describe(&mut text, "race", one, &aspects),
            Verdicts::Fault(aspects) => describe(&mut text, "fault", one, &aspects),
        }
    }
    text
}

fn share(part: usize, all: usize) -> String {
    let percent = (part * 1000 / all.max(1)) as f64 / 10.0;
    format!("{part} of {all} ({percent} %)")
}

fn describe(text: &mut String, word: &str, judged: &Judged, aspects: &[Aspect]) {
    let names: Vec<&str> = aspects.iter().map(|aspect| aspect.name()).collect();
    let _ = writeln!(text, "{word} {}: {}", judged.name, names.join(", "));
    let Some(seen) = judged.first() else { return };
    if let Some(why) = &seen.refused {
        let _ = writeln!(text, "    {why}");
    }
    for (aspect, against) in seen.against.iter().filter(|(aspect, _)| aspects.contains(aspect)) {
        for line in against.iter().take(SHOWN) {
            let _ = writeln!(text, "    {}: {line}", aspect.name());
        }
    }
    match (&judged.reduced, &judged.same_as) {
        (Some(file), _) => _ = writeln!(text, "    reduced: {}", file.display()),
        (None, Some(other)) => _ = writeln!(text, "    reduced as {other}"),
        (None, None) => {}
    }
}
