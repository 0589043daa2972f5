//! The lines before the first step.

use super::{Flaw, is_id};
use crate::index::Group;
use crate::lesson::{Lesson, Shown, Start, Step, Typed};
use tcp_course::scenes;

/// A format that this program reads.
const FORMAT: &str = "1";
/// Figures and steps of the article, as the lines name them.
const PREFIXES: [&str; 2] = ["exercise-", "figure-"];

/// What is said of the lesson.
#[derive(Default)]
pub(super) struct Front {
    id: Option<String>,
    number: Option<u8>,
    group: Option<Group>,
    core: Option<bool>,
    title: Option<String>,
    able: Option<String>,
    minutes: Option<u8>,
    article: Vec<Shown>,
    start: Option<Start>,
    closed: Option<String>,
}

impl Front {
    /// Reads them. Also returns where the steps begin.
    pub(super) fn read(text: &str) -> Result<(Front, usize), Flaw> {
        let rest =
            text.strip_prefix("---\n").ok_or_else(|| Flaw::at(1, "a lesson begins with a line `---`"))?;
        let end = rest.find("\n---\n").ok_or_else(|| Flaw::at(1, "a second line `---` is missing"))?;
        let mut front = Front::default();
        let mut format = None;
        for (number, line) in rest[..end].lines().enumerate() {
            let flaw = |reason: String| Flaw::at(number + 2, reason);
            let (key, value) = line.split_once(':').ok_or_else(|| flaw("wants `key: value`".to_owned()))?;
            let value = value.trim();
            let again = |was: bool| if was { Err(flaw(format!("a second `{key}`"))) } else { Ok(()) };
            let said = |most: usize| {
                let fits = (1..=most).contains(&value.len());
                if fits {
                    Ok(Some(value.to_owned()))
                } else {
                    Err(flaw(format!("`{key}` has 1 to {most} octets")))
                }
            };
            match key {
                "format" => {
                    again(format.is_some())?;
                    if value != FORMAT {
                        return Err(flaw(format!("this program reads format {FORMAT}, not `{value}`")));
                    }
                    format = Some(());
                }
                "id" if is_id(value) => again(front.id.replace(value.to_owned()).is_some())?,
                "id" => {
                    return Err(flaw("an id has 1 to 40 lower-case letters, digits and hyphens".to_owned()));
                }
                "number" => {
                    let number = value.parse().ok().filter(|number| (1..=99).contains(number));
                    let number = number.ok_or_else(|| flaw("wants a number from 1 to 99".to_owned()))?;
                    again(front.number.replace(number).is_some())?;
                }
                "group" => {
                    let group = Group::ALL.into_iter().find(|group| group.name() == value);
                    let names = Group::ALL.map(Group::name).join(", ");
                    let group = group.ok_or_else(|| flaw(format!("wants one of {names}")))?;
                    again(front.group.replace(group).is_some())?;
                }
                "core" => {
                    let core = match value {
                        "yes" => true,
                        "no" => false,
                        _ => return Err(flaw("wants yes or no".to_owned())),
                    };
                    again(front.core.replace(core).is_some())?;
                }
                "title" => {
                    again(front.title.is_some())?;
                    front.title = said(60)?;
                }
                "able" => {
                    again(front.able.is_some())?;
                    front.able = said(140)?;
                }
                "minutes" => {
                    let minutes = value.parse().ok().filter(|minutes| (1..=60).contains(minutes));
                    let minutes = minutes.ok_or_else(|| flaw("wants 1 to 60 minutes".to_owned()))?;
                    again(front.minutes.replace(minutes).is_some())?;
                }
                "article" => {
                    again(!front.article.is_empty())?;
                    let shown = value.split_whitespace().map(shown).collect::<Option<_>>();
                    let wants =
                        || flaw("wants words such as exercise-2a#anchor and figure-5#anchor".to_owned());
                    front.article = shown.ok_or_else(wants)?;
                }
                "closed" => {
                    again(front.closed.is_some())?;
                    front.closed = said(40)?;
                }
                "scene" => {
                    let start = match value {
                        "listening" => Start::Listening,
                        "nothing" => Start::Nothing,
                        id if scenes::named(id).is_some() => Start::Scene(id.to_owned()),
                        id => return Err(flaw(format!("`{id}` is no scene, nor listening or nothing"))),
                    };
                    again(front.start.replace(start).is_some())?;
                }
                other => return Err(flaw(format!("`{other}` is no key of a lesson"))),
            }
        }
        let missing = |key: &str| Flaw::at(1, format!("`{key}` is missing"));
        if format.is_none() {
            return Err(missing("format"));
        }
        let all = [
            ("id", front.id.is_some()),
            ("title", front.title.is_some()),
            ("able", front.able.is_some()),
            ("minutes", front.minutes.is_some()),
            ("scene", front.start.is_some()),
        ];
        match all.into_iter().find(|(_, there)| !there) {
            Some((key, _)) => Err(missing(key)),
            None => Ok((front, "---\n".len() + end + "\n---\n".len())),
        }
    }

    /// The parts of the article that the lesson shows, with their steps.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Shown> {
        self.article.iter()
    }

    /// The step whose answer opens what is between the hosts.
    pub(super) fn closed(&self) -> Option<&str> {
        self.closed.as_deref()
    }

    /// The lesson with these steps. Nothing is missing.
    pub(super) fn lesson(self, before: Vec<Typed>, steps: Vec<Step>) -> Lesson {
        Lesson {
            id: self.id.unwrap_or_default(),
            number: self.number,
            group: self.group,
            core: self.core.unwrap_or_default(),
            title: self.title.unwrap_or_default(),
            able: self.able.unwrap_or_default(),
            minutes: self.minutes.unwrap_or_default(),
            article: self.article,
            start: self.start.unwrap_or(Start::Nothing),
            closed: self.closed,
            before,
            steps,
        }
    }
}

/// `figure-5#drop`
fn shown(word: &str) -> Option<Shown> {
    let (part, step) = word.split_once('#')?;
    let known = PREFIXES.iter().any(|prefix| part.starts_with(prefix));
    (known && is_id(part) && is_id(step)).then(|| Shown { part: part.to_owned(), step: step.to_owned() })
}
