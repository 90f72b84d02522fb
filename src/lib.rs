//! A blocking Discord bot library.

pub mod bot;
pub mod error;
pub mod gateway;
pub mod id;
pub mod model;
pub mod rest;
#[cfg(feature = "sim")]
pub mod sim;
pub mod tls;
pub mod token;

pub use error::{Error, HttpError, Outcome};
pub use gateway::intents::Intents;
pub use token::Token;
