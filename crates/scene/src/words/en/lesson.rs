//! Lessons, in English.

use super::page::span;
use crate::names::article_name;
use crate::words::lesson::{Answer, Lesson, Part};
use std::time::Duration;
use tcp_core::net::{CallName, HostId};
use tcp_core::tcp::Timer;
use tcp_course::scenes::{Act, Condition, Event, Kind, Predicate, Stop, What};

pub(super) fn lesson(lesson: &Lesson) -> String {
    match lesson {
        Lesson::Claim(predicate) => claim(predicate),
        Lesson::Shows(predicate, because) => {
            let claim = claim(predicate);
            let first: String = claim.chars().take(1).flat_map(char::to_uppercase).collect();
            let because = because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
            first + &claim.chars().skip(1).collect::<String>() + &because + "."
        }
        Lesson::Where { after, event } => format!("Where will each host be {}?", moment(*after, event)),
        Lesson::At { after, event } => format!("you predict this moment: {}", moment(*after, event)),
        Lesson::SentAfter(event) => format!("you predict the next segment after {}", self::event(event)),
        Lesson::In(host) => format!("{host} in"),
        Lesson::Expected { host, expected, is } => {
            format!("You expected {host} in {}; it is in {}.", article_name(*expected), article_name(*is))
        }
        Lesson::AsSaid(host, state) => format!("{host} is in {}, as you said.", article_name(*state)),
        Lesson::Right => "As you said.".to_owned(),
        Lesson::Rows { host, port, after, event } => {
            format!("Which rows on port {port} does {host}'s netstat show {}?", moment(*after, event))
        }
        Lesson::Next { event, within } => {
            format!("What is sent next, within {} after {}?", exact(*within), self::event(event))
        }
        Lesson::Answer(answer) => self::answer(answer),
        Lesson::Said(answer) => format!("You expected: {}", self::answer(answer)),
        Lesson::Is(answer) => format!("It is: {}", self::answer(answer)),
        Lesson::Other => {
            "What was done here is not what the question is about. Set the lab where this step begins to see it."
                .to_owned()
        }
        Lesson::StepOf(step, of) => format!("step {step} of {of}"),
        Lesson::Hint(hint, of) => format!("Hint {hint} of {of}"),
        Lesson::GoTo(title) => format!("Next: {title}"),
        Lesson::Titled(number, title) => format!("{number} · {title}"),
        Lesson::NextLesson(title) => format!("Next lesson: {title}"),
        Lesson::Explains(title) => format!("Lesson: {title}"),
        Lesson::Part(part) => self::part(*part).to_owned(),
    }
}

const fn part(part: Part) -> &'static str {
    match part {
        Part::Panel => "Lesson",
        Part::Compare => "Run and compare",
        Part::ByHand => "I type it myself",
        Part::TypeAll => "Type these lines",
        Part::TypeForMe => "Type it for me",
        Part::Sure => "sure",
        Part::NotSure => "not sure",
        Part::HowSure => "How sure are you?",
        Part::Lines => "To do",
        Part::Looks => "to look",
        Part::Checks => "What must be there",
        Part::Holds => "it is there",
        Part::NotYet => "not yet",
        Part::Skip => "Skip this step",
        Part::Again => "Predict again",
        Part::Begin => "Set me where this step begins",
        Part::Leave => "Leave the lesson",
        Part::Done => "That was the last step.",
        Part::OpenLab => "Go on in the open lab",
        Part::ChooseFirst => "Choose an answer first",
        Part::Seen => "This step has run: the answer is kept, and does not count.",
        Part::Changed => "This lesson has changed since you passed it.",
        Part::Placing => "Tap a state for the host that is marked.",
        Part::PlacingKeys => "Click a state, or use C, S, arrow keys and Enter.",
        Part::RunTypes => "“Run and compare” types the lines.",
        Part::RunWaits => "“Run and compare” lets time go on.",
        Part::VerdictWaits => "The verdict waits for your answer.",
        Part::GoOn => "Let time go on",
        Part::Hints => "Hints",
        Part::Here => "Here",
        Part::Menu => "Menu",
        Part::SetUp => "Set-up",
        Part::Teardown => "Teardown",
        Part::Whole => "Whole",
        Part::AllWords => "All words",
    }
}

/// `0.5 s after connect()`
fn moment(after: Duration, event: &Event) -> String {
    format!("{} after {}", exact(after), self::event(event))
}

/// `connect()`
fn event(event: &Event) -> String {
    match event {
        Event::Connect(HostId::Client) => "connect()".to_owned(),
        Event::Connect(host) => format!("{host}'s connect()"),
        Event::Fact(what) => noun(what),
    }
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Written(text) => text.clone(),
        Answer::NoRows => "no row".to_owned(),
        Answer::Nothing => "nothing".to_owned(),
        Answer::Sends(host, segment) => format!("{host} sends {}", kind(*segment)),
        Answer::Lasts(span) => exact(*span),
    }
}

/// `0.5 s`, `1.05 s`, `5 ms`: as a person writes it.
fn exact(after: Duration) -> String {
    let ms = tcp_core::micros(after) / 1000;
    match ms {
        0..100 => format!("{ms} ms"),
        100..100_000 => {
            let text = format!("{}.{:03}", ms / 1000, ms % 1000);
            format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
        }
        _ => span(after),
    }
}

/// What a check asks for.
fn claim(predicate: &Predicate) -> String {
    match predicate {
        Predicate::Happened { what, least, most } => match (*least, *most) {
            (0, most) => format!("{}, {most} times at most", deed(what)),
            (1, u32::MAX) => deed(what),
            (least, u32::MAX) => format!("{}, {least} times or more", deed(what)),
            (least, most) if least == most && least == 1 => format!("{}, once", deed(what)),
            (least, most) if least == most => format!("{}, {least} times", deed(what)),
            (least, most) => format!("{}, {least} to {most} times", deed(what)),
        },
        Predicate::Never(what) => none(what),
        Predicate::State { host, state, lasts } if lasts.is_zero() => {
            format!("{host} in {}", article_name(*state))
        }
        Predicate::State { host, state, lasts } => {
            format!("{host} in {} for {}", article_name(*state), exact(*lasts))
        }
        Predicate::Row { host, port, state: Some(state) } => {
            format!("{host}'s netstat has {} on port {port}", article_name(*state))
        }
        Predicate::Row { host, port, state: None } => format!("{host}'s netstat has a row on port {port}"),
        Predicate::NoRow { host, port, but: Some(state) } => {
            format!("{host}'s netstat has only {} on port {port}", article_name(*state))
        }
        Predicate::NoRow { host, port, but: None } => format!("{host}'s netstat has no row on port {port}"),
        Predicate::Passed(span) => format!("{} have passed", exact(*span)),
        Predicate::Printed { host, text } => format!("{host} prints “{text}”"),
        Predicate::Ended { host, program, code: Some(0) } => {
            format!("{host}'s {program} has ended without an error")
        }
        Predicate::Ended { host, program, code: Some(_) } => {
            format!("{host}'s {program} has ended with an error")
        }
        Predicate::Ended { host, program, code: None } => format!("{host}'s {program} has ended"),
        Predicate::Runs { host, program, does: true } => format!("{host} runs {program}"),
        Predicate::Rule { host, chain, act, segment, does, .. } => {
            let act = match (act, does) {
                (Act::Drops, true) => "drops",
                (Act::Drops, false) => "does not drop",
                (Act::Rejects, true) => "rejects",
                (Act::Rejects, false) => "does not reject",
            };
            format!("{host} {} {act} {}", chain.name(), kind(*segment))
        }
        Predicate::Runs { host, program, does: false } => format!("{host} runs no {program} any more"),
    }
}

/// `SYN is stopped at C_m OUTPUT`
fn deed(What { condition, at }: &What) -> String {
    let host = at.map_or("a host", HostId::name);
    match condition {
        Condition::Departed(it) => {
            format!("{} sends {}", it.from.map_or("a host", HostId::name), kind(it.segment))
        }
        Condition::Stopped(it) => match it.at {
            Some(stop) => format!("{} is stopped at {}", kind(it.segment), place(stop)),
            None => format!("{} is stopped", kind(it.segment)),
        },
        Condition::Held(it) => format!("{} is held on the wire", kind(it.segment)),
        Condition::Arrived(it) => format!("{} arrives at {host}", kind(it.segment)),
        Condition::Discarded(it) => format!("{host} discards {}", kind(it.segment)),
        Condition::Enters { host, state } => format!("{host} enters {}", article_name(*state)),
        Condition::Refused { host, call } => format!("on {host}, {} fails", self::call(*call)),
        Condition::Expired { host, timer } => format!("{} runs out on {host}", self::timer(*timer)),
        Condition::QueueFull { host } => format!("{host}'s queue is full"),
        Condition::Cookie { host } => format!("{host} answers with a cookie"),
        Condition::Start | Condition::Rows { .. } | Condition::Ended | Condition::Reaches(_) => String::new(),
    }
}

/// `no SYN arrives at S_m`
fn none(what: &What) -> String {
    match &what.condition {
        Condition::Departed(it) => {
            format!("{} sends no {}", it.from.map_or("a host", HostId::name), kind(it.segment))
        }
        Condition::Stopped(_) | Condition::Held(_) | Condition::Arrived(_) => format!("no {}", deed(what)),
        Condition::Discarded(it) => {
            format!("{} discards no {}", what.at.map_or("a host", HostId::name), kind(it.segment))
        }
        Condition::Enters { host, state } => format!("{host} does not enter {}", article_name(*state)),
        Condition::Refused { host, call } => format!("on {host}, {} does not fail", self::call(*call)),
        Condition::Expired { host, timer } => format!("{} does not run out on {host}", self::timer(*timer)),
        Condition::QueueFull { host } => format!("{host}'s queue is not full"),
        Condition::Cookie { host } => format!("{host} sends no cookie"),
        Condition::Start | Condition::Rows { .. } | Condition::Ended | Condition::Reaches(_) => String::new(),
    }
}

/// `the first SYN of C_m`
fn noun(what: &What) -> String {
    let host = what.at.map_or("a host", HostId::name);
    match &what.condition {
        Condition::Departed(it) => {
            format!("{} sent its {}", it.from.map_or("a host", HostId::name), kind(it.segment))
        }
        Condition::Stopped(it) => format!("the {} was stopped", kind(it.segment)),
        Condition::Held(it) => format!("the {} was held", kind(it.segment)),
        Condition::Arrived(it) => format!("the {} arrived at {host}", kind(it.segment)),
        Condition::Discarded(it) => format!("{host} discarded the {}", kind(it.segment)),
        Condition::Enters { host, state } => format!("{host} entered {}", article_name(*state)),
        Condition::Refused { host, call } => format!("{} failed on {host}", self::call(*call)),
        Condition::Expired { host, timer } => format!("{} ran out on {host}", self::timer(*timer)),
        Condition::QueueFull { host } => format!("{host}'s queue was full"),
        Condition::Cookie { host } => format!("{host} answered with a cookie"),
        Condition::Start | Condition::Rows { .. } | Condition::Ended | Condition::Reaches(_) => String::new(),
    }
}

fn kind(kind: Kind) -> &'static str {
    if kind == Kind::Icmp { "ICMP error" } else { kind.name() }
}

const fn place(stop: Stop) -> &'static str {
    match stop {
        Stop::ClientOutput => "C_m OUTPUT",
        Stop::ClientInput => "C_m INPUT",
        Stop::ServerOutput => "S_m OUTPUT",
        Stop::ServerInput => "S_m INPUT",
        Stop::Network => "the network",
    }
}

const fn call(call: CallName) -> &'static str {
    match call {
        CallName::Bind => "bind()",
        CallName::Listen => "listen()",
        CallName::Connect => "connect()",
        CallName::Send => "send()",
        _ => "the call",
    }
}

const fn timer(timer: Timer) -> &'static str {
    match timer {
        Timer::Retransmit => "the retransmission timer",
        Timer::TimeWait => "the timer of TIME_WAIT",
        _ => "the timer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp_core::tcp::State;

    #[test]
    fn spans_are_written_as_people_write_them() {
        for (micros, text) in [
            (5_000, "5 ms"),
            (300_000, "0.3 s"),
            (500_000, "0.5 s"),
            (8_000_000, "8 s"),
            (1_050_000, "1.05 s"),
            (127_000_000, "2 min 7 s"),
        ] {
            assert_eq!(exact(Duration::from_micros(micros)), text);
        }
    }

    #[test]
    fn a_claim_says_how_often() {
        let what =
            || What { condition: Condition::QueueFull { host: HostId::Server }, at: Some(HostId::Server) };
        let often = |least, most| claim(&Predicate::Happened { what: what(), least, most });
        assert_eq!(often(1, u32::MAX), "S_m's queue is full");
        assert_eq!(often(2, u32::MAX), "S_m's queue is full, 2 times or more");
        assert_eq!(often(3, 3), "S_m's queue is full, 3 times");
        assert_eq!(often(0, 2), "S_m's queue is full, 2 times at most");
        assert_eq!(claim(&Predicate::Never(what())), "S_m's queue is not full");
        let nc = Predicate::Runs { host: HostId::Client, program: "nc".to_owned(), does: true };
        assert_eq!(lesson(&Lesson::Shows(nc, None)), "C_m runs nc.");
        let no_nc = || Predicate::Runs { host: HostId::Client, program: "nc".to_owned(), does: false };
        let why = Some("it has ended".to_owned());
        assert_eq!(lesson(&Lesson::Shows(no_nc(), why)), "C_m runs no nc any more: it has ended.");
        let state =
            Predicate::State { host: HostId::Client, state: State::SynSent, lasts: Duration::from_secs(1) };
        assert_eq!(claim(&state), "C_m in SYN_SENT for 1 s");
    }
}
