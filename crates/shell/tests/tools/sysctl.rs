//! Texts of the tool itself.

use crate::{Client, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn reads_and_writes() {
    let seen = Trial::new(ProfileName::Linux).transcript(
        Client,
        "sysctl net.ipv4.tcp_fin_timeout net.ipv4.tcp_retries2
         sysctl -n net.ipv4.tcp_fin_timeout
         sysctl -w net.ipv4.tcp_fin_timeout=30
         sysctl net/ipv4/tcp_fin_timeout=31
         sysctl -N net.ipv4.tcp_fin_timeout
         sysctl -w net.ipv4.tcp_fin_timeout
         sysctl -w net.ipv4.tcp_fin_timeout=abc
         sysctl -w net.ipv4.tcp_fin_timeout=
         sysctl -w net.ipv4.tcp_fin_timeout=99999999999
         sysctl -w net.ipv4.tcp_syn_retries=0
         sysctl -q -w net.ipv4.tcp_fin_timeout=60
         sysctl -n -w net.ipv4.tcp_fin_timeout=0x10
         sysctl -w net.ipv4.ip_local_port_range=40000
         sysctl net.ipv4.ip_local_port_range
         sysctl -w net.ipv4.ip_local_port_range=50000,40000
         sysctl net.ipv4.tcp_tw_len
         sysctl -w net.ipv4.foo=5
         sysctl -e net.ipv4.foo
         sysctl tcp_fin_timeout
         sysctl -a",
    );
    expect![[r#"
        $ sysctl net.ipv4.tcp_fin_timeout net.ipv4.tcp_retries2
        net.ipv4.tcp_fin_timeout = 60
        net.ipv4.tcp_retries2 = 15
        $ sysctl -n net.ipv4.tcp_fin_timeout
        60
        $ sysctl -w net.ipv4.tcp_fin_timeout=30
        net.ipv4.tcp_fin_timeout = 30
        $ sysctl net/ipv4/tcp_fin_timeout=31
        net.ipv4.tcp_fin_timeout = 31
        $ sysctl -N net.ipv4.tcp_fin_timeout
        net.ipv4.tcp_fin_timeout
        $ sysctl -w net.ipv4.tcp_fin_timeout
        sysctl: command line(0): invalid syntax, continuing...
        [exit 1]
        $ sysctl -w net.ipv4.tcp_fin_timeout=abc
        sysctl: setting key "net.ipv4.tcp_fin_timeout": Invalid argument
        [exit 1]
        $ sysctl -w net.ipv4.tcp_fin_timeout=
        sysctl: setting key "net.ipv4.tcp_fin_timeout": Invalid argument
        [exit 1]
        $ sysctl -w net.ipv4.tcp_fin_timeout=99999999999
        sysctl: setting key "net.ipv4.tcp_fin_timeout": Invalid argument
        [exit 1]
        $ sysctl -w net.ipv4.tcp_syn_retries=0
        sysctl: setting key "net.ipv4.tcp_syn_retries": Invalid argument
        [exit 1]
        $ sysctl -q -w net.ipv4.tcp_fin_timeout=60
        $ sysctl -n -w net.ipv4.tcp_fin_timeout=0x10
        0x10
        $ sysctl -w net.ipv4.ip_local_port_range=40000
        net.ipv4.ip_local_port_range = 40000
        $ sysctl net.ipv4.ip_local_port_range
        net.ipv4.ip_local_port_range = 40000	60999
        $ sysctl -w net.ipv4.ip_local_port_range=50000,40000
        sysctl: setting key "net.ipv4.ip_local_port_range": Invalid argument
        [exit 1]
        $ sysctl net.ipv4.tcp_tw_len
        sysctl: cannot stat /proc/sys/net/ipv4/tcp_tw_len: No such file or directory
        [exit 1]
        $ sysctl -w net.ipv4.foo=5
        sysctl: cannot stat /proc/sys/net/ipv4/foo: No such file or directory
        [exit 1]
        $ sysctl -e net.ipv4.foo
        $ sysctl tcp_fin_timeout
        sysctl: cannot stat /proc/sys/tcp_fin_timeout: No such file or directory
        [exit 1]
        $ sysctl -a
        net.core.somaxconn = 4096
        net.ipv4.ip_local_port_range = 40000	60999
        net.ipv4.tcp_abort_on_overflow = 0
        net.ipv4.tcp_fin_timeout = 16
        net.ipv4.tcp_invalid_ratelimit = 500
        net.ipv4.tcp_keepalive_intvl = 75
        net.ipv4.tcp_keepalive_probes = 9
        net.ipv4.tcp_keepalive_time = 7200
        net.ipv4.tcp_max_syn_backlog = 1024
        net.ipv4.tcp_max_tw_buckets = 65536
        net.ipv4.tcp_orphan_retries = 0
        net.ipv4.tcp_retries2 = 15
        net.ipv4.tcp_rto_max_ms = 120000
        net.ipv4.tcp_rto_min_us = 200000
        net.ipv4.tcp_sack = 1
        net.ipv4.tcp_syn_linear_timeouts = 4
        net.ipv4.tcp_syn_retries = 6
        net.ipv4.tcp_synack_retries = 5
        net.ipv4.tcp_syncookies = 1
        net.ipv4.tcp_timestamps = 1
        net.ipv4.tcp_tw_reuse = 2
    "#]]
    .assert_eq(&seen);
}

/// The page about TCP names every constant of it, with the value that it has at first.
#[test]
fn man_tcp_names_every_constant() {
    let mut trial = Trial::new(ProfileName::Linux);
    let page = trial.transcript(Client, "man 7 tcp");
    let all = trial.transcript(Client, "sysctl -a");
    let constants: Vec<&str> =
        all.lines().filter_map(|line| line.strip_prefix("net.ipv4.")?.strip_prefix("tcp_")).collect();
    assert!(constants.len() > 15, "{all}");
    for constant in constants {
        let (name, value) = constant.split_once(" = ").expect("NAME = VALUE");
        let (_, rest) = page.split_once(&format!("       tcp_{name} ")).unwrap_or_else(|| panic!("{name}"));
        let until_next = rest.split("\n       tcp_").next().expect("a split has a first part");
        assert!(until_next.contains(&format!("({value}")), "{name} = {value}: {until_next}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 80));
}
