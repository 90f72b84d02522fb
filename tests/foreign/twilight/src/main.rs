//! A bot with twilight.

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
    let mut bot = Bot::start()?;
    feature("login", bot.login()).await;
    messages::try_all(&mut bot).await;
    guild::try_all(&mut bot).await;
    moderation::try_all(&mut bot).await;
    commands::try_all(&mut bot).await;
    components::try_all(&mut bot).await;
    upkeep::try_all(&mut bot).await;
    Ok(())
}
