//! What is a race in the recordings: the same commands on the same kernel ended in either form. Each is named, and
//! its second form is replayed and compared as a whole.

use std::time::Duration;
use tcp_course::Circumstances;

/// One race.
pub(super) struct Race {
    /// The trace.
    pub(super) trace: &'static str,
    /// What was seen.
    pub(super) seen: &'static str,
    /// The circumstances under which it takes the other form.
    pub(super) other_form: fn(Circumstances) -> Circumstances,
}

pub(super) const RACES: [Race; 1] = [Race {
    trace: "13b-server-fin-dropped",
    seen: "the server's kernel acknowledged the FIN before its program closed; when the program is first, the only \
           acknowledgement travels on the dropped FIN,ACK",
    other_form: |usual| Circumstances { time_to_notice: Some(Duration::from_millis(2)), ..usual },
}];
