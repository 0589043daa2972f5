//! The command `tcp-states lesson check`.

use std::fmt::Write as _;
use std::path::PathBuf;
use tcp_core::tcp::ProfileName;
use tcp_lessons::{Lesson, examine, exercises};
use tcp_oracle::Problem;

/// Plays lessons in both profiles. Returns what was found, and whether all of it is true. Fails with the first file that
/// cannot be read or is no lesson.
pub fn check(files: &[PathBuf]) -> Result<(String, bool), Problem> {
    let (mut text, mut well, mut all) = (String::new(), true, 0);
    for file in files {
        let problem = |reason: String| Problem(format!("{}: {reason}", file.display()));
        let markdown = std::fs::read_to_string(file).map_err(|reason| problem(reason.to_string()))?;
        let lesson = Lesson::read(&markdown).map_err(|flaw| problem(flaw.to_string()))?;
        let profiles = [ProfileName::Article, ProfileName::Linux];
        let findings: Vec<_> = profiles.into_iter().flat_map(|profile| examine(&lesson, profile)).collect();
        let (steps, exercises) = (lesson.steps.len(), exercises(&lesson));
        let found =
            if findings.is_empty() { "true".to_owned() } else { format!("{} findings", findings.len()) };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}: {steps} steps, {exercises} exercises: {found}", lesson.id);
        for finding in &findings {
            let _ = writeln!(text, "{}: {finding}", file.display());
        }
        well &= findings.is_empty();
        all += exercises;
    }
    let _ = writeln!(text, "{all} exercises");
    Ok((text, well))
}
