#![cfg_attr(all(doc, not(doctest)), doc = include_str!("guide/links.md"))]
#![cfg_attr(all(doc, not(doctest), feature = "sim"), doc = include_str!("guide/links_with_sim.md"))]
#![cfg_attr(all(doc, not(doctest), not(feature = "sim")), doc = include_str!("guide/links_without_sim.md"))]
#![doc = include_str!("../README.md")]
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod backoff;
pub mod bot;
pub mod cache;
pub mod command;
mod counters;
mod deadline;
mod error;
mod error_code;
mod fingerprint;
pub mod gateway;
// Pages of text: a build of a program has no use for them.
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod id;
pub mod interaction;
mod json;
mod lookup;
pub mod model;
mod proxy;
mod recording;
mod registry;
mod replace_file;
pub mod rest;
#[cfg(feature = "sim")]
pub mod sim;
pub mod store;
mod sync;
pub mod texts;
mod tls;
mod token;
mod user_agent;

pub use bot::{Bot, Context, Handle, HandlerError, InMemoryQueue, Lanes, Running};
pub use cache::Cache;
pub use error::{BoxError, Error, HttpError, Limit, Result};
pub use error_code::JsonErrorCode;
pub use gateway::intents::Intents;
pub use proxy::Proxy;
pub use tls::Tls;
pub use token::Token;

/// What most bots import: `use syncord::prelude::*;`.
///
/// ```
/// use syncord::prelude::*;
///
/// fn tides(heights: &[(String, f64)]) -> Tree<'_> {
///     Tree::new("tides").add(
///         command("tide", "Shows the tide").option("port", "Where", string()).run(|cx, port| {
///             let found = heights.iter().find(|(name, _)| *name == port);
///             let (_, height) = found.ok_or(Refusal::new("I do not know this port."))?;
///             cx.reply(Embed::new().title(port).field("High water", format!("{height} m")))
///         }),
///     )
/// }
/// ```
///
/// `Result` is not in it: write `syncord::Result`, so that the standard one keeps its name.
pub mod prelude {
    pub use crate::bot::{AuditedEvent, Bot, Context, Handle, Lanes, Prompt, Running, Task};
    pub use crate::error::Error;
    pub use crate::events::*;
    pub use crate::gateway::intents::Intents;
    pub use crate::gateway::send_event::UpdatePresence;
    pub use crate::id::*;
    pub use crate::model::component::*;
    pub use crate::model::{Color, Embed, Member, Message, Permissions, User};
    pub use crate::rest::{
        AllowedMentions, Client, CreateMessage, EditMessage, EditResponse, ExecuteWebhook,
        InteractionMessage, Modal, Upload, WebhookClient,
    };
    pub use crate::tree::*;
}

/// What a [tree](bot::tree) of commands, components, modals and events is made of.
pub mod tree {
    pub use crate::bot::tree::*;
    pub use crate::bot::{CommandContext, ComponentContext, InGuild, InteractionContext, ModalContext};
    pub use crate::command::{
        Argument, ArgumentError, Choice, CustomId, Mentionable, OneOf, OptionKind, OptionSpec, attachment,
        boolean, channel, choices, duration, integer, member, mentionable, number, one_of, role, string,
        user,
    };
}

/// The events that a handler of [`Bot::on`] can be registered for: Discord's events, and what happens to the connection.
pub mod events {
    pub use crate::bot::{Connected, Disconnected, Gap};
    pub use crate::gateway::event::*;
}
