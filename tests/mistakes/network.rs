//! A network that is not there, or not the one that was meant.

use std::net::TcpListener;

use syncord::sim::{Discord, ErrorBody, Fault};

use crate::assert_says;
use crate::program::EchoBot;

const KEEPS_TRYING: &str = "trying again until it works";

/// An address on this machine where nobody listens.
fn nowhere() -> String {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/api/v10")
}

#[test]
fn an_unreachable_api_is_named_with_the_reason_while_the_bot_keeps_trying() {
    let url = nowhere();
    let variables = [("DISCORD_TOKEN", "abc"), ("DISCORD_API_URL", &url), ("RUST_LOG", "syncord=debug")];
    let bot = EchoBot::start(&variables, "");
    bot.wait_for_line(&format!("no connection to {url}: could not send GET /users/@me: Connection refused"));
    bot.wait_for_line("attempt 2");
}

/// Runs `echo_bot` through an outage at its start, and gives the lines about it.
fn through(outage: Fault) -> Vec<String> {
    let discord = Discord::start().unwrap();
    discord.fault(outage);
    let bot = EchoBot::of(&discord, &[("RUST_LOG", "syncord=debug")]);
    // Not the first attempt alone.
    bot.wait_for_line("attempt 2");
    discord.clear_faults();
    discord.wait_until_ready().unwrap();
    discord.member("ann").says(&discord.channel("general"), "!stop");
    let ended = bot.ended();
    assert!(ended.status.success(), "{}", ended.stderr);
    let told = |line: &&str| !line.contains("DEBUG") && (line.contains("connect") || line.contains("WARN"));
    ended.stderr.lines().filter(told).map(str::to_owned).collect()
}

#[test]
fn an_outage_at_the_start_is_told_once_and_its_end_once() {
    let lines = through(Fault::RefuseConnections(true));
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_says(&lines[0], &["WARN", "no connection to", KEEPS_TRYING]);
    assert_says(&lines[1], &["INFO", "connected to Discord"]);
}

#[test]
fn a_page_that_says_503_is_an_outage_too() {
    let page = Fault::HttpStatus { status: 503, body: ErrorBody::Html, retry_after: None, times: u32::MAX };
    let lines = through(page);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_says(&lines[0], &["WARN", "a web page", "503", KEEPS_TRYING]);
    assert_says(&lines[1], &["INFO", "connected to Discord"]);
}

#[test]
fn a_captive_portal_is_recognised_as_a_web_page_and_the_address_put_in_question() {
    for status in [200, 404] {
        let discord = Discord::start().unwrap();
        discord.fault(Fault::HttpStatus {
            status,
            body: ErrorBody::Html,
            retry_after: None,
            times: u32::MAX,
        });
        let message = EchoBot::of(&discord, &[]).error();
        assert_says(
            &message,
            &["a web page", &discord.api_url(), "DISCORD_API_URL", "does Discord's API answer there?"],
        );
        assert_eq!(discord.requests().len(), 1);
    }
}
