use crate::model::{Component, Maybe, MessageFlags};
use crate::rest::message::body::{Body, Purpose};
use crate::rest::message::setters::setters;
use crate::rest::message::{CreateMessage, EditMessage, EditResponse};

/// A response or followup message to an interaction: [Messages](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages) and [Create Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
///
/// ```
/// use syncord::model::component::{ActionRow, Button};
/// use syncord::rest::InteractionMessage;
///
/// let plain: InteractionMessage = "The tide is in.".into();
/// let question = InteractionMessage::text("Sure?")
///     .ephemeral(true)
///     .component(ActionRow::new([Button::danger("sure", "Yes")]));
/// assert!(plain.check().is_ok() && question.check().is_ok());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct InteractionMessage {
    pub(in crate::rest) body: Body,
}

setters! {
    InteractionMessage: content tts embeds components poll files voice allowed_mentions ephemeral suppress_embeds
        suppress_notifications
}

impl InteractionMessage {
    /// Creates an empty message.
    pub fn new() -> InteractionMessage {
        InteractionMessage::default()
    }

    /// Creates a message with text content.
    pub fn text(content: impl Into<String>) -> InteractionMessage {
        InteractionMessage { body: Body::text(content) }
    }

    /// Returns whether only the user sees the message.
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.body.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
    }

    /// The components of the message.
    pub(crate) fn component_list(&self) -> &[Component] {
        self.body.components.as_deref().unwrap_or_default()
    }

    /// The message, with the text and the embeds of another one where it has none, and below the components of that one.
    pub(crate) fn framed_by(mut self, frame: &InteractionMessage) -> InteractionMessage {
        let (body, frame) = (&mut self.body, &frame.body);
        if body.content.is_absent() {
            body.content.clone_from(&frame.content);
        }
        if body.embeds.is_none() {
            body.embeds.clone_from(&frame.embeds);
        }
        if let Some(components) = &frame.components {
            body.components.get_or_insert_default().splice(0..0, components.iter().cloned());
        }
        body.components_v2 |= frame.components_v2;
        if let Some(flags) = frame.flags {
            body.flags = Some(body.flags.unwrap_or_default() | flags);
        }
        self
    }

    /// Converts the message into the edit that completes a deferred response.
    pub(crate) fn into_edit(self) -> EditResponse {
        // Discord accepts no other flag in an edit.
        let flags = self.body.flags.map(|flags| flags & MessageFlags::SUPPRESS_EMBEDS);
        let flags = flags.filter(|flags| !flags.is_empty());
        // A deferred response has no attachments to keep, but only a request with the list can describe its files.
        let kept_attachments = (!self.body.files.is_empty()).then(Vec::new);
        EditResponse {
            body: Body { purpose: Purpose::Edit, tts: false, flags, kept_attachments, ..self.body },
        }
    }
}

impl InteractionMessage {
    /// Converts the message into one that needs no interaction, which everyone in its channel sees.
    pub(crate) fn into_create(self) -> CreateMessage {
        let flags = self.body.flags.map(|flags| flags - MessageFlags::EPHEMERAL);
        CreateMessage::from_body(Body { flags: flags.filter(|flags| !flags.is_empty()), ..self.body })
    }
}

impl InteractionMessage {
    /// Converts the message into an edit that leaves nothing of the edited message.
    pub(crate) fn into_replacement(self) -> EditMessage {
        let flags = self.body.flags.unwrap_or_default() & MessageFlags::SUPPRESS_EMBEDS;
        let body = Body {
            purpose: Purpose::Edit,
            content: self.body.content.into_value().map_or(Maybe::Null, Maybe::Value),
            embeds: Some(self.body.embeds.unwrap_or_default()),
            components: Some(self.body.components.unwrap_or_default()),
            kept_attachments: Some(Vec::new()),
            flags: Some(flags),
            tts: false,
            ..self.body
        };
        EditMessage { body }
    }
}

/// The message takes the place of the edited one: nothing of that remains.
impl From<InteractionMessage> for EditResponse {
    fn from(message: InteractionMessage) -> Self {
        message.into_replacement().into()
    }
}

impl EditResponse {
    /// Converts the edit into one that needs no interaction.
    pub(crate) fn into_edit(self) -> EditMessage {
        EditMessage { body: self.body }
    }

    /// Converts the edit into a new message.
    pub(crate) fn into_message(self) -> InteractionMessage {
        let content = self.body.content.into_value().map_or(Maybe::Absent, Maybe::Value);
        InteractionMessage {
            body: Body { purpose: Purpose::New, content, kept_attachments: None, ..self.body },
        }
    }
}
