//! What a prompt says, where it is sent, who can answer, and how long it waits.

use std::time::Duration;

use super::task_context::TaskContext;
use crate::error::Error;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::Message;
use crate::rest::InteractionMessage;

/// How long a prompt waits, unless it says so itself.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(3 * 60);

/// How often [`Task::ask`](super::Task::ask) reads an answer, unless the prompt says so itself.
const DEFAULT_TRIES: u32 = 3;

/// A message that asks for something: what it says, where it is sent, who can answer, and how long it waits.
///
/// [`Task::confirm`](super::Task::confirm), [`choose`](super::Task::choose), [`choose_many`](super::Task::choose_many),
/// [`pages`](super::Task::pages) and [`ask`](super::Task::ask) take it. Everything that converts into an [`InteractionMessage`]
/// converts into it: `task.confirm("Delete all?")`.
///
/// In a task of an interaction, the prompt is the response to it, or a followup message if there is a response, and only the
/// user of the interaction can answer. Only that user sees it with `InteractionMessage::text("Delete all?").ephemeral(true)`.
/// Another task says where it asks and who can answer.
///
/// Other users who click receive an ephemeral message. After the timeout, or an error such as that of a page which Discord does not
/// take, the components of the prompt are disabled. They are too when the bot stops, within its [grace period](crate::Bot::grace) and at most a second; the
/// [report of the stop](crate::bot::health::StopReport::prompts) counts those for which that failed.
///
/// ```
/// use std::time::Duration;
/// use syncord::bot::Prompt;
/// use syncord::model::Message;
///
/// fn delete_all(because_of: &Message) -> Prompt {
///     Prompt::new("Delete all?")
///         .reply_to(because_of) // its author is who may answer
///         .timeout(Duration::from_secs(30))
///         .yes("Delete")
///         .no("Keep")
/// }
/// ```
///
/// # Custom IDs
///
/// A test that uses the components in the simulator needs their custom IDs: `prompt/yes` and `prompt/no`; `prompt/0` and so
/// on for choices that are buttons; `prompt/choices` for a select, whose values are `0` and so on, `prompt/back` and
/// `prompt/next` for its pages, and `prompt/done` for the end of several choices; `prompt/first`, `prompt/back`, `prompt/next`,
/// `prompt/last` and `prompt/close` for pages.
#[derive(Clone, Debug)]
#[must_use]
pub struct Prompt {
    pub(super) message: InteractionMessage,
    pub(super) place: Place,
    users: Users,
    pub(super) timeout: Duration,
    pub(super) refusal: Option<String>,
    pub(super) yes: Option<String>,
    pub(super) no: Option<String>,
    pub(super) placeholder: Option<String>,
    pub(super) expected: Option<String>,
    pub(super) tries: u32,
}

/// Where a prompt is sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// As a response to the interaction of the task.
    Response,
    Channel(ChannelId),
    Reply(ChannelId, MessageId),
}

/// Who may answer.
#[derive(Clone, Copy, Debug)]
enum Users {
    /// The user of the interaction.
    OfInteraction,
    One(UserId),
    All,
}

impl Default for Prompt {
    /// A prompt without its own message, for [`Task::pages`](super::Task::pages).
    fn default() -> Prompt {
        Prompt::new(InteractionMessage::new())
    }
}

impl<M: Into<InteractionMessage>> From<M> for Prompt {
    fn from(message: M) -> Prompt {
        Prompt::new(message)
    }
}

impl Prompt {
    /// Creates a prompt that shows this message.
    pub fn new(message: impl Into<InteractionMessage>) -> Prompt {
        Prompt {
            message: message.into(),
            place: Place::Response,
            users: Users::OfInteraction,
            timeout: DEFAULT_TIMEOUT,
            refusal: None,
            yes: None,
            no: None,
            placeholder: None,
            expected: None,
            tries: DEFAULT_TRIES,
        }
    }

    /// Sends the prompt to this channel, and not as a response to an interaction.
    pub fn in_channel(mut self, channel: ChannelId) -> Prompt {
        self.place = Place::Channel(channel);
        self
    }

    /// Sends the prompt as a reply to this message. Its author is who may answer, unless the prompt says otherwise.
    pub fn reply_to(mut self, message: &Message) -> Prompt {
        self.place = Place::Reply(message.channel_id, message.id);
        if let Users::OfInteraction = self.users {
            self.users = Users::One(message.author.id);
        }
        self
    }

    /// Sets who may answer.
    pub fn for_user(mut self, user: UserId) -> Prompt {
        self.users = Users::One(user);
        self
    }

    /// Lets everyone answer who sees the prompt. The first answer counts.
    pub fn for_anyone(mut self) -> Prompt {
        self.users = Users::All;
        self
    }

    /// Sets how long it waits for an answer, or for the next click on pages. Default: 3 minutes.
    pub fn timeout(mut self, timeout: Duration) -> Prompt {
        self.timeout = timeout;
        self
    }

    /// Sets the text for other users who click, up to 2,000 characters. Default:
    /// "This is for another user", or what the program says [instead](crate::Bot::replace_texts).
    pub fn refusal(mut self, text: impl Into<String>) -> Prompt {
        self.refusal = Some(text.into());
        self
    }

    /// Sets the label of the button that confirms, up to 80 characters. Default: "Yes".
    pub fn yes(mut self, label: impl Into<String>) -> Prompt {
        self.yes = Some(label.into());
        self
    }

    /// Sets the label of the button that does not confirm, up to 80 characters. Default: "No".
    pub fn no(mut self, label: impl Into<String>) -> Prompt {
        self.no = Some(label.into());
        self
    }

    /// Sets what the select of choices shows if nothing is chosen, up to 150 characters.
    pub fn placeholder(mut self, text: impl Into<String>) -> Prompt {
        self.placeholder = Some(text.into());
        self
    }

    /// Sets what [`ask`](super::Task::ask) expects, in words for the user: "a number from 1 to 10". The user reads it after the
    /// word "Expected". Default: what the error says.
    pub fn expects(mut self, text: impl Into<String>) -> Prompt {
        self.expected = Some(text.into());
        self
    }

    /// Sets how many messages [`ask`](super::Task::ask) reads before it ends. Default: 3.
    pub fn tries(mut self, tries: u32) -> Prompt {
        self.tries = tries;
        self
    }

    /// Who may answer in this context; `None` if everyone may.
    pub(super) fn user(&self, cx: &impl TaskContext) -> Result<Option<UserId>, Error> {
        match (self.users, cx.interaction_context()) {
            (Users::One(user), _) => Ok(Some(user)),
            (Users::All, _) => Ok(None),
            (Users::OfInteraction, Some(cx)) => Ok(Some(cx.user().id)),
            (Users::OfInteraction, None) => Err(Error::setup(
                "a prompt of a task without an interaction does not know who may answer: call for_user or for_anyone",
            )),
        }
    }
}
