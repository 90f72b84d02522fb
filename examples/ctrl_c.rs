//! Ends cleanly on Ctrl-C: the gateway is told goodbye, and what already came is still handled.

use std::time::Duration;

use syncord::Bot;

fn main() -> syncord::Result {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("info")).init();

    let mut bot = Bot::from_env_or_playground()?;
    bot.grace(Duration::from_secs(3));
    bot.on_message(|cx, message| {
        if message.content == "ping" {
            cx.reply(message, "pong")?;
        }
        Ok(())
    });

    let handle = bot.handle();
    ctrlc::set_handler(move || handle.stop())?;
    bot.run()?;

    eprintln!("goodbye");
    Ok(())
}
