//! A bot with serenity.

mod bot;
mod commands;
mod components;
mod guild;
mod messages;
mod moderation;
#[path = "../../talk.rs"]
mod talk;
mod upkeep;

use self::bot::Bot;
use self::talk::feature;

#[tokio::main(flavor = "current_thread")]
async fn main() -> talk::Outcome {
    let mut starting = bot::Starting::new().await?;
    feature("login", starting.login()).await;
    let mut bot: Bot = starting.bot.ok_or("the bot did not log in")?;
    messages::try_all(&mut bot).await;
    guild::try_all(&mut bot).await;
    moderation::try_all(&mut bot).await;
    commands::try_all(&mut bot).await;
    components::try_all(&mut bot).await;
    upkeep::try_all(&mut bot).await;
    Ok(())
}
