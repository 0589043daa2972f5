//! `help`, `man` and `which`, which print parts of the command table.

use super::{Command, Line, Section, find, table};
use crate::network::Misunderstood;
use crate::output::{Done, Output, Refusal};
use crate::tools::OnHost;
use crate::user::Sudoers;
use tcp_core::net::{HostId, World};

/// `help` on a host.
pub(super) fn help(_args: &[String], here: &mut OnHost<'_>) -> Done {
    let may = here.sudoers;
    let section = |section| lines(table(Some(here.host)), may, section, 30);
    Ok(Output::ok(format!(
        "Programs (Ctrl-C ends one, Ctrl-D ends its input):\n{}To observe:\n{}To interfere:\n{}\
         The shell knows ; && || | & quotes, for, while, if, case, functions, $VARIABLES, $(COMMAND), > and <,\n\
         Ctrl-Z with fg and bg, history, clear, Tab and man COMMAND.\n",
        section(Section::Programs),
        section(Section::Observe),
        section(Section::Interfere)
    )))
}

/// `help` at the network's console.
pub(super) fn help_of_network(_args: &[&str], _world: &mut World) -> Result<Output, Misunderstood> {
    let commands = lines(table(None), Sudoers::All, Section::Network, 36);
    Ok(Output::ok(format!(
        "Between the hosts, behind both firewalls:\n{commands}\
         FROM is client or server. FLAGS are exactly these of S, A, F and R, or *.\n\
         LEN is 0 (empty), + (with data) or * (any). COUNT is how many, -1 for ever.\n\
         SHARE is a percentage, such as 20%; the session's seed decides which segments. 0% ends it.\n"
    )))
}

/// The lines of one section without those that `sudo` would refuse, with what to type in a column of `width` characters.
fn lines(table: &[Command], may: Sudoers, wanted: Section, width: usize) -> String {
    let lines = table.iter().flat_map(|command| command.help);
    let shown = lines.filter(|Line(section, what, _)| *section == wanted && may.lets(what));
    shown.map(|Line(_, what, says)| format!("{}\n", format!("  {what:<width$}{says}").trim_end())).collect()
}

/// The page about TCP itself.
const TCP: &str = include_str!("tcp.7.txt");

/// `man NAME`
pub(super) fn man(args: &[String], here: &mut OnHost<'_>) -> Done {
    let Some(name) = args.iter().find(|word| !word.bytes().all(|b| b.is_ascii_digit() || b == b'-')) else {
        return Err(Refusal::new("What manual page do you want?\nFor example, try 'man nc'.\n", 1));
    };
    match find(Some(here.host), name) {
        None if name == "tcp" => Ok(Output::ok(TCP)),
        Some(Command { usage, page, .. }) if !page.is_empty() => Ok(Output::ok(format!("{usage}: {page}\n"))),
        _ => Err(Refusal::new(format!("No manual entry for {name}\n"), 16)),
    }
}

/// `which`: where a command's file would be.
pub(super) fn which(args: &[String], here: &mut OnHost<'_>) -> Done {
    let mut output = Output::default();
    for name in args.iter().filter(|word| !word.starts_with('-')) {
        match place(here.host, name) {
            Some(place) => output.stdout += &format!("{place}/{name}\n"),
            None => output.exit_code = 1,
        }
    }
    Ok(output)
}

/// Directory of a command's file, if it has one.
pub(crate) fn place(host: HostId, name: &str) -> Option<&'static str> {
    let command = find(Some(host), name).filter(|command| command.is_called(name))?;
    Some(command.place).filter(|place| !place.is_empty())
}
