//! Numbers of what is repeated agree wherever they are said.

use crate::model::{Look, View};
use crate::words::{Message, en};
use crate::{Rung, Scene, Scope};
use std::rc::Rc;
use tcp_core::tcp::ProfileName;
use tcp_course::Session;
use tcp_course::scenes::built_in;

fn seen(session: &Session, scope: Scope) -> Scene {
    crate::scene(session.lab(), &Look { view: View::Ladder, scope, ..Look::default() })
}

/// How often a sentence says that something was sent, if it does: `SYN sent 3 times` is 3.
fn said(sentence: &str, what: &str) -> Option<usize> {
    let rest = sentence.strip_prefix(what)?.strip_prefix(" sent ")?;
    let word = rest.split([' ', ',', '.', ':']).next()?;
    match word {
        "once" => Some(1),
        "twice" => Some(2),
        number => number.parse().ok(),
    }
}

#[test]
fn numbers_of_what_is_repeated_agree() {
    let (mut notes, mut names, mut stopped) = (0, 0, 0);
    for id in
        ["syn-dropped", "syn-dropped-by-receiver", "syn-lost", "synack-dropped", "synack-lost", "ack-dropped"]
    {
        let scene = built_in().into_iter().find(|scene| &*scene.id == id).map(Rc::new).expect("a scene");
        let mut session = Session::scene(scene, ProfileName::Article);
        let mut events = 0;
        while session.step() && events < 400 {
            events += 1;
            session.go_on();
            let scene = seen(&session, Scope::One);
            let rungs = &scene.ladder.as_ref().expect("it is looked at").rungs;
            let name = |rung: &Rung| en::say(&Message::Name(rung.name));
            // The n-th SYN of a connection is called so, in the ladder and on the wire.
            let syns: Vec<String> = rungs
                .iter()
                .filter(|rung| rung.from_client)
                .map(name)
                .filter(|it| it == "SYN" || it.starts_with("SYN #"))
                .collect();
            for (at, name) in syns.iter().enumerate() {
                let expected = if at == 0 { "SYN".to_owned() } else { format!("SYN #{}", at + 1) };
                assert_eq!(*name, expected, "{id} at {}", scene.now);
                names += 1;
            }
            // What C_m's card says of it.
            if let Some(count) = said(&en::say(&scene.hosts[0].note), "SYN") {
                assert_eq!(count, syns.len(), "{id} at {}: {}", scene.now, en::say(&scene.hosts[0].note));
                notes += 1;
            }
            // What was stopped is crossed in the ladder, and counted at the firewall.
            let all = seen(&session, Scope::All).ladder.expect("it is looked at");
            let crossed = all.rungs.iter().filter(|rung| rung.is_stopped()).count();
            assert_eq!(scene.firewall.dropped, crossed as u64, "{id} at {}", scene.now);
            stopped += crossed;
        }
    }
    assert!(notes > 20 && names > 100 && stopped > 50, "only {notes}, {names}, {stopped}");
}
