use crate::model::{Maybe, MessageFlags};
use crate::rest::message::EditResponse;
use crate::rest::message::body::{Body, Purpose};
use crate::rest::message::setters::setters;

/// A message that answers an interaction: [Messages](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages) and [Create Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
///
/// ```
/// use syncord::model::component::{ActionRow, Button};
/// use syncord::rest::InteractionMessage;
///
/// let plain: InteractionMessage = "The tide is in.".into();
/// let asking = InteractionMessage::text("Sure?")
///     .ephemeral(true)
///     .component(ActionRow::new([Button::danger("sure", "Yes")]));
/// assert!(plain.check().is_ok() && asking.check().is_ok());
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
    /// A message with nothing in it yet.
    pub fn new() -> InteractionMessage {
        InteractionMessage::default()
    }

    /// A message with this text.
    pub fn text(content: impl Into<String>) -> InteractionMessage {
        InteractionMessage { body: Body::text(content) }
    }

    /// Whether only the user sees it.
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.body.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
    }

    /// The same as what is given to an answer that was deferred.
    pub(crate) fn into_edit(self) -> EditResponse {
        // Discord takes no other flag of what is changed.
        let flags = self.body.flags.map(|flags| flags & MessageFlags::SUPPRESS_EMBEDS);
        let flags = flags.filter(|flags| !flags.is_empty());
        // There is nothing yet that could stay, and only where that is said can a file have a description.
        let kept_attachments = (!self.body.files.is_empty()).then(Vec::new);
        EditResponse {
            body: Body { purpose: Purpose::Edit, tts: false, flags, kept_attachments, ..self.body },
        }
    }
}

impl EditResponse {
    /// The same as a message of its own.
    pub(crate) fn into_message(self) -> InteractionMessage {
        let content = self.body.content.into_value().map_or(Maybe::Absent, Maybe::Value);
        InteractionMessage {
            body: Body { purpose: Purpose::New, content, kept_attachments: None, ..self.body },
        }
    }
}
