//! The page: the store, the contexts, and where everything stands.

use crate::hooks::{
    Dispatch, Key, Painted, Part, Turns, dress, fragment, kept, make_room, query, recall, recall_journal,
    use_asked, use_clock, use_dispatch, use_fragment, use_host_page, use_journal, use_kept, use_kept_lesson,
    use_keys, use_late_dialog, use_present, use_settings, use_shown, use_turns, use_view,
};
use crate::settings::{Settings, Terminals};
use crate::store::{Done, Intent, Present, Shared, Shown, Store};
use crate::text;
use crate::ui::{
    Bar, Desk, Diagram, Footer, Inspector, LessonPanel, Opened, PieceCard, Playing, Wire, closed_band,
    firewall, header, help, host, notice, pick_up, skip, terminals,
};
use std::cell::Cell;
use std::rc::Rc;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_course::{LinkError, Recording, Session};
use tcp_scene::address::parse;
use tcp_scene::diagram::text_twin;
use tcp_scene::export::Export;
use tcp_scene::words::Page;
use tcp_scene::{Column, HostPanel, TerminalView, View};
use tcp_shell::{Completion, ProfileName, TerminalId};
use yew::prelude::*;

#[cfg(test)]
mod tests;

/// Owns the store.
pub(crate) struct App {
    store: Store,
    dispatch: Dispatch,
}

/// What the page begins with; the first to ask for the store takes it.
#[derive(Clone, Properties)]
pub(crate) struct Begun {
    store: Rc<Cell<Option<Store>>>,
    painted: Painted,
}

impl Begun {
    /// As the address and the browser's memory have it.
    pub(crate) fn new() -> Begun {
        Begun { store: Rc::new(Cell::new(Some(begun()))), painted: Painted::found() }
    }
}

impl Begun {
    /// With a session, and what is kept of the settings.
    pub(crate) fn with(session: Session) -> Begun {
        let store = Store::of(recall(), session).learnt(recall_journal());
        Begun { store: Rc::new(Cell::new(Some(store))), painted: Painted::default() }
    }
}

impl PartialEq for Begun {
    fn eq(&self, other: &Begun) -> bool {
        Rc::ptr_eq(&self.store, &other.store)
    }
}

impl Component for App {
    type Message = Done;
    type Properties = Begun;

    fn create(ctx: &Context<App>) -> App {
        // Only a store that is being changed right now cannot be asked, and no key is pressed meanwhile.
        let link = ctx.link().clone();
        let complete = Callback::from(move |(terminal, line): (TerminalId, String)| {
            let completion = link.get_component().map(|app| app.store.complete(terminal, &line));
            completion.unwrap_or(Completion { line, candidates: Vec::new() })
        });
        let link = ctx.link().clone();
        let share = Callback::from(move |at: Instant| {
            link.get_component().map_or_else(nothing, |app| app.store.share(at))
        });
        let link = ctx.link().clone();
        let export = Callback::from(move |export: Export| {
            link.get_component().map_or_else(|| Ok(Vec::new()), |app| app.store.export(export))
        });
        let store = ctx.props().store.take().unwrap_or_else(begun);
        let dispatch = Dispatch::new(ctx.link().callback(|done| done), complete, share, export);
        // An address may open a moment that is not the first.
        dispatch.playhead.set(store.now());
        make_room(store.plays(), store.lesson_asks(), store.is_closed());
        App { store, dispatch }
    }

    fn update(&mut self, _: &Context<App>, done: Done) -> bool {
        let draws = self.store.update(done);
        make_room(self.store.plays(), self.store.lesson_asks(), self.store.is_closed());
        draws
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        page(self.store.shown(), self.dispatch.clone(), ctx.props().painted.clone())
    }
}

/// The store as the address and the browser's memory have it.
fn begun() -> Store {
    let asked = parse(&query());
    dress(&asked.0);
    let settings = recall().asked(&asked.0);
    Store::visited(settings, asked, &fragment(), kept().as_deref()).learnt(recall_journal())
}

/// What can be shared without a store.
fn nothing() -> Shared {
    Shared {
        at: Instant::START,
        done: false,
        recording: Recording::new(ProfileName::Article, 0),
        link: Err(LinkError::TooMuch),
    }
}

/// The page inside its contexts: where intents go, with the playhead (never changes), and what is shown (changes on
/// facts).
fn page(shown: Shown, dispatch: Dispatch, painted: Painted) -> Html {
    html! {
        <ContextProvider<Dispatch> context={dispatch}>
            <ContextProvider<Shown> context={shown}>
                <Layout {painted} />
            </ContextProvider<Shown>>
        </ContextProvider<Dispatch>>
    }
}

#[derive(Properties, PartialEq)]
struct LayoutProps {
    /// What was there before the program.
    painted: Painted,
}

/// Where everything stands.
#[component]
fn Layout(props: &LayoutProps) -> Html {
    let (shown, dispatch) = (use_shown(), use_dispatch());
    let turns = use_turns(&props.painted);
    let (dialog, helps, on_help) = use_late_dialog();
    let twin = use_memo((), |()| AttrValue::from(text_twin(text::language())));
    use_clock(&shown, &dispatch);
    use_fragment(dispatch.on(Intent::Arrive));
    use_kept(on_leave(&dispatch));
    use_host_page(&shown, &dispatch);
    use_settings(shown.settings, shown.lesson.is_some());
    use_journal(Rc::clone(&shown.journal));
    use_asked(&dispatch);
    use_kept_lesson(shown.lesson.as_ref().map(|view| view.place()));
    let (presents, lesson) = (shown.present.is_on(), shown.lesson.as_ref());
    use_present(shown.present, &dispatch);
    use_view(shown.view);
    use_keys(
        shown.settings.silent_keys && !presents,
        [presents, shown.play.is_some(), lesson.is_some_and(|view| view.places.is_some())],
        on_key(&shown, &dispatch, &on_help),
    );
    html! {
        <>
            { skip("main", Page::SkipToHosts) }
            { skip("terminals", Page::SkipToTerminals) }
            { header(&shown, &on_help, &dispatch) }
            { stage(&shown, &dispatch, &turns) }
            <Footer twin={(*twin).clone()} />
            { help(&dialog, helps, Desk::Lab) }
            if let Some(link) = &shown.offered { <Opened {link} title={shown.title.clone()} /> }
            { notice(&shown, &dispatch) }
        </>
    }
}

/// The link to keep when the page is left.
fn on_leave(dispatch: &Dispatch) -> Callback<(), Option<String>> {
    let dispatch = dispatch.clone();
    Callback::from(move |()| {
        let shared = dispatch.share();
        shared.link.ok().filter(|_| shared.done)
    })
}

fn on_key(shown: &Shown, dispatch: &Dispatch, on_help: &Callback<()>) -> Callback<Key> {
    let (settings, present, view) = (shown.settings, shown.present, shown.view);
    // Where the lesson expects each host by now, or else where it is.
    let ghosts = shown.lesson.as_ref().map_or([None, None], |lesson| lesson.ghosts);
    let nodes = [0, 1].map(|at| ghosts[at].unwrap_or(shown.scene.hosts[at].badge.node));
    let (dispatch, on_help) = (dispatch.clone(), on_help.clone());
    Callback::from(move |key| match key {
        Key::GoOn => dispatch.send(Intent::GoOn),
        Key::PlayOrPause => dispatch.send(Intent::PlayOrPause),
        Key::Step => dispatch.send(Intent::Step),
        Key::StepBack => dispatch.send(Intent::StepBack),
        Key::Skip => dispatch.send(Intent::Skip),
        Key::Reset => dispatch.send(Intent::Reset),
        Key::Ladder => {
            dispatch.send(Intent::Show(if view == View::Ladder { View::Machine } else { View::Ladder }))
        }
        Key::Terminals => {
            let terminals = settings.terminals.unwrap_or(Terminals::Below).next();
            dispatch.send(Intent::Set(Settings { terminals: Some(terminals), ..settings }));
        }
        Key::Undo => dispatch.send(Intent::Undo),
        Key::Redo => dispatch.send(Intent::Redo),
        Key::Present if present.is_on() => dispatch.send(Intent::Present(Present::Off)),
        Key::Present => dispatch.send(Intent::Present(Present::On)),
        Key::Firewall => dispatch.send(Intent::Present(present.toggled(Present::Firewall))),
        Key::Blank => dispatch.send(Intent::Present(present.toggled(Present::Blank))),
        Key::PickUp(host) => pick_up(host, nodes[usize::from(host == HostId::Server)], &dispatch),
        Key::Help => on_help.emit(()),
    })
}

fn stage(shown: &Shown, dispatch: &Dispatch, turns: &Turns) -> Html {
    let scene = &shown.scene;
    let [client, server] = &scene.hosts;
    html! {
        <main id="main" tabindex="-1">
            <Bar bar={shown.bar.clone()} now={scene.now} locked={shown.locks.time} predicts={shown.predicts.clone()} />
            <LessonPanel />
            { card(client, shown, dispatch) }
            { turns.draw(Part::Machine, || machine(shown)) }
            if shown.inspects {
                <Inspector segment={scene.inspected.clone()} locked={shown.locks.firewall}
                    free={if shown.view == View::Ladder { Column::Right } else { scene.machine.free_column() }} />
            }
            if let Some(view) = &scene.piece {
                <PieceCard view={view.clone()} still={shown.locks.time} left={scene.machine.is_right_alone()} />
            }
            { card(server, shown, dispatch) }
            { turns.draw(Part::Below, || below(shown, dispatch)) }
            <Playing />
        </main>
    }
}

fn machine(shown: &Shown) -> Html {
    let scene = &shown.scene;
    let lesson = shown.lesson.as_ref();
    html! {
        <Diagram places={lesson.and_then(|it| it.places)} ghosts={lesson.map_or([None, None], |it| it.ghosts)}
            carried={lesson.and_then(|it| it.carried)} lesson={lesson.map(|it| it.places.is_none())} machine={scene.machine.clone()} looked={scene.piece.as_ref().map(|view| view.piece)} settings={shown.settings} differs={scene.differs}
            ladder={scene.ladder.clone()} view={shown.view} locks={shown.locks} presented={shown.present.is_on()} />
    }
}

/// What is below the columns.
fn below(shown: &Shown, dispatch: &Dispatch) -> Html {
    let scene = &shown.scene;
    let [client, server] = &scene.hosts;
    if shown.is_closed() {
        let hosts = [client, server].map(|host| (host.letter, host.name));
        return html! { <>{ closed_band(hosts) }{ terminals(shown, dispatch) }</> };
    }
    html! {
        <>
            <Wire wire={scene.wire.clone()} says={scene.says.clone()}
                picked={scene.inspected.clone().filter(|_| !shown.inspects)} locked={shown.locks.firewall} still={shown.locks.time}
                narration={shown.settings.narration} pair={scene.pair.clone()}
                badges={[client.badge.clone(), server.badge.clone()]} letters={[client.letter, server.letter]}
                names={[client.name, server.name]}
                asked={shown.lesson.as_ref().is_some_and(|lesson| lesson.question.is_some())} />
            { firewall(&scene.firewall, shown.place, shown.locks.firewall, dispatch) }
            { terminals(shown, dispatch) }
        </>
    }
}

fn card(panel: &HostPanel, shown: &Shown, dispatch: &Dispatch) -> Html {
    let of_host = shown.scene.terminals.iter().filter(|view| view.id.host() == Some(panel.host));
    host(panel, typed(of_host).as_ref(), shown.locks.time, dispatch)
}

/// The line typed last in one of these terminals, and how many commands they have seen.
fn typed<'a>(views: impl Iterator<Item = &'a TerminalView>) -> Option<(usize, Rc<str>)> {
    let commands = |view: &'a TerminalView| view.lines.iter().filter(|line| line.kind == "command");
    let all: Vec<&TerminalView> = views.collect();
    let count = all.iter().map(|view| commands(view).count()).sum();
    // The upper one runs the program; the lower one is mentioned only while nothing has been typed above.
    let last = all.iter().find_map(|view| commands(view).next_back())?;
    Some((count, last.text().into()))
}
