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
            Ok(list) => shown.push_str(&text_of(&list)),
        }
    }
    expected.assert_eq(&shown);
}

/// A line for each pipeline of a list.
fn text_of(list: &List) -> String {
    let mut shown = String::new();
    for item in &list.items {
        for (when, pipeline) in &item.pipelines {
            let stages: Vec<String> =
                pipeline.stages.iter().map(|command| text_of_command(command)).collect();
            let (not, timed) =
                (if pipeline.not { "! " } else { "" }, if pipeline.timed { "time " } else { "" });
            let end = if item.background { " &" } else { "" };
            shown.push_str(&format!("{when:?} {not}{timed}{}{end}\n", stages.join(" | ")));
        }
    }
    shown
}

fn text_of_command(command: &Command) -> String {
    let inner = |list: &List| format!("[{}]", text_of(list).trim_end().replace('\n', "; "));
    let words = |words: &[Word]| words.iter().map(Word::texts).collect::<Vec<_>>().join("·");
    let text = match &command.kind {
        Kind::Simple { sets, words: all } => {
            let sets: String =
                sets.iter().map(|(name, value)| format!("{name}={} ", value.texts())).collect();
            sets + &words(all)
        }
        Kind::Group(list) => format!("group{}", inner(list)),
        Kind::Subshell(list) => format!("subshell{}", inner(list)),
        Kind::If { clauses, otherwise } => {
            let clauses: String =
                clauses.iter().map(|(test, body)| format!("if{}then{}", inner(test), inner(body))).collect();
            clauses + &otherwise.as_ref().map_or(String::new(), |list| format!("else{}", inner(list)))
        }
        Kind::While { until, test, body } => {
            format!("{}{}{}", if *until { "until" } else { "while" }, inner(test), inner(body))
        }
        Kind::For { name, words: all, body } => format!("for {name} in {}{}", words(all), inner(body)),
        Kind::Count { first, test, next, body } => {
            format!("for {};{};{}{}", first.texts(), test.texts(), next.texts(), inner(body))
        }
        Kind::Arithmetic(word) => format!("(({}))", word.texts()),
        Kind::Condition(condition) => format!("{condition:?}"),
        Kind::Case { word, clauses } => {
            let clauses =
                clauses.iter().map(|clause| format!("{}{}", words(&clause.patterns), inner(&clause.body)));
            format!("case {}{}", word.texts(), clauses.collect::<String>())
        }
        Kind::Function { name, body } => format!("{name}(){}", text_of_command(body)),
    };
    let redirects: String = command
        .redirects
        .iter()
        .map(|redirect| {
            format!(
                " {:?}→{}",
                redirect.stream,
                match &redirect.to {
                    Target::File(word) => word.texts(),
                    Target::AtEnd(word) => format!("+{}", word.texts()),
                    Target::Text(word) | Target::Document(word) => format!("<{}", word.texts()),
                    Target::Same(other) => format!("{other:?}"),
                }
            )
        })
        .collect();
    text + &redirects
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
        "exec 3<>/dev/tcp/h/1",
        expect![[r#"
        bash: other descriptors than 0, 1 and 2 are not part of this shell: <>
    "#]],
    );
    check(
        "echo ${x[1]}",
        expect![[r#"
        this lab has no arrays; near it: set -- WORDS, and $1, $2 and "$@"
    "#]],
    );
    check(
        &"(".repeat(100),
        expect![[r#"
        bash: unexpected EOF while looking for matching `)'
    "#]],
    );
    check(
        &format!("echo {}", "$(".repeat(100)),
        expect![[r#"
        bash: this line is nested too deep for this shell
    "#]],
    );
    check(
        &format!("echo {}", "$((".repeat(100)),
        expect![[r#"
        bash: unexpected EOF while looking for matching `)'
    "#]],
    );
}

#[test]
fn compound_commands() {
    check(
        "for i in 1 2 3; do nc -z h $i; done",
        expect![[r#"
        Always for i in 1·2·3[Always nc·-z·h·]
    "#]],
    );
    check(
        "for ((i=0; i<3; i++)); do echo $i; done &",
        expect![[r#"
        Always for i=0; i<3; i++[Always echo·] &
    "#]],
    );
    check(
        "while true; do date; sleep 1; done | grep x",
        expect![[r#"
        Always while[Always true][Always date; Always sleep·1] | grep·x
    "#]],
    );
    check(
        "until nc -z h 1 && date; do :; done",
        expect![[r#"
        Always until[Always nc·-z·h·1; IfOk date][Always :]
    "#]],
    );
    check(
        "if a; then b; elif c; then d; else e; fi",
        expect![[r#"
        Always if[Always a]then[Always b]if[Always c]then[Always d]else[Always e]
    "#]],
    );
    check(
        "{ a; b; } && (c; d) || ! e",
        expect![[r#"
        Always group[Always a; Always b]
        IfOk subshell[Always c; Always d]
        IfFailed ! e
    "#]],
    );
    check(
        "time sleep 1; time; ((i++))",
        expect![[r#"
        Always time sleep·1
        Always time 
        Always ((i++))
    "#]],
    );
    check(
        "X=1 Y=2 a Z=3; W=\"x y\"",
        expect![[r#"
        Always X=1 Y=2 a·Z=3
        Always W=x y 
    "#]],
    );
    check(
        "a > b 2>&1 < c &>> d; e 2>/dev/null |& f <<< g",
        expect![[r#"
        Always a Output→b Errors→Output Input→c Both→+d
        Always e Errors→/dev/null Errors→Output | f Input→<g
    "#]],
    );
    check(
        "echo } do done; echo a#b",
        expect![[r#"
        Always echo·}·do·done
        Always echo·a#b
    "#]],
    );
    check(
        "(((1)))",
        expect![[r#"
        Always (((1)))
    "#]],
    );
    check(
        "((a); b)",
        expect![[r#"
        Always subshell[Always subshell[Always a]; Always b]
    "#]],
    );
}

/// Compared with bash 5.2.
#[test]
fn errors_of_compound_commands() {
    let lines = "done\ndo\nfi\n}\n)\nfor i in 1 2; echo; done\nif true; fi\nwhile true; do done\nfor 1 in a; do :; done\n\
        echo x >\necho x > > y\necho x | | y\n& x\n; x\nfor i in 1\nwhile true; do\nif true; then\n(\n{ a\necho $(\necho `a\n\
        echo $((1\necho ${x\na (b)\nfor ((i=0)); do :; done";
    let seen = lines.lines().map(|line| match parse(line) {
        Ok(_) => format!("{line}: ok\n"),
        Err(error) => format!("{line}: {error}{}\n", if error.wants_more() { " >" } else { "" }),
    });
    expect![[r#"
        done: bash: syntax error near unexpected token `done'
        do: bash: syntax error near unexpected token `do'
        fi: bash: syntax error near unexpected token `fi'
        }: bash: syntax error near unexpected token `}'
        ): bash: syntax error near unexpected token `)'
        for i in 1 2; echo; done: bash: syntax error near unexpected token `echo'
        if true; fi: bash: syntax error near unexpected token `fi'
        while true; do done: bash: syntax error near unexpected token `done'
        for 1 in a; do :; done: bash: `1': not a valid identifier
        echo x >: bash: syntax error near unexpected token `newline'
        echo x > > y: bash: syntax error near unexpected token `>'
        echo x | | y: bash: syntax error near unexpected token `|'
        & x: bash: syntax error near unexpected token `&'
        ; x: bash: syntax error near unexpected token `;'
        for i in 1: bash: syntax error: unexpected end of file >
        while true; do: bash: syntax error: unexpected end of file >
        if true; then: bash: syntax error: unexpected end of file >
        (: bash: syntax error: unexpected end of file >
        { a: bash: syntax error: unexpected end of file >
        echo $(: bash: syntax error: unexpected end of file >
        echo `a: bash: unexpected EOF while looking for matching ``' >
        echo $((1: bash: unexpected EOF while looking for matching `)' >
        echo ${x: bash: unexpected EOF while looking for matching `}' >
        a (b): bash: syntax error near unexpected token `b'
        for ((i=0)); do :; done: bash: syntax error near unexpected token `((i=0))'
    "#]]
    .assert_eq(&seen.collect::<String>());
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

#[test]
fn arrays_and_process_substitutions_are_told_from_mistakes() {
    let arrays = "a=(1 2 3)\na=()\nb=1 a=(x)\na+=(4)\ndeclare -a a=(1)\nexport a=(1)\na[0]=5\na[$i]+=5\necho ${a[@]}\n\
                  echo ${#a[@]}";
    for line in arrays.lines() {
        assert_eq!(parse(line), Err(Syntax::ARRAYS), "{line}");
    }
    for line in
        ["cat <(ls)", "diff <(ls) <(ls -a)", "ls > >(cat)", "while read x; do :; done < <(ls)", "a<(ls)"]
    {
        assert!(matches!(parse(line), Err(Syntax::Lacks(..))), "{line}");
    }
    let says = |line: &str| parse(line).map_err(|why| why.to_string()).expect_err(line);
    assert_eq!(
        says("cat <(ls)"),
        "this lab has no <(COMMAND); near it: COMMAND | COMMAND, or COMMAND > FILE"
    );
    assert_eq!(
        says("ls >(cat)"),
        "this lab has no >(COMMAND); near it: COMMAND | COMMAND, or COMMAND > FILE"
    );
    // What bash 5.2 says of these.
    for line in ["a= (1 2)", "echo a=(1 2)", "cat < (ls)", "x a=(1)", "a=1(2)"] {
        assert_eq!(says(line), "bash: syntax error near unexpected token `('", "{line}");
    }
    for line in ["a=[1]", "test a[0] = b", "echo a[0]=5", "'a[0]=5'", "echo '<(ls)' \">(ls)\"", "((1<(2)))"] {
        assert!(parse(line).is_ok(), "{line}");
    }
}
