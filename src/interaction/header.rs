//! The part of an interaction that is read on the shard's thread.

use super::action::InteractionKind;
use crate::id::{ApplicationId, InteractionId};
use crate::json::{self, Read, Reader, object};
use crate::model::{CommandOptionType, CommandType, InteractionType, Secret};

/// What has to be known of an interaction to respond to it, and to find its handler.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InteractionHeader {
    pub(super) id: InteractionId,
    pub(super) application_id: ApplicationId,
    pub(super) token: Secret,
    pub(crate) kind: InteractionKind,
    /// The type of the command; `CHAT_INPUT` for a component or a modal.
    pub(crate) command_type: CommandType,
    /// The full name of the command (`admin ban`), or the custom ID.
    pub(crate) name: String,
}

/// The fields that are read of an interaction.
#[derive(Default)]
struct Fields<'a> {
    id: Option<InteractionId>,
    application_id: Option<ApplicationId>,
    token: Option<Secret>,
    kind: InteractionType,
    data: Option<&'a str>,
    has_message: bool,
}

impl<'a> Fields<'a> {
    fn read(reader: &mut Reader<'a>) -> json::Result<Fields<'a>> {
        let mut fields = Fields::default();
        let mut rest = reader.object()?;
        while let Some(name) = reader.next_field(&mut rest)? {
            match &*name {
                "id" => fields.id = Some(Read::read(reader)?),
                "application_id" => fields.application_id = Some(Read::read(reader)?),
                "token" => fields.token = Some(Read::read(reader)?),
                "type" => fields.kind = Read::read(reader)?,
                "data" => fields.data = Some(reader.raw()?),
                "message" => fields.has_message = reader.raw()? != "null",
                _ => reader.skip()?,
            }
        }
        Ok(fields)
    }
}

#[derive(Default)]
struct Command {
    name: String,
    kind: CommandType,
    options: Vec<CommandOption>,
}

object! { Command {
    name, kind = "type", options,
} }

#[derive(Default)]
struct CommandOption {
    name: String,
    kind: CommandOptionType,
    options: Vec<CommandOption>,
}

object! { CommandOption {
    name, kind = "type", options,
} }

#[derive(Default)]
struct CustomId {
    custom_id: String,
}

object! { CustomId {
    custom_id,
} }

impl InteractionHeader {
    /// Reads the header. Returns `None` if `data` is not an interaction, or of a type that this version does not know.
    pub(crate) fn read(data: &str) -> Option<InteractionHeader> {
        let fields = json::read_with(data, Fields::read).ok()?;
        let kind = kind(fields.kind, fields.has_message)?;
        let inner = fields.data.unwrap_or("{}");
        let (command_type, name) = match kind {
            InteractionKind::Command | InteractionKind::Autocomplete => {
                let command: Command = json::read(inner).unwrap_or_default();
                let kind = Some(command.kind).filter(|kind| *kind != CommandType::default());
                (kind.unwrap_or(CommandType::CHAT_INPUT), command.full_name())
            }
            InteractionKind::Component | InteractionKind::Modal { .. } => {
                let CustomId { custom_id } = json::read(inner).unwrap_or_default();
                (CommandType::CHAT_INPUT, custom_id)
            }
        };
        Some(InteractionHeader {
            id: fields.id?,
            application_id: fields.application_id?,
            token: fields.token?,
            kind,
            command_type,
            name,
        })
    }
}

/// The kind of an interaction of this type; `None` for a ping and for unknown types.
pub(super) fn kind(interaction_type: InteractionType, from_message: bool) -> Option<InteractionKind> {
    match interaction_type {
        InteractionType::APPLICATION_COMMAND => Some(InteractionKind::Command),
        InteractionType::MESSAGE_COMPONENT => Some(InteractionKind::Component),
        InteractionType::MODAL_SUBMIT => Some(InteractionKind::Modal { from_message }),
        InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE => Some(InteractionKind::Autocomplete),
        _ => None,
    }
}

impl Command {
    /// The names of the command, the group and the subcommand.
    fn full_name(self) -> String {
        let (mut name, mut options) = (self.name, self.options);
        while let Some(option) = options.into_iter().next() {
            if !matches!(option.kind, CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP) {
                break;
            }
            name.push(' ');
            name.push_str(&option.name);
            options = option.options;
        }
        name
    }
}

#[cfg(test)]
mod tests;
