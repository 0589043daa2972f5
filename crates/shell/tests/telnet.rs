//! telnet at a prompt, in the words of inetutils 2.4.

use expect_test::{Expect, expect};
use tcp_shell::ProfileName;
use tcp_testing::Do::{self, CtrlC, CtrlD, Enter, Wait};
use tcp_testing::{ClientLower, ClientUpper, ServerLower, ServerUpper, Trial};

fn check(deeds: &[Do], expected: Expect) {
    let mut trial = Trial::student(ProfileName::Linux);
    for deed in deeds {
        trial.does(*deed).waits_ms(200);
    }
    // Each line that is sent ends with CR LF.
    expected.assert_eq(&trial.screens().replace("\r\n", "␍\n").replace(char::REPLACEMENT_CHARACTER, "?"));
}

#[test]
fn a_connection_and_the_escape_character() {
    check(
        &[
            Enter(ServerUpper, "nc -lk 5555"),
            Enter(ServerLower, "nc -lk 5556"),
            Enter(ClientUpper, "telnet S_m 5555"),
            Enter(ClientUpper, "hello"),
            Enter(ClientUpper, "^]"),
            Enter(ClientUpper, ""),
            Enter(ClientUpper, "again"),
            CtrlC(ClientUpper),
            Enter(ClientUpper, "^]"),
            Enter(ClientUpper, "quit"),
            Enter(ClientUpper, "echo $?"),
            Enter(ClientLower, "telnet"),
            Enter(ClientLower, "close"),
            Enter(ClientLower, "open 10.211.55.10 5556"),
            Enter(ServerLower, "welcome"),
            Enter(ClientLower, "^]"),
            Enter(ClientLower, "st"),
            Enter(ClientLower, "hi"),
            Enter(ClientLower, "^]"),
            Enter(ClientLower, "cl"),
            Enter(ClientLower, "se"),
            Enter(ClientLower, "foo"),
            Enter(ClientLower, "z"),
            Enter(ClientLower, "open 10.211.55.10 9"),
            Enter(ClientLower, "?"),
            Enter(ClientLower, "q"),
        ],
        expect![[r#"
            == client-upper
            C_m$ telnet S_m 5555
            Trying 10.211.55.10...
            Connected to S_m.
            Escape character is '^]'.
            > hello
            > ^]
            telnet> > 
            > again
            ^C
            > ^]
            telnet> > quit
            Connection closed.
            C_m$ echo $?
            0
            C_m$ _
            == client-lower
            C_m$ telnet
            telnet> > close
            ?Need to be connected first.
            telnet> > open 10.211.55.10 5556
            Trying 10.211.55.10...
            Connected to 10.211.55.10.
            Escape character is '^]'.
            welcome
            > ^]
            telnet> > st
            Connected to 10.211.55.10.
            Operating in obsolete linemode
            Local character echo
            Escape character is '^]'.
            > hi
            > ^]
            telnet> > cl
            Connection closed.
            telnet> > se
            ?Ambiguous command
            telnet> > foo
            ?Invalid command
            telnet> > z
            telnet: this lab does not have its command z
            telnet> > open 10.211.55.10 9
            Trying 10.211.55.10...
            telnet: Unable to connect to remote host: Connection refused
            telnet> > ?
            Commands may be abbreviated.  Commands are:

            close   	close current connection
            open    	connect to a site
            quit    	exit telnet
            status  	print status information
            ?       	print help information
            telnet> > q
            C_m$ _
            == server-upper
            S_m$ nc -lk 5555
            hello␍
            again␍
            ????== server-lower
            S_m$ nc -lk 5556
            > welcome
            hi␍
        "#]],
    );
}

#[test]
fn what_does_not_connect() {
    check(
        &[
            Enter(ServerUpper, "sudo iptables -A INPUT -p tcp --dport 81 -j DROP"),
            Enter(ServerUpper, "sudo iptables -A INPUT -p tcp --dport 82 -j REJECT"),
            Enter(ServerUpper, "nc -l 5555"),
            Enter(ClientUpper, "telnet 10.211.55.10 9; echo $?"),
            Enter(ClientUpper, "telnet 10.211.55.10 82"),
            Enter(ClientUpper, "telnet nosuchhost 82"),
            Enter(ClientUpper, "telnet 10.211.55.10 foo"),
            Enter(ClientUpper, "telnet 10.211.55.10 99999"),
            Enter(ClientUpper, "telnet 10.211.55.10"),
            Enter(ClientUpper, "telnet 10.9.9.9 5555"),
            Enter(ClientUpper, "telnet -Q; echo $?"),
            Enter(ClientUpper, "telnet a b c"),
            Enter(ClientUpper, "telnet 10.211.55.10 81"),
            CtrlC(ClientUpper),
            Enter(ClientUpper, "telnet 10.211.55.10 5555"),
            CtrlC(ServerUpper),
            Enter(ClientUpper, "echo $?"),
            Enter(ServerUpper, "nc -l 5555"),
            Enter(ClientUpper, "echo hello | telnet 10.211.55.10 5555"),
            Enter(ClientUpper, "echo $?"),
            Enter(ServerUpper, "nc -l 5555"),
            Enter(ClientUpper, "telnet 10.211.55.10 5555"),
            Enter(ClientUpper, "bye"),
            CtrlD(ClientUpper),
            Enter(ClientUpper, "telnet 10.211.55.10 81"),
            Wait(200_000),
        ],
        expect![[r#"
            == client-upper
            C_m$ telnet 10.211.55.10 9; echo $?
            Trying 10.211.55.10...
            telnet: Unable to connect to remote host: Connection refused
            1
            C_m$ telnet 10.211.55.10 82
            Trying 10.211.55.10...
            telnet: Unable to connect to remote host: Connection refused
            C_m$ telnet nosuchhost 82
            Server lookup failure:  nosuchhost:82, Name or service not known
            C_m$ telnet 10.211.55.10 foo
            Server lookup failure:  10.211.55.10:foo, Servname not supported for ai_socktype
            C_m$ telnet 10.211.55.10 99999
            Port number 99999 is out of range.
            C_m$ telnet 10.211.55.10
            Trying 10.211.55.10...
            telnet: Unable to connect to remote host: Connection refused
            C_m$ telnet 10.9.9.9 5555
            Trying 10.9.9.9...
            telnet: Unable to connect to remote host: Network is unreachable
            C_m$ telnet -Q; echo $?
            telnet: invalid option -- 'Q'
            Try 'telnet --help' or 'telnet --usage' for more
            information.
            64
            C_m$ telnet a b c
            telnet: too many arguments
            Try 'telnet --help' or 'telnet --usage' for more
            information.
            C_m$ telnet 10.211.55.10 81
            Trying 10.211.55.10...
            ^C
            C_m$ telnet 10.211.55.10 5555
            Trying 10.211.55.10...
            Connected to 10.211.55.10.
            Escape character is '^]'.
            Connection closed by foreign host.
            C_m$ echo $?
            0
            C_m$ echo hello | telnet 10.211.55.10 5555
            Trying 10.211.55.10...
            Connected to 10.211.55.10.
            Escape character is '^]'.
            Connection closed by foreign host.
            C_m$ echo $?
            0
            C_m$ telnet 10.211.55.10 5555
            Trying 10.211.55.10...
            Connected to 10.211.55.10.
            Escape character is '^]'.
            > bye
            ^D
            Connection closed by foreign host.
            C_m$ telnet 10.211.55.10 81
            Trying 10.211.55.10...
            telnet: Unable to connect to remote host: Connection timed out
            C_m$ _
            == server-upper
            S_m$ sudo iptables -A INPUT -p tcp --dport 81 -j DROP
            S_m$ sudo iptables -A INPUT -p tcp --dport 82 -j REJECT
            S_m$ nc -l 5555
            ^C
            S_m$ nc -l 5555
            hello␍
            S_m$ nc -l 5555
            bye␍
            S_m$ _
        "#]],
    );
}
