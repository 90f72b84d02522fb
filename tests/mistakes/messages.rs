//! Messages that Discord would refuse.

use syncord::sim::Discord;
use syncord::{Error, Result};

use crate::assert_says;

/// What replying with this text ends with, when nothing of it was sent.
fn refused(text: &str) -> String {
    let discord = Discord::start().unwrap();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    let mut told = None;
    let mut bot = discord.bot();
    bot.on_message(|cx, message| -> Result {
        let replied = cx.reply(message, text).map(drop);
        let sent = cx.send(message.channel_id, text).map(drop);
        told = Some([replied, sent]);
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
    let [replied, sent] = told.unwrap().map(Result::unwrap_err);
    assert!(matches!(&replied, Error::Input { field, .. } if field == "content"), "{replied}");
    assert_eq!(replied.to_string(), sent.to_string());
    replied.to_string()
}

#[test]
fn a_message_that_is_too_long_is_refused_with_the_limit_and_its_length() {
    // The limit is in characters: this one has twice as many bytes.
    assert_says(&refused(&"ü".repeat(2001)), &["2000", "2001", "nothing was sent"]);
}

#[test]
fn an_empty_message_is_refused() {
    assert_says(&refused(""), &["content", "empty", "nothing was sent"]);
}
