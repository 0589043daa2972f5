//! What is acknowledged of segments beyond a hole, and when.

use super::*;

/// The milliseconds at which B sends an acknowledgement after A has sent ten full segments, the first of which is lost, with
/// 100 ms each way.
fn answers(name: ProfileName) -> Vec<String> {
    let mut pair = Pair::new(name);
    pair.way = millis(100);
    pair.call(A, Call::ActiveOpen);
    pair.run(1000);
    pair.log.clear();
    pair.fate = |end, segment| if end == A && segment.seq == Seq(1001) { Fate::Lost } else { Fate::Arrives };
    pair.send(A, &[b'x'; 10 * 1448]);
    pair.run(150);
    let sent = pair.log.lines().filter(|line| line.contains("B sends"));
    sent.filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

/// Variation v300. Four leave at once because the window grows, and three because a sender takes three for a loss; the
/// other two are gathered.
#[test]
fn what_comes_beyond_a_hole_is_gathered_after_the_third() {
    assert_eq!(answers(ProfileName::Linux), ["1100", "1100", "1100", "1100", "1100", "1100", "1100", "1101"]);
}

#[test]
fn the_article_s_hosts_answer_each() {
    assert_eq!(answers(ProfileName::Article), ["1100"; 9]);
}
