//! Commands of the context menu: of a message and of a user, under "Apps" in Discord's client.
//!
//! `cargo run --example context_menus`, then type a message and `:menu Quote`, or `:menu Portrait @you`.

use syncord::model::markdown;
use syncord::prelude::*;

fn main() -> syncord::Result {
    let mut bot = Bot::from_env_or_playground()?;
    // A context menu command has no options and no description: its argument is what it was used on.
    bot.command(message_command("Quote").run(|cx, message| {
        let quote = markdown::quote(&message.content);
        cx.reply(format!("{quote}\n— {}", message.author_name()))
    }));
    bot.command(user_command("Portrait").run(|cx, user| {
        let picture = user.display_avatar_url().size(256).to_string();
        cx.reply_ephemeral(Embed::new().title(user.display_name()).image(picture))
    }));
    // A message, so that there is something to quote.
    bot.on_message(|cx, message| {
        if message.content == "hello" {
            cx.reply(message, "Fair winds!")?;
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}
