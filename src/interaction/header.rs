//! The part of an interaction that is read on the shard's thread.

use super::action::InteractionKind;
use crate::id::{ApplicationId, InteractionId};
use crate::json::{self, Read, Reader};
use crate::model::{CommandOptionType, CommandType, InteractionType, Secret};

/// What has to be known of an interaction to respond to it, and to find its handler.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InteractionHeader {
    pub(super) id: InteractionId,
    pub(super) application_id: ApplicationId,
    pub(super) token: Secret,
    /// The maximum size of a file of a response, in bytes; 0 if it is not known.
    pub(super) attachment_size_limit: u64,
    pub(crate) kind: InteractionKind,
    /// The type of the command; `CHAT_INPUT` for a component or a modal.
    pub(crate) command_type: CommandType,
    /// The full name of the command (`admin ban`), or the custom ID.
    pub(crate) name: String,
}

/// The fields that are read of an interaction. Each is `None` if it is missing or cannot be read.
#[derive(Default)]
struct Fields<'a> {
    id: Option<InteractionId>,
    application_id: Option<ApplicationId>,
    token: Option<Secret>,
    attachment_size_limit: Option<u64>,
    kind: Option<InteractionType>,
    data: Option<&'a str>,
    has_message: bool,
}

impl<'a> Fields<'a> {
    fn read(reader: &mut Reader<'a>) -> json::Result<Fields<'a>> {
        let mut fields = Fields::default();
        let mut rest = reader.object()?;
        while let Some(name) = reader.next_field(&mut rest)? {
            match &*name {
                "id" => lenient(reader, &mut fields.id)?,
                "application_id" => lenient(reader, &mut fields.application_id)?,
                "token" => lenient(reader, &mut fields.token)?,
                "type" => lenient(reader, &mut fields.kind)?,
                "attachment_size_limit" => lenient(reader, &mut fields.attachment_size_limit)?,
                "data" => fields.data = Some(reader.raw()?),
                "message" => fields.has_message = reader.raw()?.starts_with('{'),
                _ => reader.skip()?,
            }
        }
        Ok(fields)
    }
}

/// The fields that are read of a command, of a subcommand, of a component and of a modal.
#[derive(Default)]
struct Data<'a> {
    name: Option<String>,
    kind: Option<u32>,
    options: Option<&'a str>,
    custom_id: Option<String>,
    has_component_type: bool,
}

impl<'a> Data<'a> {
    fn read(reader: &mut Reader<'a>) -> json::Result<Data<'a>> {
        let mut data = Data::default();
        let mut rest = reader.object()?;
        while let Some(name) = reader.next_field(&mut rest)? {
            match &*name {
                "name" => lenient(reader, &mut data.name)?,
                "type" => lenient(reader, &mut data.kind)?,
                "options" => data.options = Some(reader.raw()?),
                "custom_id" => lenient(reader, &mut data.custom_id)?,
                "component_type" => {
                    reader.skip()?;
                    data.has_component_type = true;
                }
                _ => reader.skip()?,
            }
        }
        Ok(data)
    }

    /// The type of interaction that has such data, for one whose type is not known.
    fn probable_kind(&self) -> Option<InteractionType> {
        match (&self.custom_id, &self.name) {
            (Some(_), _) if self.has_component_type => Some(InteractionType::MESSAGE_COMPONENT),
            (Some(_), _) => Some(InteractionType::MODAL_SUBMIT),
            (None, Some(_)) => Some(InteractionType::APPLICATION_COMMAND),
            (None, None) => None,
        }
    }
}

/// Reads a value into `slot`. A value of another type is skipped, and `slot` stays as it is. The typed interaction does the
/// same, and counts such values.
fn lenient<T: Read>(reader: &mut Reader<'_>, slot: &mut Option<T>) -> json::Result<()> {
    let mark = reader.mark();
    match T::read(reader) {
        Ok(value) => {
            *slot = Some(value);
            Ok(())
        }
        Err(_) => {
            reader.reset(mark);
            reader.skip()
        }
    }
}

/// The only subcommand or group among these options. As in the typed interaction, elements without a name do not count.
fn subcommand(options: &str) -> Option<Data<'_>> {
    let only = json::read_with(options, |reader| {
        let mut only = None;
        let mut elements = reader.list()?;
        while reader.next_element(&mut elements)? {
            let option = json::read_with(reader.raw()?, Data::read).unwrap_or_default();
            if option.name.is_some() && only.replace(option).is_some() {
                return Ok(None);
            }
        }
        Ok(only)
    });
    only.ok()?.filter(|option| option.kind.is_some_and(|kind| CommandOptionType(kind).is_subcommand()))
}

impl InteractionHeader {
    /// Reads the header. `own_application` is used if the interaction does not name its application.
    ///
    /// Every other field may be missing or wrong. Returns `None` only if the interaction cannot be responded to: without an
    /// ID or token, or as a ping.
    pub(crate) fn read(data: &str, own_application: ApplicationId) -> Option<InteractionHeader> {
        let fields = json::read_with(data, Fields::read).ok()?;
        let inner = fields.data.and_then(|data| json::read_with(data, Data::read).ok()).unwrap_or_default();
        let known = fields.kind.filter(|kind| kind.name().is_some());
        let kind = kind(known.or_else(|| inner.probable_kind())?, fields.has_message)?;
        let (command_type, name) = match kind {
            InteractionKind::Command | InteractionKind::Autocomplete => {
                let kind = inner.kind.filter(|kind| *kind != 0).map(CommandType);
                (kind.unwrap_or(CommandType::CHAT_INPUT), full_name(inner))
            }
            InteractionKind::Component | InteractionKind::Modal { .. } => {
                (CommandType::CHAT_INPUT, inner.custom_id.unwrap_or_default())
            }
        };
        Some(InteractionHeader {
            id: fields.id?,
            application_id: fields.application_id.unwrap_or(own_application),
            token: fields.token.filter(|token| !token.is_empty())?,
            attachment_size_limit: fields.attachment_size_limit.unwrap_or_default(),
            kind,
            command_type,
            name,
        })
    }
}

/// The kind of an interaction of this type; `None` for a ping and for unknown types.
pub(crate) fn kind(interaction_type: InteractionType, from_message: bool) -> Option<InteractionKind> {
    match interaction_type {
        InteractionType::APPLICATION_COMMAND => Some(InteractionKind::Command),
        InteractionType::MESSAGE_COMPONENT => Some(InteractionKind::Component),
        InteractionType::MODAL_SUBMIT => Some(InteractionKind::Modal { from_message }),
        InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE => Some(InteractionKind::Autocomplete),
        _ => None,
    }
}

/// The names of the command, the group and the subcommand.
fn full_name(command: Data<'_>) -> String {
    let mut name = command.name.unwrap_or_default();
    let mut options = command.options;
    // Discord has two levels. With a third one the name is that of no command. The limit keeps the work small, because each
    // level is scanned again.
    for _ in 0..3 {
        let Some(subcommand) = options.and_then(subcommand) else { break };
        name.push(' ');
        name.push_str(subcommand.name.as_deref().unwrap_or_default());
        options = subcommand.options;
    }
    name
}

#[cfg(test)]
mod tests;
