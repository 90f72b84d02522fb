//! The bot: its features and what they share. `main` and the tests mount them.

mod dice;
mod greeting;
mod notes;

use syncord::prelude::*;

pub use crate::notes::Notes;

/// What the features share. It outlives the bot, whose handlers borrow it.
#[derive(Debug, Default)]
pub struct State {
    pub notes: Notes,
}

/// Adds all features to a bot.
pub fn mount<'a>(bot: &mut Bot<'a>, state: &'a State) {
    bot.mount(dice::tree()).mount(greeting::tree()).mount(notes::tree(&state.notes));
    bot.help();
}
