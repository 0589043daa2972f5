//! What readers may not change, if an address says so. What a control, a key or a typed line asks for comes here alike.

use super::{Intent, Store};
use tcp_course::Action;
use tcp_scene::address::Lock;
use tcp_shell::TerminalId;

impl Store {
    /// What forbids this, if anything does.
    pub(super) fn lock_on(&self, intent: &Intent) -> Option<Lock> {
        let locks = self.locks;
        let on = |locked: bool, lock: Lock| locked.then_some(lock);
        match intent {
            Intent::Act(action) => on(locks.firewall && interferes(action), Lock::Firewall)
                .or_else(|| on(locks.terminals && !self.is_offered(action), Lock::Terminals)),
            Intent::DropAt(_) | Intent::ClearRules => on(locks.firewall, Lock::Firewall),
            // A pause of a scene may be ended.
            Intent::PlayOrPause => on(locks.time && (self.goes_on() || !self.waits()), Lock::Time),
            Intent::Step
            | Intent::StepBack
            | Intent::Skip
            | Intent::GoTo(_)
            | Intent::Reset
            | Intent::Undo
            | Intent::Redo => on(locks.time, Lock::Time),
            Intent::Set(new) => {
                let old = self.settings;
                let kept = new.theme == old.theme
                    && new.profile == old.profile
                    && new.silent_keys == old.silent_keys;
                on(locks.time && new.pace != old.pace, Lock::Time)
                    .or_else(|| on(locks.settings && !kept, Lock::Settings))
            }
            _ => None,
        }
    }

    /// A button enters just this.
    fn is_offered(&self, action: &Action) -> bool {
        let scene = self.scene();
        let mut buttons = scene.hosts.iter().flat_map(|host| &host.buttons);
        let mut acts = scene.inspected.iter().flat_map(|segment| &segment.acts);
        let toggles = scene.firewall.toggles.iter().map(|toggle| (toggle.terminal, &toggle.line));
        let mut lines = toggles.chain(scene.firewall.rules.iter().map(|rule| (rule.terminal, &rule.line)));
        buttons.any(|button| button.action == *action)
            || scene.wire.next.iter().flatten().any(|button| button.action == *action)
            || scene.wire.cables.iter().any(|cable| cable.act.action == *action)
            || acts.any(|act| act.action == *action)
            || lines.any(|(terminal, line)| Action::enter(terminal, &**line) == *action)
    }
}

/// It may change what is dropped: it calls iptables for more than a list, sets an interface up or down, or a queue before
/// it, or says something to the network.
fn interferes(action: &Action) -> bool {
    let line = match action {
        Action::Enter { terminal: TerminalId::Network, .. } | Action::Network { .. } => return true,
        Action::Enter { line, .. } | Action::Input { line, .. } => line,
        Action::Start { cmd, .. } | Action::Run { cmd, .. } => cmd,
        _ => return false,
    };
    // A word may be hidden in quotes, in a variable, in braces, in the next line, or in what another shell reads.
    let goes_on = line.ends_with('\\');
    let line: String = line.chars().filter(|letter| !matches!(letter, '"' | '\'' | '\\')).collect();
    let mut options = line.split_whitespace().filter(|word| word.starts_with(['-', '–', '—', '−', '‑']));
    let lists = |option: &str| match option.strip_prefix("--") {
        Some(long) => ["list", "num", "verb", "line"].iter().any(|word| long.starts_with(word)),
        None => option[1..].chars().all(|letter| matches!(letter, 'L' | 'S' | 'n' | 'v' | 'x')),
    };
    let has = |word: &str| line.contains(word);
    let unplugs = (has("link") || has("ifconfig")) && (has("down") || has("up"));
    let queues = has("tc") && (has("netem") || has("root"));
    let changes = has("iptables-restore") || !options.all(|option| option.is_ascii() && lists(option));
    unplugs || queues || goes_on || recalls(&line) || is_hidden(&line) || has("iptables") && changes
}

/// Whether it may bring back another line, such as `!ipt`. A quote may be open since the line before.
fn recalls(line: &str) -> bool {
    let mut pairs = line.chars().zip(line.chars().skip(1));
    pairs.any(|(letter, next)| letter == '!' && !next.is_whitespace() && next != '=')
}

/// Whether the line does not show which commands it runs.
fn is_hidden(line: &str) -> bool {
    const BEFORE: [&str; 14] = [
        "sudo", "do", "then", "else", "elif", "if", "while", "until", "time", "!", "watch", "exec", "env",
        "command",
    ];
    let substitutes = |word: &str| word.contains(['$', '`']);
    if line.contains("sudo") && (line.contains("xargs") || line.split_whitespace().any(expands)) {
        return true;
    }
    line.split([';', '&', '|', '(', ')', '{', '\n']).any(|command| {
        let mut words = command.split_whitespace().peekable();
        let as_root = words.clone().any(|word| word == "sudo");
        if as_root && words.clone().any(substitutes) {
            return true;
        }
        while words.next_if(|word| BEFORE.contains(word)).is_some() {}
        words.next().is_some_and(|word| {
            substitutes(word) && !word.contains('=')
                || matches!(word, "eval" | "sh" | "bash" | "source" | ".")
        })
    })
}

/// Whether braces make other words of this one.
fn expands(word: &str) -> bool {
    let inside = word.split_once('{').map(|(_, rest)| rest);
    inside.is_some_and(|rest| rest.contains('}') && (rest.contains(',') || rest.contains("..")))
}

#[cfg(test)]
mod tests;
