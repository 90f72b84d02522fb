//! Interactions over HTTP: commands without a gateway connection.
//!
//! `cargo run --example http_interactions --features http-interactions`, then type `/ping`, and `[Again]` to click the button.
//! Another address: `ADDRESS`.

use std::env;

use syncord::model::WebhookEventData;
use syncord::prelude::*;

const AGAIN: CustomId<()> = CustomId::new("again");

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("warn");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut bot = Bot::from_env_or_playground()?;
    bot.command(command("ping", "Responds with pong").run(|cx| {
        let again = ActionRow::new([Button::secondary(AGAIN.with()?, "Again")]);
        cx.reply(InteractionMessage::text("pong").component(again))
    }));
    bot.component(AGAIN.run(|cx| cx.reply_ephemeral("pong again")));
    bot.on_webhook_event(|_, payload| {
        let data = payload.event.as_ref().and_then(|event| event.data.as_ref());
        if let Some(WebhookEventData::ApplicationAuthorized(authorized)) = data {
            eprintln!("{} has added the app", authorized.user.username);
        }
        Ok(())
    });
    // With the real Discord, a reverse proxy with TLS is in front of it.
    bot.interactions_over_http(env::var("ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned()));
    bot.run()?;
    Ok(())
}
