use super::super::message::body::Body;
use super::super::message::setters::setters;

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
}
