//! Discord's own polls: to start one, to count votes as they come, and to end it.
//!
//! `cargo run --example polls`, then type `/vote`, vote in the web page, and `/close`.

use std::cell::RefCell;
use std::time::Duration;

use syncord::prelude::*;
use syncord::rest::CreatePoll;

fn main() -> syncord::Result {
    let poll: RefCell<Option<(ChannelId, MessageId)>> = RefCell::new(None);
    let mut bot = Bot::from_env_or_playground()?;
    bot.command(command("vote", "Starts a poll").run(|cx| {
        let question = CreatePoll::new("When do we sail?")
            .answer_with("🌅", "At dawn")
            .answer_with("🌇", "At dusk")
            .duration(Duration::from_secs(3600));
        cx.reply(InteractionMessage::new().poll(question))?;
        let message = cx.fetch_reply()?;
        *poll.borrow_mut() = Some((message.channel_id, message.id));
        Ok(())
    }));
    bot.on::<MessagePollVoteAdd>(|cx, vote| {
        cx.send(vote.channel_id, format!("A vote for answer {}.", vote.answer_id))?;
        Ok(())
    });
    bot.command(command("close", "Ends the poll").run(|cx| {
        let (channel, message) = poll.take().ok_or(Refusal::new("There is no poll."))?;
        let ended = cx.rest().end_poll(channel, message)?;
        let results = ended.poll.and_then(|poll| poll.results);
        let dawn = results.map_or(0, |results| results.vote_count(1));
        cx.reply(format!("{dawn} of us sail at dawn."))
    }));
    bot.run()?;
    Ok(())
}
