//! Programs without a logger.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use syncord::sim::Discord;
use syncord::{Bot, Result};

use crate::assert_contains;
use crate::program::EchoBot;

const VARIABLE: &str = "SYNCORD_TEST_NO_LOGGER";

/// Runs one of the tests of this file as a program without a logger.
fn program(test: &str, value: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("no_logger::{test}"), "--nocapture"])
        .env(VARIABLE, value)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Ends a program. Returns what it has printed to stderr.
fn end(mut program: Child) -> String {
    program.kill().unwrap();
    let mut printed = String::new();
    program.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
    program.wait().unwrap();
    printed
}

/// The program of the next test: its Discord cannot be reached.
#[test]
fn program_without_a_network() -> Result {
    let Ok(value) = std::env::var(VARIABLE) else { return Ok(()) };
    let mut bot = Bot::new("abc")?;
    bot.api_url(value.trim_start_matches("quiet ")).on_message(|_, _| Ok(()));
    if value.starts_with("quiet ") {
        bot.print_trouble(false);
    }
    Ok(bot.run()?)
}

#[test]
fn lasting_trouble_is_an_error_that_reaches_people_with_and_without_a_logger() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/api/v10");
    let expected = format!("still no connection to {url} after ");
    let quiet = program("program_without_a_network", &format!("quiet {url}"));
    let mut loud = program("program_without_a_network", &url);
    let logging =
        EchoBot::start(&[("DISCORD_TOKEN", "abc"), ("DISCORD_API_URL", &url), ("RUST_LOG", "error")], "");

    let mut line = String::new();
    BufReader::new(loud.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
    let parts = [
        "syncord: ",
        &expected,
        "Connection refused",
        "DNS",
        "firewall",
        "proxy",
        "bot.api_url",
        "bot.diagnose()",
    ];
    assert_contains(&line, &parts);
    end(loud);
    logging.wait_for_line(&expected);
    assert_eq!(end(quiet), "");
}

/// The program of the next test: its handler fails at each message.
#[test]
fn program_with_a_failing_handler() -> Result {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(());
    }
    let discord = Discord::start()?;
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let mut bot = discord.bot();
    bot.on_message(|cx, message| match message.content.as_str() {
        "end" => cx.reply(message, "over").map(drop).map_err(Into::into),
        content => Err(format!("no answer to {content}").into()),
    });
    bot.during(|| {
        for content in ["one", "two", "three", "four", "five", "end"] {
            ann.says(&general, content);
        }
        assert_eq!(general.next_message()?.content, "over");
        Ok(())
    })
}

#[test]
fn the_first_errors_of_handlers_are_printed_and_a_flood_is_not() {
    let mut program = program("program_with_a_failing_handler", "1");
    let mut printed = String::new();
    program.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
    assert!(program.wait().unwrap().success(), "{printed}");
    let lines: Vec<_> = printed.lines().filter(|line| line.starts_with("syncord: ")).collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert_contains(lines[0], &["no answer to one", "has no logger", "not every error"]);
    assert_contains(lines[1], &["no answer to two", "2 errors so far"]);
    assert_contains(lines[2], &["no answer to four", "4 errors so far"]);
}
