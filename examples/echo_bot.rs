//! Repeats what people write. `!stop` ends it.
//!
//! `cargo run --example echo_bot` runs it in a simulated Discord: type something.
//! `DISCORD_TOKEN=... cargo run --example echo_bot` runs it on the real one.

use syncord::Bot;

fn main() -> syncord::Result {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn")).init();

    let mut echoed = 0; // declared before the bot that borrows it
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_message(|cx, message| {
        if message.content == "!stop" {
            cx.stop();
        } else if !message.author.bot {
            echoed += 1; // a plain local: no Arc, no Mutex, no 'static
            cx.reply(message, &message.content)?;
        }
        Ok(())
    });
    bot.run()?; // blocks until stopped

    eprintln!("echoed {echoed} messages");
    Ok(())
}
