//! What a message asks for.

use super::{Field, Fields, RESERVED, Refusal};
use tcp_core::Instant;

/// Characters of a type or name that are repeated: both come from elsewhere.
const SHOWN: usize = 40;
/// The latest moment that can be asked for, in milliseconds: a day, as in a recording.
const LATEST: f64 = 86_400_000.0;

/// What the host page asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// To play the built-in scene with this name.
    Load(String),
    /// To offer this session to the reader: the text of a link.
    SetSession(String),
    /// The text of a link to this session.
    GetSession,
    /// The clock is to go.
    Play,
    /// The clock is to stand.
    Pause,
    /// One step on.
    Step,
    /// To a moment.
    Seek(Instant),
    /// To take back what was done last.
    Undo,
    /// To start again.
    Reset,
}

/// Reads the other fields of a request.
type Reader = fn(Fields<'_>) -> Result<Request, Refusal>;

/// All requests by their types.
pub const REQUESTS: &[(&str, Reader)] = &[
    ("load", |fields| match fields("scene") {
        Field::Text(id) => Ok(Request::Load(id)),
        Field::Absent if fields("session") != Field::Absent => set_session(fields),
        _ => Err(Refusal::Field("scene", "the name of a scene")),
    }),
    ("play", |_| Ok(Request::Play)),
    ("pause", |_| Ok(Request::Pause)),
    ("step", |_| Ok(Request::Step)),
    ("seek", |fields| moment(&fields("at")).map(Request::Seek)),
    ("undo", |_| Ok(Request::Undo)),
    ("reset", |_| Ok(Request::Reset)),
    ("get-session", |_| Ok(Request::GetSession)),
    ("set-session", set_session),
];

/// Reads a message that is meant for the lab.
pub fn read(fields: Fields<'_>) -> Result<Request, Refusal> {
    let Field::Text(kind) = fields("type") else {
        return Err(Refusal::Field("type", "a text"));
    };
    if let Some((_, read)) = REQUESTS.iter().find(|(name, _)| *name == kind) {
        return read(fields);
    }
    Err(match RESERVED.into_iter().find(|name| *name == kind) {
        Some(name) => Refusal::Reserved(name),
        None => Refusal::Unknown(shown(&kind)),
    })
}

/// What of a text from elsewhere may be repeated to somebody.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(SHOWN).collect()
}

fn set_session(fields: Fields<'_>) -> Result<Request, Refusal> {
    match fields("session") {
        Field::Text(link) => Ok(Request::SetSession(link)),
        _ => Err(Refusal::Field("session", "the text of a link")),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within the bounds")]
fn moment(field: &Field) -> Result<Instant, Refusal> {
    match field {
        Field::Number(ms) if (0.0..=LATEST).contains(ms) => {
            Ok(Instant::from_micros((ms * 1000.0).round() as u64))
        }
        _ => Err(Refusal::Field("at", "a number of milliseconds, from 0 to 86400000")),
    }
}

impl Refusal {
    /// There is no scene with this name.
    pub fn no_scene(name: &str) -> Refusal {
        Refusal::Scene(shown(name))
    }
}
