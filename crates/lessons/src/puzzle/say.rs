//! Offers as the page says them, and answers as a journal has them.

use super::claim::Answer;
use super::grade::{Refuted, Would};
use super::level::Offer;
use tcp_core::net::HostId;
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{Claim, Loss, OfferedLook, Puzzle as Says, Span, Spot, Trouble};

impl Offer {
    /// Where it is looked, and at what, as the page says it.
    pub fn look(&self) -> (HostId, OfferedLook) {
        let host = self.lines.first().and_then(|(terminal, _)| terminal.host());
        (host.unwrap_or(HostId::Client), self.what)
    }
}

impl Refuted {
    /// Which look speaks against it, and what that showed.
    pub fn says(&self) -> [Says; 2] {
        let would = match &self.would {
            Would::Netstat { saw, would } => {
                Says::Rows { host: self.host, saw: saw.clone(), would: would.clone() }
            }
            Would::Printed { saw, would } => Says::Prints { saw: saw.clone(), would: would.clone() },
        };
        [Says::Against { look: self.look, host: self.host, at: self.at }, would]
    }
}

impl Answer {
    /// The answer as a journal has it.
    pub fn key(&self) -> String {
        match self {
            Answer::CannotTell => "cannot-tell".to_owned(),
            Answer::Wrong(claims) if claims.is_empty() => "nothing".to_owned(),
            Answer::Wrong(claims) => claims.iter().map(|claim| key(*claim)).collect::<Vec<_>>().join(" "),
        }
    }
}

/// What is wrong as a journal has it: one word.
fn key(claim: Claim) -> String {
    match claim {
        Claim::Lost(Loss { segment, from, spot }, span) => {
            let span = span.map_or_else(String::new, |span| format!(":{}", span_key(span)));
            format!("{}:{}:{}{span}", segment_key(segment), from.word(), spot_key(spot))
        }
        Claim::Rejected { reset: true } => "rejected:rst".to_owned(),
        Claim::Rejected { reset: false } => "rejected:icmp".to_owned(),
        Claim::Trouble(trouble) => trouble_key(trouble).to_owned(),
    }
}

const fn span_key(span: Span) -> &'static str {
    match span {
        Span::Always => "always",
        Span::Once => "once",
        Span::While => "while",
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
