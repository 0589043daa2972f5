//! The ladder as a sequence diagram in Mermaid's language, which forges and editors draw. It has the newest segments, as the
//! ladder on the page, and says how many came before.

use crate::model::{Ladder, Look, Moment, Rung, View};
use crate::names::article_name;
use crate::words::{Message, Say};
use tcp_core::Order;
use tcp_core::net::HostId;
use tcp_course::Session;

/// Segments as messages, a stopped one with a cross; what a host enters as a note.
pub(super) fn mermaid(session: &Session, look: &Look, say: Say) -> String {
    let look = Look { view: View::Ladder, ..look.clone() };
    let ladder = crate::scene(session.lab(), &look).ladder.unwrap_or_default();
    let mut lines: Vec<(Moment, String)> = states(&ladder).collect();
    lines.extend(ladder.rungs.iter().filter_map(|rung| Some((rung.way.first()?.at, segment(rung, say)))));
    lines.order_by_key(|(at, _)| *at);
    let mut text = "sequenceDiagram\n    participant C_m\n    participant S_m\n".to_owned();
    if ladder.earlier > 0 {
        let earlier = escaped(&say(&Message::EarlierSegments(ladder.earlier)));
        text += &format!("    Note over C_m,S_m: {earlier}\n");
    }
    for (_, line) in lines {
        text += "    ";
        text += &line;
        text.push('\n');
    }
    text
}

fn states(ladder: &Ladder) -> impl Iterator<Item = (Moment, String)> + '_ {
    let lives = ladder.lives.iter().copied().chain(ladder.closed().map(|(_, life)| life));
    lives.filter_map(|life| {
        let host = if life.of_client { HostId::Client } else { HostId::Server };
        Some((life.from?, format!("Note over {host}: {}", article_name(life.state))))
    })
}

fn segment(rung: &Rung, say: Say) -> String {
    let (from, to) =
        if rung.from_client { (HostId::Client, HostId::Server) } else { (HostId::Server, HostId::Client) };
    let arrow = match (rung.is_stopped(), rung.seq) {
        (true, _) => "-x",
        (false, Some(_)) => "->>",
        (false, None) => "-->>",
    };
    let by_hand = rung.by_hand.then_some(Message::ByHand);
    let numbers = [by_hand, rung.seq.map(Message::Seq), rung.ack.map(Message::Ack)];
    let mut words = match rung.is_copy {
        true => format!("{} {}", say(&Message::Copy), say(&Message::Of(rung.name))),
        false => say(&Message::Name(rung.name)),
    };
    for number in numbers.into_iter().flatten() {
        words.push(' ');
        words += &say(&number);
    }
    if rung.is_stopped() {
        words += &format!(" ({})", say(&Message::Fate(rung.fate)));
    }
    format!("{from}{arrow}{to}: {}", escaped(&words))
}

/// What means something in Mermaid's language is written by its number.
fn escaped(words: &str) -> String {
    let letter = |letter: char| match letter {
        '#' | ';' => format!("#{};", u32::from(letter)),
        _ => letter.to_string(),
    };
    words.chars().map(letter).collect()
}
