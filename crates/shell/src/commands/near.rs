//! The command that somebody meant who mistyped it.

use super::names;
use tcp_core::net::HostId;

/// The commands whose names are nearest to `word`, if any is near: a letter is missing, is too much, is another, or has
/// changed places with the next; two such mistakes in a word of six or more; or the word is the beginning of one name only.
pub(crate) fn near(host: Option<HostId>, word: &str) -> Vec<&'static str> {
    let letters = word.chars().count();
    let most = match letters {
        0 | 1 | 33.. => return Vec::new(),
        2..=5 => 1,
        _ => 2,
    };
    let begins = || names(host).filter(|name| letters > 2 && name.starts_with(word));
    if let (Some(name), 1) = (begins().next(), begins().count()) {
        return vec![name];
    }
    let count = |name: &&str| mistakes(word, name);
    let least = names(host).map(|name| count(&name)).min().unwrap_or(most + 1);
    names(host).filter(|name| least <= most && count(name) == least).collect()
}

/// How many mistakes make one word of the other (the distance of optimal string alignment).
fn mistakes(word: &str, name: &str) -> usize {
    let (word, name): (Vec<char>, Vec<char>) = (word.chars().collect(), name.chars().collect());
    // The last three rows of the table, the newest last.
    let mut rows = [Vec::new(), Vec::new(), (0..=name.len()).collect::<Vec<usize>>()];
    for (at, letter) in word.iter().enumerate() {
        rows.rotate_left(1);
        let mut row = vec![at + 1];
        for (there, other) in name.iter().enumerate() {
            let changed = rows[1][there] + usize::from(letter != other);
            let mut least = changed.min(rows[1][there + 1] + 1).min(row[there] + 1);
            if at > 0 && there > 0 && word[at - 1] == *other && name[there - 1] == *letter {
                least = least.min(rows[0][there - 1] + 1);
            }
            row.push(least);
        }
        rows[2] = row;
    }
    rows[2].last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistyped_words() {
        let near = |word| near(Some(HostId::Client), word).join(" or ");
        for (word, meant) in [
            ("netsat", "netcat or netstat"),
            ("netstta", "netstat"),
            ("iptabels", "iptables"),
            ("sysclt", "sysctl"),
            ("hlep", "help"),
            ("ncc", "nc"),
            ("hist", "history"),
        ] {
            assert_eq!(near(word), meant, "{word}");
        }
        for word in ["", "x", "frobnicate", "hello", "wget2000", "ééééé", &"netstat".repeat(9)] {
            assert_eq!(near(word), "", "{word}");
        }
        assert_eq!(super::near(None, "duplicat"), ["duplicate"]);
        assert_eq!(super::near(None, "dely"), ["delay"]);
    }

    #[test]
    fn mistakes_are_counted() {
        for (word, name, count) in
            [("", "", 0), ("ab", "ba", 1), ("abc", "acb", 1), ("abc", "c", 2), ("kitten", "sitting", 3)]
        {
            assert_eq!((mistakes(word, name), mistakes(name, word)), (count, count), "{word} {name}");
        }
    }
}
