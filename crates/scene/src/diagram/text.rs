//! The state machine without a picture: a list in plain text, and a graph for Graphviz. Both from the table alone.

use super::{article_name, edges, phase_key, state_phase};
use crate::names::LIFE;
use crate::words::{Message, Say};
use tcp_core::tcp::TABLE;

/// The state machine as a list: each state, the ways out of it, and what each means. What is beyond the figure comes
/// last in each state, marked by `+`.
pub fn text_twin(say: Say) -> String {
    let mut out = String::with_capacity(10_000);
    for state in LIFE {
        put(&mut out, &[article_name(state), "\n"]);
        for drawn in [true, false] {
            for edge in edges().filter(|edge| TABLE[edge.row].from == state && edge.drawn == drawn) {
                let mark = if drawn { "  - " } else { "  + " };
                put(&mut out, &[mark, &say(&Message::Row(edge.row)), "\n"]);
            }
        }
    }
    out
}

/// The figure as a graph in Graphviz's language; the rows beyond it are dashed, and drawn in grey.
pub fn dot() -> String {
    let mut out = String::with_capacity(10_000);
    out.push_str(
        "digraph tcp {\n  node [shape=box, style=rounded, fontname=sans];\n  edge [fontname=sans];\n",
    );
    for state in LIFE {
        put(&mut out, &["  ", article_name(state), " [class=\"", state_phase(state), "\"];\n"]);
    }
    for row in TABLE {
        put(&mut out, &["  ", article_name(row.from), " -> ", article_name(row.to)]);
        put(&mut out, &[" [label=\"", row.trigger.label(), "\\n", row.reply.label(), "\""]);
        put(&mut out, &[", class=\"", phase_key(row.phase), "\""]);
        out.push_str(if row.drawn { "];\n" } else { ", style=dashed, color=gray];\n" });
    }
    out.push_str("}\n");
    out
}

fn put(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}
