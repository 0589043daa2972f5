//! What a check asks for: predicates over what happened and what is there.

use crate::words::{Read, Words};
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::State;
use tcp_course::scenes::{Condition, Segments};

/// Something that holds of a session, or does not. What happened counts from the beginning of the step.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// `stopped SYN at C_m.OUTPUT >= 2`: this happened at least so often; `= 2`, just so often.
    Happened {
        /// What happened.
        condition: Condition,
        /// Its number.
        times: u32,
        /// No more than that.
        only: bool,
    },
    /// `no arrived SYN at S_m`: this did not happen.
    Never(Condition),
    /// `state C_m SYN_SENT for 1 s`: the host's newest connection, or else its listener, is in this state, and has been.
    State {
        /// The host.
        host: HostId,
        /// The state.
        state: State,
        /// For so long.
        lasts: Duration,
    },
    /// `row S_m :5555 LISTEN`: netstat has a row of this state with this local or remote port.
    Row {
        /// The host.
        host: HostId,
        /// The port.
        port: u16,
        /// The state; any if it is missing.
        state: Option<State>,
    },
    /// `no row S_m :5555 but LISTEN`: netstat has no row with this port that is not in this state.
    NoRow {
        /// The host.
        host: HostId,
        /// The port.
        port: u16,
        /// The state that may be there.
        but: Option<State>,
    },
    /// `passed 3 s`: the step has lasted so long.
    Passed(Duration),
    /// `printed C_m refused`: a terminal of the host has shown this text since.
    Printed {
        /// The host.
        host: HostId,
        /// The text.
        text: String,
    },
    /// `ended C_m nc 1`: a program of this name ended there since, with this exit code.
    Ended {
        /// The host.
        host: HostId,
        /// The program's name.
        program: String,
        /// Its exit code; any if it is missing.
        code: Option<i32>,
    },
    /// `runs C_m nc`: a program of this name runs there; with `no` before it, none does.
    Runs {
        /// The host.
        host: HostId,
        /// The program's name.
        program: String,
        /// It does.
        does: bool,
    },
}

/// A moment's anchor: the first of these since the step began; if its lines bring about none, the last one before.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// `connect(C_m)`: a program called `connect()` there.
    Connect(HostId),
    /// Any other fact, in the words of [`Predicate::Happened`].
    Fact(Condition),
}

impl Predicate {
    /// Reads a line of a check.
    pub(crate) fn read(line: &str) -> Read<Predicate> {
        let mut words = Words::of(line);
        let predicate = match words.peek() {
            "no" => {
                words.next();
                match words.peek() {
                    "row" => {
                        words.next();
                        let (host, port) = (words.host()?, port(&mut words)?);
                        let but = if words.takes("but") { Some(words.state()?) } else { None };
                        Predicate::NoRow { host, port, but }
                    }
                    "runs" => {
                        words.next();
                        Predicate::Runs { host: words.host()?, program: program(&mut words)?, does: false }
                    }
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
                let (host, port) = (words.host()?, port(&mut words)?);
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
            _ => {
                let condition = fact(&mut words)?;
                let only = words.peek() == "=";
                let times = if only || words.peek() == ">=" {
                    words.next();
                    words.number()?
                } else {
                    1
                };
                Predicate::Happened { condition, times, only }
            }
        };
        words.ends()?;
        Ok(predicate)
    }
}

impl Event {
    /// Reads an anchor, up to the end of the line.
    pub(crate) fn read(words: &mut Words<'_>) -> Read<Event> {
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
}

fn port(words: &mut Words<'_>) -> Read<u16> {
    let word = words.next();
    let number = word.strip_prefix(':').and_then(|number| number.parse().ok());
    number.ok_or_else(|| format!("`{word}` must be a port, such as :5555"))
}

fn program(words: &mut Words<'_>) -> Read<String> {
    match words.next() {
        "" => Err("which program?".to_owned()),
        word => Ok(word.to_owned()),
    }
}

/// `stopped SYN at C_m.OUTPUT`, `sent FIN by C_m`, `arrived SYN at S_m`, `refused connect at C_m`, …
fn fact(words: &mut Words<'_>) -> Read<Condition> {
    let segments = |segment, from, at| Segments { segment, from, at, window: None };
    let arrives = |words: &mut Words<'_>| {
        let segment = words.kind()?;
        words.expects("at")?;
        let to = words.host()?;
        let from = if to == HostId::Client { HostId::Server } else { HostId::Client };
        Ok::<_, String>(segments(segment, Some(from), None))
    };
    Ok(match words.next() {
        "sent" => {
            let segment = words.kind()?;
            words.expects("by")?;
            Condition::Departed(segments(segment, Some(words.host()?), None))
        }
        "arrived" => Condition::Arrived(arrives(words)?),
        "discarded" => Condition::Discarded(arrives(words)?),
        "stopped" => {
            let segment = words.kind()?;
            let at = if words.takes("at") { Some(words.stop()?) } else { None };
            Condition::Stopped(segments(segment, None, at))
        }
        "held" => Condition::Held(segments(words.kind()?, None, None)),
        "entered" => {
            let state = words.state()?;
            words.expects("at")?;
            Condition::Enters { host: words.host()?, state }
        }
        "refused" => {
            let call = words.call()?;
            words.expects("at")?;
            Condition::Refused { host: words.host()?, call }
        }
        "expired" => {
            let timer = words.timer()?;
            words.expects("at")?;
            Condition::Expired { host: words.host()?, timer }
        }
        "full" => {
            words.expects("at")?;
            Condition::QueueFull { host: words.host()? }
        }
        "cookie" => {
            words.expects("at")?;
            Condition::Cookie { host: words.host()? }
        }
        word => return Err(format!("`{word}` is nothing that a check knows")),
    })
}
