//! The lessons of this program are true, and what is no lesson is refused at its line.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tcp_core::tcp::ProfileName;
use tcp_course::scenes::Predicate;
use tcp_lessons::{Lesson, Prediction, Span, Step, examine, exercises};

/// Every lesson: the name of its file, and its text.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/en");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths
        .map(|path| {
            (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_lesson_is_true_in_both_profiles() {
    let mut findings = Vec::new();
    for (name, text) in files() {
        let lesson = Lesson::read(&text).unwrap_or_else(|flaw| panic!("{name}: {flaw}"));
        assert_eq!(lesson.id, name, "a lesson has the name of its file");
        for profile in [ProfileName::Article, ProfileName::Linux] {
            findings.extend(examine(&lesson, profile).iter().map(|finding| format!("{name}: {finding}")));
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn who_is_told_that_something_is_not_sent_is_told_why() {
    for (name, text) in files() {
        let lesson = Lesson::read(&text).unwrap();
        for step in &lesson.steps {
            let Some(Prediction::Next(next)) = &step.prediction else { continue };
            for wrong in &next.wrong {
                let bare = matches!(wrong.refuted, Predicate::Never(_)) && wrong.because.is_none();
                assert!(!bare, "{name}, {}: why not {:?}?", step.id, wrong.what);
            }
        }
    }
}

#[test]
fn links_between_lessons_lead_somewhere() {
    let files = files();
    let known: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (name, text) in &files {
        let lesson = Lesson::read(text).unwrap();
        for span in lesson.steps.iter().flat_map(|step| step.prose.iter().chain(&step.hints)).flatten() {
            if let Span::Link { to, .. } = span {
                assert!(to.starts_with('#') || known.contains(to.as_str()), "{name}: {to}");
            }
        }
    }
}

#[test]
fn there_are_sixty_exercises_and_no_two_are_the_same() {
    let lessons: Vec<Lesson> = files().iter().map(|(_, text)| Lesson::read(text).unwrap()).collect();
    let count: usize = lessons.iter().map(exercises).sum();
    assert!(count >= 60, "{count} exercises");
    // What was typed before, and what is asked for.
    let mut known: Vec<(&Lesson, Vec<&Step>, &Step)> = Vec::new();
    for lesson in &lessons {
        for (at, step) in lesson.steps.iter().enumerate() {
            let before: Vec<&Step> = lesson.steps[..at].iter().collect();
            let lines =
                |steps: &[&Step]| steps.iter().flat_map(|step| step.needed.clone()).collect::<Vec<_>>();
            let same = known.iter().find(|(of, earlier, other)| {
                of.start == lesson.start
                    && of.before == lesson.before
                    && lines(earlier) == lines(&before)
                    && other.check.predicates == step.check.predicates
            });
            assert!(same.is_none(), "{}: `{}` is there twice", lesson.id, step.title);
            known.push((lesson, before, step));
        }
    }
}

#[test]
fn every_figure_and_every_step_of_the_articles_exercises_has_a_lesson() {
    let lessons: Vec<Lesson> = files().iter().map(|(_, text)| Lesson::read(text).unwrap()).collect();
    let shown: BTreeSet<&str> =
        lessons.iter().flat_map(|lesson| &lesson.article).map(|shown| shown.part.as_str()).collect();
    let figures = (1..=12).map(|number| format!("figure-{number}"));
    let steps = ["1", "2"]
        .iter()
        .flat_map(|exercise| ('a'..='i').map(move |step| format!("exercise-{exercise}{step}")));
    let all: BTreeSet<String> = figures.chain(steps).collect();
    assert_eq!(shown, all.iter().map(String::as_str).collect());
}

/// A lesson of one step, with `from` replaced by `to`, and what the adversary finds.
fn found(from: &str, to: &str) -> Vec<String> {
    let text = LESSON.replace(from, to);
    assert!(from.is_empty() || text != LESSON, "`{from}` is in the lesson");
    let lesson = Lesson::read(&text).unwrap_or_else(|flaw| panic!("{flaw}"));
    examine(&lesson, ProfileName::Article).into_iter().map(|finding| finding.what).collect()
}

const LESSON: &str = "\
---
format: 1
id: listen
title: Listen
able: Start a server.
minutes: 1
article: exercise-1a#listen
scene: nothing
---
## Listen {#listen}
A server begins.
```predict pair
at 0.2 s after entered LISTEN at S_m
C_m CLOSED | S_m LISTEN
if S_m SYN_RECV: no arrived SYN at S_m
```
```S_m needed
nc -l 5555
```
```check listens
row S_m :5555 LISTEN
```
```near-miss S_m
nc -l 5556
```
```other-way S_m
nc -k -l 5555
```
```hint
`nc -l` listens.
```
";

#[test]
fn the_adversary_finds_what_is_not_true() {
    assert_eq!(found("", ""), [""; 0]);
    // A check that holds already.
    assert_eq!(
        found("row S_m :5555 LISTEN", "no row C_m :5555"),
        [
            "the check passes without the needed line `nc -l 5555`",
            "the check passes after the near-miss",
            "the check holds before the question is asked, so that it is not"
        ]
    );
    // A check that never holds.
    assert_eq!(
        found("row S_m :5555 LISTEN", "row S_m :5555 ESTABLISHED"),
        ["the check fails after the other-way", "the needed lines do not pass the check"]
    );
    // A check that holds before anybody was asked.
    let (needed, end) = (LESSON.find("```S_m needed").unwrap(), LESSON.len());
    assert_eq!(
        found(&LESSON[needed..end], "```check listens\nno row C_m :5555\n```\n"),
        [
            "the check holds before the question is asked, so that it is not",
            "what the prediction speaks of does not happen"
        ]
    );
    // A line too much.
    assert_eq!(
        found("nc -l 5555\n```\n```check", "nc -l 5555\n```\n```C_m needed\nhostname\n```\n```check"),
        ["the check passes without the needed line `hostname`"]
    );
    // A near miss that hits, another way that does not.
    assert_eq!(found("nc -l 5556", "nc -l 5555"), ["the check passes after the near-miss"]);
    assert_eq!(found("nc -k -l 5555", "nc -k -l 5556"), ["the check fails after the other-way"]);
    // A wrong answer, and a wrong answer that is right.
    assert_eq!(
        found("C_m CLOSED | S_m LISTEN", "C_m CLOSED | S_m SYN_RECV"),
        ["the pair is CLOSED with LISTEN"]
    );
    assert_eq!(found("if S_m SYN_RECV", "if S_m LISTEN"), ["S_m is in LISTEN, which is no wrong answer"]);
    // A refutation that does not hold.
    assert_eq!(
        found("no arrived SYN at S_m", "arrived SYN at S_m"),
        ["nothing refutes that S_m is in SYN_RECV"]
    );
    // A moment that never comes.
    assert_eq!(
        found("after entered LISTEN at S_m", "after connect(C_m)"),
        ["what the prediction speaks of does not happen"]
    );
}

#[test]
fn the_adversary_holds_both_right_and_wrong_answers_to_what_happens() {
    let (from, to) = (LESSON.find("```predict").unwrap(), LESSON.find("```S_m needed").unwrap());
    let asked = |block: &str| found(&LESSON[from..to], &format!("```predict {block}\n```\n"));
    let choice = |right: &str, wrong: &str| {
        let at = "at 0.2 s after entered LISTEN at S_m\nask: What is sent?";
        asked(&format!("choice\n{at}\n+ Nothing. | {right}\n- A SYN. | {wrong}"))
    };
    assert_eq!(choice("no sent SYN by S_m", "no sent SYN by S_m"), [""; 0]);
    assert_eq!(choice("sent SYN by S_m", "no sent SYN by S_m"), ["`Nothing.` is not what happens"]);
    assert_eq!(choice("no sent SYN by S_m", "sent SYN by S_m"), ["nothing refutes `A SYN.`"]);
    let long = |right: &str, wrong: &str| {
        let of = "from entered LISTEN at S_m to entered LISTEN at S_m";
        asked(&format!("long\n{of}\nask: How long is no time?\n{right}\nnot {wrong}"))
    };
    assert_eq!(long("0 s", "1 s"), [""; 0]);
    assert_eq!(long("3 s", "1 s"), ["it takes 0 s"]);
    assert_eq!(long("0 s", "50 ms"), ["0.05 s is no wrong answer"]);
    let rows = |right: &str, wrong: &str| {
        asked(&format!("rows\nat 0.2 s after entered LISTEN at S_m\nS_m :5555 {right}\nif {wrong}"))
    };
    assert_eq!(rows("LISTEN", "none: row S_m :5555"), [""; 0]);
    assert_eq!(rows("LISTEN ESTABLISHED", "none: row S_m :5555"), ["the rows are LISTEN"]);
    assert_eq!(rows("LISTEN", "LISTEN: row S_m :5555"), ["the rows are LISTEN, which is no wrong answer"]);
    assert_eq!(rows("LISTEN", "none: no row S_m :5555"), ["nothing refutes that the rows are none"]);
    let next = |right: &str, wrong: &str| {
        asked(&format!("next\nwithin 5 s after entered LISTEN at S_m\n{right}\nif {wrong}"))
    };
    assert_eq!(next("nothing", "S_m SYN: no sent SYN by S_m"), [""; 0]);
    assert_eq!(next("S_m SYN", "S_m ACK: no sent ACK by S_m"), ["sent next: nothing"]);
    assert_eq!(
        next("nothing", "nothing: no sent SYN by S_m"),
        ["sent next: nothing, which is no wrong answer"]
    );
    assert_eq!(next("nothing", "S_m SYN: sent SYN by S_m"), ["nothing refutes that next is sent: S_m SYN"]);
}

#[test]
fn what_was_typed_before_is_there_and_belongs_to_no_step() {
    let step = "## Listen {#listen}";
    let before = |line: &str| found(step, &format!("```S_m before lower\n{line}\n```\n{step}"));
    assert_eq!(before("hostname"), [""; 0]);
    // Somebody listens already.
    let taken = before("nc -l 5555 &");
    assert!(taken.contains(&"the check passes without the needed line `nc -l 5555`".to_owned()), "{taken:?}");
    let (wrong, lost) =
        (format!("```S_m needed\nhostname\n```\n{step}"), format!("```X before\n```\n{step}"));
    assert_eq!(
        flaw(step, &wrong),
        "line 10: before the first step a block is `C_m before`: lines that were typed"
    );
    assert_eq!(flaw(step, &lost), "line 10: wants C_m, S_m or network, and perhaps upper, lower or third");
}

#[test]
fn what_is_sent_next_is_what_a_host_tries_to_send() {
    let connects = |line: &str, block: &str| {
        let text = LESSON.replace("S_m needed\nnc -l 5555", &format!("C_m needed\n{line}"));
        let (from, to) = (text.find("```predict").unwrap(), text.find("```C_m needed").unwrap());
        let text = format!("{}```predict next\n{block}\n```\n{}", &text[..from], &text[to..]);
        let findings = examine(&Lesson::read(&text).unwrap(), ProfileName::Article);
        findings
            .into_iter()
            .map(|finding| finding.what)
            .filter(|what| what.contains("next"))
            .collect::<Vec<_>>()
    };
    let (after, wrong) = ("within 2 s after arrived SYN at S_m", "if S_m SYN|ACK: no sent SYN|ACK by S_m");
    let nobody = "nc 10.211.55.10 7777";
    assert_eq!(connects(nobody, &format!("{after}\nS_m RST\n{wrong}")), [""; 0]);
    assert_eq!(connects(nobody, &format!("{after}\nnothing\n{wrong}")), ["sent next: S_m RST"]);
    // Only what a host sends counts, if it is named.
    let asked = format!("ask: What does C_m send?\n{after}\nby C_m\nnothing\n{wrong}");
    assert_eq!(connects(nobody, &asked), [""; 0]);
    // What the host's own firewall stops is sent, too, and what is sent too late is not.
    let stopped = "sudo iptables -A OUTPUT -j DROP; nc 10.211.55.10 7777";
    for (span, sent) in [("1100", "C_m SYN"), ("900", "nothing")] {
        let after = format!("within {span} ms after stopped SYN at C_m.OUTPUT");
        assert_eq!(connects(stopped, &format!("{after}\n{sent}\n{wrong}")), [""; 0], "{span}");
    }
}

#[test]
fn the_answers_to_choose_from_do_not_give_away_the_right_one() {
    let (from, to) = (LESSON.find("```predict").unwrap(), LESSON.find("```S_m needed").unwrap());
    let offered = |block: &str| {
        let text = format!("{}```predict {block}\n```\n{}", &LESSON[..from], &LESSON[to..]);
        let lesson = Lesson::read(&text).unwrap();
        let prediction = lesson.steps[0].prediction.clone().unwrap();
        [ProfileName::Article, ProfileName::Linux].map(|profile| {
            let alternatives = prediction.alternatives(profile);
            let said =
                alternatives.iter().map(|it| format!("{}{}", if it.right { "+" } else { "" }, it.says));
            said.collect::<Vec<_>>().join(", ")
        })
    };
    assert_eq!(
        offered(
            "rows\nat 1 s after connect(C_m)\narticle: S_m :80 none | linux: S_m :80 TIME_WAIT LISTEN\n\
             article: if LISTEN: full at S_m | linux: if CLOSE_WAIT: full at S_m\nif FIN_WAIT2 SYN_RECV: full at S_m"
        ),
        ["+none, LISTEN, SYN_RECV FIN_WAIT2", "CLOSE_WAIT, +LISTEN TIME_WAIT, SYN_RECV FIN_WAIT2"]
    );
    assert_eq!(
        offered(
            "next\nwithin 1 s after connect(C_m)\nS_m SYN|ACK\nif nothing: full at S_m\nif C_m SYN: full at S_m\n\
             linux: if S_m ACK: full at S_m"
        ),
        ["C_m SYN, +S_m SYN|ACK, nothing", "C_m SYN, S_m ACK, +S_m SYN|ACK, nothing"]
    );
    assert_eq!(
        offered(
            "long\nfrom connect(C_m) to full at S_m\nask: How long?\narticle: 2 min | linux: 1 s\nnot 60 s\nnot 3 s"
        ),
        ["3 s, 60 s, +120 s", "+1 s, 3 s, 60 s"]
    );
    assert_eq!(offered("pair\nat 1 s after connect(C_m)\nC_m CLOSED | S_m LISTEN"), ["", ""]);
}

#[test]
fn a_rule_in_force_is_asked_for_by_what_it_does() {
    let holds = |line: &str, predicate: &str| {
        let needed = LESSON.replace("S_m needed\nnc -l 5555", &format!("S_m needed\n{line}"));
        let text = needed.replace("row S_m :5555 LISTEN", predicate);
        let findings = examine(&Lesson::read(&text).unwrap(), ProfileName::Article);
        !findings.iter().any(|finding| finding.what == "the needed lines do not pass the check")
    };
    let rule = "rule S_m.INPUT drops SYN :5555";
    // Whatever words bring it about.
    for line in [
        "sudo iptables -A INPUT -p tcp --dport 5555 -j DROP",
        "sudo iptables -I INPUT -p tcp --syn -m comment --comment x -j DROP",
        "sudo iptables -P INPUT DROP",
        "sudo iptables -N X && sudo iptables -A X -j DROP && sudo iptables -A INPUT -s 10.211.55.2 -j X",
        "sudo iptables -A INPUT -m conntrack --ctstate NEW -j DROP",
    ] {
        assert!(holds(line, rule), "{line}");
        assert!(!holds(line, &format!("no {rule}")), "no, after {line}");
    }
    // What only looks like it.
    for line in [
        "sudo iptables -A OUTPUT -p tcp --dport 5555 -j DROP",
        "sudo iptables -A INPUT -p tcp --dport 5556 -j DROP",
        "sudo iptables -A INPUT -p tcp --dport 5555 -j REJECT",
        "sudo iptables -A INPUT -j ACCEPT; sudo iptables -A INPUT -j DROP",
        "sudo iptables -N X && sudo iptables -A X -j DROP",
        "iptables -A INPUT -p tcp --dport 5555 -j DROP",
        "echo sudo iptables -A INPUT -p tcp --dport 5555 -j DROP",
    ] {
        assert!(!holds(line, rule), "{line}");
        assert!(holds(line, &format!("no {rule}")), "no, after {line}");
    }
    let reject = "sudo iptables -A INPUT -p tcp --dport 5555 -j REJECT";
    assert!(holds(reject, "rule S_m.INPUT rejects data :5555"));
    // Each kind has its flags, and goes the way of its chain.
    for kind in ["SYN", "SYN|ACK", "ACK", "FIN", "RST", "data"] {
        let own = format!("rule S_m.OUTPUT drops {kind} :5555");
        assert!(holds("sudo iptables -A OUTPUT -p tcp --sport 5555 -j DROP", &own), "{kind}");
        let fits = |flags: &str| {
            holds(
                &format!("sudo iptables -A OUTPUT -p tcp --tcp-flags SYN,ACK,FIN,RST {flags} -j DROP"),
                &own,
            )
        };
        let met = ["SYN", "SYN,ACK", "ACK", "ACK,FIN", "RST"].map(fits);
        let wanted =
            ["SYN", "SYN|ACK", "ACK data", "FIN", "RST"].map(|kinds| kinds.split(' ').any(|of| of == kind));
        assert_eq!(met, wanted, "{kind}");
    }
}

/// What is said of a lesson, with `from` replaced by `to`.
fn flaw(from: &str, to: &str) -> String {
    let text = LESSON.replace(from, to);
    assert_ne!(text, LESSON, "`{from}` is in the lesson");
    Lesson::read(&text).unwrap_err().to_string()
}

#[test]
fn what_is_wrong_with_a_file_is_said_at_its_line() {
    let prose = "A server begins.\n";
    for (from, to, said) in [
        ("---\nformat", "format", "line 1: a lesson begins with a line `---`"),
        ("format: 1", "format: 2", "line 2: this program reads format 1, not `2`"),
        ("id: listen", "id: Listen", "line 3: an id has 1 to 40 lower-case letters, digits and hyphens"),
        ("id: listen", "id: listen\nnumber: 0", "line 4: wants a number from 1 to 99"),
        ("id: listen", "id: listen\ngroup: others", "line 4: wants one of set-up, data, after"),
        ("id: listen", "id: listen\ncore: perhaps", "line 4: wants yes or no"),
        ("id: listen", "id: listen\ncore: no\ncore: no", "line 5: a second `core`"),
        ("minutes: 1", "minutes: soon", "line 6: wants 1 to 60 minutes"),
        ("minutes: 1\n", "", "line 1: `minutes` is missing"),
        ("1a#listen", "1a", "line 7: wants words such as exercise-2a#anchor and figure-5#anchor"),
        ("1a#listen", "1a#speak", "line 1: `#speak` is no step of this lesson"),
        ("scene: nothing", "scene: everything", "line 8: `everything` is no scene, nor listening or nothing"),
        ("scene: nothing", "scene: nothing\nscene: nothing", "line 9: a second `scene`"),
        ("scene: nothing", "scene: nothing\nclosed: speak", "line 1: `speak` is no step that asks"),
        ("able:", "abel:", "line 5: `abel` is no key of a lesson"),
        (" {#listen}", "", "line 10: a heading is of the second level, and has an anchor (`{#drop}`)"),
        (prose, "", "line 10: a step says something"),
        (
            prose,
            "One. Two. Three. Four.\n",
            "line 10: a step says at most three sentences, of 480 octets together",
        ),
        (prose, "A <b>server</b>.\n", "line 11: raw HTML"),
        (
            prose,
            "<script>alert(1)</script>\n",
            "line 11: only headings, paragraphs and fenced blocks can stand here",
        ),
        (prose, "![a](b)\n", "line 11: an image"),
        (
            prose,
            "[a](https://example.com)\n",
            "line 11: a link leads to a step (`#anchor`) or to a lesson (its id)",
        ),
        (prose, "[a](#nowhere)\n", "line 10: `#nowhere` is no step of this lesson"),
        (
            "SYN at S_m\n",
            "SYN at S_m because nobody calls.\n",
            "line 15: after `because` comes part of a sentence, of 160 octets at most, without a stop",
        ),
        ("predict pair", "predict trio", "line 12: `trio` must be pair, rows, next, choice or long"),
        ("at 0.2 s", "at 0.2 h", "line 13: `0.2 h` must be a number and ms, s or min"),
        ("C_m CLOSED |", "C_m CLOSING? |", "line 14: `CLOSING?` must be a state as netstat writes it"),
        ("no arrived SYN at S_m", "rain", "line 15: `rain` is nothing that a check knows"),
        (
            "no arrived SYN at S_m",
            "rule S_m.FORWARD drops SYN :5555",
            "line 15: `S_m.FORWARD` must be a chain, such as C_m.OUTPUT",
        ),
        (
            "no arrived SYN at S_m",
            "no rule network drops SYN :5555",
            "line 15: `network` must be a chain, such as C_m.OUTPUT",
        ),
        (
            "no arrived SYN at S_m",
            "stopped SYN at S_m",
            "line 15: `S_m` must be a chain, such as C_m.OUTPUT, or network",
        ),
        (
            "no arrived SYN at S_m",
            "rule S_m.INPUT loses SYN :5555",
            "line 15: `loses` must be drops or rejects",
        ),
        (
            "no arrived SYN at S_m",
            "rule S_m.INPUT drops ICMP :5555",
            "line 15: a rule is asked for a kind of segment, such as SYN",
        ),
        (
            "pair\nat 0.2 s after entered LISTEN at S_m\nC_m CLOSED | S_m LISTEN\nif S_m SYN_RECV: no arrived SYN at S_m",
            "rows\nat 0.2 s after entered LISTEN at S_m\nS_m :5555 LISTEN",
            "line 12: wants wrong answers (`if …: …`), each once",
        ),
        (
            "pair\nat 0.2 s after entered LISTEN at S_m\nC_m CLOSED | S_m LISTEN\nif S_m SYN_RECV: no arrived SYN at S_m",
            "rows\nat 0.2 s after entered LISTEN at S_m\narticle: S_m :5555 LISTEN | linux: C_m :5555 none\nif SYN_RECV: full at S_m",
            "line 12: the answers are about one host and one port",
        ),
        (
            "pair\nat 0.2 s after entered LISTEN at S_m\nC_m CLOSED | S_m LISTEN\nif S_m SYN_RECV: no",
            "next\nwithin 0.2 s after entered LISTEN at S_m\nnothing\nif rain: no",
            "line 15: `rain` must be C_m or S_m",
        ),
        (
            "pair\nat 0.2 s after entered LISTEN at S_m\nC_m CLOSED | S_m LISTEN\nif S_m SYN_RECV: no",
            "next\nwithin 0.2 s after entered LISTEN at S_m\nby S_m\nnothing\nif S_m SYN: no",
            "line 14: after `by` a question is needed (`ask: …`)",
        ),
        (
            "pair\nat 0.2 s after entered LISTEN at S_m\nC_m CLOSED | S_m LISTEN\nif S_m SYN_RECV: no",
            "next\nat 0.2 s after entered LISTEN at S_m\nnothing\nif S_m SYN: no",
            "line 13: `within` is missing before `at 0.2 s after entered LISTEN at S_m`",
        ),
        ("S_m needed", "S_n needed", "line 17: wants C_m, S_m or network, and perhaps upper, lower or third"),
        (
            "S_m needed",
            "S_m wanted",
            "line 17: a block is `C_m needed`, `S_m look`, `network needed`, `predict pair`, `check NAME`, \
             `near-miss C_m`, `other-way C_m` or `hint`",
        ),
        ("row S_m :5555 LISTEN", "row S_m 5555 LISTEN", "line 21: `5555` must be a port, such as :5555"),
        ("row S_m :5555 LISTEN", "row S_m :5555 LISTEN now", "line 21: `now` is too much"),
        ("`nc -l` listens.", "One. Two.", "line 29: a hint is one sentence"),
        ("A server", "A\u{1b}[31m server", "line 11: a character that no text has"),
    ] {
        assert_eq!(flaw(from, to), said, "with `{to}` for `{from}`");
    }
}

#[test]
fn what_is_said_of_a_flaw_is_short_however_long_a_word_is() {
    let said = flaw("able:", &format!("{}:", "ä".repeat(5000)));
    assert_eq!(said, format!("line 5: `{}…{}` is no key of a lesson", "ä".repeat(149), "ä".repeat(127)));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 400, failure_persistence: None, ..Default::default() })]

    /// Whatever a file has, it is read or refused.
    #[test]
    fn no_file_makes_it_panic(cut in 0..LESSON.len(), piece in "[ -~\n`#{}|:äß\u{0}]{0,40}", drop in 0..30_usize) {
        let cut = (0..=cut).rev().find(|at| LESSON.is_char_boundary(*at)).unwrap();
        let rest = LESSON.get(cut + drop..).unwrap_or_default();
        let _ = Lesson::read(&format!("{}{piece}{rest}", &LESSON[..cut]));
    }
}
