//! `watch` of procps 4: runs a command again and again, and shows what it prints in one place.
//!
//! Left out: options that change what is shown (`-d`, `-c`); they are accepted. A frame shows all lines.

use super::super::Lab;
use super::streams::Streams;
use super::{Frame, ShellId, Sink};
use crate::getopt::{Getopt, Item, Long};
use crate::line::{self, List};
use crate::number;
use crate::output::{Output, Refusal};
use crate::tools::date::ctime;
use std::rc::Rc;
use std::time::Duration;

/// A running `watch`.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    interval: Duration,
    list: Rc<List>,
    /// The line that it shows above.
    line: String,
    title: bool,
}

/// Columns of a terminal.
const WIDTH: usize = 80;

const LONGS: &[Long] = &[
    Long::with("interval", 'n'),
    Long::flag("no-title", 't'),
    Long::perhaps("differences", 'd'),
    Long::flag("beep", 'b'),
    Long::flag("color", 'c'),
    Long::flag("errexit", 'e'),
    Long::flag("chgexit", 'g'),
    Long::flag("precise", 'p'),
    Long::flag("exec", 'x'),
    Long::flag("no-wrap", 'w'),
    Long::flag("help", 'h'),
    Long::flag("version", 'v'),
];

const USAGE: &str = "
Usage:
 watch [options] command

Options:
  -b, --beep             beep if command has a non-zero exit
  -c, --color            interpret ANSI color and style sequences
  -C, --no-color         do not interpret ANSI color and style sequences
  -d, --differences[=<permanent>]
                         highlight changes between updates
  -e, --errexit          exit if command has a non-zero exit
  -g, --chgexit          exit when output from command changes
  -q, --equexit <cycles>
                         exit when output from command does not change
  -n, --interval <secs>  seconds to wait between updates
  -p, --precise          attempt run command in precise intervals
  -r, --no-rerun         do not rerun program on window resize
  -t, --no-title         turn off header
  -w, --no-wrap          turn off line wrapping
  -x, --exec             pass command to exec instead of \"sh -c\"

 -h, --help     display this help and exit
 -v, --version  output version information and exit

For more details see watch(1).
";

/// Reads the words after `watch`.
pub(super) fn read(args: &[String]) -> Result<Watch, Refusal> {
    let mut count = 0;
    while let Some(word) = args.get(count).filter(|word| word.starts_with('-') && word.len() > 1) {
        count += 1;
        if word == "-n" || word == "--interval" || word == "-q" {
            count += 1;
        }
    }
    let (options, words) = args.split_at(count.min(args.len()));
    let mut watch =
        Watch { interval: Duration::from_secs(2), list: Rc::default(), line: words.join(" "), title: true };
    let mut scan = Getopt::new(options);
    while let Some(item) = scan.item("n:tdbcCegpxwrhv", &[LONGS]) {
        match item {
            Item::Option('n', Some(text)) => {
                let span = number::span(text, Duration::from_secs(1), Duration::MAX);
                let span = span
                    .map_err(|_| Refusal::new(format!("watch: failed to parse argument: '{text}'\n"), 1))?;
                watch.interval = span.clamp(Duration::from_millis(100), Duration::from_secs(86_400));
            }
            Item::Option('t', _) => watch.title = false,
            Item::Option('h', _) => return Err(Refusal::help(USAGE)),
            Item::Option('v', _) => return Err(Refusal::help("watch from procps-ng 4.0.2\n")),
            Item::Option(..) | Item::Word(_) => {}
            Item::Bad(bad) => return Err(Refusal::new(bad.message("watch") + USAGE, 1)),
        }
    }
    if words.is_empty() {
        return Err(Refusal::new(USAGE, 1));
    }
    watch.list = match line::parse(&watch.line) {
        Ok(list) => Rc::new(list),
        Err(error) => return Err(Output::err(format!("{error}\n"), 2).into()),
    };
    Ok(watch)
}

impl Lab {
    /// Shows a frame of what was collected, if anything was, or else runs the command for the next.
    pub(super) fn watch_again(&mut self, id: ShellId, watch: Rc<Watch>) {
        let ShellId::Process(process) = id else { return };
        let Some(machine) = self.shell(id) else { return };
        machine.frames.push(Frame::Watch(Rc::clone(&watch)));
        if machine.captures.is_empty() {
            machine.captures.push(String::new());
            let captured = Sink::Captured(id);
            machine.streams = Streams { out: captured.clone(), errors: captured, input: Some("".into()) };
            machine.frames.push(Frame::List(Rc::clone(&watch.list), 0));
            return;
        }
        let text = machine.captures.pop().unwrap_or_default();
        machine.asleep = true;
        let (host, terminal) = (machine.host, machine.terminal);
        let (at, interval) = (self.now() + watch.interval, watch.interval.as_millis() / 100);
        let mut frame = String::new();
        if let (Some(host), true) = (host, watch.title) {
            let date = ctime(self.now(), host);
            let left = format!("Every {}.{}s: {}", interval / 10, interval % 10, watch.line);
            let right = format!("{}: {date}", host.name());
            let gap = WIDTH.saturating_sub(left.chars().count()).max(right.len() + 1);
            frame = format!("{left}{right:>gap$}\n\n");
        }
        frame += &text;
        if let Some(running) = self.user.running_mut(process) {
            running.io.timer = Some(at);
        }
        if let Some(terminal) = terminal {
            self.user.terminals[terminal.index()].frame = Some((process, frame.as_str().into()));
        }
    }
}
