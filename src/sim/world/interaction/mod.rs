//! Interactions: commands, buttons, selects and modals
//! ([page](https://docs.discord.com/developers/interactions/receiving-and-responding)).

mod actions;
mod command_line;
mod dispatch;
mod followup;
mod interaction;
mod localized;
mod resolved;
mod response;

pub(super) use self::interaction::Interaction;
pub use self::interaction::{Acknowledgement, RejectedResponse};
pub(super) use self::localized::{is_named, shown_name};
