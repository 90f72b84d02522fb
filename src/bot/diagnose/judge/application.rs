use super::pages::PORTAL;
use super::unchecked::unchecked;
use crate::bot::counted::Counted;
use crate::bot::diagnose::facts::{CallFailure, Declared, Facts};
use crate::bot::diagnose::finding::{Finding, FindingKind};
use crate::model::Application;
use crate::token::TokenShape;

/// Judges the token, and the application that it belongs to.
pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings: Vec<Finding> = token(facts).into_iter().collect();
    match &facts.application {
        None => {}
        Some(Err(failure)) => findings.extend(unchecked(FindingKind::Application, failure)),
        Some(Ok(application)) => {
            let name = facts.login.as_ref().and_then(|login| login.as_ref().ok()).map(|login| &*login.name);
            findings.push(Finding::ok(FindingKind::Application, description(application, name)));
            findings.extend(settings(application, &facts.declared));
        }
    }
    findings
}

fn token(facts: &Facts) -> Option<Finding> {
    let Declared { token, token_source, .. } = &facts.declared;
    let looks_like = token.looks_like();
    match facts.login.as_ref()? {
        Ok(_) => {
            let application = facts.application.as_ref().and_then(|application| application.as_ref().ok());
            let of = match token {
                // Since 2016 both have the same ID, so that a different one is not wrong.
                TokenShape::OfBot(id) | TokenShape::Cut(id)
                    if application.is_none_or(|application| application.id != *id) =>
                {
                    format!(", and begins with the ID {id}")
                }
                _ => String::new(),
            };
            Some(Finding::ok(FindingKind::Token, format!("Discord accepts {token_source}{of}")))
        }
        Err(CallFailure::Token) => {
            let found = match looks_like {
                Some(what) => format!("Discord refuses {token_source}, which looks like {what}"),
                None => {
                    format!("Discord refuses {token_source}: it was mistyped, or reset since it was copied")
                }
            };
            let cure = "the token: copy it again from the page Bot of your application (Reset Token makes older ones invalid)";
            Some(Finding::error(FindingKind::Token, found, cure).page(PORTAL))
        }
        Err(_) => looks_like.map(|what| {
            let found = format!("{token_source} looks like {what}");
            Finding::warning(
                FindingKind::Token,
                found,
                "the token: copy the one of the page Bot of your application",
            )
            .page(PORTAL)
        }),
    }
}

/// The application, who owns it, and its bot.
fn description(application: &Application, bot_name: Option<&str>) -> String {
    let owner = match (&application.team, &application.owner) {
        (Some(team), _) => {
            let owner = team.members.iter().find(|member| member.user.id == team.owner_user_id);
            let owner = owner.map_or_else(
                || format!("user {}", team.owner_user_id),
                |member| member.user.username.clone(),
            );
            let members = Counted(team.members.len() as u64, "member");
            format!("owned by the team {} ({members}, owner {owner})", team.name)
        }
        (None, Some(owner)) => format!("owned by {}", owner.username),
        (None, None) => "of an unknown owner".to_owned(),
    };
    let bot = bot_name.map(|name| format!("; its bot is called {name}")).unwrap_or_default();
    format!("{} (ID {}), {owner}{bot}", application.name, application.id)
}

/// Settings in the developer portal that surprise the author of a bot.
fn settings(application: &Application, declared: &Declared) -> Vec<Finding> {
    let mut findings = Vec::new();
    let page = || format!("{PORTAL}/{}", application.id);
    let endpoint = application.interactions_endpoint_url.as_deref().filter(|url| !url.is_empty());
    let found_and_cure = match (endpoint, declared.receives_over_http) {
        (Some(_), false) => Some((
            "Discord sends the interactions to the Interactions Endpoint URL, and none over the gateway",
            "the application: clear Interactions Endpoint URL on its page General Information",
        )),
        (None, true) => Some((
            "Discord sends the interactions over the gateway, because the application has no Interactions Endpoint URL",
            "the application: start the bot, and set Interactions Endpoint URL on its page General Information",
        )),
        _ => None,
    };
    if let Some((found, cure)) = found_and_cure {
        let finding = match declared.has_commands {
            true => Finding::error(FindingKind::Application, found, cure),
            false => Finding::note(FindingKind::Application, found, cure),
        };
        findings.push(finding.page(page() + "/information"));
    }
    if application.bot_require_code_grant == Some(true) {
        findings.push(
            Finding::warning(
                FindingKind::Application,
                "the bot can be added to a guild only with the full OAuth2 code grant, so a usual invite link fails",
                "the application: switch off Requires OAuth2 Code Grant on its page Bot",
            )
            .page(page() + "/bot"),
        );
    }
    findings
}
