//! A program with its own loop, such as a game, that runs the bot's handlers between two frames.

use std::cell::Cell;
use std::time::{Duration, Instant};

use syncord::prelude::*;

const FRAME: Duration = Duration::from_millis(16);

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("warn");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let frames = Cell::new(0_u64); // used by the loop and by the handler
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, format!("{} frames were drawn.", frames.get()))?;
        }
        Ok(())
    });

    let mut running = bot.start()?;
    while !running.is_over() {
        frames.set(frames.get() + 1); // a game would draw here

        let next = Instant::now() + FRAME;
        while Instant::now() < next && !running.is_over() {
            running.poll(next.saturating_duration_since(Instant::now()))?;
        }
    }
    Ok(())
}
