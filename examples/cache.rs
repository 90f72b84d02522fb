//! A message log: shows what was edited and deleted. Discord does not send the old text, so the bot keeps messages.
//!
//! Without a token it runs in a simulated Discord: `cargo run --example cache`.

use syncord::events::{MessageDelete, MessageDeleteBulk, MessageUpdate};
use syncord::model::{Message, escape_markdown};
use syncord::tree::command;
use syncord::{Bot, Cache, Result};

fn main() -> Result {
    env_logger::init();
    let mut bot = Bot::from_env_or_playground()?;
    // The newest 200 messages of each channel, in at most 32 MiB. The bot asks for the intents that this needs.
    bot.cache(Cache::new().guilds().messages(200).limit_bytes(32 << 20));

    bot.on::<MessageUpdate>(|cx, edited| {
        // `None` if the message is older than what is kept. Discord also sends updates without a new text, as for previews of links.
        let before =
            cx.before(edited).filter(|before| !before.author.bot && before.content != edited.content);
        if let Some(before) = before {
            cx.reply(edited, format!("Edited. It was: {}", quote(&before)))?;
        }
        Ok(())
    });

    bot.on::<MessageDelete>(|cx, deleted| {
        if let Some(before) = cx.before(deleted).filter(|before| !before.author.bot) {
            cx.send(deleted.channel_id, format!("Deleted: {}", quote(&before)))?;
        }
        Ok(())
    });

    bot.on::<MessageDeleteBulk>(|cx, deleted| {
        let known = cx.before(deleted).unwrap_or_default();
        cx.send(
            deleted.channel_id,
            format!("{} messages deleted, {} of them known", deleted.ids.len(), known.len()),
        )?;
        Ok(())
    });

    bot.command(command("log", "Shows what the log knows").run(|cx| {
        let health = cx.cache().health();
        let name =
            cx.cache().guild(cx.guild()?.id).map_or("this server".to_owned(), |guild| guild.name.clone());
        cx.reply(format!("{name}: {} messages in {} KiB", health.messages, health.bytes / 1024))
    }));

    bot.run()?;
    Ok(())
}

/// Who said what.
fn quote(message: &Message) -> String {
    format!("{}: {}", message.author_name(), escape_markdown(&message.content))
}
