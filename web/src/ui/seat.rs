//! The page of a puzzle: both hosts as their netstat shows them, their terminals, what was seen, and the question. What is
//! between the hosts is closed.
//!
//! All of it is drawn from a [`SeatShown`].

mod ask;
mod band;
mod fitting;
mod levels;
mod seen;
mod share;
mod side;
mod told;
mod top;
mod typed;

use super::{Bar, Desk, help, skip};
use crate::hooks::{
    Dispatch, Key, Ticks, dress, focus, in_next_task, kept_puzzle, query, ready, recall, recall_journal,
    show_seat, use_dispatch, use_journal, use_kept_puzzle, use_keys, use_large, use_late_dialog,
    use_seat_settings,
};
use crate::seat::{Does, SeatShown, SeatStore};
use crate::settings::Narration;
use crate::store::{Done, Intent, Shared};
use crate::text::say;
pub(crate) use band::closed_band;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_course::{LinkError, Recording, Session};
use tcp_lessons::puzzle::Level;
use tcp_scene::address::parse;
use tcp_scene::words::puzzle::{Puzzle as Says, PuzzlePart as Part};
use tcp_scene::words::{Message, Page};
use tcp_shell::{Completion, ProfileName, TerminalId};
use yew::prelude::*;

/// The heading that gets the focus when something else is to be read.
const TO_READ: &str = "to-read";

/// The page, which owns the store.
pub(crate) struct SeatPage {
    store: SeatStore,
    dispatch: Dispatch,
}

#[derive(Clone, Properties, PartialEq)]
pub(crate) struct SeatProps {
    /// The puzzle's level.
    pub level: Level,
    /// Its seed.
    pub seed: u64,
    /// Opens the lab with a session.
    pub on_lab: Callback<Session>,
}

impl Component for SeatPage {
    type Message = Does;
    type Properties = SeatProps;

    fn create(ctx: &Context<SeatPage>) -> SeatPage {
        let asked = parse(&query()).0;
        dress(&asked);
        let settings = recall().asked(&asked);
        show_seat(settings.theme);
        let SeatProps { level, seed, .. } = *ctx.props();
        let store = SeatStore::new(level, seed, recall_journal(), kept_puzzle().as_deref())
            .dressed(settings, asked.present);
        let link = ctx.link().clone();
        let complete = Callback::from(move |(terminal, line): (TerminalId, String)| {
            let completion = link.get_component().map(|page| page.store.complete(terminal, &line));
            completion.unwrap_or(Completion { line, candidates: Vec::new() })
        });
        let link = ctx.link().clone();
        let send = Callback::from(move |done: Done| {
            does(done.intent).into_iter().for_each(|does| link.send_message(does));
        });
        let (share, export) = (Callback::from(|_| nothing()), Callback::from(|_| Ok(Vec::new())));
        let dispatch = Dispatch::new(send, complete, share, export);
        dispatch.playhead.set(store.now());
        SeatPage { store, dispatch }
    }

    fn update(&mut self, _: &Context<SeatPage>, does: Does) -> bool {
        let draws = self.store.update(does);
        self.dispatch.playhead.set(self.store.now());
        draws
    }

    fn view(&self, ctx: &Context<SeatPage>) -> Html {
        let link = ctx.link().clone();
        let kept = Callback::from(move |()| link.get_component().map(|page| page.store.kept()));
        let link = ctx.link().clone();
        let on_lab = ctx.props().on_lab.clone();
        let on_lab = Callback::from(move |()| {
            let session = link.get_component().and_then(|page| page.store.opened());
            session.into_iter().for_each(|session| on_lab.emit(session));
        });
        html! {
            <ContextProvider<Dispatch> context={self.dispatch.clone()}>
                <Room shown={self.store.shown()} send={ctx.link().callback(|does| does)} {kept} {on_lab} />
            </ContextProvider<Dispatch>>
        }
    }
}

/// What a terminal, the time bar or the settings want.
fn does(intent: Intent) -> Option<Does> {
    Some(match intent {
        Intent::Act(action) | Intent::AtPrompt(action) => Does::Act(action),
        Intent::Use { terminal, .. } => Does::Use(terminal),
        Intent::Open(terminal) => Does::Open(terminal),
        Intent::GoTo(at) => Does::GoTo(at),
        Intent::Set(settings) => Does::Set(settings),
        Intent::Present(present) => Does::Present(present.is_on()),
        _ => return None,
    })
}

/// What a terminal could share: nothing.
fn nothing() -> Shared {
    let recording = Recording::new(ProfileName::Linux, 0);
    Shared { at: Instant::START, done: false, recording, link: Err(LinkError::TooMuch) }
}

/// Where wishes go.
pub(super) type Send = Callback<Does>;

#[derive(Properties, PartialEq)]
pub(crate) struct RoomProps {
    pub shown: SeatShown,
    pub send: Send,
    /// What is kept over a reload.
    pub kept: Callback<(), Option<String>>,
    pub on_lab: Callback<()>,
}

/// The page without its store.
#[component]
pub(crate) fn Room(RoomProps { shown, send, kept, on_lab }: &RoomProps) -> Html {
    use_effect_with((), |()| ready());
    let dispatch = use_dispatch();
    let (dialog, helps, on_help) = use_late_dialog();
    use_seat_settings(shown.settings);
    use_large(shown.presents, send.reform(|()| Does::Present(false)));
    use_keys(
        shown.settings.silent_keys && !shown.presents,
        [shown.presents, false, false],
        on_key(shown, send, &on_help),
    );
    use_journal(Rc::clone(&shown.journal));
    use_kept_puzzle(kept.clone());
    let reads = (shown.told.is_some(), shown.over.is_some());
    let before = use_mut_ref(|| reads);
    use_effect_with(reads, move |reads| {
        // Whoever opens the page may want to read something else.
        if before.replace(*reads) != *reads {
            in_next_task(|| focus(TO_READ));
        }
    });
    let [client, server] = &shown.seat.hosts;
    let pair = say(&Message::Puzzle(Says::Pair([client.state, server.state])));
    let live = if shown.settings.narration == Narration::Nothing { "off" } else { "polite" };
    let note = part(if shown.over.is_some() { Part::AllMarked } else { Part::OnlyMarked });
    html! {
        <>
            { skip("main", Page::SkipToHosts) }
            { skip("terminals", Page::SkipToTerminals) }
            { top::top(shown, send, &on_help, &dispatch) }
            <Ticks gait={shown.playing.then_some(shown.gait)} {send} />
            <main id="main" class="seat" tabindex="-1" data-over={shown.over.is_some().then_some("")}>
                <p class="unseen" role="status" aria-live={live}>{ pair }</p>
                <Bar bar={shown.bar.clone()} now={shown.seat.now} locked={false} predicts={None} {note} />
                { side::side(shown, 0, send) }
                { side::side(shown, 1, send) }
                <section class="card middle" aria-label={part(Part::Diagnosis)} data-most={shown.level.most().to_string()}>
                    { seen::seen(shown, send) }
                    { if shown.told.is_some() || shown.over.is_some() { told::told(shown, send, on_lab) } else { ask::ask(shown, send) } }
                </section>
                { band::band(shown) }
                { typed::terminals(shown) }
            </main>
            <top::Foot level={shown.level} seed={shown.seed} tally={shown.tally} over={shown.over.clone()} />
            { help(&dialog, helps, Desk::Seat) }
        </>
    }
}

/// The keys of the lab that can act here.
fn on_key(shown: &SeatShown, send: &Send, on_help: &Callback<()>) -> Callback<Key> {
    let (presents, send, on_help) = (shown.presents, send.clone(), on_help.clone());
    Callback::from(move |key| {
        let does = match key {
            Key::PlayOrPause => Does::PlayOrPause,
            Key::Step => Does::Step,
            Key::StepBack => Does::Earlier,
            Key::Undo => Does::Undo,
            Key::Redo => Does::Redo,
            Key::Present => Does::Present(!presents),
            Key::Help => return on_help.emit(()),
            _ => return,
        };
        send.emit(does);
    })
}

fn part(part: Part) -> AttrValue {
    say(&Message::Puzzle(Says::Part(part)))
}

fn words(says: Says) -> AttrValue {
    say(&Message::Puzzle(says))
}

/// A button that does something.
fn button(class: &'static str, name: AttrValue, does: Does, send: &Send) -> Html {
    let onclick = press(does, send);
    html! { <button key={&*name} type="button" {class} {onclick}>{ &name }</button> }
}

/// A handler of presses.
fn press(does: Does, send: &Send) -> Callback<MouseEvent> {
    send.reform(move |_: MouseEvent| does.clone())
}
