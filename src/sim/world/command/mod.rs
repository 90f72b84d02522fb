//! Application commands ([page](https://docs.discord.com/developers/interactions/application-commands)).

mod check;
mod command;
mod routes;

pub(super) use self::check::check_choice_value;
pub(super) use self::command::{Command, Creation};
