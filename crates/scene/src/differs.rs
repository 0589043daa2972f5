//! Where the article and a real kernel part: said where it shows, in half a sentence after the profile's name.
//!
//! A sentence is shown only while what it is about can be seen, and it is about the profile that is *not* played. The
//! facts behind it are in `web/assets/kernel.html`, under the topic's name.

use crate::model::Differs;
use crate::subject::End;
use crate::words::Topic;
use tcp_core::net::World;
use tcp_core::tcp::{ProfileName, State, Trigger};

/// In this order; the first that shows is said.
const TOPICS: [Topic; 4] = [Topic::Nc, Topic::Syn, Topic::TimeWait, Topic::Data];

fn shows(topic: Topic, ends: &[End; 2]) -> bool {
    match topic {
        Topic::Nc => server_closed_first(ends),
        Topic::Syn => ends.iter().any(|end| end.state() == State::SynSent && tries(end) > 0),
        Topic::TimeWait => ends.iter().any(|end| end.state() == State::TimeWait),
        Topic::Data => ends.iter().any(|end| end.state() == State::Established && tries(end) > 0),
    }
}

/// What the other profile does in what is seen now.
pub(crate) fn differs(world: &World, ends: &[End; 2]) -> Option<Differs> {
    let topic = TOPICS.into_iter().find(|topic| shows(*topic, ends))?;
    let other = match world.profile(ends[0].host).name {
        ProfileName::Article => ProfileName::Linux,
        ProfileName::Linux => ProfileName::Article,
    };
    Some(Differs { topic, other })
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
        for topic in TOPICS {
            assert!(page.contains(&format!("<h2 id=\"{}\">", topic.key())), "{topic:?}");
        }
    }
}
