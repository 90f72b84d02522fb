//! The report of the doctor.

use std::fmt;
use std::process::{ExitCode, Termination};

use super::finding::{Finding, FindingKind, Severity};
use crate::bot::counted::Counted;

/// What [`Bot::diagnose`](crate::Bot::diagnose) found. `Display` writes a report for people.
///
/// As the result of `main` it is an exit status for scripts: 0 if there is no error, and 1 otherwise. It prints nothing then.
///
/// ```
/// # let discord = syncord::sim::Discord::start()?;
/// # let bot = discord.bot();
/// use syncord::bot::diagnose::{FindingKind, Severity};
///
/// let diagnosis = bot.diagnose();
/// assert!(diagnosis.is_ok());
/// let token = diagnosis.findings().iter().find(|finding| finding.kind == FindingKind::Token);
/// assert_eq!(token.map(|token| token.severity), Some(Severity::Ok));
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Diagnosis {
    findings: Vec<Finding>,
}

impl Diagnosis {
    pub(super) fn new(findings: Vec<Finding>) -> Diagnosis {
        Diagnosis { findings }
    }

    /// Everything that was found, in the order of the checks.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings about one thing.
    pub fn about(&self, kind: FindingKind) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.kind == kind)
    }

    /// Whether there is no error. There may be warnings.
    pub fn is_ok(&self) -> bool {
        self.worst() < Severity::Error
    }

    /// The highest severity of all findings.
    pub fn worst(&self) -> Severity {
        self.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Ok)
    }

    /// The exit status for a script: 0 if there is no error, and 1 otherwise.
    pub fn exit_code(&self) -> ExitCode {
        if self.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// The number of findings with this severity.
    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Termination for Diagnosis {
    fn report(self) -> ExitCode {
        self.exit_code()
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        let counts = [
            (self.count(Severity::Error), "error"),
            (self.count(Severity::Warning), "warning"),
            (self.count(Severity::Note), "note"),
        ];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| Counted(count as u64, name).to_string())
            .collect();
        match counts.is_empty() {
            true => f.write_str("\nall is well"),
            false => write!(f, "\n{}", counts.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::ExitCode;

    use super::Diagnosis;
    use crate::bot::diagnose::finding::{Finding, FindingKind, Severity};

    fn report(severities: &[Severity]) -> Diagnosis {
        let finding = |severity: &Severity| {
            let ok = Finding::ok(FindingKind::Api, "it responds");
            Finding { severity: *severity, ..ok }
        };
        Diagnosis::new(severities.iter().map(finding).collect())
    }

    #[test]
    fn only_an_error_makes_a_script_fail() {
        use Severity::{Error, Note, Ok, Warning};
        for (severities, worst, is_ok) in [
            (&[][..], Ok, true),
            (&[Ok, Note, Ok], Note, true),
            (&[Warning, Note], Warning, true),
            (&[Ok, Error, Warning], Error, false),
        ] {
            let diagnosis = report(severities);
            assert_eq!((diagnosis.worst(), diagnosis.is_ok()), (worst, is_ok));
            let code = if is_ok { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            assert_eq!(format!("{:?}", diagnosis.exit_code()), format!("{code:?}"));
        }
    }

    #[test]
    fn the_report_has_each_finding_with_its_cure_and_ends_with_the_counts() {
        let findings = vec![
            Finding::ok(FindingKind::Proxy, "there is none"),
            Finding::error(FindingKind::Token, "it is refused\nby Discord", "the token: copy it again")
                .page("https://discord.com/developers/applications"),
            Finding::note(FindingKind::Clock, "it is late", "the clock: set it"),
        ];
        let expected = "\
ok       proxy         there is none
error    token         it is refused
                       by Discord
                       to do: the token: copy it again
                       page:  https://discord.com/developers/applications
note     clock         it is late
                       to do: the clock: set it

1 error, 1 note";
        assert_eq!(Diagnosis::new(findings).to_string(), expected);
        assert_eq!(report(&[Severity::Ok]).to_string().lines().last(), Some("all is well"));
    }
}
