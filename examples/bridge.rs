//! A webhook that posts with the name and the picture of each author: what is said in one channel appears in another.
//!
//! `cargo run --example bridge`, then type a message, and `:channel mirror`. On the real Discord, the bot needs the
//! permissions Manage Webhooks and Manage Channels.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use syncord::prelude::*;
use syncord::rest::{CreateGuildChannel, CreateWebhook};

/// The webhook of a guild's channel `mirror`. The channel is created if there is none.
fn webhook(rest: &Client, guild: GuildId) -> syncord::Result<WebhookClient> {
    let channels = rest.guild_channels(guild)?;
    let channel = match channels.iter().find(|channel| channel.name.as_deref() == Some("mirror")) {
        Some(channel) => channel.id,
        None => rest.create_guild_channel(guild, &CreateGuildChannel::new("mirror"))?.id,
    };
    let webhook = rest.create_webhook(channel, &CreateWebhook::new("Mirror"))?;
    let token = webhook.token.ok_or("a new webhook has a token")?;
    Ok(rest.as_webhook(webhook.id, &token))
}

fn main() -> syncord::Result {
    let mut webhooks: HashMap<GuildId, WebhookClient> = HashMap::new();
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_message(|cx, message| {
        let Some(guild) = message.guild_id else { return Ok(()) };
        // What webhooks post arrives here, too. Without this the bot would repeat itself without end.
        if message.webhook_id.is_some() || message.author.bot {
            return Ok(());
        }
        let webhook = match webhooks.entry(guild) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(webhook(cx.rest(), guild)?),
        };
        let post = ExecuteWebhook::text(&message.content)
            .username(message.author_name())
            .avatar_url(message.author.display_avatar_url().to_string());
        let posted = webhook.execute(post)?;
        println!("posted for {} in channel {}", message.author_name(), posted.channel_id.mention());
        Ok(())
    });
    bot.run()?;
    Ok(())
}
