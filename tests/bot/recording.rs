//! Recording a session never stops the bot.

use syncord::Error;
use syncord::sim::Discord;

#[cfg(target_os = "linux")]
use crate::logged;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_recording_and_not_the_bot() {
    let ((), _) = logged::during(|| {
        let discord = Discord::start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        let mut bot = discord.bot();
        bot.record("/dev/full");
        bot.on_message(|cx, message| {
            if !message.author.bot {
                cx.reply(message, "pong")?;
            }
            Ok(())
        });
        bot.during(|| {
            for _ in 0..3 {
                ann.says(&general, "ping");
                assert_eq!(general.next_message()?.content, "pong");
            }
            Ok(())
        })
        .unwrap();
    });
    assert!(logged::has("WARN the recording /dev/full ends here, because it cannot be written"));
}

#[test]
fn a_recording_that_cannot_be_created_is_an_error_at_the_start() {
    let discord = Discord::start().unwrap();
    let mut bot = discord.bot();
    bot.record(std::env::temp_dir().join("no-such-folder").join("session.jsonl"));
    bot.on_ready(|_, _| Ok(()));
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error}");
    let text = error.to_string();
    assert!(text.contains("no-such-folder") && text.contains("bot.record(..)"), "{text}");
}
