//! Tokens that are missing, mangled or refused.

use std::process::Command;

use syncord::sim::Discord;
use syncord::{Bot, Error, Result};

use crate::assert_says;
use crate::program::EchoBot;

const PORTAL: &str = "https://discord.com/developers/applications";

/// The program of the next test, which runs it with an environment of its own.
#[test]
fn program_without_a_token() -> Result {
    if std::env::var_os("SYNCORD_TEST_NO_TOKEN").is_some() {
        let mut bot = Bot::from_env()?;
        bot.on_message(|_, _| Ok(()));
        bot.run()?;
    }
    Ok(())
}

#[test]
fn without_a_token_the_variable_and_the_place_to_get_one_are_named() {
    let program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "token::program_without_a_token", "--nocapture"])
        .env("SYNCORD_TEST_NO_TOKEN", "1")
        .env_remove("DISCORD_TOKEN")
        .output()
        .unwrap();
    assert!(!program.status.success());
    let stderr = String::from_utf8(program.stderr).unwrap();
    assert_says(&stderr, &["Error: no bot token", "set the environment variable DISCORD_TOKEN", PORTAL]);
}

#[test]
fn an_empty_token_is_said_to_be_empty() {
    for token in ["", " \n", "Bot "] {
        let message = EchoBot::start(&[("DISCORD_TOKEN", token)], "").error();
        assert_says(&message, &["DISCORD_TOKEN", "empty", PORTAL]);
        assert_eq!(message.lines().count(), 1);
    }
    let error = Bot::new("").unwrap_err();
    assert!(matches!(error, Error::Token { .. }));
    assert_says(&error.to_string(), &["empty", PORTAL]);
}

#[test]
fn a_token_with_its_prefix_and_a_newline_logs_in() {
    let discord = Discord::start().unwrap();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let pasted = format!("Bot {}\n", discord.token());
    let bot = EchoBot::of(&discord, &[("DISCORD_TOKEN", &pasted)]);
    discord.wait_until_ready().unwrap();
    ann.says(&general, "hello");
    assert_eq!(general.next_message().unwrap().content, "hello");
    ann.says(&general, "!stop");
    let ended = bot.ended();
    assert!(ended.status.success());
    assert_eq!(ended.stderr, "echoed 1 messages");
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn a_token_that_discord_refuses_is_named_by_where_it_came_from_and_tried_once() {
    let discord = Discord::start().unwrap();
    let message = EchoBot::of(&discord, &[("DISCORD_TOKEN", "MTE.not-the.right-one")]).error();
    assert_says(&message, &["does not accept", "the environment variable DISCORD_TOKEN", "Bot page", PORTAL]);
    assert!(!message.contains("right-one"), "{message}");
    assert_eq!(discord.requests().len(), 1);

    let mut bot = Bot::new("MTE.not-the.right-one").unwrap();
    bot.api_url(discord.api_url()).on_message(|_, _| Ok(()));
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Token { .. }));
    assert_says(&error.to_string(), &["does not accept", "the token given to Bot::new", PORTAL]);
    assert_eq!(discord.requests().len(), 2);
}

#[test]
fn a_token_that_only_the_gateway_refuses_is_explained_the_same() {
    let discord = Discord::start().unwrap();
    let elsewhere = Discord::builder().token("MTE.another.token").start().unwrap();
    let bot = EchoBot::of(&discord, &[("DISCORD_GATEWAY_URL", &elsewhere.gateway_url())]);
    assert_says(&bot.error(), &["does not accept", "the environment variable DISCORD_TOKEN", PORTAL]);
    assert_eq!(elsewhere.log().connections(), 1, "a refused token is not tried again");
}
