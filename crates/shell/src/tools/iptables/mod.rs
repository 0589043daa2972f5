//! `iptables` 1.8.9 on nf_tables: its table `filter`, with its own messages.
//!
//! Left out on purpose, and refused as on a kernel without these modules: other tables, matches other than tcp, udp,
//! multiport, state, conntrack (`--ctstate` alone), comment, length, limit, statistic and connlimit, and counters set by
//! hand. A built-in chain cannot be renamed, which the tool allows, and which leaves it a table that it cannot read.

mod conditions;
mod dump;
mod icmp;
mod line;
mod list;
mod log;
mod options;
mod problem;
mod restore;
mod rule;
mod save;
mod shown;
mod values;

use super::OnHost;
use crate::names::Names;
use crate::output::{Done, Output, Refusal};
pub(crate) use dump::run as save;
use line::Line;
use list::Style;
use problem::Problem;
pub(crate) use restore::run as restore;
pub use save::spec;
use tcp_core::net::firewall::{ChainId, ChainName, Firewall, OwnChainId, Policy, Rule};
use tcp_core::net::{Command, HostId};

/// Name and version, with which messages begin.
const VERSION: &str = "iptables v1.8.9 (nf_tables)";

/// Runs `iptables`. `args` does not include its name.
pub(crate) fn run(args: &[String], here: &mut OnHost<'_>) -> Done {
    let plan = plan(args, here)?;
    for (command, refused) in plan.commands {
        here.world.apply(command).map_err(|_| refused)?;
    }
    Ok(Output::ok(plan.stdout))
}

/// What a command line asks for.
#[derive(Debug, Default)]
struct Plan {
    /// Commands to apply, each with the message to print if the world refuses it.
    commands: Vec<(Command, Problem)>,
    /// Text to print if all of them succeed.
    stdout: String,
}

/// Reads a line and looks at the firewall. Changes nothing.
fn plan(args: &[String], here: &OnHost<'_>) -> Result<Plan, Problem> {
    let line = line::read(args)?;
    if line.help {
        return Ok(Plan { stdout: help(&line), ..Plan::default() });
    }
    if let Some(inverted) = line.version {
        let version = VERSION.trim_start_matches("iptables v");
        let stdout = if inverted { format!("Not {version} ;-)\n") } else { format!("{VERSION}\n") };
        return Ok(Plan { stdout, ..Plan::default() });
    }
    plan_of(&line, here)
}

/// What a line asks for that is neither help nor version.
fn plan_of(line: &Line, here: &OnHost<'_>) -> Result<Plan, Problem> {
    let (host, firewall) = (here.host, here.world.firewall(here.host));
    check(line)?;
    if !here.user.is_root() {
        return Err(Problem::NotRoot);
    }
    let mut plan = Plan::default();
    for command in &line.commands {
        match command {
            'A' | 'I' | 'D' | 'C' | 'R' => change_rules(*command, line, host, firewall, &mut plan)?,
            'L' | 'S' => plan.stdout += &listing(*command, line, firewall, here.names)?,
            'F' | 'Z' => flush_or_zero(*command, line, host, firewall, &mut plan)?,
            'P' => plan.commands.push(policy(line, host)?),
            _ => own_chains(*command, line, host, firewall, &mut plan)?,
        }
    }
    Ok(plan)
}

fn help(line: &Line) -> String {
    let mut text = include_str!("help.txt").to_owned();
    if line.rule.is_tcp() {
        text += include_str!("help_tcp.txt");
    }
    text
}

/// Checks that need the whole line, in the tool's order.
fn check(line: &Line) -> Result<(), Problem> {
    line.rule.check_addresses()?;
    let about_rules = line.commands.iter().any(|c| matches!(c, 'A' | 'I' | 'D' | 'C' | 'R'));
    let by_number = line.commands.contains(&'D') && line.number.is_some();
    let lists = line.commands.contains(&'L');
    let order = ['n', 's', 'd', 'p', 'j', 'x', 'i', 'o', options::LINE_NUMBERS, 'c', 'f'];
    for option in order {
        let allowed = match option {
            'n' | 'x' | options::LINE_NUMBERS => lists,
            _ => about_rules && !by_number,
        };
        if line.has(option) && !allowed {
            return Err(Problem::IllegalOption(option));
        }
    }
    let Some(chain) = &line.chain else {
        return Ok(());
    };
    if chain.len() > 28 {
        return Err(Problem::ChainLength(chain.clone()));
    }
    if about_rules && let Some(problem) = line.rule.wrong_interface(chain) {
        return Err(problem);
    }
    Ok(())
}

fn built_in(name: &str) -> Option<ChainName> {
    ChainName::ALL.into_iter().find(|chain| chain.name() == name)
}

fn find(firewall: &Firewall, name: &str) -> Option<ChainId> {
    let own = || firewall.own_chain(name).map(|own| ChainId::Own(own.id));
    built_in(name).map(ChainId::BuiltIn).or_else(own)
}

/// The chain of the line, if it names one.
fn chain(line: &Line, firewall: &Firewall, missing: Problem) -> Result<Option<ChainId>, Problem> {
    match &line.chain {
        Some(name) => find(firewall, name).map(Some).ok_or(missing),
        None => Ok(None),
    }
}

fn change_rules(
    command: char,
    line: &Line,
    host: HostId,
    firewall: &Firewall,
    plan: &mut Plan,
) -> Result<(), Problem> {
    let name = line.chain.as_deref().unwrap_or_default();
    let number = line.number;
    let by_number = command == 'D' && number.is_some();
    if !by_number {
        line.rule.target(firewall)?;
    }
    let looks_for = matches!(command, 'D' | 'C') && !by_number;
    let chain = find(firewall, name).ok_or(if looks_for { Problem::NoRule } else { Problem::NoChain })?;
    if let (true, Some(number)) = (by_number, number) {
        plan.commands.push((Command::DeleteRuleAt { host, chain, number }, Problem::DeleteIndex));
        return Ok(());
    }
    let verb = match command {
        'A' => "RULE_APPEND",
        'R' => "RULE_REPLACE",
        _ => "RULE_INSERT",
    };
    let rules = line.rule.rules(firewall, verb, name);
    let rules = if looks_for { rules.map_err(|_| Problem::NoRule)? } else { rules? };
    let number = number.unwrap_or(1);
    if command == 'R' && number > firewall.get(chain).map_or(0, |chain| chain.rules.len()) {
        return Err(Problem::ReplaceIndex);
    }
    for rule in rules {
        if !looks_for && rule.target.chain().is_some_and(|to| firewall.is_too_deep(chain, to)) {
            return Err(Problem::KernelTooManyLinks(verb, name.to_owned()));
        }
        if line.has('v') {
            plan.stdout += &list::echo(firewall, &rule);
        }
        change(command, host, chain, number, rule, firewall, plan)?;
    }
    Ok(())
}

fn change(
    command: char,
    host: HostId,
    chain: ChainId,
    number: usize,
    rule: Rule,
    firewall: &Firewall,
    plan: &mut Plan,
) -> Result<(), Problem> {
    let steps = &mut plan.commands;
    match command {
        'A' => steps.push((Command::AppendRule { host, chain, rule }, Problem::NoChain)),
        'I' => steps.push((Command::InsertRule { host, chain, number, rule }, Problem::InsertIndex)),
        'D' => steps.push((Command::DeleteRule { host, chain, rule }, Problem::NoRule)),
        'R' => {
            steps.push((Command::DeleteRuleAt { host, chain, number }, Problem::ReplaceIndex));
            steps.push((Command::InsertRule { host, chain, number, rule }, Problem::ReplaceIndex));
        }
        _ if firewall.get(chain).is_some_and(|chain| chain.rules.iter().any(|known| known.rule == rule)) => {}
        _ => return Err(Problem::NoRule),
    }
    Ok(())
}

fn listing(command: char, line: &Line, firewall: &Firewall, names: Names) -> Result<String, Problem> {
    let missing = Problem::NoChainToList(line.chain.clone().unwrap_or_default());
    let chain = chain(line, firewall, missing)?;
    if command == 'S' {
        return Ok(save::text(firewall, chain, line.number, line.has('v')));
    }
    let style = Style {
        names: names.unless(line.has('n')),
        verbose: line.has('v'),
        exact: line.has('x'),
        line_numbers: line.has(options::LINE_NUMBERS),
    };
    Ok(list::text(firewall, chain, line.number, style))
}

fn flush_or_zero(
    command: char,
    line: &Line,
    host: HostId,
    firewall: &Firewall,
    plan: &mut Plan,
) -> Result<(), Problem> {
    let chain = chain(line, firewall, Problem::NoChain)?;
    if command == 'Z' && line.number.is_some() && line.commands.len() == 1 {
        return Err(Problem::Incompatible);
    }
    let (word, step) = match command {
        'F' => ("Flushing", Command::FlushRules { host, chain }),
        _ => ("Zeroing", Command::ZeroCounters { host, chain }),
    };
    plan.commands.push((step, Problem::NoChain));
    if line.has('v') {
        let shown = firewall.ids().filter(|id| chain.is_none_or(|wanted| wanted == *id));
        for name in shown.filter_map(|id| firewall.name_of(id)) {
            plan.stdout += &format!("{word} chain `{name}'\n");
        }
    }
    Ok(())
}

fn policy(line: &Line, host: HostId) -> Result<(Command, Problem), Problem> {
    let chain = built_in(line.chain.as_deref().unwrap_or_default()).ok_or(Problem::NotBuiltIn)?;
    let policy = match line.operand.as_deref() {
        Some("ACCEPT") => Policy::Accept,
        Some("DROP") => Policy::Drop,
        _ => return Err(Problem::Policy),
    };
    Ok((Command::SetPolicy { host, chain, policy }, Problem::Policy))
}

/// `-N`, `-X`, `-E`
fn own_chains(
    command: char,
    line: &Line,
    host: HostId,
    firewall: &Firewall,
    plan: &mut Plan,
) -> Result<(), Problem> {
    let name = line.chain.as_deref().unwrap_or_default();
    match command {
        'N' if find(firewall, name).is_some() => return Err(Problem::ChainExists),
        'N' => plan.commands.push((Command::MakeChain { host, name: name.into() }, Problem::ChainExists)),
        'X' if line.chain.is_none() => return remove_all(line, host, firewall, plan),
        'X' => match find(firewall, name).ok_or(Problem::NoChain)? {
            ChainId::BuiltIn(_) => return Err(Problem::KernelChainBusy(name.to_owned())),
            ChainId::Own(chain) => remove(name, chain, line, host, plan),
        },
        _ => {
            let chain = find(firewall, name).ok_or(Problem::NoChain)?;
            let new = line.operand.as_deref().unwrap_or_default();
            if find(firewall, new).is_some() {
                return Err(Problem::NameExists);
            }
            let ChainId::Own(chain) = chain else { return Err(Problem::BuiltInName) };
            let rename = Command::RenameChain { host, chain, name: new.into() };
            plan.commands.push((rename, Problem::NameExists));
        }
    }
    Ok(())
}

/// `-X` without a name: all, or none if one cannot be removed.
fn remove_all(line: &Line, host: HostId, firewall: &Firewall, plan: &mut Plan) -> Result<(), Problem> {
    let in_use = |id| firewall.references(id) > 0;
    for own in firewall.own_chains() {
        if in_use(own.id) || !own.chain.rules.is_empty() {
            return Err(Problem::KernelChainBusy((*own.name).to_owned()));
        }
        remove(&own.name, own.id, line, host, plan);
    }
    Ok(())
}

fn remove(name: &str, chain: OwnChainId, line: &Line, host: HostId, plan: &mut Plan) {
    plan.commands.push((Command::UnmakeChain { host, chain }, Problem::KernelChainBusy(name.to_owned())));
    if line.has('v') {
        plan.stdout += &format!("Deleting chain `{name}'\n");
    }
}
