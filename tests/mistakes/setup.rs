//! Bots with an invalid setup.

use std::time::Duration;

use syncord::sim::Discord;
use syncord::{Bot, Error};

use crate::assert_contains;

/// The error of a bot with this setup; no request is sent.
fn setup_error(build: impl FnOnce(&mut Bot<'_>)) -> String {
    let discord = Discord::start().unwrap();
    let mut bot = discord.bot();
    build(&mut bot);
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error}");
    assert_eq!(discord.requests(), []);
    error.to_string()
}

#[test]
fn a_bot_without_handlers_is_refused_with_a_hint() {
    let message = setup_error(|_| {});
    assert_contains(
        &message,
        &["nothing to do", "bot.on_message(|cx, message| ..)", "syncord::rest::Client"],
    );
}

#[test]
fn a_timer_without_a_period_is_refused_with_its_line() {
    let line = line!() + 2;
    let message = setup_error(|bot| {
        bot.every(Duration::ZERO, |_| Ok(()));
    });
    assert_contains(&message, &[&format!("every(0ns) at {}:{line}", file!()), "period"]);
}

#[test]
fn zero_shards_are_refused() {
    let message = setup_error(|bot| {
        bot.on_message(|_, _| Ok(())).shards(0);
    });
    assert_contains(&message, &["bot.shards(0)", "1 or more"]);
}
