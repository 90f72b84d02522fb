//! A bot as a tree: a group of commands with checks, and an event handler, in a part that can be mounted.
//!
//! `cargo run --example command_tree` prints the tree. Then type `/crew add who:@you` or `/crew list`.

use std::cell::RefCell;
use std::time::Duration;

use syncord::prelude::*;

/// A part of a bot. It borrows its state from `main`.
fn crew(names: &RefCell<Vec<String>>) -> Tree<'_> {
    Tree::new("crew")
        .add(
            group("crew", "The crew")
                .check(guild_only())
                .add(
                    command("add", "Adds a user to the crew")
                        .option("who", "The new member", user())
                        .check(cooldown(3, Duration::from_secs(10)))
                        .run(|cx, who| {
                            names.borrow_mut().push(who.username.clone());
                            cx.reply(format!("Welcome aboard, {}!", who.username))
                        }),
                )
                .add(
                    command("list", "Lists the crew")
                        .ephemeral()
                        .run(|cx| cx.reply(format!("On board: {}", names.borrow().join(", ")))),
                ),
        )
        .add(on::<MessageCreate>(|cx, message| {
            if message.content == "ahoy" {
                cx.react(message, "⚓")?;
            }
            Ok(())
        }))
}

fn main() -> syncord::Result {
    // Also log which commands are created, edited and deleted at Discord.
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let names = RefCell::new(Vec::new());
    let mut bot = Bot::from_env_or_playground()?;
    bot.mount(crew(&names));
    println!("{bot}");
    bot.run()?;
    Ok(())
}
