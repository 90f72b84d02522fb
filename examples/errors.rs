//! What users see, what the owner sees, and what a handler can do when something fails.
//!
//! `cargo run --example errors`, then type `/pay coins:50`, `/divide by:0` or `/post channel:1`.

use std::cell::Cell;
use std::num::ParseIntError;

use syncord::JsonErrorCode;
use syncord::bot::Problem;
use syncord::prelude::*;

/// The error of your own code. Every type that implements `Error` can be returned with `?`.
fn channel_of(text: &str) -> Result<ChannelId, ParseIntError> {
    text.parse().map(ChannelId::new)
}

fn main() -> syncord::Result {
    let failures = Cell::new(0);
    let mut purse = 10;
    let mut bot = Bot::from_env_or_playground()?;
    // A refusal is a text for the user, and no failure.
    bot.command(command("pay", "Pays").option("coins", "How many", integer(1..)).run(|cx, coins| {
        if coins > purse {
            return Err(Refusal::new(format!("You have only {purse} coins.")).into());
        }
        purse -= coins;
        cx.reply(format!("{purse} coins are left."))
    }));
    // A panic costs this call. The user receives "Something went wrong.", and the owner the line of the code.
    bot.command(
        command("divide", "Divides 100")
            .option("by", "By what", integer(..))
            .run(|cx, by| cx.reply(format!("{}", 100 / by))),
    );
    // An error of Discord can be matched.
    bot.command(command("post", "Posts somewhere").option("channel", "Its ID", string()).run(
        |cx, channel| match cx.send(channel_of(&channel)?, "Ahoy!") {
            Err(Error::Http(error)) if error.code == JsonErrorCode::UNKNOWN_CHANNEL => {
                cx.reply_ephemeral("There is no such channel.")
            }
            Err(error) if error.is_temporary() => cx.reply_ephemeral("Discord is busy. Try again later."),
            sent => {
                sent?;
                cx.reply_ephemeral("Posted.")
            }
        },
    ));
    // Everything that fails comes here. Without this handler it is logged.
    bot.on_error(|_, error| {
        failures.set(failures.get() + 1);
        let kind = if matches!(error.problem, Problem::Panicked(_)) { "panic" } else { "error" };
        eprintln!("{kind} {}: {error}", failures.get());
    });
    bot.run()?;
    Ok(())
}
