//! Commands that a real machine has and this lab has not. They are refused in the lab's own words, so that nobody takes a
//! limit of the lab for a fault of the host.

/// Names, and what is near: a command, or a word about the lab.
const ABSENT: [(&[&str], &str); 17] = [
    (&["nmap", "zenmap", "masscan"], "nc -zv HOST PORT-PORT"),
    (&["dig", "nslookup", "host", "resolvectl"], "cat /etc/hosts, which has all names of the lab"),
    (&["traceroute", "tracepath", "mtr"], "the wire between both hosts, which is one hop"),
    (&["ssh", "scp", "sftp", "rsync"], "the terminals of the other host"),
    (&["strace", "ltrace", "gdb"], "app, which makes one call for each line"),
    (&["systemctl", "service", "journalctl"], "ps, kill"),
    (&["ufw", "firewall-cmd", "nft"], "sudo iptables"),
    (&["arp"], "ip neigh"),
    (&["socat"], "nc, ncat"),
    (
        &["python", "python2", "python3", "perl", "ruby", "node", "php"],
        "app, which makes one call for each line",
    ),
    (&["conntrack"], "sudo iptables -m conntrack --ctstate"),
    (&["ulimit"], "sysctl"),
    (&["ipconfig"], "ip addr, ifconfig"),
    (&["findstr"], "grep"),
    (&["tasklist", "taskkill"], "ps, kill"),
    (
        &["apt", "apt-get", "dpkg", "yum", "dnf", "rpm", "pacman", "apk", "brew", "snap"],
        "help, which lists all commands",
    ),
    (&["vi", "vim", "nano", "emacs", "ed"], "cat"),
];

/// What is near a command that the lab has not. `None` for a word that no machine knows.
pub(crate) fn near_absent(name: &str) -> Option<&'static str> {
    ABSENT.iter().find(|(names, _)| names.contains(&name)).map(|(_, near)| *near)
}

#[cfg(test)]
mod tests {
    use super::ABSENT;
    use crate::commands::find;
    use tcp_core::net::HostId;

    #[test]
    fn what_is_absent_is_not_there_and_what_is_near_is() {
        let is_there = |name: &str| find(Some(HostId::Client), name).is_some();
        for (names, near) in ABSENT {
            for name in names {
                assert!(!is_there(name), "{name}");
            }
            let command = near.split([' ', ',']).find(|word| *word != "sudo").unwrap_or_default();
            assert!(command == "the" || is_there(command), "{near}");
        }
    }
}
