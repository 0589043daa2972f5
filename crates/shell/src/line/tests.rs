use super::*;
use expect_test::{Expect, expect};
use std::collections::VecDeque;

/// Compares what a typed text means: one line for each command, with its stages and words in brackets.
fn check(text: &str, expected: Expect) {
    let mut lines: VecDeque<&str> = text.lines().collect();
    let mut shown = String::new();
    while let Some(line) = lines.pop_front() {
        let line = join(line, &mut lines);
        match parse(&line) {
            Err(error) => shown.push_str(&format!("{error}\n")),
            Ok(items) => {
                for item in items {
                    let stages: Vec<String> = item.stages.iter().map(|words| words.join("·")).collect();
                    let end = if item.background { " &" } else { "" };
                    shown.push_str(&format!("{:?} {}{end}\n", item.when, stages.join(" | ")));
                }
            }
        }
    }
    expected.assert_eq(&shown);
}

#[test]
fn words_pipes_and_sequences() {
    check(
        "date; netstat -nat | grep 5555",
        expect![[r#"
        Always date
        Always netstat·-nat | grep·5555
    "#]],
    );
    check(
        "nc -z h 1 && echo yes || echo no # why",
        expect![[r#"
        Always nc·-z·h·1
        IfOk echo·yes
        IfFailed echo·no
    "#]],
    );
    check(
        "nc -l 5555 & nc h 5555",
        expect![[r#"
        Always nc·-l·5555 &
        Always nc·h·5555
    "#]],
    );
    check("  # only a comment", expect![[""]]);
}

#[test]
fn quotes_and_backslashes() {
    check(
        r#"sh -c "netstat -nat | grep 5555""#,
        expect![[r#"
        Always sh·-c·netstat -nat | grep 5555
    "#]],
    );
    check(
        r#"echo 'a "b" c' "d 'e' \" \n" f\ g"" '' x#y"#,
        expect![[r#"
        Always echo·a "b" c·d 'e' " \n·f g··x#y
    "#]],
    );
}

#[test]
fn what_bash_objects_to() {
    check(
        "echo 'x",
        expect![[r#"
        bash: unexpected EOF while looking for matching `''
    "#]],
    );
    check(
        "| grep x",
        expect![[r#"
        bash: syntax error near unexpected token `|'
    "#]],
    );
    check(
        "date ;; date",
        expect![[r#"
        bash: syntax error near unexpected token `;;'
    "#]],
    );
    check(
        "date |",
        expect![[r#"
        bash: syntax error: unexpected end of file
    "#]],
    );
}

#[test]
fn what_is_left_out_is_named() {
    check(
        "netstat -nat > rows.txt",
        expect![[r#"
        bash: redirections are not part of this shell: >
    "#]],
    );
    check(
        "nc $HOST 5555",
        expect![[r#"
        bash: variables are not part of this shell: $HOST
    "#]],
    );
    check(
        "kill $(pidof nc)",
        expect![[r#"
        bash: substitutions are not part of this shell: $(pidof
    "#]],
    );
    check(
        "(date)",
        expect![[r#"
        bash: groups are not part of this shell: (date)
    "#]],
    );
}

#[test]
fn the_article_s_print_is_understood() {
    check(
        "nc –l 5555",
        expect![[r#"
        Always nc·-l·5555
    "#]],
    );
    check(
        "netstat –nat | grep 5555",
        expect![[r#"
        Always netstat·-nat | grep·5555
    "#]],
    );
    check(
        "sudo iptables -L OUTPUT –vn",
        expect![[r#"
        Always sudo·iptables·-L·OUTPUT·-vn
    "#]],
    );
    check(
        "sudo iptables −I OUTPUT —dport 5555 ––tcp‑flags x –sport 1 sh -c “date”",
        expect![[r#"
        Always sudo·iptables·-I·OUTPUT·--dport·5555·--tcp-flags·x·--sport·1·sh·-c·date
    "#]],
    );
    check(
        "echo it’s a – b",
        expect![[r#"
        Always echo·it’s·a·-·b
    "#]],
    );
}

#[test]
fn prompts_are_dropped() {
    check(
        "$ date",
        expect![[r#"
        Always date
    "#]],
    );
    check(
        "rprustagi@S_m:~$ nc -l 5555\nC_m$ date",
        expect![[r#"
        Always nc·-l·5555
        Always date
    "#]],
    );
}

#[test]
fn a_command_broken_over_two_lines_is_joined() {
    check(
        "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags\nSYN,ACK,FIN,RST SYN -j DROP\ndate",
        expect![[r#"
        Always sudo·iptables·-I·OUTPUT·-p·tcp·--dport·5555·--tcp-flags·SYN,ACK,FIN,RST·SYN·-j·DROP
        Always date
    "#]],
    );
    check(
        "iptables -I OUTPUT -p tcp --tcp-flags SYN,ACK,FIN,RST\nSYN -j DROP",
        expect![[r#"
        Always iptables·-I·OUTPUT·-p·tcp·--tcp-flags·SYN,ACK,FIN,RST·SYN·-j·DROP
    "#]],
    );
    check(
        "iptables -I OUTPUT -p tcp\n--dport 5555 -j DROP\nnetstat -nat |\ngrep 5555",
        expect![[r#"
        Always iptables·-I·OUTPUT·-p·tcp·--dport·5555·-j·DROP
        Always netstat·-nat | grep·5555
    "#]],
    );
    check(
        "nc \\\n  10.211.55.10 \\\n5555",
        expect![[r#"
        Always nc·10.211.55.10·5555
    "#]],
    );
}

#[test]
fn several_lines_are_several_commands() {
    check(
        "nc 10.211.55.10 5555\nhello",
        expect![[r#"
        Always nc·10.211.55.10·5555
        Always hello
    "#]],
    );
}

#[test]
fn a_word_is_quoted_where_it_must_be() {
    assert_eq!(quote("5555"), "5555");
    assert_eq!(quote("it's a"), "'it'\\''s a'");
    assert_eq!(quote(""), "''");
}
