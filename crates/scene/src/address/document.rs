//! The documentation of the parameters.

use super::{PARAMETERS, Values};
use std::fmt::Write;

const HEAD: &str = "\
# The page's address

What is to be shown can be said in the page's address, after a `?`:

    https://lab.example.edu/tcp-states/?scene=synack-dropped&title=Week%203

Several parameters are joined by `&`. They hold for this visit only; what a reader sets then is not remembered either. A
parameter that does not exist here, or cannot have its value, is named on the page and otherwise ignored.

A session that somebody shared is in the address after a `#`. That part is never sent to a server.

| name | values | without it | what it does |
|---|---|---|---|
";

/// The page `docs/address.md`.
pub fn document() -> String {
    let mut page = HEAD.to_owned();
    for parameter in PARAMETERS {
        let coded =
            |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let values = match parameter.values {
            Values::Words(words) => coded(words),
            Values::List(words) => format!("some of {}, joined by commas", coded(words)),
            Values::Number => "a whole number".to_owned(),
            Values::Text(most) => format!("a text of at most {most} characters"),
            Values::Scene => "the name of a scene, as `synack-dropped`".to_owned(),
            Values::Pause => "the number of a pause, from `1`, or `end`".to_owned(),
            Values::Lesson => "the name of a lesson, as `syn-dropped`, or `list`".to_owned(),
            Values::Step => "the name of a step, as `drop`".to_owned(),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(
            page,
            "| `{}` | {values} | {} | {} |",
            parameter.name, parameter.default, parameter.effect
        );
    }
    page
}
