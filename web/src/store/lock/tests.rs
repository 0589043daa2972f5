//! What is locked stays as it is, whichever way it is asked for.

use crate::settings::{Settings, Theme};
use crate::store::{Done, Intent, Store};
use tcp_core::Instant;
use tcp_course::Action;
use tcp_scene::DropPlace;
use tcp_scene::address::{Lock, parse};
use tcp_scene::pace::Pace;
use tcp_scene::words::Sharing;
use tcp_shell::{ProfileName, TerminalId};

fn open(query: &str) -> Store {
    let asked = parse(query);
    assert_eq!(asked.1, []);
    Store::visited(Settings::default().asked(&asked.0), asked, "", None)
}

fn does(store: &mut Store, intent: Intent) -> bool {
    let at = store.shown().scene.now;
    store.update(Done { at, intent })
}

fn enters(terminal: TerminalId, line: &str) -> Intent {
    Intent::Act(Action::enter(terminal, line))
}

/// It is refused: nothing changes but that the reason is said, once.
fn refused(store: &mut Store, intent: &Intent, lock: Lock) {
    let before = (store.session.digest(), store.shown().settings, store.shown().place, store.shown().playing);
    does(store, intent.clone());
    assert_eq!(store.shown().notices, [Sharing::Locked(lock)]);
    assert!(!does(store, intent.clone()), "the reason is there already");
    let after = (store.session.digest(), store.shown().settings, store.shown().place, store.shown().playing);
    assert_eq!(after, before);
    does(store, Intent::Dismiss);
}

const DROP: &str = "sudo iptables -I OUTPUT -p tcp --dport 5555 -j DROP";

#[test]
fn a_locked_firewall_is_changed_by_no_button_and_no_line() {
    let mut store = open("?lock=firewall");
    let toggle = store.shown().scene.firewall.toggles[0].clone();
    for intent in [
        enters(toggle.terminal, &toggle.line),
        Intent::DropAt(DropPlace::Network),
        enters(TerminalId::ClientUpper, DROP),
        enters(TerminalId::ClientUpper, "date; ip'table's --append INPUT -j DROP"),
        enters(TerminalId::ServerLower, "sleep 1 && iptables -L -n && iptables –F"),
        enters(TerminalId::ServerLower, "sudo iptables -P INPUT DROP"),
        enters(TerminalId::ServerLower, "sudo iptables-restore rules"),
        enters(TerminalId::ServerLower, "sudo ip link set eth0 down"),
        enters(TerminalId::ServerLower, "sudo tc qdisc add dev eth0 root netem loss 100%"),
        enters(TerminalId::ServerLower, "sudo tc q d dev eth0 parent root"),
        enters(TerminalId::ServerLower, "I=ipt; sudo ${I}ables -F"),
        enters(TerminalId::ServerLower, "while true; do $X ${I}ables -F; done"),
        enters(TerminalId::ServerLower, "printf 'ipt%s -F' ables | sudo sh"),
        enters(TerminalId::ServerLower, "eval $LINE"),
        enters(TerminalId::ServerLower, "case x in x) eval LINE;; esac"),
        enters(TerminalId::ServerLower, "env sh script"),
        enters(TerminalId::ServerLower, "echo ables | xargs -I% sudo ipt% -F"),
        enters(TerminalId::ServerLower, "sudo ip{tables,x} -F"),
        enters(TerminalId::ServerLower, "sudo ipt\\"),
        enters(TerminalId::ServerLower, "sudo !!"),
        enters(TerminalId::ServerLower, "x'; !sudo"),
        enters(TerminalId::Network, "drop C_m S * -1"),
    ] {
        refused(&mut store, &intent, Lock::Firewall);
    }
    // To look is free, and so is all else.
    for line in [
        "sudo iptables -L OUTPUT -vn",
        "sudo iptables -S",
        "sudo iptables --list",
        "for i in {1..2}; do echo $i; done",
        "ip link show",
        "nc 10.211.55.10 5555",
    ] {
        assert!(does(&mut store, enters(TerminalId::ClientLower, line)), "{line}");
        assert_eq!(store.shown().notices, [], "{line}");
    }
    assert!(does(&mut store, Intent::PlayOrPause));
}

#[test]
fn into_locked_terminals_only_buttons_type() {
    let mut store = open("?lock=terminals");
    for intent in [
        enters(TerminalId::ClientUpper, "date"),
        enters(TerminalId::ClientLower, DROP),
        Intent::Act(Action::ctrl_d(TerminalId::ServerUpper)),
    ] {
        refused(&mut store, &intent, Lock::Terminals);
    }
    let toggle = store.shown().scene.firewall.toggles[0].clone();
    assert!(does(&mut store, enters(toggle.terminal, &toggle.line)));
    let connect = store.shown().scene.hosts[0].buttons.iter().find(|button| button.enabled).cloned();
    assert!(does(&mut store, Intent::Act(connect.expect("a button").action)));
    let shown = store.shown();
    assert_eq!((shown.notices, shown.scene.firewall.toggles[0].on), (Vec::new(), true));
}

#[test]
fn locked_time_is_moved_by_nobody_but_the_clock() {
    let mut store = open("?lock=time");
    does(&mut store, enters(TerminalId::ClientUpper, "nc 10.211.55.10 5555"));
    does(&mut store, Intent::Pass(Instant::from_millis(7)));
    let fast = Settings { pace: Pace::Fast, ..store.shown().settings };
    for intent in [
        Intent::PlayOrPause,
        Intent::Step,
        Intent::StepBack,
        Intent::Skip,
        Intent::GoTo(Instant::START),
        Intent::Reset,
        Intent::Undo,
        Intent::Set(fast),
    ] {
        refused(&mut store, &intent, Lock::Time);
    }
    let dark = Settings { theme: Theme::Dark, ..store.shown().settings };
    assert!(does(&mut store, Intent::Set(dark)));
    assert!(does(&mut store, Intent::Pass(Instant::from_millis(15))));
    assert_eq!(store.shown().scene.hosts[0].badge.node.node().label(), "ESTABLISHED");
}

#[test]
fn a_scene_goes_on_in_locked_time() {
    let pauses = |store: &Store| store.shown().play.map(|play| (play.progress.0, play.waits));
    let mut store = open("?scene=synack-dropped&lock=time");
    does(&mut store, Intent::PlayOrPause);
    assert_eq!(pauses(&store), Some((1, false)), "the key that plays ends a pause");
    does(&mut store, Intent::Again);
    does(&mut store, Intent::GoOn);
    assert_eq!(pauses(&store), Some((1, false)));
    let mut store = open("?scene=synack-dropped&lock=time&autoplay=on");
    refused(&mut store, &Intent::PlayOrPause, Lock::Time);
}

#[test]
fn locked_settings_stay() {
    let mut store = open("?lock=settings&theme=dark");
    let settings = store.shown().settings;
    for set in [
        Settings { theme: Theme::Light, ..settings },
        Settings { profile: ProfileName::Linux, ..settings },
        Settings { silent_keys: true, ..settings },
    ] {
        refused(&mut store, &Intent::Set(set), Lock::Settings);
    }
    assert!(does(
        &mut store,
        Intent::Set(Settings { pace: Pace::Slow, figure: tcp_scene::diagram::Figure::Beyond, ..settings })
    ));
}

#[test]
fn the_page_around_the_lab_is_no_reader() {
    let mut store = open("?lock=time");
    assert!(does(&mut store, Intent::ByHostPage(Box::new(Intent::PlayOrPause))));
    let shown = store.shown();
    assert_eq!((shown.playing, shown.notices), (false, Vec::new()));
    assert!(!does(&mut store, Intent::ByHostPage(Box::new(Intent::Redo))), "there is nothing to do again");
}

#[test]
fn who_may_not_choose_the_profile_cannot_take_it_back() {
    let mut store = open("?lock=settings");
    let at = store.now();
    let settings = Settings { profile: ProfileName::Linux, ..Settings::default() };
    let by_host_page = Intent::ByHostPage(Box::new(Intent::Set(settings)));
    assert!(store.update(Done { at, intent: by_host_page }));
    assert!(!store.shown().can_undo && !store.update(Done { at, intent: Intent::Undo }));
    assert_eq!(store.shown().settings.profile, ProfileName::Linux);
}
