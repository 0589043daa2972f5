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

/// What GNU date printed for the same moment and zone.
#[test]
fn flags_and_widths() {
    let mut trial = Trial::new(ProfileName::Article);
    trial.waits_ms(42);
    let lines = r#"date "+%F %T.%3N"
        date "+%3N|%6N|%9N|%N|%12N|%_N|%-3N|%1N|%0N"
        date "+%-d|%_d|%5d|%-5d|%_5d|%-S|%_S|%-j|%6Y|%5H|%-H|%-M"
        date "+%^a|%#a|%#Z|%#p|%10a|%-10a|%010a|%^b|%-e|%0e|%_e|%5e"
        date "+%3Q|%-|%-%|%%|%"
        date "+%10F|%10T|%012T|%_k|%0k|%-k|%-l""#;
    expect![[r#"
        $ date "+%F %T.%3N"
        2018-12-05 17:03:00.042
        $ date "+%3N|%6N|%9N|%N|%12N|%_N|%-3N|%1N|%0N"
        042|042000|042000000|042000000|042000000000|042      |042|0|042000000
        $ date "+%-d|%_d|%5d|%-5d|%_5d|%-S|%_S|%-j|%6Y|%5H|%-H|%-M"
        5| 5|00005|5|    5|0| 0|339|002018|00017|17|3
        $ date "+%^a|%#a|%#Z|%#p|%10a|%-10a|%010a|%^b|%-e|%0e|%_e|%5e"
        WED|WED|ist|pm|       Wed|Wed|0000000Wed|DEC|5|05| 5|    5
        $ date "+%3Q|%-|%-%|%%|%"
        %3Q|%-|%-%|%|%
        $ date "+%10F|%10T|%012T|%_k|%0k|%-k|%-l"
        2018-12-05|  17:03:00|000017:03:00|17|17|17|5
    "#]]
    .assert_eq(&trial.transcript(Client, lines));
}

#[test]
fn printf_knows_the_time_now() {
    let seen = Trial::new(ProfileName::Article).transcript(
        Client,
        r#"printf "%(%T)T\n" -1
        printf "%(%F)T|%()T|%12(%H:%M)T\n"
        printf "%(%s)T\n" 0"#,
    );
    expect![[r#"
        $ printf "%(%T)T\n" -1
        17:03:00
        $ printf "%(%F)T|%()T|%12(%H:%M)T\n"
        2018-12-05|17:03:00|       17:03
        $ printf "%(%s)T\n" 0

        this lab's printf shows no time but now; near it: printf '%(%T)T' -1
        [exit 1]
    "#]]
    .assert_eq(&seen);
}
