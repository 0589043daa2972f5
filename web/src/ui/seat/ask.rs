//! The question: what is lost or else wrong, and where.

use super::{Send, TO_READ, button, part, words};
use crate::seat::{Choice, Does, Pick, SeatShown, What, Whole};
use crate::ui::Popup;
use tcp_core::net::HostId;
use tcp_lessons::puzzle::{Claim, Hides, Level, Span, Spot};
use tcp_scene::names::article_name;
use tcp_scene::words::Kind;
use tcp_scene::words::puzzle::{PAIR_HINTS, Puzzle as Says, PuzzlePart as Part};
use yew::prelude::*;

/// The right half, as long as there is no answer.
pub(super) fn ask(shown: &SeatShown, send: &Send) -> Html {
    let level = shown.level;
    let ready = shown.form.answer(level).is_some();
    let title = (!ready).then(|| part(Part::ChooseFirst));
    html! {
        <div class="half asking" key="ask">
            <div class="headed"><h2 id={TO_READ} tabindex="-1">{ part(Part::Ask) }</h2><span>{ words(Says::Faults(level.most())) }</span></div>
            <div class="scrolls" tabindex="0" role="group" aria-label={part(Part::Ask)}>
                { for (0..level.most()).map(|at| pick(shown, at, send)) }
                <div class="chips" role="radiogroup" aria-label={part(Part::OrElse)}>
                    { whole(shown, Whole::Nothing, Part::NothingIsWrong, send) }
                    { whole(shown, Whole::CannotTell, Part::CannotTell, send) }
                </div>
            </div>
            { hint() }
            <div class="foot">
                <button type="button" class="go-on" aria-disabled={(!ready).then_some("true")} {title}
                    onclick={super::press(Does::Answer, send)}>{ part(Part::Answer) }</button>
                <span>{ part(Part::AnswerFree) }</span>
                { button("by", part(Part::ShowTruth), Does::Truth, send) }
            </div>
        </div>
    }
}

fn whole(shown: &SeatShown, whole: Whole, name: Part, send: &Send) -> Html {
    choice("whole", part(name), shown.form.whole == Some(whole), Choice::Whole(whole), send)
}

/// One fault. Where there may be two, the second may be left out.
fn pick(shown: &SeatShown, at: usize, send: &Send) -> Html {
    let (level, pick) = (shown.level, shown.form.picks[at]);
    let claims = level.claims();
    let segments = segments(&claims);
    let other = |claim: &Claim| {
        let what = What::Other(*claim);
        choice(
            name("what", at),
            words(Says::Other(*claim)),
            pick.what == Some(what),
            Choice::What(at, what),
            send,
        )
    };
    let segment = |(kind, from): &(Kind, HostId)| {
        let both = segments.iter().filter(|(other, _)| other == kind).count() > 1;
        let name_of = words(Says::Segment(*kind, both.then_some(*from)));
        let what = What::Segment(*kind, *from);
        choice(name("what", at), name_of, pick.what == Some(what), Choice::What(at, what), send)
    };
    let others: Vec<&Claim> = claims.iter().filter(|claim| !matches!(claim, Claim::Lost(..))).collect();
    let title = (level.most() > 1).then_some(if at == 0 { Part::First } else { Part::Second });
    html! {
        <fieldset class="fault">
            // No browser places a legend as it places what else is there.
            if let Some(title) = title { <legend class="unseen">{ part(title) }</legend><b aria-hidden="true">{ part(title) }</b> }
            <h3>{ part(Part::WhatIsLost) }</h3>
            <div class="chips" role="radiogroup" aria-label={part(Part::WhatIsLost)}>
                if at > 0 { { choice(name("what", at), part(Part::NoSecond), pick.what.is_none(), Choice::NoSecond, send) } }
                { for segments.iter().map(segment) }
            </div>
            if !others.is_empty() {
                <h3>{ part(Part::OrElse) }</h3>
                <div class="chips" role="radiogroup" aria-label={part(Part::OrElse)}>{ for others.into_iter().map(other) }</div>
            }
            { place(level, at, pick, send) }
        </fieldset>
    }
}

/// The segments that may be lost, each with who sends it.
fn segments(claims: &[Claim]) -> Vec<(Kind, HostId)> {
    let mut all = Vec::new();
    for claim in claims {
        if let Claim::Lost(loss, _) = claim
            && !all.contains(&(loss.segment, loss.from))
        {
            all.push((loss.segment, loss.from));
        }
    }
    all
}

/// Where on its way, with C_m left as everywhere, and for how long.
fn place(level: Level, at: usize, pick: Pick, send: &Send) -> Html {
    let from = match pick.what {
        Some(What::Segment(_, from)) => Some(from),
        _ => None,
    };
    let to = |from: HostId| if from == HostId::Client { HostId::Server } else { HostId::Client };
    let asks = from.map_or_else(|| part(Part::WhereLater), |from| words(Says::Way { from, to: to(from) }));
    let leaves_left = from != Some(HostId::Server);
    let spots = if leaves_left {
        [Spot::Output, Spot::Network, Spot::Input]
    } else {
        [Spot::Input, Spot::Network, Spot::Output]
    };
    let names = [Some(HostId::Client), None, Some(HostId::Server)];
    let one = |(spot, host): (Spot, Option<HostId>)| {
        let onchange = send.reform(move |_: Event| Does::Choose(Choice::Spot(at, spot)));
        let chain = match spot {
            Spot::Output => "OUTPUT",
            Spot::Input => "INPUT",
            Spot::Network => "",
        };
        let chosen = from.is_some() && pick.spot == Some(spot);
        html! {
            <label class="spot">
                <input type="radio" name={name("spot", at)} checked={chosen} disabled={from.is_none()} {onchange} />
                <span>{ match host {
                    Some(host) => html! { <><b>{ host.name() }</b>{ " " }<small>{ chain }</small></> },
                    None => html! { <><b>{ part(Part::TheNetwork) }</b>{ " " }<small>{ part(Part::InBetween) }</small></> },
                } }</span>
            </label>
        }
    };
    html! {
        <>
            <h3>{ asks.clone() }</h3>
            <div class="spots" role="radiogroup" aria-label={asks} data-from={from.map(tcp_scene::names::letter)}>
                { for spots.into_iter().zip(names).map(one) }
            </div>
            if level.asks_how_long() {
                <h3>{ part(Part::HowLong) }</h3>
                <div class="chips" role="radiogroup" aria-label={part(Part::HowLong)}>
                    { for Span::ALL.into_iter().map(|span| {
                        choice(name("span", at), words(Says::Lasts(span)), pick.span == Some(span), Choice::Span(at, span), send)
                    }) }
                </div>
            }
        </>
    }
}

/// The name of a group of choices of one fault.
fn name(group: &str, at: usize) -> String {
    format!("{group}-{at}")
}

fn choice(name: impl Into<AttrValue>, text: AttrValue, checked: bool, choice: Choice, send: &Send) -> Html {
    let onchange = send.reform(move |_: Event| Does::Choose(choice));
    html! {
        <label class="chip"><input type="radio" name={name.into()} {checked} {onchange} /><span>{ text }</span></label>
    }
}

/// The pairs of states that say something, on demand: over the page, so that they can be read beside both hosts.
fn hint() -> Html {
    let draw = |()| {
        html! {
            <div tabindex="0" role="group" aria-label={part(Part::Hint)}><table>
                <caption>{ part(Part::HintKey) }</caption>
                <tbody>
                    { for PAIR_HINTS.iter().map(|([client, server], hint)| html! {
                        <tr>
                            <th scope="row">{ article_name(*client) }{ " × " }{ article_name(*server) }</th>
                            <td>{ words(Says::PairHint(*hint)) }</td>
                        </tr>
                    }) }
                </tbody>
            </table></div>
        }
    };
    html! {
        <>
            <button type="button" class="pair-hint" popovertarget="pair-table">
                <span>{ "▸ " }{ part(Part::Hint) }</span>{ " " }<small>{ part(Part::HintNote) }</small>
            </button>
            <Popup id="pair-table" class="hint-table" label={part(Part::Hint)} {draw} />
        </>
    }
}
