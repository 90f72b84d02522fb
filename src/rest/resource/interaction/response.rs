use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{InteractionMessage, Modal};
use crate::error::Error;
use crate::model::limits::{MAX_CHOICE_NAME, MAX_OPTION_CHOICES};
use crate::model::{CommandChoice, InteractionCallbackType, MessageFlags};
use crate::rest::EditResponse;
use crate::rest::check::{at_field, chars, count, option_value};
use crate::rest::options::Options;
use crate::rest::request::Request;
use crate::rest::route::Route;

/// A response to an interaction: [Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object).
#[derive(Clone, Debug)]
#[non_exhaustive]
#[must_use]
pub enum InteractionResponse {
    /// Acknowledges a ping.
    Pong,
    /// Sends a message.
    Message(Box<InteractionMessage>),
    /// Defers the message. The user sees that the bot is thinking until
    /// [`edit_original_interaction_response`](crate::rest::Client::edit_original_interaction_response) sends it.
    Defer {
        /// Whether only the user will see the message.
        ephemeral: bool,
    },
    /// Acknowledges a component. Its message can be edited later; the user sees no loading state.
    DeferUpdate,
    /// Edits the component's message.
    Update(Box<EditResponse>),
    /// Suggests choices for the option that the user is typing, maximum 25.
    Autocomplete(Vec<CommandChoice>),
    /// Opens a modal. It cannot respond to a submitted modal.
    Modal(Modal),
    /// Shows an upgrade button. Discord deprecated it in favor of
    /// [premium buttons](crate::model::component::Button::premium).
    PremiumRequired,
    /// Starts the application's activity.
    LaunchActivity,
}

impl InteractionResponse {
    /// Creates a response that sends a message.
    pub fn message(message: impl Into<InteractionMessage>) -> InteractionResponse {
        InteractionResponse::Message(Box::new(message.into()))
    }

    /// Creates a response that edits the component's message.
    pub fn update(changes: impl Into<EditResponse>) -> InteractionResponse {
        InteractionResponse::Update(Box::new(changes.into()))
    }

    /// Creates a response that suggests choices for the option that the user is typing.
    ///
    /// ```
    /// use syncord::model::CommandChoice;
    /// use syncord::rest::InteractionResponse;
    ///
    /// let harbours = [CommandChoice::new("Kiel", 1), CommandChoice::new("Rostock", 2)];
    /// assert!(InteractionResponse::autocomplete(harbours).check().is_ok());
    /// ```
    pub fn autocomplete(choices: impl IntoIterator<Item = CommandChoice>) -> InteractionResponse {
        InteractionResponse::Autocomplete(choices.into_iter().collect())
    }

    /// Returns the response type.
    pub fn kind(&self) -> InteractionCallbackType {
        match self {
            InteractionResponse::Pong => InteractionCallbackType::PONG,
            InteractionResponse::Message(_) => InteractionCallbackType::CHANNEL_MESSAGE_WITH_SOURCE,
            InteractionResponse::Defer { .. } => {
                InteractionCallbackType::DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE
            }
            InteractionResponse::DeferUpdate => InteractionCallbackType::DEFERRED_UPDATE_MESSAGE,
            InteractionResponse::Update(_) => InteractionCallbackType::UPDATE_MESSAGE,
            InteractionResponse::Autocomplete(_) => {
                InteractionCallbackType::APPLICATION_COMMAND_AUTOCOMPLETE_RESULT
            }
            InteractionResponse::Modal(_) => InteractionCallbackType::MODAL,
            InteractionResponse::PremiumRequired => InteractionCallbackType::PREMIUM_REQUIRED,
            InteractionResponse::LaunchActivity => InteractionCallbackType::LAUNCH_ACTIVITY,
        }
    }

    /// Checks Discord's limits. Sending checks them too.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], with the path of the field and its limit.
    pub fn check(&self) -> Result<(), Error> {
        match self {
            InteractionResponse::Message(message) => message.check(),
            InteractionResponse::Update(changes) => changes.check(),
            InteractionResponse::Modal(modal) => modal.check(),
            InteractionResponse::Autocomplete(choices) => {
                at_field(count(0..=MAX_OPTION_CHOICES)(choices), || "choices".to_owned())?;
                for (index, choice) in choices.iter().enumerate() {
                    at_field(check_choice(choice), || format!("choices[{index}]"))?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn request(&self, route: Route) -> Result<Request, Error> {
        let request = Request::new(route);
        let request = match self {
            InteractionResponse::Message(message) => request.message(self, &message.body),
            InteractionResponse::Update(changes) => request.message(self, &changes.body),
            _ => request.json(self),
        };
        // Discord accepts one response per interaction and rejects a second one, so a retry is safe.
        request.map(Request::repeatable)
    }
}

impl Options for InteractionResponse {
    fn check(&self) -> Result<(), Error> {
        InteractionResponse::check(self)
    }
}

impl Serialize for InteractionResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Choices<'a> {
            choices: &'a [CommandChoice],
        }

        #[derive(Serialize)]
        struct Flags {
            flags: MessageFlags,
        }

        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.kind())?;
        match self {
            InteractionResponse::Message(message) => map.serialize_entry("data", message)?,
            InteractionResponse::Update(changes) => map.serialize_entry("data", changes)?,
            InteractionResponse::Modal(modal) => map.serialize_entry("data", modal)?,
            InteractionResponse::Autocomplete(choices) => {
                map.serialize_entry("data", &Choices { choices })?;
            }
            InteractionResponse::Defer { ephemeral: true } => {
                map.serialize_entry("data", &Flags { flags: MessageFlags::EPHEMERAL })?;
            }
            _ => {}
        }
        map.end()
    }
}

fn check_choice(choice: &CommandChoice) -> Result<(), Error> {
    at_field(chars(1..=MAX_CHOICE_NAME)(&choice.name), || "name".to_owned())?;
    for (locale, name) in choice.name_localizations.iter().flatten() {
        at_field(chars(1..=MAX_CHOICE_NAME)(name), || format!("name_localizations.{locale}"))?;
    }
    at_field(option_value(&choice.value), || "value".to_owned())
}
