//! The texts of a command that can be translated, with their keys.

use std::collections::BTreeMap;

use super::check::names;
use super::definition::CommandDefinition;
use crate::model::{CommandOptionDefinition, CommandType, Locale};

/// A text of a command that can be translated.
pub(crate) struct Localizable<'c> {
    /// The names of the objects in a file that lead to it: `commands`, `roll`, `description`.
    pub(crate) path: Vec<String>,
    kind: TextKind,
    /// The text in the code.
    pub(crate) text: &'c str,
    pub(crate) localizations: &'c mut Option<BTreeMap<Locale, String>>,
}

#[derive(Clone, Copy)]
enum TextKind {
    SlashName,
    MenuName,
    Description,
    Choice,
}

impl Localizable<'_> {
    /// `commands.roll.description`
    pub(crate) fn key(&self) -> String {
        self.path.join(".")
    }

    /// Why Discord would refuse a translation.
    pub(crate) fn problems(&self, translation: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let mut report = |problem| problems.push(problem);
        match self.kind {
            TextKind::SlashName => names::slash("name", translation, &mut report),
            TextKind::MenuName => names::context_menu("name", translation, &mut report),
            TextKind::Description => names::description("description", translation, &mut report),
            TextKind::Choice => names::choice("name of the choice", translation, &mut report),
        }
        problems
    }
}

/// Visits all texts of a command that can be translated.
pub(crate) fn visit(command: &mut CommandDefinition, visit: &mut dyn FnMut(Localizable<'_>)) {
    let (section, kind) = match command.kind {
        CommandType::CHAT_INPUT => ("commands", TextKind::SlashName),
        CommandType::USER => ("user_commands", TextKind::MenuName),
        CommandType::MESSAGE => ("message_commands", TextKind::MenuName),
        _ => return,
    };
    let path = vec![section.to_owned(), command.name.clone()];
    in_map(&mut command.name_localizations, |localizations| {
        visit(Localizable { path: child(&path, &["name"]), kind, text: &command.name, localizations });
    });
    if command.kind == CommandType::CHAT_INPUT {
        let (path, kind, text) =
            (child(&path, &["description"]), TextKind::Description, &command.description);
        in_map(&mut command.description_localizations, |localizations| {
            visit(Localizable { path, kind, text, localizations });
        });
    }
    visit_options(&path, &mut command.options, visit);
}

/// Visits the texts of a command that only messages call, by its path `admin ban`: it has no name at Discord.
pub(crate) fn visit_text_command(
    command_path: &str,
    description: &str,
    localizations: &mut Option<BTreeMap<Locale, String>>,
    options: &mut [CommandOptionDefinition],
    visit: &mut dyn FnMut(Localizable<'_>),
) {
    let path: Vec<_> =
        command_path.split(' ').flat_map(|name| ["commands".to_owned(), name.to_owned()]).collect();
    let kind = TextKind::Description;
    visit(Localizable { path: child(&path, &["description"]), kind, text: description, localizations });
    visit_options(&path, options, visit);
}

fn visit_options(
    path: &[String],
    options: &mut [CommandOptionDefinition],
    visit: &mut dyn FnMut(Localizable<'_>),
) {
    for option in options {
        let path =
            child(path, &[if option.kind.is_subcommand() { "commands" } else { "options" }, &option.name]);
        visit(Localizable {
            path: child(&path, &["name"]),
            kind: TextKind::SlashName,
            text: &option.name,
            localizations: &mut option.name_localizations,
        });
        visit(Localizable {
            path: child(&path, &["description"]),
            kind: TextKind::Description,
            text: &option.description,
            localizations: &mut option.description_localizations,
        });
        for choice in option.choices.iter_mut() {
            visit(Localizable {
                path: child(&path, &["choices", &choice.name]),
                kind: TextKind::Choice,
                text: &choice.name,
                localizations: &mut choice.name_localizations,
            });
        }
        visit_options(&path, &mut option.options, visit);
    }
}

fn child(path: &[String], names: &[&str]) -> Vec<String> {
    path.iter().cloned().chain(names.iter().map(|name| (*name).to_owned())).collect()
}

/// Passes a map on as one that may be missing.
fn in_map(map: &mut BTreeMap<Locale, String>, f: impl FnOnce(&mut Option<BTreeMap<Locale, String>>)) {
    let mut localizations = Some(std::mem::take(map));
    f(&mut localizations);
    *map = localizations.unwrap_or_default();
}
