//! A privileged intent that is not enabled.

use syncord::events::GuildMemberAdd;
use syncord::sim::Discord;
use syncord::{Bot, Error, Intents};

use crate::assert_contains;
use crate::program::EchoBot;

/// Where to enable the intent, and how to do without it.
const SOLUTIONS: [&str; 4] = [
    "Message Content Intent",
    "https://discord.com/developers/applications",
    "Privileged Gateway Intents",
    "bot.without_intents(Intents::MESSAGE_CONTENT)",
];

fn discord_without(intents: Intents) -> Discord {
    Discord::builder().privileged_intents(Intents::PRIVILEGED - intents).start().unwrap()
}

#[test]
fn a_disabled_intent_is_explained_before_the_gateway_is_opened() {
    let discord = discord_without(Intents::MESSAGE_CONTENT);
    let message = EchoBot::of(&discord, &[]).error();
    assert_contains(&message, &SOLUTIONS);
    assert_contains(
        &message,
        &["MESSAGE_CONTENT, which is not switched on", "on_message at examples/echo_bot.rs:15"],
    );
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn an_intent_that_only_the_gateway_refuses_is_explained_too() {
    let (discord, gateway) = (Discord::start().unwrap(), discord_without(Intents::MESSAGE_CONTENT));
    let bot = EchoBot::of(&discord, &[("DISCORD_GATEWAY_URL", &gateway.gateway_url())]);
    let message = bot.error();
    assert_contains(&message, &SOLUTIONS);
    assert_contains(&message, &["on_message at examples/echo_bot.rs:15"]);
    assert_eq!(gateway.log().connections(), 1, "a refused intent is not retried");
}

#[test]
fn a_server_whose_application_has_no_flags_is_asked_for_the_intent() {
    let (discord, gateway) = (discord_without(Intents::PRIVILEGED), Discord::start().unwrap());
    let bot = EchoBot::of(&discord, &[("DISCORD_GATEWAY_URL", &gateway.gateway_url())]);
    bot.wait_for_line("does not show that MESSAGE_CONTENT is switched on");
    gateway.wait_until_ready().unwrap();
}

#[test]
fn a_server_whose_application_has_no_flags_can_still_refuse_the_intent() {
    let discord = discord_without(Intents::PRIVILEGED);
    let mut bot = discord.bot();
    bot.on_message(|_, _| Ok(()));
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Intents { .. }), "{error}");
    assert_contains(&error.to_string(), &SOLUTIONS);
    assert_eq!(discord.log().connections(), 1, "a refused intent is not retried");
}

#[test]
fn only_the_handlers_that_need_the_disabled_intent_are_named() {
    let discord = discord_without(Intents::GUILD_MEMBERS);
    let mut bot = discord.bot();
    bot.on_message(|_, _| Ok(()));
    let line = line!() + 1;
    bot.on::<GuildMemberAdd>(|_, _| Ok(()));
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Intents { .. }), "{error}");
    let location = format!("on::<GuildMemberAdd> at {}:{line}", file!());
    assert_contains(&error.to_string(), &["GUILD_MEMBERS", "Server Members Intent", &location]);
    assert!(!error.to_string().contains("on_message"), "{error}");
}

#[test]
fn a_bot_that_removes_the_intent_runs() {
    let discord = discord_without(Intents::MESSAGE_CONTENT);
    let mut bot: Bot<'_> = discord.bot();
    bot.on_message(|_, _| Ok(())).without_intents(Intents::MESSAGE_CONTENT);
    bot.during(|| Ok(())).unwrap();
    assert_eq!(discord.log().violations(), [""; 0]);
}
