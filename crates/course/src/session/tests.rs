use super::*;
use tcp_core::millis;
use tcp_core::net::HostId;
use tcp_core::net::firewall::{ChainName, Policy};
use tcp_shell::Sudoers;

use tcp_shell::TerminalId::{self, ClientLower, ClientUpper, ServerLower, ServerUpper};

fn enter(session: &mut Session, terminal: TerminalId, line: &str) {
    session.act(Action::enter(terminal, line));
    session.advance_to(session.lab().now() + millis(300));
}

/// A session with a handshake, data, a firewall and a close.
fn lived() -> Session {
    let mut session = Session::new(ProfileName::Linux, 5);
    enter(&mut session, ServerUpper, "nc -lk 5555");
    enter(&mut session, ClientUpper, "nc 10.211.55.10 5555");
    enter(&mut session, ClientUpper, "hello");
    enter(&mut session, ClientLower, "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP");
    enter(&mut session, ClientUpper, "lost for a while");
    session.advance_to(session.lab().now() + millis(5000));
    enter(&mut session, ClientLower, "sudo iptables -F");
    session.act(Action::ctrl_c(ClientUpper));
    session.advance_to(session.lab().now() + millis(90_000));
    session
}

#[test]
fn the_same_inputs_give_the_same_facts() {
    let session = lived();
    let recording = session.recording();
    let mut again = Session::replay(&recording).unwrap();
    assert_eq!(again.lab().now(), recording.steps.last().map(|step| step.at).unwrap());
    again.advance_to(session.end());
    assert_eq!(again.digest(), session.digest());
    let read = Recording::from_json(&recording.to_json());
    assert_eq!(read.as_ref(), Ok(&recording));
}

#[test]
fn another_profile_plays_the_same_lines() {
    let mut session = lived();
    session.go_to(Instant::from_millis(2000));
    let other = session.under(ProfileName::Article);
    assert_eq!((other.lab().now(), other.inputs()), (session.lab().now(), session.inputs()));
    assert_eq!(other.recording().profile, ProfileName::Article);
    assert_eq!(other.end(), session.end(), "what came later is still to come");
    assert_eq!(other.under(ProfileName::Linux).digest(), session.digest());
}

#[test]
fn going_anywhere_and_back_gives_the_same() {
    let mut session = lived();
    let (end, digest) = (session.end(), session.digest());
    let moments = [0, 1, 299, 300, 605, 1200, 4000, 7000, 50_000];
    let seen: Vec<String> = moments
        .iter()
        .map(|ms| {
            session.go_to(Instant::from_millis(*ms));
            assert_eq!(session.lab().now(), Instant::from_millis(*ms));
            session.digest()
        })
        .collect();
    for (ms, digest) in moments.iter().zip(&seen).rev() {
        session.go_to(Instant::from_millis(*ms));
        assert_eq!(session.digest(), *digest, "at {ms} ms");
    }
    session.go_to(end);
    assert_eq!((session.end(), session.digest()), (end, digest));
}

#[test]
fn every_step_back_undoes_the_last_step() {
    let mut session = Session::of(&lived().recording());
    let mut digests = vec![session.digest()];
    while session.step() && digests.len() < 150 {
        digests.push(session.digest());
    }
    while let Some(digest) = digests.pop() {
        if digests.is_empty() {
            break;
        }
        assert!(session.step_back());
        let before = digests.last().unwrap();
        assert_eq!(session.digest(), *before, "after undoing what gave {digest}");
    }
    assert!(!session.step_back());
}

#[test]
fn nothing_lies_before_the_beginning() {
    let mut session = lived();
    (0..80).for_each(|_| enter(&mut session, ServerLower, "netstat -nat"));
    let mut session = Session::of(&session.recording());
    let beginning = session.digest();
    let mut steps = 0;
    while session.step() {
        steps += 1;
    }
    assert!(steps > 64, "{steps} are too few for a checkpoint");
    while session.step_back() {}
    assert_eq!(session.digest(), beginning);
    assert!(!session.step_back(), "nothing moved");
    assert_eq!((session.digest(), session.lab().now()), (beginning, Instant::START));
}

#[test]
fn the_page_begins_with_a_listener_and_nothing_before_it() {
    let mut session = Session::page(ProfileName::Linux, 5);
    let mut typed = Session::new(ProfileName::Linux, 5);
    typed.act(Action::enter(ServerUpper, "nc -l 5555"));
    assert_eq!(session.digest(), typed.digest());
    assert_eq!(session.recording(), typed.recording());
    assert!(!session.step_back() && !session.undo() && !session.redo());
    session.restart();
    assert_eq!(session.digest(), typed.digest());
}

#[test]
fn acting_in_the_past_drops_what_came_later_until_it_is_undone() {
    let mut session = lived();
    let (before, end) = (session.recording(), session.end());
    session.go_to(Instant::from_millis(700));
    let digest = session.digest();
    assert!(session.next_event().is_some());
    session.act(Action::ctrl_c(ClientUpper));
    assert_eq!(session.end(), Instant::from_millis(700));
    assert_eq!(session.recording().steps.len(), 4);
    session.go_to(Instant::from_millis(100_000));
    session.go_to(Instant::from_millis(650));
    session.go_to(Instant::from_millis(100_000));
    assert_eq!(session.recording().steps.len(), 4);
    let forked = (session.recording(), session.digest(), session.end());

    assert!(session.undo());
    assert_eq!((session.lab().now(), session.digest()), (Instant::from_millis(700), digest));
    assert_eq!((session.recording(), session.end()), (before, end));
    assert!(session.redo());
    assert_eq!((session.recording(), session.digest(), session.end()), forked);
    assert!(!session.redo());
}

#[test]
fn undo_takes_back_one_input_after_the_other() {
    let mut session = lived();
    let (recording, digest) = (session.recording(), session.digest());
    let mut undone = 0;
    while session.undo() {
        undone += 1;
        assert_eq!(session.recording().steps.len() + undone, recording.steps.len());
        let again = Session::replay(&session.recording()).unwrap();
        session.go_to(again.lab().now());
        assert_eq!(session.digest(), again.digest());
    }
    assert_eq!(session.recording().steps, []);
    while session.redo() {}
    assert_eq!((session.recording(), session.digest()), (recording, digest));
}

#[test]
fn an_undone_input_leaves_the_playhead_between_events_of_one_moment() {
    let mut session = Session::new(ProfileName::Linux, 5);
    enter(&mut session, ServerUpper, "nc -l 5555");
    enter(&mut session, ClientUpper, "nc 10.211.55.10 5555");
    for terminal in [ClientUpper, ServerUpper] {
        session.act(Action::enter(terminal, "both at once"));
    }
    let mut between = 0;
    loop {
        let (now, digest) = (session.lab().now(), session.digest());
        between += usize::from(session.next_event() == Some(now));
        session.act(Action::enter(ServerLower, "date"));
        assert!(session.undo());
        assert_eq!((session.lab().now(), session.digest()), (now, digest));
        if !session.step() {
            break;
        }
    }
    assert!(between > 0, "no two events have one moment");
}

#[test]
fn an_input_is_done_again_at_its_own_time() {
    let mut session = Session::new(ProfileName::Linux, 5);
    enter(&mut session, ServerLower, "date");
    let digest = session.digest();
    assert!(session.undo());
    // Nothing happens in between, and the clock goes beyond it.
    session.advance_to(Instant::from_millis(200));
    assert!(session.redo());
    assert_eq!(session.digest(), digest);
}

#[test]
fn starting_again_can_be_undone() {
    let mut session = lived();
    let (recording, digest, now) = (session.recording(), session.digest(), session.lab().now());
    session.restart();
    assert_eq!((session.lab().now(), session.end()), (Instant::START, Instant::START));
    assert_eq!(session.digest(), Session::new(ProfileName::Linux, 5).digest());
    enter(&mut session, ServerUpper, "nc -l 7777");
    assert!(session.undo() && session.undo());
    assert_eq!((session.recording(), session.digest(), session.lab().now()), (recording, digest, now));
    assert!(session.redo());
    assert_eq!(session.recording().steps, []);
    session.act(Action::ctrl_c(ServerUpper));
    assert!(!session.redo(), "what was undone is given up by doing something else");
}

#[test]
fn what_cannot_be_had_is_refused_by_name() {
    let refused = |steps: &str, sysctls: &str| {
        let json = format!(
            r#"{{"version": 1, "profile": "linux", "sysctls": {{"client": {{{sysctls}}}}}, "steps": [{steps}]}}"#
        );
        Session::replay(&Recording::from_json(&json).unwrap()).unwrap_err().to_string()
    };
    let step = r#"{"t_ms": 1, "host": "client", "action": "start", "id": "c", "cmd": "nmap x"}"#;
    assert_eq!(refused(step, ""), "steps[0].cmd: nmap x: no such program here");
    assert!(refused(step, r#""net.magic": "1""#).starts_with("sysctls.client.net.magic: "));
}

#[test]
fn steps_without_a_terminal_play() {
    let json = r#"{"version":1,"profile":"linux","link":{"delay_ms":20},"steps":[
        {"t_ms":5.5,"host":"server","action":"start","id":"s","cmd":"nc -l 5555"},
        {"t_ms":409.9,"host":"client","action":"start","id":"c","cmd":"nc -v 10.211.55.10 5555"},
        {"t_ms":1034.2,"host":"server","action":"SIGSTOP","id":"s"},
        {"t_ms":1034.2,"host":"client","action":"type","id":"c","text":"hello"},
        {"t_ms":1558.6,"host":"server","action":"kill -9","id":"s"},
        {"t_ms":2193.1,"host":"client","action":"type","id":"c","text":"x"}]}"#;
    let recording = Recording::from_json(json).unwrap();
    let session = Session::replay(&recording).unwrap();
    let named = |id| session.named_processes().iter().find(|(name, _)| name == id).unwrap().1;
    let process = |id| session.lab().process(named(id)).unwrap();
    let exit = process("s").exit.as_ref().unwrap();
    assert_eq!((exit.code, exit.signal), (137, Some("SIGKILL")));
    let client = process("c");
    assert_eq!(client.exit.as_ref().map(|exit| exit.code), Some(0));
    assert_eq!(client.output.len(), 1);
}

#[test]
fn a_session_ends_with_the_day_that_a_recording_may_last() {
    let mut session = Session::new(ProfileName::Article, 3);
    enter(&mut session, ClientUpper, "sleep 99999");
    while session.step() {}
    session.go_to(Instant::from_millis(100_000_000));
    assert_eq!(session.lab().now(), Instant::from_millis(86_400_000));
    enter(&mut session, ClientUpper, "nc -l 5555");
    let recording = session.recording();
    assert_eq!(Recording::from_json(&recording.to_json()), Ok(recording));
}

#[test]
fn the_trail_has_what_came_after_the_playhead() {
    let mut session = lived();
    let marks = session.trail().marks().to_vec();
    assert!(marks.len() > 10 && marks.is_sorted_by_key(|mark| mark.fact));
    assert!(marks.iter().any(|mark| mark.what == Marked::Stopped));
    let end = session.end();
    for ms in [0, 605, 4000, 100] {
        session.go_to(Instant::from_millis(ms));
        assert_eq!(session.trail().marks(), marks);
    }
    session.go_to(end);
    assert_eq!(session.trail().marks(), marks);
}

#[test]
fn the_trail_forks_and_comes_back() {
    let mut session = lived();
    let (marks, end) = (session.trail().marks().to_vec(), session.end());
    assert_eq!((session.forks().count(), session.undoes_fork()), (0, false));
    session.go_to(Instant::from_millis(700));
    session.act(Action::ctrl_c(ClientUpper));
    assert!(session.trail().marks().iter().all(|mark| mark.at <= Instant::from_millis(700)));
    session.advance_to(Instant::from_millis(90_000));
    let forked = session.trail().marks().to_vec();
    assert_ne!(forked, marks);
    assert_eq!(
        (session.forks().collect::<Vec<_>>(), session.undoes_fork()),
        (vec![Instant::from_millis(700)], true)
    );
    assert!(session.undo());
    assert_eq!((session.trail().marks(), session.forks().count()), (marks.as_slice(), 0));
    session.go_to(end);
    assert_eq!(session.trail().marks(), marks, "what comes back happens as it did");
    assert!(session.redo());
    assert_eq!(session.trail().marks(), forked);
    session.restart();
    assert!(session.trail().marks().is_empty() && session.undoes_fork());
    assert_eq!(
        session.forks().collect::<Vec<_>>(),
        [Instant::START],
        "the other fork is on the course that was left"
    );
}

#[test]
fn a_terminal_has_no_sudo_and_a_line_without_one_has() {
    let rule = "sudo iptables -P INPUT DROP";
    let mut recording = Recording { user: User::Student, ..Recording::new(ProfileName::Linux, 3) };
    recording
        .steps
        .push(Step { at: Instant::START, action: Action::Run { host: HostId::Server, cmd: rule.into() } });
    let circumstances = Circumstances { sudoers: Sudoers::Nobody, ..Circumstances::default() };
    let mut session = Session::among(&recording, circumstances);
    session.advance_to(Instant::from_millis(100));
    enter(&mut session, ClientUpper, "sudo iptables -P INPUT DROP");
    let policy =
        |session: &Session, host| session.lab().world().firewall(host).chain(ChainName::Input).policy;
    let policies = |session: &Session| (policy(session, HostId::Server), policy(session, HostId::Client));
    assert_eq!(policies(&session), (Policy::Drop, Policy::Accept));
    session.go_to(Instant::START);
    session.go_to(Instant::from_millis(200));
    assert_eq!(policies(&session), (Policy::Drop, Policy::Accept), "a circumstance stays");
    assert!(
        session
            .under(ProfileName::Article)
            .lab()
            .world()
            .firewall(HostId::Client)
            .chain(ChainName::Input)
            .policy
            == Policy::Accept
    );
}
