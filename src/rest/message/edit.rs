use super::body::Body;
use super::poll::CreatePoll;
use super::setters::setters;

/// The changes to a message: [Edit Message](https://docs.discord.com/developers/resources/message#edit-message) and [Edit Webhook Message](https://docs.discord.com/developers/resources/webhook#edit-webhook-message).
///
/// Fields that are not set stay unchanged. An edit that adds the first
/// [components of the second version](https://docs.discord.com/developers/components/reference) must remove the text, the
/// embeds and the stickers.
///
/// ```
/// use syncord::model::component::TextDisplay;
/// use syncord::rest::EditMessage;
///
/// let corrected: EditMessage = "The tide is out.".into();
/// let rebuilt = EditMessage::new().no_content().no_embeds().component(TextDisplay::new("# The tide is out"));
/// assert!(corrected.check().is_ok() && rebuilt.check().is_ok());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct EditMessage {
    pub(in crate::rest) body: Body,
}

setters! {
    EditMessage: content no_content embeds no_embeds components no_components no_stickers files attachments
        allowed_mentions suppress_embeds
}

impl EditMessage {
    /// Creates an edit that changes nothing.
    pub fn new() -> EditMessage {
        EditMessage { body: Body::edit() }
    }

    /// Creates an edit that changes the text.
    pub fn text(content: impl Into<String>) -> EditMessage {
        EditMessage::new().content(content)
    }
}

impl Default for EditMessage {
    fn default() -> Self {
        EditMessage::new()
    }
}

/// The changes to a response to an interaction: [Edit Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#edit-original-interaction-response), [Edit Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#edit-followup-message), and the edit of the message whose component was used.
///
/// Fields that are not set stay unchanged. An [`EditMessage`] converts into one, and so does an
/// [`InteractionMessage`](crate::rest::InteractionMessage): that leaves nothing of the edited message.
///
/// ```
/// use syncord::rest::{CreatePoll, EditResponse};
///
/// let done: EditResponse = "Done.".into();
/// let asked = EditResponse::new().poll(CreatePoll::new("Which tide?").answer("High").answer("Low"));
/// assert!(done.check().is_ok() && asked.check().is_ok());
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct EditResponse {
    pub(in crate::rest) body: Body,
}

setters! {
    EditResponse: content no_content embeds no_embeds components no_components files attachments allowed_mentions
        suppress_embeds
}

impl EditResponse {
    /// Creates an edit that changes nothing.
    pub fn new() -> EditResponse {
        EditResponse { body: Body::edit() }
    }

    /// Creates an edit that changes the text.
    pub fn text(content: impl Into<String>) -> EditResponse {
        EditResponse::new().content(content)
    }

    /// Sets the poll. Only a deferred response can receive one.
    pub fn poll(mut self, poll: CreatePoll) -> EditResponse {
        self.body.poll = Some(poll);
        self
    }
}

impl Default for EditResponse {
    fn default() -> Self {
        EditResponse::new()
    }
}

impl From<EditMessage> for EditResponse {
    fn from(edit: EditMessage) -> Self {
        EditResponse { body: edit.body }
    }
}
