//! The page's colours: what must look different does so to all eyes, in every theme; and all that is written can be read.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::collections::BTreeMap;
use tcp_tests::colour::{Colour, Sight};

const TOKENS: &str = include_str!("../../web/styles/tokens.css");

/// The themes that have colours of their own; the projector has those of high contrast.
const THEMES: [&str; 3] = ["light", "dark", "contrast"];

/// How different two colours must look, to all who see three colours and to those who see two: CIEDE2000.
const APART: f64 = 20.0;
const APART_IN_TWO: f64 = 12.0;

/// The phases, and where each of the article's hues is, in degrees. Its black has none.
const PHASES: [(&str, Option<[f64; 2]>); 7] = [
    ("active-open", Some([260.0, 305.0])),
    ("passive-open", Some([50.0, 85.0])),
    ("simultaneous-open", None),
    ("established", Some([125.0, 170.0])),
    ("active-close", Some([12.0, 45.0])),
    ("passive-close", Some([315.0, 350.0])),
    ("closed", None),
];

/// Both are the article's black: the one is an edge, the other a state.
const BLACK: [&str; 2] = ["simultaneous-open", "closed"];

/// Both hosts, where white is written in their colours and where something is drawn or written in them.
const HOSTS: [[&str; 2]; 2] = [["client", "server"], ["client-ink", "server-ink"]];

/// The colours of a theme.
struct Theme {
    name: &'static str,
    texts: BTreeMap<&'static str, &'static str>,
}

impl Theme {
    fn of(name: &'static str) -> Theme {
        let mut texts = declared("  :root {");
        if name == "contrast" {
            texts.extend(declared("  :root[data-theme=\"contrast\"] {"));
        }
        Theme { name, texts }
    }

    fn colour(&self, name: &str) -> Colour {
        let text = self.texts[name];
        if let Some(other) = text.strip_prefix("var(--").and_then(|text| text.strip_suffix(')')) {
            return self.colour(other);
        }
        let both = text.strip_prefix("light-dark(").and_then(|text| text.strip_suffix(')'));
        let own = both.map_or(text, |both| {
            let (light, dark) = both.split_once(", ").unwrap();
            if self.name == "dark" { dark } else { light }
        });
        Colour::parse(own).unwrap_or_else(|| panic!("--{name}: {own} is no colour"))
    }

    /// What is too much alike, as lines.
    fn alike(&self, [one, two]: [&str; 2]) -> Vec<String> {
        let colours = [one, two].map(|name| self.colour(name));
        let seen = |sight: Sight| {
            let [one, two] = colours.map(|colour| colour.seen(sight));
            (one.difference(two), if sight == Sight::Full { APART } else { APART_IN_TWO })
        };
        let looks = Sight::ALL.map(|sight| (sight, seen(sight)));
        let few = looks.into_iter().filter(|(_, (found, least))| found < least);
        few.map(|(sight, (found, least))| {
            format!("{}: {one} and {two}, {sight:?}: {found:.1} < {least}", self.name)
        })
        .collect()
    }
}

/// The custom properties of the first block with this head.
fn declared(head: &str) -> BTreeMap<&'static str, &'static str> {
    let lines = TOKENS.lines().skip_while(|line| *line != head).skip(1).take_while(|line| *line != "  }");
    let pairs = lines.filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
    pairs.collect()
}

fn themes() -> [Theme; 3] {
    THEMES.map(Theme::of)
}

#[test]
fn phases_and_hosts_look_different_to_all_eyes() {
    let mut alike = Vec::new();
    for theme in themes() {
        for (at, (one, _)) in PHASES.iter().enumerate() {
            let others = PHASES[at + 1..].iter().map(|(two, _)| [*one, *two]);
            alike.extend(others.filter(|pair| *pair != BLACK).flat_map(|pair| theme.alike(pair)));
        }
        alike.extend(HOSTS.into_iter().flat_map(|pair| theme.alike(pair)));
    }
    assert_eq!(alike, Vec::<String>::new());
}

#[test]
fn phases_have_the_hues_of_the_article() {
    for theme in themes() {
        for (name, hue) in PHASES {
            let found = theme.colour(name).hue();
            let fits = hue.is_none_or(|[from, to]| (from..to).contains(&found));
            assert!(fits, "{}: {name} has the hue {found:.0}", theme.name);
        }
    }
}

#[test]
fn what_is_written_has_contrast() {
    let mut faint = Vec::new();
    for theme in themes() {
        let panel = theme.colour("panel");
        let grounds = ["panel", "bg", "soft"].map(|name| theme.colour(name));
        let inks = ["ink", "mute", "client-ink", "server-ink", "stop"];
        for name in PHASES.iter().map(|(name, _)| *name).chain(inks) {
            let colour = theme.colour(name);
            // A badge, and the row of a connection, have a little of their colour for a ground.
            let own = colour.mixed(0.09, panel);
            let least = grounds.into_iter().chain([own]).map(|ground| colour.contrast(ground));
            let least = least.fold(21.0, f64::min);
            if least < 4.5 {
                faint.push(format!("{}: {name} {least:.2}", theme.name));
            }
        }
        let white = Colour::parse("#ffffff").unwrap();
        for name in HOSTS[0] {
            assert!(theme.colour(name).contrast(white) >= 4.5, "white on {name}");
        }
        assert!(theme.colour("focus").contrast(panel) >= 3.0, "the ring of the focus");
    }
    assert_eq!(faint, Vec::<String>::new());
}
