//! A script for bash that does the session again on the kernel of a Linux machine: two network namespaces as the hosts, a third
//! as the router between them, which loses what the network lost.
//!
//! A line of a session may come from a stranger, and here it meets a real shell, perhaps root's. So the script is made of
//! parsed commands and never of text: each command is in the list of [`tools`], each word is put in quotes by [`quote()`], and
//! what is not in the list becomes a comment. Files are in a folder of its own, signals go to programs that it has
//! started. What no kernel can do again is refused.

mod firewall;
mod line;
mod losses;
mod quote;
#[cfg(test)]
mod tests;
mod timeline;
mod tools;

use crate::words::Refusal;
use quote::quote;
use std::fmt::Write;
use tcp_core::Instant;
use tcp_core::Order;
use tcp_core::net::{Happened, HostId, Log};
use tcp_core::tcp::ProfileName;
use tcp_course::{Circumstances, Recording, Session};
use timeline::{Timeline, seconds};

/// The script of a session up to its playhead, under the profile `linux`. The same session makes the same octets.
pub(super) fn script(session: &Session) -> Result<String, Refusal> {
    let until = session.lab().now();
    let recording = Recording { profile: ProfileName::Linux, ..session.recording() };
    let mut again = Session::among(&recording, Circumstances::default());
    let constants = constants(&mut again);
    let mut timeline = Timeline::of(&mut again, until);
    again.advance_to(until);
    let log = again.lab().world().log();
    refuse(log)?;
    let chains = losses::chains(log)?;
    timeline.begin(until);
    for line in ["list C_m", "list S_m", "finish"] {
        timeline.push(line);
    }
    let mut text = head(&timeline, session.profile(), until);
    if timeline.delays {
        text += include_str!("delay.sh");
    }
    if !chains.is_empty() {
        text += include_str!("losses.sh");
        text.push('\n');
        text += &chains;
    }
    text += "\n# The constants of the hosts.\n";
    text += &constants;
    text += "\n# What was typed, and when.\nbegun=${EPOCHREALTIME/./}\n";
    text += timeline.text.trim_end();
    text.push('\n');
    Ok(text)
}

/// What the script is, what it leaves out, and what makes its hosts.
fn head(timeline: &Timeline, profile: ProfileName, until: Instant) -> String {
    let mut text =
        "#!/bin/bash\n# A session of tcp-states, to be done again by the kernel of a Linux machine.\n#\n"
            .to_owned();
    // Writing to a text cannot fail.
    let _ = writeln!(
        text,
        "#     bash FILE\n#\n# It takes {} s. It prints what the programs print and, at the end,",
        seconds(until)
    );
    text += "# the sockets of each host at the times when someone listed them. It does not touch\n";
    text += "# this machine's network, files and programs.\n";
    if profile == ProfileName::Article {
        text += "# In the lab the hosts behaved as the article describes; here they are Linux.\n";
    }
    if timeline.left_out.is_empty() {
        text += "# Nothing of the session is left out.\n";
    } else {
        text += "#\n# Left out:\n";
        for line in &timeline.left_out {
            let _ = writeln!(text, "#   {line}");
        }
    }
    let nc = timeline.needs.iter().any(|tool| tool == "nc");
    let mut needs: Vec<String> =
        timeline.needs.iter().filter(|tool| *tool != "nc").map(|tool| quote(tool)).collect();
    needs.order();
    needs.dedup();
    let delay = if timeline.delays { " tc" } else { "" };
    let _ = writeln!(text, "\n# Tools of this session.\nneeds=({}{delay})", needs.join(" "));
    text += include_str!("head.sh");
    if nc {
        text += include_str!("nc.sh");
    }
    text
}

/// The constants that the lab's hosts have at the beginning: first those that both have alike.
fn constants(session: &mut Session) -> String {
    let mut of = |host| {
        let listed = session.look(host, "sysctl -a").stdout;
        let known = listed.lines().filter_map(|line| line.split_once(" = "));
        let known = known.chain([("net.ipv4.tcp_congestion_control", "reno")]);
        known.map(|(name, value)| format!("{} {}", quote(name), quote(value))).collect::<Vec<_>>()
    };
    let (client, server) = (of(HostId::Client), of(HostId::Server));
    let mut text = "for host in C_m S_m; do\n".to_owned();
    for line in client.iter().filter(|line| server.contains(line)) {
        text += &format!("    constant \"$host\" {line}\n");
    }
    text += "done\n";
    for (host, own, other) in [(HostId::Client, &client, &server), (HostId::Server, &server, &client)] {
        for line in own.iter().filter(|line| !other.contains(line)) {
            text += &format!("constant {host} {line}\n");
        }
    }
    text
}

/// Refuses what no kernel can do again.
fn refuse(log: &Log) -> Result<(), Refusal> {
    for fact in log.facts() {
        match fact.what {
            Happened::Held { .. } => return Err(Refusal::Held),
            Happened::Injected { .. } => return Err(Refusal::Forged),
            Happened::Duplicated { .. } | Happened::Reordered { .. } => return Err(Refusal::Copied),
            Happened::QdiscSet { netem: Some(netem), .. } if netem.reorder.share > 0 => {
                return Err(Refusal::Copied);
            }
            Happened::QdiscSet { netem: Some(netem), .. } if netem.jitter > 0 => return Err(Refusal::Varied),
            Happened::LinkSet { .. } => return Err(Refusal::Cable),
            _ => {}
        }
    }
    let of_hosts =
        |host: Option<HostId>| host.is_none_or(|host| matches!(host, HostId::Client | HostId::Server));
    let strange = log.packets().any(|packet| !of_hosts(Some(packet.from)) || !of_hosts(packet.to));
    if strange { Err(Refusal::Site) } else { Ok(()) }
}
