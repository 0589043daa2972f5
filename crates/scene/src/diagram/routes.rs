//! Where the edges run: the one table of coordinates.
//!
//! A route with a trigger belongs to that row of the figure. A route without one is shared by all rows beyond the
//! figure that lead from the one state to the other. A test holds the two tables together.

use super::{NodeId, Point, at};
pub use crate::measure::Anchor;
use NodeId::{
    CloseWait, Closing, End, Established, FinWait1, FinWait2, LastAck, Listen, Start, SynRecv, SynSent,
    TimeWait,
};
use Trigger::{
    AckOfFin, AckOfSyn, ActiveOpen, Close, Data, Fin, FinAndAckOfFin, PassiveOpen, Retry, Rst, SendData, Syn,
    SynAckOfSyn, TimeWaitOver,
};
use tcp_core::tcp::Trigger;

/// Where an edge runs and where its words stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Route {
    /// The node it leaves.
    pub from: NodeId,
    /// The node it enters.
    pub to: NodeId,
    /// The row's trigger, for a row of the figure; `None` for what is shared by the rows beyond it.
    pub trigger: Option<Trigger>,
    /// SVG path data, from the border of `from` to the base of the arrowhead: absolute M, H, V and C only.
    pub path: &'static str,
    /// The point of the arrowhead.
    pub tip: Point,
    /// Where the arrowhead points.
    pub heading: Heading,
    /// Where the words stand.
    pub label: Label,
}

/// Where an arrowhead points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

impl Heading {
    /// The arrowhead as SVG path data, to follow an `M` to its tip: 8 units long, 9 wide.
    pub const fn head(self) -> &'static str {
        match self {
            Heading::Up => "l4.5 8h-9z",
            Heading::Down => "l-4.5-8h9z",
            Heading::Left => "l8-4.5v9z",
            Heading::Right => "l-8 4.5v-9z",
        }
    }
}

/// The places of the two lines of an edge: baselines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Of both lines.
    pub x: i16,
    /// The baseline of the event.
    pub event_y: i16,
    /// The baseline of the action, below.
    pub action_y: i16,
    /// What `x` is of the lines.
    pub anchor: Anchor,
}

/// Baseline to baseline of two lines that stand together.
const LINE: i16 = 14;

const fn label(x: i16, y: i16, anchor: Anchor) -> Label {
    Label { x, event_y: y, action_y: y + LINE, anchor }
}

/// Beginning at `x`.
const fn start(x: i16, y: i16) -> Label {
    label(x, y, Anchor::Start)
}

/// Around `x`.
const fn mid(x: i16, y: i16) -> Label {
    label(x, y, Anchor::Middle)
}

/// Ending at `x`.
const fn end(x: i16, y: i16) -> Label {
    label(x, y, Anchor::End)
}

/// The event above a level line at `y`, the action below it.
const fn astride(x: i16, y: i16) -> Label {
    Label { x, event_y: y - 7, action_y: y + 15, anchor: Anchor::Middle }
}

const fn drawn(
    from: NodeId,
    trigger: Trigger,
    to: NodeId,
    path: &'static str,
    tip: Point,
    heading: Heading,
    label: Label,
) -> Route {
    Route { from, to, trigger: Some(trigger), path, tip, heading, label }
}

const fn beyond(
    from: NodeId,
    to: NodeId,
    path: &'static str,
    tip: Point,
    heading: Heading,
    label: Label,
) -> Route {
    Route { from, to, trigger: None, path, tip, heading, label }
}

use Heading::{Down, Left, Right, Up};

/// Every route. The order is that of drawing: what is beyond the figure lies below it.
#[rustfmt::skip]
pub(super) static ROUTES: &[Route] = &[
    // Beyond the figure.
    beyond(Listen, Start, "M400 69V44", at(400, 36), Up, start(409, 49)),
    beyond(SynSent, Start, "M648 141C648 76 600 26 457 26", at(449, 26), Left, start(452, 64)),
    beyond(SynRecv, Start, "M62 141C62 70 120 33 283 28", at(291, 28), Right, start(6, 14)),
    beyond(Established, End, "M430 257C430 285 462 285 462 325V436C462 452 461 457 457 457", at(449, 457), Left, end(418, 276)),
    beyond(Closing, End, "M448 314C457 314 462 322 462 335V436C462 452 461 457 457 457", at(449, 457), Left, end(445, 276)),
    beyond(CloseWait, End, "M549 314C500 314 462 322 462 350V436C462 452 461 457 457 457", at(449, 457), Left, end(594, 355)),
    beyond(LastAck, End, "M672 417C672 466 600 476 457 475", at(449, 475), Left, end(594, 431)),
    beyond(FinWait1, End, "M35 320C26 320 23 326 23 340V446C23 464 37 470 57 470H283", at(291, 470), Right, start(46, 448)),
    beyond(FinWait2, End, "M60 417C60 455 70 470 100 470H283", at(291, 470), Right, start(90, 448)),
    beyond(TimeWait, End, "M395 417V442", at(395, 450), Down, start(404, 431)),
    // Loops beyond it.
    beyond(Start, Start, "M292 10C269 6 269 34 283 31", at(291, 30), Right, end(266, 17)),
    beyond(SynRecv, SynRecv, "M35 146C15 142 15 170 27 167", at(34, 166), Right, start(8, 185)),
    beyond(Established, Established, "M313 227C307 201 345 201 339 218", at(338, 226), Down, start(351, 206)),
    beyond(FinWait1, FinWait1, "M35 304C15 300 15 328 27 325", at(34, 324), Right, start(8, 279)),
    beyond(FinWait2, FinWait2, "M35 392C15 388 15 416 27 413", at(34, 412), Right, start(8, 431)),
    beyond(Closing, Closing, "M315 299C309 273 347 273 341 290", at(340, 298), Down, start(352, 277)),
    beyond(TimeWait, TimeWait, "M308 417C302 443 340 443 334 426", at(333, 418), Up, end(300, 433)),
    beyond(CloseWait, CloseWait, "M654 299C648 273 690 273 684 290", at(683, 298), Down, mid(669, 258)),
    beyond(LastAck, LastAck, "M568 417C562 443 604 443 598 426", at(597, 418), Up, end(555, 433)),
    // Opening.
    drawn(Start, PassiveOpen, Listen, "M370 35V60", at(370, 68), Down, end(361, 49)),
    drawn(Start, ActiveOpen, SynSent, "M448 20C600 20 672 45 672 132", at(672, 140), Down, end(734, 20)),
    drawn(Listen, Syn, SynRecv, "M292 87C190 87 110 90 110 132", at(110, 140), Down, mid(185, 62)),
    drawn(Listen, SendData, SynSent, "M448 87C545 87 612 91 612 132", at(612, 140), Down, mid(500, 119)),
    drawn(SynRecv, Rst, Listen, "M165 141C165 112 325 124 325 108", at(325, 100), Up, mid(240, 138)),
    drawn(SynSent, Syn, SynRecv, "M549 160H200", at(192, 160), Left, astride(370, 160)),
    drawn(SynSent, SynAckOfSyn, Established, "M600 171C600 215 540 236 462 236", at(454, 236), Left, mid(524, 196)),
    drawn(SynSent, Retry, SynSent, "M654 171C648 197 690 197 684 180", at(683, 172), Up, mid(669, 208)),
    drawn(SynRecv, AckOfSyn, Established, "M164 171C164 215 212 236 278 236", at(286, 236), Right, mid(232, 196)),
    drawn(SynRecv, Close, FinWait1, "M136 171V290", at(136, 298), Down, end(127, 222)),
    // Data.
    drawn(Established, Data, Established, "M313 227C307 201 345 201 339 218", at(338, 226), Down, start(351, 206)),
    // Closing first.
    drawn(Established, Close, FinWait1, "M287 248C200 248 160 258 160 290", at(160, 298), Down, start(202, 274)),
    drawn(FinWait1, AckOfFin, FinWait2, "M105 329V378", at(105, 386), Down, end(96, 355)),
    drawn(FinWait1, Fin, Closing, "M191 314H283", at(291, 314), Right, astride(232, 314)),
    drawn(FinWait1, FinAndAckOfFin, TimeWait, "M165 329C175 352 318 345 318 378", at(318, 386), Down, start(121, 364)),
    drawn(FinWait2, Fin, TimeWait, "M191 402H283", at(291, 402), Right, astride(232, 402)),
    drawn(Closing, AckOfFin, TimeWait, "M370 329V378", at(370, 386), Down, start(379, 355)),
    drawn(TimeWait, TimeWaitOver, End, "M370 417V442", at(370, 450), Down, end(361, 431)),
    // Being closed upon.
    drawn(Established, Fin, CloseWait, "M453 248C555 248 600 258 600 290", at(600, 298), Down, end(545, 274)),
    drawn(CloseWait, SendData, CloseWait, "M654 299C648 273 690 273 684 290", at(683, 298), Down, mid(669, 258)),
    drawn(CloseWait, Trigger::Ack, CloseWait, "M654 329C648 355 690 355 684 338", at(683, 330), Up, mid(669, 366)),
    drawn(CloseWait, Close, LastAck, "M600 329V378", at(600, 386), Down, end(591, 355)),
    drawn(LastAck, AckOfFin, End, "M650 417C650 455 570 466 457 466", at(449, 466), Left, end(594, 431)),
];
