use super::*;
use expect_test::expect_file;

fn wrong(query: &str) -> Vec<Wrong> {
    parse(query).1
}

#[test]
fn a_query_is_read() {
    let (address, wrong) =
        parse("?profile=linux&seed=7&pace=steps&theme=dark&title=Week%203+%C3%BC&motion=reduced&narrate=off");
    assert_eq!(wrong, []);
    let wanted = Address {
        profile: Some(ProfileName::Linux),
        seed: Some(7),
        pace: Some(Pace::Steps),
        theme: Some(Theme::Dark),
        title: Some("Week 3 ü".to_owned()),
        painted: ["theme=dark", "title=Week 3 ü", "motion=reduced", "narrate=off"]
            .map(|pair| pair.split_once('=').expect("a pair"))
            .map(|(name, value)| (name, value.to_owned()))
            .into(),
        ..Address::default()
    };
    assert_eq!(address, wanted);
}

#[test]
fn an_empty_query_asks_for_nothing() {
    for query in ["", "?", "?&&"] {
        assert_eq!(parse(query), (Address::default(), Vec::new()), "{query}");
    }
}

#[test]
fn what_is_wrong_is_named_and_changes_nothing() {
    let value = |name, value: &str| Wrong::Value { name, value: value.to_owned() };
    let unknown = |name: &str| Wrong::Unknown(name.to_owned());
    for (query, wanted) in [
        ("profile=bsd", value("profile", "bsd")),
        ("profile", value("profile", "")),
        ("PROFILE=linux", unknown("PROFILE")),
        ("seed=-1", value("seed", "-1")),
        ("seed=18446744073709551616", value("seed", "18446744073709551616")),
        ("seed=", value("seed", "")),
        ("title=%20", value("title", " ")),
        ("title=a%0ab", value("title", "ab")),
        ("narrate=loud", value("narrate", "loud")),
        ("scene=no-such", value("scene", "no-such")),
        ("scene=%22", value("scene", "\"")),
        ("scene=", value("scene", "")),
        ("pause=0", value("pause", "0")),
        ("pause=last", value("pause", "last")),
        ("autoplay=1", value("autoplay", "1")),
        ("lesson=", value("lesson", "")),
        ("lesson=../sw.js", value("lesson", "../sw.js")),
        ("step=Drop", value("step", "Drop")),
        ("panels=", value("panels", "")),
        ("panels=state,", value("panels", "state,")),
        ("panels=state,clock", value("panels", "state,clock")),
        ("lock=time,time2", value("lock", "time,time2")),
        ("scale=101", value("scale", "101")),
        ("view=", value("view", "")),
        ("terminal=upper", value("terminal", "upper")),
        ("lang=de", value("lang", "de")),
        ("%3Cscript%3E=1", unknown("<script>")),
        ("=", unknown("")),
        ("seed=%zz", value("seed", "%zz")),
    ] {
        let (address, wrong) = parse(&format!("?theme=dark&{query}&theme=light"));
        assert_eq!(wrong, [wanted], "{query}");
        assert_eq!(address, parse("?theme=light").0, "{query}");
    }
    assert_eq!(wrong(&format!("title={}", "x".repeat(80))), []);
    assert_eq!(wrong(&format!("title={}", "x".repeat(81))), [value("title", &"x".repeat(40))]);
    assert_eq!(wrong(&"a=1&".repeat(2000)), [Wrong::TooLong]);
    assert_eq!(wrong(&"&".repeat(60)), [Wrong::TooLong]);
}

#[test]
fn a_scene_is_found_by_its_id() {
    for scene in scenes::built_in() {
        let (address, wrong) = parse(&format!("?scene={}&pause=end&autoplay=on", scene.id));
        assert_eq!(wrong, []);
        assert_eq!((address.pause, address.autoplay), (Some(At::End), true));
        assert_eq!(address.scene.as_deref(), Some(&scene));
    }
    let longest = scenes::built_in().iter().map(|scene| "?scene=".len() + scene.id.len()).max();
    assert!(longest <= Some(60), "{longest:?}");
}

#[test]
fn a_lesson_and_its_step_are_named() {
    let (address, wrong) = parse("?lesson=syn-dropped&step=drop&lang=en");
    assert_eq!(wrong, []);
    let named = [address.lesson, address.step, address.language];
    assert_eq!(named, ["syn-dropped", "drop", "en"].map(|name| Some(name.to_owned())));
}

#[test]
fn a_puzzle_has_a_seed_and_a_level() {
    let (address, wrong) = parse("?puzzle=20261128&level=counters");
    assert_eq!(wrong, []);
    assert_eq!((address.puzzle, address.level.as_deref()), (Some(20_261_128), Some("counters")));
    assert_eq!(parse("?puzzle=x&level=hard").1.len(), 2);
    for level in crate::words::puzzle::Level::ALL {
        assert_eq!(parse(&format!("?level={}", level.key())).0.level.as_deref(), Some(level.key()));
    }
}

#[test]
fn a_theme_keeps_its_earlier_name() {
    assert_eq!(parse("?theme=projector").0.theme, Some(Theme::Contrast));
    assert_eq!(wrong("?theme=projector"), []);
}

#[test]
fn what_the_views_follow_is_read() {
    let (address, wrong) =
        parse("?view=both&terminal=network&present=on&lock=time,firewall&panels=time,state&scale=150");
    assert_eq!(wrong, []);
    assert_eq!(
        (address.view, address.terminal, address.present),
        (Some(View::Both), Some(TerminalId::Network), true)
    );
    assert_eq!(address.locks, Locks { time: true, firewall: true, ..Locks::default() });
    let painted: Vec<String> =
        address.painted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(painted.join(" "), "view=both terminal=network present=on panels=time,state scale=150");
    // The last one counts.
    assert_eq!(parse("?scale=80&scale=90").0.painted, [("scale", "90".to_owned())]);
}

/// The styles look for a word anywhere in a list.
#[test]
fn no_word_of_a_list_contains_another() {
    for parameter in PARAMETERS {
        let Values::List(words) = parameter.values else { continue };
        for word in words {
            assert_eq!(words.iter().filter(|other| other.contains(word)).count(), 1, "{word}");
        }
    }
}

/// A mismatch is mended by putting the lines that are expected into web/head.js.
#[test]
fn the_script_in_the_head_knows_the_schema() {
    let script = include_str!("../../../../web/head.js");
    assert!(script.contains(&format!("{{\n{}  }}", painted())), "{}", painted());
}

/// Each word of the schema is one that its parameter takes.
#[test]
fn every_word_that_is_documented_is_read() {
    for parameter in PARAMETERS {
        let words = match parameter.values {
            Values::Words(words) | Values::List(words) => words,
            Values::Number => &["0", "18446744073709551615"],
            Values::Text(_) => &["x"],
            Values::Scene => &["synack-dropped", "whole-connection"],
            Values::Pause => &["1", "12", "end"],
            Values::Lesson => &["syn-dropped"],
            Values::Step => &["drop", "at-once"],
        };
        for word in words {
            assert_eq!(wrong(&format!("?{}={word}", parameter.name)), [], "{word}");
        }
    }
}

/// A mismatch is mended by `UPDATE_EXPECT=1 cargo test -p tcp-scene address`.
#[test]
fn the_documentation_is_that_of_the_schema() {
    expect_file!["../../../../docs/address.md"].assert_eq(&document());
}
