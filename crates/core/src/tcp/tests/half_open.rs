//! A half-open connection whose host gets other settings.

use super::*;

/// The options of the SYN|ACKs that a child sends: the first while the host takes all options, the one of its timer
/// while it takes none.
fn answers(offer: Options) -> Vec<Options> {
    let mut profile = Profile::new(ProfileName::Linux);
    let mut child = Connection::child(Seq(1), &profile);
    let syn = Segment { flags: Flags::SYN, options: offer, ..Segment::default() };
    let mut out = Vec::new();
    child.arrive(Context { now: Instant::START, profile: &profile }, &syn, &mut out);
    (profile.timestamps, profile.sack) = (false, false);
    let now = Instant::from_millis(1100);
    child.expire(Context { now, profile: &profile }, Timer::Retransmit, &mut out);
    let sent = out.into_iter().filter_map(|effect| match effect {
        Effect::Send { segment, .. } => Some(segment.options),
        _ => None,
    });
    sent.collect()
}

#[test]
fn the_answer_to_a_syn_keeps_the_options_that_were_taken_first() {
    let own = Profile::new(ProfileName::Linux);
    let offer = Options::of_syn(Context { now: Instant::START, profile: &own });
    let [first, again] = answers(offer).try_into().expect("it answers twice");
    assert_eq!((first.octets(), again.octets()), (20, 20));
    assert!(first.sack_permitted && again.sack_permitted && again.timestamps.is_some());
}

#[test]
fn the_answer_to_a_syn_has_no_option_that_the_syn_has_not() {
    for answer in answers(Options { mss: Some(1460), ..Options::NONE }) {
        assert!(!answer.sack_permitted && answer.timestamps.is_none() && answer.window_scale.is_none());
    }
}
