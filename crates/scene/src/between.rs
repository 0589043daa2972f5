//! A scene in the middle of an event.
//!
//! The world goes from event to event, and one event may be several facts: a firewall drops a SYN|ACK, and for that its
//! host forgets the entry. Who goes step by step sees them one after the other. Nothing of the world is in between: a
//! scene there is put together from the scenes before and after the event, each part from the side on which the log has
//! it. Where a part would be on neither side, there is no step.

use crate::model::{Lit, Look, Scene};
use crate::report::sentence;
use crate::sight::Sight;
use crate::subject::{ends, tuple};
use crate::words::Message;
use tcp_core::net::{Fact, FactId, Happened, HostId, World};
use tcp_shell::Lab;

/// The facts since `from` after which a person who goes step by step stops, in causal order, before all is as it is now.
pub fn stops(world: &World, from: FactId) -> Vec<FactId> {
    let facts: Vec<Fact> = world.log().since(from).collect();
    let told: Vec<FactId> =
        facts.iter().filter(|fact| sentence(world, fact).is_some()).map(|fact| fact.id).collect();
    // What follows the last sentence belongs to it.
    let before_last = told.iter().copied().take(told.len().saturating_sub(1));
    before_last.filter(|at| is_between(&facts, *at)).collect()
}

/// Each host's card is either as it was before the facts or as it is after them.
fn is_between(facts: &[Fact], at: FactId) -> bool {
    [HostId::Client, HostId::Server].into_iter().all(|host| {
        let mut sides = facts.iter().filter(|fact| changes_card(fact, host)).map(|fact| fact.id <= at);
        let first = sides.next();
        sides.all(|side| Some(side) == first)
    })
}

/// The fact changes the state of an entry on this host. One that stays where it is does not.
fn changes_card(fact: &Fact, host: HostId) -> bool {
    let changes = match fact.what {
        Happened::Moved { socket, row } => socket.is_some() && !row.is_loop(),
        Happened::Forgotten { .. } => true,
        _ => false,
    };
    changes && fact.host == Some(host)
}

/// What is visible once the fact `at` has happened, of the facts since `from` that led from `before` to `lab`.
pub fn scene_between(before: &Scene, lab: &Lab, look: &Look, from: FactId, at: FactId) -> Scene {
    let world = lab.world();
    let mut scene = crate::scene(lab, look);
    let facts: Vec<Fact> = world.log().since(from).collect();
    let later = |holds: &dyn Fn(&Fact) -> bool| facts.iter().any(|fact| fact.id > at && holds(fact));
    let lit = lit(before, lab, look, &facts, at);
    for (place, host) in [HostId::Client, HostId::Server].into_iter().enumerate() {
        if later(&|fact| changes_card(fact, host)) {
            scene.hosts[place].clone_from(&before.hosts[place]);
            scene.machine.tokens[place].clone_from(&before.machine.tokens[place]);
        }
    }
    scene.machine.lit = lit;
    // A packet that is sent only later is not on the wire yet, and one that is stopped only later is as it was.
    let sent_later = |fact: &Fact| {
        matches!(fact.what, Happened::Sent { .. } | Happened::Queued { .. } | Happened::Departed { .. })
    };
    if later(&|fact| sent_later(fact) || fact.what.ended().is_some()) {
        scene.wire.clone_from(&before.wire);
        // What was picked only now is as it is.
        if before.inspected.as_ref().map(|it| it.packet) == scene.inspected.as_ref().map(|it| it.packet) {
            scene.inspected.clone_from(&before.inspected);
        }
    }
    if later(&|fact| fact.what.ended().is_some()) {
        scene.firewall.clone_from(&before.firewall);
    }
    // A line is in its terminal before anything comes of it.
    if facts.first().is_some_and(|fact| fact.cause.is_some()) {
        scene.terminals.clone_from(&before.terminals);
    }
    // What the pair of states means is said when all is seen.
    scene.pair.clone_from(&before.pair);
    scene.says = world.fact(at).and_then(|fact| sentence(world, &fact)).map(Message::Report);
    scene
}

/// The edges taken last, at most one for each host, the newest last.
fn lit(before: &Scene, lab: &Lab, look: &Look, facts: &[Fact], at: FactId) -> Vec<Lit> {
    let sight = Sight::of(lab);
    let now = ends(&sight, tuple(&sight, look)).map(|end| end.row.map(|row| row.socket));
    let mut lit = before.machine.lit.clone();
    for fact in facts.iter().filter(|fact| fact.id <= at) {
        let (Happened::Moved { socket: Some(socket), row }, Some(host)) = (fact.what, fact.host) else {
            continue;
        };
        let place = usize::from(host == HostId::Server);
        let was = before.hosts[place].rows.iter().any(|row| row.selected && row.socket == socket);
        if was || now[place] == Some(socket) {
            lit.retain(|lit| lit.host != host);
            lit.push(Lit { row: row.index(), host, at: fact.at });
        }
    }
    lit
}

#[cfg(test)]
mod tests;
