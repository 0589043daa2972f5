//! Texts of GNU date, in the hosts' zones.

use crate::{Client, Server, Trial};
use expect_test::expect;
use tcp_shell::ProfileName;

#[test]
fn both_hosts() {
    let mut trial = Trial::new(ProfileName::Article);
    trial.waits_ms(18_007);
    let client =
        trial.transcript(Client, "date\ndate +%H:%M:%S.%N\ndate +%F_%T_%Z_%z_%s_%j_%a_%b_%q_%\ndate -u");
    let server = trial.transcript(Server, "date\ndate -R\ndate now\ndate -x\ndate +%I:%M%p +%d");
    expect![[r#"
        $ date
        Wed Dec  5 17:03:18 IST 2018
        $ date +%H:%M:%S.%N
        17:03:18.007000000
        $ date +%F_%T_%Z_%z_%s_%j_%a_%b_%q_%
        2018-12-05_17:03:18_IST_+0530_1544009598_339_Wed_Dec_%q_%
        $ date -u
        Wed Dec  5 11:33:18 UTC 2018
        $ date
        Wed Dec  5 03:33:18 PST 2018
        $ date -R
        Wed, 05 Dec 2018 03:33:18 -0800
        $ date now
        date: invalid date 'now'
        [exit 1]
        $ date -x
        date: invalid option -- 'x'
        Try 'date --help' for more information.
        [exit 1]
        $ date +%I:%M%p +%d
        date: extra operand '+%d'
        Try 'date --help' for more information.
        [exit 1]
    "#]]
    .assert_eq(&(client + &server));
}
