//! What ss prints on mistakes: the first two lines, and the exit code.

use crate::{Client, Server, Trial};
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

#[test]
fn a_process_s_sockets_have_the_lowest_free_descriptors() {
    let mut trial = Trial::new(ProfileName::Linux);
    trial.starts(Server, "ncat -lk 5555");
    trial.starts(Server, "nc.traditional -l -p 5556");
    for port in [5555, 5555, 5556] {
        trial.starts(Client, &format!("nc 10.211.55.10 {port}"));
        trial.waits_ms(100);
    }
    expect![[r#"
        $ ss -tanpH
        LISTEN 0      10          0.0.0.0:5555     0.0.0.0:*     users:(("ncat",pid=4001,fd=4))          
        ESTAB  0      0      10.211.55.10:5555 10.211.55.2:40128 users:(("ncat",pid=4001,fd=5))          
        ESTAB  0      0      10.211.55.10:5555 10.211.55.2:40130 users:(("ncat",pid=4001,fd=6))          
        ESTAB  0      0      10.211.55.10:5556 10.211.55.2:40132 users:(("nc.traditional",pid=4002,fd=4))
        LISTEN 0      10             [::]:5555        [::]:*     users:(("ncat",pid=4001,fd=3))          
    "#]]
    .assert_eq(&trial.transcript(Server, "ss -tanpH"));
}
