//! Discord's [limits on embeds](https://docs.discord.com/developers/resources/message#embed-object-embed-limits).

use std::ops::RangeInclusive;

use crate::error::{Error, Limit};
use crate::model::limits::MAX_URL;
use crate::model::{Embed, EmbedMedia};
use crate::rest::check::{self, at_field, chars, elements, invalid};

/// Maximum number of embeds of a message.
const MAX_EMBEDS: usize = 10;

/// Maximum number of characters in all embeds of a message together.
const MAX_TOTAL: usize = 6000;

const MAX_TITLE: usize = 256;
const MAX_DESCRIPTION: usize = 4096;
const MAX_FIELDS: usize = 25;
const MAX_FIELD_NAME: usize = 256;
const MAX_FIELD_VALUE: usize = 1024;
const MAX_FOOTER: usize = 2048;
const MAX_AUTHOR: usize = 256;

impl Embed {
    /// Checks Discord's limits. Sending does the same.
    ///
    /// The check of a message includes the maximum of 6,000 characters in all its embeds.
    ///
    /// ```
    /// use syncord::model::Embed;
    ///
    /// let problem = Embed::new().title("x".repeat(257)).check().unwrap_err();
    /// assert_eq!(problem.to_string(), "title: at most 256 characters, and this has 257 (nothing was sent)");
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] names the field and its limit.
    pub fn check(&self) -> Result<(), Error> {
        let footer = self.footer.as_ref();
        let author = self.author.as_ref();
        text("title", self.title.as_deref(), 0..=MAX_TITLE)?;
        text("description", self.description.as_deref(), 0..=MAX_DESCRIPTION)?;
        text("footer.text", footer.map(|footer| footer.text.as_str()), 1..=MAX_FOOTER)?;
        text("author.name", author.map(|author| author.name.as_str()), 1..=MAX_AUTHOR)?;
        for (field, url) in [
            ("url", self.url.as_deref()),
            ("footer.icon_url", footer.and_then(|footer| footer.icon_url.as_deref())),
            ("author.url", author.and_then(|author| author.url.as_deref())),
            ("author.icon_url", author.and_then(|author| author.icon_url.as_deref())),
            ("image.url", self.image.as_ref().and_then(url)),
            ("thumbnail.url", self.thumbnail.as_ref().and_then(url)),
        ] {
            text(field, url, 1..=MAX_URL)?;
        }
        if let Some(color) = &self.color {
            at_field(check::color(color), || "color".to_owned())?;
        }
        elements("fields", self.fields.len(), &(0..=MAX_FIELDS))?;
        for (place, field) in self.fields.iter().enumerate() {
            let check = || {
                text("name", Some(&field.name), 1..=MAX_FIELD_NAME)?;
                text("value", Some(&field.value), 1..=MAX_FIELD_VALUE)
            };
            at_field(check(), || format!("fields[{place}]"))?;
        }
        if self.is_empty() {
            return invalid(
                "",
                "is empty: an embed needs a title, a description, an image, a field, an author or a footer",
            );
        }
        Ok(())
    }

    /// Whether it has nothing to show.
    fn is_empty(&self) -> bool {
        let texts = [&self.title, &self.description];
        texts.iter().all(|text| text.as_deref().is_none_or(|text| text.trim().is_empty()))
            && self.image.is_none()
            && self.thumbnail.is_none()
            && self.video.is_none()
            && self.author.is_none()
            && self.footer.is_none()
            && self.fields.is_empty()
    }

    /// The number of characters that count towards the maximum of a message.
    fn characters(&self) -> usize {
        let fields = self.fields.iter().flat_map(|field| [Some(&field.name), Some(&field.value)]);
        let footer = self.footer.as_ref().map(|footer| &footer.text);
        let author = self.author.as_ref().map(|author| &author.name);
        [self.title.as_ref(), self.description.as_ref(), footer, author]
            .into_iter()
            .chain(fields)
            .flatten()
            .map(|text| text.trim().chars().count())
            .sum()
    }
}

/// Checks the embeds of a message.
pub(super) fn check_all(embeds: &[Embed]) -> Result<(), Error> {
    elements("embeds", embeds.len(), &(0..=MAX_EMBEDS))?;
    for (place, embed) in embeds.iter().enumerate() {
        at_field(embed.check(), || format!("embeds[{place}]"))?;
    }
    let total: usize = embeds.iter().map(Embed::characters).sum();
    if total > MAX_TOTAL {
        let limit = Limit::Characters { min: 0, max: MAX_TOTAL, actual: total };
        let problem = format!("at most {MAX_TOTAL} characters together, and these have {total}");
        return Err(Error::outside("embeds", limit, problem));
    }
    Ok(())
}

/// Checks a text without the surrounding white space, which Discord removes.
fn text(field: &str, text: Option<&str>, range: RangeInclusive<usize>) -> Result<(), Error> {
    text.map_or(Ok(()), |text| at_field(chars(range)(text.trim()), || field.to_owned()))
}

fn url(media: &EmbedMedia) -> Option<&str> {
    media.url.as_deref()
}

#[cfg(test)]
mod tests;
