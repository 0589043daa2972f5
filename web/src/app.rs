//! The page: state, contexts, and where everything stands.

use crate::hooks::{Dispatch, Key, recall, use_clock, use_keys, use_remember, use_theme, use_typing};
use crate::playhead::Playhead;
use crate::state::{Intent, State};
use crate::text;
use crate::ui::{Diagram, Help, Wire, firewall, footer, header, host, terminals};
use std::rc::Rc;
use tcp_scene::diagram::text_twin;
use tcp_scene::{HostPanel, Scene, TerminalView};
use yew::prelude::*;

/// The page.
#[component]
pub(crate) fn App() -> Html {
    let playhead = (*use_memo((), |()| Playhead::default())).clone();
    let state = use_reducer_eq(|| State::new(recall()));
    let typing = use_typing(&state.dispatcher(), &playhead);
    let course = Rc::clone(&state.course);
    let dispatch = Dispatch { reducer: state.dispatcher(), playhead, typing, course };
    let help = use_state(|| 0_u32);

    let twin = use_memo((), |()| AttrValue::from(text_twin()));
    use_clock(&state, &dispatch);
    use_theme(state.settings.theme);
    use_remember(state.settings);
    let on_help = Callback::from({
        let help = help.clone();
        move |()| help.set(*help + 1)
    });
    use_keys(state.settings.silent_keys, on_key(&dispatch, &on_help));

    html! {
        <ContextProvider<Dispatch> context={dispatch.clone()}>
            { header(state.playing, speed(&state), state.settings, &on_help, &dispatch) }
            { stage(&state, &dispatch) }
            { footer(&twin) }
            <Help asked={*help} />
        </ContextProvider<Dispatch>>
    }
}

fn on_key(dispatch: &Dispatch, on_help: &Callback<()>) -> Callback<Key> {
    let (dispatch, on_help) = (dispatch.clone(), on_help.clone());
    Callback::from(move |key| match key {
        Key::PlayOrPause => dispatch.send(Intent::PlayOrPause),
        Key::Step => dispatch.send(Intent::Step),
        Key::StepBack => dispatch.send(Intent::StepBack),
        Key::Skip => dispatch.send(Intent::Skip),
        Key::Reset => dispatch.send(Intent::Reset),
        Key::Help => on_help.emit(()),
    })
}

fn speed(state: &State) -> String {
    let next = state.scene.next.as_ref().map(|coming| &*coming.what);
    text::speed(state.leg.as_ref(), state.playing, state.settings.pace, next, state.is_past())
}

fn stage(state: &State, dispatch: &Dispatch) -> Html {
    let scene = &state.scene;
    let [client, server] = &scene.hosts;
    html! {
        <main>
            { card(client, scene, dispatch) }
            <Diagram machine={scene.machine.clone()} settings={state.settings} differs={scene.differs} />
            { card(server, scene, dispatch) }
            <Wire wire={scene.wire.clone()} says={Rc::clone(&scene.says)} letters={[client.letter, server.letter]}
                names={[client.name, server.name]} />
            { firewall(&scene.firewall, state.look.place, dispatch) }
            { terminals(&scene.terminals) }
        </main>
    }
}

fn card(panel: &HostPanel, scene: &Scene, dispatch: &Dispatch) -> Html {
    let of_host = scene.terminals.iter().filter(|view| view.id.host() == Some(panel.host));
    host(panel, typed(of_host).as_ref(), scene.now, dispatch)
}

/// The line typed last in one of these terminals, and how many commands they have seen.
fn typed<'a>(views: impl Iterator<Item = &'a TerminalView>) -> Option<(usize, Rc<str>)> {
    let commands = |view: &'a TerminalView| view.lines.iter().filter(|line| line.kind == "command");
    let all: Vec<&TerminalView> = views.collect();
    let count = all.iter().map(|view| commands(view).count()).sum();
    // The upper one runs the program; the lower one is told of only while nothing was typed above.
    let last = all.iter().find_map(|view| commands(view).next_back())?;
    Some((count, Rc::clone(&last.text)))
}
