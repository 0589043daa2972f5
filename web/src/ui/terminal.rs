//! A terminal: what was printed, and a form for the next line.

use super::words;
use crate::hooks::{Dispatch, focus_in_place, is_tight, selects, use_dispatch, use_end_in_view, use_focus};
use crate::settings::Terminals;
use crate::store::{Hand, Intent};
use crate::text::{page, say};
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_scene::words::{Message, Page};
use tcp_scene::{TerminalLine, TerminalView};
use tcp_shell::{TerminalId, Text};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Lines that are drawn; older ones are only counted.
const WINDOW: usize = 300;

#[derive(Properties, PartialEq)]
pub(crate) struct TerminalProps {
    /// What is visible of it.
    pub view: TerminalView,
    /// It was used later than its host's other one.
    pub front: bool,
    /// The host's third terminal, if it is opened from here, and whether it is open.
    pub adds: Option<(TerminalId, bool)>,
    /// Nothing can be typed here.
    pub locked: bool,
    /// How high it is depends on this: where the terminals stand, and which was used last.
    #[prop_or_default]
    pub room: Option<(Terminals, TerminalId)>,
    /// The id of the tab that shows it, where only one of its host's is seen at a time: the one in front.
    #[prop_or_default]
    pub tab: Option<AttrValue>,
}

/// A terminal.
#[component]
pub(crate) fn TerminalBox(TerminalProps { view, front, adds, locked, room, tab }: &TerminalProps) -> Html {
    let dispatch = use_dispatch();
    let id = view.id;
    let log = use_end_in_view(printed_count(view), (*front, *room));
    // Whoever opens it types there, and whoever closes it from within goes on where it was opened.
    let input = use_focus(id.closes() && view.lines.is_empty(), id.closes().then(|| opener(id)));
    let line = use_mut_ref(Line::default);
    let offered = use_state(Vec::<String>::new);

    let onsubmit = {
        let (dispatch, line, input) = (dispatch.clone(), line.clone(), input.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = input.cast::<HtmlInputElement>() {
                line.take();
                dispatch.act(Action::enter(id, input.value()));
                input.set_value("");
            }
        })
    };
    let onkeydown = {
        let (dispatch, view, setter, locked) = (dispatch.clone(), view.clone(), offered.setter(), *locked);
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            setter.set(Vec::new());
            if !locked && types(&event.key()) {
                dispatch.send(Intent::Use { terminal: id, hand: Hand::Types { tight: is_tight() } });
            }
            let done = line.borrow_mut().key(&event, &input, &view, &dispatch);
            if let Some(candidates) = done {
                event.prevent_default();
                setter.set(candidates);
            }
        })
    };
    // What was offered is for whoever types on.
    let onblur = {
        let setter = offered.setter();
        Callback::from(move |_: FocusEvent| setter.set(Vec::new()))
    };
    let onpaste = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            dispatch.send(Intent::Use { terminal: id, hand: Hand::Types { tight: is_tight() } });
            paste(&event, id, &dispatch);
        })
    };
    let onfocusin = dispatch.on(move |_: FocusEvent| Intent::Use { terminal: id, hand: Hand::Comes });
    // Its name is pressed where no more than its head is seen; and what was printed, as in any terminal, unless that
    // selects something of it.
    let onclick = {
        let (dispatch, input) = (dispatch.clone(), input.clone());
        Callback::from(move |_: MouseEvent| {
            if !selects()
                && let Some(input) = input.cast::<HtmlElement>()
            {
                focus_in_place(&input);
                dispatch.send(Intent::Use { terminal: id, hand: Hand::Presses });
            }
        })
    };
    let title = say(&Message::Terminal(id));
    let press = |name: &'static str, action: Action| {
        let onclick = dispatch.press(Intent::Act(action));
        let label = format!("{name}, {title}");
        html! {
            <button type="button" aria-label={label} aria-disabled={locked.then_some("true")}
                title={super::locked(*locked, Lock::Terminals)} {onclick}>{ name }</button>
        }
    };
    let program = view.running.as_deref().map(|line| line.split(' ').next().unwrap_or(line).to_owned());
    let label = say(&Message::InputOf { terminal: id, program });
    html! {
        <section class="terminal" data-own-keys="" data-terminal={id.name()} data-front={front.then_some("")} data-bare={is_bare(view).then_some("")}
            id={tab.as_ref().map(|_| pane_id(id))} role={tab.as_ref().map(|_| "tabpanel")} hidden={tab.is_some() && !front}
            aria-label={tab.is_none().then(|| title.clone())} aria-labelledby={tab.clone()}
            {onfocusin}>
            <div class="head">
                if tab.is_none() {
                    <h3 onclick={&onclick}>{ &title }</h3>
                    if let Some(program) = &view.running { <code>{ words(program) }</code> }
                }
                { press("Ctrl-C", Action::ctrl_c(id)) }
                { press("Ctrl-D", Action::ctrl_d(id)) }
                { adds.map(|adds| add(adds, &dispatch)) }
                if id.closes() { { close(view, &title, &dispatch) } }
            </div>
            <div class="screen" ref={log} {onclick} tabindex="0" role="log" aria-label={say(&Message::OutputOf(id))}>
                { printed(view) }
                if !offered.is_empty() { <p class="offered">{ offered.join("  ") }</p> }
                <form {onsubmit} autocomplete="off">
                    <label>
                        if view.running.is_none() { <span class="prompt">{ view.prompt }</span> }
                        <span class="unseen">{ label }</span>
                        <input ref={input} type="text" {onkeydown} {onblur} {onpaste} spellcheck="false"
                            readonly={*locked} placeholder={placeholder(view, *locked)}
                            title={super::locked(*locked, Lock::Terminals)} autocapitalize="off" autocorrect="off" enterkeyhint="send" />
                    </label>
                </form>
            </div>
        </section>
    }
}

/// The key does something to the line; the others pass by, or lead away.
fn types(key: &str) -> bool {
    !matches!(
        key,
        "Tab" | "Escape" | "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "ContextMenu"
    )
}

/// The id of a terminal that a tab shows.
pub(super) fn pane_id(id: TerminalId) -> String {
    format!("pane-{}", id.name())
}

/// How much was printed there.
pub(super) fn printed_count(view: &TerminalView) -> usize {
    view.lines.len() + usize::from(view.frame.is_some())
}

/// Nothing has happened there that could be seen.
fn is_bare(view: &TerminalView) -> bool {
    view.lines.is_empty() && view.running.is_none() && view.frame.is_none()
}

/// In an empty input: why nothing can be typed, or in a new terminal how to begin.
fn placeholder(view: &TerminalView, locked: bool) -> Option<AttrValue> {
    let begins = view.lines.is_empty() && view.running.is_none();
    (locked || begins).then(|| page(if locked { Page::Locked } else { Page::HelpLists }))
}

/// Where a third terminal is opened.
fn opener(third: TerminalId) -> String {
    format!("add-{}", third.name())
}

/// The button that opens the host's third terminal.
pub(super) fn add((third, open): (TerminalId, bool), dispatch: &Dispatch) -> Html {
    let onclick = (!open).then(|| dispatch.press(Intent::Open(third)));
    let title = say(&Message::Open(third));
    html! {
        <button type="button" id={opener(third)} class="square" title={title.clone()} aria-label={title}
            aria-disabled={open.then_some("true")} {onclick}>{ "+" }</button>
    }
}

/// The button that closes a terminal.
fn close(view: &TerminalView, name: &AttrValue, dispatch: &Dispatch) -> Html {
    let off = view.running.is_some();
    let onclick = (!off).then(|| dispatch.press(Intent::AtPrompt(Action::enter(view.id, "exit"))));
    let label = format!("{}, {name}", page(Page::Close));
    html! {
        <button type="button" class="square" title={say(&Message::Types("exit".to_owned()))} aria-label={label}
            aria-disabled={off.then_some("true")} {onclick}>{ "✕" }</button>
    }
}

/// The prompt of a terminal.
const fn prompt(id: TerminalId) -> &'static str {
    match id {
        TerminalId::ClientUpper | TerminalId::ClientLower | TerminalId::ClientThird => "C_m$",
        TerminalId::ServerUpper | TerminalId::ServerLower | TerminalId::ServerThird => "S_m$",
        TerminalId::Network => "network$",
    }
}

fn printed(view: &TerminalView) -> Html {
    let older = view.lines.len().saturating_sub(WINDOW);
    html! {
        <>
            if older > 0 { <p class="older">{ say(&Message::OlderLines(older)) }</p> }
            { for view.lines.iter().enumerate().skip(older).map(|(at, line)| printed_line(view.id, at, line)) }
            { view.frame.as_ref().map(frame) }
        </>
    }
}

fn printed_line(id: TerminalId, at: usize, line: &TerminalLine) -> Html {
    html! {
        <div key={at} class="printed" data-kind={line.kind}>
            if line.kind == "command" { <span class="prompt">{ prompt(id) }{ " " }</span> }
            if line.kind == "continued" { <span class="prompt">{ "> " }</span> }
            <span>{ line.text().to_owned() }</span>
        </div>
    }
}

/// What `watch` shows. It changes all the time, so nobody reads it aloud unasked.
fn frame(text: &Text) -> Html {
    html! { <div class="printed" data-kind="stdout" aria-live="off"><span>{ text.as_str().to_owned() }</span></div> }
}

/// Several lines at once go to the session as they are: it knows how to join and to split them.
fn paste(event: &Event, id: TerminalId, dispatch: &Dispatch) {
    let clipboard = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    let pasted = clipboard.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
    if pasted.contains('\n') {
        event.prevent_default();
        dispatch.act(Action::enter(id, format!("{}{pasted}", input.value())));
        input.set_value("");
    }
}

/// What the keys do to the line that is being typed.
#[derive(Default)]
struct Line {
    /// The line of the history that is shown, counted from the newest; 0 if it is not from the history.
    back: usize,
    /// What stood there before.
    draft: String,
    /// What Ctrl-C took out of the input. It is the newest of the history.
    taken: Option<String>,
    /// Esc was pressed: the next Tab leaves.
    leaving: bool,
}

impl Line {
    /// `Some` if the key is used up, with what Tab offers.
    fn key(
        &mut self,
        event: &KeyboardEvent,
        input: &HtmlInputElement,
        view: &TerminalView,
        dispatch: &Dispatch,
    ) -> Option<Vec<String>> {
        let leaving = std::mem::take(&mut self.leaving);
        dispatch.key();
        if event.ctrl_key() && !event.alt_key() && !event.meta_key() {
            return self.control(&event.key(), input, view, dispatch);
        }
        match event.key().as_str() {
            "Escape" => {
                self.leaving = true;
                None
            }
            "Tab" if leaving || event.shift_key() || view.running.is_some() || input.value().is_empty() => {
                None
            }
            "Tab" => {
                let completion = dispatch.complete.emit((view.id, input.value()));
                input.set_value(&completion.line);
                Some(completion.candidates)
            }
            "ArrowUp" => self.recall(self.back + 1, input, &view.history),
            "ArrowDown" => self.recall(self.back.saturating_sub(1), input, &view.history),
            _ => None,
        }
    }

    fn control(
        &mut self,
        key: &str,
        input: &HtmlInputElement,
        view: &TerminalView,
        dispatch: &Dispatch,
    ) -> Option<Vec<String>> {
        let selection = input.selection_start().ok() != input.selection_end().ok();
        match key {
            "c" if !selection => {
                let typed = Some(input.value()).filter(|typed| !typed.is_empty());
                let shown = typed.iter().map(|typed| format!("{typed}^C")).collect();
                *self = Line { taken: typed.or(self.taken.take()), ..Line::default() };
                input.set_value("");
                dispatch.act(Action::ctrl_c(view.id));
                return Some(shown);
            }
            "d" if input.value().is_empty() => dispatch.act(Action::ctrl_d(view.id)),
            "l" if view.running.is_none() => dispatch.act(Action::enter(view.id, "clear")),
            "z" if view.running.is_some() => dispatch.act(Action::ctrl_z(view.id)),
            "d" | "l" | "z" => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Puts the line that lies so far back into the input.
    fn recall(&mut self, back: usize, input: &HtmlInputElement, history: &[Text]) -> Option<Vec<String>> {
        let lines: Vec<&str> =
            history.iter().map(|line| line.as_str()).chain(self.taken.as_deref()).collect();
        if back <= lines.len() && back != self.back {
            if self.back == 0 {
                self.draft = input.value();
            }
            self.back = back;
            let line = lines.len().checked_sub(back).and_then(|at| lines.get(at));
            input.set_value(line.copied().unwrap_or(&self.draft));
        }
        Some(Vec::new())
    }
}
