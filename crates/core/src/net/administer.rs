//! What a user asks of the firewall, the constants and the network.

use super::firewall::{Chain, ChainName, Counter, Rule};
use super::{Answer, Command, Errno, Happened, HostId, HostProfile, Setting, World};
use crate::millis;
use std::time::Duration;

impl World {
    /// Does what is no call on a socket.
    pub(super) fn administer(&mut self, command: Command) -> Result<Answer, Errno> {
        match command {
            Command::InsertRule { host, chain, number, rule } => self.change(host, chain, |c| {
                let at = number.checked_sub(1).filter(|at| *at <= c.rules.len()).ok_or(Errno::Invalid)?;
                c.rules.insert(at, (rule, Counter::default()));
                Ok(())
            }),
            Command::AppendRule { host, chain, rule } => self.change(host, chain, |c| {
                c.rules.push((rule, Counter::default()));
                Ok(())
            }),
            Command::DeleteRule { host, chain, rule } => self.change(host, chain, |c| {
                let at = position(c, &rule).ok_or(Errno::Invalid)?;
                c.rules.remove(at);
                Ok(())
            }),
            Command::DeleteRuleAt { host, chain, number } => self.change(host, chain, |c| {
                let at = number.checked_sub(1).filter(|at| *at < c.rules.len()).ok_or(Errno::Invalid)?;
                c.rules.remove(at);
                Ok(())
            }),
            Command::SetPolicy { host, chain, policy } => self.change(host, chain, |c| {
                c.policy = policy;
                c.counter = Counter::default();
                Ok(())
            }),
            Command::FlushRules { host, chain } => self.change_all(host, chain, |c| c.rules.clear()),
            Command::ZeroCounters { host, chain } => self.change_all(host, chain, |c| {
                c.counter = Counter::default();
                c.rules.iter_mut().for_each(|(_, counter)| *counter = Counter::default());
            }),
            Command::AddAddress { host, address } => {
                self.host_mut(host).address6 = Some(address);
                self.note(Some(host), Happened::Configured);
                Ok(Answer::Done)
            }
            Command::Configure { host, setting } => {
                configure(&mut self.host_mut(host).profile, setting);
                self.note(Some(host), Happened::Configured);
                Ok(Answer::Done)
            }
            other => self.instruct_network(other),
        }
    }

    fn instruct_network(&mut self, command: Command) -> Result<Answer, Errno> {
        match command {
            Command::SetDelay { from, delay } => self.wire.set_delay(from, delay),
            Command::Lose(rule) => self.wire.losses.push(rule),
            Command::StopLosing(rule) => self.wire.stop_losing(&rule)?,
            Command::Duplicate(rule) => self.wire.duplications.push(rule),
            Command::ClearNetwork => {
                self.wire.losses.clear();
                self.wire.duplications.clear();
            }
            _ => return Err(Errno::Invalid),
        }
        self.note(None, Happened::NetworkChanged);
        Ok(Answer::Done)
    }

    fn change(
        &mut self,
        host: HostId,
        name: ChainName,
        act: impl FnOnce(&mut Chain) -> Result<(), Errno>,
    ) -> Result<Answer, Errno> {
        act(self.host_mut(host).firewall.chain_mut(name))?;
        self.note(Some(host), Happened::FirewallChanged { chain: name });
        Ok(Answer::Done)
    }

    fn change_all(
        &mut self,
        host: HostId,
        name: Option<ChainName>,
        act: impl Fn(&mut Chain),
    ) -> Result<Answer, Errno> {
        for chain in ChainName::ALL.into_iter().filter(|chain| name.is_none_or(|n| n == *chain)) {
            act(self.host_mut(host).firewall.chain_mut(chain));
            self.note(Some(host), Happened::FirewallChanged { chain });
        }
        Ok(Answer::Done)
    }
}

fn position(chain: &Chain, rule: &Rule) -> Option<usize> {
    chain.rules.iter().position(|(other, _)| other == rule)
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
