//! What is written on the ladder, and where from left to right. All lengths are units of the view box.

use crate::measure::{Anchor, Area, width};
use crate::model::{Ladder, Life, Rung, Spot};
use crate::names::{article_name, state_phase};
use crate::words::{Message, Say};
use std::time::Duration;
use tcp_core::Instant;

/// Width of a lifeline.
pub(super) const LIFE: i32 = 12;
/// The middle of C_m's and of S_m's lifeline.
pub(super) const LIVES: [i32; 2] = [120, 312];
/// Where C_m's and S_m's firewall is.
pub(super) const GATES: [i32; 2] = [143, 289];
/// Between the lifelines.
const LANE: [f32; 2] = [126.0, 306.0];
/// Where the words beside the lifelines end, or begin.
pub(super) const BESIDE: [i32; 2] = [101, 331];
/// From a lifeline to the words of a segment that leaves it.
pub(super) const INDENT: f32 = 10.0;
/// From a gate to the words of a segment that is stopped there.
const GATE_INDENT: f32 = 9.0;
/// From a segment's words up to the other end of its way.
pub(super) const CLEAR: f32 = 9.0;
/// Font size of all words: twelve pixels where the list is beside the drawing.
pub(super) const SIZE: f32 = 12.75;
/// From the middle of a line down to its baseline.
const BELOW: f32 = 4.5;
/// How wide numbers are, of what is estimated for bold words.
const NOT_BOLD: f32 = 0.92;
/// Height of a line beside a lifeline.
pub(super) const SIDE_LINE: f32 = 14.0;

/// A place between the lifelines, of a segment from C_m or from S_m.
pub(super) fn x(spot: Spot, from_client: bool) -> f32 {
    let [left, right] = LANE;
    let [c, s] = GATES.map(narrow);
    let of =
        |part: f32| if from_client { left + part * (right - left) } else { right - part * (right - left) };
    match spot {
        Spot::Sender => of(0.0),
        Spot::Receiver => of(1.0),
        Spot::Wire(part) => of(part),
        Spot::SendersGate if from_client => c,
        Spot::ReceiversGate if !from_client => c,
        Spot::SendersGate | Spot::ReceiversGate => s,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a place is small")]
const fn narrow(place: i32) -> f32 {
    place as f32
}

/// A segment's words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    pub(super) x: f32,
    pub(super) baseline: f32,
    pub(super) anchor: Anchor,
    /// Each part with its class.
    pub(super) parts: Vec<(&'static str, String)>,
    pub(super) area: Area,
}

impl Label {
    /// These words, at a point of their baseline.
    pub(super) fn set(
        parts: Vec<(&'static str, String)>,
        (x, baseline): (f32, f32),
        anchor: Anchor,
    ) -> Label {
        let area = Area::text(measured(&parts), (x, baseline), anchor, SIZE);
        Label { x, baseline, anchor, parts, area }
    }

    /// How much of the lane the other host's segments have before its name, of one.
    pub(super) fn named(&self, rung: &Rung) -> f32 {
        let name = self.shorter().last().map_or(0.0, |parts| measured(parts));
        let from = self::x(Spot::Receiver, rung.from_client);
        ((self.x - from).abs() - name).max(1.0) / (LANE[1] - LANE[0])
    }

    /// Its parts, with fewer and fewer numbers, down to the name.
    pub(super) fn shorter(&self) -> Vec<Vec<(&'static str, String)>> {
        let name = self.parts.iter().position(|(class, _)| *class == "called").unwrap_or(0);
        let to = |count: usize| self.parts[..count].to_vec();
        let alone = (name > 0).then(|| self.parts[name..=name].to_vec());
        (name + 1..=self.parts.len()).rev().map(to).chain(alone).collect()
    }

    /// As far down as this.
    pub(super) fn moved(self, down: f32) -> Label {
        let Area { left, top, right, bottom } = self.area;
        let area = Area { left, top: top + down, right, bottom: bottom + down };
        Label { baseline: self.baseline + down, area, ..self }
    }
}

/// The words of a segment that leaves at the top of the drawing: all that have room.
pub(super) fn label(rung: &Rung, say: Say) -> Label {
    let at_gate = rung.way.get(1).is_some_and(|corner| corner.spot == Spot::SendersGate);
    let begins = rung.way.first().map_or(Spot::Sender, |corner| corner.spot);
    let (spot, indent) = if at_gate { (Spot::SendersGate, GATE_INDENT) } else { (begins, INDENT) };
    let baseline = -3.0;
    let from = x(spot, rung.from_client);
    let (x, anchor) =
        if rung.from_client { (from + indent, Anchor::Start) } else { (from - indent, Anchor::End) };
    let room = (x - self::x(Spot::Receiver, rung.from_client)).abs() - CLEAR;
    let mut parts = words(rung, say);
    // The list has what does not fit.
    while parts.len() > 1 && measured(&parts) > room {
        match parts[..] {
            [("port", _), _] => parts.remove(0),
            _ => parts.swap_remove(parts.len() - 1),
        };
    }
    Label::set(parts, (x, baseline), anchor)
}

/// How wide the parts are, with the spaces between them.
pub(super) fn measured(parts: &[(&'static str, String)]) -> f32 {
    let word = |(class, text): &(&str, String)| width(text) * if *class == "called" { 1.0 } else { NOT_BOLD };
    let spaces = u8::try_from(parts.len().saturating_sub(1)).unwrap_or(u8::MAX);
    (parts.iter().map(word).sum::<f32>() + width(" ") * f32::from(spaces)) * SIZE
}

/// What is to be said of a segment: what is least needed comes last.
fn words(rung: &Rung, say: Say) -> Vec<(&'static str, String)> {
    let port = rung.connection.map(|port| ("port", port.to_string()));
    if rung.is_copy {
        let copy = ("called", say(&Message::Copy));
        return port.into_iter().chain([copy, ("numbers", say(&Message::Of(rung.name)))]).collect();
    }
    let name = ("called", say(&Message::Name(rung.name)));
    let seq = rung.seq.map(|seq| ("numbers", say(&Message::Seq(seq))));
    let ack = rung.ack.map(|ack| ("numbers", say(&Message::Ack(ack))));
    let by_hand = rung.by_hand.then(|| ("numbers", say(&Message::ByHand)));
    port.into_iter().chain([name]).chain(by_hand).chain(seq).chain(ack).collect()
}

/// Words beside a lifeline: a time, and what is entered then.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Side {
    /// C_m's; else S_m's.
    pub(super) which: usize,
    /// It is still to come.
    pub(super) due: bool,
    pub(super) lines: Vec<Line>,
}

/// A line beside a lifeline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) class: &'static str,
    pub(super) phase: Option<&'static str>,
    pub(super) text: String,
    pub(super) x: f32,
    pub(super) baseline: f32,
}

impl Side {
    /// Down to where its words reach.
    pub(super) fn bottom(&self) -> f32 {
        self.lines.last().map_or(0.0, |line| line.baseline - BELOW + SIDE_LINE / 2.0)
    }

    /// What its words cover.
    #[cfg(test)]
    pub(super) fn areas(&self) -> impl Iterator<Item = Area> + '_ {
        self.lines.iter().map(|line| {
            Area::text(width(&line.text) * SIZE, (line.x, line.baseline), anchor(self.which), SIZE)
        })
    }
}

/// How words beside a lifeline are anchored.
pub(super) const fn anchor(which: usize) -> Anchor {
    if which == 0 { Anchor::End } else { Anchor::Start }
}

/// The words beside a row: its time if it is a new one, and the states that begin.
pub(super) fn side(which: usize, time: Option<Instant>, begun: &[Life], y: f32, ladder: &Ladder) -> Side {
    let mut texts: Vec<(&'static str, Option<&'static str>, String)> = Vec::new();
    texts.extend(time.map(|at| ("when", None, stamp(ladder.after(at)))));
    let port = begun.iter().find_map(|life| life.connection);
    texts.extend(port.map(|port| ("port", None, port.to_string())));
    for life in begun {
        let class = if life.listens() { "listens" } else { "state" };
        texts.push((class, Some(state_phase(life.state)), article_name(life.state).to_owned()));
    }
    let mut baseline = y + BELOW - SIDE_LINE;
    let line = |(class, phase, text)| {
        baseline += SIDE_LINE;
        Line { class, phase, text, x: narrow(BESIDE[which]), baseline }
    };
    Side { which, due: false, lines: texts.into_iter().map(line).collect() }
}

/// The words of what is due next, on the row above which they are.
pub(super) fn due(text: String, y: f32) -> Line {
    Line { class: "due", phase: None, text, x: (LANE[0] + LANE[1]) / 2.0, baseline: y - 3.0 }
}

impl Line {
    /// What it covers, if it is what is due.
    pub(super) fn area(&self) -> Area {
        Area::text(width(&self.text) * SIZE * NOT_BOLD, (self.x, self.baseline), Anchor::Middle, SIZE)
    }
}

/// Seconds to the millisecond: `4.005`
pub(super) fn stamp(span: Duration) -> String {
    format!("{}.{:03}", span.as_secs(), span.subsec_millis())
}
