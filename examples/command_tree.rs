//! A bot of two features, each a tree of its own: groups with permissions and checks, and events.
//!
//! `cargo run --example command_tree` runs it in a simulated Discord, and first draws it.
//! `cargo run --example command_tree -- --plan` says what would be registered, and registers nothing.

use std::time::Duration;

use syncord::events::MessageCreate;
use syncord::model::{Permissions, User};
use syncord::tree::{
    CommandContext, Tree, command, cooldown, group, guild_only, has_permissions, integer, on, user,
};
use syncord::{Bot, Outcome};

fn moderation() -> Tree<'static> {
    Tree::new("moderation").add(
        group("crew", "Keeps order on board")
            .permissions(Permissions::MODERATE_MEMBERS)
            .check(guild_only())
            .check(has_permissions(Permissions::MODERATE_MEMBERS))
            .add(command("warn", "Warns somebody").option("who", "Whom", user()).run(warn))
            .add(
                group("watch", "Who is on watch")
                    .add(command("who", "Says it").run(|cx| cx.reply("Nobody."))),
            ),
    )
}

fn warn(cx: &CommandContext, who: User) -> Outcome {
    cx.reply(format!("{}: this is a warning.", who.username))
}

fn bells<'a>(heard: &'a mut u64) -> Tree<'a> {
    Tree::new("bells")
        .add(
            command("ring", "Rings the bell")
                .option("times", "How often", integer(1..=8).optional())
                .check(cooldown(3, Duration::from_secs(10)).by_channel())
                .run(|cx, times| cx.reply("Ding! ".repeat(times.unwrap_or(1).unsigned_abs() as usize))),
        )
        .add(on::<MessageCreate>(|_, message| {
            *heard += u64::from(!message.author.bot);
            Ok(())
        }))
}

fn main() -> Outcome {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn")).init();

    let mut heard = 0;
    let mut bot = Bot::from_env_or_playground()?;
    bot.mount(moderation()).mount(bells(&mut heard));
    if std::env::args().any(|argument| argument == "--plan") {
        println!("{}", bot.plan_commands()?);
        return Ok(());
    }
    println!("{bot}");
    bot.run()?;

    eprintln!("heard {heard} messages");
    Ok(())
}
