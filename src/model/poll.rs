//! [Polls](https://docs.discord.com/developers/resources/poll).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{Emoji, List, Timestamp, User};
use crate::json::object;

/// A [poll](https://docs.discord.com/developers/resources/poll#poll-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Poll {
    /// What is asked.
    pub question: PollMedia,
    /// What can be answered.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub answers: List<PollAnswer>,
    /// When it ends; `None` for one that never does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Timestamp>,
    /// Whether one may choose more than one answer.
    pub allow_multiselect: bool,
    /// How it looks.
    pub layout_type: PollLayoutType,
    /// What was answered so far; `None` where Discord did not say, which does not mean that nobody voted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<PollResults>,
}

object! { Poll {
    question: required, answers, expiry, allow_multiselect, layout_type, results,
} }

/// The [question or an answer](https://docs.discord.com/developers/resources/poll#poll-media-object) of a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PollMedia {
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its emoji; questions have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
}

object! { PollMedia {
    text, emoji,
} }

/// One [answer](https://docs.discord.com/developers/resources/poll#poll-answer-object) of a poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PollAnswer {
    /// Its number, by which votes name it.
    pub answer_id: u32,
    /// What it says.
    pub poll_media: PollMedia,
}

object! { PollAnswer {
    answer_id, poll_media: required,
} }

/// The [results](https://docs.discord.com/developers/resources/poll#poll-results-object) of a poll.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct PollResults {
    /// Whether the votes were counted exactly; before that they may be a little wrong.
    pub is_finalized: bool,
    /// The votes of each answer; an answer without votes may be missing.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub answer_counts: List<PollAnswerCount>,
}

object! { PollResults {
    is_finalized, answer_counts,
} }

/// The [votes](https://docs.discord.com/developers/resources/poll#poll-results-object-poll-answer-count-object-structure) for one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PollAnswerCount {
    /// The answer's number.
    pub id: u32,
    /// How many chose it.
    pub count: u64,
    /// Whether the bot did.
    pub me_voted: bool,
}

object! { PollAnswerCount {
    id: required, count, me_voted,
} }

impl PollResults {
    /// How many chose the answer with this number.
    pub fn vote_count(&self, answer_id: u32) -> u64 {
        self.answer_counts.iter().find(|answer| answer.id == answer_id).map_or(0, |answer| answer.count)
    }
}

/// A page of those who [chose an answer](https://docs.discord.com/developers/resources/poll#get-answer-voters).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct PollVoters {
    /// The users, by their ids.
    pub users: List<User>,
}

object! { PollVoters {
    users,
} }

int_enum! {
    /// How a [poll looks](https://docs.discord.com/developers/resources/poll#layout-type).
    PollLayoutType {
    DEFAULT = 1,
    }
}
