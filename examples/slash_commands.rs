//! Slash commands with typed arguments.
//!
//! `cargo run --example slash_commands`, then type `/roll`, `/roll sides:20 times:3` or `/paint colour:red`.

use syncord::prelude::*;

#[derive(Clone, Copy, Debug)]
enum Colour {
    Red,
    Green,
    Blue,
}

impl OneOf for Colour {
    const ALL: &'static [(&'static str, Self)] =
        &[("red", Colour::Red), ("green", Colour::Green), ("blue", Colour::Blue)];
}

fn main() -> syncord::Result {
    // Also log which commands are created, edited and deleted at Discord.
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut rolled = 0;
    let mut bot = Bot::from_env_or_playground()?;
    bot.command(
        command("roll", "Rolls dice")
            .option("sides", "How many sides a die has", integer(2..=1000).optional())
            .option("times", "How many dice", integer(1..=20).optional())
            .run(|cx, sides, times| {
                let (sides, times) = (sides.unwrap_or(6), times.unwrap_or(1));
                rolled += times;
                let dice: Vec<String> = (0..times).map(|_| fastrand::i64(1..=sides).to_string()).collect();
                cx.reply(format!("🎲 {}", dice.join(" ")))
            }),
    );
    bot.command(
        command("paint", "Paints the boat")
            .option("colour", "The new colour", one_of::<Colour>())
            .run(|cx, colour| cx.reply(format!("The boat is {colour:?} now."))),
    );
    bot.run()?;

    eprintln!("rolled {rolled} dice");
    Ok(())
}
