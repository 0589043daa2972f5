//! What ss prints on mistakes: the first two lines, and the exit code.

use crate::{Client, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn mistakes() {
    let short = |line: &str| {
        let seen = Trial::new(ProfileName::Linux).transcript(Client, line);
        let (shown, exit) = seen.trim_end().rsplit_once('\n').expect("a command, an error, an exit code");
        let shown: Vec<&str> = shown.lines().take(3).collect();
        format!("{}\n{exit}\n", shown.join("\n"))
    };
    let lines = [
        "ss foo",
        "ss -Q",
        "ss --foo",
        "ss state foo",
        "ss state",
        "ss -tn dport",
        "ss -tn dport = :abc",
        "ss -f foo",
        "ss -A foo",
        "ss -N foo",
        "ss -i",
    ];
    expect![[r#"
        $ ss foo
        Error: an inet prefix is expected rather than "foo".
        Cannot parse dst/src address.
        [exit 1]
        $ ss -Q
        ss: invalid option -- 'Q'
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss --foo
        ss: unrecognized option '--foo'
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss state foo
        ss: wrong state name: foo
        [exit 255]
        $ ss state
        Command line is not complete. Try option "help"
        [exit 255]
        $ ss -tn dport
        ss: bison bellows (while parsing filter): "syntax error!" Sorry.
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss -tn dport = :abc
        Error: "abc" does not look like a port.
        Cannot parse dst/src address.
        [exit 1]
        $ ss -f foo
        ss: "foo" is invalid family
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss -A foo
        ss: "foo" is illegal socket table id
        Usage: ss [ OPTIONS ]
        [exit 255]
        $ ss -N foo
        Cannot open network namespace "foo": No such file or directory
        [exit 1]
        $ ss -i
        ss: this lab does not have internal information (-i, -m, -b).
        [exit 1]
    "#]]
    .assert_eq(&lines.map(short).concat());
}
