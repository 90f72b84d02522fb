//! The calls of the REST client over real HTTP, against the simulated Discord.

#![allow(clippy::unwrap_used)]

mod applications;
mod channels;
mod events;
mod expressions;
mod guild;
mod interactions;
mod limits;
mod members;
mod messages;
mod purge;
mod responder;
mod scene;
mod threads;
mod webhooks;
