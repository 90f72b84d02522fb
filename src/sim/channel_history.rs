//! What a test asks for about channels: what happened, what comes next, and whether the bot stays silent.

use std::sync::Arc;

use super::discord::Discord;
use super::error::SimError;
use super::history_text::last_changes;
use super::hub::{Hub, State};
use super::log::timeout_error;
use super::people::Channel;
use super::settle;
use super::transcript::Change;
use crate::id::ChannelId;

impl Discord {
    /// Everything that happened in all channels, as text: one line for each message, edit, deletion, reaction and use of a
    /// command, with the channel in front.
    ///
    /// The text has names instead of IDs and no times, so it is the same in each run if the order of what happens is. The
    /// last 10,000 changes are kept.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// let discord = syncord::sim::Discord::start()?;
    /// let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// let hello = ann.says(&general, &format!("hello {}", general.mention()));
    /// ann.edits(hello, "bye");
    /// assert_eq!(discord.transcript(), "#general ann: hello #general\n#general ann (edited): bye\n");
    /// # Ok(())
    /// # }
    /// ```
    pub fn transcript(&self) -> String {
        self.hub.read(State::transcript)
    }
}

impl Channel {
    /// Everything that happened in the channel, as text: see [`Discord::transcript`].
    pub fn transcript(&self) -> String {
        self.hub().read(|state| state.lines(state.history.in_channel(self.id()), false))
    }

    /// Everything that happened in the channel, oldest first: messages, edits, deletions, reactions, and what people used.
    pub fn history(&self) -> Vec<Change> {
        self.hub().read(|state| state.history.in_channel(self.id()).cloned().collect())
    }

    /// Waits for the bot's next change in the channel: a message, an edit, a deletion or a reaction. Each is returned once.
    /// [`next_message`](Channel::next_message) is independent of it.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when there is none in time.
    pub fn next_change(&self) -> Result<Change, SimError> {
        let hub = self.hub();
        let next = || hub.change_silently(|state| state.history.next(self.id()));
        let change = hub.wait_for(self.timeout(), next);
        change.ok_or_else(|| self.timeout_error("the bot's next change"))
    }

    /// Checks that the bot posts nothing in the channel for what has happened until now: waits until it has
    /// [settled](Discord::settle), then fails if there is a message that no test has received.
    ///
    /// # Errors
    ///
    /// [`SimError::Unexpected`] when the bot has posted a message, [`SimError::Timeout`] when it does not settle.
    pub fn stays_silent(&self) -> Result<(), SimError> {
        settle::settle(self.hub(), self.timeout())?;
        match self.try_next_message() {
            None => Ok(()),
            Some(message) => Err(SimError::Unexpected {
                what: format!("no message of the bot in {}", self.name()),
                happened: format!(
                    "{}: {:?}\n{}",
                    message.author,
                    message.content,
                    last_changes(self.hub(), self.id())
                ),
            }),
        }
    }

    /// The error when something did not happen in the channel in time.
    pub(super) fn timeout_error(&self, what: &str) -> SimError {
        let (hub, channel): (&Arc<Hub>, ChannelId) = (self.hub(), self.id());
        let label = hub.read(|state| state.channel_label(channel));
        timeout_error(hub, self.timeout(), &format!("{what} in {label}")).with(&last_changes(hub, channel))
    }
}
