//! What a message holds, however it is sent: the one thing that all routes for messages share.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::AllowedMentions;
use super::attachment::{self, KeptAttachment, Voice};
use super::given::Given;
use super::poll::CreatePoll;
use crate::error::Error;
use crate::id::StickerId;
use crate::model::{
    Component, ComponentType, Embed, Maybe, MessageFlags, MessageReference, SharedClientTheme,
};
use crate::rest::form::Form;
use crate::rest::options::Options;
use crate::rest::request::Request;
use crate::rest::upload::Upload;

/// Whether a message is made or changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::rest) enum Purpose {
    #[default]
    New,
    Edit,
}

/// What a message holds. A route of its own embeds one by a type such as [`ThreadMessage`](super::ThreadMessage), which
/// is [`Serialize`] and has `check`; [`Request::message`] sends it with its files. The types that users see have a setter for each field that their route takes.
#[derive(Clone, Debug, Default)]
pub(in crate::rest) struct Body {
    pub(in crate::rest) purpose: Purpose,
    pub(in crate::rest) content: Maybe<String>,
    pub(in crate::rest) tts: bool,
    pub(in crate::rest) reference: Option<MessageReference>,
    pub(in crate::rest) embeds: Given<Vec<Embed>>,
    pub(in crate::rest) components: Given<Vec<Component>>,
    pub(in crate::rest) sticker_ids: Option<Vec<StickerId>>,
    pub(in crate::rest) poll: Given<CreatePoll>,
    /// But for `IS_COMPONENTS_V2`, which goes by the components.
    pub(in crate::rest) flags: Option<MessageFlags>,
    /// Whether the components are of the second version, even where none of them tells.
    pub(in crate::rest) components_v2: bool,
    pub(in crate::rest) files: Vec<Upload>,
    /// Those of the message's own attachments that stay; all of them where it is `None`.
    pub(in crate::rest) kept: Option<Vec<KeptAttachment>>,
    pub(in crate::rest) voice: Option<Voice>,
    pub(in crate::rest) theme: Option<SharedClientTheme>,
    pub(in crate::rest) allowed_mentions: Option<AllowedMentions>,
}

impl Body {
    pub(in crate::rest) fn text(content: impl Into<String>) -> Body {
        Body { content: Maybe::Value(content.into()), ..Body::default() }
    }

    /// What changes nothing yet.
    pub(in crate::rest) fn edit() -> Body {
        Body { purpose: Purpose::Edit, ..Body::default() }
    }

    pub(in crate::rest) fn set_flag(&mut self, flag: MessageFlags, on: bool) {
        let flags = self.flags.unwrap_or_default();
        self.flags = Some(if on { flags | flag } else { flags - flag });
    }

    /// Whether its components are of the [second version](https://docs.discord.com/developers/components/reference#what-is-a-component).
    pub(in crate::rest) fn is_v2(&self) -> bool {
        let mut components = self.components.value().into_iter().flatten();
        self.components_v2 || components.any(|component| component.kind() != ComponentType::ACTION_ROW)
    }

    fn all_flags(&self) -> Option<MessageFlags> {
        match self.is_v2() {
            true => Some(self.flags.unwrap_or_default() | MessageFlags::IS_COMPONENTS_V2),
            // A new message has none unless it is told so.
            false => self.flags.filter(|flags| self.purpose == Purpose::Edit || !flags.is_empty()),
        }
    }

    /// Discord would let a text without this mention everybody; where there is no text it need not be told.
    fn mentions(&self) -> Option<AllowedMentions> {
        let has_text = self.content.value().is_some() || self.components.value().is_some();
        let is_needed = self.purpose == Purpose::New || has_text;
        self.allowed_mentions.clone().or_else(|| is_needed.then(AllowedMentions::default))
    }

    /// Writes its fields into an object.
    pub(in crate::rest) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if !self.content.is_absent() {
            map.serialize_entry("content", &self.content)?;
        }
        if self.tts {
            map.serialize_entry("tts", &true)?;
        }
        optional(map, "message_reference", self.reference.as_ref())?;
        self.embeds.write(map, "embeds")?;
        self.components.write(map, "components")?;
        optional(map, "sticker_ids", self.sticker_ids.as_ref())?;
        self.poll.write(map, "poll")?;
        optional(map, "flags", self.all_flags())?;
        optional(map, "attachments", attachment::entries(self))?;
        optional(map, "shared_client_theme", self.theme.as_ref())?;
        optional(map, "allowed_mentions", self.mentions())
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        map.end()
    }
}

fn optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    name: &str,
    value: Option<T>,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(name, &value))
}

impl Request {
    /// The same with these options as its body: a message, or something that holds one. The message's files
    /// go with it.
    ///
    /// See [uploading files](https://docs.discord.com/developers/reference#uploading-files).
    pub(in crate::rest) fn message(self, options: &impl Options, message: &Body) -> Result<Request, Error> {
        if message.files.is_empty() {
            return self.json(options);
        }
        options.check()?;
        let json = serde_json::to_vec(options).map_err(|e| Error::invalid("(the whole)", e.to_string()))?;
        // Discord takes a file for a voice message only by its media type.
        let media_type = if message.voice.is_some() { "audio/ogg" } else { "application/octet-stream" };
        let mut form = Form::with_payload(json);
        for (number, file) in message.files.iter().enumerate() {
            form.file_of(format!("files[{number}]"), media_type, file);
        }
        Ok(self.form(form))
    }
}
