//! The firewall's row: toggles that type.

use crate::drops::{DROPS, Drop, free_terminal};
use crate::model::{DropPlace, FirewallBar, Look, ToggleView};
use crate::rules::{clear, in_force, without};
use tcp_core::net::firewall::{ChainName, Filed};
use tcp_core::net::{HostId, World};
use tcp_shell::{Lab, TerminalId};

/// The four chains, in the order of the gates, and the network, as a toggle sees them.
const SPOTS: [DropPlace; 5] = [
    DropPlace::ClientOutput,
    DropPlace::ClientInput,
    DropPlace::ServerInput,
    DropPlace::ServerOutput,
    DropPlace::Network,
];

/// The chain at a place; `None` in the network.
const fn chain(place: DropPlace) -> Option<(HostId, ChainName)> {
    match place {
        DropPlace::ClientOutput | DropPlace::Sender => Some((HostId::Client, ChainName::Output)),
        DropPlace::ClientInput => Some((HostId::Client, ChainName::Input)),
        DropPlace::ServerInput => Some((HostId::Server, ChainName::Input)),
        DropPlace::ServerOutput => Some((HostId::Server, ChainName::Output)),
        DropPlace::Network => None,
    }
}

pub(crate) fn firewall(lab: &Lab, look: &Look, port: u16) -> FirewallBar {
    let world = lab.world();
    let toggles: Vec<ToggleView> = DROPS.iter().map(|drop| toggle(lab, drop, look.place, port)).collect();
    FirewallBar {
        dropped: world.stopped(),
        last_line: lab.last_change().cloned(),
        rules: in_force(lab, port),
        clear: clear(lab),
        toggles,
    }
}

/// A toggle puts its rule at the chosen place, or takes it away from there.
fn toggle(lab: &Lab, drop: &Drop, place: DropPlace, port: u16) -> ToggleView {
    let world = lab.world();
    let spot = spot(drop, place);
    let taken = count(world, drop, spot, port);
    let other = SPOTS.into_iter().find(|other| *other != spot && count(world, drop, *other, port).is_some());
    let (terminal, line) = match chain(spot) {
        Some((host, chain)) => {
            let line = match filed(world, drop, (host, chain), port) {
                Some(filed) => without(lab, drop, filed, (host, chain), port),
                None => drop.line("-I", host, chain, port),
            };
            (free_terminal(lab, host), line)
        }
        None => {
            let (flags, length) = drop.network;
            let (word, count) = if taken.is_some() { ("undrop", "") } else { ("drop", " -1") };
            (TerminalId::Network, format!("{word} {} {flags} {length}{count}", drop.sender))
        }
    };
    ToggleView {
        kind: drop.kind,
        on: taken.is_some(),
        elsewhere: other,
        terminal,
        line: line.into(),
        count: taken.unwrap_or(0),
        place: spot,
        misses: taken.is_none() && drop.misses(spot),
    }
}

/// The place that is chosen, with the sender's own chain in the place of `Sender`.
const fn spot(drop: &Drop, place: DropPlace) -> DropPlace {
    match (place, drop.sender) {
        (DropPlace::Sender, HostId::Server) => DropPlace::ServerOutput,
        (DropPlace::Sender, _) => DropPlace::ClientOutput,
        (place, _) => place,
    }
}

/// The toggle's rule in this chain, or another that takes the same.
fn filed<'a>(
    world: &'a World,
    drop: &Drop,
    (host, chain): (HostId, ChainName),
    port: u16,
) -> Option<&'a Filed> {
    world.firewall(host).chain(chain).rules.iter().find(|filed| drop.is_rule(&filed.rule, host, chain, port))
}

/// What the toggles do at a gate.
pub(crate) fn at_gate(lab: &Lab, gate: usize, port: u16) -> Vec<ToggleView> {
    SPOTS
        .get(gate)
        .map_or_else(Vec::new, |spot| DROPS.iter().map(|drop| toggle(lab, drop, *spot, port)).collect())
}

/// Packets taken by the toggle's rule, if it stands there.
fn count(world: &World, drop: &Drop, spot: DropPlace, port: u16) -> Option<u64> {
    match chain(spot) {
        Some(chain) => filed(world, drop, chain, port).map(|filed| filed.counter.packets),
        None => world.losses().iter().find(|loss| drop.is_loss(loss)).map(|loss| loss.taken),
    }
}
