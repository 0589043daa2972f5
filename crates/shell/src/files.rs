//! The files of the hosts, in memory.
//!
//! Directories are a fixed list: none can be made or removed. Of permissions, only those that a student meets: the student
//! writes in `/home/student` and `/tmp`, root anywhere; everybody reads everything but `/root`. Left out: links, times, modes.

use crate::user::User;
use std::collections::BTreeMap;
use std::rc::Rc;
use tcp_core::Order;
use tcp_core::net::HostId;

/// The directory in which every command runs.
pub(crate) const HOME: &str = "/home/student";

/// Whatever is written there is dropped, and it is always at its end.
pub(crate) const NULL: &str = "/dev/null";

/// Octets of all files together.
const MOST: u64 = 32 << 20;

/// The directories, with whether the student writes in them.
const DIRECTORIES: [(&str, bool); 20] = [
    ("/", false),
    ("/bin", false),
    ("/boot", false),
    ("/dev", false),
    ("/etc", false),
    ("/home", false),
    (HOME, true),
    ("/opt", false),
    ("/proc", false),
    ("/proc/net", false),
    ("/proc/sys", false),
    ("/proc/sys/net", false),
    ("/proc/sys/net/ipv4", false),
    ("/root", false),
    ("/sbin", false),
    ("/tmp", true),
    ("/usr", false),
    ("/usr/bin", false),
    ("/var", false),
    ("/var/log", false),
];

/// Why a file cannot be used, in the words of `strerror`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileError {
    /// ENOENT
    #[error("No such file or directory")]
    Missing,
    /// EACCES
    #[error("Permission denied")]
    Denied,
    /// EISDIR
    #[error("Is a directory")]
    IsDirectory,
    /// ENOSPC
    #[error("No space left on device")]
    Full,
    /// EINVAL: a constant has no such value.
    #[error("Invalid argument")]
    Invalid,
    /// ENOTDIR
    #[error("Not a directory")]
    NotDirectory,
}

#[derive(Clone, Debug, Hash)]
struct File {
    owner: User,
    octets: Rc<Vec<u8>>,
}

/// The files of all hosts, by host and whole path.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Files {
    of: BTreeMap<(HostId, String), File>,
    /// Octets of all files together.
    octets: u64,
    /// Octets that were read since this was last asked.
    read: u64,
}

impl Files {
    /// The octets of a file.
    pub(crate) fn read(&self, host: HostId, user: User, path: &str) -> Result<Rc<Vec<u8>>, FileError> {
        let path = absolute(path);
        if path == NULL {
            return Ok(Rc::default());
        }
        let (directory, _) = self.place(host, &path)?;
        if directory == "/root" && !user.is_root() {
            return Err(FileError::Denied);
        }
        let file = self.of.get(&(host, path)).ok_or(FileError::Missing)?;
        Ok(Rc::clone(&file.octets))
    }

    /// Notes that a tool reads so much.
    pub(crate) fn note_read(&mut self, octets: usize) {
        self.read += octets as u64;
    }

    /// Octets that tools have read since this was last asked.
    pub(crate) fn take_read(&mut self) -> u64 {
        std::mem::take(&mut self.read)
    }

    /// Opens a file for writing, as `>` does: it is empty then.
    pub(crate) fn create(&mut self, host: HostId, user: User, path: &str) -> Result<(), FileError> {
        let freed = self.open(host, user, path)?.map_or(0, |octets| std::mem::take(octets).len());
        self.octets -= freed as u64;
        Ok(())
    }

    /// Adds octets at the end of a file, which is made if it is not there, as `>>` does.
    pub(crate) fn append(
        &mut self,
        host: HostId,
        user: User,
        path: &str,
        more: &[u8],
    ) -> Result<(), FileError> {
        let fits = self.octets + more.len() as u64 <= MOST;
        if let Some(octets) = self.open(host, user, path)? {
            if !fits {
                return Err(FileError::Full);
            }
            octets.extend_from_slice(more);
            self.octets += more.len() as u64;
        }
        Ok(())
    }

    /// Removes a file, as `rm` does.
    pub(crate) fn remove(&mut self, host: HostId, user: User, path: &str) -> Result<(), FileError> {
        let path = absolute(path);
        let (_, writable) = self.place(host, &path)?;
        if !self.of.contains_key(&(host, path.clone())) {
            return Err(FileError::Missing);
        }
        if !writable && !user.is_root() {
            return Err(FileError::Denied);
        }
        let removed = self.of.remove(&(host, path)).map_or(0, |file| file.octets.len());
        self.octets -= removed as u64;
        Ok(())
    }

    /// The names in a directory, in order, or the file's own name.
    pub(crate) fn list(&self, host: HostId, user: User, path: &str) -> Result<Vec<String>, FileError> {
        let path = absolute(path);
        if !is_directory(&path) {
            return self.read(host, user, &path).map(|_| vec![path]);
        }
        if path == "/root" && !user.is_root() {
            return Err(FileError::Denied);
        }
        let files = self.of.keys().filter(|(on, _)| *on == host).map(|(_, path)| path.as_str());
        let all = files.chain(DIRECTORIES.iter().map(|(directory, _)| *directory));
        let mut names: Vec<String> = all
            .filter(|name| *name != "/" && parent(name) == path)
            .map(|name| name.rsplit('/').next().unwrap_or_default().to_owned())
            .collect();
        names.order();
        Ok(names)
    }

    /// Octets of a file, for its size; `None` if there is no such file.
    pub(crate) fn size(&self, host: HostId, path: &str) -> Option<(User, usize)> {
        self.of.get(&(host, absolute(path))).map(|file| (file.owner, file.octets.len()))
    }

    /// Approximate size of all files, in octets.
    pub(crate) fn weight(&self) -> u64 {
        self.octets + 256 * self.of.len() as u64
    }

    /// The octets of a file that `user` may write; `None` if it keeps none.
    fn open(&mut self, host: HostId, user: User, path: &str) -> Result<Option<&mut Vec<u8>>, FileError> {
        let path = absolute(path);
        if path == NULL {
            return Ok(None);
        }
        let (_, writable) = self.place(host, &path)?;
        let may = match self.of.get(&(host, path.clone())) {
            Some(file) => user.may_touch(file.owner),
            None => writable || user.is_root(),
        };
        if !may {
            return Err(FileError::Denied);
        }
        let file = self.of.entry((host, path)).or_insert_with(|| File { owner: user, octets: Rc::default() });
        Ok(Some(Rc::make_mut(&mut file.octets)))
    }

    /// The directory of a path, and whether the student writes in it.
    fn place(&self, host: HostId, path: &str) -> Result<(&'static str, bool), FileError> {
        if is_directory(path) {
            return Err(FileError::IsDirectory);
        }
        let directory = parent(path);
        let found = DIRECTORIES.iter().find(|(known, _)| *known == directory);
        found.copied().ok_or_else(|| match self.of.contains_key(&(host, directory.to_owned())) {
            true => FileError::NotDirectory,
            false => FileError::Missing,
        })
    }
}

/// Whether there is a directory of this path.
pub(crate) fn is_directory(path: &str) -> bool {
    let path = absolute(path);
    DIRECTORIES.iter().any(|(directory, _)| *directory == path)
}

fn parent(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((parent, _)) => parent,
    }
}

/// The path from the root on, without `.` and `..`.
pub(crate) fn absolute(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let from = if path.starts_with('/') { "" } else { HOME };
    for part in from.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use HostId::{Client, Server};
    use User::{Root, Student};

    #[test]
    fn files_are_of_one_host_and_have_owners() {
        let mut files = Files::default();
        files.create(Client, Student, "a.txt").unwrap();
        files.append(Client, Student, "./a.txt", b"x\n").unwrap();
        files.append(Client, Student, "../student//a.txt", b"y\n").unwrap();
        assert_eq!(files.read(Client, Student, "/home/student/a.txt").as_deref(), Ok(&b"x\ny\n".to_vec()));
        assert_eq!(files.read(Server, Student, "a.txt"), Err(FileError::Missing));
        files.create(Client, Root, "/tmp/root").unwrap();
        assert_eq!(files.append(Client, Student, "/tmp/root", b"z"), Err(FileError::Denied));
        assert_eq!(files.list(Client, Student, ".").unwrap(), ["a.txt"]);
        files.remove(Client, Student, "a.txt").unwrap();
        assert_eq!(files.remove(Client, Student, "a.txt"), Err(FileError::Missing));
    }

    #[test]
    fn what_cannot_be_written_says_why() {
        let mut files = Files::default();
        for (path, why) in [
            ("/etc/x", FileError::Denied),
            ("/etc", FileError::IsDirectory),
            (".", FileError::IsDirectory),
            ("nowhere/x", FileError::Missing),
        ] {
            assert_eq!(files.create(Client, Student, path), Err(why), "{path}");
        }
        files.create(Client, Student, "a").unwrap();
        assert_eq!(files.create(Client, Student, "a/b"), Err(FileError::NotDirectory));
        files.append(Client, Student, NULL, b"x").unwrap();
        assert_eq!(files.read(Client, Student, NULL), Ok(Rc::default()));
        assert_eq!(files.read(Client, Student, "/root/x"), Err(FileError::Denied));
        assert_eq!(files.create(Client, Root, "/etc/x"), Ok(()));
    }
}
