//! Embeds to be sent.

use super::{Embed, EmbedAuthor, EmbedField, EmbedFooter, EmbedMedia};
use crate::model::{Color, Timestamp};

/// Embeds are put together by what they show; their limits are checked when they are sent.
///
/// ```
/// use std::time::SystemTime;
/// use syncord::model::{Color, Embed};
///
/// let tide = Embed::new()
///     .title("Tide")
///     .description("The water of the day")
///     .color(Color(0x1abc9c))
///     .inline_field("High", "06:12")
///     .inline_field("Low", "12:25")
///     .footer("as measured")
///     .timestamp(SystemTime::now());
/// assert_eq!(tide.fields.len(), 2);
/// ```
impl Embed {
    /// An embed with nothing in it yet.
    pub fn new() -> Self {
        Embed::default()
    }

    /// Sets its title: at most 256 characters.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets its text: at most 4,096 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets where its title links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the time shown in its footer.
    pub fn timestamp(mut self, timestamp: impl Into<Timestamp>) -> Self {
        self.timestamp = Some(timestamp.into());
        self
    }

    /// Sets the colour of its edge.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// Sets its last line: at most 2,048 characters, or an [`EmbedFooter`] with an icon.
    pub fn footer(mut self, footer: impl Into<EmbedFooter>) -> Self {
        self.footer = Some(footer.into());
        self
    }

    /// Sets its large picture, by `https` or `attachment://`.
    pub fn image(mut self, url: impl Into<String>) -> Self {
        self.image = Some(EmbedMedia::at(url));
        self
    }

    /// Sets its small picture, by `https` or `attachment://`.
    pub fn thumbnail(mut self, url: impl Into<String>) -> Self {
        self.thumbnail = Some(EmbedMedia::at(url));
        self
    }

    /// Sets its first line: at most 256 characters, or an [`EmbedAuthor`] with an icon or a link.
    pub fn author(mut self, author: impl Into<EmbedAuthor>) -> Self {
        self.author = Some(author.into());
        self
    }

    /// Adds a field, of which there are at most 25: a heading of at most 256 characters and a text of at
    /// most 1,024.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(EmbedField { name: name.into(), value: value.into(), inline: false })
    }

    /// Adds a field that may stand beside its neighbours.
    pub fn inline_field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(EmbedField { name: name.into(), value: value.into(), inline: true })
    }

    fn with(mut self, field: EmbedField) -> Self {
        self.fields.push(field);
        self
    }
}

impl EmbedFooter {
    /// This text.
    pub fn new(text: impl Into<String>) -> Self {
        EmbedFooter { text: text.into(), ..EmbedFooter::default() }
    }

    /// Sets its icon, by `https` or `attachment://`.
    pub fn icon_url(mut self, url: impl Into<String>) -> Self {
        self.icon_url = Some(url.into());
        self
    }
}

impl EmbedAuthor {
    /// This name.
    pub fn new(name: impl Into<String>) -> Self {
        EmbedAuthor { name: name.into(), ..EmbedAuthor::default() }
    }

    /// Sets where the name links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets its icon, by `https` or `attachment://`.
    pub fn icon_url(mut self, url: impl Into<String>) -> Self {
        self.icon_url = Some(url.into());
        self
    }
}

impl EmbedMedia {
    fn at(url: impl Into<String>) -> Self {
        EmbedMedia { url: Some(url.into()), ..EmbedMedia::default() }
    }
}

impl From<&str> for EmbedFooter {
    fn from(text: &str) -> Self {
        EmbedFooter::new(text)
    }
}

impl From<String> for EmbedFooter {
    fn from(text: String) -> Self {
        EmbedFooter::new(text)
    }
}

impl From<&str> for EmbedAuthor {
    fn from(name: &str) -> Self {
        EmbedAuthor::new(name)
    }
}

impl From<String> for EmbedAuthor {
    fn from(name: String) -> Self {
        EmbedAuthor::new(name)
    }
}
