//! What a recording needs of the machine, checked before anything is made.

use crate::plan::Plan;
use crate::tool;
use crate::trouble::Trouble;

/// Tools by name, each with the Debian package that contains it.
const TOOLS: [(&str, &str); 9] = [
    ("ip", "sudo apt-get install iproute2"),
    ("ss", "sudo apt-get install iproute2"),
    ("netstat", "sudo apt-get install net-tools"),
    ("tcpdump", "sudo apt-get install tcpdump"),
    ("iptables", "sudo apt-get install iptables"),
    ("nc", "sudo apt-get install netcat-openbsd"),
    ("nc.traditional", "sudo apt-get install netcat-traditional"),
    ("ncat", "sudo apt-get install ncat"),
    ("sysctl", "sudo apt-get install procps"),
];
/// The tools that every recording needs.
const ALWAYS: [&str; 4] = ["ip", "ss", "netstat", "tcpdump"];

/// Refuses a plan that cannot be recorded on this machine.
pub(crate) fn check(plan: &Plan) -> Result<(), Trouble> {
    if !nix::unistd::geteuid().is_root() {
        return Err(Trouble::NotRoot);
    }
    let there = |tool: &str| tool::find_tool(tool).is_some();
    missing(&plan.programs(), there).map_or(Ok(()), |(tool, install)| Err(Trouble::Missing { tool, install }))
}

/// The first tool that is missing.
fn missing(programs: &[&str], there: impl Fn(&str) -> bool) -> Option<(&'static str, &'static str)> {
    TOOLS.into_iter().find(|(tool, _)| (ALWAYS.contains(tool) || programs.contains(tool)) && !there(tool))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_is_named_with_the_command_that_installs_it() {
        assert_eq!(missing(&["nc"], |_| true), None);
        assert_eq!(missing(&["app"], |tool| tool != "ncat"), None, "nobody asked for ncat");
        let (tool, install) = missing(&["ncat"], |tool| tool != "ncat").expect("it is missing");
        let text = Trouble::Missing { tool, install }.to_string();
        assert_eq!(text, "ncat is missing; install it with: sudo apt-get install ncat");
    }
}
