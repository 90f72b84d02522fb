//! Programs that cannot work as they are.

use std::time::Duration;

use syncord::sim::Discord;
use syncord::{Bot, Error};

use crate::assert_says;

/// What a bot of a simulated Discord that nothing is asked of ends with.
fn refused(build: impl FnOnce(&mut Bot<'_>)) -> String {
    let discord = Discord::start().unwrap();
    let mut bot = discord.bot();
    build(&mut bot);
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error}");
    assert_eq!(discord.requests(), []);
    error.to_string()
}

#[test]
fn a_bot_without_closures_is_told_to_register_one() {
    let message = refused(|_| {});
    assert_says(&message, &["nothing to do", "bot.on_message(|cx, message| ..)", "syncord::rest::Client"]);
}

#[test]
fn a_timer_without_a_period_is_named_with_its_line() {
    let line = line!() + 2;
    let message = refused(|bot| {
        bot.every(Duration::ZERO, |_| Ok(()));
    });
    assert_says(&message, &[&format!("every(0ns) at {}:{line}", file!()), "period"]);
}

#[test]
fn no_shards_at_all_are_refused() {
    let message = refused(|bot| {
        bot.on_message(|_, _| Ok(())).shards(0);
    });
    assert_says(&message, &["bot.shards(0)", "1 or more"]);
}
