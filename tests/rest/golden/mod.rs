//! What each method of the client sends, word for word: the files beside this one.
//!
//! `BLESS=1 cargo test --test rest golden` writes them anew; what changed is then for a person to read.

mod auto_moderation;
mod book;
mod channel;
mod coverage;
mod emoji;
mod invite;
mod openapi;
mod scheduled_event;
mod soundboard;
mod stage_instance;
mod sticker;
mod thread;
mod user;
mod voice;
