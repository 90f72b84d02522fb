//! The connection: presence, resumes and rate limits.

use serde_json::json;
use serenity::all::{ActivityData, Event, OnlineStatus};

use crate::bot::Bot;
use crate::talk::{Absent, Outcome, feature, person};

pub async fn try_all(bot: &mut Bot) {
    feature("presence", presence(bot)).await;
    feature("resume", resume(bot)).await;
    feature("reconnect on request", reconnect(bot)).await;
    // The library leaves it to the proxy.
    feature("rate limit", async { Err(Absent.into()) }).await;
    // The library compresses single messages only, which is up to Discord.
    feature("compression", async { Err(Absent.into()) }).await;
}

async fn presence(bot: &mut Bot) -> Outcome {
    bot.context.set_presence(Some(ActivityData::playing("with ropes")), OnlineStatus::Idle);
    Ok(())
}

async fn resume(bot: &mut Bot) -> Outcome {
    bot.forget();
    person(&json!({"does": "drops connections"}));
    person(&json!({"does": "says", "text": "missed"}));
    let (mut resumed, mut missed) = (false, false);
    while !(resumed && missed) {
        bot.wait(|event| {
            resumed |= matches!(event, Event::Resumed(_));
            missed |= matches!(event, Event::MessageCreate(created) if created.message.content == "missed");
            Some(())
        })
        .await?;
    }
    person(&json!({"does": "resumes"}));
    Ok(())
}

async fn reconnect(bot: &mut Bot) -> Outcome {
    let resumed = |event: &Event| matches!(event, Event::Resumed(_)).then_some(());
    bot.after(json!({"does": "asks to reconnect"}), resumed).await
}
