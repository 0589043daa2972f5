//! The parameters that change the first paint, as the script in the page's head knows them.

use super::{PARAMETERS, Parameter, Values};

/// Each such parameter with a JavaScript expression for the values that it may have: a property a line.
pub fn painted() -> String {
    let line = |parameter: &Parameter| {
        let pattern = match parameter.values {
            // The earlier name of a theme is still read.
            Values::Words(words) if parameter.name == "theme" => format!("({}|projector)", words.join("|")),
            Values::Words(words) => format!("({})", words.join("|")),
            // A comma before another word, or nothing more.
            Values::List(words) => format!(r"(({})(,\b|$))+", words.join("|")),
            Values::Number => r"\d+".to_owned(),
            // Not blank, and without control characters.
            Values::Text(most) => format!(r"(?=[^]*\S)\P{{Cc}}{{1,{most}}}"),
            Values::Scene | Values::Pause | Values::Lesson | Values::Step => "[a-z0-9-]+".to_owned(),
        };
        // Only a text may have characters of more than 16 bits.
        let flag = if matches!(parameter.values, Values::Text(_)) { "u" } else { "" };
        format!("    {}: /^{pattern}$/{flag},\n", parameter.name)
    };
    PARAMETERS.iter().filter(|parameter| parameter.painted).map(line).collect()
}
