//! What a shell knows of words and of its variables: `type`, `command -v`, `env`, `printenv`, `alias`, `set`.

use super::super::Lab;
use super::Machine;
use super::ShellId;
use crate::commands;
use crate::output::{Output, Refusal};
use tcp_core::net::HostId;

/// Words of bash's grammar.
const KEYWORDS: &str =
    "! [[ ]] case coproc do done elif else esac fi for function if in select then time until while { }";

/// Built-ins of bash that are files too.
const ALSO_FILES: [&str; 6] = ["echo", "printf", "kill", "test", "[", "false"];

/// What a word is.
enum What {
    Keyword,
    Function,
    Builtin,
    File(String),
}

impl Machine {
    fn what(&self, host: HostId, name: &str) -> Option<What> {
        if KEYWORDS.split(' ').any(|keyword| keyword == name) {
            return Some(What::Keyword);
        }
        if self.functions.contains_key(name) {
            return Some(What::Function);
        }
        let own = ["true", "pwd"].contains(&name) || ALSO_FILES.contains(&name);
        if own || commands::is_only_builtin(name) || commands::near_builtin(name).is_some() {
            return Some(What::Builtin);
        }
        commands::find(Some(host), name).map(|_| match (name.contains('/'), commands::place(host, name)) {
            (false, Some(place)) => What::File(format!("{place}/{name}")),
            (false, None) => What::File(format!("/usr/bin/{name}")),
            (true, _) => What::File(name.to_owned()),
        })
    }

    /// The variables that programs have, in the order in which `env` shows them.
    fn environment(&self) -> Vec<(&str, String)> {
        let name = self.user.name().to_owned();
        let known = |text: &str| text.to_owned();
        let mut all = vec![
            ("SHELL", known("/bin/bash")),
            ("PWD", known(crate::files::HOME)),
            ("LOGNAME", name.clone()),
            ("HOME", known(crate::files::HOME)),
            ("LANG", known("C.UTF-8")),
            ("TERM", known("xterm-256color")),
            ("USER", name),
            ("SHLVL", known("1")),
            ("PATH", known(super::expand::PATH)),
        ];
        for exported in self.exported.iter() {
            let value = self.variables.get(exported).unwrap_or_default().to_owned();
            match all.iter_mut().find(|(name, _)| name == exported) {
                Some(known) => known.1 = value,
                None => all.push((exported, value)),
            }
        }
        all.push(("_", known("/usr/bin/env")));
        all
    }

    /// `type [-tp] NAME …`, and `command -v` or `-V`.
    fn types(&self, host: HostId, option: &str, names: &[String]) -> Output {
        let mut output = Output::default();
        let mut any = false;
        for name in names {
            let what = self.what(host, name);
            any |= what.is_some();
            let line = match (&what, option) {
                (None, "-v" | "-t" | "-p") => continue,
                (None, _) => {
                    let of = if option == "-V" { "command" } else { "type" };
                    output.stderr += &format!("bash: {of}: {name}: not found\n");
                    output.exit_code = 1;
                    continue;
                }
                (Some(What::File(path)), "-v" | "-p") => path.clone(),
                (Some(_), "-p") => continue,
                (Some(_), "-v") => name.clone(),
                (Some(What::Keyword), "-t") => "keyword".to_owned(),
                (Some(What::Function), "-t") => "function".to_owned(),
                (Some(What::Builtin), "-t") => "builtin".to_owned(),
                (Some(What::File(_)), "-t") => "file".to_owned(),
                (Some(What::Keyword), _) => format!("{name} is a shell keyword"),
                (Some(What::Function), _) => format!("{name} is a function"),
                (Some(What::Builtin), _) => format!("{name} is a shell builtin"),
                (Some(What::File(path)), _) => format!("{name} is {path}"),
            };
            output.stdout += &(line + "\n");
        }
        let missing = names.iter().any(|name| self.what(host, name).is_none());
        let fails = if option == "-v" { !any && !names.is_empty() } else { missing };
        output.exit_code = i32::from(fails);
        output
    }
}

impl Lab {
    /// What words print that only a shell can answer; `None` if they call something else.
    pub(super) fn known(&mut self, id: ShellId, words: &[String]) -> Option<Output> {
        let machine = self.shell(id)?;
        let host = machine.host?;
        let (name, args) = words.split_first()?;
        let option = args.first().map(String::as_str);
        Some(match (commands::base_name(name), option) {
            ("type", Some(option @ ("-t" | "-p"))) => machine.types(host, option, &args[1..]),
            ("type", Some(option)) if option.starts_with('-') => {
                let usage = "type: usage: type [-afptP] name [name ...]\n";
                match option {
                    "-a" | "-f" | "-P" => Output::err(refused(&format!("type {option}"), "type NAME"), 1),
                    _ => Output::err(format!("bash: type: {option}: invalid option\n{usage}"), 2),
                }
            }
            ("type", _) => machine.types(host, "", args),
            ("command", Some(option @ ("-v" | "-V"))) => machine.types(host, option, &args[1..]),
            ("command", Some(option)) if option.starts_with('-') => {
                let usage = "command: usage: command [-pVv] command [arg ...]\n";
                Output::err(format!("bash: command: {option}: invalid option\n{usage}"), 2)
            }
            ("command", None) => Output::default(),
            ("env" | "printenv", None) => {
                let lines =
                    machine.environment().into_iter().map(|(name, value)| format!("{name}={value}\n"));
                Output::ok(lines.collect::<String>())
            }
            ("env", Some(option)) => {
                Output::err(refused(&format!("env {option}"), "env, and NAME=VALUE before a command"), 125)
            }
            ("printenv", Some(_)) => {
                let all = machine.environment();
                let mut output = Output::default();
                for wanted in args {
                    match all.iter().find(|(name, _)| name == wanted) {
                        Some((_, value)) => output.stdout += &format!("{value}\n"),
                        None => output.exit_code = 1,
                    }
                }
                output
            }
            ("alias", None) => Output::default(),
            ("alias" | "unalias", _) => {
                let near = "a function, such as ll() { ls -l \"$@\"; }";
                Output::err(refused(name, near), 1)
            }
            ("set", None) => {
                let lines = machine.variables.all().map(|(name, value)| format!("{name}={value}\n"));
                Output::ok(lines.collect::<String>())
            }
            ("set", Some(option)) if option.len() > 1 && option != "--" && option.starts_with(['-', '+']) => {
                Output::err(refused(&format!("set {option}"), "set -- WORDS"), 1)
            }
            _ => return None,
        })
    }
}

fn refused(what: &str, near: &str) -> String {
    Refusal::new(format!("this lab has no {what}; near it: {near}\n"), 1).to_string()
}
