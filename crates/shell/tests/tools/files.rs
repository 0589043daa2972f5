//! Files in memory, and the tools that read, list and remove them.

use crate::{Server, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn files_of_a_host() {
    let seen = Trial::student(ProfileName::Linux).transcript(
        Server,
        "echo one | tee a.txt
         echo two | tee -a a.txt
         cat a.txt
         grep -c two a.txt
         wc -l a.txt
         echo a.txt | grep a.txt
         ls
         ls -l a.txt
         echo x | tee /etc/x
         echo x | sudo tee /etc/x
         cat /etc/x /etc nofile
         cat /proc/sys/net/ipv4
         echo 9 | tee /proc/sys/net/ipv4/tcp_retries2
         echo 9 | sudo tee /proc/sys/net/ipv4/tcp_retries2
         cat /proc/sys/net/ipv4/tcp_retries2
         rm a.txt nofile /etc/x
         ls /nowhere
         ls",
    );
    expect![[r#"
        $ echo one | tee a.txt
        one
        $ echo two | tee -a a.txt
        two
        $ cat a.txt
        one
        two
        $ grep -c two a.txt
        1
        $ wc -l a.txt
        2 a.txt
        $ echo a.txt | grep a.txt
        a.txt
        $ ls
        a.txt
        $ ls -l a.txt
        -rw-r--r-- 1 student student        8 a.txt
        $ echo x | tee /etc/x
        x
        tee: /etc/x: Permission denied
        [exit 1]
        $ echo x | sudo tee /etc/x
        x
        $ cat /etc/x /etc nofile
        x
        cat: /etc: Is a directory
        cat: nofile: No such file or directory
        [exit 1]
        $ cat /proc/sys/net/ipv4
        cat: /proc/sys/net/ipv4: Is a directory
        [exit 1]
        $ echo 9 | tee /proc/sys/net/ipv4/tcp_retries2
        9
        tee: /proc/sys/net/ipv4/tcp_retries2: Permission denied
        [exit 1]
        $ echo 9 | sudo tee /proc/sys/net/ipv4/tcp_retries2
        9
        $ cat /proc/sys/net/ipv4/tcp_retries2
        9
        $ rm a.txt nofile /etc/x
        rm: cannot remove 'nofile': No such file or directory
        rm: cannot remove '/etc/x': Permission denied
        [exit 1]
        $ ls /nowhere
        ls: cannot access '/nowhere': No such file or directory
        [exit 2]
        $ ls
    "#]]
    .assert_eq(&seen);
}
