//! What a user asks of the firewall, the constants and the network.

use super::firewall::{Chain, ChainName, Counter, Filed, Rule, RuleAt};
use super::{
    Answer, ChainChange, Command, Errno, Happened, HostId, HostProfile, Loss, NetworkChange, Setting, World,
};
use crate::millis;
use std::time::Duration;

impl World {
    /// Does what is no call on a socket.
    pub(super) fn administer(&mut self, command: Command) -> Result<Answer, Errno> {
        match command {
            Command::InsertRule { host, chain, number, rule } => self.insert(host, chain, number, rule),
            Command::AppendRule { host, chain, rule } => {
                let number = self.host(host).firewall.chain(chain).rules.len() + 1;
                self.insert(host, chain, number, rule)
            }
            Command::DeleteRule { host, chain, rule } => {
                let rules = &self.host(host).firewall.chain(chain).rules;
                let at = rules.iter().position(|filed| filed.rule == rule).ok_or(Errno::Invalid)?;
                self.remove(host, chain, at + 1)
            }
            Command::DeleteRuleAt { host, chain, number } => self.remove(host, chain, number),
            Command::SetPolicy { host, chain, policy } => self.change(host, chain, |c| {
                c.policy = policy;
                c.counter = Counter::default();
                ChainChange::Policy(policy)
            }),
            Command::FlushRules { host, chain } => self.change_all(host, chain, |c| {
                c.rules.clear();
                ChainChange::Flushed
            }),
            Command::ZeroCounters { host, chain } => self.change_all(host, chain, |c| {
                c.counter = Counter::default();
                c.rules.iter_mut().for_each(|filed| filed.counter = Counter::default());
                ChainChange::Zeroed
            }),
            Command::AddAddress { host, address } => {
                self.host_mut(host).address6 = Some(address);
                self.note(Some(host), Happened::AddressAdded { address });
                Ok(Answer::Done)
            }
            Command::Configure { host, setting } => {
                configure(&mut self.host_mut(host).profile, setting);
                self.note(Some(host), Happened::Configured { setting });
                Ok(Answer::Done)
            }
            other => self.instruct_network(other),
        }
    }

    fn instruct_network(&mut self, command: Command) -> Result<Answer, Errno> {
        let change = match command {
            Command::SetDelay { from, delay } => {
                self.wire.set_delay(from, delay);
                NetworkChange::Delay { from, delay }
            }
            Command::Lose(rule) => {
                let id = self.log.new_loss(&rule);
                self.wire.losses.push(Loss { id, rule, taken: 0 });
                NetworkChange::Loses(id)
            }
            Command::StopLosing(rule) => NetworkChange::StopsLosing(self.wire.stop_losing(&rule)?),
            Command::Duplicate(rule) => {
                let id = self.log.new_loss(&rule);
                self.wire.duplications.push(Loss { id, rule, taken: 0 });
                NetworkChange::Duplicates(id)
            }
            Command::ClearNetwork => {
                self.wire.losses.clear();
                self.wire.duplications.clear();
                NetworkChange::Cleared
            }
            _ => return Err(Errno::Invalid),
        };
        self.note(None, Happened::NetworkChanged { change });
        Ok(Answer::Done)
    }

    /// Puts a rule into a chain, where it has this number, from 1.
    fn insert(&mut self, host: HostId, chain: ChainName, number: usize, rule: Rule) -> Result<Answer, Errno> {
        let rules = &self.host(host).firewall.chain(chain).rules;
        let at = number.checked_sub(1).filter(|at| *at <= rules.len()).ok_or(Errno::Invalid)?;
        let id = self.log.new_rule(host, chain, &rule);
        self.change(host, chain, |c| {
            c.rules.insert(at, Filed { id, rule, counter: Counter::default() });
            ChainChange::Inserted(RuleAt { id, number })
        })
    }

    /// Takes the rule of this number, from 1, out of a chain.
    fn remove(&mut self, host: HostId, chain: ChainName, number: usize) -> Result<Answer, Errno> {
        let rules = &self.host(host).firewall.chain(chain).rules;
        let at = number.checked_sub(1).filter(|at| *at < rules.len()).ok_or(Errno::Invalid)?;
        self.change(host, chain, |c| {
            let Filed { id, .. } = c.rules.remove(at);
            ChainChange::Removed(RuleAt { id, number })
        })
    }

    fn change(
        &mut self,
        host: HostId,
        chain: ChainName,
        act: impl FnOnce(&mut Chain) -> ChainChange,
    ) -> Result<Answer, Errno> {
        let change = act(self.host_mut(host).firewall.chain_mut(chain));
        self.note(Some(host), Happened::FirewallChanged { chain, change });
        Ok(Answer::Done)
    }

    fn change_all(
        &mut self,
        host: HostId,
        name: Option<ChainName>,
        act: impl Fn(&mut Chain) -> ChainChange,
    ) -> Result<Answer, Errno> {
        for chain in ChainName::ALL.into_iter().filter(|chain| name.is_none_or(|n| n == *chain)) {
            self.change(host, chain, &act)?;
        }
        Ok(Answer::Done)
    }
}

fn configure(profile: &mut HostProfile, setting: Setting) {
    match setting {
        Setting::SynRetries(n) => profile.tcp.syn_retries = n,
        Setting::SynLinearTimeouts(n) => profile.tcp.syn_linear_timeouts = n,
        Setting::SynackRetries(n) => profile.tcp.synack_retries = n,
        Setting::Retries2(n) => profile.tcp.retries2 = n,
        Setting::OrphanRetries(n) => profile.tcp.orphan_retries = n,
        Setting::FinTimeout(seconds) => profile.tcp.fin_timeout = millis(u64::from(seconds) * 1000),
        Setting::RtoMin(micros) => profile.tcp.rto_min = Duration::from_micros(u64::from(micros)),
        Setting::RtoMax(ms) => profile.tcp.rto_max = millis(u64::from(ms)),
        Setting::PortRange(first, last) => profile.port_range = (first, last.max(first)),
        Setting::Somaxconn(n) => profile.somaxconn = n,
        Setting::AbortOnOverflow(on) => profile.abort_on_overflow = on,
        Setting::Syncookies(n) => profile.syncookies = n,
        Setting::TwReuse(n) => profile.tw_reuse = n,
        Setting::Timestamps(on) => profile.tcp.timestamps = on,
        Setting::MaxSynBacklog(n) => profile.max_syn_backlog = n,
    }
}
