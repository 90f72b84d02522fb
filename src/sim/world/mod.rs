//! The state of the simulated Discord: guilds, channels, members, messages, bots.
//!
//! A [`World`] has no I/O and no clock: `now` is the time since the Unix epoch. Each operation returns its response and
//! the events that it causes. Both are built here, field by field, and not with the crate's own model, so that a mistake
//! there is not repeated here.

mod access;
mod application;
#[cfg(feature = "http-interactions")]
mod application_endpoints;
mod audience;
mod audit_log;
mod auto_moderation;
mod auto_moderation_triggers;
mod base64_values;
mod channel;
mod channel_messages;
mod collection;
mod command;
mod component;
mod due;
#[cfg(feature = "http-interactions")]
mod endpoint;
mod guild;
mod interaction;
mod invite;
mod lobby;
mod lookup;
mod media;
mod member;
mod message;
mod message_checks;
mod object_bodies;
mod objects;
mod person;
mod reaction;
mod rejection;
mod rest_request;
mod rest_response;
mod routes;
mod scene;
mod snapshot;
mod speaking;
mod standalone;
mod system_message;
mod thread;
mod timestamp;
mod user;
mod validation;
mod view;
mod voice;
mod webhook;
mod world;

#[cfg(feature = "http-interactions")]
pub use self::endpoint::Endpoint;
pub use self::interaction::{Acknowledgement, RejectedResponse};
#[cfg(feature = "http-interactions")]
pub(super) use self::rejection::form_error;
pub(super) use self::rest_request::decoded;
pub use self::rest_request::{File, RestRequest};
pub use self::rest_response::{Event, RestResponse};
pub(super) use self::timestamp::timestamp;
pub use self::view::PageStart;
pub use self::world::World;
