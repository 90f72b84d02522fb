use super::action::Kind;
use crate::id::{ApplicationId, InteractionId};
use crate::json::{self, Read, Reader, object};
use crate::model::{CommandOptionType, CommandType, InteractionType, Secret};

/// What the shard's thread reads of an interaction, before anybody else: enough to answer it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    pub(super) token: Secret,
    pub(crate) kind: Kind,
    /// The kind of command; of no matter where it is none.
    pub(crate) command: CommandType,
    /// The command's full name (`admin ban`), or the custom id.
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
    options: Vec<CommandPart>,
}

object! { Command {
    name, kind = "type", options,
} }

#[derive(Default)]
struct CommandPart {
    name: String,
    kind: CommandOptionType,
    options: Vec<CommandPart>,
}

object! { CommandPart {
    name, kind = "type", options,
} }

#[derive(Default)]
struct Named {
    custom_id: String,
}

object! { Named {
    custom_id,
} }

impl Glance {
    /// `None` for what is no interaction, or none that this version can answer.
    pub(super) fn read(data: &str) -> Option<Glance> {
        let fields = json::read_with(data, Fields::read).ok()?;
        let kind = kind(fields.kind, fields.has_message)?;
        let inner = fields.data.unwrap_or("{}");
        let (command, name) = match kind {
            Kind::Command | Kind::Suggestions => {
                let command: Command = json::read(inner).unwrap_or_default();
                let kind = Some(command.kind).filter(|kind| *kind != CommandType::default());
                (kind.unwrap_or(CommandType::CHAT_INPUT), command.path())
            }
            Kind::Component | Kind::Modal { .. } => {
                let named: Named = json::read(inner).unwrap_or_default();
                (CommandType::CHAT_INPUT, named.custom_id)
            }
        };
        Some(Glance {
            id: fields.id?,
            application: fields.application_id?,
            token: fields.token?,
            kind,
            command,
            name,
        })
    }
}

/// How an interaction of this type is answered.
pub(super) fn kind(kind: InteractionType, of_message: bool) -> Option<Kind> {
    match kind {
        InteractionType::APPLICATION_COMMAND => Some(Kind::Command),
        InteractionType::MESSAGE_COMPONENT => Some(Kind::Component),
        InteractionType::MODAL_SUBMIT => Some(Kind::Modal { of_message }),
        InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE => Some(Kind::Suggestions),
        _ => None,
    }
}

impl Command {
    fn path(self) -> String {
        let (mut path, mut parts) = (self.name, self.options);
        while let Some(part) = parts.into_iter().next() {
            if !matches!(part.kind, CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP) {
                break;
            }
            path.push(' ');
            path.push_str(&part.name);
            parts = part.options;
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::Glance;
    use crate::interaction::action::Kind;
    use crate::model::CommandType;

    fn read(rest: &str) -> Option<(Kind, CommandType, String)> {
        let data = format!(r#"{{"id":"7","application_id":"8","token":"secret",{rest}}},"s":1}}"#);
        let glance = Glance::read(&data)?;
        assert_eq!((glance.id.get(), glance.application.get(), &*glance.token), (7, 8, "secret"));
        Some((glance.kind, glance.command, glance.name))
    }

    #[test]
    fn an_interaction_is_known_by_its_kind_and_its_full_name() {
        let named = |kind, name: &str| Some((kind, CommandType::CHAT_INPUT, name.to_owned()));
        for (json, expected) in [
            (r#""type":2,"data":{"id":"1","name":"roll","type":1}"#, named(Kind::Command, "roll")),
            (
                r#""type":2,"data":{"name":"crew","type":1,"options":[{"name":"rota","type":2,"options":
                    [{"name":"add","type":1,"options":[{"name":"who","type":6,"value":"9"}]}]}]}"#,
                named(Kind::Command, "crew rota add"),
            ),
            (
                r#""type":4,"data":{"name":"roll","type":1,"options":[{"name":"port","type":3,"value":"ki","focused":true}]}"#,
                named(Kind::Suggestions, "roll"),
            ),
            (
                r#""type":3,"data":{"custom_id":"vote/1"},"message":{"id":"5"}"#,
                named(Kind::Component, "vote/1"),
            ),
            (
                r#""type":5,"data":{"custom_id":"report"},"message":{"id":"5"}"#,
                named(Kind::Modal { of_message: true }, "report"),
            ),
            (
                r#""type":5,"data":{"custom_id":"report"},"message":null"#,
                named(Kind::Modal { of_message: false }, "report"),
            ),
            // What cannot be read costs no more than the name.
            (r#""type":3,"data":{"custom_id":7}"#, named(Kind::Component, "")),
            (r#""type":1"#, None),
            (r#""type":99,"data":{}"#, None),
        ] {
            assert_eq!(read(json), expected, "{json}");
        }
        let menu = read(r#""type":2,"data":{"name":"Show log","type":2}"#);
        assert_eq!(menu, Some((Kind::Command, CommandType::USER, "Show log".to_owned())));
        assert_eq!(Glance::read("[]"), None);
    }
}
