//! Runs the bot: settings from the environment, a log, and a clean stop.

use std::env;
use std::time::Duration;

use my_bot::{State, mount};
use syncord::Bot;

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let state = State::default(); // declared before the bot that borrows it
    let mut bot = Bot::from_env_or_playground()?; // DISCORD_TOKEN
    mount(&mut bot, &state);
    bot.log_health_every(Duration::from_secs(600));
    if let Some(path) = env::var_os("SESSIONS").filter(|path| !path.is_empty()) {
        bot.remember(path);
    }
    if let Ok(url) = bot.invite_url() {
        log::info!("to invite the bot: {url}");
    }

    // Ctrl-C, and SIGTERM of a service manager.
    let handle = bot.handle();
    ctrlc::set_handler(move || handle.stop())?;
    bot.run()?;
    Ok(())
}
