use crate::bot::diagnose::facts::{Build, Declared};
use crate::bot::diagnose::finding::{Finding, FindingKind};

/// Judges the program itself: nothing of this needs a network.
pub(super) fn judge(build: &Build, declared: &Declared) -> Vec<Finding> {
    let Build { crate_version, gateway_version, features, target } = build;
    let features = match features.is_empty() {
        true => "no optional features".to_owned(),
        false => format!("features {}", features.join(", ")),
    };
    let versions =
        format!("syncord {crate_version} with {features}, Discord API v{gateway_version}, for {target}");
    let mut findings = vec![Finding::ok(FindingKind::Versions, versions)];
    if let Some(problems) = &declared.problems {
        findings.push(Finding::error(
            FindingKind::Declarations,
            problems.as_str(),
            "the program: change what is named; the bot does not start before",
        ));
    } else if !declared.has_something_to_do {
        findings.push(Finding::note(
            FindingKind::Declarations,
            "the bot has no handlers and no commands, so only what every bot needs is checked",
            "the program: call bot.diagnose() after it has declared its handlers and commands",
        ));
    }
    for line in &declared.unreachable_handlers {
        findings.push(Finding::warning(
            FindingKind::Declarations,
            line.as_str(),
            "the program: give it what it needs, or remove it",
        ));
    }
    findings
}
