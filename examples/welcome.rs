//! Greets new members, and says goodbye to those who leave. It needs the intent GUILD_MEMBERS.
//!
//! `cargo run --example welcome`, then type `:as ann`, which lets a new person join.

use std::cell::RefCell;
use std::collections::HashMap;

use syncord::prelude::*;

fn main() -> syncord::Result {
    let greetings: RefCell<HashMap<GuildId, ChannelId>> = RefCell::default();
    let mut bot = Bot::from_env_or_playground()?;
    // The channel for Discord's own greetings, or the first one, by guild.
    bot.on::<GuildCreate>(|_, guild| {
        let channel = guild.system_channel_id.or_else(|| guild.channels.first().map(|channel| channel.id));
        if let Some(channel) = channel {
            greetings.borrow_mut().insert(guild.id, channel);
        }
        Ok(())
    });
    bot.on::<GuildMemberAdd>(|cx, member| {
        if let Some(channel) = greetings.borrow().get(&member.guild_id) {
            cx.send(*channel, format!("Welcome aboard, {}!", member.user.mention()))?;
        }
        Ok(())
    });
    bot.on::<GuildMemberRemove>(|cx, gone| {
        if let Some(channel) = greetings.borrow().get(&gone.guild_id) {
            cx.send(*channel, format!("{} has left us.", gone.user.display_name()))?;
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}
