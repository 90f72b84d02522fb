//! [Polls](https://docs.discord.com/developers/resources/poll).

use crate::error::Error;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::{List, Message, PollVoters, User};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::request::Request;
use crate::rest::{Client, Pages, route};

/// Maximum number of voters in a page.
const MAX_VOTERS: u16 = 100;

options! {
    /// Options to get a page of voters: [Get Answer Voters](https://docs.discord.com/developers/resources/poll#get-answer-voters).
    GetAnswerVoters {
        /// Only users after this ID.
        after: UserId,
        /// Maximum number to return, 1-100. Default: 25.
        limit: u16 => number(1..=MAX_VOTERS),
    }
}

impl Client {
    /// Returns a page of users who voted for an answer: [Get Answer Voters](https://docs.discord.com/developers/resources/poll#get-answer-voters).
    ///
    /// `answer` is the answer's [`answer_id`](crate::model::PollAnswer::answer_id).
    pub fn poll_answer_voters(
        &self,
        channel: ChannelId,
        message: MessageId,
        answer: u32,
        options: &GetAnswerVoters,
    ) -> Result<List<User>, Error> {
        let route = route::POLL_ANSWER_VOTERS.at(&[&channel, &message, &answer]).query(options)?;
        self.fetch(route).map(|page: PollVoters| page.users)
    }

    /// Iterates over all users who voted for an answer, page by page. See [`poll_answer_voters`](Client::poll_answer_voters).
    pub fn poll_answer_voters_iter(
        &self,
        channel: ChannelId,
        message: MessageId,
        answer: u32,
    ) -> Pages<User> {
        let (client, mut options) = (self.clone(), GetAnswerVoters::new().limit(MAX_VOTERS));
        Pages::new(move || {
            let voters = client.poll_answer_voters(channel, message, answer, &options)?;
            if let Some(last) = voters.last() {
                options = options.clone().after(last.id);
            }
            Ok(Page::of(voters, MAX_VOTERS.into()))
        })
    }

    /// Ends one of the bot's polls immediately: [End Poll](https://docs.discord.com/developers/resources/poll#end-poll).
    pub fn end_poll(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        // Ending an ended poll changes nothing, so a retry is safe.
        self.read(Request::new(route::END_POLL.at(&[&channel, &message])).repeatable())
    }
}
