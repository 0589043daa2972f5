//! The small tools.

use crate::{Client, Server, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn small_tools() {
    let seen = Trial::student(ProfileName::Linux).transcript(
        Server,
        "hostname
         hostname -I
         hostname other
         uname
         uname -a
         uname -rn
         uname -x
         uptime
         whoami
         id
         pwd
         which nc iptables nothing
         /usr/bin/whoami",
    );
    expect![[r#"
        $ hostname
        S_m
        $ hostname -I
        10.211.55.10 
        $ hostname other
        hostname: you must be root to change the host name
        [exit 1]
        $ uname
        Linux
        $ uname -a
        Linux S_m 6.18.0 #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux
        $ uname -rn
        S_m 6.18.0
        $ uname -x
        uname: invalid option -- 'x'
        Try 'uname --help' for more information.
        [exit 1]
        $ uptime
         03:33:00 up 0 min,  2 users,  load average: 0.00, 0.00, 0.00
        $ whoami
        student
        $ id
        uid=1000(student) gid=1000(student) groups=1000(student),27(sudo)
        $ pwd
        /home/student
        $ which nc iptables nothing
        /usr/bin/nc
        /usr/sbin/iptables
        [exit 1]
        $ /usr/bin/whoami
        student
    "#]]
    .assert_eq(&seen);
}

/// TIME-WAIT of 120 s and SYNs after 1, 3 and 7 s are those of no Linux 6.18.
#[test]
fn the_article_claims_no_release_of_linux() {
    let seen = Trial::student(ProfileName::Article).transcript(
        Client,
        "uname -r
         uname -a
         cat /proc/version",
    );
    expect![[r#"
        $ uname -r
        article
        $ uname -a
        Linux C_m article #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux
        $ cat /proc/version
        Linux version article #1 SMP PREEMPT_DYNAMIC
    "#]]
    .assert_eq(&seen);
}
