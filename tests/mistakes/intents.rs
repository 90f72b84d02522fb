//! A privileged intent that is not switched on.

use syncord::events::GuildMemberAdd;
use syncord::sim::Discord;
use syncord::{Bot, Error, Intents};

use crate::assert_says;
use crate::program::EchoBot;

/// Where to switch it on, and how to do without.
const CURE: [&str; 4] = [
    "Message Content Intent",
    "https://discord.com/developers/applications",
    "Privileged Gateway Intents",
    "bot.without_intents(Intents::MESSAGE_CONTENT)",
];

fn without(intents: Intents) -> Discord {
    Discord::builder().intents_enabled((Intents::PRIVILEGED - intents).bits()).start().unwrap()
}

#[test]
fn an_intent_that_is_off_is_explained_before_the_gateway_is_opened() {
    let discord = without(Intents::MESSAGE_CONTENT);
    let message = EchoBot::of(&discord, &[]).error();
    assert_says(&message, &CURE);
    assert_says(
        &message,
        &["MESSAGE_CONTENT, which is not switched on", "on_message at examples/echo_bot.rs:13"],
    );
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn an_intent_that_only_the_gateway_refuses_is_explained_too() {
    let (discord, elsewhere) = (Discord::start().unwrap(), without(Intents::MESSAGE_CONTENT));
    let bot = EchoBot::of(&discord, &[("DISCORD_GATEWAY_URL", &elsewhere.gateway_url())]);
    let message = bot.error();
    assert_says(&message, &CURE);
    assert_says(&message, &["on_message at examples/echo_bot.rs:13"]);
    assert_eq!(elsewhere.log().connections(), 1, "what was refused is not tried again");
}

#[test]
fn only_the_handlers_that_ask_for_what_is_off_are_named() {
    let discord = without(Intents::GUILD_MEMBERS);
    let mut bot = discord.bot();
    bot.on_message(|_, _| Ok(()));
    let line = line!() + 1;
    bot.on::<GuildMemberAdd>(|_, _| Ok(()));
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Intents { .. }), "{error}");
    let place = format!("on::<GuildMemberAdd> at {}:{line}", file!());
    assert_says(&error.to_string(), &["GUILD_MEMBERS", "Server Members Intent", &place]);
    assert!(!error.to_string().contains("on_message"), "{error}");
}

#[test]
fn a_bot_that_does_without_runs() {
    let discord = without(Intents::MESSAGE_CONTENT);
    let mut bot: Bot<'_> = discord.bot();
    bot.on_message(|_, _| Ok(())).without_intents(Intents::MESSAGE_CONTENT);
    bot.during(|| Ok(())).unwrap();
    assert_eq!(discord.log().violations(), [""; 0]);
}
