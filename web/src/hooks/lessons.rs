//! The files of lessons: the site sends each when it is opened, and the single file has them all in it.

use js_sys::{Function, Promise, Reflect};
use tcp_lessons::{LANGUAGES, named};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestCache, RequestInit, Response, Window};

/// Reads the text of a lesson of this program, and calls back: in this language, or in English if that is not there. It
/// fails without a connection, and for the name of no lesson.
pub(crate) fn fetch_lesson(language: &str, id: &str, then: impl FnOnce(Result<String, ()>) + 'static) {
    let names = names(language, id);
    spawn_local(async move {
        for name in names {
            if let Some(text) = text(&name).await {
                return then(Ok(text));
            }
        }
        then(Err(()));
    });
}

/// The files to try, in this order, without their ending; none for what is no lesson.
fn names(language: &str, id: &str) -> Vec<String> {
    let Some(lesson) = named(id) else { return Vec::new() };
    let own = LANGUAGES.iter().find(|known| **known == language);
    let english = Some(&"en").filter(|_| language != "en");
    own.into_iter().chain(english).map(|language| format!("{language}/{}", lesson.id)).collect()
}

async fn text(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let text = match Reflect::get(&window, &"unpackedLesson".into()).ok()?.dyn_into::<Function>() {
        Ok(unpacked) => {
            let promise = unpacked.call1(&JsValue::NULL, &name.into()).ok()?.dyn_into::<Promise>().ok()?;
            JsFuture::from(promise).await.ok()?
        }
        Err(_) => fetched(&window, name).await?,
    };
    // Where a file is missing, some servers answer with a page.
    text.as_string().filter(|text| text.starts_with("---\n"))
}

async fn fetched(window: &Window, name: &str) -> Option<JsValue> {
    let init = RequestInit::new();
    // Its name stays when it changes.
    init.set_cache(RequestCache::NoCache);
    let address = format!("lessons/{name}.md");
    let response = JsFuture::from(window.fetch_with_str_and_init(&address, &init)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_lesson_is_read_in_english_if_its_language_has_none() {
        assert_eq!(names("en", "handshake"), ["en/handshake"]);
        assert_eq!(names("tlh", "handshake"), ["en/handshake"]);
        assert_eq!(names("en", "../../handshake"), [""; 0]);
    }
}
