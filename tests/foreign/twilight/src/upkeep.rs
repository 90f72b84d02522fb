//! The connection: presence, resumes, rate limits and compression.

use std::time::{Duration, Instant};

use serde_json::json;
use twilight_gateway::Event;
use twilight_model::gateway::payload::outgoing::UpdatePresence;
use twilight_model::gateway::presence::{ActivityType, MinimalActivity, Status};

use crate::bot::Bot;
use crate::talk::{Outcome, check, feature, person};

pub async fn try_all(bot: &mut Bot) {
    feature("presence", presence(bot)).await;
    feature("resume", resume(bot)).await;
    feature("reconnect on request", reconnect(bot)).await;
    feature("rate limit", rate_limit(bot)).await;
    feature("compression", compression()).await;
}

async fn presence(bot: &mut Bot) -> Outcome {
    let game = MinimalActivity { kind: ActivityType::Playing, name: "with ropes".into(), url: None };
    bot.gateway.command(&UpdatePresence::new([game.into()], false, None, Status::Idle)?)?;
    Ok(())
}

async fn resume(bot: &mut Bot) -> Outcome {
    bot.forget();
    person(&json!({"does": "drops connections"}));
    person(&json!({"does": "says", "text": "missed"}));
    let (mut resumed, mut missed) = (false, false);
    while !(resumed && missed) {
        bot.wait(|event| {
            resumed |= matches!(event, Event::Resumed);
            missed |= matches!(event, Event::MessageCreate(message) if message.content == "missed");
            Some(())
        })
        .await?;
    }
    person(&json!({"does": "resumes"}));
    Ok(())
}

async fn reconnect(bot: &mut Bot) -> Outcome {
    let resumed = |event: &Event| matches!(event, Event::Resumed).then_some(());
    bot.after(json!({"does": "asks to reconnect"}), resumed).await
}

async fn rate_limit(bot: &mut Bot) -> Outcome {
    let route = "POST /channels/{channel_id}/messages";
    person(&json!({"does": "limits", "route": route, "limit": 2}));
    tokio::time::sleep(Duration::from_millis(200)).await;
    let channel = bot.http.create_guild_channel(bot.guild, "busy").await?.model().await?.id;
    let start = Instant::now();
    for number in 0..7 {
        bot.http.create_message(channel).content(&number.to_string()).await?;
    }
    check(start.elapsed() > Duration::from_millis(1500), start.elapsed())?;
    person(&json!({"does": "has no 429"}));
    person(&json!({"does": "limits", "route": route, "limit": 1000}));
    Ok(())
}

async fn compression() -> Outcome {
    person(&json!({"does": "has compressed connections"}));
    Ok(())
}
