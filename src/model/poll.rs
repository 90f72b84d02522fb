//! [Polls](https://docs.discord.com/developers/resources/poll).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{Embed, EmbedType, Emoji, List, Timestamp, User};
use crate::json::object;

/// A [poll](https://docs.discord.com/developers/resources/poll#poll-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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

/// The result of a poll that has ended, as the [message about it](https://docs.discord.com/developers/resources/message#embed-fields-by-embed-type-poll-result-embed-fields)
/// has it: see [`Message::poll_result`](super::Message::poll_result).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollResult {
    /// The question.
    pub poll_question_text: String,
    /// The number of all votes.
    pub total_votes: Option<u64>,
    /// The number of votes for each answer with the most votes.
    pub victor_answer_votes: Option<u64>,
    /// The answer with the most votes; `None` if there is none, or several have as many.
    pub victor: Option<PollAnswer>,
}

impl Embed {
    /// Returns the result of a poll, if the embed is one of type `poll_result`.
    pub fn poll_result(&self) -> Option<PollResult> {
        if self.kind.as_ref() != Some(&EmbedType::POLL_RESULT) {
            return None;
        }
        let text = |name: &str| {
            self.fields.iter().find(|field| field.name == name).map(|field| field.value.as_str())
        };
        let emoji = Emoji {
            id: text("victor_answer_emoji_id").and_then(|id| id.parse().ok()),
            name: text("victor_answer_emoji_name").map(str::to_owned),
            animated: text("victor_answer_emoji_animated") == Some("true"),
            ..Emoji::default()
        };
        let victor = text("victor_answer_id").and_then(|id| id.parse().ok()).map(|answer_id| PollAnswer {
            answer_id,
            poll_media: PollMedia {
                text: text("victor_answer_text").map(str::to_owned),
                emoji: Some(emoji).filter(|emoji| emoji.id.is_some() || emoji.name.is_some()),
            },
        });
        let number = |name| text(name).and_then(|number| number.parse().ok());
        Some(PollResult {
            poll_question_text: text("poll_question_text").unwrap_or_default().to_owned(),
            total_votes: number("total_votes"),
            victor_answer_votes: number("victor_answer_votes"),
            victor,
        })
    }
}

/// A page of the [users who voted](https://docs.discord.com/developers/resources/poll#get-answer-voters) for an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use crate::model::{Emoji, Message};

    fn message(fields: &[(&str, &str)], kind: &str) -> Message {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        let message = json!({
            "id": "9", "channel_id": "7", "type": 46, "content": "", "timestamp": "2026-05-02T09:14:37+00:00",
            "author": {"id": "1", "username": "tide"}, "embeds": [{"type": kind, "fields": fields}],
        });
        serde_json::from_value(message).unwrap()
    }

    #[test]
    fn the_result_of_a_poll_is_read_from_its_message() {
        let all = [
            ("poll_question_text", "Which tide?"),
            ("victor_answer_votes", "5"),
            ("total_votes", "8"),
            ("victor_answer_id", "2"),
            ("victor_answer_text", "High"),
            ("victor_answer_emoji_name", "wave"),
            ("victor_answer_emoji_id", "41"),
            ("victor_answer_emoji_animated", "true"),
        ];
        let result = message(&all, "poll_result").poll_result().unwrap();
        assert_eq!(result.poll_question_text, "Which tide?");
        assert_eq!((result.total_votes, result.victor_answer_votes), (Some(8), Some(5)));
        let victor = result.victor.unwrap();
        assert_eq!((victor.answer_id, victor.poll_media.text.as_deref()), (2, Some("High")));
        let wave =
            Emoji { id: Some(41.into()), name: Some("wave".to_owned()), animated: true, ..Emoji::default() };
        assert_eq!(victor.poll_media.emoji, Some(wave));

        let tie = message(&all[..3], "poll_result").poll_result().unwrap();
        assert_eq!((tie.total_votes, tie.victor), (Some(8), None));
        let odd = message(&[("total_votes", "many"), ("victor_answer_id", "")], "poll_result")
            .poll_result()
            .unwrap();
        assert_eq!((odd.total_votes, odd.victor), (None, None));
        assert_eq!(message(&all, "rich").poll_result(), None);
    }
}
