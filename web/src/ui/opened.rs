//! A session that was shared: what it contains, before anything of it runs; and what else there is to say of a link.

use crate::hooks::{Dispatch, use_dispatch, use_modal};
use crate::store::{Intent, Shown};
use crate::text::{self, page, say};
use std::rc::Rc;
use tcp_course::{Action, Link, Step, signal_word};
use tcp_scene::words::{Message, Page, Sharing};
use tcp_shell::{HostId, TerminalId};
use yew::prelude::*;

/// Lines that are listed; further ones are only counted.
const MOST_LISTED: usize = 300;

#[derive(Properties, PartialEq)]
pub(crate) struct OpenedProps {
    /// What was shared, and waits to be played.
    pub link: Rc<Link>,
    /// What it is, in the words of the address.
    pub title: Option<AttrValue>,
}

/// The dialog. Closing it in any way but by "Play" opens the lab without what was shared.
#[component]
pub(crate) fn Opened(OpenedProps { link, title }: &OpenedProps) -> Html {
    let dispatch = use_dispatch();
    let dialog = use_modal();
    let onclose = dispatch.on(|_: Event| Intent::Decline);
    let onclick = dispatch.press(Intent::PlayOffered);
    let steps = &link.recording.steps;
    html! {
        <dialog class="opened" ref={dialog} aria-labelledby="opened-title" {onclose}>
            <h2 id="opened-title">{ title.clone().unwrap_or_else(|| text(Sharing::Opened)) }</h2>
            <p class="what">
                <span>{ text(Sharing::Lines(steps.len())) }</span>
                <span class="num">{ text::clock(link.moment.at) }</span>
            </p>
            <p>{ text(Sharing::Waits) }</p>
            <ol tabindex="0">
                { for steps.iter().take(MOST_LISTED).map(line) }
                if steps.len() > MOST_LISTED { <li>{ text(Sharing::MoreLines(steps.len() - MOST_LISTED)) }</li> }
            </ol>
            <form method="dialog">
                <button type="button" class="play" {onclick}>{ text(Sharing::Play) }</button>
                <button>{ text(Sharing::NotNow) }</button>
            </form>
        </dialog>
    }
}

/// What is to be said of the address, until it is put away.
pub(crate) fn notice(shown: &Shown, dispatch: &Dispatch) -> Html {
    if shown.notices.is_empty() {
        return Html::default();
    }
    let onclick = dispatch.press(Intent::Dismiss);
    html! {
        <div class="notice" role="alert">
            <div>{ for shown.notices.iter().map(|notice| html! { <p>{ text(notice.clone()) }</p> }) }</div>
            <button type="button" class="plain" aria-label={page(Page::Close)} {onclick}>{ "✕" }</button>
        </div>
    }
}

fn text(sharing: Sharing) -> AttrValue {
    say(&Message::Sharing(sharing))
}

fn line(Step { at, action }: &Step) -> Html {
    let (place, line) = told(action);
    html! {
        <li><span class="num">{ text::moment(*at) }</span><span>{ place }</span><code>{ line }</code></li>
    }
}

/// Where it is done, and what is typed.
fn told(action: &Action) -> (AttrValue, String) {
    let at = |terminal: &TerminalId| say(&Message::Terminal(*terminal));
    let host = |host: &HostId| AttrValue::from(host.to_string());
    let program = |host: &HostId, id: &str| {
        AttrValue::from(format!("{host} {}", text(Sharing::Program(id.to_owned()))))
    };
    match action {
        Action::Enter { terminal, line } | Action::Input { terminal, line } => (at(terminal), line.clone()),
        Action::Interrupt { terminal } => (at(terminal), "Ctrl-C".to_owned()),
        Action::EndOfInput { terminal } => (at(terminal), "Ctrl-D".to_owned()),
        Action::Suspend { terminal } => (at(terminal), "Ctrl-Z".to_owned()),
        Action::Start { host: of, cmd, .. } | Action::Run { host: of, cmd } => (host(of), cmd.clone()),
        Action::Type { host, id, text } => (program(host, id), text.clone()),
        Action::CtrlD { host, id } => (program(host, id), "Ctrl-D".to_owned()),
        Action::Signal { host, id, signal } => (program(host, id), signal_word(*signal).to_owned()),
        Action::Network { line } => (at(&TerminalId::Network), line.clone()),
    }
}
