//! What each method of the client sends, word for word: the files beside this one.
//!
//! `BLESS=1 cargo test --test rest golden` writes them anew; what changed is then for a person to read.

mod audit_log;
mod auto_moderation;
mod ban;
mod book;
mod channel;
mod coverage;
mod emoji;
mod guild;
mod guild_template;
mod invite;
mod member;
mod newcomers;
mod openapi;
mod role;
mod scheduled_event;
mod soundboard;
mod stage_instance;
mod sticker;
mod thread;
mod user;
mod voice;
