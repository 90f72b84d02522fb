//! State: locals that handlers borrow, and a value that lanes and tasks share.
//!
//! `cargo run --example state`, then type some words, `/count` and `/scores`.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use syncord::prelude::*;

/// Shared by all threads of the bot, so it needs a lock. There is one value for each type.
#[derive(Default)]
struct Scores(Mutex<BTreeMap<String, u32>>);

impl Scores {
    fn add(&self, name: &str, points: u32) {
        *self.0.lock().expect("no thread panics with it").entry(name.to_owned()).or_default() += points;
    }

    fn text(&self) -> String {
        let scores = self.0.lock().expect("no thread panics with it");
        scores.iter().map(|(name, points)| format!("{name}: {points}")).collect::<Vec<_>>().join(", ")
    }
}

fn main() -> syncord::Result {
    // Handlers on the bot's thread never run at the same time: a Cell is enough for two that share a local.
    let messages = Cell::new(0);
    let lanes = Lanes::new(2);
    let mut bot = Bot::from_env_or_playground()?;
    bot.provide(Scores::default());
    bot.on_message(|_, message| {
        if !message.author.bot {
            messages.set(messages.get() + 1);
        }
        Ok(())
    });
    bot.command(
        command("count", "Counts messages").run(|cx| cx.reply(format!("{} messages", messages.get()))),
    );

    // On other threads, nothing is borrowed: they read what was provided.
    bot.on_in::<MessageCreate>(&lanes, |cx, message| {
        if !message.author.bot {
            cx.get::<Scores>()?.add(message.author_name(), message.content.split_whitespace().count() as u32);
        }
        Ok(())
    });
    bot.command(command("scores", "Shows who wrote how many words").run(|cx| {
        cx.spawn(|task| {
            task.sleep(Duration::from_millis(100))?; // until the lanes have counted the last message
            task.reply(task.get::<Scores>()?.text())
        })?;
        Ok(())
    }));
    bot.run()?;
    Ok(())
}
