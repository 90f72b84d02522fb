//! Messages that Discord would refuse.

use syncord::sim::Discord;
use syncord::{Error, Result};

use crate::assert_contains;

/// The error of a reply with this text; nothing is sent.
fn refusal(text: &str) -> String {
    let discord = Discord::start().unwrap();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let mut results = None;
    let mut bot = discord.bot();
    bot.on_message(|cx, message| -> Result {
        let replied = cx.reply(message, text).map(drop);
        let sent = cx.send(message.channel_id, text).map(drop);
        results = Some([replied, sent]);
        cx.stop();
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "hello");
        discord.wait_until("the bot to stop", |discord| discord.live_sessions() == 0)?;
        Ok(())
    })
    .unwrap();
    let posts = discord.requests().into_iter().filter(|request| request.method == "POST").count();
    assert_eq!(posts, 0, "something was sent");
    let [replied, sent] = results.unwrap().map(Result::unwrap_err);
    assert!(matches!(&replied, Error::Invalid { field, .. } if field == "content"), "{replied}");
    assert_eq!(replied.to_string(), sent.to_string());
    replied.to_string()
}

#[test]
fn a_too_long_message_is_refused_with_the_limit_and_its_length() {
    // The limit is in characters: this one has twice as many bytes.
    assert_contains(&refusal(&"ü".repeat(2001)), &["2000", "2001", "nothing was sent"]);
}

#[test]
fn an_empty_message_is_refusal() {
    assert_contains(&refusal(""), &["content", "empty", "nothing was sent"]);
}
