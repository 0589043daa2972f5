//! Offers as the page says them, and answers as a journal has them.

use super::claim::Answer;
use super::level::Offer;
use tcp_core::net::HostId;
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{Claim, Loss, OfferedLook, Span, Spot, Trouble};

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

#[cfg(test)]
mod tests {
    use super::super::level::Hides;
    use super::*;
    use tcp_scene::words::puzzle::Level;

    #[test]
    fn each_offer_has_a_name() {
        for level in Level::ALL {
            let looks: Vec<_> = level.offers().iter().map(Offer::look).collect();
            assert!(looks.iter().all(|(_, look)| *look != OfferedLook::Other), "{level:?} {looks:?}");
        }
    }
}
