//! The lines of a check and of an anchor, read.

use crate::words::{Read, Words};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_course::scenes::{Act, Condition, Event, Kind, Predicate, Segments, What};

/// Reads a line of a check.
pub(crate) fn predicate(line: &str) -> Read<Predicate> {
    let mut words = Words::of(line);
    let predicate = match words.peek() {
        "no" => {
            words.next();
            match words.peek() {
                "row" => {
                    words.next();
                    let (host, port) = (words.host()?, words.port()?);
                    let but = if words.takes("but") { Some(words.state()?) } else { None };
                    Predicate::NoRow { host, port, but }
                }
                "runs" => {
                    words.next();
                    Predicate::Runs { host: words.host()?, program: program(&mut words)?, does: false }
                }
                "rule" => rule(&mut words, false)?,
                _ => Predicate::Never(fact(&mut words)?),
            }
        }
        "state" => {
            words.next();
            let (host, state) = (words.host()?, words.state()?);
            let lasts = if words.takes("for") { words.span()? } else { Duration::ZERO };
            Predicate::State { host, state, lasts }
        }
        "row" => {
            words.next();
            let (host, port) = (words.host()?, words.port()?);
            let state = if words.peek().is_empty() { None } else { Some(words.state()?) };
            Predicate::Row { host, port, state }
        }
        "passed" => {
            words.next();
            Predicate::Passed(words.span()?)
        }
        "printed" => {
            words.next();
            let host = words.host()?;
            match words.all() {
                "" => return Err("`printed` wants a text".to_owned()),
                text => Predicate::Printed { host, text: text.to_owned() },
            }
        }
        "ended" => {
            words.next();
            let (host, program) = (words.host()?, program(&mut words)?);
            let code = match words.next() {
                "" => None,
                word => Some(word.parse().map_err(|_| format!("`{word}` must be an exit code"))?),
            };
            Predicate::Ended { host, program, code }
        }
        "runs" => {
            words.next();
            Predicate::Runs { host: words.host()?, program: program(&mut words)?, does: true }
        }
        "rule" => rule(&mut words, true)?,
        _ => {
            let what = fact(&mut words)?;
            let compares = words.peek();
            let (least, most) = match compares {
                "=" | ">=" | "<=" => {
                    words.next();
                    let number = words.number()?;
                    let least = if compares == "<=" { 0 } else { number };
                    (least, if compares == ">=" { u32::MAX } else { number })
                }
                _ => (1, u32::MAX),
            };
            Predicate::Happened { what, least, most }
        }
    };
    words.ends()?;
    Ok(predicate)
}

/// Reads an anchor, up to the end of the line.
pub(crate) fn event(words: &mut Words<'_>) -> Read<Event> {
    let called = words.peek().strip_prefix("connect(").and_then(|rest| rest.strip_suffix(')'));
    let event = match called {
        Some(name) => {
            words.next();
            let host = crate::words::host(name);
            Event::Connect(host.ok_or_else(|| format!("`{name}` must be C_m or S_m"))?)
        }
        None => Event::Fact(fact(words)?),
    };
    words.ends()?;
    Ok(event)
}

/// `rule C_m.OUTPUT drops SYN :5555`.
fn rule(words: &mut Words<'_>, does: bool) -> Read<Predicate> {
    words.expects("rule")?;
    let (host, chain) = words.chain()?;
    let act = match words.next() {
        "drops" => Act::Drops,
        "rejects" => Act::Rejects,
        word => return Err(format!("`{word}` must be drops or rejects")),
    };
    let segment = words.kind()?;
    if segment == Kind::Icmp {
        return Err("a rule is asked for a kind of segment, such as SYN".to_owned());
    }
    Ok(Predicate::Rule { host, chain, act, segment, port: words.port()?, does })
}

fn program(words: &mut Words<'_>) -> Read<String> {
    match words.next() {
        "" => Err("which program?".to_owned()),
        word => Ok(word.to_owned()),
    }
}

/// `stopped SYN at C_m.OUTPUT`, `sent FIN by C_m`, `arrived SYN at S_m`, `refused connect at C_m`, …
fn fact(words: &mut Words<'_>) -> Read<What> {
    let segments = |segment, from, at| Segments { segment, from, at, window: None };
    let somewhere = |condition| What { condition, at: None };
    let on = |host, condition| What { condition, at: Some(host) };
    Ok(match words.next() {
        "sent" => {
            let segment = words.kind()?;
            words.expects("by")?;
            somewhere(Condition::Departed(segments(segment, Some(words.host()?), None)))
        }
        "stopped" => {
            let segment = words.kind()?;
            let at = if words.takes("at") { Some(words.stop()?) } else { None };
            somewhere(Condition::Stopped(segments(segment, None, at)))
        }
        "held" => somewhere(Condition::Held(segments(words.kind()?, None, None))),
        // Whoever has sent it: a forged segment arrives, too.
        "arrived" => {
            let arrived = Condition::Arrived(segments(words.kind()?, None, None));
            on(at(words)?, arrived)
        }
        "discarded" => {
            let discarded = Condition::Discarded(segments(words.kind()?, None, None));
            on(at(words)?, discarded)
        }
        "entered" => {
            let state = words.state()?;
            let host = at(words)?;
            on(host, Condition::Enters { host, state })
        }
        "refused" => {
            let call = words.call()?;
            let host = at(words)?;
            on(host, Condition::Refused { host, call })
        }
        "expired" => {
            let timer = words.timer()?;
            let host = at(words)?;
            on(host, Condition::Expired { host, timer })
        }
        "full" => {
            let host = at(words)?;
            on(host, Condition::QueueFull { host })
        }
        "cookie" => {
            let host = at(words)?;
            on(host, Condition::Cookie { host })
        }
        word => return Err(format!("`{word}` is nothing that a check knows")),
    })
}

fn at(words: &mut Words<'_>) -> Read<HostId> {
    words.expects("at")?;
    words.host()
}
