//! Levels, answers and faults as the page says them, and as a journal has them.

use super::claim::{Answer, Claim, Span};
use super::fault::{Lasts, Loss, Part, Reject, Spot, Trouble};
use super::level::{Level, Offer};
use tcp_core::net::HostId;
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{Ail, Lasting, OfferedLook, Tier, Wrong, WrongSpot};

impl Level {
    /// The level as the page says it.
    pub const fn tier(self) -> Tier {
        match self {
            Level::Pair => Tier::Pair,
            Level::Counters => Tier::Counters,
            Level::Time => Tier::Time,
            Level::Teardown => Tier::Teardown,
            Level::Applications => Tier::Applications,
            Level::Live => Tier::Live,
            Level::Two => Tier::Two,
        }
    }
}

impl Offer {
    /// Where it is looked, and at what, as the page says it.
    pub fn look(&self) -> (HostId, OfferedLook) {
        let Some((terminal, line)) = self.lines.first() else { return (HostId::Client, OfferedLook::Other) };
        let look = match line.split(' ').next().unwrap_or_default() {
            "netstat" if line.starts_with("netstat -st") => OfferedLook::Segments,
            "netstat" => OfferedLook::Packets,
            "nc" if line.ends_with("5555") => OfferedLook::Again,
            "nc" => OfferedLook::OtherPort,
            "ping" => OfferedLook::Ping,
            "ps" => OfferedLook::Programs,
            "ss" => OfferedLook::Queue,
            "sudo" => OfferedLook::Capture,
            "hello" | "again" => OfferedLook::Hello,
            _ => OfferedLook::Other,
        };
        (terminal.host().unwrap_or(HostId::Client), look)
    }
}

impl Span {
    /// The span as the page says it.
    pub const fn lasting(self) -> Lasting {
        match self {
            Span::Always => Lasting::Always,
            Span::Once => Lasting::Once,
            Span::While => Lasting::While,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Span::Always => "always",
            Span::Once => "once",
            Span::While => "while",
        }
    }
}

impl Claim {
    /// The claim as the page says it.
    pub fn wrong(self) -> Wrong {
        match self {
            Claim::Lost(loss, span) => lost(loss, span.map(Span::lasting)),
            Claim::Rejected { reset } => Wrong::Rejected { reset },
            Claim::Trouble(trouble) => Wrong::Ails(ail(trouble)),
        }
    }

    /// The claim as a journal has it: one word.
    pub fn key(self) -> String {
        match self {
            Claim::Lost(Loss { segment, from, spot }, span) => {
                let span = span.map_or_else(String::new, |span| format!(":{}", span.key()));
                format!("{}:{}:{}{span}", segment_key(segment), from.word(), spot_key(spot))
            }
            Claim::Rejected { reset: true } => "rejected:rst".to_owned(),
            Claim::Rejected { reset: false } => "rejected:icmp".to_owned(),
            Claim::Trouble(trouble) => trouble_key(trouble).to_owned(),
        }
    }
}

impl Part {
    /// What is wrong as the page says it, with how long it lasts.
    pub fn wrong(self) -> Wrong {
        match self {
            Part::Loss(loss, lasts) => lost(
                loss,
                Some(match lasts {
                    Lasts::Always => Lasting::Always,
                    Lasts::Once => Lasting::Once,
                    Lasts::Until(_) => Lasting::While,
                }),
            ),
            Part::Reject(with) => Wrong::Rejected { reset: with == Reject::Reset },
            Part::Trouble(trouble) => Wrong::Ails(ail(trouble)),
        }
    }
}

impl Answer {
    /// The answer as a journal has it.
    pub fn key(&self) -> String {
        match self {
            Answer::CannotTell => "cannot-tell".to_owned(),
            Answer::Wrong(claims) if claims.is_empty() => "nothing".to_owned(),
            Answer::Wrong(claims) => claims.iter().map(|claim| claim.key()).collect::<Vec<_>>().join(" "),
        }
    }
}

const fn lost(loss: Loss, lasting: Option<Lasting>) -> Wrong {
    let spot = match loss.spot {
        Spot::Output => WrongSpot::Output,
        Spot::Network => WrongSpot::Network,
        Spot::Input => WrongSpot::Input,
    };
    Wrong::Lost { segment: loss.segment, from: loss.from, spot, lasting }
}

const fn ail(trouble: Trouble) -> Ail {
    match trouble {
        Trouble::NobodyListens => Ail::NobodyListens,
        Trouble::ListensElsewhere => Ail::ListensElsewhere,
        Trouble::NeverAccepts => Ail::NeverAccepts,
        Trouble::NeverReads => Ail::NeverReads,
        Trouble::NeverCloses => Ail::NeverCloses,
        Trouble::QueueFull => Ail::QueueFull,
        Trouble::Vanished => Ail::Vanished,
        Trouble::Unplugged => Ail::Unplugged,
    }
}

const fn segment_key(segment: Kind) -> &'static str {
    match segment {
        Kind::Syn => "syn",
        Kind::SynAck => "syn-ack",
        Kind::Ack => "ack",
        Kind::Data => "data",
        Kind::Fin => "fin",
        Kind::Rst => "rst",
    }
}

const fn spot_key(spot: Spot) -> &'static str {
    match spot {
        Spot::Output => "output",
        Spot::Network => "network",
        Spot::Input => "input",
    }
}

const fn trouble_key(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NobodyListens => "nobody-listens",
        Trouble::ListensElsewhere => "listens-elsewhere",
        Trouble::NeverAccepts => "never-accepts",
        Trouble::NeverReads => "never-reads",
        Trouble::NeverCloses => "never-closes",
        Trouble::QueueFull => "queue-full",
        Trouble::Vanished => "vanished",
        Trouble::Unplugged => "unplugged",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_offer_has_a_name() {
        for level in Level::ALL {
            let looks: Vec<_> = level.offers().iter().map(Offer::look).collect();
            assert!(looks.iter().all(|(_, look)| *look != OfferedLook::Other), "{level:?} {looks:?}");
        }
    }
}
