//! One command in the help.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::bot::context::InteractionContext;
use crate::bot::text::table::TextRules;
use crate::bot::tree::checks::{self, Check};
use crate::command::text::{expected, usage};
use crate::model::{CommandOptionDefinition, InteractionContextType, Locale, Permissions};
use crate::texts::{LibraryText, Word, fallback};

/// All commands, once the bot was started.
pub(in crate::bot) type HelpIndex = Arc<OnceLock<Vec<Entry>>>;

/// The language of a user.
pub(super) struct Language<'l> {
    pub(super) locale: Option<Locale>,
    /// Words a text of the library in it.
    pub(super) word: Word<'l>,
}

impl Language<'_> {
    /// The text in this language, or the one in the code.
    fn choose(&self, text: &str, localizations: Option<&BTreeMap<Locale, String>>) -> String {
        let locales = self.locale.iter().chain(self.locale.as_ref().and_then(fallback));
        let mut localized = locales.filter_map(|locale| localizations?.get(locale));
        localized.next().map_or_else(|| text.to_owned(), Clone::clone)
    }
}

/// A command, and what is known of it.
#[derive(Clone)]
pub(in crate::bot) struct Entry {
    /// `admin ban`
    pub(super) path: String,
    pub(super) description: String,
    /// The description in other languages.
    pub(super) descriptions: BTreeMap<Locale, String>,
    pub(super) options: Vec<CommandOptionDefinition>,
    pub(super) checks: Vec<Check>,
    pub(super) rules: TextRules,
    pub(super) is_slash: bool,
    /// A prefix with which messages can call it.
    pub(super) text_prefix: Option<String>,
}

impl Entry {
    /// Whether the user may use it here.
    pub(super) fn is_for(&self, cx: &InteractionContext) -> bool {
        let place = match cx.guild_id() {
            Some(_) => InteractionContextType::GUILD,
            None => InteractionContextType::BOT_DM,
        };
        let is_here = self.rules.contexts.as_ref().is_none_or(|contexts| contexts.contains(&place));
        let own = cx.member().and_then(|member| member.permissions).unwrap_or_default();
        let is_allowed = match (self.rules.member_permissions, cx.guild_id()) {
            (Some(required), Some(_)) if required.is_empty() => own.contains(Permissions::ADMINISTRATOR),
            (Some(required), Some(_)) => own.contains(Permissions::ADMINISTRATOR) || own.contains(required),
            _ => true,
        };
        is_here && is_allowed && checks::ask(&self.checks, cx).is_ok()
    }

    /// How it is called, by text if the help was called with this prefix.
    fn call(&self, prefix: Option<&str>) -> String {
        let own = self.text_prefix.as_deref();
        match (prefix.and(own), own) {
            // As the help was called.
            (Some(_), _) => format!("{}{}", prefix.unwrap_or_default(), self.path),
            (None, Some(own)) if !self.is_slash => format!("{own}{}", self.path),
            _ => format!("/{}", self.path),
        }
    }

    /// `!gift <whom> [coins]`, in a line with the description.
    pub(super) fn line(&self, prefix: Option<&str>, language: &Language<'_>) -> String {
        let description = language.choose(&self.description, Some(&self.descriptions));
        (language.word)(&LibraryText::HelpLine { usage: self.usage(prefix), description })
    }

    fn usage(&self, prefix: Option<&str>) -> String {
        format!("`{}`", usage(&self.call(prefix), &self.options).replace('`', "'"))
    }

    /// The command with all its options.
    pub(super) fn details(&self, prefix: Option<&str>, language: &Language<'_>) -> String {
        let mut text = self.line(prefix, language);
        for declared in &self.options {
            let option = declared.name.clone();
            let description =
                language.choose(&declared.description, declared.description_localizations.as_ref());
            let mut declared = declared.clone();
            for choice in declared.choices.iter_mut() {
                choice.name = language.choose(&choice.name, choice.name_localizations.as_ref());
            }
            // The names of choices are not checked for backticks.
            let expected = (language.word)(&expected(&declared)).replace('`', "'").into();
            text.push('\n');
            text += &(language.word)(&match declared.required {
                true => LibraryText::HelpOption { option, description, expected },
                false => LibraryText::HelpOptionalOption { option, description, expected },
            });
        }
        text
    }
}
