//! Commands to the firewall and the constants.

use super::firewall::{Chain, ChainId, Counter, Filed, Rule, RuleAt};
use super::{Cx, Host, HostProfile};
use crate::millis;
use crate::net::{Answer, ChainChange, Command, Errno, Happened, Setting};
use std::time::Duration;

impl Host {
    /// Carries out a command that is not a call on a socket.
    pub(super) fn administer(&mut self, cx: &mut Cx<'_>, command: Command) -> Result<Answer, Errno> {
        match command {
            Command::MakeChain { name, .. } => {
                let id = cx.pen.new_chain(&name);
                self.firewall.make(id, name)?;
                cx.pen.note(Happened::FirewallChanged { chain: ChainId::Own(id), change: ChainChange::Made });
                Ok(Answer::Done)
            }
            Command::UnmakeChain { chain, .. } => {
                self.firewall.unmake(chain)?;
                let chain = ChainId::Own(chain);
                cx.pen.note(Happened::FirewallChanged { chain, change: ChainChange::Unmade });
                Ok(Answer::Done)
            }
            Command::RenameChain { chain, name, .. } => {
                let new = cx.pen.new_chain(&name);
                self.firewall.rename(chain, new, name)?;
                let chain = ChainId::Own(chain);
                cx.pen.note(Happened::FirewallChanged { chain, change: ChainChange::Renamed(new) });
                Ok(Answer::Done)
            }
            Command::InsertRule { chain, number, rule, .. } => self.insert(cx, chain, number, rule),
            Command::AppendRule { chain, rule, .. } => {
                let number = self.rules(chain)?.len() + 1;
                self.insert(cx, chain, number, rule)
            }
            Command::DeleteRule { chain, rule, .. } => {
                let known = |filed: &Filed| filed.rule == rule;
                let at = self.rules(chain)?.iter().position(known).ok_or(Errno::Invalid)?;
                self.remove(cx, chain, at + 1)
            }
            Command::DeleteRuleAt { chain, number, .. } => self.remove(cx, chain, number),
            Command::SetPolicy { chain, policy, .. } => self.change(cx, chain.into(), |c| {
                c.policy = policy;
                c.counter = Counter::default();
                ChainChange::Policy(policy)
            }),
            Command::FlushRules { chain, .. } => self.change_all(cx, chain, |c| {
                c.rules.clear();
                ChainChange::Flushed
            }),
            Command::ZeroCounters { chain, .. } => self.change_all(cx, chain, |c| {
                c.counter = Counter::default();
                c.rules.iter_mut().for_each(Filed::zero);
                ChainChange::Zeroed
            }),
            Command::AddAddress { address, prefix, .. } => self.add_address(cx, address, prefix),
            Command::RemoveAddress { address, .. } => self.remove_address(cx, address),
            Command::SetDefaultRoute { there, .. } => self.set_default_route(cx, there),
            Command::SetQdisc { device, handle, netem, .. } => self.set_qdisc(cx, device, handle, netem),
            Command::SetLink { up, .. } => Ok(self.set_link(cx, up)),
            Command::Ping { to, echo, .. } => self.ping(cx, to, echo),
            Command::SendRaw { src, dst, segment, .. } => self.send_raw(cx, (src, dst), *segment),
            Command::Configure { setting, .. } => {
                configure(&mut self.profile, setting);
                cx.pen.note(Happened::Configured { setting });
                Ok(Answer::Done)
            }
            _ => Err(Errno::Invalid),
        }
    }

    /// Inserts a rule into a chain at this number, from 1.
    fn insert(
        &mut self,
        cx: &mut Cx<'_>,
        chain: ChainId,
        number: usize,
        rule: Rule,
    ) -> Result<Answer, Errno> {
        let rules = self.rules(chain)?;
        let at = number.checked_sub(1).filter(|at| *at <= rules.len()).ok_or(Errno::Invalid)?;
        if let Some(to) = rule.target.chain() {
            self.rules(ChainId::Own(to))?;
            if self.firewall.is_too_deep(chain, to) {
                return Err(Errno::TooManyLinks);
            }
        }
        let id = cx.pen.new_rule(chain, &rule);
        self.change(cx, chain, |c| {
            c.rules.insert(at, Filed::new(id, rule));
            ChainChange::Inserted(RuleAt { id, number })
        })
    }

    /// Removes the rule with this number, from 1, from a chain.
    fn remove(&mut self, cx: &mut Cx<'_>, chain: ChainId, number: usize) -> Result<Answer, Errno> {
        let rules = self.rules(chain)?;
        let at = number.checked_sub(1).filter(|at| *at < rules.len()).ok_or(Errno::Invalid)?;
        self.change(cx, chain, |c| {
            let Filed { id, .. } = c.rules.remove(at);
            ChainChange::Removed(RuleAt { id, number })
        })
    }

    /// The rules of a chain; [`Errno::Invalid`] if there is no such chain.
    fn rules(&self, chain: ChainId) -> Result<&[Filed], Errno> {
        self.firewall.get(chain).map(|chain| chain.rules.as_slice()).ok_or(Errno::Invalid)
    }

    fn change(
        &mut self,
        cx: &mut Cx<'_>,
        chain: ChainId,
        act: impl FnOnce(&mut Chain) -> ChainChange,
    ) -> Result<Answer, Errno> {
        let change = act(self.firewall.get_mut(chain).ok_or(Errno::Invalid)?);
        cx.pen.note(Happened::FirewallChanged { chain, change });
        Ok(Answer::Done)
    }

    fn change_all(
        &mut self,
        cx: &mut Cx<'_>,
        chain: Option<ChainId>,
        act: impl Fn(&mut Chain) -> ChainChange,
    ) -> Result<Answer, Errno> {
        let chains = match chain {
            Some(chain) => vec![chain],
            None => self.firewall.ids().collect(),
        };
        for chain in chains {
            self.change(cx, chain, &act)?;
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
        Setting::KeepaliveTime(seconds) => {
            profile.tcp.keepalive_time = millis(u64::from(seconds) * 1000);
        }
        Setting::KeepaliveInterval(seconds) => {
            profile.tcp.keepalive_interval = millis(u64::from(seconds) * 1000);
        }
        Setting::KeepaliveProbes(n) => profile.tcp.keepalive_probes = n,
        Setting::RtoMin(micros) => profile.tcp.rto_min = Duration::from_micros(u64::from(micros)),
        Setting::RtoMax(ms) => profile.tcp.rto_max = millis(u64::from(ms)),
        Setting::PortRange(first, last) => profile.port_range = (first, last.max(first)),
        Setting::Somaxconn(n) => profile.somaxconn = n,
        Setting::AbortOnOverflow(on) => profile.abort_on_overflow = on,
        Setting::Syncookies(n) => profile.syncookies = n,
        Setting::TwReuse(n) => profile.tw_reuse = n,
        Setting::MaxTwBuckets(n) => profile.max_tw_buckets = n,
        Setting::Timestamps(on) => profile.tcp.timestamps = on,
        Setting::InvalidRatelimit(ms) => profile.tcp.invalid_ratelimit = millis(u64::from(ms)),
        Setting::Sack(on) => profile.tcp.sack = on,
        Setting::MaxSynBacklog(n) => profile.max_syn_backlog = n,
    }
}
