use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use super::problems::Problems;
use crate::id::CommandId;
use crate::model::{
    ApplicationIntegrationType, ChannelType, Command, CommandChoice, CommandOptionDefinition,
    CommandOptionType, CommandType, EntryPointHandlerType, InteractionContextType, Locale, OptionValue,
    Permissions,
};

/// A declared command. Its JSON is the body of the request that
/// [creates](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command) or
/// [edits](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command) the
/// command.
///
/// Fields that are not set are left out. The definition of an [edit](super::PlanStep::Edit) also resets what the registered
/// command has and the declared one has not: with `null`, or an empty list of options.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CommandDefinition {
    /// The type of the command (Discord's `type`).
    pub kind: CommandType,
    /// The name.
    pub name: String,
    /// The name in other languages.
    pub name_localizations: BTreeMap<Locale, String>,
    /// The description. Empty for user and message commands.
    pub description: String,
    /// The description in other languages.
    pub description_localizations: BTreeMap<Locale, String>,
    /// The options or the subcommands.
    pub options: Vec<CommandOptionDefinition>,
    /// The permissions that a member needs to use the command.
    pub default_member_permissions: Option<Permissions>,
    /// Whether the command is age-restricted.
    pub nsfw: bool,
    /// The installation contexts in which the command is available. `None`: those of the application.
    pub integration_types: Option<Vec<ApplicationIntegrationType>>,
    /// The contexts in which the command can be used. `None`: all.
    pub contexts: Option<Vec<InteractionContextType>>,
    /// Whether it was declared as a group of subcommands.
    is_group: bool,
    in_guild: bool,
    /// Problems that the fields do not show, with paths from this command: settings of a whole command on a subcommand,
    /// and empty lists of choices.
    problems: Problems,
    /// Set for an existing entry point, which is sent back unchanged.
    entry_point: Option<EntryPoint>,
    resets: Resets,
}

/// The fields that an edit resets, because the registered command has them and the declared one has not.
#[derive(Clone, Debug, Default, PartialEq)]
struct Resets {
    name_localizations: bool,
    description_localizations: bool,
    default_member_permissions: bool,
    options: bool,
}

/// The fields that only an entry point has.
#[derive(Clone, Debug, PartialEq)]
struct EntryPoint {
    id: CommandId,
    handler: Option<EntryPointHandlerType>,
}

impl CommandDefinition {
    pub(super) fn new(kind: CommandType, name: String, description: String) -> Self {
        CommandDefinition {
            kind,
            name,
            name_localizations: BTreeMap::new(),
            description,
            description_localizations: BTreeMap::new(),
            options: Vec::new(),
            default_member_permissions: None,
            nsfw: false,
            integration_types: None,
            contexts: None,
            is_group: false,
            in_guild: false,
            problems: Problems::new(),
            entry_point: None,
            resets: Resets::default(),
        }
    }

    /// An entry point as it is registered.
    pub(super) fn entry_point(old: &Command) -> Self {
        CommandDefinition {
            name_localizations: old.name_localizations.clone().unwrap_or_default(),
            description_localizations: old.description_localizations.clone().unwrap_or_default(),
            default_member_permissions: old.default_member_permissions,
            nsfw: old.nsfw,
            integration_types: Some(old.integration_types.to_vec()).filter(|types| !types.is_empty()),
            contexts: old.contexts.as_ref().map(|contexts| contexts.to_vec()),
            entry_point: Some(EntryPoint { id: old.id, handler: old.handler }),
            ..Self::new(old.kind, old.name.clone(), old.description.clone())
        }
    }

    /// A group of subcommands.
    pub(super) fn group(name: String, description: String) -> Self {
        CommandDefinition { is_group: true, ..Self::new(CommandType::CHAT_INPUT, name, description) }
    }

    /// Adds an option, and the problem of its kind.
    pub(super) fn add_option(&mut self, (option, problem): (CommandOptionDefinition, Option<&'static str>)) {
        if let Some(problem) = problem {
            self.problems.push(option.name.clone(), problem);
        }
        self.options.push(option);
    }

    /// Keeps only the subcommands and groups with these paths: `ban`, `role add`.
    pub(crate) fn retain_subcommands(&mut self, paths: &[String]) {
        self.options.retain(|option| paths.contains(&option.name));
        for group in &mut self.options {
            let is_kept = |option: &CommandOptionDefinition| {
                !matches!(option.kind, CommandOptionType::SUB_COMMAND)
                    || paths.contains(&format!("{} {}", group.name, option.name))
            };
            let kept = group.options.iter().filter(|option| is_kept(option)).cloned().collect();
            group.options = kept;
        }
    }

    /// Whether it is or contains the command with this path: `admin ban`.
    pub(crate) fn has_command(&self, path: &str) -> bool {
        let mut names = path.split(' ');
        if self.kind != CommandType::CHAT_INPUT || names.next() != Some(&*self.name) {
            return false;
        }
        let mut options = &*self.options;
        names.all(|name| match options.iter().find(|option| option.name == name) {
            Some(option) => {
                options = &option.options;
                true
            }
            None => false,
        })
    }

    /// Adds a command as a subcommand, or a group as a subcommand group.
    pub(super) fn add(&mut self, child: &CommandDefinition) {
        let whole_command_only = [
            ("default_member_permissions", child.default_member_permissions.is_some()),
            ("nsfw", child.nsfw),
            ("integration_types", child.integration_types.is_some()),
            ("contexts", child.contexts.is_some()),
        ];
        let mut problems = child.problems.clone();
        for (field, _) in whole_command_only.into_iter().filter(|(_, set)| *set) {
            problems.push("", format!("{field} cannot be set on a subcommand, only on the whole command"));
        }
        if child.kind != CommandType::CHAT_INPUT {
            problems.push("", "a context menu command cannot be a subcommand");
        }
        self.problems.append(problems.within(&child.name));

        let kind = if child.is_group {
            CommandOptionType::SUB_COMMAND_GROUP
        } else {
            CommandOptionType::SUB_COMMAND
        };
        let mut subcommand = CommandOptionDefinition::new(kind, &child.name, &child.description);
        subcommand.name_localizations = not_empty(&child.name_localizations).cloned();
        subcommand.description_localizations = not_empty(&child.description_localizations).cloned();
        subcommand.options = child.options.clone().into();
        self.options.push(subcommand);
    }

    /// The definition for a single guild, without contexts and integration types: Discord rejects them there.
    #[must_use]
    pub fn for_guild(mut self) -> Self {
        self.in_guild = true;
        self.integration_types = None;
        self.contexts = None;
        self
    }

    /// The definition as an edit of a registered command, which resets the fields that are no longer declared. Contexts are
    /// not reset, because the plan writes them out where they differ.
    pub(super) fn editing(mut self, old: &Command) -> Self {
        let has_texts =
            |texts: &Option<BTreeMap<Locale, String>>| texts.as_ref().and_then(not_empty).is_some();
        self.resets = Resets {
            name_localizations: has_texts(&old.name_localizations) && self.name_localizations.is_empty(),
            description_localizations: has_texts(&old.description_localizations)
                && self.description_localizations.is_empty(),
            default_member_permissions: old.default_member_permissions.is_some()
                && self.default_member_permissions.is_none(),
            options: self.options.is_empty()
                && !(old.options.is_empty() && old.options.unreadable().is_empty()),
        };
        self
    }

    /// Whether it was declared as a group of subcommands.
    pub fn is_group(&self) -> bool {
        self.is_group
    }

    /// Whether it is an existing entry point, which a [bulk overwrite](super::Plan::bulk_overwrite) sends back unchanged.
    pub fn is_entry_point(&self) -> bool {
        self.entry_point.is_some()
    }

    pub(super) fn is_in_guild(&self) -> bool {
        self.in_guild
    }

    pub(super) fn problems(&self) -> &Problems {
        &self.problems
    }

    /// The command as users see it: `/roll`, or `user command "High Five"`.
    pub fn title(&self) -> impl fmt::Display + '_ {
        CommandTitle(self.kind, &self.name)
    }
}

/// A command as users see it: `/roll`, or `user command "High Five"`.
pub(crate) struct CommandTitle<'a>(pub(crate) CommandType, pub(crate) &'a str);

impl fmt::Display for CommandTitle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CommandTitle(kind, name) = self;
        match *kind {
            CommandType::CHAT_INPUT => write!(f, "/{name}"),
            CommandType::USER => write!(f, "user command {name:?}"),
            CommandType::MESSAGE => write!(f, "message command {name:?}"),
            CommandType::PRIMARY_ENTRY_POINT => write!(f, "entry point {name:?}"),
            kind => write!(f, "{kind:?} {name:?}"),
        }
    }
}

/// A map, unless it is empty.
pub(super) fn not_empty<V>(map: &BTreeMap<Locale, V>) -> Option<&BTreeMap<Locale, V>> {
    Some(map).filter(|map| !map.is_empty())
}

type Names<'a> = Option<&'a BTreeMap<Locale, String>>;

/// A field that is left out, or `Some(None)` for `null`.
type OrNull<T> = Option<Option<T>>;

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    entry_point: Option<EntryPointBody<'a>>,
    #[serde(rename = "type")]
    kind: CommandType,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_localizations: OrNull<&'a BTreeMap<Locale, String>>,
    #[serde(flatten)]
    slash: Option<SlashBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_member_permissions: OrNull<Permissions>,
    nsfw: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    integration_types: Option<&'a [ApplicationIntegrationType]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contexts: Option<&'a [InteractionContextType]>,
}

/// The fields that only an entry point has.
#[derive(Serialize)]
struct EntryPointBody<'a> {
    id: CommandId,
    #[serde(skip_serializing_if = "Option::is_none")]
    handler: Option<EntryPointHandlerType>,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description_localizations: Names<'a>,
}

/// The fields that user and message commands must not have.
#[derive(Serialize)]
struct SlashBody<'a> {
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description_localizations: OrNull<&'a BTreeMap<Locale, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<OptionBody<'a>>>,
}

/// A value, or else `null` if the field is reset.
fn or_null<T>(value: Option<T>, reset: bool) -> OrNull<T> {
    if value.is_some() || reset { Some(value) } else { None }
}

/// An option without the fields that have their default.
#[derive(Serialize)]
struct OptionBody<'a> {
    #[serde(rename = "type")]
    kind: CommandOptionType,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_localizations: Names<'a>,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description_localizations: Names<'a>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    choices: &'a [CommandChoice],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionBody<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    channel_types: &'a [ChannelType],
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<&'a OptionValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<&'a OptionValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u32>,
    #[serde(skip_serializing_if = "is_false")]
    autocomplete: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    file_types: &'a [String],
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> From<&'a CommandOptionDefinition> for OptionBody<'a> {
    fn from(option: &'a CommandOptionDefinition) -> Self {
        OptionBody {
            kind: option.kind,
            name: &option.name,
            name_localizations: option.name_localizations.as_ref().and_then(not_empty),
            description: &option.description,
            description_localizations: option.description_localizations.as_ref().and_then(not_empty),
            required: option.required,
            choices: &option.choices,
            options: option.options.iter().map(OptionBody::from).collect(),
            channel_types: &option.channel_types,
            min_value: option.min_value.as_ref(),
            max_value: option.max_value.as_ref(),
            min_length: option.min_length,
            max_length: option.max_length,
            autocomplete: option.autocomplete,
            file_types: &option.file_types,
        }
    }
}

impl Serialize for CommandDefinition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let slash = (self.kind == CommandType::CHAT_INPUT).then(|| SlashBody {
            description: &self.description,
            description_localizations: or_null(
                not_empty(&self.description_localizations),
                self.resets.description_localizations,
            ),
            options: (self.resets.options || !self.options.is_empty())
                .then(|| self.options.iter().map(OptionBody::from).collect()),
        });
        let entry_point = self.entry_point.as_ref().map(|entry_point| EntryPointBody {
            id: entry_point.id,
            handler: entry_point.handler,
            description: &self.description,
            description_localizations: not_empty(&self.description_localizations),
        });
        Body {
            entry_point,
            kind: self.kind,
            name: &self.name,
            name_localizations: or_null(not_empty(&self.name_localizations), self.resets.name_localizations),
            slash,
            default_member_permissions: or_null(
                self.default_member_permissions,
                self.resets.default_member_permissions,
            ),
            nsfw: self.nsfw,
            integration_types: self.integration_types.as_deref(),
            contexts: self.contexts.as_deref().filter(|_| !self.in_guild),
        }
        .serialize(serializer)
    }
}
