//! Share: a link to this very session at this moment, to be copied or scanned; where the page has no address that
//! others can open, the recording instead. And what can be saved of the session as a file.

use super::builder::Builder;
use super::file::data;
use super::icon::{self, icon};
use crate::hooks::{base, copy, save, save_picture, shareable, use_dialog, use_dispatch};
use crate::store::Shared;
use crate::text::{self, page, say};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;
use tcp_scene::export::{Export, Refusal};
use tcp_scene::words::{Message, Page, Sharing};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Characters of the longest address that is drawn as a QR code: a phone reads it from a projector.
const MOST_SCANNED: usize = 300;
/// Modules around a QR code (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

/// The button, and the dialog that it opens.
#[component]
pub(crate) fn Share() -> Html {
    let dispatch = use_dispatch();
    let (dialog, open) = use_dialog();
    let shared = use_state(|| None::<Shared>);
    // Not to be passed on, but to be put into a page.
    let places = use_state(|| false);
    let onplace = {
        let setter = places.setter();
        Callback::from(move |_: MouseEvent| setter.set(true))
    };
    let onclick = {
        let (setter, dispatch) = (shared.setter(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            setter.set(Some(dispatch.share()));
            open.emit(());
        })
    };
    let onclose = {
        let (shared, places) = (shared.setter(), places.setter());
        Callback::from(move |_: Event| {
            shared.set(None);
            places.set(false);
        })
    };
    let name = text(Sharing::Share);
    html! {
        <>
            <button type="button" class="plain tool" title={name.clone()} aria-label={name.clone()} {onclick}>
                { icon(icon::SHARE) }
            </button>
            <dialog class="share" data-places={places.then_some("")} ref={dialog} aria-labelledby="share-title"
                {onclose}>
                <form method="dialog">
                    <h2 id="share-title">{ if *places { text(Sharing::IntoPage) } else { name } }</h2>
                    <button class="plain" aria-label={page(Page::Close)}>{ "✕" }</button>
                </form>
                if let Some(shared) = &*shared {
                    if *places { { builder(shared) } } else {
                        { contents(shared) }
                        <Saves />
                        if base().is_some() {
                            <p><button type="button" onclick={onplace}>{ text(Sharing::PutIntoPage) }</button></p>
                        }
                    }
                }
            </dialog>
        </>
    }
}

fn text(sharing: Sharing) -> AttrValue {
    say(&Message::Sharing(sharing))
}

fn contents(shared: &Shared) -> Html {
    html! {
        <>
            <p class="what">
                <b>{ text(Sharing::ThisSession) }</b>
                <span>{ text(Sharing::Lines(shared.recording.steps.len())) }</span>
                <span class="num">{ text::clock(shared.at) }</span>
            </p>
            { match (shareable(), &shared.link) {
                (Some(address), Ok(link)) => html! { <Address address={format!("{address}#{link}")} contains={text(Sharing::Contains)} /> },
                (Some(_), Err(error)) => instead(Sharing::Problem(*error), shared),
                (None, _) => instead(Sharing::NoAddress, shared),
            } }
        </>
    }
}

/// What builds an address, of the lab or of this session.
fn builder(shared: &Shared) -> Html {
    let session = shared.link.clone().ok().filter(|_| shared.done).map(AttrValue::from);
    base().map_or_else(Html::default, |base| html! { <Builder {base} {session} /> })
}

#[derive(Properties, PartialEq)]
pub(super) struct AddressProps {
    pub address: AttrValue,
    /// What others get who open it.
    pub contains: AttrValue,
}

/// The link, and the ways to pass it on.
#[component]
pub(super) fn Address(AddressProps { address, contains }: &AddressProps) -> Html {
    let input = use_node_ref();
    let copied = use_state(|| false);
    let onclick = {
        let (input, setter) = (input.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            setter.set(input.cast::<HtmlInputElement>().is_some_and(|input| copy(&input)));
        })
    };
    html! {
        <>
            <div class="link">
                <input ref={input} type="text" readonly=true value={address} aria-label={text(Sharing::Address)} />
                <button type="button" {onclick}>{ text(Sharing::Copy) }</button>
                <span>{ text(Sharing::Characters(address.len())) }</span>
                <span role="status">if *copied { { text(Sharing::Copied) } }</span>
            </div>
            <div class="scan">
                { code(address).unwrap_or_else(|| html! { <p>{ text(Sharing::TooLongToScan) }</p> }) }
                <p>{ contains }</p>
            </div>
        </>
    }
}

/// The QR code of an address; `None` if it is too long.
fn code(address: &str) -> Option<Html> {
    let code = QrCode::encode_text(address, QrCodeEcc::Low).ok().filter(|_| address.len() <= MOST_SCANNED)?;
    let size = code.size();
    let mut dark = String::new();
    for (x, y) in (0..size).flat_map(|y| (0..size).map(move |x| (x, y))) {
        if code.get_module(x, y) {
            // Writing to a text cannot fail.
            let _ = write!(dark, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    let whole = size + 2 * QUIET;
    Some(html! {
        <svg class="code" viewBox={format!("0 0 {whole} {whole}")} role="img" aria-label={text(Sharing::QrCode)}>
            <path fill="#fff" d={format!("M0 0h{whole}v{whole}h-{whole}z")} />
            <path fill="#000" d={dark} />
        </svg>
    })
}

/// The recording in the place of a link, and why.
fn instead(why: Sharing, shared: &Shared) -> Html {
    let json = shared.recording.to_json();
    html! {
        <>
            <p>{ text(why) }</p>
            <textarea readonly=true rows="8" aria-label={text(Sharing::Recording)} value={json.clone()} />
            <p><a download="tcp-states.json" href={data("application/json", json.as_bytes())}>{ text(Sharing::Save) }</a></p>
        </>
    }
}

/// What can be saved of the session, each by a press; or why it is not.
#[component]
fn Saves() -> Html {
    let dispatch = use_dispatch();
    let refused = use_state(|| None::<Refusal>);
    let button = |(export, picture): (Export, Option<&'static str>)| {
        let (dispatch, refused) = (dispatch.clone(), refused.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            let made = dispatch.export.emit(export).map(|octets| data(export.mime(), &octets));
            refused.set(made.as_ref().err().copied());
            match (made, picture) {
                (Ok(address), Some(file)) => save_picture(file, address),
                (Ok(address), None) => save(export.file(), &address),
                (Err(_), _) => {}
            }
        });
        let name = if picture.is_some() { Sharing::Picture(export) } else { Sharing::Export(export) };
        html! { <button type="button" {onclick}>{ text(name) }</button> }
    };
    let all = Export::all().flat_map(|export| {
        [Some((export, None)), export.picture().map(|file| (export, Some(file)))].into_iter().flatten()
    });
    html! {
        <>
            <p class="saves"><span>{ text(Sharing::SaveAs) }</span>{ for all.map(button) }</p>
            <p role="status">if let Some(why) = *refused { { text(Sharing::Refused(why)) } }</p>
        </>
    }
}
