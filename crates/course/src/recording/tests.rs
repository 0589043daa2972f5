use super::*;
use expect_test::{Expect, expect};

fn check(json: &str, expected: Expect) {
    let shown = match Recording::from_json(json) {
        Ok(recording) => {
            assert_eq!(Recording::from_json(&recording.to_json()), Ok(recording.clone()), "the round trip");
            recording.to_json()
        }
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&shown);
}

fn check_step(step: &str, expected: Expect) {
    let json = format!(
        r#"{{"version":1,"profile":"linux","steps":[{{"t_ms":0,"host":"client","action":"start","id":"c","cmd":"app"}},{step}]}}"#
    );
    let shown = match Recording::from_json(&json) {
        Ok(recording) => {
            assert_eq!(Recording::from_json(&recording.to_json()), Ok(recording.clone()), "the round trip");
            format!("{:?}", recording.steps[1].action)
        }
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&shown);
}

#[test]
fn a_whole_recording() {
    check(
        r#"{"version":1,"profile":"article","seed":7,"link":{"delay_ms":{"client":0.05,"server":400}},
            "sysctls":{"client":{"net.ipv4.tcp_retries2":5}},
            "steps":[{"t_ms":0.125,"host":"server","terminal":"server-upper","action":"run","cmd":"nc -l 5555"}]}"#,
        expect![[
            r#"{"version":1,"profile":"article","seed":7,"link":{"delay_ms":{"client":0.05,"server":400}},"sysctls":{"client":{"net.ipv4.tcp_retries2":"5"}},"steps":[{"t_ms":0.125,"host":"server","terminal":"server-upper","action":"run","cmd":"nc -l 5555"}]}"#
        ]],
    );
    check(
        r#"{"version":1,"profile":"linux","link":{"delay_ms":20},"steps":[]}"#,
        expect![[
            r#"{"version":1,"profile":"linux","seed":0,"link":{"delay_ms":{"client":20,"server":20,"site":20}},"steps":[]}"#
        ]],
    );
    check(
        r#"{"version":1,"profile":"linux","user":"student","link":{"delay_ms":{"client":20}},"steps":[]}"#,
        expect![[
            r#"{"version":1,"profile":"linux","seed":0,"user":"student","link":{"delay_ms":{"client":20}},"steps":[]}"#
        ]],
    );
    check(
        r#"{"version":1,"profile":"linux","user":"root","steps":[]}"#,
        expect![[r#"{"version":1,"profile":"linux","seed":0,"steps":[]}"#]],
    );
    check(
        r#"{"version":1,"profile":"linux","user":"admin","steps":[]}"#,
        expect!["user: must be root or student"],
    );
}

#[test]
fn steps_with_and_without_a_terminal() {
    check_step(
        r#"{"t_ms":1,"host":"client","action":"type","id":"c","text":"a socket"}"#,
        expect![[r#"Type { host: Client, id: "c", text: "a socket" }"#]],
    );
    check_step(
        r#"{"t_ms":1,"host":"client","action":"kill -9","id":"c"}"#,
        expect![[r#"Signal { host: Client, id: "c", signal: Kill }"#]],
    );
    check_step(
        r#"{"t_ms":1,"host":"client","action":"ctrl-d","id":"c","note":"end"}"#,
        expect![[r#"CtrlD { host: Client, id: "c" }"#]],
    );
    check_step(
        r#"{"t_ms":1,"host":"network","action":"drop client A 0 -1"}"#,
        expect![[r#"Network { line: "drop client A 0 -1" }"#]],
    );
    check_step(
        r#"{"t_ms":1,"terminal":"network","action":"run","cmd":"clear"}"#,
        expect![[r#"Enter { terminal: Network, line: "clear" }"#]],
    );
    check_step(
        r#"{"t_ms":1,"terminal":"client-lower","action":"ctrl-c"}"#,
        expect!["Interrupt { terminal: ClientLower }"],
    );
    check_step(
        r#"{"t_ms":1,"host":"server","action":"sysctl","cmd":"sysctl -w a=1"}"#,
        expect![[r#"Run { host: Server, cmd: "sysctl -w a=1" }"#]],
    );
}

#[test]
fn what_is_wrong_is_named() {
    check("", expect!["line 1, column 0: not JSON"]);
    check("[]", expect!["recording: invalid length 0, expected an object"]);
    check(r#"{"version":2}"#, expect!["version: must be 1"]);
    check(r#"{"version":1,"profile":"bsd"}"#, expect!["steps: is missing"]);
    check(r#"{"version":1,"profile":"linux"}"#, expect!["steps: is missing"]);
    check(r#"{"version":1,"profile":"linux","steps":[],"colour":1}"#, expect!["colour: is not known"]);
    check(
        r#"{"version":1,"profile":"linux","seed":-1,"steps":[]}"#,
        expect!["seed: invalid value: integer `-1`, expected u64"],
    );
    check(
        r#"{"version":1,"profile":"linux","link":{"delay_ms":"x"},"steps":[]}"#,
        expect![[
            r#"link.delay_ms: invalid type: string "x", expected milliseconds, or milliseconds by host"#
        ]],
    );
    check(
        r#"{"version":1,"profile":"linux","sysctls":{"moon":{}},"steps":[]}"#,
        expect!["sysctls.moon: must be client or server"],
    );
    check_step("7", expect!["steps[1]: invalid type: integer `7`, expected a step"]);
    check_step(
        r#"{"t_ms":1e99,"host":"client","action":"run","cmd":"x"}"#,
        expect!["steps[1].t_ms: must be milliseconds, from 0 to 86400000"],
    );
    check_step(
        r#"{"t_ms":-1,"host":"client","action":"run","cmd":"x"}"#,
        expect!["steps[1].t_ms: must be milliseconds, from 0 to 86400000"],
    );
    check_step(r#"{"t_ms":1,"host":"client","action":"dance"}"#, expect!["steps[1].action: is not known"]);
    check_step(
        r#"{"t_ms":1,"host":"client","action":"type","id":"x","text":""}"#,
        expect!["steps[1].id: names nothing that was started"],
    );
    check_step(r#"{"t_ms":1,"host":"client","action":"run"}"#, expect!["steps[1].cmd: is missing"]);
    check_step(
        r#"{"t_ms":1,"host":"client","terminal":"server-upper","action":"ctrl-c"}"#,
        expect!["steps[1].host: is not the host of the terminal"],
    );
    check_step(
        r#"{"t_ms":1,"terminal":"moon","action":"ctrl-c"}"#,
        expect!["steps[1].terminal: is not known"],
    );
}

#[test]
fn a_recording_is_bounded() {
    let long = format!(r#"{{"version":1,"profile":"linux","steps":[]{}}}"#, " ".repeat(1 << 20));
    check(&long, expect!["longer than 1048576 octets"]);
    let step = r#"{"t_ms":1,"host":"client","action":"run","cmd":"x"},"#.repeat(10_001);
    let many = format!(r#"{{"version":1,"profile":"linux","steps":[{}]}}"#, step.trim_end_matches(','));
    check(&many, expect!["steps: must be at most 10000"]);
    let line = "x".repeat((1 << 16) + 1);
    let long = format!(r#"{{"t_ms":1,"host":"client","action":"run","cmd":"{line}"}}"#);
    check_step(&long, expect!["steps[1].cmd: must be at most 65536 octets"]);
    let deep = format!(r#"{{"version":1,"profile":"linux","sysctls":{{"client":{{"x":{}1"#, "[".repeat(200));
    check(&deep, expect!["sysctls.client.x: invalid type: sequence, expected text or a number"]);
    let start = |at: u32| format!(r#"{{"t_ms":1,"host":"client","action":"start","id":"{at}","cmd":"x"}}"#);
    let starts: Vec<String> = (0..1001).map(start).collect();
    check(
        &format!(r#"{{"version":1,"profile":"linux","steps":[{}]}}"#, starts.join(",")),
        expect!["steps[1000].id: is one program too many"],
    );
}

#[test]
fn milliseconds_are_whole_microseconds() {
    for (json, micros, written) in
        [("5", 5000, "5"), ("409.9", 409_900, "409.9"), ("0.0005", 1, "0.001"), ("1e3", 1_000_000, "1000")]
    {
        let read: Millis = serde_json::from_str(json).unwrap();
        assert_eq!(read.instant(), Instant::from_micros(micros));
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
    }
    proptest::proptest!(|(micros in 0..=86_400_000_000_u64)| {
        let millis = Millis::from(Instant::from_micros(micros));
        let json = serde_json::to_string(&millis).unwrap();
        assert_eq!(serde_json::from_str::<Millis>(&json).unwrap(), millis);
    });
}
