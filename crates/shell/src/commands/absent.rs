//! Commands that a real machine has and this lab has not. They are refused in the lab's own words, so that nobody takes a
//! limit of the lab for a fault of the host.
//!
//! `debian.txt` has the names that a Debian 12 without additions knows: those of the packages that are essential, required,
//! or about networks, and bash's built-ins. A test holds that each is a command here or refused here.

/// Files: names, and what is near, which is a command or a word about the lab.
const FILES: [(&str, &str); 36] = [
    ("nmap zenmap masscan", "nc -zv HOST PORT-PORT"),
    ("ping4 arping", "ping"),
    ("mawk nawk", "awk"),
    ("dash rbash", "sh"),
    ("dir vdir", "ls"),
    ("reset", "clear"),
    ("nohup setsid nice renice stdbuf", "bg, and & after a command"),
    (
        "dig nslookup host resolvectl getent dnsdomainname domainname nisdomainname ypdomainname delv mdig \
            nsupdate",
        "cat /etc/hosts, which has all names of the lab",
    ),
    ("traceroute traceroute6 tracepath mtr", "the wire between both hosts, which is one hop"),
    (
        "ssh scp sftp rsync slogin ssh-add ssh-agent ssh-argv0 ssh-copy-id ssh-keygen ssh-keyscan",
        "the terminals of the other host",
    ),
    (
        "strace ltrace gdb python python2 python3 perl ruby node php",
        "app, which makes one call for each line",
    ),
    ("systemctl service journalctl tasklist taskkill", "ps, kill"),
    (
        "arptables arptables-nft arptables-nft-restore arptables-nft-save arptables-restore arptables-save \
            ebtables ebtables-nft ebtables-nft-restore ebtables-nft-save ebtables-restore ebtables-save \
            ebtables-translate firewall-cmd iptables-apply iptables-legacy iptables-legacy-restore \
            iptables-legacy-save iptables-nft iptables-nft-restore iptables-nft-save iptables-restore-translate \
            iptables-translate iptables-xml nfnl_osf nft ufw xtables-legacy-multi xtables-monitor xtables-nft-multi",
        "sudo iptables",
    ),
    (
        "ip6tables ip6tables-restore ip6tables-save ip6tables-apply ip6tables-legacy ip6tables-legacy-restore \
            ip6tables-legacy-save ip6tables-nft ip6tables-nft-restore ip6tables-nft-save ip6tables-restore-translate \
            ip6tables-translate",
        "sudo iptables, which filters IPv4",
    ),
    ("ping6", "ping, which asks by IPv4"),
    ("arp arpd rarp", "ip neigh"),
    ("socat openssl", "nc, ncat"),
    ("conntrack", "sudo iptables -m conntrack --ctstate"),
    ("prlimit modprobe depmod insmod kmod lsmod modinfo rmmod", "sysctl"),
    ("ipconfig", "ip addr, ifconfig"),
    ("findstr", "grep"),
    (
        "bridge dcb devlink dhclient dhclient-script ethtool genl hostnamectl ifdown ifquery ifup ipmaddr \
            iptunnel mii-tool nameif networkctl plipconfig rdma rtmon slattach tipc vdpa",
        "ip link, ip -s link",
    ),
    ("routel", "ip route"),
    ("lnstat ctstat rtstat rtacct vmstat iostat", "nstat, netstat -s"),
    (
        "choom chrt fincore free ionice killall5 lsfd peekfd pidwait pmap prtstat pslog pstree pwdx runuser \
            setpriv skill slabtop snice start-stop-daemon taskset tload top uclampset",
        "ps, watch ps",
    ),
    (
        "addgroup adduser chfn chsh delgroup deluser gpasswd groupadd groupdel groupmod groups last lastb lastlog \
            login logname lslogins newgrp passwd pinky sg useradd userdel usermod users w who",
        "whoami, id",
    ),
    (
        "arch df findmnt getconf halt hostid hwclock locale localectl lsblk lscpu lsipc lsirq lslocks lsmem lsns \
            mount nproc poweroff reboot runlevel shutdown timedatectl umount",
        "uname -a, uptime",
    ),
    ("cal ncal", "date"),
    (
        "chgrp chmod chown cp du file find install link ln locate mkdir mkfifo mknod mktemp mv readlink realpath \
            rmdir shred stat sync tempfile truncate unlink",
        "ls, cat, rm, tee and >, because the files here have no more than a text",
    ),
    ("od hexdump hd xxd strings", "cat -A, and tcpdump -X for packets"),
    (
        "cmp col colcrt colrm comm csplit diff diff3 expand factor fmt fold join look numfmt pr ptx rgrep sdiff \
            shuf split tsort ul unexpand zgrep",
        "grep, awk, sed, sort, cut, tr, uniq",
    ),
    ("bc dc", "echo $((1 + 2)), awk"),
    (
        "b2sum base32 base64 basenc bunzip2 bzip2 cksum gunzip gzip iconv md5sum sha1sum sha224sum sha256sum \
            sha384sum sha512sum sum tar zcat",
        "cat, which shows a file as it is",
    ),
    ("vi vim nano emacs ed editor pico view ex", "cat"),
    ("su", "sudo COMMAND"),
    (
        "accessdb add-shell addpart agetty apk apropos apt apt-cache apt-cdrom apt-config apt-get apt-key \
            apt-mark badblocks bashbug blkdiscard blkid blkzone blockdev brew busctl bzcat bzcmp bzdiff \
            bzegrep bzexe bzfgrep bzgrep bzip2recover bzless bzmore captoinfo catman cfdisk chage chattr chcon chcpu \
            chgpasswd chmem chpasswd chroot clear_console cpgr cppw cron crontab ctrlaltdel deb-systemd-helper \
            deb-systemd-invoke debugfs delpart dircolors dmidecode dnf dpkg dpkg-deb dpkg-divert \
            dpkg-fsys-usrunmess dpkg-maintscript-helper dpkg-query dpkg-realpath dpkg-split dpkg-statoverride \
            dpkg-trigger dumpe2fs e2fsck e2image e2label e4crypt e4defrag eject expiry faillog fallocate \
            fdisk filefrag findfs flock fsck fsck.cramfs fsck.ext2 fsck.ext3 fsck.ext4 fsck.minix fsfreeze \
            fstab-decode fstrim getopt getty groupmems grpck grpconv grpunconv gzexe hardlink iconvconfig infocmp \
            infotocap init installkernel invoke-rc.d ipcmk ipcrm ipcs ischroot isosize kernel-install ld.so ldattach \
            ldconfig ldd lessecho lessfile lesskey lesspipe lexgrog linux32 linux64 localedef logger loginctl \
            losetup lsattr man-recode mandb manpath mcookie mesg mke2fs mkfs mkfs.bfs mkfs.cramfs mkfs.ext2 \
            mkfs.ext3 mkfs.ext4 mkfs.minix mklost+found mkswap mountpoint namei newusers nologin nsenter pacman \
            partx pathchk pivot_root pldd pwck pwconv pwunconv readprofile remove-shell rename.ul \
            resize2fs resizepart rpm rtcwake run-parts runcon savelog script scriptlive scriptreplay setarch \
            setterm sfdisk shadowconfig snap stty sulogin swaplabel swapoff swapon switch_root systemd \
            systemd-analyze systemd-ask-password systemd-cat systemd-cgls systemd-cgtop systemd-creds \
            systemd-cryptenroll systemd-delta systemd-detect-virt systemd-escape systemd-firstboot systemd-hwdb \
            systemd-id128 systemd-inhibit systemd-machine-id-setup systemd-mount systemd-notify systemd-path \
            systemd-repart systemd-run systemd-socket-activate systemd-stdio-bridge systemd-sysext systemd-sysusers \
            systemd-tmpfiles systemd-tty-ask-password-agent systemd-umount tabs telinit tic toe tput tset \
            tty tune2fs tzselect udevadm uncompress unshare update-alternatives update-rc.d update-shells utmpdump \
            vigr vipw wall wdctl whatis whereis wipefs write yum zcmp zdiff zdump zegrep zfgrep zforce zic \
            zless zmore znew zramctl",
        "help, which lists all commands",
    ),
];

/// Built-ins of bash, which `sudo`, `timeout` and `xargs` do not find on a real machine either.
const BUILTINS: [(&str, &str); 5] = [
    ("cd pushd popd dirs", "pwd; every command runs in /home/student"),
    ("exec", "the same command without exec"),
    ("ulimit", "sysctl"),
    ("disown suspend", "jobs, bg and Ctrl-Z"),
    (
        "bind builtin caller compgen complete compopt enable fc getopts hash mapfile readarray \
            shopt times trap umask typeset",
        "help, which lists all commands",
    ),
];

fn found(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let has = |names: &str| names.split(' ').any(|known| known == name);
    table.iter().find(|(names, _)| has(names)).map(|(_, near)| *near)
}

/// What is near a file that the lab has not. `None` for a word that no machine knows.
pub(crate) fn near_absent(name: &str) -> Option<&'static str> {
    found(&FILES, name)
}

/// What is near a built-in of bash that the lab has not.
pub(crate) fn near_builtin(name: &str) -> Option<&'static str> {
    found(&BUILTINS, name)
}

#[cfg(test)]
mod tests {
    use super::{BUILTINS, FILES, near_absent, near_builtin};
    use crate::commands::find;
    use std::collections::BTreeSet;
    use tcp_core::net::HostId;

    fn is_there(name: &str) -> bool {
        find(Some(HostId::Client), name).is_some()
    }

    #[test]
    fn what_is_absent_is_not_there_and_what_is_near_is() {
        let mut seen = BTreeSet::new();
        for (names, near) in FILES.iter().chain(&BUILTINS) {
            for name in names.split(' ') {
                assert!(!name.is_empty() && !is_there(name), "{name}");
                assert!(seen.insert(name), "{name} twice");
            }
            let command = near.split([' ', ',', ';']).find(|word| *word != "sudo").unwrap_or_default();
            assert!(["the", "COMMAND"].contains(&command) || is_there(command), "{near}");
        }
    }

    #[test]
    fn a_debian_machine_has_no_other_commands() {
        let all = include_str!("debian.txt");
        let known =
            |name: &&str| is_there(name) || near_absent(name).or_else(|| near_builtin(name)).is_some();
        let missing: Vec<&str> = all.lines().filter(|name| !known(name)).collect();
        assert!(missing.is_empty() && all.lines().count() > 550, "{missing:?}");
        // bash says the truth of what a plain machine lacks.
        assert_eq!(["htop", "tshark", "iperf3", "frobnicate"].map(near_absent), [None; 4]);
    }
}
