//! No network, or the wrong one.

use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use syncord::Bot;
use syncord::rest::Timeouts;
use syncord::sim::{Discord, ErrorBody, Fault};

use crate::assert_contains;
use crate::program::EchoBot;

const KEEPS_TRYING: &str = "retrying until it works";

/// A local address where no server listens.
fn unused_address() -> String {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/api/v10")
}

#[test]
fn an_unreachable_api_is_logged_with_the_reason_while_the_bot_retries() {
    let url = unused_address();
    let variables = [("DISCORD_TOKEN", "abc"), ("DISCORD_API_URL", &url), ("RUST_LOG", "syncord=debug")];
    let bot = EchoBot::start(&variables, "");
    bot.wait_for_line(&format!("no connection to {url}: could not send GET /users/@me: Connection refused"));
    bot.wait_for_line("attempt 2");
}

#[test]
fn a_bots_timeouts_apply_to_its_login() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v10", listener.local_addr().unwrap());
    let mut bot = Bot::new("abc").unwrap();
    let mut timeouts = Timeouts::default();
    timeouts.idle = Duration::from_millis(50);
    bot.api_url(url).timeouts(timeouts).on_message(|_, _| Ok(()));
    let handle = bot.handle();
    let (sender, connections) = channel();
    thread::spawn(move || {
        // Silent connections, with a retry after the idle timeout each.
        for stream in listener.incoming().take(3) {
            sender.send(stream.unwrap()).unwrap();
        }
        handle.stop();
    });
    // With the default timeouts it would take more than half a minute.
    let begun = std::time::Instant::now();
    bot.run().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20));
    drop(connections);
}

/// Runs `echo_bot` during an outage at startup; returns the log lines about the outage.
fn log_of(outage: Fault) -> Vec<String> {
    let discord = Discord::start().unwrap();
    discord.fault(outage);
    let bot = EchoBot::of(&discord, &[("RUST_LOG", "syncord=debug")]);
    bot.wait_for_line("attempt 2");
    discord.clear_faults();
    discord.wait_until_ready().unwrap();
    discord.member("ann").says(&discord.channel("general"), "!stop");
    let ended = bot.ended();
    assert!(ended.status.success(), "{}", ended.stderr);
    let is_relevant =
        |line: &&str| line.contains("WARN") || (line.contains("INFO") && line.contains("connected"));
    ended.stderr.lines().filter(is_relevant).map(str::to_owned).collect()
}

#[test]
fn an_outage_at_startup_is_logged_once_and_its_end_once() {
    let lines = log_of(Fault::RefuseConnections(true));
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_contains(&lines[0], &["WARN", "no connection to", KEEPS_TRYING]);
    assert_contains(&lines[1], &["INFO", "connected to Discord"]);
}

#[test]
fn a_web_page_with_status_503_is_an_outage() {
    let page = Fault::HttpStatus { status: 503, body: ErrorBody::Html, retry_after: None, times: u32::MAX };
    let lines = log_of(page);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_contains(&lines[0], &["WARN", "a web page", "503", KEEPS_TRYING]);
    assert_contains(&lines[1], &["INFO", "connected to Discord"]);
}

#[test]
fn a_response_of_something_in_between_is_waited_for_and_does_not_blame_the_token() {
    thread::scope(|scope| {
        for status in [200, 401, 403, 404] {
            scope.spawn(move || {
                let page =
                    Fault::HttpStatus { status, body: ErrorBody::Html, retry_after: None, times: u32::MAX };
                let lines = log_of(page);
                assert_eq!(lines.len(), 2, "{lines:#?}");
                assert_contains(
                    &lines[0],
                    &[
                        "WARN",
                        "a web page",
                        &status.to_string(),
                        "DISCORD_API_URL",
                        "is Discord's API there?",
                    ],
                );
                assert_contains(&lines[0], &["proxy", "firewall", KEEPS_TRYING]);
                assert!(!lines[0].contains("token"), "{}", lines[0]);
                assert_contains(&lines[1], &["INFO", "connected to Discord"]);
            });
        }
    });
}

#[test]
fn a_bot_whose_address_is_blocked_waits_before_it_starts() {
    let discord = Discord::start().unwrap();
    discord.fault(Fault::HttpStatus {
        status: 429,
        body: ErrorBody::Html,
        retry_after: None,
        times: u32::MAX,
    });
    let bot = EchoBot::of(&discord, &[("RUST_LOG", "syncord=debug")]);
    bot.wait_for_line("this IP address is blocked, so all requests pause for");
    bot.wait_for_line("no usable response from");
    // Far more requests would have been sent by now.
    thread::sleep(Duration::from_secs(3));
    assert_eq!(discord.requests().len(), 1);
}
