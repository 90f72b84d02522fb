//! Finds out what is wrong with a bot, and what to do about it. It changes nothing at Discord.
//!
//! `DISCORD_TOKEN=... cargo run --example doctor` needs nothing but a token. Its exit status is 0 if there is no error.
//!
//! In your own bot, print `bot.diagnose()` in place of `bot.run()`: then the report also knows your handlers and commands.

use syncord::bot::diagnose::Diagnosis;
use syncord::prelude::*;

fn main() -> Result<Diagnosis, Error> {
    let bot = Bot::from_env_or_playground()?;

    // Here a bot declares its handlers and commands, and the doctor checks what they need.

    let diagnosis = bot.diagnose();
    println!("{diagnosis}");
    Ok(diagnosis)
}
