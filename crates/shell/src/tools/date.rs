//! `date` of GNU coreutils, in the host's zone.
//!
//! Left out on purpose: dates other than now, and setting the clock.

use super::OnHost;
use crate::clock::{Civil, zone};
use crate::getopt::{Getopt, Item, Long};
use crate::output::{Done, Output, Refusal};
use tcp_core::Instant;
use tcp_core::net::HostId;

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const LONGS: &[Long] = &[Long::flag("utc", 'u'), Long::flag("universal", 'u'), Long::flag("uct", 'u')];

const HINT: &str = "Try 'date --help' for more information.\n";

/// Runs `date`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let mut place = zone(here.host);
    let mut format = None;
    let mut scan = Getopt::new(args);
    while let Some(item) = scan.item("uR", &[LONGS]) {
        match item {
            Item::Option('R', _) => format = Some("%a, %d %b %Y %H:%M:%S %z"),
            Item::Option(..) => place = crate::clock::Zone { name: "UTC", offset: 0 },
            Item::Bad(bad) => return Err(Refusal::new(bad.message("date") + HINT, 1)),
            Item::Word(word) => match word.strip_prefix('+') {
                Some(wanted) if format.is_none() => format = Some(wanted),
                Some(_) => return Err(Refusal::new(format!("date: extra operand '{word}'\n{HINT}"), 1)),
                None => return Err(Refusal::new(format!("date: invalid date '{word}'\n"), 1)),
            },
        }
    }
    let civil = Civil::new(here.world.now(), place);
    let mut out = text(format.unwrap_or("%a %b %e %T %Z %Y"), &civil);
    out.push('\n');
    Ok(Output::ok(out))
}

/// The moment as C's `ctime` writes it.
pub(crate) fn ctime(now: Instant, host: HostId) -> String {
    text("%a %b %e %H:%M:%S %Y", &Civil::new(now, zone(host)))
}

/// `format` with each `%` directive replaced.
fn text(format: &str, civil: &Civil) -> String {
    let mut out = String::new();
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => match letters.next() {
                Some(conversion) => field(&mut out, conversion, civil),
                None => out.push('%'),
            },
            plain => out.push(plain),
        }
    }
    out
}

fn field(out: &mut String, conversion: char, civil: &Civil) {
    let Civil { year, month, day, hour, minute, second, nanos, zone, .. } = *civil;
    let name = |names: &[&'static str], at: u32| {
        usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or("?")
    };
    let short = |name: &'static str| name.get(..3).unwrap_or(name);
    let (weekday, month_name) = (name(&DAYS, civil.weekday), name(&MONTHS, month.wrapping_sub(1)));
    let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let part = match conversion {
        'a' => short(weekday).to_owned(),
        'A' => weekday.to_owned(),
        'b' | 'h' => short(month_name).to_owned(),
        'B' => month_name.to_owned(),
        'd' => format!("{day:02}"),
        'e' => format!("{day:2}"),
        'm' => format!("{month:02}"),
        'Y' => year.to_string(),
        'y' => format!("{:02}", year.rem_euclid(100)),
        'C' => format!("{:02}", year.div_euclid(100)),
        'H' => format!("{hour:02}"),
        'k' => format!("{hour:2}"),
        'I' => format!("{hour12:02}"),
        'l' => format!("{hour12:2}"),
        'M' => format!("{minute:02}"),
        'S' => format!("{second:02}"),
        'N' => format!("{nanos:09}"),
        'p' => (if hour < 12 { "AM" } else { "PM" }).to_owned(),
        'P' => (if hour < 12 { "am" } else { "pm" }).to_owned(),
        's' => civil.unix.to_string(),
        'j' => format!("{:03}", civil.day_of_year),
        'u' => (if civil.weekday == 0 { 7 } else { civil.weekday }).to_string(),
        'w' => civil.weekday.to_string(),
        'Z' => zone.name.to_owned(),
        'z' => {
            let minutes = zone.offset.abs() / 60;
            format!("{}{:02}{:02}", if zone.offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
        }
        'T' | 'X' => text("%H:%M:%S", civil),
        'R' => text("%H:%M", civil),
        'r' => text("%I:%M:%S %p", civil),
        'F' => text("%Y-%m-%d", civil),
        'D' | 'x' => text("%m/%d/%y", civil),
        'c' => text("%a %b %e %H:%M:%S %Y", civil),
        'n' => "\n".to_owned(),
        't' => "\t".to_owned(),
        '%' => "%".to_owned(),
        other => format!("%{other}"),
    };
    *out += &part;
}
