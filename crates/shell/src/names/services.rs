//! Names of ports and protocols: a small `/etc/services` and `/etc/protocols`.

/// `/etc/services`, as far as this lab knows it.
pub(crate) fn services_file() -> String {
    SERVICES.iter().map(|(port, name)| format!("{name:<15} {port}/tcp\n")).collect()
}

/// Ports whose names a reader may meet, by number.
const SERVICES: &[(u16, &str)] = &[
    (1, "tcpmux"),
    (7, "echo"),
    (9, "discard"),
    (11, "systat"),
    (13, "daytime"),
    (15, "netstat"),
    (17, "qotd"),
    (19, "chargen"),
    (20, "ftp-data"),
    (21, "ftp"),
    (22, "ssh"),
    (23, "telnet"),
    (25, "smtp"),
    (37, "time"),
    (43, "whois"),
    (49, "tacacs"),
    (53, "domain"),
    (70, "gopher"),
    (79, "finger"),
    (80, "http"),
    (88, "kerberos"),
    (110, "pop3"),
    (111, "sunrpc"),
    (113, "auth"),
    (119, "nntp"),
    (123, "ntp"),
    (135, "epmap"),
    (139, "netbios-ssn"),
    (143, "imap2"),
    (179, "bgp"),
    (389, "ldap"),
    (443, "https"),
    (445, "microsoft-ds"),
    (465, "submissions"),
    (513, "login"),
    (514, "shell"),
    (515, "printer"),
    (587, "submission"),
    (631, "ipp"),
    (636, "ldaps"),
    (853, "domain-s"),
    (873, "rsync"),
    (989, "ftps-data"),
    (990, "ftps"),
    (993, "imaps"),
    (995, "pop3s"),
    (1080, "socks"),
    (1194, "openvpn"),
    (2000, "cisco-sccp"),
    (2049, "nfs"),
    (2628, "dict"),
    (3128, "squid"),
    (3306, "mysql"),
    (3389, "ms-wbt-server"),
    (3690, "svn"),
    (5060, "sip"),
    (5061, "sip-tls"),
    (5222, "xmpp-client"),
    (5269, "xmpp-server"),
    (5432, "postgresql"),
    (5556, "freeciv"),
    (5666, "nrpe"),
    (5672, "amqp"),
    (6000, "x11"),
    (6001, "x11-1"),
    (6002, "x11-2"),
    (6003, "x11-3"),
    (6004, "x11-4"),
    (6005, "x11-5"),
    (6006, "x11-6"),
    (6007, "x11-7"),
    (6379, "redis"),
    (6667, "ircd"),
    (7000, "bbs"),
    (8021, "zope-ftp"),
    (8080, "http-alt"),
    (8081, "tproxy"),
    (8088, "omniorb"),
    (8140, "puppet"),
    (9418, "git"),
    (10000, "webmin"),
];

/// Other names of the same ports.
const ALIASES: &[(u16, &str)] = &[(80, "www"), (25, "mail"), (143, "imap"), (8080, "webcache")];

/// Protocols that `iptables` can name, by number.
const PROTOCOLS: &[(u8, &str)] = &[
    (1, "icmp"),
    (2, "igmp"),
    (4, "ipencap"),
    (6, "tcp"),
    (17, "udp"),
    (33, "dccp"),
    (41, "ipv6"),
    (47, "gre"),
    (50, "esp"),
    (51, "ah"),
    (58, "ipv6-icmp"),
    (89, "ospf"),
    (132, "sctp"),
    (136, "udplite"),
];

/// The name of a TCP port.
pub(crate) fn service(port: u16) -> Option<&'static str> {
    SERVICES.iter().find(|(number, _)| *number == port).map(|(_, name)| *name)
}

/// The port of that name.
pub(crate) fn service_port(name: &str) -> Option<u16> {
    SERVICES.iter().chain(ALIASES).find(|(_, known)| *known == name).map(|(number, _)| *number)
}

/// The name of a protocol.
pub(crate) fn protocol_name(number: u8) -> Option<&'static str> {
    PROTOCOLS.iter().find(|(known, _)| *known == number).map(|(_, name)| *name)
}

/// The protocol of that name.
pub(crate) fn protocol(name: &str) -> Option<u8> {
    PROTOCOLS.iter().find(|(_, known)| *known == name).map(|(number, _)| *number)
}

/// A port, as a name if it has one and `numeric` is not set.
pub fn port_text(port: u16, numeric: bool) -> String {
    match service(port) {
        Some(name) if !numeric => name.to_owned(),
        _ => port.to_string(),
    }
}
