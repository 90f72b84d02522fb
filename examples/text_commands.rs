//! Commands that messages call: with a prefix, aliases and typed options, and a help that is generated.
//!
//! `cargo run --example text_commands`. Then type `!help`, `!tide tomorrow`, `!log add wind:strong calm sea` or `!l list`.

use std::cell::RefCell;

use syncord::prelude::*;

#[derive(Clone, Copy)]
enum Day {
    Today,
    Tomorrow,
}

impl OneOf for Day {
    const ALL: &'static [(&'static str, Day)] = &[("today", Day::Today), ("tomorrow", Day::Tomorrow)];
}

fn main() -> syncord::Result {
    let entries = RefCell::new(Vec::new());
    let mut bot = Bot::from_env_or_playground()?;
    bot.text_prefix("!").text_prefix_mention();
    bot.mount(
        Tree::new("harbour")
            .text() // all of these are slash commands too
            .add(
                command("tide", "Says when the tide is high")
                    .option("day", "Which day", one_of::<Day>())
                    .run(|cx, day| {
                        cx.reply(match day {
                            Day::Today => "At 06:12 and 18:40.",
                            Day::Tomorrow => "At 06:58 and 19:27.",
                        })
                    }),
            )
            .add(
                group("log", "The log of the harbour")
                    .alias("l")
                    .add(
                        command("add", "Adds an entry")
                            .option("wind", "The wind", choices(["none", "weak", "strong"]))
                            .option("text", "What happened", string())
                            .run(|cx, wind, text| {
                                entries.borrow_mut().push(format!("{text} (wind: {wind})"));
                                cx.reply("Noted.")
                            }),
                    )
                    .add(
                        command("list", "Lists all entries").run(|cx| cx.reply(entries.borrow().join("\n"))),
                    ),
            ),
    );
    bot.help();
    bot.run()?;
    Ok(())
}
