//! Programs over a small listing. Each expected text was printed by mawk 1.3.4, but where the lines say otherwise.

use super::awk;
use crate::output::Output;
use expect_test::{Expect, expect};

const INPUT: &str = "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n\
    tcp        0      0 0.0.0.0:5555            0.0.0.0:*               LISTEN\n\
    tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       TIME_WAIT\n\
    tcp        0     12 10.211.55.2:40130       10.211.55.10:5555       ESTABLISHED\n\
    tcp        0      0 10.211.55.2:40132       10.211.55.10:5555       TIME_WAIT\n";

/// Runs each line's program, whose words are parted by ` ␣ `.
fn check(lines: &[&str], expect: Expect) {
    let mut seen = String::new();
    for line in lines {
        let args: Vec<String> = line.split(" ␣ ").map(str::to_owned).collect();
        let output = awk(&args, INPUT).unwrap_or_else(Output::from);
        seen += &format!("| {line}\n{}{}", output.stdout, output.stderr);
        if output.exit_code != 0 {
            seen += &format!("[exit {}]\n", output.exit_code);
        }
    }
    expect.assert_eq(&seen);
}

/// What is typed most: columns, counts by state, filters.
const TYPED: &[&str] = &[
    "{print $6}",
    "/^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}",
    "NR>1 {print $4, $5}",
    "$6 == \"TIME_WAIT\"",
    "/TIME_WAIT/{n++} END{print n}",
    "-F ␣ : ␣ NR>1{print $2}",
    "-F: ␣ {print NF}",
    "-F ␣ t ␣ {print NF}",
    "-F ␣ . ␣ {print NF}",
    "-F ␣ \\t ␣ {print NF}",
    "-F ␣ \\\\. ␣ {print NF}",
    "-F ␣ [ :]+ ␣ NR==3{print $5}",
    "-v ␣ s=LISTEN ␣ $NF == s {print $4}",
    "NR==2,NR==3 {print NR\": \"$NF}",
    "END{print NR}",
    "!seen[$6]++",
    "BEGIN{print \"begin\"} {c += $3} END{printf \"%d octets, %.2f each, %s\\n\", c, c/NR, $0}",
    "{printf \"%-5s|%5d|%05.1f|%x|%c|%e|%g|%%\\n\", $1, $3, $3, $3, $1, $3, $3/7}",
    "$4 ~ /:5555$/ && $6 !~ /WAIT/ {print $4}",
    "{$2=\"\"; print}",
    "NR==2{NF=3; print; $5=\"z\"; print; print NF}",
    "{a[NR]=$4} END{for(i=NR;i>3;i--) print a[i]}",
];

#[test]
fn listings_are_counted_and_cut() {
    check(
        TYPED,
        expect![[r#"
            | {print $6}
            Foreign
            LISTEN
            TIME_WAIT
            ESTABLISHED
            TIME_WAIT
            | /^tcp/ {++S[$NF]} END {for(a in S) print a, S[a]}
            ESTABLISHED 1
            LISTEN 1
            TIME_WAIT 2
            | NR>1 {print $4, $5}
            0.0.0.0:5555 0.0.0.0:*
            10.211.55.2:40128 10.211.55.10:5555
            10.211.55.2:40130 10.211.55.10:5555
            10.211.55.2:40132 10.211.55.10:5555
            | $6 == "TIME_WAIT"
            tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       TIME_WAIT
            tcp        0      0 10.211.55.2:40132       10.211.55.10:5555       TIME_WAIT
            | /TIME_WAIT/{n++} END{print n}
            2
            | -F ␣ : ␣ NR>1{print $2}
            5555            0.0.0.0
            40128       10.211.55.10
            40130       10.211.55.10
            40132       10.211.55.10
            | -F: ␣ {print NF}
            1
            3
            3
            3
            3
            | -F ␣ t ␣ {print NF}
            4
            2
            2
            2
            2
            | -F ␣ . ␣ {print NF}
            1
            7
            7
            7
            7
            | -F ␣ \t ␣ {print NF}
            1
            1
            1
            1
            1
            | -F ␣ \\. ␣ {print NF}
            1
            7
            7
            7
            7
            | -F ␣ [ :]+ ␣ NR==3{print $5}
            40128
            | -v ␣ s=LISTEN ␣ $NF == s {print $4}
            0.0.0.0:5555
            | NR==2,NR==3 {print NR": "$NF}
            2: LISTEN
            3: TIME_WAIT
            | END{print NR}
            5
            | !seen[$6]++
            Proto Recv-Q Send-Q Local Address           Foreign Address         State
            tcp        0      0 0.0.0.0:5555            0.0.0.0:*               LISTEN
            tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       TIME_WAIT
            tcp        0     12 10.211.55.2:40130       10.211.55.10:5555       ESTABLISHED
            | BEGIN{print "begin"} {c += $3} END{printf "%d octets, %.2f each, %s\n", c, c/NR, $0}
            begin
            12 octets, 2.40 each, tcp        0      0 10.211.55.2:40132       10.211.55.10:5555       TIME_WAIT
            | {printf "%-5s|%5d|%05.1f|%x|%c|%e|%g|%%\n", $1, $3, $3, $3, $1, $3, $3/7}
            Proto|    0|000.0|0|P|0.000000e+00|0|%
            tcp  |    0|000.0|0|t|0.000000e+00|0|%
            tcp  |    0|000.0|0|t|0.000000e+00|0|%
            tcp  |   12|012.0|c|t|1.200000e+01|1.71429|%
            tcp  |    0|000.0|0|t|0.000000e+00|0|%
            | $4 ~ /:5555$/ && $6 !~ /WAIT/ {print $4}
            0.0.0.0:5555
            | {$2=""; print}
            Proto  Send-Q Local Address Foreign Address State
            tcp  0 0.0.0.0:5555 0.0.0.0:* LISTEN
            tcp  0 10.211.55.2:40128 10.211.55.10:5555 TIME_WAIT
            tcp  12 10.211.55.2:40130 10.211.55.10:5555 ESTABLISHED
            tcp  0 10.211.55.2:40132 10.211.55.10:5555 TIME_WAIT
            | NR==2{NF=3; print; $5="z"; print; print NF}
            tcp 0 0
            tcp 0 0  z
            5
            | {a[NR]=$4} END{for(i=NR;i>3;i--) print a[i]}
            10.211.55.2:40132
            10.211.55.2:40130
        "#]],
    );
}

const LANGUAGE: &[&str] = &[
    "BEGIN{print 1e6, 1000000*1000000, 0.1, 1/3, 1e20, 123456789, 3.0, -0, \"3x\"+1, 017+0, 2147483647, 2147483648}",
    "BEGIN{print -3 % 2, 2^10, 1==1.0, \"a\"<\"b\", 10<9, \"10\"<\"9\", 2^3^2, -2^2}",
    "BEGIN{print length(\"abc\"), substr(\"hello\",2,3), substr(\"hello\",4), index(\"hello\",\"l\"), toupper(\"x\") tolower(\"Y\"), int(-3.9)}",
    "BEGIN{n=split(\"a b c\",A); print n, A[3]; n=split(\"1:2\",B,\":\"); print n, B[1]+B[2]; print split(\"\",C), length(C)}",
    "BEGIN{print match(\"foobar\",\"o+\"), RSTART, RLENGTH; print match(\"a\",\"z\"), RSTART, RLENGTH}",
    "BEGIN{s=\"aaa\"; n=gsub(/a/,\"b&\",s); print n, s; sub(/b/,\"\\\\&\",s); print s; t=\"abc\"; print gsub(/x*/,\"-\",t), t}",
    "BEGIN{x[\"a\"]=1; delete x[\"a\"]; print length(x), (\"a\" in x); y[1,2]=3; print ((1,2) in y)}",
    "BEGIN{while(i<3){i++; if(i==2)continue; print i}; do {i--} while(i>0); print i; for(;;){break}}",
    "BEGIN{x=\"A\"; x=x \"B\"; print x; y+=5; y-=2; y*=4; y/=3; y%=3; print y; print y++ + ++y, y--}",
    "BEGIN{if(1>2) print \"no\"; else if(0) print \"no\"; else print \"yes\"}",
    "BEGIN{print (1>2) ? \"y\":\"n\"; print !\"\", !0, !\"a\", -\"3x\", +\"4\"}",
    "BEGIN{print \"a\" \"b\" 1+2 \"c\"; print(\"x\",\"y\"); print \"a\\tb\\n\\\"q\\\"\\/\\q\"}",
    "BEGIN{a=\"10\"; b=9; print (a<b), (\"abc\"<1)} # a comment",
    "BEGIN{OFS=\"-\"; print 1,2; ORS=\"!\\n\"; print 3}",
    "{exit} END{print \"end\", NR}",
    "BEGIN{exit 3}",
    "NR==1{next} {print NR\": \"$0; exit}",
    "BEGIN{printf \"%5d|%-5d|%+d|%.3s|%*d|%o|%X|%i|%u\\n\", 42, 42, 42, \"abcdef\", 4, 7, 8, 255, 3.9, 7}",
    "BEGIN{printf(\"%s %s\\n\", \"a\", \"b\"); print sprintf(\"%03d\",7); printf \"%c%c\\n\", 65, \"hello\"}",
    "NR==1 || NR==2 { print $1 $2,\n $3; };\nEND { print \"x\" }",
    "$3>4{print $NF; print $(NF-1)}",
    "FS=p ␣ {print $1}",
    "{print $1} ␣ FS=:",
];

#[test]
fn the_language_is_mawks() {
    check(
        LANGUAGE,
        expect![[r#"
            | BEGIN{print 1e6, 1000000*1000000, 0.1, 1/3, 1e20, 123456789, 3.0, -0, "3x"+1, 017+0, 2147483647, 2147483648}
            1000000 1e+12 0.1 0.333333 1e+20 123456789 3 0 4 17 2147483647 2.14748e+09
            | BEGIN{print -3 % 2, 2^10, 1==1.0, "a"<"b", 10<9, "10"<"9", 2^3^2, -2^2}
            -1 1024 1 1 0 1 512 -4
            | BEGIN{print length("abc"), substr("hello",2,3), substr("hello",4), index("hello","l"), toupper("x") tolower("Y"), int(-3.9)}
            3 ell lo 3 Xy -3
            | BEGIN{n=split("a b c",A); print n, A[3]; n=split("1:2",B,":"); print n, B[1]+B[2]; print split("",C), length(C)}
            3 c
            2 3
            0 0
            | BEGIN{print match("foobar","o+"), RSTART, RLENGTH; print match("a","z"), RSTART, RLENGTH}
            2 2 2
            0 0 -1
            | BEGIN{s="aaa"; n=gsub(/a/,"b&",s); print n, s; sub(/b/,"\\&",s); print s; t="abc"; print gsub(/x*/,"-",t), t}
            3 bababa
            &ababa
            4 -a-b-c-
            | BEGIN{x["a"]=1; delete x["a"]; print length(x), ("a" in x); y[1,2]=3; print ((1,2) in y)}
            0 0
            1
            | BEGIN{while(i<3){i++; if(i==2)continue; print i}; do {i--} while(i>0); print i; for(;;){break}}
            1
            3
            0
            | BEGIN{x="A"; x=x "B"; print x; y+=5; y-=2; y*=4; y/=3; y%=3; print y; print y++ + ++y, y--}
            AB
            1
            4 3
            | BEGIN{if(1>2) print "no"; else if(0) print "no"; else print "yes"}
            yes
            | BEGIN{print (1>2) ? "y":"n"; print !"", !0, !"a", -"3x", +"4"}
            n
            1 1 0 -3 4
            | BEGIN{print "a" "b" 1+2 "c"; print("x","y"); print "a\tb\n\"q\"\/\q"}
            ab3c
            x y
            a	b
            "q"\/\q
            | BEGIN{a="10"; b=9; print (a<b), ("abc"<1)} # a comment
            1 0
            | BEGIN{OFS="-"; print 1,2; ORS="!\n"; print 3}
            1-2
            3!
            | {exit} END{print "end", NR}
            end 1
            | BEGIN{exit 3}
            [exit 3]
            | NR==1{next} {print NR": "$0; exit}
            2: tcp        0      0 0.0.0.0:5555            0.0.0.0:*               LISTEN
            | BEGIN{printf "%5d|%-5d|%+d|%.3s|%*d|%o|%X|%i|%u\n", 42, 42, 42, "abcdef", 4, 7, 8, 255, 3.9, 7}
               42|42   |+42|abc|   7|10|FF|3|7
            | BEGIN{printf("%s %s\n", "a", "b"); print sprintf("%03d",7); printf "%c%c\n", 65, "hello"}
            a b
            007
            Ah
            | NR==1 || NR==2 { print $1 $2,
             $3; };
            END { print "x" }
            ProtoRecv-Q Send-Q
            tcp0 0
            x
            | $3>4{print $NF; print $(NF-1)}
            State
            Address
            ESTABLISHED
            10.211.55.10:5555
            | FS=p ␣ {print $1}
            awk: cannot open {print $1} (No such file or directory)
            [exit 2]
            | {print $1} ␣ FS=:
            Proto Recv-Q Send-Q Local Address           Foreign Address         State
            tcp        0      0 0.0.0.0
            tcp        0      0 10.211.55.2
            tcp        0     12 10.211.55.2
            tcp        0      0 10.211.55.2
        "#]],
    );
}

const REFUSED: &[&str] = &[
    "{print $1",
    "{print $1}}",
    "",
    "BEGIN{print \"abc}",
    "/[/",
    "{print $(-1)}",
    "-z",
    "{print} ␣ nofile",
    "BEGIN{printf \"%d\\n\"}",
    "print",
    "{foo(1)}",
    "{print $1,}",
    "{if($1==\"tcp\") print; else}",
    "BEGIN{print 1/0, -1/0, 0/0, 5%0}",
    "/[/]/{print NR} END{print 2**3}",
];

#[test]
fn errors_are_in_mawks_words() {
    check(
        REFUSED,
        expect![[r#"
            | {print $1
            awk: line 2: missing } near end of file
            [exit 2]
            | {print $1}}
            awk: line 1: extra '}'
            awk: line 1: syntax error at or near end of line
            [exit 2]
            | 
            | BEGIN{print "abc}
            awk: line 1: runaway string constant "abc} ...
            [exit 2]
            | /[/
            awk: line 1: runaway regular expression /[/ ...
            [exit 2]
            | {print $(-1)}
            awk: run time error: negative field index $-1
            	FILENAME="-" FNR=1 NR=1
            [exit 2]
            | -z
            awk: not an option: -z
            [exit 2]
            | {print} ␣ nofile
            awk: cannot open nofile (No such file or directory)
            [exit 2]
            | BEGIN{printf "%d\n"}
            awk: run time error: not enough arguments passed to printf("%d
            ")
            	FILENAME="" FNR=0 NR=0
            [exit 2]
            | print
            awk: line 1: syntax error at or near print
            [exit 2]
            | {foo(1)}
            awk: line 2: function foo never defined
            [exit 2]
            | {print $1,}
            awk: line 1: syntax error at or near }
            [exit 2]
            | {if($1=="tcp") print; else}
            tcp        0      0 0.0.0.0:5555            0.0.0.0:*               LISTEN
            tcp        0      0 10.211.55.2:40128       10.211.55.10:5555       TIME_WAIT
            tcp        0     12 10.211.55.2:40130       10.211.55.10:5555       ESTABLISHED
            tcp        0      0 10.211.55.2:40132       10.211.55.10:5555       TIME_WAIT
            | BEGIN{print 1/0, -1/0, 0/0, 5%0}
            inf -inf -nan -nan
            | /[/]/{print NR} END{print 2**3}
            awk: line 1: syntax error at or near *
            [exit 2]
        "#]],
    );
}

#[test]
fn what_is_left_out_is_refused_in_words_of_the_lab() {
    check(
        &[
            "{print > \"x\"}",
            "BEGIN{print 1>2?\"y\":\"n\"}",
            "{print $1 | \"sort\"}",
            "BEGIN{getline; print}",
            "function f(x){return x*2} {print f($2)}",
            "BEGIN{system(\"ls\")}",
            "BEGIN{while(1);}",
            "BEGIN{x=\"a\"; while(1) x=x x}",
        ],
        expect![[r#"
            | {print > "x"}
            awk: print into files and pipes is not part of this lab's awk
            [exit 2]
            | BEGIN{print 1>2?"y":"n"}
            awk: print into files and pipes is not part of this lab's awk
            [exit 2]
            | {print $1 | "sort"}
            awk: print into files and pipes is not part of this lab's awk
            [exit 2]
            | BEGIN{getline; print}
            awk: getline is not part of this lab's awk
            [exit 2]
            | function f(x){return x*2} {print f($2)}
            awk: function is not part of this lab's awk
            [exit 2]
            | BEGIN{system("ls")}
            awk: system is not part of this lab's awk
            [exit 2]
            | BEGIN{while(1);}
            awk: stopped after a long time: is there a loop without an end?
            [exit 2]
            | BEGIN{x="a"; while(1) x=x x}
            awk: stopped after a long time: is there a loop without an end?
            [exit 2]
        "#]],
    );
}

#[test]
fn a_program_does_not_print_without_an_end() {
    let output = awk(&["BEGIN{while(1) printf \"%999999999d\", 1}".to_owned()], "").unwrap();
    assert!(output.stderr.starts_with("awk: stopped"), "{}", output.stderr);
    assert!(output.stdout.len() <= 1_100_000, "{}", output.stdout.len());
}
