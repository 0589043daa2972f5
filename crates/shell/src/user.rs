//! The users of the hosts: root, and the student who types.

use tcp_core::net::Uid;

/// A user of a host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum User {
    /// Who may do everything: who typed in sessions from before there were users, and in the kernel's traces.
    #[default]
    Root,
    /// Who needs `sudo` where a real machine asks for it.
    Student,
}

impl User {
    /// Both users.
    pub const ALL: [User; 2] = [User::Root, User::Student];

    /// The name, as `whoami` prints it and a recording has it.
    pub const fn name(self) -> &'static str {
        match self {
            User::Root => "root",
            User::Student => "student",
        }
    }

    /// The user of that name.
    pub fn parse(name: &str) -> Option<User> {
        User::ALL.into_iter().find(|user| user.name() == name)
    }

    /// The number by which the kernel knows the user.
    pub const fn uid(self) -> Uid {
        match self {
            User::Root => Uid::ROOT,
            User::Student => Uid(1000),
        }
    }

    /// Whether the user may do what only root may.
    pub const fn is_root(self) -> bool {
        matches!(self, User::Root)
    }

    /// Whether the user may see and signal what belongs to `other`.
    pub fn may_touch(self, other: User) -> bool {
        self.is_root() || self == other
    }
}

/// What `sudo` lets the student do in a terminal. A line without a terminal may use it for everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sudoers {
    /// Everything: the student is in the group `sudo`.
    #[default]
    All,
    /// Nothing: the file names root alone.
    Nobody,
    /// `student ALL=(root) NOPASSWD: /usr/bin/tcpdump`
    Tcpdump,
}

impl Sudoers {
    /// Whether a line such as `sudo iptables -S` would run.
    pub(crate) fn lets(self, line: &str) -> bool {
        let mut words = line.split_whitespace();
        if words.next() != Some("sudo") {
            return true;
        }
        match self {
            Sudoers::All => true,
            Sudoers::Nobody => false,
            Sudoers::Tcpdump => words.next() == Some("tcpdump"),
        }
    }
}

/// The name of the user with this number.
pub(crate) fn name_of(uid: Uid) -> &'static str {
    User::ALL.into_iter().find(|user| user.uid() == uid).map_or("nobody", User::name)
}
