//! Slash commands with typed options, choices and suggestions, and a command in the menu of messages.
//!
//! `cargo run --example slash_commands` runs it in a simulated Discord, and first draws what it declares.

use syncord::tree::{OneOf, command, integer, message_menu, one_of, string};
use syncord::{Bot, Outcome};

#[derive(Clone)]
enum Depth {
    Fathoms,
    Metres,
}

impl OneOf for Depth {
    const ALL: &'static [(&'static str, Self)] = &[("fathoms", Depth::Fathoms), ("metres", Depth::Metres)];
}

fn main() -> Outcome {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn")).init();

    let ports = ["Bergen", "Bremen", "Kiel", "Kiruna", "Oslo"];
    let mut sailed = 0; // declared before the bot that borrows it
    let mut bot = Bot::from_env_or_playground()?;
    bot.command(
        command("sound", "Sounds the depth")
            .option("line", "How much line ran out", integer(1..=6000))
            .option("in", "The unit of it", one_of::<Depth>().optional())
            .run(|cx, line, unit| match unit {
                Some(Depth::Fathoms) => cx.reply(format!("{:.1} metres of water", line as f64 * 1.8288)),
                Some(Depth::Metres) | None => cx.reply(format!("{line} metres of water")),
            }),
    )
    .command(
        command("sail", "Sails to another port")
            .option(
                "to",
                "Which",
                string().suggest(|_, typed| {
                    let typed = typed.to_lowercase();
                    ports.into_iter().filter(move |port| port.to_lowercase().starts_with(&typed))
                }),
            )
            .run(|cx, to| {
                sailed += 1;
                cx.reply(format!("Off to {to}: voyage {sailed}."))
            }),
    )
    .command(message_menu("Log").run(|cx, message| {
        cx.reply_privately(format!("{} wrote {:?}.", message.author.username, message.content))
    }));
    println!("{bot}");
    bot.run()?;

    eprintln!("sailed {sailed} times");
    Ok(())
}
