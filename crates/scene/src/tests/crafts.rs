//! A segment that is made by hand is what its form says, and bad values are said by the console.

use super::*;
use crate::craft::{Fields, fields, line};
use crate::words::Preset;
use tcp_testing::{ClientUpper, Network};

fn connected() -> Trial {
    let mut lab = lab();
    lab.types(ClientUpper, "nc 10.211.55.10 5555").waits_ms(100);
    lab
}

/// Types the line; gives what the console printed after it.
fn sends(lab: &mut Trial, fields: &Fields) -> String {
    lab.types(Network, &line(fields));
    let console = lab.terminal(Network);
    console.printed.last().map_or_else(String::new, |printed| printed.text.trim_end().to_owned())
}

#[test]
fn the_presets_do_what_they_are_called() {
    let said = |preset: Preset, from: &str, to: &str| {
        let mut lab = connected();
        lab.types(ClientUpper, "hello").waits_ms(500);
        let fields = fields(from, to, Some(preset));
        let printed = sends(&mut lab, &fields);
        lab.waits_ms(6);
        format!(
            "{}\n{printed}\n{}",
            line(&fields),
            lab.world()
                .facts()
                .rev()
                .find_map(|fact| {
                    crate::report::sentence(lab.world(), &fact)
                        .map(|report| en::say(&Message::Report(report)))
                })
                .unwrap_or_default()
        )
    };
    let all = [
        said(Preset::OldDuplicate, "client", "server"),
        said(Preset::ForgedReset, "server", "client"),
        said(Preset::StraySyn, "client", "server"),
    ];
    expect_test::expect![[r#"
        send-segment --from client --to server --flags ACK,PSH --seq next-5 --data hello
        6: data from client to server, 5 ms to go
        data 5 has no effect at S_m: it lies outside the window.

        send-segment --from server --to client --flags RST --seq next
        6: RST from server to client, 5 ms to go
        C_m enters CLOSED. A RST that was made by hand came: S_m never sent it.

        send-segment --from client --to server --flags SYN --seq +0
        6: SYN from client to server, 5 ms to go
        SYN has no effect at S_m: it lies outside the window."#]]
    .assert_eq(&all.join("\n\n"));
}

#[test]
fn data_with_any_letters_is_sent_as_it_was_typed() {
    for data in ["it's; drop 1 | `x` $HOME \"y\"", "a b", "--seq 1", "\\", "é"] {
        let mut lab = connected();
        let mut fields = fields("client", "server", None);
        fields[8] = data.to_owned();
        let printed = sends(&mut lab, &fields);
        let packet = lab.world().log().packets().next_back().expect("it was sent");
        let segment = packet.packet().segment().expect("it is a segment");
        assert_eq!(&*segment.payload, data.as_bytes(), "{printed}");
    }
}

#[test]
fn a_bad_value_is_said_in_the_console_s_words() {
    let said = |at: usize, value: &str| {
        let mut fields = fields("client", "server", None);
        fields[at] = value.to_owned();
        sends(&mut connected(), &fields)
    };
    assert!(said(5, "x").contains("number x: N, +N, next, next+N or next-N"), "{}", said(5, "x"));
    assert!(said(1, "http").contains("end client:http: client, server or an address"), "{}", said(1, "http"));
    assert!(said(9, "--urgent").contains("unrecognized option '--urgent'"), "{}", said(9, "--urgent"));
    assert!(said(4, "").contains("from client to server"), "no flag at all is possible: {}", said(4, ""));
}
