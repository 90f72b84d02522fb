//! What each method of the client sends, word for word: the files beside this one.
//!
//! `BLESS=1 cargo test --test rest golden` writes them anew; what changed is then for a person to read.

mod book;
mod coverage;
mod interaction;
mod message;
mod openapi;
mod poll;
mod user;
mod webhook;
