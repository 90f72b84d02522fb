//! What is different between a command as Discord has it and as it is declared.
//!
//! What may be left out means the same as what is written in its place: `null`, an empty list or map, `false`, and
//! limits that limit nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::definition::{CommandDefinition, some};
use crate::command::kinds::same;
use crate::model::limits::MAX_OPTION_LENGTH;
use crate::model::{
    ApplicationIntegrationType, Command, CommandChoice, CommandOptionDefinition, CommandOptionType,
    InteractionContextType, Locale, OptionValue,
};

/// Where a command can be used if it does not say
/// ([defaults](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands)).
const EVERYWHERE: [InteractionContextType; 3] =
    [InteractionContextType::GUILD, InteractionContextType::BOT_DM, InteractionContextType::PRIVATE_CHANNEL];

/// What is different, in words.
pub(super) fn of(old: &Command, new: &CommandDefinition) -> Vec<String> {
    let rows = [
        (
            "name_localizations",
            same_texts(
                (&old.name, old.name_localizations.as_ref()),
                (&new.name, some(&new.name_localizations)),
            ),
        ),
        ("description", old.description == new.description),
        (
            "description_localizations",
            same_texts(
                (&old.description, old.description_localizations.as_ref()),
                (&new.description, some(&new.description_localizations)),
            ),
        ),
        ("default_member_permissions", old.default_member_permissions == new.default_member_permissions),
        ("nsfw", old.nsfw == new.nsfw),
        ("integration_types", new.is_in_guild() || same_installs(old, new)),
        ("contexts", new.is_in_guild() || same_contexts(old, new)),
    ];
    let mut changes = different(&rows);
    if !old.options.unreadable().is_empty() {
        changes.push("options".to_owned());
    }
    options("", &old.options, &new.options, &mut changes);
    changes
}

fn different(rows: &[(&str, bool)]) -> Vec<String> {
    rows.iter().filter(|(_, same)| !same).map(|(what, _)| (*what).to_owned()).collect()
}

/// A text, and what it is in other languages.
type Texts<'a> = (&'a str, Option<&'a BTreeMap<Locale, String>>);

/// Whether people see the same: what is no different from the text itself,
/// [Discord ignores](https://docs.discord.com/developers/interactions/application-commands#localization).
fn same_texts(old: Texts<'_>, new: Texts<'_>) -> bool {
    let different = |(text, localized): Texts<'_>| -> BTreeMap<_, _> {
        let localized = localized.into_iter().flatten();
        localized.filter(|(_, other)| *other != text).map(|(l, t)| (l.clone(), t.clone())).collect()
    };
    old.1.and_then(some) == new.1.and_then(some) || different(old) == different(new)
}

/// Where it is not declared, Discord fills in what the application is set up for.
fn same_installs(old: &Command, new: &CommandDefinition) -> bool {
    new.integration_types.as_ref().is_none_or(|new| set(&old.integration_types) == set(new))
}

/// Not to say where is to say everywhere; what Discord then shows depends on when the command was made.
fn same_contexts(old: &Command, new: &CommandDefinition) -> bool {
    const NO_MESSAGES: &[InteractionContextType] = &[InteractionContextType::GUILD];
    let shown = match (&old.contexts, old.dm_permission) {
        (Some(contexts), _) => Some(&**contexts),
        (None, Some(false)) => Some(NO_MESSAGES),
        (None, _) => None,
    };
    // Channels between people are there for those only who have installed it for themselves.
    let installs = new.integration_types.as_deref().unwrap_or(&old.integration_types);
    let is_for_users = installs.contains(&ApplicationIntegrationType::USER_INSTALL);
    let is_needed = |place| is_for_users || place != InteractionContextType::PRIVATE_CHANNEL;
    let is_everywhere = |shown: &[InteractionContextType]| {
        EVERYWHERE.into_iter().filter(|place| is_needed(*place)).all(|place| shown.contains(&place))
    };
    match (shown, &new.contexts) {
        (Some(shown), Some(new)) => set(shown) == set(new),
        (Some(shown), None) => is_everywhere(shown),
        (None, Some(_)) => false,
        (None, None) => true,
    }
}

/// Says in words what not to say means, where that is a change: it is not documented that to leave it out takes back
/// what was declared before, nor what becomes of a `dm_permission` then.
pub(super) fn spell_out(old: &Command, new: &mut CommandDefinition) {
    if !new.is_in_guild() && new.contexts.is_none() && !same_contexts(old, new) {
        new.contexts = Some(EVERYWHERE.to_vec());
    }
}

fn set<T: Ord>(list: &[T]) -> BTreeSet<&T> {
    list.iter().collect()
}

/// Compares options, whose order counts.
fn options(
    path: &str,
    old: &[CommandOptionDefinition],
    new: &[CommandOptionDefinition],
    changes: &mut Vec<String>,
) {
    let find =
        |list: &'_ [CommandOptionDefinition], name: &str| list.iter().position(|option| option.name == name);
    let gone = old.iter().filter(|option| find(new, &option.name).is_none());
    changes.extend(gone.map(|option| format!("{path}{} removed", option.name)));
    let added = new.iter().filter(|option| find(old, &option.name).is_none());
    changes.extend(added.map(|option| format!("{path}{} added", option.name)));
    let places: Vec<_> = new.iter().filter_map(|option| find(old, &option.name)).collect();
    if !places.is_sorted() {
        changes.push(format!("{path}order"));
    }
    for new in new {
        if let Some(place) = find(old, &new.name) {
            option(&format!("{path}{}: ", new.name), &old[place], new, changes);
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
        ("required", old.required == new.required || is_part(new)),
        ("choices", old.choices.unreadable().is_empty() && same_choices(&old.choices, &new.choices)),
        (
            "channel_types",
            old.channel_types.unreadable().is_empty() && set(&old.channel_types) == set(&new.channel_types),
        ),
        ("min_value", same_value(old.min_value.as_ref(), new.min_value.as_ref())),
        ("max_value", same_value(old.max_value.as_ref(), new.max_value.as_ref())),
        ("min_length", old.min_length.unwrap_or(0) == new.min_length.unwrap_or(0)),
        (
            "max_length",
            old.max_length.unwrap_or(MAX_OPTION_LENGTH) == new.max_length.unwrap_or(MAX_OPTION_LENGTH),
        ),
        ("autocomplete", old.autocomplete == new.autocomplete),
        ("file_types", lower_case(&old.file_types) == lower_case(&new.file_types)),
        ("options", old.options.unreadable().is_empty()),
    ];
    changes.extend(different(&rows).iter().map(|what| format!("{path}{what}")));
    options(path, &old.options, &new.options, changes);
}

fn is_part(option: &CommandOptionDefinition) -> bool {
    matches!(option.kind, CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP)
}

fn same_choices(old: &[CommandChoice], new: &[CommandChoice]) -> bool {
    let same_choice = |(old, new): (&CommandChoice, &CommandChoice)| {
        old.name == new.name
            && same(&old.value, &new.value)
            && same_texts(
                (&old.name, old.name_localizations.as_ref()),
                (&new.name, new.name_localizations.as_ref()),
            )
    };
    old.len() == new.len() && old.iter().zip(new).all(same_choice)
}

fn same_value(old: Option<&OptionValue>, new: Option<&OptionValue>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => same(old, new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// Discord writes file types in lower case.
fn lower_case(types: &[String]) -> BTreeSet<String> {
    types.iter().map(|name| name.to_lowercase()).collect()
}
