//! The poll of a new message.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::Error;
use crate::model::{PollLayoutType, ReactionEmoji};
use crate::rest::check::{at_field, chars, count, invalid, number};

/// Maximum length of the question, in characters.
const MAX_QUESTION: usize = 300;

/// Maximum number of answers, and maximum length of one in characters.
const MAX_ANSWERS: usize = 10;
const MAX_ANSWER: usize = 55;

/// A poll is open for whole hours, up to 32 days.
const HOUR: u64 = 60 * 60;
const HOURS: RangeInclusive<u64> = 1..=32 * 24;

/// A poll of a new message: [Poll Create Request](https://docs.discord.com/developers/resources/poll#poll-create-request-object).
///
/// ```
/// use std::time::Duration;
/// use syncord::rest::{CreateMessage, CreatePoll};
///
/// let poll = CreatePoll::new("Which tide?")
///     .answer("High")
///     .answer_with("🌊", "Low")
///     .duration(Duration::from_secs(2 * 60 * 60))
///     .allow_multiselect(true);
/// assert!(CreateMessage::new().poll(poll).check().is_ok());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct CreatePoll {
    question: String,
    answers: Vec<Answer>,
    duration: Option<Duration>,
    allow_multiselect: bool,
    layout_type: Option<PollLayoutType>,
}

#[derive(Clone, Debug)]
struct Answer {
    text: String,
    emoji: Option<ReactionEmoji>,
}

impl CreatePoll {
    /// Creates a poll with this question of 1 to 300 characters.
    pub fn new(question: impl Into<String>) -> CreatePoll {
        CreatePoll {
            question: question.into(),
            answers: Vec::new(),
            duration: None,
            allow_multiselect: false,
            layout_type: None,
        }
    }

    /// Adds an answer of 1 to 55 characters. A poll has 1 to 10 answers.
    pub fn answer(mut self, text: impl Into<String>) -> CreatePoll {
        self.answers.push(Answer { text: text.into(), emoji: None });
        self
    }

    /// Adds an answer with an emoji.
    pub fn answer_with(mut self, emoji: impl Into<ReactionEmoji>, text: impl Into<String>) -> CreatePoll {
        self.answers.push(Answer { text: text.into(), emoji: Some(emoji.into()) });
        self
    }

    /// Sets how long the poll is open: whole hours, up to 32 days. Default: 24 hours.
    pub fn duration(mut self, duration: Duration) -> CreatePoll {
        self.duration = Some(duration);
        self
    }

    /// Sets whether a user may choose more than one answer.
    pub fn allow_multiselect(mut self, allow: bool) -> CreatePoll {
        self.allow_multiselect = allow;
        self
    }

    /// Sets the layout.
    pub fn layout_type(mut self, layout: PollLayoutType) -> CreatePoll {
        self.layout_type = Some(layout);
        self
    }

    /// Checks Discord's limits. Sending a message with the poll does the same.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] names the field and its limit.
    pub fn check(&self) -> Result<(), Error> {
        at_field(chars(1..=MAX_QUESTION)(&self.question), || "question.text".to_owned())?;
        at_field(count(1..=MAX_ANSWERS)(&self.answers), || "answers".to_owned())?;
        for (place, answer) in self.answers.iter().enumerate() {
            at_field(chars(1..=MAX_ANSWER)(&answer.text), || format!("answers[{place}].poll_media.text"))?;
        }
        match self.duration {
            Some(duration) if duration.as_secs() % HOUR != 0 || duration.subsec_nanos() != 0 => {
                invalid("duration", format!("whole hours, and this is {duration:?}"))
            }
            Some(duration) => at_field(number(HOURS)(&(duration.as_secs() / HOUR)), || "duration".to_owned()),
            None => Ok(()),
        }
    }
}

impl Serialize for CreatePoll {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("question", &Media { text: &self.question, emoji: None })?;
        map.serialize_entry("answers", &self.answers)?;
        if let Some(duration) = self.duration {
            map.serialize_entry("duration", &(duration.as_secs() / HOUR))?;
        }
        map.serialize_entry("allow_multiselect", &self.allow_multiselect)?;
        if let Some(layout) = self.layout_type {
            map.serialize_entry("layout_type", &layout)?;
        }
        map.end()
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let media = Media { text: &self.text, emoji: self.emoji.as_ref().map(Emoji) };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("poll_media", &media)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Media<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    emoji: Option<Emoji<'a>>,
}

/// Discord takes the ID of a custom emoji or the name of a Unicode emoji, not both.
struct Emoji<'a>(&'a ReactionEmoji);

impl Serialize for Emoji<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0 {
            ReactionEmoji::Unicode(emoji) => map.serialize_entry("name", emoji)?,
            ReactionEmoji::Custom { id, .. } => map.serialize_entry("id", id)?,
        }
        map.end()
    }
}
