//! One command in the help.

use std::sync::{Arc, OnceLock};

use crate::bot::context::InteractionContext;
use crate::bot::text::table::TextRules;
use crate::bot::tree::checks::{self, Check};
use crate::command::text::{expected, usage};
use crate::model::{CommandOptionDefinition, InteractionContextType, Permissions};

/// All commands, once the bot was started.
pub(in crate::bot) type HelpIndex = Arc<OnceLock<Vec<Entry>>>;

/// A command, and what is known of it.
#[derive(Clone)]
pub(in crate::bot) struct Entry {
    /// `admin ban`
    pub(super) path: String,
    pub(super) description: String,
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
    pub(super) fn line(&self, prefix: Option<&str>) -> String {
        format!("{} — {}", self.usage(prefix), self.description)
    }

    fn usage(&self, prefix: Option<&str>) -> String {
        format!("`{}`", usage(&self.call(prefix), &self.options).replace('`', "'"))
    }

    /// The command with all its options.
    pub(super) fn details(&self, prefix: Option<&str>) -> String {
        let mut text = self.line(prefix);
        for option in &self.options {
            let optional = if option.required { "" } else { ", optional" };
            text += &format!(
                "\n- `{}`: {} ({}{optional})",
                option.name,
                option.description,
                expected(option).replace('`', "'")
            );
        }
        text
    }
}
