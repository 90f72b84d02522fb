//! A bot that speaks the language of its users: its commands and texts come from the files in `examples/locales`.
//!
//! The people of the playground speak English. On Discord, choose German as your language: `/tide` becomes `/gezeiten`.
//! `cargo run --example translations -- template` prints a file with all keys, to begin another language with.

use std::cell::Cell;
use std::time::Duration;

use syncord::prelude::*;
use syncord::texts::Translations;

fn main() -> syncord::Result {
    let tides = Cell::new(0);
    // Part of the program, so that it runs in every folder. `bot.translations("locales")?` reads a folder instead.
    let translations = Translations::new()
        .add("en-US", include_str!("locales/en-US.json"))?
        .add("de", include_str!("locales/de.json"))?;

    let mut bot = Bot::from_env_or_playground()?;
    bot.translations(translations)?;
    let port = choices([("Kiel", "kiel"), ("Cuxhaven", "cuxhaven")]);
    bot.command(
        command("tide", "Shows the tide")
            .check(cooldown(2, Duration::from_secs(30)))
            .option("port", "Where", port)
            .run(|cx, port| {
                tides.set(tides.get() + 1);
                cx.reply(cx.text("tide", &[("port", &port), ("height", &(tides.get() % 5))])?)
            }),
    );
    bot.command(command("leave", "Says goodbye").waits_for::<InteractionCreate>().run(|cx| {
        Ok(cx.spawn(|task| {
            // The buttons and the refusal of other users are texts of the library.
            if task.confirm(task.text("sure", &[])?)? == Some(true) {
                task.follow_up(task.text("goodbye", &[("name", &task.user().username)])?)?;
            }
            Ok(())
        })?)
    }));
    if std::env::args().nth(1).as_deref() == Some("template") {
        println!("{}", bot.translation_template());
        return Ok(());
    }
    bot.run()?;
    Ok(())
}
