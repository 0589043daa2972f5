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
fn an_empty_line_has_no_number() {
    let args = [];
    let numbered = super::nl(&args, "a\n\nb\n").unwrap().stdout;
    assert_eq!(numbered, "     1\ta\n       \n     2\tb\n");
}

/// Parts of lines.
#[test]
fn cuts_and_sorts_by_fields() {
    check(
        "sort -k2
         sort -k2 -r
         sort -t: -k2
         sort -t : -nk2
         sort -t: -k2,2nr -k1,1
         sort -k1,1 -u
         sort -k1.2,1.3 -s
         sort -n
         sort -rn
         sort -f
         sort -k0
         sort -kx
         sort -k1,x
         sort -k1q
         sort -k
         sort -9
         sort -t ab
         cut -d: -f2
         cut -d : -f1,2
         cut -d: -s -f1
         cut -c1-5
         cut -c-3,6
         cut -f1
         cut -d: -f2-
         cut -f0
         cut
         cut -f
         cut -d ab -f1
         cut -d: -c1
         cut -f2-1
         cut -fx
         tr a-z A-Z
         tr [:lower:] [:upper:]
         tr -d 0-9.
         tr -s 0-9
         tr -s :. _
         tr -cd 0-9\\n
         tr
         tr a
         tr -d a b
         tr a b c
         tr -x
         less
         more",
        expect![[r#"
            | sort -k2

            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT
            udp 5555
            | sort -k2 -r
            udp 5555
            tcp 10.211.55.2:5555 TIME_WAIT
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 0.0.0.0:5555 LISTEN

            | sort -t: -k2

            udp 5555
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:5555 TIME_WAIT
            | sort -t : -nk2

            udp 5555
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:5555 TIME_WAIT
            tcp 10.211.55.2:43920 ESTABLISHED
            | sort -t: -k2,2nr -k1,1
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:5555 TIME_WAIT

            udp 5555
            | sort -k1,1 -u

            tcp 0.0.0.0:5555 LISTEN
            udp 5555
            | sort -k1.2,1.3 -s

            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT
            udp 5555
            | sort -n

            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT
            udp 5555
            | sort -rn
            udp 5555
            tcp 10.211.55.2:5555 TIME_WAIT
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 0.0.0.0:5555 LISTEN

            | sort -f

            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT
            udp 5555
            | sort -k0
            sort: field number is zero: invalid field specification ‘0’
            [exit 2]
            | sort -kx
            sort: invalid number at field start: invalid count at start of ‘x’
            [exit 2]
            | sort -k1,x
            sort: invalid number after ',': invalid count at start of ‘x’
            [exit 2]
            | sort -k1q
            sort: stray character in field spec: invalid field specification ‘1q’
            [exit 2]
            | sort -k
            sort: option requires an argument -- 'k'
            Try 'sort --help' for more information.
            [exit 2]
            | sort -9
            sort: invalid option -- '9'
            Try 'sort --help' for more information.
            [exit 2]
            | sort -t ab
            sort: multi-character tab ‘ab’
            [exit 2]
            | cut -d: -f2
            5555 LISTEN
            43920 ESTABLISHED
            5555 TIME_WAIT

            udp 5555
            | cut -d : -f1,2
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT

            udp 5555
            | cut -d: -s -f1
            tcp 0.0.0.0
            tcp 10.211.55.2
            tcp 10.211.55.2
            | cut -c1-5
            tcp 0
            tcp 1
            tcp 1

            udp 5
            | cut -c-3,6
            tcp.
            tcp0
            tcp0

            udp5
            | cut -f1
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT

            udp 5555
            | cut -d: -f2-
            5555 LISTEN
            43920 ESTABLISHED
            5555 TIME_WAIT

            udp 5555
            | cut -f0
            cut: fields are numbered from 1
            Try 'cut --help' for more information.
            [exit 1]
            | cut
            cut: you must specify a list of bytes, characters, or fields
            Try 'cut --help' for more information.
            [exit 1]
            | cut -f
            cut: option requires an argument -- 'f'
            Try 'cut --help' for more information.
            [exit 1]
            | cut -d ab -f1
            cut: the delimiter must be a single character
            Try 'cut --help' for more information.
            [exit 1]
            | cut -d: -c1
            cut: an input delimiter may be specified only when operating on fields
            Try 'cut --help' for more information.
            [exit 1]
            | cut -f2-1
            cut: invalid decreasing range
            Try 'cut --help' for more information.
            [exit 1]
            | cut -fx
            cut: invalid field value ‘x’
            Try 'cut --help' for more information.
            [exit 1]
            | tr a-z A-Z
            TCP 0.0.0.0:5555 LISTEN
            TCP 10.211.55.2:43920 ESTABLISHED
            TCP 10.211.55.2:5555 TIME_WAIT

            UDP 5555
            | tr [:lower:] [:upper:]
            TCP 0.0.0.0:5555 LISTEN
            TCP 10.211.55.2:43920 ESTABLISHED
            TCP 10.211.55.2:5555 TIME_WAIT

            UDP 5555
            | tr -d 0-9.
            tcp : LISTEN
            tcp : ESTABLISHED
            tcp : TIME_WAIT

            udp 
            | tr -s 0-9
            tcp 0.0.0.0:5 LISTEN
            tcp 10.21.5.2:43920 ESTABLISHED
            tcp 10.21.5.2:5 TIME_WAIT

            udp 5
            | tr -s :. _
            tcp 0_0_0_0_5555 LISTEN
            tcp 10_211_55_2_43920 ESTABLISHED
            tcp 10_211_55_2_5555 TIME_WAIT

            udp 5555
            | tr -cd 0-9\n
            00005555
            1021155243920
            102115525555

            5555
            | tr
            tr: missing operand
            Try 'tr --help' for more information.
            [exit 1]
            | tr a
            tr: missing operand after ‘a’
            Two strings must be given when translating.
            Try 'tr --help' for more information.
            [exit 1]
            | tr -d a b
            tr: extra operand ‘b’
            Only one string may be given when deleting without squeezing repeats.
            Try 'tr --help' for more information.
            [exit 1]
            | tr a b c
            tr: extra operand ‘c’
            Try 'tr --help' for more information.
            [exit 1]
            | tr -x
            tr: invalid option -- 'x'
            Try 'tr --help' for more information.
            [exit 1]
            | less
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT

            udp 5555
            | more
            tcp 0.0.0.0:5555 LISTEN
            tcp 10.211.55.2:43920 ESTABLISHED
            tcp 10.211.55.2:5555 TIME_WAIT

            udp 5555
        "#]],
    );
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
            sort: option requires an argument -- 'k'
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
