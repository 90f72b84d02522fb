//! Checks Discord's limits on a message before it is sent.

use super::attachment::Voice;
use super::body::{Body, Purpose};
use super::{components, embed, references};
use crate::error::Error;
use crate::model::limits::MAX_MESSAGE_CONTENT;
use crate::model::{MessageFlags, MessageReferenceType, SharedClientTheme};
use crate::rest::check::{at_field, chars, count, elements, invalid, number};
use crate::rest::upload::Upload;

/// Maximum number of stickers of a message.
const MAX_STICKERS: usize = 3;

/// Maximum number of files and kept attachments of a message.
const MAX_FILES: usize = 10;

/// Maximum number of colors of a theme.
const MAX_COLORS: usize = 5;

impl Body {
    pub(in crate::rest) fn check(&self) -> Result<(), Error> {
        if let Some(content) = self.content.value() {
            at_field(chars(0..=MAX_MESSAGE_CONTENT)(content), || "content".to_owned())?;
        }
        if self.purpose == Purpose::New {
            self.check_not_empty()?;
        }
        // Before the combination: a button outside a row is a mistake of its own, and no wish for components V2.
        if let Some(components) = &self.components {
            components::check_message(components, self.is_v2())?;
        }
        self.check_combination()?;
        if let Some(embeds) = &self.embeds {
            embed::check_all(embeds)?;
        }
        if let Some(stickers) = &self.sticker_ids {
            at_field(count(0..=MAX_STICKERS)(stickers), || "sticker_ids".to_owned())?;
        }
        if let Some(poll) = &self.poll {
            at_field(poll.check(), || "poll".to_owned())?;
        }
        if let Some(theme) = &self.theme {
            at_field(check_theme(theme), || "shared_client_theme".to_owned())?;
        }
        if let Some(allowed) = &self.allowed_mentions {
            allowed.check()?;
        }
        self.check_attachments()?;
        references::check(self)
    }

    fn is_forward(&self) -> bool {
        self.reference.as_ref().is_some_and(|reference| reference.kind == MessageReferenceType::FORWARD)
    }

    /// The fields that make a message not empty, if they are set.
    fn visible_fields(&self) -> impl Iterator<Item = &'static str> {
        let text = self.content.value().is_some_and(|content| !content.trim().is_empty());
        [
            ("content", text),
            ("embeds", self.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty())),
            ("components", self.components.as_ref().is_some_and(|components| !components.is_empty())),
            ("sticker_ids", self.sticker_ids.as_ref().is_some_and(|stickers| !stickers.is_empty())),
            ("poll", self.poll.is_some()),
            ("shared_client_theme", self.theme.is_some()),
            ("files", !self.files.is_empty()),
        ]
        .into_iter()
        .filter_map(|(name, is_set)| is_set.then_some(name))
    }

    fn check_not_empty(&self) -> Result<(), Error> {
        if self.is_forward() || self.visible_fields().next().is_some() {
            return Ok(());
        }
        invalid(
            "content",
            "is empty: a message needs text that is not only white space, or something else to show",
        )
    }

    /// Components V2, voice messages and forwards exclude other fields.
    fn check_combination(&self) -> Result<(), Error> {
        let (what, allowed): (_, &[&str]) = if self.is_v2() {
            ("a message with components V2", &["components", "files"])
        } else if self.voice.is_some() {
            ("a voice message", &["files"])
        } else if self.is_forward() {
            ("a forward", &[])
        } else {
            return Ok(());
        };
        if let Some(field) = self.visible_fields().find(|field| !allowed.contains(field)) {
            let instead = match field {
                "content" if self.is_v2() => ": put the text into a TextDisplay",
                "embeds" if self.is_v2() => ": use a Container",
                _ => "",
            };
            return invalid(field, format!("{what} cannot have this{instead}"));
        }
        let is_voice = self.flags.is_some_and(|flags| flags.contains(MessageFlags::IS_VOICE_MESSAGE));
        if is_voice && self.files.len() != 1 {
            return invalid(
                "files",
                format!("exactly 1 file in a voice message, and this has {}", self.files.len()),
            );
        }
        Ok(())
    }

    fn check_attachments(&self) -> Result<(), Error> {
        for (number, file) in self.files.iter().enumerate() {
            at_field(file.check(), || format!("files[{number}]"))?;
        }
        for (number, kept) in self.kept_attachments.iter().flatten().enumerate() {
            at_field(kept.check(), || format!("attachments[{number}]"))?;
        }
        let total = self.files.len() + self.kept_attachments.as_ref().map_or(0, Vec::len);
        elements("attachments", total, &(0..=MAX_FILES))?;
        let is_described = || self.files.iter().any(Upload::is_described);
        if self.purpose == Purpose::Edit && self.kept_attachments.is_none() && is_described() {
            // A description needs the `attachments` field, and Discord deletes the attachments that the field omits.
            return invalid(
                "attachments",
                "to add a file with a title, a description or a spoiler, say which attachments of the message stay: see \
                 keep_attachment and drop_attachments",
            );
        }
        self.voice.as_ref().map_or(Ok(()), Voice::check)
    }
}

/// Checks a [shared client theme](https://docs.discord.com/developers/resources/message#shared-client-theme-object).
fn check_theme(theme: &SharedClientTheme) -> Result<(), Error> {
    elements("colors", theme.colors.len(), &(1..=MAX_COLORS))?;
    for (place, color) in theme.colors.iter().enumerate() {
        if color.len() != 6 || !color.bytes().all(|b| b.is_ascii_hexdigit()) {
            return invalid(&format!("colors[{place}]"), "is not six hexadecimal digits, such as 5865F2");
        }
    }
    at_field(number(0..=360)(&theme.gradient_angle), || "gradient_angle".to_owned())?;
    at_field(number(0..=100)(&theme.base_mix), || "base_mix".to_owned())
}
