//! The state of the simulated Discord: one guild, its channels, members and messages, and direct messages.
//!
//! A [`World`] has no I/O and no clock: `now` is the time since the Unix epoch. Each operation returns its response and
//! the events that it causes. Both are built here, field by field, and not with the crate's own model, so that a mistake
//! there is not repeated here.

mod application;
mod audit_log;
mod channel;
mod channel_messages;
mod collection;
mod command;
mod component;
mod guild;
mod interaction;
mod invite;
mod lobby;
mod lookup;
mod member;
mod message;
mod message_checks;
mod object_bodies;
mod objects;
mod permission;
mod reaction;
mod rejection;
mod rest_request;
mod rest_response;
mod routes;
mod standalone;
mod thread;
mod timestamp;
mod user;
mod voice;
mod webhook;
mod world;

pub use self::interaction::{Acknowledgement, RejectedResponse};
pub(super) use self::rest_request::decoded;
pub use self::rest_request::{File, RestRequest};
pub use self::rest_response::{Event, RestResponse};
pub use self::world::World;
