//! The hosts' names: files that the programs of a recording see in place of the machine's own.
//!
//! They are mounted over `/etc/hosts` and `/etc/nsswitch.conf` in a mount namespace of their own. The machine's files do
//! not change, and nothing is left when the last program has ended.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::thread;

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};
use tcp_shell::names::hosts_file;

/// Names are those in files: no name server is asked.
const SWITCH: &str = "passwd: files\nhosts: files\nprotocols: files\nservices: files\n";

/// A mount namespace in which the hosts know each other by name.
#[derive(Debug)]
pub(crate) struct Names(File);

impl Names {
    /// Makes the namespace.
    pub(crate) fn create() -> io::Result<Self> {
        let made = thread::spawn(|| {
            unshare(CloneFlags::CLONE_NEWNS)?;
            lay_over("/tmp")?;
            File::open("/proc/thread-self/ns/mnt")
        });
        made.join().unwrap_or_else(|_| Err(io::Error::other("the thread inside panicked"))).map(Self)
    }

    /// Moves this thread into the namespace, for good. Its programs begin in the root folder.
    pub(crate) fn enter(&self) -> io::Result<()> {
        // Threads that share their folders cannot change them alone.
        unshare(CloneFlags::CLONE_FS)?;
        Ok(setns(&self.0, CloneFlags::CLONE_NEWNS)?)
    }
}

/// Mounts the files over those of the machine. `room` is a folder that holds them in between.
fn lay_over(room: &str) -> io::Result<()> {
    const NOTHING: Option<&str> = None;
    mount(NOTHING, "/", NOTHING, MsFlags::MS_REC | MsFlags::MS_PRIVATE, NOTHING)?;
    mount(Some("tmpfs"), room, Some("tmpfs"), MsFlags::empty(), NOTHING)?;
    for (name, text) in [("hosts", hosts_file().as_str()), ("nsswitch.conf", SWITCH)] {
        let file = Path::new(room).join(name);
        fs::write(&file, text)?;
        mount(Some(&file), &Path::new("/etc").join(name), NOTHING, MsFlags::MS_BIND, NOTHING)?;
    }
    Ok(umount2(room, MntFlags::MNT_DETACH)?)
}
