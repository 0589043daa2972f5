//! Recorders that run several at a time: each is a process of this very program, with namespaces of its own that it
//! removes however it ends.

use std::path::{Path, PathBuf};

use super::scenario::{Scenario, at_own_ports};
use crate::trouble::Trouble;

#[cfg(not(target_os = "linux"))]
/// Recording needs Linux.
pub(super) struct Pool;

#[cfg(not(target_os = "linux"))]
impl Pool {
    pub(super) fn open(_folder: &Path) -> Result<Self, Trouble> {
        Err(Trouble::NotLinux)
    }

    pub(super) fn record_all(&self, _jobs: &[(&Scenario, PathBuf)], _title: &str) -> Result<(), Trouble> {
        Err(Trouble::NotLinux)
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::Pool;

#[cfg(target_os = "linux")]
mod linux {
    use super::*;
    use std::fs;
    use std::io::Read;
    use std::process::{Child, Command, Stdio};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    use crate::claim::Claim;
    use crate::tool;

    /// Recordings at a time for each processor of the machine. They mostly sleep.
    const FOR_EACH_PROCESSOR: usize = 6;
    /// Niceness of a recorder, so that what else the machine does delays it less.
    const NICENESS: &str = "-15";
    /// The first port of the first block, the ports of a block, and the number of blocks. None of these ports has a name
    /// in /etc/services.
    const BLOCKS: (u16, u16, u16) = (12_000, 20, 150);

    /// Recorders, at most a few at a time.
    #[derive(Debug)]
    pub(in super::super) struct Pool {
        /// Folder of the scenarios as they are recorded.
        scenarios: PathBuf,
        stop: Arc<AtomicBool>,
    }

    impl Pool {
        /// Opens the pool; scenarios are written below `folder`.
        pub(in super::super) fn open(folder: &Path) -> Result<Self, Trouble> {
            if !nix::unistd::geteuid().is_root() {
                return Err(Trouble::NotRoot);
            }
            let scenarios = folder.join("scenarios");
            fs::create_dir_all(&scenarios).map_err(Trouble::file(&scenarios))?;
            Ok(Self { scenarios, stop: crate::session::watch_signals()? })
        }

        /// Records all of them, each into its file, and shows how far it is.
        pub(in super::super) fn record_all(
            &self,
            jobs: &[(&Scenario, PathBuf)],
            title: &str,
        ) -> Result<(), Trouble> {
            let done = AtomicUsize::new(0);
            let one = |(scenario, file): &(&Scenario, PathBuf)| {
                let recorded = self.record(scenario, file);
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                if done.is_multiple_of(10) || done == jobs.len() {
                    eprintln!("{title}: {done} of {}", jobs.len());
                }
                recorded
            };
            thread::scope(|scope| {
                let threads: Vec<_> = jobs.iter().map(|job| scope.spawn(|| one(job))).collect();
                let mut first = Ok(());
                for thread in threads {
                    let recorded = thread.join().unwrap_or(Err(Trouble::Interrupted));
                    first = first.and(recorded);
                }
                first
            })
        }

        /// Records a scenario into `file` when there is room for another recorder.
        pub(in super::super) fn record(&self, scenario: &Scenario, file: &Path) -> Result<(), Trouble> {
            let _room = self.room()?;
            self.record_now(scenario, file)
        }

        /// Waits for room for another recorder on this machine, whoever runs the others.
        fn room(&self) -> Result<Claim, Trouble> {
            let at_once = FOR_EACH_PROCESSOR * thread::available_parallelism().map_or(1, usize::from);
            loop {
                let free = (0..at_once).find_map(|place| Claim::try_on(&format!("random-{place}")));
                match free {
                    Some(place) => return Ok(place),
                    None if self.stop.load(Ordering::Relaxed) => return Err(Trouble::Interrupted),
                    None => thread::sleep(Duration::from_millis(100)),
                }
            }
        }

        fn record_now(&self, scenario: &Scenario, file: &Path) -> Result<(), Trouble> {
            let (base, _claim) = claim_block()?;
            let stem = file.file_name().unwrap_or_default();
            let plan = self.scenarios.join(stem);
            fs::write(&plan, scenario.at_ports(base).text()).map_err(Trouble::file(&plan))?;
            let into = file.parent().unwrap_or(file);
            // What an earlier run kept here is not this recording.
            let _ = fs::remove_file(file);
            // A recorder may fail because of another one, such as when names are removed at the same moment.
            let mut recorded = Err(Trouble::Interrupted);
            for _ in 0..3 {
                if self.stop.load(Ordering::Relaxed) {
                    return Err(Trouble::Interrupted);
                }
                recorded = self.run(&plan, into);
                if !matches!(recorded, Err(Trouble::Tool { .. })) {
                    break;
                }
            }
            recorded?;
            let recorded = fs::read_to_string(file).map_err(Trouble::file(file))?;
            fs::write(file, at_own_ports(&recorded, base)).map_err(Trouble::file(file))
        }

        /// Runs a recorder to its end, which an interrupt brings about sooner.
        fn run(&self, plan: &Path, into: &Path) -> Result<(), Trouble> {
            let own = std::env::current_exe().map_err(Trouble::system("cannot find this program"))?;
            let nice = tool::find_tool("nice").unwrap_or_else(|| "nice".into());
            let mut command = Command::new(nice);
            command.args(["-n", NICENESS]).arg(own).arg(plan).arg("--into").arg(into);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
            let mut child = command.spawn().map_err(Trouble::system("cannot start a recorder"))?;
            let status = loop {
                if let Some(status) = child.try_wait().map_err(Trouble::system("cannot wait"))? {
                    break status;
                }
                if self.stop.load(Ordering::Relaxed) {
                    end(&mut child);
                    return Err(Trouble::Interrupted);
                }
                thread::sleep(Duration::from_millis(100));
            };
            let mut said = String::new();
            if let Some(mut pipe) = child.stderr.take() {
                // What it said only explains why it failed.
                let _ = pipe.read_to_string(&mut said);
            }
            if status.success() {
                return Ok(());
            }
            Err(Trouble::Tool { command: format!("record {}", plan.display()), said })
        }
    }

    /// Ends a recorder as Ctrl-C does, and waits until it has removed what it made.
    fn end(child: &mut Child) {
        if let Ok(pid) = i32::try_from(child.id()) {
            // It may just have ended by itself.
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
        let _ = child.wait();
    }

    /// A block of ports that no other recording uses while the claim exists. Blocks are used in turn, because what a
    /// recording left half closed may live on for a while.
    fn claim_block() -> Result<(u16, Claim), Trouble> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let (first, ports, count) = BLOCKS;
        let turn = NEXT.fetch_add(1, Ordering::Relaxed) + std::process::id() as usize;
        let mut blocks = (0..count).map(|at| (usize::from(at) + turn) % usize::from(count));
        let claimed = blocks.find_map(|at| {
            let base = first + u16::try_from(at).ok()? * ports;
            Some((base, Claim::try_on(&format!("block-{at}"))?))
        });
        claimed.ok_or_else(|| Trouble::system("cannot claim ports")(std::io::Error::other("all are in use")))
    }
}
