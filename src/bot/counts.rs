//! What `benches/counts` measures of the command tree. No part of the API.

use crate::bot::bot::Bot;
use crate::id::ApplicationId;
use crate::interaction::InteractionHeader;

/// The commands of a bot that is not started.
pub struct Commands<'a>(Bot<'a>);

impl<'a> Commands<'a> {
    /// Takes the commands of a bot.
    pub fn new(bot: Bot<'a>) -> Commands<'a> {
        Commands(bot)
    }

    /// Finds the handler of an interaction, from its data. Returns whether there is one.
    pub fn find(&mut self, data: &str) -> bool {
        let header = InteractionHeader::read(data, ApplicationId::new(1));
        header.is_some_and(|header| self.0.router.command(&header).is_some())
    }
}
