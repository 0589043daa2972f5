//! `docs/state-machine.md` shows the transition table as the engine has it.

#![allow(clippy::unwrap_used, reason = "a test says what broke by failing")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use tcp_core::tcp::TABLE;

const BEGIN: &str =
    "<!-- table: written by UPDATE_EXPECT=1 cargo test -p tcp-tests --test state_machine -->\n";
const END: &str = "<!-- end of table -->";

#[test]
fn the_documented_table_is_the_engines() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/state-machine.md");
    let document = fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).expect("the table's beginning is marked");
    let (shown, after) = rest.split_once(END).expect("the table's end is marked");
    let wanted = table();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, [before, BEGIN, &wanted, END, after].concat()).unwrap();
    } else {
        assert_eq!(shown, wanted);
    }
}

fn table() -> String {
    let mut text = String::from("| state | event | next state | action | remark |\n|---|---|---|---|---|\n");
    for row in TABLE {
        let mark = if row.drawn { "" } else { "beyond the figures" };
        let cell = |text: &str| text.replace('|', "\\|");
        let (event, action) = (cell(row.trigger.label()), cell(row.reply.label()));
        writeln!(text, "| {} | {event} | {} | {action} | {mark} |", row.from, row.to).unwrap();
    }
    text
}
