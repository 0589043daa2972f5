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

/// The moment in the host's zone, as `format` wants it.
pub(super) fn now(format: &str, here: &OnHost<'_>) -> String {
    text(format, &Civil::new(here.world.now(), zone(here.host)))
}

/// The moment as C's `ctime` writes it.
pub(crate) fn ctime(now: Instant, host: HostId) -> String {
    text("%a %b %e %H:%M:%S %Y", &Civil::new(now, zone(host)))
}

/// `format` with each `%` directive replaced. Other text stays as it is.
fn text(format: &str, civil: &Civil) -> String {
    let mut out = String::new();
    let mut rest = format;
    while let Some((plain, after)) = rest.split_once('%') {
        out += plain;
        rest = match directive(after, civil) {
            Some((part, rest)) => {
                out += &part;
                rest
            }
            None => {
                out.push('%');
                after
            }
        };
    }
    out + rest
}

/// The widest field that is padded: a number in a format is no reason to fill the memory.
const WIDEST: usize = 1024;

/// What is printed for the directive whose text begins after its `%`, and what follows it.
fn directive<'a>(after: &'a str, civil: &Civil) -> Option<(String, &'a str)> {
    let whole = after;
    let after = after.trim_start_matches(['-', '_', '0', '^', '#']);
    let flags = &whole[..whole.len() - after.len()];
    let digits = after;
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &digits[..digits.len() - after.len()];
    let mut letters = after.chars();
    let conversion = letters.next()?;
    if conversion == '%' && !(flags.is_empty() && digits.is_empty()) {
        return None;
    }
    let part = field(conversion, civil)?;
    let part = match conversion {
        'p' | 'Z' if flags.contains('#') => part.to_lowercase(),
        'a' | 'A' | 'b' | 'B' | 'h' if flags.contains('#') => part.to_uppercase(),
        _ if flags.contains('^') => part.to_uppercase(),
        _ => part,
    };
    let width = digits.parse::<usize>().unwrap_or(if digits.is_empty() { 0 } else { WIDEST }).min(WIDEST);
    let pad = flags.chars().rev().find(|flag| "-_0".contains(*flag));
    let padded =
        if conversion == 'N' { fraction(&part, pad, width) } else { padded(conversion, part, pad, width) };
    Some((padded, letters.as_str()))
}

/// The nanoseconds as digits after a point: a width says how many.
fn fraction(nanos: &str, pad: Option<char>, width: usize) -> String {
    let width = if width == 0 { nanos.len() } else { width };
    let digits = nanos.get(..width).unwrap_or(nanos);
    match pad {
        Some('_') => format!("{:<width$}", digits.trim_end_matches('0')),
        _ => format!("{digits:0<width$}"),
    }
}

/// A field as wide as asked, filled from the left; a `-` leaves out what fills it.
fn padded(conversion: char, part: String, pad: Option<char>, width: usize) -> String {
    let usual = match conversion {
        'd' | 'm' | 'Y' | 'y' | 'C' | 'H' | 'I' | 'M' | 'S' | 's' | 'j' | 'u' | 'w' => Some('0'),
        'e' | 'k' | 'l' => Some(' '),
        _ => None,
    };
    let fill = match pad {
        Some('0') => '0',
        Some('_') => ' ',
        _ => usual.unwrap_or(' '),
    };
    let (bare, natural) = match usual {
        Some(usual) => match part.trim_start_matches(usual) {
            "" => ("0", part.len()),
            bare => (bare, part.len()),
        },
        None => (part.as_str(), 0),
    };
    let wanted = if pad == Some('-') { 0 } else { width.max(natural) };
    let missing = wanted.saturating_sub(bare.chars().count());
    fill.to_string().repeat(missing) + bare
}

/// What a conversion stands for; `None` for a letter that has no meaning.
fn field(conversion: char, civil: &Civil) -> Option<String> {
    let Civil { year, month, day, hour, minute, second, nanos, zone, .. } = *civil;
    let name = |names: &[&'static str], at: u32| {
        usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or("?")
    };
    let short = |name: &'static str| name.get(..3).unwrap_or(name);
    let (weekday, month_name) = (name(&DAYS, civil.weekday), name(&MONTHS, month.wrapping_sub(1)));
    let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    Some(match conversion {
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
        _ => return None,
    })
}
