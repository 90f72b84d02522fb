use super::unchecked::{no_time, unchecked};
use crate::bot::counted::Counted;
use crate::bot::diagnose::facts::{CallFailure, Facts};
use crate::bot::diagnose::finding::{Finding, FindingKind};
use crate::command::Plan;

/// Judges the commands at Discord against those that the bot declares.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (scope, plan) in &facts.plans {
        match plan {
            Ok(plan) => findings.push(registered(plan)),
            Err(CallFailure::Forbidden(text)) => findings.push(
                Finding::error(
                    FindingKind::Commands,
                    format!("commands of {scope}: {text}"),
                    "the bot: add it to that guild with the scope applications.commands, or leave bot.test_guild(..) out",
                )
                .page("https://docs.discord.com/developers/interactions/application-commands#authorizing-your-application"),
            ),
            Err(CallFailure::NoTime) => {
                let what = format!("commands of {scope}");
                findings.push(no_time(FindingKind::Commands, &what));
            }
            Err(failure) => findings.extend(unchecked(FindingKind::Commands, failure)),
        }
    }
    for (guild, names) in &facts.leftovers {
        findings.push(Finding::note(
            FindingKind::Commands,
            format!(
                "in {guild} there are commands that this program does not register there, so users may see some twice: {}",
                names.join(", ")
            ),
            format!("the guild: delete them with bot.clear_guild_commands({}.into())", guild.id),
        ));
    }
    if facts.guilds_without_time > 0 {
        let guilds = Counted(facts.guilds_without_time as u64, "guild");
        let what = format!("whether old commands are left in {guilds}");
        findings.push(no_time(FindingKind::Commands, &what));
    }
    findings
}

fn registered(plan: &Plan) -> Finding {
    if let Some(withheld) = plan.withheld.first() {
        return Finding::warning(
            FindingKind::Commands,
            plan.to_string(),
            format!("the commands: {}", withheld.reason),
        );
    }
    if plan.is_empty() {
        return Finding::ok(FindingKind::Commands, plan.to_string());
    }
    Finding::note(FindingKind::Commands, plan.to_string(), "the bot: start it, which makes these changes")
}
