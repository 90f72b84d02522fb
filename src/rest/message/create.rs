use std::borrow::Cow;

use serde::Serialize;

use super::super::options::Options;
use super::AllowedMentions;

use crate::error::Error;
use crate::id::MessageId;

/// The longest text of a message, in characters.
const MAX_CONTENT: usize = 2000;

/// The longest nonce, in characters.
const MAX_NONCE: usize = 25;

/// A message to be sent: [Create Message](https://docs.discord.com/developers/resources/message#create-message).
///
/// ```
/// use syncord::id::MessageId;
/// use syncord::rest::CreateMessage;
///
/// let plain: CreateMessage = "aye".into();
/// let reply = CreateMessage::new("aye").reply_to(MessageId::new(1500062951300792337));
/// assert!(plain.check().is_ok() && reply.check().is_ok());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct CreateMessage {
    content: String,
    tts: bool,
    reply_to: Option<MessageId>,
    allowed_mentions: AllowedMentions,
    nonce: Option<String>,
}

impl CreateMessage {
    /// A message with this text.
    pub fn new(content: impl Into<String>) -> CreateMessage {
        CreateMessage { content: content.into(), ..CreateMessage::default() }
    }

    /// Sets the text: 1 to 2000 characters, not only white space.
    pub fn content(mut self, content: impl Into<String>) -> CreateMessage {
        self.content = content.into();
        self
    }

    /// Has it read aloud.
    pub fn tts(mut self, tts: bool) -> CreateMessage {
        self.tts = tts;
        self
    }

    /// Makes it a reply to a message of the same channel; if that is gone, it is sent all the same.
    pub fn reply_to(mut self, message: MessageId) -> CreateMessage {
        self.reply_to = Some(message);
        self
    }

    /// Sets whom it may notify.
    pub fn allowed_mentions(mut self, allowed: AllowedMentions) -> CreateMessage {
        self.allowed_mentions = allowed;
        self
    }

    /// Sets what Discord knows it by (at most 25 characters): for some minutes, sending another message
    /// with the same nonce sends nothing and gives this one. By default each call makes its own.
    pub fn nonce(mut self, nonce: impl Into<String>) -> CreateMessage {
        self.nonce = Some(nonce.into());
        self
    }

    /// Whether Discord's limits are kept. Sending checks it too.
    ///
    /// # Errors
    ///
    /// [`Error::Input`], with the field and its limit.
    pub fn check(&self) -> Result<(), Error> {
        if self.content.trim().is_empty() {
            return Err(Error::input(
                "content",
                "is empty: a message needs text that is not only white space",
            ));
        }
        // No text has more characters than bytes.
        if self.content.len() > MAX_CONTENT {
            let count = self.content.chars().count();
            if count > MAX_CONTENT {
                let problem = format!("at most {MAX_CONTENT} characters, and this has {count}");
                return Err(Error::input("content", problem));
            }
        }
        if let Some(nonce) = &self.nonce {
            let count = nonce.chars().count();
            if !(1..=MAX_NONCE).contains(&count) {
                let problem = format!("1 to {MAX_NONCE} characters, and this has {count}");
                return Err(Error::input("nonce", problem));
            }
        }
        self.allowed_mentions.check()
    }

    /// What is sent, with a nonce.
    pub(super) fn body(&self) -> Body<'_> {
        Body {
            message: self,
            content: &self.content,
            tts: self.tts,
            message_reference: self
                .reply_to
                .map(|message_id| Reference { message_id, fail_if_not_exists: false }),
            allowed_mentions: &self.allowed_mentions,
            nonce: match &self.nonce {
                Some(nonce) => nonce.into(),
                None => fastrand::u64(..).to_string().into(),
            },
            enforce_nonce: true,
        }
    }
}

impl From<&str> for CreateMessage {
    fn from(content: &str) -> Self {
        CreateMessage::new(content)
    }
}

impl From<String> for CreateMessage {
    fn from(content: String) -> Self {
        CreateMessage::new(content)
    }
}

impl From<&String> for CreateMessage {
    fn from(content: &String) -> Self {
        CreateMessage::new(content)
    }
}

#[derive(Serialize)]
pub(super) struct Body<'a> {
    #[serde(skip)]
    message: &'a CreateMessage,
    content: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    tts: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_reference: Option<Reference>,
    allowed_mentions: &'a AllowedMentions,
    nonce: Cow<'a, str>,
    enforce_nonce: bool,
}

impl Options for Body<'_> {
    fn check(&self) -> Result<(), Error> {
        self.message.check()
    }
}

#[derive(Serialize)]
struct Reference {
    message_id: MessageId,
    fail_if_not_exists: bool,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::CreateMessage;
    use crate::id::MessageId;

    #[test]
    fn the_text_has_from_one_to_two_thousand_characters() {
        for content in ["x", &"é".repeat(2000), " x "] {
            assert!(CreateMessage::new(content).check().is_ok(), "{}", content.len());
        }
        let problem = CreateMessage::new("é".repeat(2001)).check().unwrap_err().to_string();
        assert_eq!(problem, "content: at most 2000 characters, and this has 2001 (nothing was sent)");
        for content in ["", " \n\t\u{2003}"] {
            let problem = CreateMessage::from(content).check().unwrap_err().to_string();
            assert!(problem.starts_with("content: ") && problem.contains("white space"), "{problem}");
        }
    }

    #[test]
    fn each_body_has_a_nonce_of_its_own_unless_one_is_given() {
        let message = CreateMessage::new("x");
        let nonce = message.body().nonce;
        assert!((1..=20).contains(&nonce.len()));
        assert_ne!(nonce, message.body().nonce);
        assert_eq!(message.clone().nonce("mine").body().nonce, "mine");
        assert!(message.clone().nonce("x".repeat(26)).check().is_err());
        assert!(message.nonce("").check().is_err());
    }

    #[test]
    fn the_body_is_what_discord_documents() {
        let message = CreateMessage::new("a \"b\"").tts(true).reply_to(MessageId::new(7)).nonce("n");
        assert_eq!(
            serde_json::to_string(&message.body()).unwrap(),
            r#"{"content":"a \"b\"","tts":true,"message_reference":{"message_id":"7","fail_if_not_exists":false},"allowed_mentions":{"parse":[],"replied_user":true},"nonce":"n","enforce_nonce":true}"#
        );
    }
}
