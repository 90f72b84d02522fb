//! Collects all commands of a bot for its help.

use std::collections::BTreeMap;

use super::entry::Entry;
use crate::bot::text::table::{TextCommand, TextRules};
use crate::bot::tree::Router;
use crate::command::join_path;
use crate::model::{CommandOptionDefinition, CommandType, Locale};
use crate::texts::Translations;

/// The commands of a bot, in the order of their paths.
pub(in crate::bot) fn entries(router: &Router<'_>, translations: &Translations) -> Vec<Entry> {
    let mut entries = Vec::new();
    for definition in
        router.definitions(translations).iter().filter(|command| command.kind == CommandType::CHAT_INPUT)
    {
        let rules = TextRules::of(definition);
        let descriptions = (&*definition.description, Some(&definition.description_localizations));
        collect(&mut entries, &definition.name, descriptions, &definition.options, &rules);
    }
    for command in router.text.commands() {
        match entries.iter_mut().find(|entry| entry.path == command.path) {
            Some(entry) => entry.text_prefix = Some(prefix(router, command)),
            None => entries.push(Entry {
                path: command.path.clone(),
                description: command.description.clone(),
                descriptions: command.descriptions.clone(),
                options: command.options.clone(),
                checks: Vec::new(),
                rules: command.rules.clone(),
                is_slash: false,
                text_prefix: Some(prefix(router, command)),
            }),
        }
    }
    for entry in &mut entries {
        entry.checks = router.checks(&entry.path);
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    entries
}

/// A prefix with which messages can call a command.
fn prefix(router: &Router<'_>, command: &TextCommand) -> String {
    let fixed = router.text.prefixes.fixed.iter();
    command.prefixes.iter().chain(fixed).next().cloned().unwrap_or_else(|| "@".to_owned())
}

/// Adds the commands of one definition.
fn collect(
    entries: &mut Vec<Entry>,
    path: &str,
    (description, descriptions): (&str, Option<&BTreeMap<Locale, String>>),
    options: &[CommandOptionDefinition],
    rules: &TextRules,
) {
    if options.iter().any(|option| option.kind.is_subcommand()) {
        for option in options.iter().filter(|option| option.kind.is_subcommand()) {
            let path = join_path(path, &option.name);
            let descriptions = (&*option.description, option.description_localizations.as_ref());
            collect(entries, &path, descriptions, &option.options, rules);
        }
        return;
    }
    entries.push(Entry {
        path: path.to_owned(),
        description: description.to_owned(),
        descriptions: descriptions.cloned().unwrap_or_default(),
        options: options.to_vec(),
        checks: Vec::new(),
        rules: rules.clone(),
        is_slash: true,
        text_prefix: None,
    });
}
