//! `echo_bot` without a token, in the simulated Discord.

use syncord::sim::Discord;

use crate::assert_contains;
use crate::program::EchoBot;

#[test]
fn replies_go_to_stdout_and_three_lines_on_stderr_explain_the_simulation() {
    let ended = EchoBot::start(&[], "hello\nbye\n").ended();
    assert!(ended.status.success(), "{}", ended.stderr);
    assert_eq!(ended.stdout, "bot: hello\nbot: bye\n");
    let lines: Vec<_> = ended.stderr.lines().collect();
    assert_contains(lines[0], &["simulated Discord", "Ctrl-D"]);
    assert_contains(lines[1], &["in a browser", "http://127.0.0.1:"]);
    assert_contains(lines[2], &["real Discord", "DISCORD_TOKEN"]);
    assert_eq!(lines[3..], ["messages echoed: 2"]);
}

#[test]
fn empty_input_ends_cleanly() {
    let ended = EchoBot::start(&[], "").ended();
    assert!(ended.status.success(), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().last(), Some("messages echoed: 0"));
}

#[test]
fn with_a_token_there_is_no_playground() {
    let discord = Discord::start().unwrap();
    let bot = EchoBot::of(&discord, &[]);
    discord.wait_until_ready().unwrap();
    discord.member("ann").says(&discord.channel("general"), "!stop");
    let ended = bot.ended();
    assert!(ended.status.success());
    assert_eq!(ended.stderr, "messages echoed: 0");
}
