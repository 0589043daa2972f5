//! The chains of a firewall: the three that are built in, and those that are made.

use super::{Counter, Filed, Firewall, Policy, Target};
use crate::Order;
use crate::net::Errno;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Chains that a packet may go through below a built-in one, each by a jump of the one before: the kernel keeps 16
/// places, of which the built-in chain takes one.
const DEEPEST: usize = 15;

/// The chains of the `filter` table. Nothing passes FORWARD here, because the hosts do not route for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainName {
    /// Packets that arrive for this host.
    Input,
    /// Packets that pass through.
    Forward,
    /// Packets that this host sends.
    Output,
}

impl ChainName {
    /// All chains in the order of a listing.
    pub const ALL: [ChainName; 3] = [ChainName::Input, ChainName::Forward, ChainName::Output];

    /// The name that iptables prints.
    pub const fn name(self) -> &'static str {
        match self {
            ChainName::Input => "INPUT",
            ChainName::Forward => "FORWARD",
            ChainName::Output => "OUTPUT",
        }
    }
}

/// Identifies a chain that `iptables -N` made. It is never reused; a chain that is renamed gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnChainId(pub u32);

/// Identifies a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainId {
    /// One that is built in.
    BuiltIn(ChainName),
    /// One that `iptables -N` made.
    Own(OwnChainId),
}

impl From<ChainName> for ChainId {
    fn from(name: ChainName) -> ChainId {
        ChainId::BuiltIn(name)
    }
}

impl From<OwnChainId> for ChainId {
    fn from(id: OwnChainId) -> ChainId {
        ChainId::Own(id)
    }
}

/// One chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chain {
    /// The rules in order, each with its counter.
    pub rules: Vec<Filed>,
    /// What happens to a packet that no rule matches, if the chain is built in.
    pub policy: Policy,
    /// Packets and octets that reached the policy.
    pub counter: Counter,
}

impl Chain {
    /// A chain without rules that lets everything pass.
    pub const fn new() -> Chain {
        Chain { rules: Vec::new(), policy: Policy::Accept, counter: Counter { packets: 0, octets: 0 } }
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new()
    }
}

/// A chain that `iptables -N` made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnChain {
    /// Its id.
    pub id: OwnChainId,
    /// Its name.
    pub name: Rc<str>,
    /// Its rules.
    pub chain: Chain,
}

/// A chain among these, to be changed.
pub(super) fn find<'a>(
    built_in: &'a mut [Chain; 3],
    own: &'a mut [OwnChain],
    id: ChainId,
) -> Option<&'a mut Chain> {
    match id {
        ChainId::BuiltIn(name) => Some(&mut built_in[name as usize]),
        ChainId::Own(id) => own.iter_mut().find(|own| own.id == id).map(|own| &mut own.chain),
    }
}

impl Firewall {
    /// The chain that `iptables -N` made with this name.
    pub fn own_chain(&self, name: &str) -> Option<&OwnChain> {
        self.own.iter().find(|own| &*own.name == name)
    }

    /// The name of a chain, if it is there.
    pub fn name_of(&self, id: ChainId) -> Option<&str> {
        match id {
            ChainId::BuiltIn(name) => Some(name.name()),
            ChainId::Own(id) => self.own.iter().find(|own| own.id == id).map(|own| &*own.name),
        }
    }

    /// All chains in the order of a listing.
    pub fn ids(&self) -> impl Iterator<Item = ChainId> {
        let own = self.own.iter().map(|own| ChainId::Own(own.id));
        ChainName::ALL.into_iter().map(ChainId::BuiltIn).chain(own)
    }

    /// Number of rules that jump to a chain.
    pub fn references(&self, id: OwnChainId) -> usize {
        self.filed().filter(|filed| filed.rule.target.chain() == Some(id)).count()
    }

    /// Makes an empty chain. [`Errno::Exists`] if there is one of this name.
    pub(in crate::net::host) fn make(&mut self, id: OwnChainId, name: Rc<str>) -> Result<(), Errno> {
        let built_in = ChainName::ALL.into_iter().any(|built_in| built_in.name() == &*name);
        match self.own.binary_search_by(|own| (*own.name).cmp(&*name)) {
            Err(at) if !built_in => {
                self.own.insert(at, OwnChain { id, name, chain: Chain::new() });
                Ok(())
            }
            _ => Err(Errno::Exists),
        }
    }

    /// Removes a chain. [`Errno::Busy`] if it has rules, or a rule jumps to it.
    pub(in crate::net::host) fn unmake(&mut self, id: OwnChainId) -> Result<(), Errno> {
        let at = self.own.iter().position(|own| own.id == id).ok_or(Errno::Invalid)?;
        if self.references(id) > 0 || self.own.get(at).is_some_and(|own| !own.chain.rules.is_empty()) {
            return Err(Errno::Busy);
        }
        self.own.remove(at);
        Ok(())
    }

    /// Gives a chain another name, and another id.
    pub(in crate::net::host) fn rename(
        &mut self,
        old: OwnChainId,
        new: OwnChainId,
        name: Rc<str>,
    ) -> Result<(), Errno> {
        let at = self.own.iter().position(|own| own.id == old).ok_or(Errno::Invalid)?;
        self.make(new, name)?;
        let at = if self.own.get(at).is_some_and(|own| own.id == old) { at } else { at + 1 };
        let OwnChain { chain, .. } = self.own.remove(at);
        if let Some(place) = self.get_mut(ChainId::Own(new)) {
            *place = chain;
        }
        for filed in self.filed_mut() {
            if let Target::Jump(chain) | Target::Goto(chain) = &mut filed.rule.target
                && *chain == old
            {
                *chain = new;
            }
        }
        Ok(())
    }

    /// Whether a packet could get too deep, or go round, if this chain had a rule that jumps to that one. A chain to which
    /// no built-in one leads is not examined.
    pub fn is_too_deep(&self, from: ChainId, to: OwnChainId) -> bool {
        let mut known = BTreeMap::new();
        let ways =
            ChainName::ALL.into_iter().filter_map(|name| self.depth(name.into(), from, &mut known)).max();
        ways.is_some_and(|above| match self.height(to, from, 0, &mut BTreeMap::new()) {
            Some(below) => above + below > DEEPEST,
            None => true,
        })
    }

    /// How many jumps lead from `here` to `goal` at most. `None` if none does.
    fn depth(
        &self,
        here: ChainId,
        goal: ChainId,
        known: &mut BTreeMap<ChainId, Option<usize>>,
    ) -> Option<usize> {
        if here == goal {
            return Some(0);
        }
        if let Some(depth) = known.get(&here) {
            return *depth;
        }
        let mut below = |id| self.depth(ChainId::Own(id), goal, known);
        let depth = self.targets(here).into_iter().filter_map(&mut below).max().map(|depth| depth + 1);
        known.insert(here, depth);
        depth
    }

    /// How many chains are entered from `here` on at most. `None` if `never` is, or there is no end.
    fn height(
        &self,
        here: OwnChainId,
        never: ChainId,
        above: usize,
        known: &mut BTreeMap<OwnChainId, usize>,
    ) -> Option<usize> {
        if ChainId::Own(here) == never || above > DEEPEST {
            return None;
        }
        if let Some(height) = known.get(&here) {
            return Some(*height);
        }
        let mut most = 0;
        for next in self.targets(ChainId::Own(here)) {
            most = most.max(self.height(next, never, above + 1, known)?);
        }
        known.insert(here, most + 1);
        Some(most + 1)
    }

    /// The rules of a built-in chain, and those of all chains to which it leads.
    pub fn led_through(&self, name: ChainName) -> Vec<(ChainId, &Filed)> {
        let mut chains = vec![ChainId::BuiltIn(name)];
        let mut at = 0;
        while let Some(chain) = chains.get(at) {
            let targets = self.targets(*chain).into_iter().map(ChainId::Own);
            let new: Vec<ChainId> = targets.filter(|chain| !chains.contains(chain)).collect();
            chains.extend(new);
            at += 1;
        }
        let rules = |id| self.get(id).map(|chain| chain.rules.as_slice()).unwrap_or_default();
        chains.into_iter().flat_map(|id| rules(id).iter().map(move |filed| (id, filed))).collect()
    }

    /// The chains to which one has jumps, each once.
    fn targets(&self, id: ChainId) -> Vec<OwnChainId> {
        let rules = self.get(id).map(|chain| chain.rules.as_slice()).unwrap_or_default();
        let mut targets: Vec<_> = rules.iter().filter_map(|filed| filed.rule.target.chain()).collect();
        targets.order();
        targets.dedup();
        targets
    }
}

impl Target {
    /// The chain to which it leads.
    pub const fn chain(&self) -> Option<OwnChainId> {
        match self {
            Target::Jump(chain) | Target::Goto(chain) => Some(*chain),
            _ => None,
        }
    }
}
