//! A second language is a second catalogue and nothing else: the page in a language whose every sentence is in brackets
//! has nothing outside them but names, numbers, keys, notation, and what the tools print and a person types.

use super::rendered;
use crate::settings::Settings;
use crate::store::{Done, Intent, Store};
use std::collections::BTreeSet;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_course::Action;
use tcp_scene::diagram::{NODES, edges};
use tcp_scene::words::{Message, en};
use tcp_scene::{DropPlace, View};
use tcp_shell::TerminalId::{self, ClientLower, ClientUpper, Network, ServerLower, ServerUpper};
use tcp_shell::{ProfileName, tools};

fn bracketed(message: &Message) -> String {
    format!("⟦{}⟧", en::say(message))
}

/// What is no sentence: names, keys, column heads, and the notation of the figure.
fn untranslated() -> BTreeSet<String> {
    let names = "tcp-states C_m S_m C S C? S? C_m$ S_m$ network$ ? ⋯ ✕ × > · # Ctrl-C Ctrl-D Ctrl-L PgDn Ctrl-Z Ctrl-⇧-Z Space r l t p c s Enter Tab ↑ ↓ → ← . \
        E U A P R F | RFC SYN SYN|ACK ACK PSH FIN URG PSH|ACK FIN|ACK RST RST|ACK \
        OUT IN OUTPUT INPUT netstat -nat Recv-Q Send-Q SEQ ACK Local Address Foreign State";
    let notation = edges().flat_map(|edge| [edge.event, edge.action]).flat_map(str::split_whitespace);
    let states = NODES.iter().flat_map(|node| [node.label(), tools::netstat::state_name(node.state)]);
    names.split_whitespace().chain(notation).chain(states).map(str::to_owned).collect()
}

/// A text without what is in brackets, which must pair.
fn outside(text: &str) -> String {
    let mut left = String::new();
    let mut depth = 0_usize;
    for letter in text.chars() {
        match letter {
            '⟦' => depth += 1,
            '⟧' => depth -= 1,
            _ if depth == 0 => left.push(letter),
            _ => {}
        }
    }
    left
}

/// The texts of the page and what its elements say: all that a person reads or hears but what is typed and printed.
fn texts(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    // The open elements, each with whether it is typed or printed.
    let mut open: Vec<(&str, bool)> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        for said in ["aria-label=\"", "title=\""] {
            let value = tag.split_once(said).map(|(_, rest)| rest.split('"').next().unwrap_or_default());
            texts.extend(value.map(str::to_owned));
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        let typed = matches!(name, "code" | "samp")
            || tag.contains("class=\"printed\"")
            || tag.contains("class=\"typed\"");
        if let Some(closed) = tag.strip_prefix('/') {
            while open.pop().is_some_and(|(name, _)| name != closed) {}
        } else if name != "input" {
            open.push((name, typed));
        }
        if !open.iter().any(|(_, typed)| *typed) {
            texts.push(text.to_owned());
        }
    }
    texts
}

fn bare(word: &str) -> String {
    word.trim_end_matches(',').to_owned()
}

/// English outside the catalogue: words with letters that are not listed.
fn english(html: &str) -> BTreeSet<String> {
    let known = untranslated();
    let texts = texts(html).into_iter().map(|text| outside(&text));
    let words = texts.flat_map(|text| text.split_whitespace().map(bare).collect::<Vec<_>>());
    let spoken = |word: &String| word.chars().any(char::is_alphabetic) && !known.contains(word);
    words.filter(spoken).collect()
}

/// A page that is typed into: each line at its moment, in milliseconds, then looked at.
fn check(profile: ProfileName, lines: &'static [(u64, TerminalId, &'static str)], until: u64) {
    let html = rendered(bracketed, move || {
        let mut store = Store::new(Settings {
            profile,
            figure: tcp_scene::diagram::Figure::Beyond,
            ..Settings::default()
        });
        for (at, terminal, line) in lines {
            let action = match *line {
                "^C" => Action::ctrl_c(*terminal),
                line => Action::enter(*terminal, line),
            };
            store.update(Done { at: Instant::from_millis(*at), intent: Intent::Act(action) });
        }
        let at = Instant::from_millis(until);
        store.update(Done { at, intent: Intent::Pass(at) });
        store.update(Done { at, intent: Intent::DropAt(DropPlace::Network) });
        store.update(Done { at, intent: Intent::Show(View::Ladder) });
        let newest =
            store.shown().scene.ladder.as_ref().and_then(|ladder| ladder.rungs.last().map(|it| it.packet));
        newest.into_iter().for_each(|packet| _ = store.update(Done { at, intent: Intent::Inspect(packet) }));
        store
    });
    let found = english(&html.replace("&gt;", ">").replace("&amp;", "&"));
    assert_eq!(found, BTreeSet::new(), "outside the catalogue, after {lines:?}");
    assert!(html.matches('⟦').count() > 150, "only {} messages", html.matches('⟦').count());
}

const CONNECT: (u64, TerminalId, &str) = (100, ClientUpper, "nc 10.211.55.10 5555");
const DROP_SYN: (u64, TerminalId, &str) =
    (50, ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP");
const DROP_ANSWER: (u64, TerminalId, &str) =
    (50, ClientLower, "sudo iptables -I INPUT -p tcp --sport 5555 -j DROP");

#[test]
fn a_second_language_reaches_every_sentence_of_an_opening() {
    check(ProfileName::Article, &[], 10);
    check(ProfileName::Article, &[CONNECT], 102);
    check(ProfileName::Article, &[DROP_SYN, CONNECT], 4_000);
    check(ProfileName::Linux, &[DROP_ANSWER, CONNECT], 2_500);
    check(ProfileName::Linux, &[(50, Network, "drop C_m S * -1"), CONNECT], 4_000);
    check(ProfileName::Article, &[(50, ServerLower, "sudo iptables -A INPUT -j REJECT"), CONNECT], 500);
    check(ProfileName::Article, &[(50, ServerUpper, "^C"), CONNECT], 500);
    check(ProfileName::Article, &[(100, ClientUpper, "nc 10.211.55.77 5555")], 2_000);
}

#[test]
fn a_second_language_reaches_every_sentence_of_what_follows() {
    const HELLO: (u64, TerminalId, &str) = (1_000, ClientUpper, "hello");
    const LATER: (u64, TerminalId, &str) = (500, ServerLower, "sudo iptables -P INPUT DROP");
    check(ProfileName::Article, &[CONNECT, HELLO], 1_003);
    check(ProfileName::Article, &[CONNECT, HELLO], 2_000);
    check(ProfileName::Linux, &[CONNECT, LATER, HELLO], 4_000);
    check(ProfileName::Article, &[CONNECT, (1_000, ClientUpper, "^C")], 2_000);
    check(ProfileName::Article, &[CONNECT, LATER, (1_000, ClientUpper, "^C")], 4_000);
    check(ProfileName::Linux, &[CONNECT, (1_000, ServerUpper, "^C")], 3_000);
    check(ProfileName::Linux, &[CONNECT, (1_000, ServerUpper, "^C")], 70_000);
    check(ProfileName::Article, &[CONNECT, (150, ClientLower, "nc 10.211.55.10 5555 &")], 2_000);
}

#[test]
fn a_second_language_reaches_a_scene() {
    let html = rendered(bracketed, || {
        let mut store = Store::new(Settings::default());
        let scene = tcp_course::scenes::built_in().remove(1);
        store.update(Done { at: Instant::START, intent: Intent::Play(Rc::new(scene)) });
        store
    });
    assert!(html.contains("⟦S_m listens."), "the caption of its first pause");
    assert_eq!(english(&html.replace("&gt;", ">").replace("&amp;", "&")), BTreeSet::new());
}

/// A lesson all of whose words are in brackets.
const LESSON: &str = "---
format: 1
id: syn-dropped
title: ⟦A title.⟧
able: ⟦Do it.⟧
group: set-up
minutes: 1
scene: listening
---
## ⟦Drop it⟧ {#drop}
⟦The firewall drops each SYN.⟧
```predict pair
at 0.5 s after connect(C_m)
C_m SYN_SENT | S_m LISTEN
```
```C_m needed
sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP
nc 10.211.55.10 5555
```
```C_m look
netstat -nat
```
```check pair
stopped SYN at C_m.OUTPUT >= 1
state C_m SYN_SENT for 0.3 s
no row S_m :5555 but LISTEN
```
```near-miss C_m
nc 10.211.55.10 5555
```
```other-way C_m
nc 10.211.55.10 5555
```

## ⟦Again⟧ {#again}
⟦It waits.⟧
```predict choice
at 8 s after connect(C_m)
ask: ⟦How often?⟧
- ⟦Once.⟧ | stopped SYN at C_m.OUTPUT >= 2
+ ⟦Often.⟧ | stopped SYN at C_m.OUTPUT >= 2
```
```check again
stopped SYN at C_m.OUTPUT >= 2
```
```hint
⟦A hint.⟧
```
";

#[test]
fn a_second_language_reaches_a_lesson() {
    use crate::store::Learn;
    use tcp_core::net::HostId;
    use tcp_lessons::{Lesson, Move};
    use tcp_scene::diagram::NodeId;

    fn after(moves: &[Move], passes: u64) -> String {
        let moves = moves.to_vec();
        rendered(bracketed, move || {
            let lesson = Rc::new(Lesson::read(LESSON).unwrap());
            let mut store = Store::new(Settings::default());
            let take = Learn::Take { lesson, hash: 1, step: None };
            let mut does = |learn| {
                let at = store.now();
                store.update(Done { at, intent: Intent::Learn(Box::new(learn)) });
                if store.shown().playing {
                    let at = at + std::time::Duration::from_millis(passes);
                    store.update(Done { at, intent: Intent::Pass(at) });
                }
            };
            does(take);
            moves.into_iter().for_each(|wish| does(Learn::Do(wish)));
            store
        })
    }
    let place = |client, server| {
        [Move::Place(HostId::Client, client), Move::Place(HostId::Server, server), Move::Compare]
    };
    let wrong = place(NodeId::Established, NodeId::SynRecv);
    let right = place(NodeId::SynSent, NodeId::Listen);
    let next = |first: [Move; 3], then: &[Move]| [&first, &[Move::Next][..], then].concat();
    for (moves, says) in [
        (vec![], "⟦Where will each host be"),
        (wrong.to_vec(), "⟦You expected S_m in SYN_RECV"),
        (right.to_vec(), "as you said.⟧"),
        (next(right, &[]), "⟦How often?⟧"),
        (next(right, &[Move::Choose(0), Move::Sure(true), Move::Compare]), "⟦It is: "),
        (next(right, &[Move::Choose(1), Move::Compare]), "⟦That was the last step.⟧"),
    ] {
        let html = after(&moves, 20_000).replace("&gt;", ">").replace("&amp;", "&");
        assert!(html.contains(says), "{says} after {moves:?}");
        assert_eq!(english(&html), BTreeSet::new(), "after {moves:?}");
    }
}

#[derive(yew::Properties, PartialEq)]
struct SeatedProps {
    shown: crate::seat::SeatShown,
}

/// The page of a puzzle, without a store behind it.
#[yew::component]
fn Seated(props: &SeatedProps) -> yew::Html {
    use yew::prelude::*;
    let complete = Callback::from(|(_, line)| super::Completion { line, candidates: Vec::new() });
    let (share, export) = (Callback::from(|_| super::nothing()), Callback::from(|_| Ok(Vec::new())));
    let dispatch = crate::hooks::Dispatch::new(Callback::noop(), complete, share, export);
    let (kept, on_lab) = (Callback::from(|()| None), Callback::noop());
    html! {
        <ContextProvider<crate::hooks::Dispatch> context={dispatch}>
            <crate::ui::Room shown={props.shown.clone()} send={Callback::noop()} {kept} {on_lab} />
        </ContextProvider<crate::hooks::Dispatch>>
    }
}

#[test]
fn a_second_language_reaches_a_puzzle() {
    use crate::seat::{Choice, Does, SeatStore, Whole};
    use tcp_lessons::Journal;
    use tcp_lessons::puzzle::Level;

    fn after(level: Level, ends: &'static [Does]) -> String {
        let page = yew::ServerRenderer::<Seated>::with_props(move || {
            crate::text::speak(bracketed);
            let mut store = SeatStore::new(level, 5, Journal::default(), None);
            (0..4).for_each(|_| _ = store.update(Does::Step));
            ends.iter().for_each(|does| _ = store.update(does.clone()));
            SeatedProps { shown: store.shown() }
        });
        futures::executor::block_on(page.hydratable(false).render())
    }
    const NOTHING: Does = Does::Choose(Choice::Whole(Whole::Nothing));
    const CANNOT: Does = Does::Choose(Choice::Whole(Whole::CannotTell));
    for level in Level::ALL {
        for ends in
            [&[][..], &[Does::Look(0)], &[NOTHING, Does::Answer], &[CANNOT, Does::Answer], &[Does::Truth]]
        {
            let html = after(level, ends).replace("&gt;", ">").replace("&amp;", "&");
            assert_eq!(english(&html), BTreeSet::new(), "{level:?} after {ends:?}");
            assert!(html.matches('⟦').count() > 30, "{html}");
        }
    }
}
