//! What is known where a text is said.

use std::fmt;

use super::library::LibraryText;
use crate::model::{Interaction, Locale};

/// A text that the library is about to send, and what is known of the place: see
/// [`Bot::replace_texts`](crate::Bot::replace_texts).
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct TextContext<'c> {
    /// The text, with the reason or the values in it.
    pub text: &'c LibraryText,
    /// The interaction that is answered. For a text command it is what Discord would have sent for the slash command. `None` for a
    /// prompt of a task without an interaction, and for a message that names a group of commands.
    pub interaction: Option<&'c Interaction>,
    /// The language in which the text would be said: that of the user, or for messages that of the guild.
    pub locale: Option<&'c Locale>,
}

impl fmt::Debug for TextContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextContext")
            .field("text", &self.text)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}
