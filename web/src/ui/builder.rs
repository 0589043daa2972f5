//! The page that builds an address: each parameter of the schema to be chosen, the lab as it will be, and what to copy
//! for the place where it is to stand.

use super::lessons::group_name;
use crate::hooks::{chosen, copy};
use crate::text::{self, say};
use std::fmt::Write;
use tcp_course::scenes::{Group, Scene, built_in};
use tcp_lessons::{Group as Part, LESSONS, named};
use tcp_scene::address::{PARAMETERS, Parameter, Values};
use tcp_scene::words::{Lessons, Message, Place, Sharing};
use tcp_shell::ProfileName;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The value of the scene that stands for this session.
const SESSION: &str = "#";
/// How high a lab in a column of text is, in pixels.
const HEIGHT: u32 = 700;

#[derive(Properties, PartialEq)]
pub(crate) struct BuilderProps {
    /// The page's address, without query and fragment.
    pub base: AttrValue,
    /// The link to this session, if there is one.
    pub session: Option<AttrValue>,
}

/// What was chosen: parameters with their values.
type Choice = Vec<(&'static str, String)>;

/// What is chosen, the lab as it will be, and what to copy.
#[component]
pub(crate) fn Builder(BuilderProps { base, session }: &BuilderProps) -> Html {
    let form = use_node_ref();
    let code = use_node_ref();
    let choice = use_state(Choice::new);
    let place = use_state(|| Place::Frame);
    let copied = use_state(|| false);
    let scenes = use_memo((), |()| built_in());
    let onchange = {
        let (form, choice, copied) = (form.clone(), choice.setter(), copied.setter());
        Callback::from(move |_: Event| {
            let Some(form) = form.cast::<HtmlElement>() else { return };
            let values = PARAMETERS.iter().map(|parameter| (parameter.name, chosen(&form, parameter.name)));
            choice.set(values.filter(|(_, value)| !value.is_empty()).collect());
            copied.set(false);
        })
    };
    let onclick = {
        let (code, copied) = (code.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            copied.set(code.cast::<HtmlInputElement>().is_some_and(|code| copy(&code)));
        })
    };
    let to = Lab { base, session: session.as_ref(), choice: &choice, scenes: &scenes };
    let address = to.address();
    let written = to.code(*place);
    html! {
        <div class="builder">
            <form ref={form} {onchange} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                { for PARAMETERS.iter().enumerate().map(|(at, parameter)| field(at, parameter, &to)) }
            </form>
            <div class="built">
                <h3>{ text(Sharing::Preview) }</h3>
                <iframe key={address.clone()} src={address} title={text(Sharing::Preview)} />
                <div class="places" role="radiogroup" aria-label={text(Sharing::Where)}>
                    { for Place::ALL.into_iter().map(|offered| {
                        let (place, copied) = (place.clone(), copied.setter());
                        let chosen = offered == *place;
                        let onchange = Callback::from(move |_: Event| {
                            place.set(offered);
                            copied.set(false);
                        });
                        html! {
                            <label>
                                <input type="radio" name="place" checked={chosen} {onchange} />
                                <span>{ text(Sharing::Place(offered)) }</span>
                            </label>
                        }
                    }) }
                </div>
                <p>{ text(Sharing::Into(*place)) }</p>
                <textarea ref={code} readonly=true rows="5" spellcheck="false" aria-label={text(Sharing::Code)}
                    value={written} />
                <p class="done">
                    <button type="button" {onclick}>{ text(Sharing::CopyCode) }</button>
                    <span role="status">if *copied { { text(Sharing::Copied) } }</span>
                </p>
            </div>
        </div>
    }
}

fn text(sharing: Sharing) -> AttrValue {
    say(&Message::Sharing(sharing))
}

/// A parameter, to be chosen. Nothing chosen is what holds without it.
fn field(at: usize, parameter: &Parameter, lab: &Lab<'_>) -> Html {
    let name = parameter.name;
    let unset = text(Sharing::Unset(at));
    let note = format!("about-{name}");
    let about = html! { <small id={note.clone()}>{ text(Sharing::Effect(at)) }</small> };
    let options = |options: Html| {
        html! {
            <select {name} aria-describedby={note.clone()}><option value="" selected=true>{ &unset }</option>{ options }</select>
        }
    };
    let input = |kind: &'static str, most: Option<String>| {
        html! {
            <input type={kind} {name} min="0" maxlength={most} placeholder={unset.clone()} autocomplete="off"
                aria-describedby={note.clone()} />
        }
    };
    let control = match parameter.values {
        Values::List(words) => {
            return html! {
                <fieldset aria-describedby={note.clone()}>
                    <legend>{ name }</legend>
                    { for words.iter().map(|word| html! {
                        <label class="choice"><input type="checkbox" {name} value={*word} />{ *word }</label>
                    }) }
                    { about }
                </fieldset>
            };
        }
        Values::Words(words) if words.contains(&unset.as_str()) => html! {
            <select {name} aria-describedby={note.clone()}>{ for words.iter().map(|word| {
                // The one that holds without it is not put into the address.
                let holds = *word == unset.as_str();
                html! { <option value={if holds { "" } else { *word }} selected={holds}>{ *word }</option> }
            }) }</select>
        },
        Values::Words(words) => options(words.iter().map(|word| option((*word).to_owned())).collect()),
        Values::Number => input("number", None),
        Values::Text(most) => input("text", Some(most.to_string())),
        Values::Scene => options(scenes(lab)),
        Values::Lesson => options(lessons()),
        Values::Step => {
            let steps = lab.value("lesson").and_then(named).map_or(&[][..], |lesson| lesson.steps);
            options(steps.iter().map(|(anchor, title)| titled(anchor, title)).collect())
        }
        Values::Pause => options(
            (1..=lab.pauses())
                .map(|pause| option(pause.to_string()))
                .chain([option("end".to_owned())])
                .collect(),
        ),
    };
    html! { <div><label><b>{ name }</b>{ control }</label>{ about }</div> }
}

fn option(word: String) -> Html {
    html! { <option value={word.clone()}>{ word }</option> }
}

fn titled(value: &'static str, title: &'static str) -> Html {
    html! { <option {value}>{ say(&Message::Lessons(Lessons::Text(title))) }</option> }
}

/// The lessons in their groups.
fn lessons() -> Html {
    let of = |group: Part| {
        let lessons = LESSONS.iter().filter(move |lesson| lesson.group == group);
        html! {
            <optgroup label={group_name(group)}>
                { for lessons.map(|lesson| titled(lesson.id, lesson.title)) }
            </optgroup>
        }
    };
    Part::ALL.into_iter().map(of).collect()
}

/// This session, and the scenes in their groups.
fn scenes(lab: &Lab<'_>) -> Html {
    let of = |group: Group| {
        let scenes = lab.scenes.iter().filter(move |scene| scene.group == group);
        html! {
            <optgroup label={say(&Message::Group(group))}>
                { for scenes.map(|scene| html! {
                    <option value={scene.id.clone()}>{ say(&Message::Prepared(scene.title.clone())) }</option>
                }) }
            </optgroup>
        }
    };
    html! {
        <>
            if lab.session.is_some() { <option value={SESSION}>{ text(Sharing::ThisSession) }</option> }
            { for Group::ALL.into_iter().map(of) }
        </>
    }
}

/// The lab that was chosen.
struct Lab<'a> {
    base: &'a AttrValue,
    session: Option<&'a AttrValue>,
    choice: &'a [(&'static str, String)],
    scenes: &'a [Scene],
}

impl Lab<'_> {
    /// The value of a parameter, if it was chosen.
    fn value(&self, name: &str) -> Option<&str> {
        self.choice.iter().find(|(chosen, _)| *chosen == name).map(|(_, value)| value.as_str())
    }

    fn scene(&self) -> Option<&Scene> {
        self.scenes.iter().find(|scene| Some(scene.id.as_str()) == self.value("scene"))
    }

    /// Number of the scene's pauses.
    fn pauses(&self) -> usize {
        let profile = self.value("profile").and_then(ProfileName::parse).unwrap_or(ProfileName::Article);
        self.scene().map_or(0, |scene| scene.pauses_in(profile).count())
    }

    /// This session is to be shown.
    fn is_session(&self) -> bool {
        self.value("scene") == Some(SESSION)
    }

    /// The parameters that are part of it.
    fn parameters(&self) -> impl Iterator<Item = &(&'static str, String)> {
        self.choice.iter().filter(|(_, value)| value != SESSION)
    }

    fn address(&self) -> String {
        let mut address = self.base.to_string();
        for (at, (name, value)) in self.parameters().enumerate() {
            let value: String = js_sys::encode_uri_component(value).into();
            let mark = if at == 0 { '?' } else { '&' };
            // Writing to a text cannot fail. Between `?` and `#`, a comma is itself and `+` is a blank.
            let _ = write!(address, "{mark}{name}={}", value.replace("%2C", ",").replace("%20", "+"));
        }
        if let Some(session) = self.session.filter(|_| self.is_session()) {
            let _ = write!(address, "#{session}");
        }
        address
    }

    /// What is shown, in a few words.
    fn title(&self) -> String {
        let of_scene = || self.scene().map(|scene| say(&Message::Prepared(scene.title.clone())).to_string());
        self.value("title").map(str::to_owned).or_else(of_scene).unwrap_or_else(|| text::NAME.to_owned())
    }

    /// What is to be put there.
    fn code(&self, place: Place) -> String {
        let (address, title) = (quoted(&self.address()), quoted(&self.title()));
        let frame = |source: &str, width: &str| {
            format!(
                "<iframe {source}=\"{address}\" title=\"{title}\" width=\"{width}\" height=\"{HEIGHT}\" \
                 allow=\"fullscreen; clipboard-write\"></iframe>"
            )
        };
        match place {
            Place::Frame | Place::Moodle => frame("src", "100%"),
            Place::Element => self.element(),
            Place::Markdown => {
                let plain = self.title().replace('[', "\\[").replace(']', "\\]");
                format!("[{plain}]({})", self.address())
            }
            Place::Reveal => format!("<section>\n  {}\n</section>", frame("data-src", "960")),
            Place::Address => self.address(),
        }
    }

    /// The script of the element, and the element with the parameters as attributes.
    fn element(&self) -> String {
        let folder = self.base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut element = format!("<script src=\"{}/tcp-states.js\"></script>\n<tcp-states", quoted(folder));
        for (name, value) in self.parameters() {
            let _ = write!(element, " {name}=\"{}\"", quoted(value));
        }
        element.push_str("></tcp-states>");
        // What is behind `#` is no parameter.
        if let Some(session) = self.session.filter(|_| self.is_session()) {
            let _ = write!(
                element,
                "\n<script>document.currentScript.previousElementSibling.session(\"{session}\")</script>"
            );
        }
        element
    }
}

/// A text as the value of an attribute.
fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
