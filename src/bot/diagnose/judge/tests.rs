#![allow(clippy::unwrap_used)]

mod details;
mod healthy;

use std::time::{Duration, SystemTime};

use self::healthy::{application, commands, healthy, limits};
use super::judge;
use crate::bot::diagnose::facts::{
    BotGuild, CallFailure, ClockReading, Declared, Facts, Gateway, GuildName, Guilds, Network, Reach,
    Unreached,
};
use crate::bot::diagnose::finding::{Finding, FindingKind, Severity};
use crate::bot::shards::Shards;
use crate::command::Scope;
use crate::error::{Error, HttpError};
use crate::gateway::shard::NoHello;
use crate::json;
use crate::model::Permissions;
use crate::rest::NetworkFailure;
use crate::token::TokenShape;

/// The findings about one thing.
fn about(facts: &Facts, kind: FindingKind) -> Vec<Finding> {
    judge(facts).into_iter().filter(|finding| finding.kind == kind).collect()
}

/// The only finding about a thing that is not as it should be.
fn trouble(facts: &Facts, kind: FindingKind, severity: Severity) -> Finding {
    let mut found = about(facts, kind);
    found.retain(|finding| finding.severity > Severity::Ok);
    assert_eq!(found.len(), 1, "{found:#?}");
    let finding = found.remove(0);
    assert_eq!(finding.severity, severity, "{finding}");
    assert!(finding.cure.is_some(), "{finding}");
    finding
}

/// Checks that a text has all of the parts.
fn has(finding: &Finding, parts: &[&str]) {
    let text = finding.to_string();
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in: {text}");
    }
}

#[test]
fn a_healthy_bot_has_only_findings_that_are_ok_and_one_about_each_thing() {
    let findings = judge(&healthy());
    assert!(findings.iter().all(|finding| finding.severity == Severity::Ok), "{findings:#?}");
    let kinds: Vec<FindingKind> = findings.iter().map(|finding| finding.kind).collect();
    use FindingKind::*;
    assert_eq!(
        kinds,
        [
            Versions,
            Proxy,
            Tls,
            Connection,
            Api,
            Clock,
            Token,
            Application,
            Intents,
            Identifies,
            Shards,
            Gateway,
            Guilds,
            Permissions,
            Commands
        ]
    );
    for (finding, part) in findings.iter().zip([
        "syncord 0.1.0 with features sim, Discord API v10, for x86_64-linux-gnu",
        "none: the bot connects directly",
        "TLS 1.2 or later, with the certificate authorities of the system",
        "to discord.com:443 in 20 ms",
        "https://discord.com/api/v10 responds in 80 ms (the first call took 210 ms)",
        "it agrees with Discord's",
        "Discord accepts the token in DISCORD_TOKEN",
        "Tides (ID 9), owned by ann; its bot is called tide",
        "MESSAGE_CONTENT is on",
        "990 of 1000 are left, and reset in 60 min",
        "this process runs 1 of 1, and Discord recommends 1",
        "wss://gateway.discord.gg connects in 90 ms and sends Hello after 30 ms; no identify was used",
        "harbour",
        "the bot has Ban Members in every guild",
        "1 unchanged",
    ]) {
        has(finding, &[part]);
    }
    has(&findings[8], &["GUILD_MESSAGES", "GUILD_MEMBERS is off and not asked for"]);
}

#[test]
fn mistakes_of_the_program_are_errors_and_a_bot_without_handlers_is_a_note() {
    let mut facts = healthy();
    facts.declared.problems = Some("deck/roll: the description is empty".to_owned());
    has(&trouble(&facts, FindingKind::Declarations, Severity::Error), &["deck/roll", "does not start"]);
    facts.declared = Declared { has_something_to_do: false, problems: None, ..facts.declared };
    has(
        &trouble(&facts, FindingKind::Declarations, Severity::Note),
        &["no handlers and no commands", "call bot.diagnose() after it has declared"],
    );
    facts.declared = Declared {
        has_something_to_do: true,
        unreachable_handlers: vec!["on_message at a.rs:1 receives no events".to_owned()],
        ..facts.declared
    };
    has(
        &trouble(&facts, FindingKind::Declarations, Severity::Warning),
        &["on_message at a.rs:1", "or remove it"],
    );
}

#[test]
fn a_name_that_cannot_be_looked_up_is_distinguished_from_a_host_that_does_not_respond() {
    let mut facts = healthy();
    (facts.login, facts.application, facts.limits) = (None, None, None);
    let mut unreached = |problem: Unreached, proxy: Option<&str>| {
        facts.network.proxy = Ok(proxy.map(str::to_owned));
        facts.network.reach = Some(Reach { peer: "discord.com:443".to_owned(), result: Err(problem) });
        let kinds: Vec<_> =
            judge(&facts).into_iter().filter(|finding| finding.severity > Severity::Ok).collect();
        assert_eq!(kinds.len(), 1, "{kinds:#?}");
        kinds.into_iter().next().unwrap()
    };
    let lookup = unreached(Unreached::NoAddress("no such name".to_owned()), None);
    assert_eq!((lookup.kind, lookup.severity), (FindingKind::Lookup, Severity::Error));
    has(&lookup, &["discord.com:443", "no such name", "/etc/resolv.conf", "HTTPS_PROXY"]);
    let connection = unreached(Unreached::NoConnection("timed out".to_owned()), None);
    assert_eq!((connection.kind, connection.severity), (FindingKind::Connection, Severity::Error));
    has(&connection, &["timed out", "firewall"]);
    let proxy = unreached(Unreached::NoConnection("refused".to_owned()), Some("10.0.0.1:3128"));
    has(&proxy, &["the proxy discord.com:443", "check that it runs"]);
    has(&about(&facts, FindingKind::Proxy)[0], &["REST and the gateway go through 10.0.0.1:3128"]);
}

#[test]
fn a_proxy_that_cannot_be_used_and_an_address_that_cannot_be_used_are_distinguished() {
    let mut facts = healthy();
    (facts.login, facts.network.reach) = (None, None);
    facts.network.unusable = Some("the API URL is not a URL".to_owned());
    has(&trouble(&facts, FindingKind::Address, Severity::Error), &["is not a URL", "DISCORD_API_URL"]);
    facts.network.proxy = Err("the proxy of the environment cannot be read".to_owned());
    has(&trouble(&facts, FindingKind::Proxy, Severity::Error), &["cannot be read", "unset it"]);
    assert_eq!(about(&facts, FindingKind::Address), []);
}

#[test]
fn a_token_that_crosses_the_network_unencrypted_is_a_warning() {
    let mut facts = healthy();
    facts.network = Network { is_tls: false, api_url: "http://10.0.0.1/api".to_owned(), ..facts.network };
    has(
        &trouble(&facts, FindingKind::Tls, Severity::Warning),
        &["http://10.0.0.1/api unencrypted", "https://,"],
    );
    facts.network.is_loopback = true;
    let finding = about(&facts, FindingKind::Tls).remove(0);
    assert_eq!(finding.severity, Severity::Ok);
    has(&finding, &["http://10.0.0.1/api is on this machine"]);
}

#[test]
fn each_failure_of_the_first_call_is_a_finding_about_its_cause() {
    let network = |failure| CallFailure::Network(failure, "could not send GET /users/@me: x".to_owned());
    let status = "page:  https://discordstatus.com";
    for (failure, kind, parts) in [
        (
            network(NetworkFailure::Certificate),
            FindingKind::Tls,
            &["users/@me: x", "ca-certificates"] as &[&str],
        ),
        (network(NetworkFailure::Proxy), FindingKind::Proxy, &["users/@me: x", "CONNECT"]),
        (network(NetworkFailure::Other), FindingKind::Api, &["users/@me: x", "firewall", status]),
        (CallFailure::NotDiscord("a web page".to_owned()), FindingKind::Api, &["a web page", "login page"]),
        (
            CallFailure::Limited("429".to_owned()),
            FindingKind::Api,
            &["429", "other programs", "#invalid-request"],
        ),
        (CallFailure::Other("500".to_owned()), FindingKind::Api, &["500", "try again later", status]),
        (CallFailure::Token, FindingKind::Token, &["refuses", "copy it again"]),
    ] {
        let mut facts = healthy();
        (facts.login, facts.application, facts.limits, facts.guilds) = (Some(Err(failure)), None, None, None);
        facts.plans = Vec::new();
        has(&trouble(&facts, kind, Severity::Error), parts);
        let errors = judge(&facts).into_iter().filter(|finding| finding.severity == Severity::Error).count();
        assert_eq!(errors, 1, "{facts:#?}");
    }
}

#[test]
fn slow_calls_are_a_warning() {
    let mut facts = healthy();
    if let Some(Ok(login)) = &mut facts.login {
        login.call = Some(Duration::from_millis(1200));
    }
    has(
        &trouble(&facts, FindingKind::Api, Severity::Warning),
        &["1200 ms", "responded to in 3 s", "#interaction-callback"],
    );
}

#[test]
fn a_clock_that_is_wrong_for_certain_is_a_warning() {
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let seconds = Duration::from_secs;
    let judged = |sent: SystemTime, elapsed: u64| {
        let mut facts = healthy();
        if let Some(Ok(login)) = &mut facts.login {
            login.clock = Some(ClockReading { theirs: noon, sent, elapsed: seconds(elapsed) });
        }
        about(&facts, FindingKind::Clock).remove(0)
    };
    for (sent, elapsed) in [(noon - seconds(4), 0), (noon + seconds(5), 0), (noon - seconds(15), 20)] {
        assert_eq!(judged(sent, elapsed).severity, Severity::Ok, "{sent:?} {elapsed}");
    }
    for (sent, part) in [
        (noon - seconds(60), "60 s behind Discord's"),
        (noon + seconds(700), "11 min ahead of Discord's"),
        (noon - seconds(9 * 3600), "9 h behind"),
        (noon + seconds(400 * 86_400), "399 days ahead of"),
    ] {
        let finding = judged(sent, 0);
        assert_eq!(finding.severity, Severity::Warning);
        has(&finding, &[part, "NTP"]);
    }
}

#[test]
fn a_refused_token_says_what_it_looks_like() {
    for (shape, part) in [
        (TokenShape::OfBot(9.into()), "mistyped, or reset"),
        (TokenShape::ClientSecret, "the client secret of the OAuth2 page"),
        (TokenShape::PublicKey, "the public key"),
        (TokenShape::NoDots, "a word without dots"),
        (TokenShape::Cut(9.into()), "not copied whole"),
    ] {
        let mut facts = healthy();
        (facts.login, facts.declared.token) = (Some(Err(CallFailure::Token)), shape);
        let finding = trouble(&facts, FindingKind::Token, Severity::Error);
        has(&finding, &["the token in DISCORD_TOKEN", part, "developers/applications"]);
    }
}

#[test]
fn an_application_of_a_team_names_the_team_and_its_owner() {
    let team = r#"{"owner":{"id":"5","username":"team5"},"team":{"id":"5","name":"Pilots","owner_user_id":"2","members":[
        {"membership_state":2,"team_id":"5","role":"","user":{"id":"2","username":"bob"}}]}}"#;
    let mut facts = healthy();
    facts.application = Some(Ok(application(team)));
    has(&about(&facts, FindingKind::Application)[0], &["owned by the team Pilots (1 member, owner bob)"]);
}

#[test]
fn settings_of_the_application_that_keep_events_away_are_found() {
    let mut facts = healthy();
    let endpoint = r#"{"interactions_endpoint_url":"https://bot.example/in"}"#;
    facts.application = Some(Ok(application(endpoint)));
    let finding = trouble(&facts, FindingKind::Application, Severity::Error);
    has(
        &finding,
        &["none over the gateway", "clear Interactions Endpoint URL", "applications/9/information"],
    );
    facts.declared.has_commands = false;
    let note = trouble(&facts, FindingKind::Application, Severity::Note);
    assert_eq!((note.found, note.cure, note.page), (finding.found, finding.cure, finding.page));
    facts.declared.receives_over_http = true;
    assert_eq!(about(&facts, FindingKind::Application).len(), 1, "an endpoint is what such a bot needs");
    facts.application = Some(Ok(application(r#"{"interactions_endpoint_url":null}"#)));
    let finding = trouble(&facts, FindingKind::Application, Severity::Note);
    has(
        &finding,
        &["has no Interactions Endpoint URL", "set Interactions Endpoint URL", "applications/9/information"],
    );
    facts.declared.receives_over_http = false;
    facts.application = Some(Ok(application(r#"{"bot_require_code_grant":true}"#)));
    has(
        &trouble(&facts, FindingKind::Application, Severity::Warning),
        &["a usual invite link fails", "switch off Requires OAuth2 Code Grant", "applications/9/bot"],
    );
}

#[test]
fn an_intent_that_is_off_names_who_asks_for_it_and_its_switch() {
    let mut facts = healthy();
    facts.application = Some(Ok(json::read(r#"{"id":"9","name":"Tides","flags":64}"#).unwrap()));
    assert_eq!(about(&facts, FindingKind::Intents).len(), 1, "what is wrong is not also ok");
    let finding = trouble(&facts, FindingKind::Intents, Severity::Error);
    has(
        &finding,
        &[
            "MESSAGE_CONTENT is off at Discord, and asked for by on_message at src/main.rs:7",
            "\"Message Content Intent\"",
            "bot.without_intents(Intents::MESSAGE_CONTENT)",
            "https://discord.com/developers/applications/9/bot",
        ],
    );
    // Another server may have no flags at all.
    facts.application = Some(Ok(json::read(r#"{"id":"9","name":"Tides","flags":0}"#).unwrap()));
    trouble(&facts, FindingKind::Intents, Severity::Error);
    facts.network.is_own_url = true;
    has(
        &trouble(&facts, FindingKind::Intents, Severity::Warning),
        &["MESSAGE_CONTENT is off at Discord, and asked for by on_message", "the server: switch it on there"],
    );
}

#[test]
fn identifies_are_judged_as_a_start_would_judge_them() {
    let mut facts = healthy();
    let mut of = |remaining, severity| {
        facts.limits = Some(Ok(limits(1000, remaining, 12 * 3_600_000, 1)));
        trouble(&facts, FindingKind::Identifies, severity)
    };
    has(&of(0, Severity::Error), &["0 of 1000 are left, and reset in 12 h 0 min", "would reset the token"]);
    has(&of(20, Severity::Error), &["20 of 1000", "wait for the reset", "#session-start-limit"]);
    has(
        &of(40, Severity::Warning),
        &["40 of 1000", "the next start waits for", "bot.remember(..)", "#session-start-limit"],
    );
    facts.limits = Some(Ok(limits(1000, 300, 12 * 3_600_000, 1)));
    assert_eq!(about(&facts, FindingKind::Identifies)[0].severity, Severity::Ok);
}

#[test]
fn fewer_shards_than_discord_recommends_are_a_warning() {
    let mut facts = healthy();
    (facts.declared.shards, facts.limits) = (Shards::Count(2), Some(Ok(limits(1000, 990, 1000, 16))));
    has(
        &trouble(&facts, FindingKind::Shards, Severity::Warning),
        &["recommends 16 shards", "bot.shards(16)", "gateway#sharding"],
    );
}

#[test]
fn a_gateway_that_sends_no_hello_is_an_error() {
    let mut facts = healthy();
    let gateway = facts.gateway.clone().unwrap();
    let hello = Err(NoHello::Other("no Hello came in 10 s".to_owned()));
    facts.gateway = Some(Gateway { hello: hello.clone(), ..gateway.clone() });
    has(&trouble(&facts, FindingKind::Gateway, Severity::Error), &["no Hello came", "discordstatus.com"]);
    facts.gateway = Some(Gateway { hello, is_own_url: true, ..gateway });
    has(&trouble(&facts, FindingKind::Gateway, Severity::Error), &["DISCORD_GATEWAY_URL"]);
}

#[test]
fn permissions_that_the_bot_lacks_name_the_guild_and_the_commands() {
    let mut facts = healthy();
    let guild = |id: u64, permissions| BotGuild {
        name: GuildName { id: id.into(), name: Some(format!("g{id}")) },
        permissions: Some(permissions),
    };
    let with =
        |guilds| Some(Ok(Guilds { guilds, invite_url: Some("https://invite".to_owned()), has_more: false }));
    facts.guilds = with(vec![
        guild(1, Permissions::SEND_MESSAGES),
        guild(2, Permissions::ADMINISTRATOR),
        guild(3, Permissions::BAN_MEMBERS),
    ]);
    let finding = trouble(&facts, FindingKind::Permissions, Severity::Warning);
    has(&finding, &["in g1 (1) the bot lacks Ban Members, for mod/ban", "https://invite"]);
    facts.guilds = with((1..=15).map(|id| guild(id, Permissions::empty())).collect());
    let found = about(&facts, FindingKind::Permissions);
    assert_eq!(found.len(), 11);
    has(&found[10], &["in 5 more guilds", "as above"]);
}

#[test]
fn a_bot_in_no_guild_receives_an_invite_link() {
    let mut facts = healthy();
    facts.guilds = Some(Ok(Guilds { invite_url: Some("https://invite".to_owned()), ..Guilds::default() }));
    has(&trouble(&facts, FindingKind::Guilds, Severity::Warning), &["in no guild", "https://invite"]);
}

#[test]
fn commands_that_a_start_would_change_are_listed() {
    let mut facts = healthy();
    facts.plans = vec![(Scope::Global, Ok(commands(&["ban", "roll"], &["ban", "old"])))];
    let finding = trouble(&facts, FindingKind::Commands, Severity::Note);
    has(&finding, &["1 unchanged", "+ /roll", "- /old", "start it"]);
    facts.plans = vec![(Scope::Guild(5.into()), Err(CallFailure::Forbidden("Missing Access".to_owned())))];
    has(
        &trouble(&facts, FindingKind::Commands, Severity::Error),
        &["Missing Access", "scope applications.commands", "#authorizing-your-application"],
    );
    facts.plans = Vec::new();
    facts.leftovers =
        vec![(GuildName { id: 5.into(), name: Some("harbour".to_owned()) }, vec!["ban".to_owned()])];
    has(
        &trouble(&facts, FindingKind::Commands, Severity::Note),
        &["harbour (5)", "clear_guild_commands(5.into())"],
    );
}

#[test]
fn a_call_that_fails_later_is_a_warning_that_the_thing_is_not_known() {
    let mut facts = healthy();
    facts.application = Some(Err(CallFailure::Other("Discord failed".to_owned())));
    facts.limits = Some(Err(CallFailure::Limited("rate limited".to_owned())));
    facts.guilds = Some(Err(CallFailure::Other("Discord failed".to_owned())));
    has(
        &trouble(&facts, FindingKind::Application, Severity::Warning),
        &["it is not known: Discord failed", "run the doctor again", "page:  https://discordstatus.com"],
    );
    has(
        &trouble(&facts, FindingKind::Identifies, Severity::Warning),
        &["rate limited", "calls: wait", "topics/rate-limits"],
    );
    has(&trouble(&facts, FindingKind::Guilds, Severity::Warning), &["it is not known"]);
}

#[test]
fn checks_without_time_are_named() {
    let mut facts = healthy();
    (facts.application, facts.limits) = (Some(Err(CallFailure::NoTime)), Some(Err(CallFailure::NoTime)));
    facts.guilds = Some(Err(CallFailure::NoTime));
    facts.plans = vec![(Scope::Global, Err(CallFailure::NoTime))];
    use FindingKind::*;
    for kind in [Application, Intents, Identifies, Shards, Guilds, Permissions] {
        let finding = trouble(&facts, kind, Severity::Warning);
        has(&finding, &[&format!("not checked: {kind}, because the time was over"), "run the doctor again"]);
    }
    has(&trouble(&facts, Commands, Severity::Warning), &["not checked: commands of "]);
    (facts.plans, facts.guilds_without_time) = (Vec::new(), 3);
    has(&trouble(&facts, Commands, Severity::Warning), &["left in 3 guilds"]);
}

#[test]
fn an_address_without_a_version_is_an_error_about_the_address() {
    let mut facts = healthy();
    facts.network.is_own_url = true;
    facts.network.api_url = "https://discord.com".to_owned();
    for failure in [CallFailure::NotDiscord("404".to_owned()), CallFailure::Other("404".to_owned())] {
        facts.login = Some(Err(failure));
        let finding = trouble(&facts, FindingKind::Address, Severity::Error);
        has(&finding, &["404", "lacks the version", "https://discord.com/api/v10"]);
    }
}

#[test]
fn errors_of_calls_are_distinguished() {
    let http = |status, is_from_discord| {
        let mut error = HttpError::new("GET /users/@me", status, "x");
        error.is_from_discord = is_from_discord;
        CallFailure::of(&error.into())
    };
    assert!(matches!(http(401, true), CallFailure::Token));
    assert!(matches!(http(401, false), CallFailure::NotDiscord(_)));
    assert!(matches!(http(403, true), CallFailure::Forbidden(_)));
    assert!(matches!(http(429, true), CallFailure::Limited(_)));
    assert!(matches!(http(503, true), CallFailure::Other(_)));
    assert!(matches!(CallFailure::of(&Error::token("refused")), CallFailure::Token));
    let network = CallFailure::of(&Error::network("send", "refused"));
    assert!(matches!(network, CallFailure::Network(NetworkFailure::Other, _)));
}
