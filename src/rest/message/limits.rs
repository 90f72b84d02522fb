//! Discord's limits on what a message holds, checked before it is sent.

use super::body::{Body, Purpose};
use super::given::Part;
use super::poll::CreatePoll;
use super::{attachment, components, embed};
use crate::error::Error;
use crate::model::limits::MAX_MESSAGE_CONTENT;
use crate::model::{Component, Embed, MessageFlags, MessageReferenceType, SharedClientTheme};
use crate::rest::check::{at_field, chars, count, elements, invalid, number};

/// How many stickers a message can have.
const MAX_STICKERS: usize = 3;

/// How many colours a theme can have.
const MAX_COLORS: usize = 5;

impl Body {
    pub(in crate::rest) fn check(&self) -> Result<(), Error> {
        if let Some(content) = self.content.value() {
            at_field(chars(0..=MAX_MESSAGE_CONTENT)(content), || "content".to_owned())?;
        }
        if self.purpose == Purpose::New {
            self.check_something()?;
        }
        self.check_alone()?;
        self.embeds.check(self)?;
        self.components.check(self)?;
        if let Some(stickers) = &self.sticker_ids {
            at_field(count(0..=MAX_STICKERS)(stickers), || "sticker_ids".to_owned())?;
        }
        self.poll.check(self)?;
        if let Some(theme) = &self.theme {
            at_field(check_theme(theme), || "shared_client_theme".to_owned())?;
        }
        if let Some(allowed) = &self.allowed_mentions {
            allowed.check()?;
        }
        attachment::check(self)
    }

    fn is_forward(&self) -> bool {
        self.reference.as_ref().is_some_and(|reference| reference.kind == MessageReferenceType::FORWARD)
    }

    /// What it has, by the names of its fields.
    fn parts(&self) -> impl Iterator<Item = &'static str> {
        let text = self.content.value().is_some_and(|content| !content.trim().is_empty());
        [
            ("content", text),
            ("embeds", self.embeds.value().is_some_and(|embeds| !embeds.is_empty())),
            ("components", self.components.value().is_some_and(|components| !components.is_empty())),
            ("sticker_ids", self.sticker_ids.as_ref().is_some_and(|stickers| !stickers.is_empty())),
            ("poll", self.poll.value().is_some()),
            ("shared_client_theme", self.theme.is_some()),
            ("files", !self.files.is_empty()),
        ]
        .into_iter()
        .filter_map(|(name, is_there)| is_there.then_some(name))
    }

    /// An empty message is refused.
    fn check_something(&self) -> Result<(), Error> {
        if self.is_forward() || self.parts().next().is_some() {
            return Ok(());
        }
        invalid(
            "content",
            "is empty: a message needs text that is not only white space, or something else to show",
        )
    }

    /// Some things go with nothing else.
    fn check_alone(&self) -> Result<(), Error> {
        let (what, with): (_, &[&str]) = if self.is_v2() {
            ("components of the second version", &["components", "files"])
        } else if self.voice.is_some() {
            ("a voice message", &["files"])
        } else if self.is_forward() {
            ("a forward", &[])
        } else {
            return Ok(());
        };
        if let Some(other) = self.parts().find(|part| !with.contains(part)) {
            return invalid(other, format!("{what} cannot be sent together with this"));
        }
        let sounds = self.flags.is_some_and(|flags| flags.contains(MessageFlags::IS_VOICE_MESSAGE));
        if sounds && self.files.len() != 1 {
            return invalid(
                "files",
                format!("exactly 1 file in a voice message, and this has {}", self.files.len()),
            );
        }
        Ok(())
    }
}

impl Part for Vec<Embed> {
    fn check(&self, _: &Body) -> Result<(), Error> {
        embed::check_all(self)
    }
}

impl Part for Vec<Component> {
    fn check(&self, message: &Body) -> Result<(), Error> {
        components::check_message(self, message.is_v2())
    }
}

impl Part for CreatePoll {
    fn check(&self, _: &Body) -> Result<(), Error> {
        at_field(CreatePoll::check(self), || "poll".to_owned())
    }
}

/// A [theme to be shared](https://docs.discord.com/developers/resources/message#shared-client-theme-object).
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
