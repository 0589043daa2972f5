//! Random scenarios of the kind that students and engineers try: connections, faults, constants, and looks at all of
//! that. A scenario depends on its seed and number alone.

mod faults;
mod looks;
mod peers;
mod script;

use super::dice::Dice;
use super::scenario::Scenario;
use script::Script;

/// The longest scenario, in milliseconds.
pub(super) const LONGEST_MS: u64 = 45_000;
/// The shortest time between two steps. Hands are not quicker, and a step must have been done when the next begins.
const GAP_MS: u64 = 50;

/// Scenario `number` of those with this seed.
pub(super) fn scenario(seed: u64, number: u32) -> Scenario {
    let mut dice = Dice::new(seed, number);
    let (shortest, longest) =
        dice.weigh(&[(55, (4_000, 10_000)), (30, (10_000, 20_000)), (15, (20_000, 38_000))]);
    let span = dice.between(shortest, longest);
    let (shortest, longest) =
        dice.weigh(&[(0, (0, 0)), (55, (300, 2_000)), (30, (2_000, 8_000)), (15, (8_000, 40_000))]);
    let tail = dice.between(shortest, longest);
    let delay = dice.weigh(&[
        (50, None),
        (10, Some((0, 0))),
        (15, Some((1, 20))),
        (15, Some((20, 150))),
        (10, Some((150, 400))),
    ]);
    let delay = delay.map(|(least, most)| dice.between(least, most));
    let mut script = Script::default();
    let connections = dice.weigh(&[(50, 1), (28, 2), (14, 3), (8, 4)]);
    let ports = peers::connections(&mut script, &mut dice, connections, span);
    let rules = faults::rules(&mut script, &mut dice, &ports, span);
    let losses = if delay.is_some() { faults::losses(&mut script, &mut dice, span) } else { 0 };
    if delay.is_some() {
        faults::cables(&mut script, &mut dice, span);
    }
    let sysctls = looks::constants(&mut script, &mut dice, span);
    looks::listings(&mut script, &mut dice, &ports, span);
    let steps = script.steps(GAP_MS, LONGEST_MS);
    let last = steps.last().map_or(0, |step| step.t_ms.duration().as_millis());
    let last = u64::try_from(last).unwrap_or(LONGEST_MS);
    Scenario {
        name: format!("{number:03}"),
        title: format!(
            "Seed {seed}, scenario {number}: {connections} connections, {rules} rules of iptables, {losses} losses in the network"
        ),
        delay,
        sysctls,
        steps,
        duration_ms: (last + tail).min(LONGEST_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_seed_and_a_number_name_a_scenario() {
        assert_eq!(scenario(3, 7).text(), scenario(3, 7).text());
        let texts: BTreeSet<String> = (1..50).map(|number| scenario(3, number).text()).collect();
        assert_eq!(texts.len(), 49);
    }

    #[test]
    fn scenarios_can_be_recorded_and_are_short() {
        for number in 1..=300 {
            let made = scenario(11, number);
            assert!(made.duration_ms <= LONGEST_MS, "{number}");
            let times: Vec<_> = made.steps.iter().map(|step| step.t_ms).collect();
            assert!(times.is_sorted(), "{number}");
            for cmd in made.steps.iter().filter_map(|step| step.cmd.as_deref()) {
                assert!(crate::words::allowed(cmd), "{cmd}");
            }
        }
    }

    /// What the scenarios are made of: nothing that was meant to happen is missing.
    #[test]
    fn everything_happens_in_some_scenario() {
        let all: Vec<Scenario> = (1..=300).map(|number| scenario(5, number)).collect();
        let texts: String = all.iter().map(Scenario::text).collect();
        for wanted in [
            "nc -l",
            "ncat -l",
            "nc.traditional -l",
            "\"app\"",
            "ctrl-c",
            "ctrl-d",
            "\"kill\"",
            "kill -9",
            "SIGSTOP",
            "linger",
            "shutdown",
            " -k",
            " -p 1558",
            "DROP",
            "tcp-reset",
            "icmp-port-unreachable",
            "icmp-host-prohibited",
            "-I INPUT",
            "-A OUTPUT",
            "FORWARD",
            "-P ",
            "-D ",
            "-F",
            "multiport",
            "PSH",
            "FIN",
            "-N OWN",
            "-g OWN",
            "RETURN",
            "-j LOG",
            "--state NEW",
            "--ctstate INVALID",
            "connlimit",
            "--every 2",
            "tcp-option",
            "eth0 down",
            "eth0 up",
            "ip addr add",
            "-s 10.211.55.3",
            "keepalive",
            "keepidle",
            "drop client",
            "drop server",
            "\"clear\"",
            "tcp_syn_retries",
            "tcp_timestamps",
            "tcp_fin_timeout",
            "listen 0",
            "netstat -nato",
            "ss -tan",
            "netstat -s",
            "veth pair",
            "relay, ",
        ] {
            assert!(texts.contains(wanted), "{wanted}");
        }
        let absent = |one: &&Scenario| {
            !one.steps.iter().any(|step| step.host.as_deref() == Some("server") && step.action == "start")
        };
        assert!(all.iter().any(|one| absent(&one)), "a listener is always there");
    }
}
