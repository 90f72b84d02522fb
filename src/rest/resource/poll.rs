//! [Polls](https://docs.discord.com/developers/resources/poll).

use crate::error::Error;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::{List, Message, PollVoters, User};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::request::Request;
use crate::rest::{Client, Pages, route};

/// The largest page of voters.
const MAX_VOTERS: u16 = 100;

options! {
    /// Which voters are wanted: [Get Answer Voters](https://docs.discord.com/developers/resources/poll#get-answer-voters).
    GetAnswerVoters {
        /// Only those with a greater id.
        after: UserId,
        /// At most so many: 1 to 100 (25).
        limit: u16 => number(1..=MAX_VOTERS),
    }
}

impl Client {
    /// A page of those who chose an answer: [Get Answer Voters](https://docs.discord.com/developers/resources/poll#get-answer-voters).
    ///
    /// The answer is named by its [`answer_id`](crate::model::PollAnswer::answer_id).
    pub fn poll_answer_voters(
        &self,
        channel: ChannelId,
        message: MessageId,
        answer: u32,
        which: &GetAnswerVoters,
    ) -> Result<List<User>, Error> {
        let route = route::POLL_ANSWER_VOTERS.at(&[&channel, &message, &answer]).query(which)?;
        self.fetch(route).map(|page: PollVoters| page.users)
    }

    /// All who chose an answer, fetched by the page. See [`poll_answer_voters`](Client::poll_answer_voters).
    pub fn poll_answer_voters_iter(
        &self,
        channel: ChannelId,
        message: MessageId,
        answer: u32,
    ) -> Pages<User> {
        let (client, mut which) = (self.clone(), GetAnswerVoters::new().limit(MAX_VOTERS));
        Pages::new(move || {
            let voters = client.poll_answer_voters(channel, message, answer, &which)?;
            if let Some(last) = voters.last() {
                which = which.clone().after(last.id);
            }
            Ok(Page::of(voters, MAX_VOTERS.into()))
        })
    }

    /// Ends a poll of the bot's now: [End Poll](https://docs.discord.com/developers/resources/poll#end-poll).
    pub fn end_poll(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        // What has ended cannot end once more.
        self.read(Request::new(route::END_POLL.at(&[&channel, &message])).repeatable())
    }
}
