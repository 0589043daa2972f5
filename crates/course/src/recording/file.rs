//! The file of a recording: its fields as serde reads and writes them, and the conversion to and from a [`Recording`].

use super::bounds::LONGEST_DELAY;
use super::line::{Line, NO_HOST, steps};
use super::millis::Millis;
use super::{Recording, RecordingError, Sysctl};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_shell::User;

/// The version that is written, and the only one that is read.
pub(super) const VERSION: u64 = 1;

/// Reads the field `version`, which must have this one value.
pub(crate) fn version<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    struct Reader;
    impl Visitor<'_> for Reader {
        type Value = u64;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(to, "{VERSION}")
        }

        fn visit_u64<E: de::Error>(self, version: u64) -> Result<u64, E> {
            if version == VERSION { Ok(version) } else { Err(E::custom("must be 1")) }
        }
    }
    from.deserialize_u64(Reader)
}

/// The fields of a recording's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct File {
    #[serde(rename = "version", deserialize_with = "version")]
    _version: u64,
    profile: String,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    link: Option<Link>,
    #[serde(default)]
    sysctls: Settings,
    steps: Vec<Line>,
}

/// Constants by host and name.
pub type Settings = BTreeMap<String, BTreeMap<String, Setting>>;

/// The value of a constant as one would type it. A file may also have it as a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting(pub String);

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Setting, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Setting;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("text or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Setting, E> {
                Ok(Setting(text.to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Setting, E> {
                Ok(Setting(number.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Setting, E> {
                Ok(Setting(number.to_string()))
            }
        }
        from.deserialize_any(Reader)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct Link {
    #[serde(default)]
    delay_ms: Delays,
}

/// Delays by sending host; a file may have one number for all hosts.
#[derive(Debug, Default)]
struct Delays(BTreeMap<String, Millis>);

impl<'de> Deserialize<'de> for Delays {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Delays, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Delays;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("milliseconds, or milliseconds by host")
            }

            fn visit_f64<E: de::Error>(self, millis: f64) -> Result<Delays, E> {
                let delay = Millis::try_from(millis).map_err(E::custom)?;
                Ok(Delays(HostId::ALL.into_iter().map(|host| (host.word().to_owned(), delay)).collect()))
            }

            #[expect(clippy::cast_precision_loss, reason = "a day of milliseconds is exact")]
            fn visit_u64<E: de::Error>(self, millis: u64) -> Result<Delays, E> {
                self.visit_f64(millis as f64)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut hosts: A) -> Result<Delays, A::Error> {
                let mut delays = Delays::default();
                while let Some((host, delay)) = hosts.next_entry()? {
                    delays.0.insert(host, delay);
                }
                Ok(delays)
            }
        }
        from.deserialize_any(Reader)
    }
}

impl TryFrom<File> for Recording {
    type Error = RecordingError;

    fn try_from(file: File) -> Result<Recording, RecordingError> {
        let profile =
            ProfileName::parse(&file.profile).ok_or_else(|| bad("profile", "must be article or linux"))?;
        let user = file.user.map_or(Ok(User::Root), |name| user(&name))?;
        let by_host = file.link.map(|link| link.delay_ms.0).unwrap_or_default();
        let delays = by_host.iter().map(|(name, span)| {
            let field = format!("link.delay_ms.{name}");
            Ok((host(&field, name)?, delay(&field, *span)?))
        });
        let delays = delays.collect::<Result<_, RecordingError>>()?;
        let (sysctls, steps) = (sysctls(&file.sysctls)?, steps(&file.steps)?);
        Ok(Recording { profile, seed: file.seed, user, delays, sysctls, steps })
    }
}

/// Reads the user of a file.
pub fn user(name: &str) -> Result<User, RecordingError> {
    User::parse(name).ok_or_else(|| bad("user", "must be root or student"))
}

/// Reads the constants of a file.
pub fn sysctls(settings: &Settings) -> Result<Vec<Sysctl>, RecordingError> {
    let mut all = Vec::new();
    for (name, of_host) in settings {
        let host = host(&format!("sysctls.{name}"), name)?;
        all.extend(of_host.iter().map(|(name, value)| Sysctl {
            host,
            name: name.clone(),
            value: value.0.clone(),
        }));
    }
    Ok(all)
}

fn host(field: &str, name: &str) -> Result<HostId, RecordingError> {
    HostId::with_word(name).ok_or_else(|| bad(field, NO_HOST))
}

fn delay(field: &str, span: Millis) -> Result<Duration, RecordingError> {
    Some(span.duration())
        .filter(|delay| *delay <= LONGEST_DELAY)
        .ok_or_else(|| bad(field, "must be milliseconds, from 0 to 3600000"))
}

fn bad(field: &str, reason: &str) -> RecordingError {
    RecordingError::field(field, reason)
}
