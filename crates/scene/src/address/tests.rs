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
        still: true,
        silent: true,
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
        ("%3Cscript%3E=1", unknown("<script>")),
        ("=", unknown("")),
        ("seed=%zz", value("seed", "%zz")),
    ] {
        let (address, wrong) = parse(&format!("?theme=dark&{query}&theme=light"));
        assert_eq!(wrong, [wanted], "{query}");
        assert_eq!(address, Address { theme: Some(Theme::Light), ..Address::default() }, "{query}");
    }
    assert_eq!(wrong(&format!("title={}", "x".repeat(80))), []);
    assert_eq!(wrong(&format!("title={}", "x".repeat(81))), [value("title", &"x".repeat(40))]);
    assert_eq!(wrong(&"a=1&".repeat(2000)), [Wrong::TooLong]);
    assert_eq!(wrong(&"&".repeat(60)), [Wrong::TooLong]);
}

/// Each word of the schema is one that its parameter takes.
#[test]
fn every_word_that_is_documented_is_read() {
    for parameter in PARAMETERS {
        let words = match parameter.values {
            Values::Words(words) => words,
            Values::Number => &["0", "18446744073709551615"],
            Values::Text(_) => &["x"],
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
