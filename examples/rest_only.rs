//! Posts an image through a webhook: without a bot, a gateway or a token.
//!
//! `cargo run --example rest_only` does it in a simulated Discord.
//! `DISCORD_WEBHOOK_URL=https://discord.com/api/webhooks/... cargo run --example rest_only` does it for real.

use std::env;

use syncord::prelude::*;
use syncord::rest::CreateWebhook;
use syncord::sim::Discord;

fn main() -> syncord::Result {
    let discord = Discord::start()?; // used only if no URL is given
    let url = match env::var("DISCORD_WEBHOOK_URL") {
        Ok(url) => url,
        Err(_) => simulated_url(&discord)?,
    };

    let webhook = WebhookClient::from_url(&url)?;
    let image = Upload::path(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/tide.png"));
    let embed = Embed::new()
        .title("Today's tide")
        .image("attachment://tide.png")
        .color(Color::from_rgb(0x34, 0x76, 0xb0));
    let report = ExecuteWebhook::text("High water at noon.")
        .username("Harbour")
        .embed(embed)
        .file(image.description("A wave"));
    let message = webhook.execute(report)?;
    println!("posted message {} with {} file(s)", message.id, message.attachments.len());

    webhook.edit_message(message.id, "High water at one.")?;
    println!("edited it");
    Ok(())
}

/// The URL of a new webhook in the simulated Discord.
fn simulated_url(discord: &Discord) -> syncord::Result<String> {
    println!("no DISCORD_WEBHOOK_URL: posting into a simulated Discord");
    let client =
        Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    let webhook = client.create_webhook(discord.channel("general").id(), &CreateWebhook::new("Harbour"))?;
    let token = webhook.token.ok_or("a new webhook has a token")?;
    Ok(format!("{}/webhooks/{}/{}", discord.api_url(), webhook.id, &*token))
}
