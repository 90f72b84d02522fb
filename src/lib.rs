#![doc = include_str!("../README.md")]

mod backoff;
pub mod bot;
pub mod command;
mod deadline;
mod error;
mod error_code;
mod fingerprint;
pub mod gateway;
pub mod id;
pub mod interaction;
mod json;
pub mod model;
mod registry;
pub mod rest;
#[cfg(feature = "sim")]
pub mod sim;
mod sync;
mod tls;
mod token;
mod user_agent;

pub use bot::{Bot, Context, Handle, HandlerError, InMemoryQueue, Lanes, Running};
pub use error::{BoxError, Error, HttpError, Limit, Result};
pub use error_code::JsonErrorCode;
pub use gateway::intents::Intents;
pub use tls::Tls;
pub use token::Token;

/// What a [tree](bot::tree) of commands, components, modals and events is made of.
pub mod tree {
    pub use crate::bot::tree::*;
    pub use crate::bot::{CommandContext, ComponentContext, InteractionContext, ModalContext};
    pub use crate::command::{
        Argument, ArgumentError, Choice, CustomId, Mentionable, OneOf, OptionKind, OptionSpec, attachment,
        boolean, channel, choices, integer, member, mentionable, number, one_of, role, string, user,
    };
}

/// Everything that a closure given to [`Bot::on`] can hear: Discord's events, and what happens to the connection.
pub mod events {
    pub use crate::bot::{Connected, Disconnected, Gap};
    pub use crate::gateway::event::*;
}
