//! Timers: a reminder that comes later, and a call in regular periods.
//!
//! `cargo run --example reminder`, then type `/remind after:2s about:"the tide"`, and wait.

use std::cell::Cell;
use std::time::Duration;

use syncord::model::format_duration;
use syncord::prelude::*;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn main() -> syncord::Result {
    let reminders = Cell::new(0_u32);
    let mut bot = Bot::from_env_or_playground()?;
    bot.command(
        command("remind", "Reminds you of something")
            .option("after", "When, such as 90s or 1h 30m", duration(Duration::from_secs(1)..=7 * DAY))
            .option("about", "What you want to remember", string().max_length(200))
            .run(|cx, after, about| {
                let (channel, user) = (cx.channel()?, cx.user().id);
                cx.handle().post_after(after, move |cx| {
                    let text = format!("{} You wanted to remember: {about}", user.mention());
                    let mentions = AllowedMentions::none().user(user);
                    cx.send(channel, CreateMessage::text(text).allowed_mentions(mentions))?;
                    Ok(())
                })?;
                reminders.set(reminders.get() + 1);
                cx.reply_ephemeral(format!("In {}.", format_duration(after)))
            }),
    );
    // `at` takes a time, `cron` (a feature) a pattern such as "0 9 * * MON", `after` a delay from the login.
    bot.every(Duration::from_secs(3600), |_| {
        eprintln!("{} reminders so far", reminders.get());
        Ok(())
    });
    bot.run()?;
    Ok(())
}
