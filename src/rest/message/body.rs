//! The fields of a message, shared by all routes that send one.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::AllowedMentions;
use super::attachment::{Attachment, KeptAttachment, Voice};
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

/// Whether the message is new or edited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::rest) enum Purpose {
    #[default]
    New,
    Edit,
}

/// The fields of a message. A route that embeds a message in a larger payload does so with a type such as
/// [`ThreadMessage`](super::ThreadMessage), which has `check` and is [`Serialize`]; [`Request::message`] sends it with
/// its files. The public types have a setter for each field that their route takes.
#[derive(Clone, Debug, Default)]
pub(in crate::rest) struct Body {
    pub(in crate::rest) purpose: Purpose,
    pub(in crate::rest) content: Maybe<String>,
    pub(in crate::rest) tts: bool,
    pub(in crate::rest) reference: Option<MessageReference>,
    pub(in crate::rest) embeds: Option<Vec<Embed>>,
    pub(in crate::rest) components: Option<Vec<Component>>,
    pub(in crate::rest) sticker_ids: Option<Vec<StickerId>>,
    pub(in crate::rest) poll: Option<CreatePoll>,
    /// Without `IS_COMPONENTS_V2`, which is computed from the components.
    pub(in crate::rest) flags: Option<MessageFlags>,
    /// Whether the caller declared the components to be of the second version.
    pub(in crate::rest) components_v2: bool,
    pub(in crate::rest) files: Vec<Upload>,
    /// The attachments of an edited message that stay. `None` keeps all of them.
    pub(in crate::rest) kept_attachments: Option<Vec<KeptAttachment>>,
    pub(in crate::rest) voice: Option<Voice>,
    pub(in crate::rest) theme: Option<SharedClientTheme>,
    pub(in crate::rest) allowed_mentions: Option<AllowedMentions>,
}

impl Body {
    pub(in crate::rest) fn text(content: impl Into<String>) -> Body {
        Body { content: Maybe::Value(content.into()), ..Body::default() }
    }

    /// An edit that changes nothing.
    pub(in crate::rest) fn edit() -> Body {
        Body { purpose: Purpose::Edit, ..Body::default() }
    }

    pub(in crate::rest) fn set_flag(&mut self, flag: MessageFlags, on: bool) {
        let flags = self.flags.unwrap_or_default();
        self.flags = Some(if on { flags | flag } else { flags - flag });
    }

    /// Whether the components are of the [second version](https://docs.discord.com/developers/components/reference#what-is-a-component).
    pub(in crate::rest) fn is_v2(&self) -> bool {
        let mut components = self.components.iter().flatten();
        self.components_v2 || components.any(|component| component.kind() != ComponentType::ACTION_ROW)
    }

    fn all_flags(&self) -> Option<MessageFlags> {
        match self.is_v2() {
            true => Some(self.flags.unwrap_or_default() | MessageFlags::IS_COMPONENTS_V2),
            // A new message has no flags by default; an edit must be able to clear them.
            false => self.flags.filter(|flags| self.purpose == Purpose::Edit || !flags.is_empty()),
        }
    }

    /// Without this field Discord would let a text mention everyone. An edit without text does not need it.
    fn mentions(&self) -> Option<AllowedMentions> {
        let has_text = self.content.value().is_some() || self.components.is_some();
        let is_needed = self.purpose == Purpose::New || has_text;
        self.allowed_mentions.clone().or_else(|| is_needed.then(AllowedMentions::default))
    }

    /// The `attachments` field; `None` if it is absent, which leaves the existing attachments as they are.
    fn attachments(&self) -> Option<Vec<Attachment<'_>>> {
        if self.kept_attachments.is_none() && (self.files.is_empty() || self.purpose == Purpose::Edit) {
            return None;
        }
        let kept = self.kept_attachments.iter().flatten().map(Attachment::Kept);
        let voice = self.voice.as_ref();
        let new = self.files.iter().enumerate().map(|(id, file)| Attachment::new(id, file, voice));
        Some(kept.chain(new).collect())
    }

    /// Writes the fields into an object.
    pub(in crate::rest) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if !self.content.is_absent() {
            map.serialize_entry("content", &self.content)?;
        }
        if self.tts {
            map.serialize_entry("tts", &true)?;
        }
        optional(map, "message_reference", self.reference.as_ref())?;
        optional(map, "embeds", self.embeds.as_ref())?;
        optional(map, "components", self.components.as_ref())?;
        optional(map, "sticker_ids", self.sticker_ids.as_ref())?;
        optional(map, "poll", self.poll.as_ref())?;
        optional(map, "flags", self.all_flags())?;
        optional(map, "attachments", self.attachments())?;
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
    /// Sets the body: a message, or a payload that contains one, with the files of the message.
    ///
    /// See [uploading files](https://docs.discord.com/developers/reference#uploading-files).
    pub(in crate::rest) fn message(self, options: &impl Options, message: &Body) -> Result<Request, Error> {
        if message.files.is_empty() {
            return self.json(options);
        }
        options.check()?;
        let json = serde_json::to_vec(options).map_err(|e| Error::invalid("(body)", e.to_string()))?;
        // Discord accepts a voice message only with this media type.
        let media_type = if message.voice.is_some() { "audio/ogg" } else { "application/octet-stream" };
        let mut form = Form::with_payload(json);
        for (number, file) in message.files.iter().enumerate() {
            form.file_with_type(format!("files[{number}]"), media_type, file);
        }
        Ok(self.form(form))
    }
}
