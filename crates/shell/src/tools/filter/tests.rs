//! Filters on a small table; texts of GNU grep 3.8 and coreutils 9.1.

use crate::commands::{Run, find};
use crate::output::Output;
use expect_test::{Expect, expect};

const INPUT: &str = "tcp 0.0.0.0:5555 LISTEN\ntcp 10.211.55.2:43920 ESTABLISHED\ntcp 10.211.55.2:5555 TIME_WAIT\n\nudp 5555\n";

fn check(lines: &str, expect: Expect) {
    let mut seen = String::new();
    for line in lines.lines().map(str::trim) {
        let (name, args) = line.split_once(' ').unwrap_or((line, ""));
        let args: Vec<String> = args.split(' ').filter(|_| !args.is_empty()).map(str::to_owned).collect();
        let Some(Run::Filter(run)) = find(None, name).map(|command| command.run) else {
            panic!("no filter: {name}");
        };
        let output = run(&args, INPUT).unwrap_or_else(Output::from);
        seen += &format!("| {line}\n{}{}", output.stdout, output.stderr);
        if output.exit_code != 0 {
            seen += &format!("[exit {}]\n", output.exit_code);
        }
    }
    expect.assert_eq(&seen);
}

#[test]
fn greps() {
    check(
        "grep 5555
         grep -v 5555
         grep -ic estab
         grep -w TIME
         grep -E LISTEN|WAIT
         egrep -on [0-9]+$
         grep -c nothing
         grep -n -A1 ESTAB
         grep -x udp.*
         grep -F 0.0
         grep -e udp -e LISTEN
         grep -q 5555
         grep -m1 tcp
         grep [
         grep [a
         grep a\\{2
         grep -E (
         grep
         grep -K a
         grep --foo a
         grep 5555 file",
        expect![[r#"
            | grep 5555
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:5555 TIME_WAIT
            udp 5555
            | grep -v 5555
            tcp 10.211.55.2:43920 ESTABLISHED

            | grep -ic estab
            1
            | grep -w TIME
            [exit 1]
            | grep -E LISTEN|WAIT
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:5555 TIME_WAIT
            | egrep -on [0-9]+$
            5:5555
            | grep -c nothing
            0
            [exit 1]
            | grep -n -A1 ESTAB
            2:tcp 10.211.55.2:43920 ESTABLISHED
            3-tcp 10.211.55.2:5555 TIME_WAIT
            | grep -x udp.*
            udp 5555
            | grep -F 0.0
            tcp 0.0.0.0:5555 LISTEN
            | grep -e udp -e LISTEN
            tcp 0.0.0.0:5555 LISTEN
            udp 5555
            | grep -q 5555
            | grep -m1 tcp
            tcp 0.0.0.0:5555 LISTEN
            | grep [
            grep: Invalid regular expression
            [exit 2]
            | grep [a
            grep: Unmatched [, [^, [:, [., or [=
            [exit 2]
            | grep a\{2
            grep: Unmatched \{
            [exit 2]
            | grep -E (
            grep: Unmatched ( or \(
            [exit 2]
            | grep
            Usage: grep [OPTION]... PATTERNS [FILE]...
            Try 'grep --help' for more information.
            [exit 2]
            | grep -K a
            grep: invalid option -- 'K'
            Usage: grep [OPTION]... PATTERNS [FILE]...
            Try 'grep --help' for more information.
            [exit 2]
            | grep --foo a
            grep: unrecognized option '--foo'
            Usage: grep [OPTION]... PATTERNS [FILE]...
            Try 'grep --help' for more information.
            [exit 2]
            | grep 5555 file
            grep: file: No such file or directory
            [exit 2]
        "#]],
    );
}

#[test]
fn other_filters() {
    check(
        "head -n 1
         head -2
         head -n -4
         head -n x
         tail -n 1
         tail -1
         tail -n +4
         wc -l
         wc
         wc -k
         sort
         sort -rn
         sort -k
         uniq -c
         cat
         cat -n
         cat file",
        expect![[r#"
            | head -n 1
            tcp 0.0.0.0:5555 LISTEN
            | head -2
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            | head -n -4
            tcp 0.0.0.0:5555 LISTEN
            | head -n x
            head: invalid number of lines: ‘x’
            [exit 1]
            | tail -n 1
            udp 5555
            | tail -1
            udp 5555
            | tail -n +4

            udp 5555
            | wc -l
            5
            | wc
                  5      11      99
            | wc -k
            wc: invalid option -- 'k'
            Try 'wc --help' for more information.
            [exit 1]
            | sort

            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT
            udp 5555
            | sort -rn
            udp 5555
            tcp 10.211.55.2:5555 TIME_WAIT
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 0.0.0.0:5555 LISTEN

            | sort -k
            sort: invalid option -- 'k'
            Try 'sort --help' for more information.
            [exit 2]
            | uniq -c
                  1 tcp 0.0.0.0:5555 LISTEN
                  1 tcp 10.211.55.2:43920 ESTABLISHED
                  1 tcp 10.211.55.2:5555 TIME_WAIT
                  1 
                  1 udp 5555
            | cat
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT

            udp 5555
            | cat -n
                 1	tcp 0.0.0.0:5555 LISTEN
                 2	tcp 10.211.55.2:43920 ESTABLISHED
                 3	tcp 10.211.55.2:5555 TIME_WAIT
                 4	
                 5	udp 5555
            | cat file
            cat: file: No such file or directory
            [exit 1]
        "#]],
    );
}
