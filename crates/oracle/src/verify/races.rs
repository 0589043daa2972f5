//! Races in the recordings: the same commands on the same kernel ended in either of two forms. Each race is listed, and
//! its second form is replayed and compared as a whole.

use std::time::Duration;
use tcp_course::Circumstances;

/// A race.
pub(super) struct Race {
    /// Name of the trace.
    pub(super) trace: &'static str,
    /// What was observed.
    pub(super) seen: &'static str,
    /// The circumstances that lead to the other form.
    pub(super) other_form: fn(Circumstances) -> Circumstances,
}

pub(super) const RACES: [Race; 1] = [Race {
    trace: "13b-server-fin-dropped",
    seen: "the server's kernel acknowledged the FIN before its program closed; when the program is first, the only \
           acknowledgement travels on the dropped FIN,ACK",
    other_form: |usual| Circumstances { time_to_notice: Some(Duration::from_millis(2)), ..usual },
}];
