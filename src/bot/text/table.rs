//! Which text calls which command.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::follow::FollowedCalls;
use super::prefix::Prefixes;
use crate::command::CommandDefinition;
use crate::id::UserId;
use crate::model::{CommandOptionDefinition, InteractionContextType, Locale, Message, Permissions};

/// All commands that can be called by text.
#[derive(Default)]
pub(in crate::bot) struct TextCommands<'a> {
    pub(in crate::bot) prefixes: Prefixes<'a>,
    pub(in crate::bot) followed: FollowedCalls,
    /// By path in lower case, also with aliases: `admin ban`.
    by_path: BTreeMap<String, Target>,
    /// Prefixes of groups and commands.
    own_prefixes: Vec<String>,
    /// The maximum number of words of a path.
    longest: usize,
    /// Whether the help becomes a text command once there is a prefix.
    pub(in crate::bot) wants_help: bool,
}

#[derive(Clone)]
pub(in crate::bot) enum Target {
    Command(Arc<TextCommand>),
    Group(Arc<TextGroup>),
}

/// A command, and who may call it where, as its slash command would be shown.
#[derive(Clone)]
pub(in crate::bot) struct TextCommand {
    /// Its path, by which the router finds it.
    pub(in crate::bot) path: String,
    pub(in crate::bot) description: String,
    /// The description in other languages.
    pub(in crate::bot) descriptions: BTreeMap<Locale, String>,
    pub(in crate::bot) options: Vec<CommandOptionDefinition>,
    /// Prefixes in addition to those of the bot.
    pub(in crate::bot) prefixes: Vec<String>,
    pub(in crate::bot) rules: TextRules,
}

/// What Discord enforces for a slash command.
#[derive(Clone, Debug, Default)]
pub(in crate::bot) struct TextRules {
    pub(in crate::bot) member_permissions: Option<Permissions>,
    pub(in crate::bot) contexts: Option<Vec<InteractionContextType>>,
    pub(in crate::bot) nsfw: bool,
}

impl TextRules {
    /// The rules of the slash command with this definition.
    pub(in crate::bot) fn of(definition: &CommandDefinition) -> TextRules {
        TextRules {
            member_permissions: definition.default_member_permissions,
            contexts: definition.contexts.clone(),
            nsfw: definition.nsfw,
        }
    }
}

/// A group of commands.
pub(in crate::bot) struct TextGroup {
    pub(in crate::bot) prefixes: Vec<String>,
    pub(in crate::bot) children: Vec<String>,
}

/// A message that calls a command.
pub(super) struct Match {
    pub(super) target: Target,
    /// Where the options begin in the message.
    pub(super) options_at: usize,
}

impl TextCommands<'_> {
    pub(in crate::bot) fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// Whether no text can call a command.
    pub(in crate::bot) fn has_no_prefix(&self) -> bool {
        self.prefixes.is_empty() && self.own_prefixes.is_empty()
    }

    /// Why no message can call a command, or not with one of the prefixes.
    pub(in crate::bot) fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if !self.is_empty() && self.has_no_prefix() {
            problems.push(
                "commands can be called by text, but with no prefix: add bot.text_prefix(\"!\")".to_owned(),
            );
        }
        if self.is_empty() && !self.prefixes.is_empty() {
            problems.push(
                "there is a prefix, but no command can be called by text: add .text() to a command, a group or a tree"
                    .to_owned(),
            );
        }
        // Discord removes white space at the beginning of a message.
        let is_useless = |prefix: &&String| prefix.trim_start().len() < prefix.len() || prefix.is_empty();
        for prefix in self.prefixes.fixed.iter().chain(&self.own_prefixes).filter(is_useless) {
            problems.push(format!(
                "no message begins with the prefix {prefix:?}: a prefix begins with a character that is not white space"
            ));
        }
        problems
    }

    /// The words that call a command: the parts of its path, the first one with each prefix.
    pub(in crate::bot) fn words(&self) -> Vec<String> {
        let prefixes =
            || self.prefixes.fixed.iter().chain(&self.own_prefixes).map(String::as_str).chain([""]);
        let mut words = Vec::new();
        for path in self.by_path.keys() {
            let mut parts = path.split(' ');
            let first = parts.next().unwrap_or_default();
            words.extend(prefixes().map(|prefix| format!("{prefix}{first}")));
            words.extend(parts.map(str::to_owned));
        }
        words
    }

    /// Adds a command or group under these paths. Returns a path that is already in use.
    pub(in crate::bot) fn add(&mut self, paths: &[String], target: &Target) -> Option<String> {
        let own = match target {
            Target::Command(command) => &command.prefixes,
            Target::Group(group) => &group.prefixes,
        };
        for prefix in own {
            if !self.own_prefixes.contains(prefix) {
                self.own_prefixes.push(prefix.clone());
            }
        }
        let mut taken = None;
        for path in paths {
            self.longest = self.longest.max(path.split(' ').count());
            if self.by_path.insert(path.to_lowercase(), target.clone()).is_some() {
                taken = Some(path.clone());
            }
        }
        taken
    }

    /// All commands, several times if they have aliases.
    pub(in crate::bot) fn commands(&self) -> impl Iterator<Item = &TextCommand> {
        self.by_path.values().filter_map(|target| match target {
            Target::Command(command) => Some(&**command),
            Target::Group(_) => None,
        })
    }

    /// Changes each command.
    pub(in crate::bot) fn change_commands(&mut self, change: impl Fn(&mut TextCommand)) {
        for target in self.by_path.values_mut() {
            if let Target::Command(command) = target {
                change(Arc::make_mut(command));
            }
        }
    }

    /// Whether a message with this content may call a command.
    pub(super) fn may_call(&self, content: &str, me: UserId) -> bool {
        self.prefixes.may_begin(content, me)
            || self.own_prefixes.iter().any(|prefix| content.starts_with(prefix.as_str()))
    }

    /// The command or group that a message calls.
    pub(super) fn find(&mut self, message: &Message, me: UserId) -> Option<Match> {
        let content = message.content.as_str();
        if let Some(length) = self.prefixes.length(message, me) {
            if let Some(found) = self.find_after(content, length, |_| true) {
                return Some(found);
            }
        }
        let mut lengths: Vec<_> = self.own_prefixes.iter().map(String::len).collect();
        lengths.sort_unstable();
        lengths.into_iter().rev().find_map(|length| {
            let prefix = content.get(..length)?;
            self.find_after(content, length, |own| own.iter().any(|own| own == prefix))
        })
    }

    /// What the words after a prefix call: the longest path.
    fn find_after(&self, content: &str, length: usize, accepts: impl Fn(&[String]) -> bool) -> Option<Match> {
        let (mut at, mut path, mut found) = (length, String::new(), None);
        for _ in 0..self.longest {
            let Some(begin) = content[at..].find(|c: char| !c.is_whitespace()) else { break };
            let word = &content[at + begin..];
            let word = &word[..word.find(char::is_whitespace).unwrap_or(word.len())];
            at += begin + word.len();
            if !path.is_empty() {
                path.push(' ');
            }
            path += &word.to_lowercase();
            let Some(target) = self.by_path.get(&path) else { continue };
            let own = match target {
                Target::Command(command) => &command.prefixes,
                Target::Group(group) => &group.prefixes,
            };
            if accepts(own) {
                found = Some(Match { target: target.clone(), options_at: at });
            }
        }
        found
    }
}
