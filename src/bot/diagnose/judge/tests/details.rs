//! Texts that differ by a detail of the facts.

use std::time::Duration;

use super::healthy::{commands, healthy};
use super::{about, has, trouble};
use crate::bot::diagnose::facts::{BotGuild, CallFailure, Gateway, GuildName, Guilds};
use crate::bot::diagnose::finding::{FindingKind, Severity};
use crate::command::{CommandBuilder, Scope, WithheldCommand, WithheldReason};
use crate::gateway::shard::NoHello;
use crate::gateway::socket::{Socket, SocketConfig, Stage};
use crate::json;
use crate::model::Permissions;
use crate::token::TokenShape;

#[test]
fn a_gateway_that_cannot_be_opened_has_a_cure_for_each_step() {
    let refused = |url: &str| Socket::open(url, &SocketConfig::default()).err().unwrap();
    let error = refused("ws://127.0.0.1:0");
    for (stage, part) in [
        (Stage::Address, "DISCORD_GATEWAY_URL"),
        (Stage::Resolve, "the DNS of this machine: check that it finds gateway.discord.gg"),
        (Stage::Connect, "let connections to gateway.discord.gg, port 443, out"),
        (Stage::Proxy, "it permits tunnels (CONNECT) to gateway.discord.gg"),
        (Stage::Tls, "the certificate: check the clock"),
        (Stage::Handshake, "a firewall that does not let websockets through"),
    ] {
        for is_own_url in [false, true] {
            let mut facts = healthy();
            let (mut error, gateway) = (error.clone(), facts.gateway.clone().unwrap());
            error.stage = stage;
            facts.gateway = Some(Gateway { is_own_url, hello: Err(NoHello::NotOpen(error)), ..gateway });
            let part = if is_own_url { "DISCORD_GATEWAY_URL" } else { part };
            has(&trouble(&facts, FindingKind::Gateway, Severity::Error), &["127.0.0.1", part]);
        }
    }
}

#[test]
fn a_token_that_begins_with_another_id_than_the_applications_says_so() {
    let mut facts = healthy();
    facts.declared.token = TokenShape::OfBot(8.into());
    has(&about(&facts, FindingKind::Token)[0], &["the token in DISCORD_TOKEN, and begins with the ID 8"]);
}

#[test]
fn what_a_token_looks_like_is_a_warning_where_discord_does_not_judge_it() {
    let mut facts = healthy();
    (facts.login, facts.application, facts.limits, facts.guilds) =
        (Some(Err(CallFailure::Other("500".to_owned()))), None, None, None);
    facts.declared.token = TokenShape::ClientSecret;
    has(
        &trouble(&facts, FindingKind::Token, Severity::Warning),
        &["the token in DISCORD_TOKEN looks like the client secret", "the one of the page Bot"],
    );
}

#[test]
fn certificate_authorities_that_the_program_adds_are_counted() {
    let mut facts = healthy();
    for (count, part) in
        [(1, "of the system, and one that the program adds"), (2, "and 2 that the program adds")]
    {
        facts.network.added_roots = count;
        has(&about(&facts, FindingKind::Tls)[0], &[part]);
    }
}

#[test]
fn many_guilds_are_counted_and_ten_are_named() {
    let mut facts = healthy();
    let guilds = |count: u64, has_more| {
        let guild = |id: u64| BotGuild {
            name: GuildName { id: id.into(), name: Some(format!("g{id}")) },
            permissions: Some(Permissions::ADMINISTRATOR),
        };
        Some(Ok(Guilds { guilds: (1..=count).map(guild).collect(), has_more, ..Guilds::default() }))
    };
    for (count, has_more, start, end) in [
        (2, false, "2: g1 (1), g2 (2)", "g2 (2)"),
        (11, false, "11: g1 (1)", "g10 (10), ..."),
        (200, true, "more than 200: g1 (1)", "g10 (10), ..."),
    ] {
        facts.guilds = guilds(count, has_more);
        let finding = about(&facts, FindingKind::Guilds).remove(0);
        assert!(finding.found.starts_with(start) && finding.found.ends_with(end), "{finding}");
    }
    // Without a link, the report says how to make one.
    facts.guilds = guilds(0, false);
    has(&trouble(&facts, FindingKind::Guilds, Severity::Warning), &["bot.invite_url_for(..) makes the link"]);
}

#[test]
fn an_intent_names_all_who_ask_for_it() {
    let mut facts = healthy();
    facts.application = Some(Ok(json::read(r#"{"id":"9","name":"Tides","flags":64}"#).unwrap()));
    for (_, askers) in facts.declared.askers.iter_mut().filter(|(_, askers)| !askers.is_empty()) {
        askers.push("the command roll".to_owned());
    }
    has(
        &trouble(&facts, FindingKind::Intents, Severity::Error),
        &["asked for by on_message at src/main.rs:7 and by the command roll"],
    );
}

#[test]
fn a_command_that_cannot_be_created_now_is_a_warning_with_the_reason() {
    let mut facts = healthy();
    let mut plan = commands(&["ban"], &["ban"]);
    let command = CommandBuilder::<_, ()>::slash("roll", "Does it").definition().clone();
    plan.withheld = vec![WithheldCommand { command, reason: WithheldReason::DailyLimit }];
    facts.plans = vec![(Scope::Global, Ok(plan))];
    let reason = WithheldReason::DailyLimit.to_string();
    has(&trouble(&facts, FindingKind::Commands, Severity::Warning), &["roll", "the commands: ", &reason]);
}

#[test]
fn short_times_have_a_digit_after_the_point() {
    let mut facts = healthy();
    if let Some(Ok(login)) = &mut facts.login {
        login.call = Some(Duration::from_micros(4_240));
    }
    has(&about(&facts, FindingKind::Api)[0], &["responds in 4.2 ms"]);
}
