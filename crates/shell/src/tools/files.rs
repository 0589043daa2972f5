//! Files of a host that a filter can read: those of `/proc/sys`, one for each constant that `sysctl` knows, and
//! `/etc/hosts`.

use super::{OnHost, sysctl};
use crate::names::hosts_file;
use crate::output::{Done, Refusal};

/// The refusal of a filter at the beginning of a pipe, where it would read the keyboard.
pub(crate) fn nothing_to_read(name: &str) -> Refusal {
    let why = format!("{name}: nothing to read; put it behind a pipe, for example: netstat -nat | {name}\n");
    Refusal::new(why, 2)
}

/// The code of a filter.
type Filter = fn(&[String], &str) -> Done;

/// Runs the filter `name` on the files among its words, or else on the output of the pipe before it.
pub(crate) fn filtered(
    (name, run): (&str, Filter),
    args: &[String],
    stdin: Option<&str>,
    here: &mut OnHost<'_>,
) -> Done {
    let mut files = None::<String>;
    let mut rest = Vec::new();
    for word in args {
        match read(word, here) {
            Some(text) => *files.get_or_insert_default() += &text,
            None => rest.push(word.clone()),
        }
    }
    match (files, stdin) {
        (Some(text), _) => run(&rest, &text),
        (None, Some(text)) => run(&rest, text),
        // It may say which file does not exist.
        (None, None) => run(&rest, "").and_then(|_| Err(nothing_to_read(name))),
    }
}

/// The text of a file. `None` if there is no such file.
fn read(path: &str, here: &mut OnHost<'_>) -> Option<String> {
    if path == "/etc/hosts" {
        return Some(hosts_file());
    }
    let key = path.strip_prefix("/proc/sys/").filter(|key| !key.contains('.'))?.replace('/', ".");
    sysctl::run(&["-n".to_owned(), key], here).ok().filter(|out| out.exit_code == 0).map(|out| out.stdout)
}
