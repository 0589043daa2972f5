//! The signals of Linux by their numbers, and `kill -l`.

use crate::output::{Done, Output, Refusal};

/// Names of the signals from 1 on, without `SIG`.
const NAMES: &str = "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN \
    TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS";

/// First and last number of the signals for real-time programs.
const REAL_TIME: (u32, u32) = (34, 64);

fn name(number: u32) -> Option<String> {
    let (first, last) = REAL_TIME;
    match number {
        0 => Some("EXIT".to_owned()),
        _ if number == first => Some("RTMIN".to_owned()),
        _ if number == last => Some("RTMAX".to_owned()),
        35..50 => Some(format!("RTMIN+{}", number - first)),
        50..64 => Some(format!("RTMAX-{}", last - number)),
        _ => NAMES.split(' ').zip(1..).find(|(_, at)| *at == number).map(|(name, _)| name.to_owned()),
    }
}

/// The number of a name, with or without `SIG`, in any case.
pub(super) fn number(word: &str) -> Option<u32> {
    let upper = word.to_ascii_uppercase();
    let wanted = upper.strip_prefix("SIG").unwrap_or(&upper);
    (0..=REAL_TIME.1).find(|number| name(*number).as_deref() == Some(wanted))
}

/// `kill -l [SIGNAL|STATUS …]` of bash.
pub(super) fn list(words: &[String]) -> Done {
    let mut output = Output::default();
    if words.is_empty() {
        let known = (1..=REAL_TIME.1).filter_map(|number| Some((number, name(number)?)));
        for (count, (number, name)) in known.enumerate() {
            let end = if count % 5 == 4 { '\n' } else { '\t' };
            output.stdout += &format!("{number:>2}) SIG{name}{end}");
        }
        output.stdout.push('\n');
    }
    for word in words {
        let shown = match word.parse::<u32>() {
            // The status of a command that a signal ended.
            Ok(status) => name(if status > 128 { status - 128 } else { status }),
            Err(_) => number(word).map(|number| number.to_string()),
        };
        match shown {
            Some(shown) => output.stdout += &format!("{shown}\n"),
            None => {
                return Err(Refusal::new(format!("bash: kill: {word}: invalid signal specification\n"), 1));
            }
        }
    }
    Ok(output)
}
