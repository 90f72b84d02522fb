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

/// A command as it is declared: written as JSON it is what Discord takes to
/// [make](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command) or
/// [change](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command) one.
///
/// What is not declared is written as `null`, so that a change also takes away what was declared before.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CommandDefinition {
    /// What kind of command it is; `type` in Discord's words.
    pub kind: CommandType,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    pub name_localizations: BTreeMap<Locale, String>,
    /// What it does; empty for commands of users and messages.
    pub description: String,
    /// What it does, in other languages.
    pub description_localizations: BTreeMap<Locale, String>,
    /// What it takes, or its subcommands.
    pub options: Vec<CommandOptionDefinition>,
    /// What a member must be allowed to use it.
    pub default_member_permissions: Option<Permissions>,
    /// Whether it is for adults only.
    pub nsfw: bool,
    /// For whom the application has to be installed; as the application is set up where it is `None`.
    pub integration_types: Option<Vec<ApplicationIntegrationType>>,
    /// Where it can be used; wherever the application is where it is `None`.
    pub contexts: Option<Vec<InteractionContextType>>,
    /// Whether it is there to hold subcommands.
    is_group: bool,
    in_guild: bool,
    /// What is wrong and cannot be seen of the rest, with paths from here: what was set on subcommands and can be set on
    /// whole commands only, and choices among nothing.
    misplaced: Problems,
    /// Where it is none of ours, and stands in a list only because the list has to be whole.
    kept: Option<Kept>,
}

/// What an entry point has besides.
#[derive(Clone, Debug)]
struct Kept {
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
            misplaced: Problems::new(),
            kept: None,
        }
    }

    /// An entry point as Discord has it.
    pub(super) fn kept(old: &Command) -> Self {
        CommandDefinition {
            name_localizations: old.name_localizations.clone().unwrap_or_default(),
            description_localizations: old.description_localizations.clone().unwrap_or_default(),
            default_member_permissions: old.default_member_permissions,
            nsfw: old.nsfw,
            integration_types: Some(old.integration_types.to_vec()).filter(|types| !types.is_empty()),
            contexts: old.contexts.as_ref().map(|contexts| contexts.to_vec()),
            kept: Some(Kept { id: old.id, handler: old.handler }),
            ..Self::new(old.kind, old.name.clone(), old.description.clone())
        }
    }

    /// One that has only subcommands.
    pub(super) fn group(name: String, description: String) -> Self {
        CommandDefinition { is_group: true, ..Self::new(CommandType::CHAT_INPUT, name, description) }
    }

    /// Adds an option, and what is wrong with how it was made.
    pub(super) fn add_option(&mut self, (option, problem): (CommandOptionDefinition, Option<&'static str>)) {
        if let Some(problem) = problem {
            self.misplaced.push(option.name.clone(), problem);
        }
        self.options.push(option);
    }

    /// Makes another command, or another group, a part of this group.
    pub(super) fn add(&mut self, child: &CommandDefinition) {
        let top_only = [
            ("permissions", child.default_member_permissions.is_some()),
            ("an age restriction", child.nsfw),
            ("installations", child.integration_types.is_some()),
            ("contexts", child.contexts.is_some()),
        ];
        let mut misplaced = child.misplaced.clone();
        for (what, _) in top_only.into_iter().filter(|(_, set)| *set) {
            misplaced
                .push("", format!("{what} can be set on a whole command or group, not on a part of one"));
        }
        if child.kind != CommandType::CHAT_INPUT {
            misplaced.push("", "a menu command cannot be part of a group");
        }
        self.misplaced.append(misplaced.within(&child.name));

        let kind = if child.is_group {
            CommandOptionType::SUB_COMMAND_GROUP
        } else {
            CommandOptionType::SUB_COMMAND
        };
        let mut part = CommandOptionDefinition::new(kind, &child.name, &child.description);
        part.name_localizations = some(&child.name_localizations).cloned();
        part.description_localizations = some(&child.description_localizations).cloned();
        part.options = child.options.clone().into();
        self.options.push(part);
    }

    /// The same for one guild, where Discord takes neither contexts nor installations.
    #[must_use]
    pub fn for_guild(mut self) -> Self {
        self.in_guild = true;
        self.integration_types = None;
        self.contexts = None;
        self
    }

    /// Whether it holds subcommands, and cannot be used itself.
    pub fn is_group(&self) -> bool {
        self.is_group
    }

    /// Whether it is none of ours, and is there to be left as it is.
    pub fn is_kept(&self) -> bool {
        self.kept.is_some()
    }

    pub(super) fn is_in_guild(&self) -> bool {
        self.in_guild
    }

    pub(super) fn misplaced(&self) -> &Problems {
        &self.misplaced
    }

    /// What people see of it: `/roll`, or `user command "High Five"`.
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

/// A map, unless there is nothing in it.
pub(super) fn some<V>(map: &BTreeMap<Locale, V>) -> Option<&BTreeMap<Locale, V>> {
    Some(map).filter(|map| !map.is_empty())
}

type Names<'a> = Option<&'a BTreeMap<Locale, String>>;

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    kept: Option<KeptBody<'a>>,
    #[serde(rename = "type")]
    kind: CommandType,
    name: &'a str,
    name_localizations: Names<'a>,
    #[serde(flatten)]
    slash: Option<SlashBody<'a>>,
    default_member_permissions: Option<Permissions>,
    nsfw: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    integration_types: Option<&'a [ApplicationIntegrationType]>,
    /// `null` is written, nothing is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    contexts: Option<Option<&'a [InteractionContextType]>>,
}

/// What only an entry point has.
#[derive(Serialize)]
struct KeptBody<'a> {
    id: CommandId,
    #[serde(skip_serializing_if = "Option::is_none")]
    handler: Option<EntryPointHandlerType>,
    description: &'a str,
    description_localizations: Names<'a>,
}

/// What the commands of users and messages must not have.
#[derive(Serialize)]
struct SlashBody<'a> {
    description: &'a str,
    description_localizations: Names<'a>,
    options: Vec<OptionBody<'a>>,
}

/// An option without what it need not say.
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
            name_localizations: option.name_localizations.as_ref().and_then(some),
            description: &option.description,
            description_localizations: option.description_localizations.as_ref().and_then(some),
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
            description_localizations: some(&self.description_localizations),
            options: self.options.iter().map(OptionBody::from).collect(),
        });
        let kept = self.kept.as_ref().map(|kept| KeptBody {
            id: kept.id,
            handler: kept.handler,
            description: &self.description,
            description_localizations: some(&self.description_localizations),
        });
        Body {
            kept,
            kind: self.kind,
            name: &self.name,
            name_localizations: some(&self.name_localizations),
            slash,
            default_member_permissions: self.default_member_permissions,
            nsfw: self.nsfw,
            integration_types: self.integration_types.as_deref(),
            contexts: (!self.in_guild).then_some(self.contexts.as_deref()),
        }
        .serialize(serializer)
    }
}
