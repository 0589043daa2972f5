use super::*;
use proptest::prelude::*;
use serde_json::Value;

fn same(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(one), Value::Bool(other)) => one == other,
        (Json::Number(one), Value::Number(other)) => {
            // The other crate's last digit may differ; of the smallest numbers, more than that.
            let near = |a: f64, b: f64| (a - b).abs() <= a.abs() * 1e-15 + f64::MIN_POSITIVE;
            let float = one.parse::<f64>().ok().zip(other.as_f64());
            ours.as_u64() == other.as_u64() && float.is_some_and(|(one, other)| near(one, other))
        }
        (Json::Text(one), Value::String(other)) => one == other,
        (Json::List(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Value::Object(other)) => {
            let sorted = one.sorted();
            sorted.len() == other.len()
                && sorted.iter().zip(other).all(|((name, one), (other_name, other))| {
                    name == other_name && one_of(other_name, ours) == Some(*one) && same(one, other)
                })
        }
        _ => false,
    }
}

fn one_of<'a>(name: &str, object: &'a Json) -> Option<&'a Json> {
    object.as_object()?.get(name)
}

fn check(text: &str) {
    match (parse(text), serde_json::from_str::<Value>(text)) {
        (Ok(ours), Ok(theirs)) => assert!(same(&ours, &theirs), "{text}: {ours:?}, {theirs:?}"),
        (Err(_), Err(_)) => {}
        // A number beyond what a float can hold is JSON all the same.
        (Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
        (ours, theirs) => panic!("{text}: {ours:?}, {theirs:?}"),
    }
}

#[test]
fn as_the_general_crate_reads_it() {
    for text in [
        "",
        " ",
        "null",
        "nul",
        "nulll",
        "true",
        "false",
        "0",
        "-0",
        "00",
        "-",
        "1.",
        ".5",
        "1.5e+3",
        "1e",
        "1E-2",
        "[]",
        "[1,]",
        "[,]",
        "[1 2]",
        "[",
        "[1",
        "{}",
        "{\"a\":1}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "{\"b\":1,\"a\":2,\"b\":3}",
        "\"",
        "\"a",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\x\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "\"\u{7f}é\"",
        "1 1",
        "\u{feff}1",
        "\u{a0}1",
    ] {
        check(text);
    }
    for depth in [127, 128, 100_000] {
        check(&("[".repeat(depth) + &"]".repeat(depth)));
        check(&"{\"a\":".repeat(depth));
    }
}

#[test]
fn where_it_ends_to_be_json() {
    for text in ["", "{", "{\n \"a\": x}", "[1\n,\n]", "{\"a\":1}}", "[1 2]"] {
        let theirs = serde_json::from_str::<Value>(text).expect_err("not JSON");
        assert_eq!(parse(text), Err(NotJson { line: theirs.line(), column: theirs.column() }), "{text}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_read(value in value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        check(&text.expect("it can be written"));
    }

    #[test]
    fn nearly_a_value(value in value(), at in any::<prop::sample::Index>(), with in "[\\]\\[{}\",:0-9eE.+\\\\ u-]?") {
        let text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        let changed: String = text[..at].iter().collect::<String>() + &with + &text[at + 1..].iter().collect::<String>();
        check(&changed);
    }

    #[test]
    fn texts_are_quoted_alike(text in any::<String>(), control in "[\u{0}-\u{1f}\"\\\\\u{7f}]*") {
        let text = text + &control;
        let mut quoted = String::new();
        quote(&text, &mut quoted);
        prop_assert_eq!(Ok(quoted), serde_json::to_string(&text).map_err(|error| error.to_string()));
    }
}
