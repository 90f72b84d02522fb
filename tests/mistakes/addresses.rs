//! Addresses that cannot be used.

use syncord::sim::Discord;

use crate::assert_says;
use crate::program::EchoBot;

fn error_with(variable: &str, url: &str) -> String {
    let discord = Discord::start().unwrap();
    let message = EchoBot::of(&discord, &[(variable, url)]).error();
    assert_eq!(discord.requests(), [], "nothing is asked before all addresses are seen to be good");
    assert_eq!(message.lines().count(), 1, "{message}");
    message
}

#[test]
fn an_api_address_that_is_none_is_shown_with_its_variable_and_a_good_one() {
    for url in ["127.0.0.1:3001", "discord.com/api", "ftp://127.0.0.1/api"] {
        let message = error_with("DISCORD_API_URL", url);
        assert_says(&message, &["DISCORD_API_URL", url, "https://discord.com/api/v10"]);
    }
}

#[test]
fn an_api_address_that_would_show_the_token_to_the_network_is_refused() {
    let message = error_with("DISCORD_API_URL", "http://192.0.2.1/api/v10");
    assert_says(&message, &["DISCORD_API_URL", "unencrypted", "use https://"]);
}

#[test]
fn a_gateway_address_that_is_none_is_refused_with_its_variable() {
    for url in ["localhost", "https://gateway.discord.gg", "wss://", "/path"] {
        let message = error_with("DISCORD_GATEWAY_URL", url);
        assert_says(&message, &["DISCORD_GATEWAY_URL", "gateway address"]);
    }
    assert_says(&error_with("DISCORD_GATEWAY_URL", "https://gateway.discord.gg"), &["wss://"]);
}

#[test]
fn a_gateway_address_that_would_show_the_token_to_the_network_is_refused() {
    let message = error_with("DISCORD_GATEWAY_URL", "ws://192.0.2.1");
    assert_says(&message, &["DISCORD_GATEWAY_URL", "unencrypted", "use wss://"]);
}
