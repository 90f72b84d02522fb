use super::unchecked::{no_time, unchecked};
use crate::bot::diagnose::facts::{BotGuild, CallFailure, Facts, Guilds};
use crate::bot::diagnose::finding::{Finding, FindingKind};
use crate::model::Permissions;

/// The maximum number of guilds that the report names one by one.
const MAX_NAMED: usize = 10;

/// Judges the guilds, and what the bot may do in them.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let guilds = match &facts.guilds {
        None => return Vec::new(),
        Some(Err(CallFailure::NoTime)) => {
            let mut kinds = vec![FindingKind::Guilds];
            kinds.extend((!facts.declared.needs.is_empty()).then_some(FindingKind::Permissions));
            return kinds.into_iter().map(|kind| no_time(kind, &kind)).collect();
        }
        Some(Err(failure)) => return unchecked(FindingKind::Guilds, failure).into_iter().collect(),
        Some(Ok(guilds)) => guilds,
    };
    let invite = |what: &str| match &guilds.invite_url {
        Some(url) => format!("{what}: {url}"),
        None => format!("{what}: bot.invite_url_for(..) makes the link"),
    };
    if guilds.guilds.is_empty() {
        let cure = invite("the bot: add it to a guild with this link");
        let found = "the bot is in no guild, so it receives only direct messages";
        return vec![Finding::warning(FindingKind::Guilds, found, cure)];
    }
    let mut findings = vec![Finding::ok(FindingKind::Guilds, names(guilds))];
    let needs = &facts.declared.needs;
    let needed = needs.iter().fold(Permissions::empty(), |all, (_, own)| all | *own);
    let lacking: Vec<(&BotGuild, Permissions)> = guilds
        .guilds
        .iter()
        .map(|guild| (guild, lacks(guild, needed)))
        .filter(|(_, l)| !l.is_empty())
        .collect();
    for (guild, missing) in lacking.iter().take(MAX_NAMED) {
        let who: Vec<&str> =
            needs.iter().filter(|(_, own)| own.intersects(*missing)).map(|(name, _)| name.as_str()).collect();
        findings.push(Finding::warning(
            FindingKind::Permissions,
            format!("in {} the bot lacks {}, for {}", guild.name, missing.client_names().join(", "), who.join(", ")),
            invite("the bot's role there: an administrator grants them to it, or adds the bot again with this link"),
        ));
    }
    if lacking.len() > MAX_NAMED {
        let more = lacking.len() - MAX_NAMED;
        let guilds = if more == 1 { "guild" } else { "guilds" };
        findings.push(Finding::warning(
            FindingKind::Permissions,
            format!("in {more} more {guilds} the bot lacks permissions"),
            "the bot's roles: as above",
        ));
    }
    if lacking.is_empty() && !needed.is_empty() {
        let found = format!(
            "the bot has {} in every guild; overwrites of channels may still take them away",
            needed.client_names().join(", ")
        );
        findings.push(Finding::ok(FindingKind::Permissions, found));
    }
    findings
}

fn lacks(guild: &BotGuild, needed: Permissions) -> Permissions {
    match guild.permissions {
        Some(own) if !own.is_administrator() => needed - own,
        _ => Permissions::empty(),
    }
}

/// How many guilds there are, and the first of them.
fn names(guilds: &Guilds) -> String {
    let count = guilds.guilds.len();
    let more = if guilds.has_more { "more than " } else { "" };
    let mut names: Vec<String> =
        guilds.guilds.iter().take(MAX_NAMED).map(|guild| guild.name.to_string()).collect();
    if guilds.has_more || count > MAX_NAMED {
        names.push("...".to_owned());
    }
    format!("{more}{count}: {}", names.join(", "))
}
