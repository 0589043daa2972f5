//! Where the article and a real kernel part: said at the place, in half a sentence behind the profile's name.
//!
//! A sentence stands only while what it speaks of can be seen, and it speaks of the profile that is *not* played. The
//! facts behind it stand in `web/assets/kernel.html`, under the topic's name.

use crate::model::Differs;
use crate::subject::End;
use tcp_core::net::World;
use tcp_core::tcp::{ProfileName, State, Trigger};

/// A topic of `kernel.html`, and what to say of Linux while the article is played, and of the article while Linux is.
struct Topic {
    key: &'static str,
    linux: &'static str,
    article: &'static str,
    shows: fn(&[End; 2]) -> bool,
}

/// The first that shows is said.
const TOPICS: [Topic; 4] = [
    Topic {
        key: "nc",
        linux: "today's nc waits for its keyboard, in CLOSE_WAIT.",
        article: "nc ends here by itself; the server goes on to TIME_WAIT.",
        shows: server_closed_first,
    },
    Topic {
        key: "syn",
        linux: "a SYN goes again after 1, 2, 3, 4, 5, 7, 11, 19 … s.",
        article: "a SYN goes again after 1, 3, 7, 15, 31 and 63 s.",
        shows: |ends| ends.iter().any(|end| end.state() == State::SynSent && tries(end) > 0),
    },
    Topic {
        key: "time-wait",
        linux: "TIME_WAIT lasts 60 s; RFC 9293 has 4 min.",
        article: "TIME_WAIT lasts 2 min; RFC 9293 has 4.",
        shows: |ends| ends.iter().any(|end| end.state() == State::TimeWait),
    },
    Topic {
        key: "data",
        linux: "data goes again after 0.2 (a probe), 0.4, 0.85, 1.7 … s.",
        article: "data goes again after 0.2, 0.6, 1.5, 3.2 … s.",
        shows: |ends| ends.iter().any(|end| end.state() == State::Established && tries(end) > 0),
    },
];

/// What the other profile does in what is seen now.
pub(crate) fn differs(world: &World, ends: &[End; 2]) -> Option<Differs> {
    let topic = TOPICS.iter().find(|topic| (topic.shows)(ends))?;
    let (other, says) = match world.profile(ends[0].host).name {
        ProfileName::Article => (ProfileName::Linux, topic.linux),
        ProfileName::Linux => (ProfileName::Article, topic.article),
    };
    Some(Differs { topic: topic.key, other, says })
}

fn tries(end: &End) -> u32 {
    end.row.as_ref().map_or(0, |row| row.timer.retransmits)
}

/// The server's nc closed first, and the client's has ended by itself, or has not.
fn server_closed_first([client, server]: &[End; 2]) -> bool {
    let ended =
        client.last.is_some_and(|(row, _)| row.from == State::LastAck && row.trigger == Trigger::AckOfFin);
    match server.state() {
        State::TimeWait => ended && client.ended(),
        // It ends after a minute, and the client's nc waits on.
        State::FinWait2 | State::Closed => {
            client.state() == State::CloseWait && server.row.as_ref().is_none_or(|row| row.owner.is_none())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::TOPICS;

    #[test]
    fn every_topic_has_its_facts() {
        let page = include_str!("../../../web/assets/kernel.html");
        for topic in &TOPICS {
            assert!(page.contains(&format!("<h2 id=\"{}\">", topic.key)), "{}", topic.key);
        }
    }
}
