//! Compares a registered command with its declaration.
//!
//! A missing field is equal to its default: `null`, an empty list or map, `false`, and limits that allow every value.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::definition::{CommandDefinition, not_empty};
use crate::command::kinds::same_value;
use crate::model::limits::MAX_OPTION_LENGTH;
use crate::model::{
    ApplicationIntegrationType, Command, CommandChoice, CommandOptionDefinition, InteractionContextType,
    Locale, OptionValue,
};

/// The contexts of a command that does not set them
/// ([defaults](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands)).
const DEFAULT_CONTEXTS: [InteractionContextType; 3] =
    [InteractionContextType::GUILD, InteractionContextType::BOT_DM, InteractionContextType::PRIVATE_CHANNEL];

/// The paths of the fields that differ.
pub(super) fn differences(old: &Command, new: &CommandDefinition) -> Vec<String> {
    let rows = [
        (
            "name_localizations",
            same_texts(
                (&old.name, old.name_localizations.as_ref()),
                (&new.name, not_empty(&new.name_localizations)),
            ),
        ),
        ("description", old.description == new.description),
        (
            "description_localizations",
            same_texts(
                (&old.description, old.description_localizations.as_ref()),
                (&new.description, not_empty(&new.description_localizations)),
            ),
        ),
        ("default_member_permissions", old.default_member_permissions == new.default_member_permissions),
        ("nsfw", old.nsfw == new.nsfw),
        ("integration_types", new.is_in_guild() || same_integration_types(old, new)),
        ("contexts", new.is_in_guild() || same_contexts(old, new)),
    ];
    let mut changes = changed(&rows);
    if !old.options.unreadable().is_empty() {
        changes.push("options".to_owned());
    }
    options("", &old.options, &new.options, &mut changes);
    changes
}

fn changed(rows: &[(&str, bool)]) -> Vec<String> {
    rows.iter().filter(|(_, same)| !same).map(|(field, _)| (*field).to_owned()).collect()
}

/// A text and its localizations.
type Texts<'a> = (&'a str, Option<&'a BTreeMap<Locale, String>>);

/// Whether users see the same texts. [Discord ignores](https://docs.discord.com/developers/interactions/application-commands#localization)
/// a localization that is equal to the text.
fn same_texts(old: Texts<'_>, new: Texts<'_>) -> bool {
    let different = |(text, localized): Texts<'_>| -> BTreeMap<_, _> {
        let localized = localized.into_iter().flatten();
        localized.filter(|(_, other)| *other != text).map(|(l, t)| (l.clone(), t.clone())).collect()
    };
    old.1.and_then(not_empty) == new.1.and_then(not_empty) || different(old) == different(new)
}

/// Where the declaration has no integration types, Discord uses those of the application.
fn same_integration_types(old: &Command, new: &CommandDefinition) -> bool {
    new.integration_types.as_ref().is_none_or(|new| set(&old.integration_types) == set(new))
}

/// A declaration without contexts means all contexts. What Discord returns for it depends on when the command was created.
fn same_contexts(old: &Command, new: &CommandDefinition) -> bool {
    const GUILD_ONLY: &[InteractionContextType] = &[InteractionContextType::GUILD];
    let registered = match (&old.contexts, old.dm_permission) {
        (Some(contexts), _) => Some(&**contexts),
        (None, Some(false)) => Some(GUILD_ONLY),
        (None, _) => None,
    };
    // PRIVATE_CHANNEL matters only for commands that users can install.
    let types = new.integration_types.as_deref().unwrap_or(&old.integration_types);
    let is_user_install = types.contains(&ApplicationIntegrationType::USER_INSTALL);
    let matters = |context| is_user_install || context != InteractionContextType::PRIVATE_CHANNEL;
    let is_default = |contexts: &[InteractionContextType]| {
        DEFAULT_CONTEXTS
            .into_iter()
            .filter(|context| matters(*context))
            .all(|context| contexts.contains(&context))
    };
    match (registered, &new.contexts) {
        (Some(old), Some(new)) => set(old) == set(new),
        (Some(old), None) => is_default(old),
        (None, Some(_)) => false,
        (None, None) => true,
    }
}

/// Writes the default contexts out where they are a change. It is not documented that leaving them out resets them, nor
/// what happens to `dm_permission` then.
pub(super) fn write_out_contexts(old: &Command, new: &mut CommandDefinition) {
    if !new.is_in_guild() && new.contexts.is_none() && !same_contexts(old, new) {
        new.contexts = Some(DEFAULT_CONTEXTS.to_vec());
    }
}

fn set<T: Ord>(list: &[T]) -> BTreeSet<&T> {
    list.iter().collect()
}

/// Compares two lists of options. Their order matters.
fn options(
    path: &str,
    old: &[CommandOptionDefinition],
    new: &[CommandOptionDefinition],
    changes: &mut Vec<String>,
) {
    let find =
        |list: &'_ [CommandOptionDefinition], name: &str| list.iter().position(|option| option.name == name);
    let removed = old.iter().filter(|option| find(new, &option.name).is_none());
    changes.extend(removed.map(|option| format!("{path}{} removed", option.name)));
    let added = new.iter().filter(|option| find(old, &option.name).is_none());
    changes.extend(added.map(|option| format!("{path}{} added", option.name)));
    let positions: Vec<_> = new.iter().filter_map(|option| find(old, &option.name)).collect();
    if !positions.is_sorted() {
        changes.push(format!("{path}order"));
    }
    for new in new {
        if let Some(position) = find(old, &new.name) {
            option(&format!("{path}{}: ", new.name), &old[position], new, changes);
        }
    }
}

fn option(
    path: &str,
    old: &CommandOptionDefinition,
    new: &CommandOptionDefinition,
    changes: &mut Vec<String>,
) {
    let rows = [
        ("type", old.kind == new.kind),
        (
            "name_localizations",
            same_texts(
                (&old.name, old.name_localizations.as_ref()),
                (&new.name, new.name_localizations.as_ref()),
            ),
        ),
        ("description", old.description == new.description),
        (
            "description_localizations",
            same_texts(
                (&old.description, old.description_localizations.as_ref()),
                (&new.description, new.description_localizations.as_ref()),
            ),
        ),
        ("required", old.required == new.required || new.kind.is_subcommand()),
        ("choices", old.choices.unreadable().is_empty() && same_choices(&old.choices, &new.choices)),
        (
            "channel_types",
            old.channel_types.unreadable().is_empty() && set(&old.channel_types) == set(&new.channel_types),
        ),
        ("min_value", same_limit(old.min_value.as_ref(), new.min_value.as_ref())),
        ("max_value", same_limit(old.max_value.as_ref(), new.max_value.as_ref())),
        ("min_length", old.min_length.unwrap_or(0) == new.min_length.unwrap_or(0)),
        (
            "max_length",
            old.max_length.unwrap_or(MAX_OPTION_LENGTH) == new.max_length.unwrap_or(MAX_OPTION_LENGTH),
        ),
        ("autocomplete", old.autocomplete == new.autocomplete),
        ("file_types", lower_case(&old.file_types) == lower_case(&new.file_types)),
        ("options", old.options.unreadable().is_empty()),
    ];
    changes.extend(changed(&rows).iter().map(|field| format!("{path}{field}")));
    options(path, &old.options, &new.options, changes);
}

fn same_choices(old: &[CommandChoice], new: &[CommandChoice]) -> bool {
    let same_choice = |(old, new): (&CommandChoice, &CommandChoice)| {
        old.name == new.name
            && same_value(&old.value, &new.value)
            && same_texts(
                (&old.name, old.name_localizations.as_ref()),
                (&new.name, new.name_localizations.as_ref()),
            )
    };
    old.len() == new.len() && old.iter().zip(new).all(same_choice)
}

fn same_limit(old: Option<&OptionValue>, new: Option<&OptionValue>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => same_value(old, new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// Discord returns file types in lower case.
fn lower_case(types: &[String]) -> BTreeSet<String> {
    types.iter().map(|name| name.to_lowercase()).collect()
}
