//! Missing, malformed or refused tokens.

use std::process::Command;

use syncord::rest::Client;
use syncord::sim::Discord;
use syncord::{Bot, Error, Result, Token};

use crate::assert_contains;
use crate::program::EchoBot;

const PORTAL: &str = "https://discord.com/developers/applications";

/// The program that the next test runs with its own environment.
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
fn a_missing_token_is_explained_with_the_variable_and_the_developer_portal() {
    let program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "token::program_without_a_token", "--nocapture"])
        .env("SYNCORD_TEST_NO_TOKEN", "1")
        .env_remove("DISCORD_TOKEN")
        .output()
        .unwrap();
    assert!(!program.status.success());
    let stderr = String::from_utf8(program.stderr).unwrap();
    assert_contains(&stderr, &["Error: no bot token", "set the environment variable DISCORD_TOKEN", PORTAL]);
}

/// The program that the next test runs with its own environment.
#[test]
fn program_with_a_client() -> Result {
    if std::env::var_os("SYNCORD_TEST_CLIENT").is_some() {
        println!("I am {}", Client::from_env()?.current_user()?.username);
    }
    Ok(())
}

#[test]
fn a_client_finds_its_token_and_its_address_in_the_environment() {
    let discord = Discord::start().unwrap();
    let program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "token::program_with_a_client", "--nocapture"])
        .env("SYNCORD_TEST_CLIENT", "1")
        .env("DISCORD_TOKEN", discord.token())
        .env("DISCORD_API_URL", discord.api_url())
        .output()
        .unwrap();
    assert!(String::from_utf8(program.stdout).unwrap().contains("I am bot"));
}

#[test]
fn an_empty_token_is_reported_as_empty() {
    for token in ["", " \n", "Bot "] {
        let message = EchoBot::start(&[("DISCORD_TOKEN", token)], "").error();
        assert_contains(&message, &["DISCORD_TOKEN", "empty", PORTAL]);
        assert_eq!(message.lines().count(), 1);
    }
    let error = Bot::new("").unwrap_err();
    assert!(matches!(error, Error::Token { .. }));
    assert_contains(&error.to_string(), &["empty", PORTAL]);
}

#[test]
fn what_is_no_token_is_refused_before_anything_is_sent_with_what_it_looks_like() {
    // At Discord's own address. A proxy where no server listens would fail in another way.
    let start =
        |token| EchoBot::start(&[("DISCORD_TOKEN", token), ("HTTPS_PROXY", "http://127.0.0.1:1")], "");
    for (token, part) in [
        ("80351110224678912", "an ID, such as the Application ID"),
        ("https://discord.com/api/webhooks/1/x", "a web address"),
        ("b1UBVd2mNvdW-_yLwT3PAMEWmYqN4Rj9", "looks like the client secret of the OAuth2 page"),
        ("your-token-here", "looks like a word without dots"),
    ] {
        let message = start(token).error();
        assert_contains(&message, &["DISCORD_TOKEN: ", part, "Bot page", PORTAL]);
        assert!(!message.contains(token), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    let mut bot = Bot::new("your-token-here").unwrap();
    bot.on_message(|_, _| Ok(()));
    assert!(matches!(bot.run(), Err(Error::Token { .. })));
}

#[test]
fn a_client_refuses_to_send_what_is_no_token_of_discord() {
    let client = Client::new(Token::new("b1UBVd2mNvdW-_yLwT3PAMEWmYqN4Rj9").unwrap());
    let error = client.current_user().unwrap_err();
    assert!(matches!(error, Error::Token { .. }), "{error}");
    assert_contains(&error.to_string(), &["the client secret", PORTAL, "(nothing was sent)"]);
}

#[test]
fn a_token_of_another_form_is_for_the_server_to_judge() {
    let discord = Discord::builder().token("local").start().unwrap();
    let client = Client::builder(Token::new("local").unwrap()).api_url(discord.api_url()).build().unwrap();
    client.current_user().unwrap();
}

#[test]
fn a_token_that_was_not_copied_whole_is_refused_with_that_hint() {
    let discord = Discord::start().unwrap();
    let message = EchoBot::of(&discord, &[("DISCORD_TOKEN", "ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1")]).error();
    assert_contains(&message, &["does not accept", "not copied whole", "Bot page", PORTAL]);
}

#[test]
fn a_token_with_its_prefix_and_a_newline_logs_in() {
    let discord = Discord::start().unwrap();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let token = format!("Bot {}\n", discord.token());
    let bot = EchoBot::of(&discord, &[("DISCORD_TOKEN", &token)]);
    discord.wait_until_ready().unwrap();
    ann.says(&general, "hello");
    assert_eq!(general.next_message().unwrap().content, "hello");
    ann.says(&general, "!stop");
    let ended = bot.ended();
    assert!(ended.status.success());
    assert_eq!(ended.stderr, "messages echoed: 1");
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn the_trace_log_of_an_example_shows_neither_messages_nor_the_token() {
    let discord = Discord::start().unwrap();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let bot = EchoBot::of(&discord, &[("RUST_LOG", "trace")]);
    discord.wait_until_ready().unwrap();
    ann.says(&general, "between us");
    assert_eq!(general.next_message().unwrap().content, "between us");
    ann.says(&general, "!stop");
    let log = bot.ended().stderr;
    assert!(log.contains("TRACE ureq") && log.contains("logged in"), "{log}");
    // As text, and as the bytes that the websocket crate prints.
    let bytes: String = "between us".bytes().map(|byte| format!("{byte:02x}")).collect();
    for private in ["between us", &bytes, &discord.token()] {
        assert!(!log.contains(private), "{private} is in: {log}");
    }
}

#[test]
fn a_token_refused_by_discord_is_reported_with_its_source_and_not_retried() {
    let discord = Discord::start().unwrap();
    let message = EchoBot::of(&discord, &[("DISCORD_TOKEN", "MTE.not-the.right-one")]).error();
    assert_contains(
        &message,
        &["does not accept", "the environment variable DISCORD_TOKEN", "Bot page", PORTAL],
    );
    assert!(!message.contains("right-one"), "{message}");
    assert_eq!(discord.requests().len(), 1);

    let mut bot = Bot::new("MTE.not-the.right-one").unwrap();
    bot.api_url(discord.api_url()).on_message(|_, _| Ok(()));
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Token { .. }));
    assert_contains(&error.to_string(), &["does not accept", "the token given to Bot::new", PORTAL]);
    assert_eq!(discord.requests().len(), 2);
}

#[test]
fn a_token_refused_only_by_the_gateway_is_explained_the_same_way() {
    let discord = Discord::start().unwrap();
    let gateway = Discord::builder().token("MTE.another.token").start().unwrap();
    let bot = EchoBot::of(&discord, &[("DISCORD_GATEWAY_URL", &gateway.gateway_url())]);
    assert_contains(&bot.error(), &["does not accept", "the environment variable DISCORD_TOKEN", PORTAL]);
    assert_eq!(gateway.log().connections(), 1, "a refused token is not retried");
}
