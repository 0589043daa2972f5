//! What is typed: short scripts that lead into every corner of the state machine, and single lines.

use std::sync::LazyLock;
use tcp_shell::TerminalId;
use tcp_testing::{ClientLower as CL, ClientUpper as C, Network as N, ServerLower as SL, ServerUpper as S};

/// One action in a script.
#[derive(Clone, Copy, Debug)]
pub(super) enum Beat {
    Line(TerminalId, &'static str),
    CtrlC(TerminalId),
    CtrlD(TerminalId),
    /// Waits this many milliseconds.
    Wait(u64),
}

use Beat::{CtrlC, CtrlD, Line, Wait};

/// Scripts. Each first ends whatever the previous one left running.
#[rustfmt::skip]
pub(super) const SCRIPTS: &[&[Beat]] = &[
    // Opened, used, closed by either end.
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(20), Line(C, "hello"), Line(S, "well, hello"), Wait(20), CtrlC(C), Wait(30), Wait(61_000)],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -lk 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(40), Line(S, "first"), CtrlC(S), Wait(100), CtrlC(C), Wait(61_000)],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc -N 10.211.55.10 5555"), Wait(40), CtrlD(C), Wait(40), Line(S, "half-closed"), Wait(20), Line(S, "still"), CtrlC(S), Wait(100)],
    // Everything reset: rules, losses, constants, programs.
    &[CtrlC(C), CtrlC(S), CtrlC(CL), CtrlC(SL), Line(N, "clear"), Line(N, "delay 5"), Line(CL, "sudo iptables -F"), Line(SL, "sudo iptables -F"), Line(CL, "sudo tc qdisc del dev eth0 root"), Line(SL, "sudo tc qdisc del dev eth0 root"), Line(SL, "sudo sysctl -w net.ipv4.tcp_retries2=15"), Wait(130_000)],
    // The article's losses: each segment of the handshake and of the close, at its sender.
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(CL, "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST SYN -j DROP"), Line(C, "nc 10.211.55.10 5555"), Wait(1000), Wait(2000), Line(CL, "sudo iptables -F"), Wait(5000), Line(C, "through")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(SL, "sudo iptables -I OUTPUT -p tcp --sport 5555 --tcp-flags SYN,ACK,FIN,RST SYN,ACK -j DROP"), Line(C, "nc 10.211.55.10 5555"), Wait(1200), Wait(130_000), Line(SL, "sudo iptables -F")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(CL, "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST ACK -j DROP"), Line(C, "nc 10.211.55.10 5555"), Wait(3000), Wait(64_000), CtrlC(C), Line(CL, "sudo iptables -F"), Wait(5000)],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(30), Line(CL, "sudo iptables -I OUTPUT -p tcp --dport 5555 --tcp-flags SYN,ACK,FIN,RST FIN,ACK -j DROP"), CtrlC(C), Wait(3000), Wait(120_000), Line(CL, "sudo iptables -F")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(30), Line(N, "drop client A + -1"), Line(C, "lost"), Wait(2000), Line(SL, "sudo sysctl -w net.ipv4.tcp_retries2=2"), Line(CL, "sudo sysctl -w net.ipv4.tcp_retries2=2"), Wait(60_000), Line(N, "clear")],
    // The SYN|ACK lost in the network: the SYN comes again.
    &[CtrlC(C), CtrlC(S), Line(N, "drop server SA * 2"), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(1500), Wait(6000), CtrlC(C), Wait(3000), Line(N, "clear")],
    // Refused: no listener, each kind of REJECT, a listener that has gone.
    &[CtrlC(C), CtrlC(S), Line(C, "nc -v 10.211.55.10 5999"), Wait(30), Line(SL, "sudo iptables -I INPUT -p tcp --dport 5555 -j REJECT"), Line(C, "nc -v 10.211.55.10 5555"), Wait(4000), Line(SL, "sudo iptables -F"), Line(SL, "sudo iptables -I INPUT -p tcp --dport 5555 -j REJECT --reject-with tcp-reset"), Line(C, "nc -v 10.211.55.10 5555"), Wait(100), Line(SL, "sudo iptables -F")],
    &[CtrlC(C), CtrlC(S), Line(N, "delay 400"), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(1000), CtrlC(S), Wait(3000), Line(N, "delay 5")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(30), Line(SL, "sudo iptables -I INPUT -p tcp --dport 5555 -j REJECT --reject-with tcp-reset"), Line(C, "into a reset"), Wait(300), Line(SL, "sudo iptables -F"), Wait(1000)],
    // Both ask at once; both close at once.
    &[CtrlC(C), CtrlC(S), Line(N, "delay 500"), Line(C, "nc -v -p 7000 10.211.55.10 7000"), Line(S, "nc -p 7000 10.211.55.2 7000"), Wait(700), Wait(2000), CtrlC(C), CtrlC(S), Wait(5000), Line(N, "delay 5"), Wait(61_000)],
    &[CtrlC(C), CtrlC(S), Line(N, "delay 500"), Line(C, "nc -v -p 7001 10.211.55.10 7001"), Line(S, "nc -p 7001 10.211.55.2 7001"), Wait(300), CtrlC(S), Wait(2000), Line(N, "delay 5")],
    &[CtrlC(C), CtrlC(S), Line(N, "delay 300"), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(2000), CtrlC(C), CtrlC(S), Wait(400), Wait(2000), Line(N, "delay 5")],
    &[CtrlC(C), CtrlC(S), Line(N, "drop server SA * 2"), Line(C, "nc -v -p 7002 10.211.55.10 7002"), Line(S, "nc -p 7002 10.211.55.2 7002"), Wait(100), Line(SL, "sudo iptables -I INPUT -p tcp --dport 7002 -j REJECT"), Wait(2000), Line(SL, "sudo iptables -F"), Wait(5000), Line(N, "clear")],
    // Programs that make the calls that are typed: aborts, unread data, orphans.
    &[CtrlC(C), CtrlC(S), Line(S, "app"), Line(S, "s socket"), Line(S, "s reuseaddr"), Line(S, "s bind 0.0.0.0 5555"), Line(S, "s listen 5"), Line(S, "s accept c"), Line(C, "app"), Line(C, "a socket"), Line(C, "a connect 10.211.55.10 5555"), Wait(100), Line(C, "a send unread"), Wait(20), Line(S, "c close"), Wait(100), CtrlC(C)],
    &[CtrlC(C), CtrlC(S), Line(S, "app"), Line(S, "s socket"), Line(S, "s reuseaddr"), Line(S, "s bind 0.0.0.0 5555"), Line(S, "s listen 5"), Line(S, "s accept c"), Line(C, "app"), Line(C, "a socket"), Line(C, "a connect 10.211.55.10 5555"), Wait(100), Line(C, "a shutdown WR"), Wait(100), Line(S, "c send more"), Wait(50), Line(C, "a linger 0"), Line(C, "a close"), Wait(100)],
    &[CtrlC(C), CtrlC(S), Line(N, "delay 300"), Line(S, "app"), Line(S, "s socket"), Line(S, "s reuseaddr"), Line(S, "s bind 0.0.0.0 5555"), Line(S, "s listen 5"), Line(S, "s accept c"), Line(C, "app"), Line(C, "a socket"), Line(C, "a connect 10.211.55.10 5555"), Wait(2000), Line(S, "c send late"), CtrlC(C), Wait(2000), Line(N, "delay 5")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), CtrlC(C), Wait(50), Line(S, "for nobody"), Wait(100), Line(S, "gone"), Wait(100)],
    &[CtrlC(C), CtrlC(S), Line(S, "app"), Line(S, "s socket"), Line(S, "s reuseaddr"), Line(S, "s bind 0.0.0.0 5555"), Line(S, "s listen 5"), Line(S, "s accept c"), Line(C, "nc 10.211.55.10 5555"), Wait(100), CtrlC(C), Wait(61_000), Line(S, "c send late"), Wait(300), CtrlC(S)],
    // The peer's FIN repeated, and the last ACK lost.
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), Line(N, "drop server A 0 1"), CtrlC(C), Wait(1000), Line(N, "drop client A 0 1"), CtrlC(S), Wait(1000), Wait(3000), Line(N, "clear")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), Line(N, "drop server A 0"), CtrlC(C), Wait(50), CtrlC(S), Wait(500), Line(N, "clear"), Wait(5000)],
    // TIME_WAIT, and a new connection from the same port.
    &[CtrlC(C), CtrlC(S), Line(S, "nc -lk 5555"), Line(C, "nc -p 6666 10.211.55.10 5555"), Wait(50), CtrlC(S), Wait(50), CtrlC(C), Wait(1100), Line(S, "nc -lk 5555"), Line(C, "nc -p 6666 10.211.55.10 5555"), Wait(200), CtrlC(C), Wait(100), CtrlC(S)],
    // A half-open connection that one end forgot.
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), Line(N, "drop client RA"), Line(N, "drop client FA"), Line(CL, "killall -9 nc"), Wait(200), Line(S, "are you there"), Wait(30_000), Line(N, "clear"), Wait(1000)],
    // Full queues and cookies.
    &[CtrlC(C), CtrlC(S), Line(SL, "sudo sysctl -w net.core.somaxconn=1"), Line(S, "app"), Line(S, "s socket"), Line(S, "s reuseaddr"), Line(S, "s bind 0.0.0.0 5555"), Line(S, "s listen 1"), Line(CL, "nc 10.211.55.10 5555 &"), Line(CL, "nc 10.211.55.10 5555 &"), Line(CL, "nc 10.211.55.10 5555 &"), Wait(5000), Line(CL, "killall nc"), Line(SL, "sudo sysctl -w net.core.somaxconn=4096"), Wait(1000)],
    // No room in TIME_WAIT.
    &[CtrlC(C), CtrlC(S), Line(CL, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=1"), Line(S, "nc -lk 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(100), CtrlC(C), Wait(100), Line(C, "nc 10.211.55.10 5555"), Wait(100), CtrlC(C), Wait(100), CtrlC(S), Line(CL, "sudo sysctl -w net.ipv4.tcp_max_tw_buckets=65536")],
    // A network that duplicates.
    &[CtrlC(C), CtrlC(S), Line(N, "duplicate client A"), Line(N, "duplicate server SA"), Line(S, "nc -lk 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), Line(C, "twice"), Line(S, "twice too"), Wait(300), CtrlC(C), Wait(300), Line(N, "clear")],
    // Netems: what they delay, lose and send twice, and what waits in one that is emptied.
    &[CtrlC(C), CtrlC(S), Line(CL, "sudo tc qdisc replace dev eth0 root netem delay 100ms 80ms 25% loss 10% duplicate 10%"), Line(S, "nc -lk 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(500), Line(C, "late"), Line(C, "later"), Wait(700), Line(S, "back"), Wait(2000), CtrlC(C), Wait(2000), Line(CL, "sudo tc qdisc del dev eth0 root")],
    &[CtrlC(C), CtrlC(S), Line(SL, "sudo tc qdisc replace dev eth0 root netem delay 1500ms limit 2 reorder 25% 50%"), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(1200), Wait(3000), Line(S, "held"), Line(S, "held too"), Wait(300), Line(SL, "sudo tc qdisc del dev eth0 root"), Wait(3000)],
    // Single segments: stopped, held and released late, doubled, forged.
    &[CtrlC(C), CtrlC(S), Line(N, "delay 200"), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(250), Line(N, "hold SYN|ACK from S_m"), Wait(3000), Line(N, "release SYN|ACK from S_m"), Wait(500), Line(C, "late"), Wait(50), Line(N, "drop data from C_m"), Wait(2000), CtrlC(C), Wait(50), Line(N, "duplicate FIN from C_m"), Wait(2000), Line(N, "delay 5")],
    &[CtrlC(C), CtrlC(S), Line(N, "delay 200"), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(250), Line(N, "hold SYN|ACK from S_m for 1500ms"), Wait(2000), Line(C, "late"), Wait(50), Line(N, "hold data for 300ms"), Wait(100), Line(N, "release data"), Wait(2000), CtrlC(C), Line(N, "delay 5")],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), Line(N, "send-segment --from server --flags RST"), Wait(50), Line(S, "still there"), Wait(100)],
    &[CtrlC(C), CtrlC(S), Line(S, "nc -l 5555"), Line(C, "nc 10.211.55.10 5555"), Wait(50), Line(N, "send-segment --from client --flags ACK --data forged"), Wait(50), Line(C, "true"), Wait(50), Line(N, "send-segment --from client --flags FIN,ACK"), Wait(500), CtrlC(C), Wait(500)],
    &[CtrlC(C), CtrlC(S), Line(N, "send-segment --from client:4444 --to server:5555 --flags ACK --seq 1 --ack 1"), Wait(50), Line(N, "send-segment --from 192.0.2.1:9 --to server:5555 --flags SYN"), Wait(3000), Line(S, "nc -l 5555"), Line(N, "send-segment --from 192.0.2.1:9 --to server:5555 --flags SYN"), Wait(8000)],
];

/// Single lines, for any terminal; the browser's random sessions type them, too.
pub(super) static LINES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../lines.txt").lines().collect());
