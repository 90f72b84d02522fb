//! What the library says to the user of an interaction, and the message in place of one.

use super::answer::Answer;
use super::interaction::InteractionContext;
use crate::bot::refusal::Refusal;
use crate::bot::text::source::TextSource;
use crate::command::ArgumentError;
use crate::error::Error;
use crate::model::{Interaction, Locale, Message, truncate_message};
use crate::texts::{LibraryText, Wording};

impl InteractionContext {
    /// Sends a text to the user that explains why an argument cannot be used.
    pub(crate) fn explain(&self, error: &ArgumentError) -> Result<(), Error> {
        let text = match &self.answer {
            Answer::Interaction(_) => self.in_words(&error.for_user()),
            Answer::Message(call) => call.source.explain(error, &|text| self.word(text)),
        };
        self.answer.notify_text(&truncate_message(text))
    }

    /// A text of the library in the language of the user. It is empty if the program wants nothing to be said.
    pub(in crate::bot) fn word(&self, text: &LibraryText) -> String {
        self.cx.word(text, Some(self.interaction()), self.guild_id())
    }

    /// The language of the user, or of the guild for a text command.
    pub(in crate::bot) fn language(&self) -> Option<Locale> {
        self.cx.language(Some(self.interaction()), self.guild_id())
    }

    /// A text of the library where an empty one is not possible.
    pub(in crate::bot) fn word_label(&self, text: &LibraryText) -> String {
        self.cx.word_label(text, Some(self.interaction()), self.guild_id())
    }

    fn in_words(&self, wording: &Wording) -> String {
        wording.in_words(&|text| self.word(text))
    }

    /// The prefix and the path that called the command, if it was called by text.
    pub(in crate::bot) fn text_call(&self) -> Option<&str> {
        self.text_source().map(TextSource::call)
    }

    /// The message that called the command, if it was called by text.
    pub(super) fn text_message(&self) -> Option<&Message> {
        match &self.answer {
            Answer::Interaction(_) => None,
            Answer::Message(call) => Some(&call.message),
        }
    }

    /// Sends a refusal to the user. There may be a response already.
    pub(crate) fn refuse(&self, refusal: &Refusal) -> Result<(), Error> {
        self.answer.notify_text(&truncate_message(self.in_words(refusal.wording())))
    }

    /// The number of actions that have answered the user.
    pub(in crate::bot) fn answers(&self) -> usize {
        self.answer.actions()
    }

    /// Makes the library say nothing to the user.
    pub(in crate::bot) fn keep_silent(&self) {
        self.answer.keep_silent();
    }

    /// Notifies the user of a text command that it failed.
    pub(super) fn notify_of_failure(&self) {
        if let Answer::Message(call) = &self.answer {
            let text = self.word(&LibraryText::Failed);
            if text.is_empty() {
                return;
            }
            if let Err(error) = call.responder.notify(&*text) {
                log::warn!("the message {text:?} could not be sent to the user of a text command: {error}");
            }
        }
    }

    /// Replaces the interaction of a call by a message, once its options were read.
    pub(super) fn set_interaction(&self, interaction: Interaction) {
        if let Answer::Message(call) = &self.answer {
            // The options of a call are read once.
            let _ = call.complete.set(interaction);
        }
    }

    /// The text of a call by a message.
    pub(in crate::bot) fn text_source(&self) -> Option<&TextSource> {
        match &self.answer {
            Answer::Interaction(_) => None,
            Answer::Message(call) => Some(&call.source),
        }
    }
}
