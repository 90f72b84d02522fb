use super::pages::PORTAL;
use super::unchecked::no_time;
use crate::bot::diagnose::facts::{CallFailure, Facts, PrivilegedIntent};
use crate::bot::diagnose::finding::{Finding, FindingKind};
use crate::bot::intents::is_switched_on;
use crate::gateway::intents::{Intents, PRIVILEGED_REVIEW};
use crate::model::ApplicationFlags;

/// Judges the intents: what the bot asks for, and what is switched on at Discord.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let application = match &facts.application {
        Some(Ok(application)) => application,
        Some(Err(CallFailure::NoTime)) => return vec![no_time(FindingKind::Intents, &FindingKind::Intents)],
        None | Some(Err(_)) => return Vec::new(),
    };
    // Bits that Discord added later are only in the newer field.
    let flags = application.flags | application.flags_new.unwrap_or(ApplicationFlags::empty());
    let page = format!("{PORTAL}/{}/bot", application.id);
    // Another server than Discord may have no such switches.
    let has_switches = !(facts.network.is_own_url && flags.is_empty());
    let mut findings = Vec::new();
    let mut states = Vec::new();
    for (PrivilegedIntent { intent, switch }, askers) in &facts.declared.askers {
        let is_on = is_switched_on(*intent, flags);
        let is_asked = facts.declared.intents.contains(*intent);
        let on = if is_on { "on" } else { "off" };
        states.push(format!("{intent} is {on}{}", if is_asked { "" } else { " and not asked for" }));
        if is_on || !is_asked {
            continue;
        }
        let found = format!("{intent} is off at Discord, and asked for by {}", askers.join(" and by "));
        if !has_switches {
            let cure = "the server: switch it on there, if it has privileged intents";
            findings.push(Finding::warning(FindingKind::Intents, found, cure));
            continue;
        }
        let cure = format!(
            "the application: switch on \"{switch}\" on its page Bot ({PRIVILEGED_REVIEW}), or do without: \
             bot.without_intents(Intents::{intent})"
        );
        findings.push(Finding::error(FindingKind::Intents, found, cure).page(page.as_str()));
    }
    if !findings.is_empty() {
        return findings;
    }
    let asked = match facts.declared.intents {
        none if none == Intents::empty() => "no intents".to_owned(),
        intents => intents.to_string(),
    };
    let found = format!("the bot asks for {asked}\nprivileged: {}", states.join(", "));
    vec![Finding::ok(FindingKind::Intents, found)]
}
