//! What the browser tests need: npm packages, Chromium, and where they can be had Firefox and WebKit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Error, Result};
use crate::process::{command, find, output_of, root, run};

/// The folder of the browser tests.
pub(crate) fn folder() -> PathBuf {
    root().join("tests/browser")
}

/// Names under which Chromium and its siblings are installed.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const NO_BROWSER: Error = Error::Missing {
    tool: "a Chromium browser",
    install: "apt-get install chromium (Debian), or: npx playwright install chromium (in tests/browser)",
};

/// Installs the packages that the lock file of this folder lists, unless they are there already.
pub(crate) fn npm_packages(folder: &Path) -> Result<()> {
    const NODE: Error = Error::Missing {
        tool: "Node.js with npm",
        install: "apt-get install nodejs npm (version 20 or later)",
    };
    if find("node").is_none() || find("npm").is_none() {
        return Err(NODE);
    }
    let lock = folder.join("package-lock.json");
    // npm's own record of what it installed; as old as the last installation.
    let installed = folder.join("node_modules/.package-lock.json");
    if is_newer(&installed, &lock) {
        return Ok(());
    }
    println!("installing the packages of {}", folder.display());
    let mut npm = command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    // The browser is found or installed below.
    run(npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

fn is_newer(file: &Path, than: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    matches!((time(file), time(than)), (Some(file), Some(than)) if file >= than)
}

/// The browser to use: the one in `TCP_STATES_BROWSER`, an installed one, Playwright's, or one that can be installed
/// now.
pub(crate) fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("TCP_STATES_BROWSER") {
        return Ok(named.into());
    }
    installed().or_else(playwrights_own).map_or_else(install, Ok)
}

fn installed() -> Option<PathBuf> {
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    NAMES.into_iter().find_map(find).or_else(|| mac.is_file().then_some(mac))
}

/// The browser that `npx playwright install` downloaded, if there is one.
fn playwrights_own() -> Option<PathBuf> {
    let script = "console.log(require('@playwright/test').chromium.executablePath())";
    let path = output_of(command("node").args(["-e", script]).current_dir(folder()))?;
    Some(PathBuf::from(path)).filter(|path| path.is_file())
}

/// Installs Debian's browser where this is allowed, and Playwright's elsewhere.
fn install() -> Result<PathBuf> {
    if may_install().is_ok() {
        // Without a font every letter would be a box.
        debian(&["chromium", "fonts-liberation", "fonts-dejavu-core"]).map_err(|_| NO_BROWSER)?;
        return installed().ok_or(NO_BROWSER);
    }
    println!("downloading Playwright's chromium");
    run(command("npx").args(["playwright", "install", "chromium"]).current_dir(folder()))
        .map_err(|_| NO_BROWSER)?;
    playwrights_own().ok_or(NO_BROWSER)
}

/// A browser beside Chromium, in which only some tests are run.
struct Other {
    name: &'static str,
    /// The programs that it needs, each under the names that it may have.
    programs: &'static [&'static [&'static str]],
    /// The Debian packages that have them.
    packages: &'static [&'static str],
}

/// Firefox drives itself; WebKit has a driver and needs a screen.
const OTHERS: [Other; 2] = [
    Other { name: "Firefox", programs: &[&["firefox-esr", "firefox"]], packages: &["firefox-esr"] },
    Other {
        name: "WebKit",
        programs: &[&["WebKitWebDriver"], &["Xvfb"]],
        packages: &["webkit2gtk-driver", "xvfb"],
    },
];

impl Other {
    /// Whether all programs are there.
    fn is_installed(&self) -> bool {
        self.programs.iter().all(|names| names.iter().any(|name| find(name).is_some()))
    }

    /// Installs the programs if they are missing and this is allowed; otherwise returns, in words, why not.
    fn install(&self, allowed: std::result::Result<(), &'static str>) -> std::result::Result<(), String> {
        if self.is_installed() {
            return Ok(());
        }
        let packages = self.packages.join(" ");
        let why = match allowed {
            Err(why) => why,
            Ok(()) if debian(self.packages).is_ok() && self.is_installed() => return Ok(()),
            Ok(()) => "apt-get could not install it",
        };
        Err(format!("{}, because {why} (Debian: {packages})", self.name))
    }
}

/// Installs the other browsers where Debian's packages can be had. What cannot be tested on this machine is returned,
/// each with the reason.
pub(crate) fn others() -> Vec<String> {
    OTHERS.iter().filter_map(|browser| browser.install(may_install()).err()).collect()
}

/// Whether Debian's packages can be installed here, or why not.
fn may_install() -> std::result::Result<(), &'static str> {
    let root = output_of(command("id").arg("-u")).is_some_and(|user| user == "0");
    match (find("apt-get").is_some(), root) {
        (false, _) => Err("it is not installed and there is no apt-get here"),
        (true, false) => Err("it is not installed and only root can install it"),
        (true, true) => Ok(()),
    }
}

/// Installs Debian packages.
fn debian(packages: &[&str]) -> Result<()> {
    println!("installing Debian's {}", packages.join(", "));
    // The list of packages may be old or missing; if it cannot be updated, the next line reports the error.
    let _ = run(apt().args(["update"]));
    run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// apt-get, which prints errors only, asks nothing, and waits for another apt-get to end.
fn apt() -> Command {
    let mut apt = command("apt-get");
    apt.stdout(Stdio::null());
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "DPkg::Lock::Timeout=300"]);
    apt
}

/// A Node program in tests/browser that drives this browser over this build.
pub(crate) fn node(browser: &Path, dist: &Path) -> Command {
    let mut node = command("node");
    node.current_dir(folder()).env("TCP_STATES_BROWSER", browser).env("TCP_STATES_DIST", dist);
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_cannot_be_had_is_named_with_the_reason() {
        let other = Other { name: "Lynx", programs: &[&["no-such-program"]], packages: &["lynx", "tty"] };
        assert_eq!(
            other.install(Err("only root can install it")),
            Err("Lynx, because only root can install it (Debian: lynx tty)".to_owned())
        );
        let cargo = Other { programs: &[&["no-such-program", "cargo"]], ..other };
        assert_eq!(cargo.install(Err("only root can install it")), Ok(()));
    }
}
