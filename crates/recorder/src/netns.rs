//! Network namespaces: making them, running programs in them, and removing them whatever happens.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;

use nix::sched::{CloneFlags, setns};

use crate::claim::Claim;
use crate::host::Host;
use crate::names::Names;
use crate::tool;
use crate::trouble::Trouble;

/// Where `ip netns` keeps its names.
const NAMES: &str = "/run/netns";
/// Prefix of all names of this program, followed by the number of the recorder's process and the host.
const OURS: &str = "tcp-states-";

/// A namespace of this program, removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Namespace {
    name: String,
    names: Names,
}

impl Namespace {
    fn create(role: &str) -> Result<Self, Trouble> {
        let name = format!("{OURS}{}-{role}", std::process::id());
        let names = Names::create().map_err(Trouble::system("cannot give the hosts their names"))?;
        tool::run(&["ip", "netns", "add", &name])?;
        let made = Self { name, names };
        tool::run(&["ip", "-n", &made.name, "link", "set", "lo", "up"])?;
        Ok(made)
    }

    /// Runs `call` in the namespace, on a thread of its own.
    pub(crate) fn inside<T: Send>(&self, call: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
        thread::scope(|scope| {
            let inside = scope.spawn(|| {
                self.enter()?;
                call()
            });
            inside.join().unwrap_or_else(|_| Err(io::Error::other("the thread inside panicked")))
        })
    }

    /// Moves this thread into the namespace, for good.
    pub(crate) fn enter(&self) -> io::Result<()> {
        enter(&self.path())
    }

    /// The file that represents the namespace.
    pub(crate) fn path(&self) -> PathBuf {
        Path::new(NAMES).join(&self.name)
    }

    /// Starts a program in the namespace, where it knows the hosts by name.
    pub(crate) fn spawn(&self, command: &mut Command) -> io::Result<Child> {
        self.among_names(|| command.spawn())
    }

    /// Runs `call` in the namespace as [`Namespace::inside`] does, with the hosts' names.
    pub(crate) fn among_names<T: Send>(&self, call: impl FnOnce() -> io::Result<T> + Send) -> io::Result<T> {
        self.inside(|| {
            self.names.enter()?;
            call()
        })
    }

    fn ip(&self, words: &str) -> Result<(), Trouble> {
        let words: Vec<&str> = ["ip", "-n", &self.name].into_iter().chain(words.split(' ')).collect();
        tool::run(&words)
    }

    /// Value of a constant of the namespace, by a name such as `net.ipv4.tcp_retries2`.
    pub(crate) fn sysctl(&self, name: &str) -> io::Result<String> {
        self.inside(|| fs::read_to_string(sysctl_path(name)))
            .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Sets a constant of the namespace.
    pub(crate) fn set_sysctl(&self, name: &str, value: &str) -> io::Result<()> {
        self.inside(|| fs::write(sysctl_path(name), value))
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        remove(&self.name);
    }
}

/// Moves this thread into the namespace that a file represents, for good.
pub(crate) fn enter(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    setns(file, CloneFlags::CLONE_NEWNET)?;
    Ok(())
}

fn sysctl_path(name: &str) -> PathBuf {
    Path::new("/proc/sys").join(name.replace('.', "/"))
}

/// The two hosts, connected.
#[derive(Debug)]
pub(crate) struct Network {
    client: Namespace,
    server: Namespace,
    /// The namespace of the relay, if there is one.
    pub(crate) between: Option<Namespace>,
}

impl Network {
    /// Makes the hosts and connects them: by one veth pair, or by two with room for a relay between them.
    pub(crate) fn create(with_relay: bool) -> Result<Self, Trouble> {
        sweep();
        let small = SmallTables::set();
        let network = Self {
            client: Namespace::create("client")?,
            server: Namespace::create("server")?,
            between: if with_relay { Some(Namespace::create("network")?) } else { None },
        };
        drop(small);
        if let Some(between) = &network.between {
            for host in Host::BOTH {
                let end = port(host);
                between.ip(&format!(
                    "link add {end} type veth peer name eth0 netns {}",
                    network.host(host).name
                ))?;
                // Frames are for the hosts, not for this namespace.
                between.ip(&format!("link set {end} promisc on arp off up"))?;
            }
        } else {
            let server = &network.server.name;
            network.client.ip(&format!("link add eth0 type veth peer name eth0 netns {server}"))?;
        }
        for host in Host::BOTH {
            network.bring_up(host)?;
        }
        network.introduce()?;
        Ok(network)
    }

    /// The namespace of a host.
    pub(crate) const fn host(&self, host: Host) -> &Namespace {
        match host {
            Host::Client => &self.client,
            Host::Server => &self.server,
        }
    }

    fn bring_up(&self, host: Host) -> Result<(), Trouble> {
        let namespace = self.host(host);
        // Without an automatic IPv6 address there is no IPv6 chatter; without segmentation offload, one packet
        // on the wire is one segment.
        let quiet = namespace.set_sysctl("net.ipv6.conf.eth0.addr_gen_mode", "1");
        quiet.or_else(ignore_missing).map_err(Trouble::system("cannot set addr_gen_mode"))?;
        namespace.ip(&format!("addr add {}/24 dev eth0", host.addr()))?;
        namespace.ip("link set dev eth0 gso_max_segs 1 up")
    }

    /// Lets each host know the other's address, as after a ping.
    fn introduce(&self) -> Result<(), Trouble> {
        for host in Host::BOTH {
            let peer = self.host(host.peer());
            let mac = peer.inside(mac_of_eth0).map_err(Trouble::system("cannot read an address"))?;
            let addr = host.peer().addr();
            self.host(host).ip(&format!("neigh replace {addr} lladdr {mac} dev eth0 nud permanent"))?;
        }
        Ok(())
    }
}

/// While this exists, new namespaces get a small table of connections of their own.
///
/// Otherwise they share the machine's table, and reading its hundred thousand empty rows every few milliseconds takes a
/// whole processor. Kernels before 6.1 have only the shared table.
#[derive(Debug)]
struct SmallTables {
    before: String,
    /// Only one recorder at a time may do this; a second would restore the value that the first had set.
    _alone: Claim,
}

impl SmallTables {
    const ENTRIES: &str = "net.ipv4.tcp_child_ehash_entries";
    const SMALL: &str = "1024";

    fn set() -> Option<Self> {
        let alone = Claim::wait_for("small-tables")?;
        let before = fs::read_to_string(sysctl_path(Self::ENTRIES)).ok()?;
        fs::write(sysctl_path(Self::ENTRIES), Self::SMALL).ok()?;
        // The small value is left from a recorder that was killed in between; 0 is the kernel's default.
        let before = if before.trim() == Self::SMALL { "0".to_owned() } else { before };
        Some(Self { before, _alone: alone })
    }
}

impl Drop for SmallTables {
    fn drop(&mut self) {
        if let Err(reason) = fs::write(sysctl_path(Self::ENTRIES), self.before.trim()) {
            eprintln!("warning: {} is still {}: {reason}", Self::ENTRIES, Self::SMALL);
        }
    }
}

fn mac_of_eth0() -> io::Result<String> {
    let found = nix::ifaddrs::getifaddrs()?
        .filter(|found| found.interface_name == "eth0")
        .find_map(|found| found.address?.as_link_addr()?.addr());
    let octets = found.ok_or_else(|| io::Error::other("eth0 is not there"))?;
    Ok(octets.map(|octet| format!("{octet:02x}")).join(":"))
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// Removes the namespaces of recorders that were killed.
fn sweep() {
    let Ok(names) = fs::read_dir(NAMES) else { return };
    for name in names.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
        let owner = owner(&name);
        if owner.is_some_and(|owner| !Path::new("/proc").join(owner.to_string()).exists()) {
            remove(&name);
        }
    }
}

/// The process that made a namespace, if this program made it.
fn owner(name: &str) -> Option<u32> {
    name.strip_prefix(OURS)?.split('-').next()?.parse().ok()
}

/// Kills the processes in a namespace, then removes it.
fn remove(name: &str) {
    let inside = tool::output(&["ip", "netns", "pids", name]).unwrap_or_default();
    for pid in inside.split_whitespace().filter_map(|pid| pid.parse().ok()) {
        // The process may just have ended by itself.
        let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), nix::sys::signal::Signal::SIGKILL);
    }
    if let Err(trouble) = tool::run(&["ip", "netns", "del", name]) {
        eprintln!("warning: {trouble}");
    }
}

/// The device in the relay's namespace that leads to a host.
pub(crate) const fn port(host: Host) -> &'static str {
    match host {
        Host::Client => "to-client",
        Host::Server => "to-server",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_namespaces_have_an_owner() {
        assert_eq!(owner("tcp-states-4711-client"), Some(4711));
        assert_eq!(owner("tcp-states-x-client"), None);
        assert_eq!(owner("production"), None);
    }
}
