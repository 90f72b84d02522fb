//! Addresses that cannot be used.

use syncord::rest::Client;
use syncord::sim::Discord;
use syncord::{Error, Token};

use crate::assert_contains;
use crate::program::EchoBot;

fn error_with(variable: &str, url: &str) -> String {
    let discord = Discord::start().unwrap();
    let message = EchoBot::of(&discord, &[(variable, url)]).error();
    assert_eq!(discord.requests(), [], "no request is sent before all addresses are checked");
    assert_eq!(message.lines().count(), 1, "{message}");
    message
}

#[test]
fn an_invalid_api_address_is_shown_with_its_variable_and_a_valid_one() {
    for url in ["127.0.0.1:3001", "discord.com/api", "ftp://127.0.0.1/api"] {
        let message = error_with("DISCORD_API_URL", url);
        assert_contains(&message, &["DISCORD_API_URL", url, "https://discord.com/api/v10"]);
    }
}

#[test]
fn an_api_address_without_the_version_says_how_it_should_be() {
    let discord = Discord::start().unwrap();
    let (right, wrong) = (discord.api_url(), discord.api_url().replace("/v10", ""));
    let lacks = format!("it lacks the version of the API, and should be {right}");
    let message = EchoBot::of(&discord, &[("DISCORD_API_URL", &wrong)]).error();
    assert_contains(&message, &["DISCORD_API_URL", &lacks]);

    let client = Client::builder(Token::new(&discord.token()).unwrap()).api_url(&wrong).build().unwrap();
    let error = client.create_message(discord.channel("general").id(), "hello").unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error}");
    assert_contains(&error.to_string(), &["POST /channels/{channel_id}/messages", &wrong, &lacks]);
}

#[test]
fn an_unencrypted_api_address_is_refused() {
    let message = error_with("DISCORD_API_URL", "http://192.0.2.1/api/v10");
    assert_contains(&message, &["DISCORD_API_URL", "unencrypted", "use https://"]);
}

#[test]
fn an_invalid_gateway_address_is_refused_with_its_variable() {
    for url in ["localhost", "https://gateway.discord.gg", "wss://", "/path"] {
        let message = error_with("DISCORD_GATEWAY_URL", url);
        assert_contains(&message, &["DISCORD_GATEWAY_URL", "gateway address"]);
    }
    assert_contains(&error_with("DISCORD_GATEWAY_URL", "https://gateway.discord.gg"), &["wss://"]);
}

#[test]
fn an_unencrypted_gateway_address_is_refused() {
    let message = error_with("DISCORD_GATEWAY_URL", "ws://192.0.2.1");
    assert_contains(&message, &["DISCORD_GATEWAY_URL", "unencrypted", "use wss://"]);
}
