//! How the texts of the library are worded.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::context::TextContext;
use super::library::LibraryText;
use super::translations::Translations;
use crate::model::{Interaction, Locale, truncate_message};
use crate::sync::Mutex;

/// A closure of the program that may replace a text.
pub(crate) type ReplaceText = Arc<dyn Fn(&TextContext<'_>) -> Option<String> + Send + Sync>;

/// How the texts of the library are worded in one bot.
#[derive(Clone, Default)]
pub(crate) struct Texts {
    pub(crate) replace: Option<ReplaceText>,
    pub(crate) translations: Translations,
    /// The placeholders of the bot's own texts for which a call gave no value.
    without_value: Arc<Mutex<BTreeSet<String>>>,
}

impl Texts {
    /// Notes that a call gave no value for a placeholder of the bot's own text. Returns whether it is the first one.
    pub(crate) fn is_first_without_value(&self, key: &str, name: &str) -> bool {
        self.without_value.lock().insert(format!("{key} {name}"))
    }

    /// Whether they are the library's own English texts.
    pub(crate) fn is_default(&self) -> bool {
        self.replace.is_none() && self.translations.is_empty()
    }

    /// The text for a user with this language: what the program says instead, or its translation. It may be empty: then the program
    /// wants nothing to be said. It is never so long, or white space only, that Discord refuses it.
    pub(crate) fn word(
        &self,
        text: &LibraryText,
        interaction: Option<&Interaction>,
        locale: Option<&Locale>,
    ) -> String {
        let replaced = self.replace.as_ref();
        let worded = replaced
            .and_then(|replace| replace(&TextContext { text, interaction, locale }))
            .unwrap_or_else(|| {
                let translated = match self.translations.is_empty() {
                    true => None,
                    false => self.translations.find(&format!("library.{}", text.key()), locale),
                };
                text.fill(translated.unwrap_or(text.english()), &|inner| {
                    self.word(inner, interaction, locale)
                })
            });
        if worded.trim().is_empty() { String::new() } else { truncate_message(worded) }
    }

    /// The same, for the answer to an interaction.
    pub(crate) fn word_for(&self, text: &LibraryText, interaction: Option<&Interaction>) -> String {
        self.word(text, interaction, interaction.and_then(locale_of))
    }
}

/// The language of the user, or of the guild.
pub(crate) fn locale_of(interaction: &Interaction) -> Option<&Locale> {
    interaction.locale.as_ref().or(interaction.guild_locale.as_ref())
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts")
            .field("is_replaced", &self.replace.is_some())
            .field("translations", &self.translations)
            .finish()
    }
}
