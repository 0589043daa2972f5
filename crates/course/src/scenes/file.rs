//! The file of a scene: its fields as serde reads them, and the conversion to a [`Scene`].

use super::condition::state_of;
use super::{Condition, Group, Pause, Scene, Text};
use crate::Millis;
use crate::recording::{File as RecordingFile, RecordingError, version};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use tcp_core::tcp::{ProfileName, State};

/// Pauses of a scene.
const MOST_PAUSES: usize = 100;
/// Octets of a text of a scene.
const LONGEST_TEXT: usize = 400;
/// Octets of an id.
const LONGEST_ID: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct File {
    #[serde(rename = "version", deserialize_with = "version")]
    _version: u64,
    #[serde(deserialize_with = "id")]
    id: String,
    group: Group,
    title: Text,
    shows: Text,
    lasts_ms: Lasts,
    recording: RecordingFile,
    pauses: Vec<PauseFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lasts {
    article: Millis,
    linux: Millis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a pause")]
struct PauseFile {
    #[serde(default, deserialize_with = "profile")]
    profile: Option<ProfileName>,
    when: Condition,
    #[serde(default = "once")]
    times: u32,
    #[serde(deserialize_with = "pair")]
    pair: [State; 2],
    caption: Text,
}

const fn once() -> u32 {
    1
}

impl TryFrom<File> for Scene {
    type Error = RecordingError;

    fn try_from(file: File) -> Result<Scene, RecordingError> {
        let recording = file.recording.try_into().map_err(|error| match error {
            RecordingError::Field { field, reason } => {
                RecordingError::field(&format!("recording.{field}"), &reason)
            }
            other => other,
        })?;
        if file.pauses.len() > MOST_PAUSES {
            return Err(RecordingError::field("pauses", &format!("must be at most {MOST_PAUSES}")));
        }
        let pauses = file.pauses.into_iter().map(|pause| {
            let PauseFile { profile, when, times, pair, caption } = pause;
            Pause { profile, when, times, pair, caption }
        });
        let Lasts { article, linux } = file.lasts_ms;
        let scene = Scene {
            id: file.id,
            group: file.group,
            title: file.title,
            shows: file.shows,
            recording,
            pauses: pauses.collect(),
            lasts: [article, linux].map(Millis::instant),
            goal: None,
        };
        for profile in [ProfileName::Article, ProfileName::Linux] {
            if scene.pauses_in(profile).next().is_none() {
                return Err(RecordingError::field("pauses", "must have one in each profile"));
            }
        }
        Ok(scene)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Text, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(from)?;
        if !texts.contains_key("en") {
            return Err(D::Error::custom("must have a text in en"));
        }
        if texts.values().any(|text| text.len() > LONGEST_TEXT) {
            return Err(D::Error::custom("must be at most 400 octets"));
        }
        Ok(Text(texts.into_iter().collect()))
    }
}

fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let id = String::deserialize(from)?;
    let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(fits) {
        Ok(id)
    } else {
        Err(D::Error::custom("must be 1 to 40 lower-case letters, digits and hyphens"))
    }
}

fn profile<'de, D: Deserializer<'de>>(from: D) -> Result<Option<ProfileName>, D::Error> {
    let profile = ProfileName::parse(&String::deserialize(from)?);
    profile.map(Some).ok_or_else(|| D::Error::custom("must be article or linux"))
}

fn pair<'de, D: Deserializer<'de>>(from: D) -> Result<[State; 2], D::Error> {
    let [client, server] = <[String; 2]>::deserialize(from)?;
    Ok([state_of(&client)?, state_of(&server)?])
}
