//! Programs without a logger.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use syncord::model::component::{ActionRow, Button};
use syncord::rest::CreateMessage;
use syncord::sim::Discord;
use syncord::tree::command;
use syncord::{Bot, Result};

use crate::assert_contains;
use crate::kill_on_drop::KillOnDrop;
use crate::program::EchoBot;

const VARIABLE: &str = "SYNCORD_TEST_NO_LOGGER";

/// Returns what a program prints to stderr until its end.
fn read_stderr(program: &mut KillOnDrop) -> String {
    let mut printed = String::new();
    program.0.stderr.take().unwrap().read_to_string(&mut printed).unwrap();
    printed
}

/// Runs one of the tests of this file as a program without a logger.
fn program(test: &str, value: &str) -> KillOnDrop {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("no_logger::{test}"), "--nocapture"])
        .env(VARIABLE, value)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    KillOnDrop(child)
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
    let mut quiet = program("program_without_a_network", &format!("quiet {url}"));
    let mut loud = program("program_without_a_network", &url);
    let logging =
        EchoBot::start(&[("DISCORD_TOKEN", "abc"), ("DISCORD_API_URL", &url), ("RUST_LOG", "error")], "");

    let mut line = String::new();
    BufReader::new(loud.0.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
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
    drop(loud);
    logging.wait_for_line(&expected);
    quiet.0.kill().unwrap();
    assert_eq!(read_stderr(&mut quiet), "");
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
    let printed = read_stderr(&mut program);
    assert!(program.0.wait().unwrap().success(), "{printed}");
    let lines: Vec<_> = printed.lines().filter(|line| line.starts_with("syncord: ")).collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert_contains(lines[0], &["no answer to one", "has no logger", "not every error"]);
    assert_contains(lines[1], &["no answer to two", "2 errors so far"]);
    assert_contains(lines[2], &["no answer to four", "4 errors so far"]);
}

/// The lines that one of the programs of this file prints.
fn printed_by(test: &str) -> Vec<String> {
    let mut program = program(test, "1");
    let printed = read_stderr(&mut program);
    assert!(program.0.wait().unwrap().success(), "{printed}");
    printed.lines().filter(|line| line.starts_with("syncord: ")).map(str::to_owned).collect()
}

/// A bot that responds to a message with a button, which nothing handles.
fn bot_with_a_button(discord: &Discord) -> Bot<'static> {
    let mut bot = discord.bot();
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let buttons = ActionRow::new([Button::success("vote/7", "Yes")]);
        Ok(cx.send(message.channel_id, CreateMessage::text("Vote!").component(buttons)).map(drop)?)
    });
    bot
}

/// The programs of the next test: nothing handles their button.
#[test]
fn program_with_a_button_and_no_handler() -> Result {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(());
    }
    let discord = Discord::start()?;
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let mut bot = bot_with_a_button(&discord);
    bot.command(command("ping", "x").run(|cx| cx.reply("pong")));
    let handle = bot.handle();
    bot.during(|| {
        ann.says(&general, "poll");
        let message = general.next_message()?;
        for _ in 0..5 {
            ann.clicks(&message, "vote/7")?.reply()?;
        }
        let health = handle.health();
        assert_eq!(health.interactions.unhandled, 5);
        assert!(health.to_string().contains(", 5 without a handler"), "{health}");
        Ok(())
    })
}

/// The same without any command, component or modal.
#[test]
fn program_that_handles_no_interactions() -> Result {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(());
    }
    let discord = Discord::start()?;
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let bot = bot_with_a_button(&discord);
    let handle = bot.handle();
    bot.during(|| {
        ann.says(&general, "poll");
        ann.clicks(&general.next_message()?, "vote/7")?;
        Ok(discord.wait_until("the count", |_| handle.health().interactions.unhandled == 1)?)
    })
}

#[test]
fn a_button_without_a_handler_is_reported_and_a_flood_of_clicks_is_not() {
    let lines = printed_by("program_with_a_button_and_no_handler");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_contains(
        &lines[0],
        &["nothing handles the custom ID \"vote/7\"", "bot.component(..)", "no longer active"],
    );
    assert_contains(&lines[1], &["vote/7", "(2 of this kind so far)"]);
    assert_contains(&lines[2], &["vote/7", "(4 of this kind so far)"]);
    let lines = printed_by("program_that_handles_no_interactions");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_contains(&lines[0], &["vote/7", "bot.component(..)", "its user gets no response"]);
}

/// The program of the next test: its handler replies to every message, also to those of the bot.
#[test]
fn program_that_replies_to_itself() -> Result {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(());
    }
    let discord = Discord::start()?;
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let mut bot = discord.bot();
    let mut left = 8;
    bot.on_message(move |cx, message| {
        left -= 1;
        if left > 0 { Ok(cx.reply(message, format!("{left} left")).map(drop)?) } else { Ok(()) }
    });
    bot.during(|| {
        ann.says(&general, "hello");
        while general.next_message()?.content != "1 left" {}
        Ok(())
    })
}

#[test]
fn a_bot_that_replies_to_its_own_messages_is_reported_once() {
    let lines = printed_by("program_that_replies_to_itself");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_contains(&lines[0], &["replies to its own messages", "message.author.bot", "(at tests"]);
}
