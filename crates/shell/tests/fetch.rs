//! curl and wget at a prompt, in the words of Debian's, against the lab's web server and against a hand that types.

use expect_test::{Expect, expect};
use tcp_shell::ProfileName;
use tcp_testing::Do::{self, CtrlC, CtrlD, Enter, Wait};
use tcp_testing::{ClientLower, ClientUpper, ServerUpper, Trial};

fn check(deeds: &[Do], expected: Expect) {
    let mut trial = Trial::student(ProfileName::Linux);
    for deed in deeds {
        trial.does(*deed).waits_ms(200);
    }
    // nc shows the CR of a request; a page of `nc -C` has one too.
    expected.assert_eq(&trial.screens().replace('\r', ""));
}

const BLOCK: Do = Enter(ServerUpper, "sudo iptables -A INPUT -p tcp --dport 81 -j DROP");

#[test]
fn curl_and_the_web_server() {
    check(
        &[
            Enter(ServerUpper, "sudo httpd &"),
            Enter(ClientUpper, "curl http://acc.digital"),
            Enter(ClientUpper, "curl -v http://10.211.55.10/x"),
            Enter(ClientUpper, "curl -I S_m"),
            Enter(ClientUpper, "curl -sI http://S_m/x | head -n 1"),
            Enter(ClientUpper, "curl -f http://10.211.55.10/x; echo $?"),
            Enter(
                ClientUpper,
                "curl -s -o /dev/null -w '%{http_code} %{size_download} %{remote_ip}:%{remote_port} %{time_connect} %{time_total}\\n' S_m",
            ),
            Enter(ClientUpper, "curl -o page http://S_m; cat page"),
            Enter(ClientUpper, "curl -v http://10.211.55.10:9; echo $?"),
            Enter(ClientUpper, "curl -s http://10.211.55.10:9; echo $?"),
            Enter(ClientUpper, "curl http://10.9.9.9; curl http://10.211.55.77; echo $?"),
            Wait(4000),
            Enter(ClientUpper, "curl http://nosuch; curl foo://x; curl S_m:99999; curl https://S_m"),
            Enter(ClientUpper, "curl; curl -m; curl --foo; curl -m x S_m; curl -Q; echo $?"),
            Enter(ClientUpper, "curl -sS S_m S_m:9"),
            Enter(ClientUpper, "curl -H 'Host: a' -A me -X PUT -d a=1 -v --max-time 1 S_m"),
            Wait(1000),
            BLOCK,
            Enter(ClientUpper, "curl --connect-timeout 1 http://10.211.55.10:81; echo $?"),
            Wait(1000),
            Enter(ClientUpper, "curl -v -m 1.5 http://10.211.55.10:81; echo $?"),
            Wait(1500),
            Enter(ClientUpper, "sudo sysctl -w net.ipv4.tcp_syn_retries=1"),
            Enter(ClientUpper, "curl -v http://10.211.55.10:81; echo $?"),
            Wait(4000),
        ],
        expect![[r#"
            == client-upper
            C_m$ curl http://acc.digital
            <html><body><h1>It works!</h1></body></html>
            C_m$ curl -v http://10.211.55.10/x
            *   Trying 10.211.55.10:80...
            * Connected to 10.211.55.10 (10.211.55.10) port 80 (#0)
            > GET /x HTTP/1.1
            > Host: 10.211.55.10
            > User-Agent: curl/7.88.1
            > Accept: */*
            > 
            < HTTP/1.1 404 Not Found
            < Server: httpd
            < Content-Type: text/html
            < Content-Length: 45
            < Connection: keep-alive
            < 
            <html><body><h1>Not Found</h1></body></html>
            * Connection #0 to host 10.211.55.10 left intact
            C_m$ curl -I S_m
            HTTP/1.1 200 OK
            Server: httpd
            Content-Type: text/html
            Content-Length: 45
            Connection: keep-alive

            C_m$ curl -sI http://S_m/x | head -n 1
            HTTP/1.1 404 Not Found
            C_m$ curl -f http://10.211.55.10/x; echo $?
            curl: (22) The requested URL returned error: 404
            22
            C_m$ curl -s -o /dev/null -w '%{http_code} %{size_download} %{remote_ip}:%{remote_port} %{time_connect} %{time_total}\n' S_m
            200 45 10.211.55.10:80 0.010000 0.020200
            C_m$ curl -o page http://S_m; cat page
              % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                             Dload  Upload   Total   Spent    Left  Speed
            100    45  100    45    0     0   2250      0 --:--:-- --:--:-- --:--:--  2250
            <html><body><h1>It works!</h1></body></html>
            C_m$ curl -v http://10.211.55.10:9; echo $?
            *   Trying 10.211.55.10:9...
            * connect to 10.211.55.10 port 9 failed: Connection refused
            * Failed to connect to 10.211.55.10 port 9 after 10 ms: Couldn't connect to server
            * Closing connection 0
            curl: (7) Failed to connect to 10.211.55.10 port 9 after 10 ms: Couldn't connect to server
            7
            C_m$ curl -s http://10.211.55.10:9; echo $?
            7
            C_m$ curl http://10.9.9.9; curl http://10.211.55.77; echo $?
            curl: (7) Failed to connect to 10.9.9.9 port 80 after 0 ms: Couldn't connect to server
            curl: (7) Failed to connect to 10.211.55.77 port 80 after 3056 ms: Couldn't connect to server
            7
            C_m$ curl http://nosuch; curl foo://x; curl S_m:99999; curl https://S_m
            curl: (6) Could not resolve host: nosuch
            curl: (1) Protocol "foo" not supported or disabled in libcurl
            curl: (3) URL using bad/illegal format or missing URL
            curl: (1) this lab has no TLS; only http:// works here
            C_m$ curl; curl -m; curl --foo; curl -m x S_m; curl -Q; echo $?
            curl: try 'curl --help' or 'curl --manual' for more information
            curl: option -m: requires parameter
            curl: try 'curl --help' or 'curl --manual' for more information
            curl: option --foo: is unknown
            curl: try 'curl --help' or 'curl --manual' for more information
            curl: option -m: expected a proper numerical parameter
            curl: try 'curl --help' or 'curl --manual' for more information
            curl: option -Q: is not part of this lab's curl
            curl: try 'curl --help' or 'curl --manual' for more information
            2
            C_m$ curl -sS S_m S_m:9
            <html><body><h1>It works!</h1></body></html>
            curl: (7) Failed to connect to S_m port 9 after 10 ms: Couldn't connect to server
            C_m$ curl -H 'Host: a' -A me -X PUT -d a=1 -v --max-time 1 S_m
            *   Trying 10.211.55.10:80...
            * Connected to S_m (10.211.55.10) port 80 (#0)
            > PUT / HTTP/1.1
            > Host: a
            > User-Agent: me
            > Accept: */*
            > Content-Length: 3
            > Content-Type: application/x-www-form-urlencoded
            > 
            * Operation timed out after 1001 milliseconds with 0 bytes received
            * Closing connection 0
            curl: (28) Operation timed out after 1001 milliseconds with 0 bytes received
            C_m$ curl --connect-timeout 1 http://10.211.55.10:81; echo $?
            curl: (28) Failed to connect to 10.211.55.10 port 81 after 1001 ms: Timeout was reached
            28
            C_m$ curl -v -m 1.5 http://10.211.55.10:81; echo $?
            *   Trying 10.211.55.10:81...
            * Connection timed out after 1501 milliseconds
            * Closing connection 0
            curl: (28) Connection timed out after 1501 milliseconds
            28
            C_m$ sudo sysctl -w net.ipv4.tcp_syn_retries=1
            net.ipv4.tcp_syn_retries = 1
            C_m$ curl -v http://10.211.55.10:81; echo $?
            *   Trying 10.211.55.10:81...
            * connect to 10.211.55.10 port 81 failed: Connection timed out
            * Failed to connect to 10.211.55.10 port 81 after 3068 ms: Couldn't connect to server
            * Closing connection 0
            curl: (28) Failed to connect to 10.211.55.10 port 81 after 3068 ms: Couldn't connect to server
            28
            C_m$ _
            == server-upper
            S_m$ sudo httpd &
            [1] 4001
            S_m$ sudo iptables -A INPUT -p tcp --dport 81 -j DROP
            S_m$ _
        "#]],
    );
}

#[test]
fn curl_and_answers_that_are_typed() {
    check(
        &[
            Enter(ServerUpper, "nc -C -l 8080"),
            Enter(ClientUpper, "curl -v http://S_m:8080"),
            Enter(ServerUpper, "HTTP/1.0 200 OK"),
            Enter(ServerUpper, ""),
            Enter(ServerUpper, "no length"),
            CtrlC(ServerUpper),
            Enter(ServerUpper, "nc -C -l 8080"),
            Enter(ClientUpper, "curl -v http://S_m:8080"),
            Enter(ServerUpper, "HTTP/1.1 200 OK"),
            Enter(ServerUpper, "Content-Length: 100"),
            Enter(ServerUpper, ""),
            Enter(ServerUpper, "short"),
            CtrlC(ServerUpper),
            Enter(ServerUpper, "nc -C -l 8080"),
            Enter(ClientUpper, "curl -v http://S_m:8080"),
            CtrlC(ServerUpper),
            Enter(ServerUpper, "nc -l 8080"),
            Enter(ClientUpper, "curl -v http://S_m:8080"),
            Enter(ServerUpper, "hello, I am no web server"),
            CtrlC(ServerUpper),
            Enter(ServerUpper, "nc -l 8080"),
            Enter(ClientUpper, "curl --http0.9 -m 1 S_m:8080; echo $?"),
            Enter(ServerUpper, "hello, I am no web server"),
            Wait(1000),
            Enter(ServerUpper, "nc -l 8080"),
            Enter(ClientUpper, "curl -v S_m:8080"),
            Enter(ClientLower, "sudo ss -K dport = 8080"),
            CtrlD(ServerUpper),
        ],
        expect![[r#"
            == client-upper
            C_m$ curl -v http://S_m:8080
            *   Trying 10.211.55.10:8080...
            * Connected to S_m (10.211.55.10) port 8080 (#0)
            > GET / HTTP/1.1
            > Host: S_m:8080
            > User-Agent: curl/7.88.1
            > Accept: */*
            > 
            * HTTP 1.0, assume close after body
            < HTTP/1.0 200 OK
            < 
            no length
            * Closing connection 0
            C_m$ curl -v http://S_m:8080
            *   Trying 10.211.55.10:8080...
            * Connected to S_m (10.211.55.10) port 8080 (#0)
            > GET / HTTP/1.1
            > Host: S_m:8080
            > User-Agent: curl/7.88.1
            > Accept: */*
            > 
            < HTTP/1.1 200 OK
            < Content-Length: 100
            < 
            short
            * transfer closed with 93 bytes remaining to read
            * Closing connection 0
            curl: (18) transfer closed with 93 bytes remaining to read
            C_m$ curl -v http://S_m:8080
            *   Trying 10.211.55.10:8080...
            * Connected to S_m (10.211.55.10) port 8080 (#0)
            > GET / HTTP/1.1
            > Host: S_m:8080
            > User-Agent: curl/7.88.1
            > Accept: */*
            > 
            * Empty reply from server
            * Closing connection 0
            curl: (52) Empty reply from server
            C_m$ curl -v http://S_m:8080
            *   Trying 10.211.55.10:8080...
            * Connected to S_m (10.211.55.10) port 8080 (#0)
            > GET / HTTP/1.1
            > Host: S_m:8080
            > User-Agent: curl/7.88.1
            > Accept: */*
            > 
            * Received HTTP/0.9 when not allowed
            * Closing connection 0
            curl: (1) Received HTTP/0.9 when not allowed
            C_m$ curl --http0.9 -m 1 S_m:8080; echo $?
            hello, I am no web server
            curl: (28) Operation timed out after 1001 milliseconds with 26 bytes received
            28
            C_m$ curl -v S_m:8080
            *   Trying 10.211.55.10:8080...
            * Connected to S_m (10.211.55.10) port 8080 (#0)
            > GET / HTTP/1.1
            > Host: S_m:8080
            > User-Agent: curl/7.88.1
            > Accept: */*
            > 
            * Recv failure: Software caused connection abort
            * Closing connection 0
            curl: (56) Recv failure: Software caused connection abort
            C_m$ _
            == client-lower
            C_m$ sudo ss -K dport = 8080
            Netid State Recv-Q Send-Q Local Address:Port  Peer Address:Port    Process
            tcp   ESTAB 0      0        10.211.55.2:40138 10.211.55.10:http-alt       
            C_m$ _
            == server-upper
            S_m$ nc -C -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: curl/7.88.1
            Accept: */*

            > HTTP/1.0 200 OK
            > 
            > no length
            ^C
            S_m$ nc -C -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: curl/7.88.1
            Accept: */*

            > HTTP/1.1 200 OK
            > Content-Length: 100
            > 
            > short
            ^C
            S_m$ nc -C -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: curl/7.88.1
            Accept: */*

            ^C
            S_m$ nc -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: curl/7.88.1
            Accept: */*

            > hello, I am no web server
            ^C
            S_m$ nc -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: curl/7.88.1
            Accept: */*

            > hello, I am no web server
            S_m$ nc -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: curl/7.88.1
            Accept: */*

            ^D
            This terminal stays open.
            S_m$ _
        "#]],
    );
}

#[test]
fn wget_saves_pages() {
    check(
        &[
            Enter(ServerUpper, "sudo httpd &"),
            BLOCK,
            Enter(ClientUpper, "wget -q -O - http://10.211.55.10"),
            Enter(ClientUpper, "wget -O - http://acc.digital"),
            Enter(ClientUpper, "wget 10.211.55.10; wget -q 10.211.55.10; ls"),
            Enter(ClientUpper, "wget 10.211.55.10/x; echo $?"),
            Enter(ClientUpper, "wget --spider 10.211.55.10"),
            Enter(ClientUpper, "wget http://10.211.55.10:9; echo $?"),
            Enter(ClientUpper, "wget -T 1 -t 2 http://10.211.55.10:81; echo $?"),
            Wait(4000),
            Enter(ClientUpper, "wget; wget -z; wget http://nosuch; wget https://S_m; echo $?"),
            Enter(ServerUpper, "nc -C -l 8080"),
            Enter(ClientUpper, "wget -O /dev/null -t 1 http://S_m:8080"),
            Enter(ServerUpper, "HTTP/1.1 200 OK"),
            Enter(ServerUpper, "Content-Length: 100"),
            Enter(ServerUpper, ""),
            Enter(ServerUpper, "short"),
            CtrlC(ServerUpper),
            Enter(ServerUpper, "nc -l 8080"),
            Enter(ClientUpper, "wget -t 1 http://S_m:8080"),
            CtrlC(ServerUpper),
            Enter(ServerUpper, "nc -l 8080"),
            Enter(ClientUpper, "wget -T 1 -t 1 http://S_m:8080"),
            Wait(1000),
        ],
        expect![[r#"
            == client-upper
            C_m$ wget -q -O - http://10.211.55.10
            <html><body><h1>It works!</h1></body></html>
            C_m$ wget -O - http://acc.digital
            --2018-12-05 17:03:00--  http://acc.digital/
            Resolving acc.digital (acc.digital)... 94.130.104.144
            Connecting to acc.digital (acc.digital)|94.130.104.144|:80... connected.
            HTTP request sent, awaiting response... 200 OK
            Length: 45 [text/html]
            Saving to: ‘STDOUT’

            <html><body><h1>It works!</h1></body></html>
            -                   100%[===================>]      45  --.-KB/s    in 0s      

            2018-12-05 17:03:00 (42.91 MB/s) - written to stdout [45/45]

            C_m$ wget 10.211.55.10; wget -q 10.211.55.10; ls
            --2018-12-05 17:03:00--  http://10.211.55.10/
            Connecting to 10.211.55.10:80... connected.
            HTTP request sent, awaiting response... 200 OK
            Length: 45 [text/html]
            Saving to: ‘index.html’

            index.html          100%[===================>]      45  --.-KB/s    in 0s      

            2018-12-05 17:03:00 (42.91 MB/s) - ‘index.html’ saved [45/45]

            index.html
            index.html.1
            C_m$ wget 10.211.55.10/x; echo $?
            --2018-12-05 17:03:01--  http://10.211.55.10/x
            Connecting to 10.211.55.10:80... connected.
            HTTP request sent, awaiting response... 404 Not Found
            2018-12-05 17:03:01 ERROR 404: Not Found.

            8
            C_m$ wget --spider 10.211.55.10
            Spider mode enabled. Check if remote file exists.
            --2018-12-05 17:03:01--  http://10.211.55.10/
            Connecting to 10.211.55.10:80... connected.
            HTTP request sent, awaiting response... 200 OK
            Length: 45 [text/html]
            Remote file exists and could contain further links,
            but recursion is disabled -- not retrieving.

            C_m$ wget http://10.211.55.10:9; echo $?
            --2018-12-05 17:03:01--  http://10.211.55.10:9/
            Connecting to 10.211.55.10:9... failed: Connection refused.
            4
            C_m$ wget -T 1 -t 2 http://10.211.55.10:81; echo $?
            --2018-12-05 17:03:01--  http://10.211.55.10:81/
            Connecting to 10.211.55.10:81... failed: Connection timed out.
            Retrying.

            --2018-12-05 17:03:03--  (try: 2)  http://10.211.55.10:81/
            Connecting to 10.211.55.10:81... failed: Connection timed out.
            Giving up.

            4
            C_m$ wget; wget -z; wget http://nosuch; wget https://S_m; echo $?
            wget: missing URL
            Usage: wget [OPTION]... [URL]...

            Try `wget --help' for more options.
            wget: invalid option -- 'z'
            Usage: wget [OPTION]... [URL]...

            Try `wget --help' for more options.
            --2018-12-05 17:03:06--  http://nosuch/
            Resolving nosuch (nosuch)... failed: Name or service not known.
            wget: unable to resolve host address ‘nosuch’
            wget: this lab has no TLS; only http:// works here.
            1
            C_m$ wget -O /dev/null -t 1 http://S_m:8080
            --2018-12-05 17:03:06--  http://S_m:8080/
            Resolving S_m (S_m)... 10.211.55.10
            Connecting to S_m (S_m)|10.211.55.10|:8080... connected.
            HTTP request sent, awaiting response... 200 OK
            Length: 100
            Saving to: ‘/dev/null’

            /dev/null             7%[>                   ]       7  --.-KB/s    in 0.4s      

            2018-12-05 17:03:07 (17 B/s) - Connection closed at byte 7. Giving up.

            C_m$ wget -t 1 http://S_m:8080
            --2018-12-05 17:03:07--  http://S_m:8080/
            Resolving S_m (S_m)... 10.211.55.10
            Connecting to S_m (S_m)|10.211.55.10|:8080... connected.
            HTTP request sent, awaiting response... No data received.
            Giving up.

            C_m$ wget -T 1 -t 1 http://S_m:8080
            --2018-12-05 17:03:08--  http://S_m:8080/
            Resolving S_m (S_m)... 10.211.55.10
            Connecting to S_m (S_m)|10.211.55.10|:8080... connected.
            HTTP request sent, awaiting response... Read error (Connection timed out) in headers.
            Giving up.

            C_m$ _
            == server-upper
            S_m$ sudo httpd &
            [1] 4001
            S_m$ sudo iptables -A INPUT -p tcp --dport 81 -j DROP
            S_m$ nc -C -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: Wget/1.21.3
            Accept: */*
            Accept-Encoding: identity
            Connection: Keep-Alive

            > HTTP/1.1 200 OK
            > Content-Length: 100
            > 
            > short
            ^C
            S_m$ nc -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: Wget/1.21.3
            Accept: */*
            Accept-Encoding: identity
            Connection: Keep-Alive

            ^C
            S_m$ nc -l 8080
            GET / HTTP/1.1
            Host: S_m:8080
            User-Agent: Wget/1.21.3
            Accept: */*
            Accept-Encoding: identity
            Connection: Keep-Alive

            S_m$ _
        "#]],
    );
}
