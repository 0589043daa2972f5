//! What a person set, and how it is written down between two visits.

use tcp_scene::address::Address;
pub(crate) use tcp_scene::address::Theme;
use tcp_scene::diagram::Figure;
use tcp_scene::pace::Pace;
use tcp_shell::ProfileName;

/// What a person set. Nothing of it changes what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Settings {
    /// Colours and sizes.
    pub theme: Theme,
    /// How fast time goes.
    pub pace: Pace,
    /// Whose habits the hosts have; holds from the next reset on.
    pub profile: ProfileName,
    /// Which part of the state machine is drawn.
    pub figure: Figure,
    /// Single keys do nothing.
    pub silent_keys: bool,
    /// What is read aloud by itself.
    pub narration: Narration,
    /// Where the terminals stand; `None` until somebody chose, or typed in one.
    pub terminals: Option<Terminals>,
}

/// How much a screen reader reads aloud by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Narration {
    /// What happens, a sentence a step.
    #[default]
    Steps,
    /// The pair of states, whenever it is another, and what it means.
    States,
    /// Both.
    All,
    /// Nothing.
    Nothing,
}

impl Narration {
    /// All, in the order in which they are offered.
    pub(crate) const ALL: [Narration; 4] =
        [Narration::Steps, Narration::States, Narration::All, Narration::Nothing];

    /// Its key in the storage.
    const fn key(self) -> &'static str {
        match self {
            Narration::Steps => "steps",
            Narration::States => "states",
            Narration::All => "all",
            Narration::Nothing => "nothing",
        }
    }

    /// The value of `aria-live` where the steps are, and where the states are.
    pub(crate) fn live(self) -> [&'static str; 2] {
        [Narration::Steps, Narration::States]
            .map(|part| if self == part || self == Narration::All { "polite" } else { "off" })
    }
}

/// Where the terminals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Terminals {
    /// Below the picture.
    Below,
    /// In the place of the hosts' cards, beside the diagram.
    Beside,
    /// Nowhere.
    Away,
}

impl Terminals {
    /// All, in the order in which they are offered.
    pub(crate) const ALL: [Terminals; 3] = [Terminals::Beside, Terminals::Below, Terminals::Away];

    /// Its key in styles and in the storage.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Terminals::Below => "below",
            Terminals::Beside => "beside",
            Terminals::Away => "away",
        }
    }

    /// The next one, in the order in which they are offered.
    pub(crate) const fn next(self) -> Terminals {
        match self {
            Terminals::Below => Terminals::Away,
            Terminals::Beside => Terminals::Below,
            Terminals::Away => Terminals::Beside,
        }
    }
}

/// The pace with this key; the normal one if no pace has it. Keys of earlier versions have the pace that comes closest.
pub(crate) fn pace_of(key: &str) -> Pace {
    let known = Pace::ALL.into_iter().find(|pace| pace.key() == key);
    known.unwrap_or(match key {
        "0.1" => Pace::Slow,
        "4" => Pace::Fast,
        _ => Pace::Normal,
    })
}

/// The profiles that are offered.
pub(crate) const PROFILES: [ProfileName; 2] = [ProfileName::Article, ProfileName::Linux];

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::System,
            pace: Pace::Normal,
            profile: ProfileName::Article,
            figure: Figure::Whole,
            silent_keys: false,
            narration: Narration::Steps,
            terminals: None,
        }
    }
}

impl Settings {
    /// The diagram shows the way of each host.
    pub(crate) fn shows_trails(&self) -> bool {
        self.figure == Figure::Trails
    }

    /// With what an address asks for.
    pub(crate) fn asked(self, address: &Address) -> Settings {
        Settings {
            theme: address.theme.unwrap_or(self.theme),
            pace: address.pace.unwrap_or(self.pace),
            profile: address.profile.unwrap_or(self.profile),
            terminals: address.terminal.map(|_| Terminals::Beside).or(self.terminals),
            ..self
        }
    }

    /// As one line: `theme=dark pace=auto …`.
    pub(crate) fn write(&self) -> String {
        let flag = |on: bool| if on { "1" } else { "0" };
        let terminals = self.terminals.map_or_else(String::new, |at| format!(" terminals={}", at.key()));
        format!(
            "theme={} pace={} profile={} figure={} silent={} narrate={}{terminals}",
            self.theme.key(),
            self.pace.key(),
            self.profile.name(),
            self.figure.key(),
            flag(self.silent_keys),
            self.narration.key()
        )
    }

    /// From such a line. What is missing or unknown stays as it is by default.
    pub(crate) fn read(line: &str) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in line.split(' ').filter_map(|word| word.split_once('=')) {
            match key {
                "theme" => settings.theme = Theme::of(value).unwrap_or(settings.theme),
                "pace" => settings.pace = pace_of(value),
                "profile" => settings.profile = ProfileName::parse(value).unwrap_or(settings.profile),
                // An earlier version had a switch.
                "beyond" if value == "1" => settings.figure = Figure::Beyond,
                "figure" => {
                    let known = Figure::ALL.into_iter().find(|figure| figure.key() == value);
                    settings.figure = known.unwrap_or(settings.figure);
                }
                "terminals" => settings.terminals = Terminals::ALL.into_iter().find(|at| at.key() == value),
                "narrate" => {
                    let known = Narration::ALL.into_iter().find(|narration| narration.key() == value);
                    settings.narration = known.unwrap_or_default();
                }
                "silent" => settings.silent_keys = value == "1",
                _ => {}
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_read_again() {
        for pace in Pace::ALL {
            let settings =
                Settings { pace, theme: Theme::Dark, figure: Figure::Beyond, ..Settings::default() };
            assert_eq!(Settings::read(&settings.write()), settings);
        }
        for narration in Narration::ALL {
            let settings = Settings { narration, ..Settings::default() };
            assert_eq!(Settings::read(&settings.write()), settings);
        }
    }

    #[test]
    fn paces_of_earlier_versions_are_read_as_what_comes_closest() {
        let read = |pace: &str| Settings::read(&format!("theme=dark pace={pace}")).pace;
        assert_eq!(
            ["auto", "0.1", "1", "4", "60", "slowly"].map(read),
            [Pace::Normal, Pace::Slow, Pace::True(1), Pace::Fast, Pace::True(60), Pace::Normal]
        );
    }
}
