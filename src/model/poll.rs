//! [Polls](https://docs.discord.com/developers/resources/poll).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{Emoji, List, Timestamp, User};
use crate::json::object;

/// A [poll](https://docs.discord.com/developers/resources/poll#poll-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Poll {
    /// The question.
    pub question: PollMedia,
    /// The answers, up to 10.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub answers: List<PollAnswer>,
    /// When the poll ends; `None` if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry: Option<Timestamp>,
    /// Whether a user can select several answers.
    pub allow_multiselect: bool,
    /// The layout.
    pub layout_type: PollLayoutType,
    /// The results. `None` means unknown, not that there are no votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<PollResults>,
}

object! { Poll {
    question, answers, expiry, allow_multiselect, layout_type, results,
} }

/// The [media of a question or answer](https://docs.discord.com/developers/resources/poll#poll-media-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PollMedia {
    /// The text: up to 300 characters in a question, 55 in an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The emoji; only in answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
}

object! { PollMedia {
    text, emoji,
} }

/// An [answer of a poll](https://docs.discord.com/developers/resources/poll#poll-answer-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PollAnswer {
    /// The ID of the answer.
    pub answer_id: u32,
    /// The content of the answer.
    pub poll_media: PollMedia,
}

object! { PollAnswer {
    answer_id, poll_media,
} }

/// The [results of a poll](https://docs.discord.com/developers/resources/poll#poll-results-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct PollResults {
    /// Whether the votes are counted exactly. Before that, the numbers may be inaccurate.
    pub is_finalized: bool,
    /// The number of votes for each answer. Answers without votes may be missing.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub answer_counts: List<PollAnswerCount>,
}

object! { PollResults {
    is_finalized, answer_counts,
} }

/// The [number of votes](https://docs.discord.com/developers/resources/poll#poll-results-object-poll-answer-count-object-structure) for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PollAnswerCount {
    /// The ID of the answer.
    pub id: u32,
    /// The number of votes.
    pub count: u64,
    /// Whether the bot voted for this answer.
    pub me_voted: bool,
}

object! { PollAnswerCount {
    id: required, count, me_voted,
} }

impl PollResults {
    /// Returns the number of votes for an answer.
    pub fn vote_count(&self, answer_id: u32) -> u64 {
        self.answer_counts.iter().find(|answer| answer.id == answer_id).map_or(0, |answer| answer.count)
    }
}

/// A page of the [users who voted](https://docs.discord.com/developers/resources/poll#get-answer-voters) for an answer.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct PollVoters {
    /// The users, sorted by ID.
    pub users: List<User>,
}

object! { PollVoters {
    users,
} }

int_enum! {
    /// The [layout of a poll](https://docs.discord.com/developers/resources/poll#layout-type).
    PollLayoutType {
    DEFAULT = 1,
    }
}
