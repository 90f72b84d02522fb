use std::borrow::Borrow;

use serde::ser::SerializeMap;

use super::check_username;
use crate::error::Error;
use crate::id::TagId;
use crate::model::limits::{MAX_APPLIED_TAGS, MAX_CHANNEL_NAME, MAX_URL};
use crate::rest::check::{at_field, chars, count, invalid};
use crate::rest::message::body::Body;
use crate::rest::message::setters::setters;

/// A message to send with a webhook: [Execute Webhook](https://docs.discord.com/developers/resources/webhook#execute-webhook).
///
/// ```
/// use syncord::model::Embed;
/// use syncord::rest::ExecuteWebhook;
///
/// let plain: ExecuteWebhook = "The tide is in.".into();
/// let styled = ExecuteWebhook::new().username("Harbour").embed(Embed::new().title("The tide is in"));
/// assert!(plain.check().is_ok() && styled.check().is_ok());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ExecuteWebhook {
    pub(in crate::rest) body: Body,
    username: Option<String>,
    avatar_url: Option<String>,
    thread_name: Option<String>,
    applied_tags: Vec<TagId>,
}

setters! {
    ExecuteWebhook: content tts embeds components poll files allowed_mentions suppress_embeds
        suppress_notifications;
    and Self::check_fields;
    with Self::write_fields
}

impl ExecuteWebhook {
    /// Creates an empty message.
    pub fn new() -> ExecuteWebhook {
        ExecuteWebhook::default()
    }

    /// Creates a message with text content.
    pub fn text(content: impl Into<String>) -> ExecuteWebhook {
        ExecuteWebhook { body: Body::text(content), ..ExecuteWebhook::default() }
    }

    /// Sets the username of the message, 1-80 characters.
    pub fn username(mut self, name: impl Into<String>) -> ExecuteWebhook {
        self.username = Some(name.into());
        self
    }

    /// Sets the avatar URL of the message.
    pub fn avatar_url(mut self, url: impl Into<String>) -> ExecuteWebhook {
        self.avatar_url = Some(url.into());
        self
    }

    /// Starts a thread with this name in a forum or media channel, maximum 100 characters.
    pub fn thread_name(mut self, name: impl Into<String>) -> ExecuteWebhook {
        self.thread_name = Some(name.into());
        self
    }

    /// Sets the tags of the new thread, maximum 5.
    pub fn applied_tags(mut self, tags: impl IntoIterator<Item: Borrow<TagId>>) -> ExecuteWebhook {
        self.applied_tags = tags.into_iter().map(|tag| *tag.borrow()).collect();
        self
    }

    pub(super) fn starts_thread(&self) -> bool {
        self.thread_name.is_some()
    }

    fn check_fields(&self) -> Result<(), Error> {
        if let Some(name) = &self.username {
            check_username(name)?;
        }
        if let Some(url) = &self.avatar_url {
            at_field(chars(1..=MAX_URL)(url), || "avatar_url".to_owned())?;
        }
        if let Some(name) = &self.thread_name {
            at_field(chars(1..=MAX_CHANNEL_NAME)(name), || "thread_name".to_owned())?;
        } else if !self.applied_tags.is_empty() {
            return invalid("applied_tags", "only a new thread can have tags: set thread_name");
        }
        at_field(count(0..=MAX_APPLIED_TAGS)(&self.applied_tags), || "applied_tags".to_owned())
    }

    fn write_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for (name, value) in [
            ("username", &self.username),
            ("avatar_url", &self.avatar_url),
            ("thread_name", &self.thread_name),
        ] {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        if !self.applied_tags.is_empty() {
            map.serialize_entry("applied_tags", &self.applied_tags)?;
        }
        Ok(())
    }
}
