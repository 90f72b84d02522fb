//! Facts for the tests.

use std::time::{Duration, Instant, SystemTime};

use crate::bot::diagnose::facts::{
    BotGuild, Build, ClockReading, Declared, Facts, Gateway, GuildName, Guilds, Login, Network,
    PrivilegedIntent, Reach,
};
use crate::bot::intents::privileged_intents;
use crate::command::{CommandBuilder, Plan, Scope, SyncRules, plan};
use crate::gateway::intents::Intents;
use crate::gateway::shard::HelloReceived;
use crate::json;
use crate::model::{Application, GatewayBot, Permissions};
use crate::token::TokenShape;

/// The facts of a bot with which all is well.
pub(super) fn healthy() -> Facts {
    let milliseconds = Duration::from_millis;
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let guild = BotGuild {
        name: GuildName { id: 5.into(), name: Some("harbour".to_owned()) },
        permissions: Some(Permissions::BAN_MEMBERS | Permissions::SEND_MESSAGES),
    };
    Facts {
        now: Instant::now(),
        build: Build {
            crate_version: "0.1.0",
            gateway_version: "10",
            features: vec!["sim"],
            target: "x86_64-linux-gnu".to_owned(),
        },
        declared: Declared {
            has_something_to_do: true,
            intents: Intents::GUILD_MESSAGES | Intents::MESSAGE_CONTENT,
            askers: privileged_intents()
                .map(|(intent, switch)| {
                    let is_asked = intent == Intents::MESSAGE_CONTENT;
                    let askers =
                        if is_asked { vec!["on_message at src/main.rs:7".to_owned()] } else { Vec::new() };
                    (PrivilegedIntent { intent, switch }, askers)
                })
                .collect(),
            needs: vec![("mod/ban".to_owned(), Permissions::BAN_MEMBERS)],
            has_commands: true,
            token: TokenShape::OfBot(9.into()),
            token_source: "the token in DISCORD_TOKEN",
            ..Declared::default()
        },
        network: Network {
            api_url: "https://discord.com/api/v10".to_owned(),
            is_own_url: false,
            unusable: None,
            proxy: Ok(None),
            is_tls: true,
            is_loopback: false,
            added_roots: 0,
            reach: Some(Reach { peer: "discord.com:443".to_owned(), result: Ok(milliseconds(20)) }),
        },
        login: Some(Ok(Login {
            name: "tide".to_owned(),
            first_call: milliseconds(210),
            call: Some(milliseconds(80)),
            clock: Some(ClockReading { theirs: noon, sent: noon, elapsed: milliseconds(80) }),
        })),
        application: Some(Ok(application(r#"{"owner":{"id":"1","username":"ann"}}"#))),
        limits: Some(Ok(limits(1000, 990, 3_600_000, 1))),
        gateway: Some(Gateway {
            url: "wss://gateway.discord.gg".to_owned(),
            is_own_url: false,
            hello: Ok(HelloReceived { opened_in: milliseconds(90), hello_in: milliseconds(30) }),
        }),
        guilds: Some(Ok(Guilds {
            guilds: vec![guild],
            invite_url: Some("https://discord.com/oauth2/authorize?client_id=9".to_owned()),
            ..Guilds::default()
        })),
        plans: vec![(Scope::Global, Ok(commands(&["ban"], &["ban"])))],
        leftovers: Vec::new(),
        guilds_without_time: 0,
    }
}

/// An application of which the message content is switched on.
pub(super) fn application(more: &str) -> Application {
    let more = more.trim_start_matches('{');
    json::read(&format!(r#"{{"id":"9","name":"Tides","flags":{},{more}"#, 1 << 18)).unwrap()
}

pub(super) fn limits(total: u32, remaining: u32, reset_after: u64, shards: u32) -> GatewayBot {
    let limit = format!(
        r#"{{"total":{total},"remaining":{remaining},"reset_after":{reset_after},"max_concurrency":1}}"#
    );
    json::read(&format!(r#"{{"url":"wss://g.example","shards":{shards},"session_start_limit":{limit}}}"#))
        .unwrap()
}

/// The plan for declared and registered commands with these names.
pub(super) fn commands(declared: &[&str], registered: &[&str]) -> Plan {
    let definition = |name: &&str| CommandBuilder::<_, ()>::slash(name, "Does it").definition().clone();
    let declared: Vec<_> = declared.iter().map(definition).collect();
    let registered = registered.iter().map(|name| {
        json::read(&format!(
            r#"{{"id":"7","type":1,"name":"{name}","description":"Does it","application_id":"9","version":"1"}}"#
        ))
        .unwrap()
    });
    plan(Scope::Global, &registered.collect::<Vec<_>>(), &declared, &SyncRules::default())
}
