//! [Polls](https://docs.discord.com/developers/resources/poll).

use serde::{Deserialize, Serialize};

use super::lenient;
use super::open_enum::number;
use super::{Emoji, List, Timestamp, User};

/// A [poll](https://docs.discord.com/developers/resources/poll#poll-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Poll {
    /// What is asked.
    pub question: PollMedia,
    /// What can be answered.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub answers: List<PollAnswer>,
    /// When it ends; `None` for one that never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Timestamp>,
    /// Whether one may choose more than one answer.
    #[serde(default)]
    pub allow_multiselect: bool,
    /// How it looks.
    #[serde(default)]
    pub layout_type: PollLayoutType,
    /// What was answered so far; `None` where Discord did not say, which does not mean that nobody voted.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub results: Option<PollResults>,
}

/// The [question or an answer](https://docs.discord.com/developers/resources/poll#poll-media-object) of a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollMedia {
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its emoji; questions have none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub emoji: Option<Emoji>,
}

/// One [answer](https://docs.discord.com/developers/resources/poll#poll-answer-object) of a poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollAnswer {
    /// Its number, by which votes name it.
    #[serde(default)]
    pub answer_id: u32,
    /// What it says.
    pub poll_media: PollMedia,
}

/// The [results](https://docs.discord.com/developers/resources/poll#poll-results-object) of a poll.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollResults {
    /// Whether the votes were counted exactly; before that they may be a little wrong.
    #[serde(default)]
    pub is_finalized: bool,
    /// The votes of each answer; an answer without votes may be missing.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub answer_counts: List<PollAnswerCount>,
}

/// The [votes](https://docs.discord.com/developers/resources/poll#poll-results-object-poll-answer-count-object-structure) for one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollAnswerCount {
    /// The answer's number.
    pub id: u32,
    /// How many chose it.
    #[serde(default)]
    pub count: u64,
    /// Whether the bot did.
    #[serde(default)]
    pub me_voted: bool,
}

impl PollResults {
    /// How many chose the answer with this number.
    pub fn vote_count(&self, answer_id: u32) -> u64 {
        self.answer_counts.iter().find(|answer| answer.id == answer_id).map_or(0, |answer| answer.count)
    }
}

/// A page of those who [chose an answer](https://docs.discord.com/developers/resources/poll#get-answer-voters).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PollVoters {
    /// The users, by their ids.
    #[serde(default)]
    pub users: List<User>,
}

number! {
    /// How a [poll looks](https://docs.discord.com/developers/resources/poll#layout-type).
    PollLayoutType {
    DEFAULT = 1,
    }
}
