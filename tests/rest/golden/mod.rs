//! What each method of the client sends, word for word: the files beside this one.
//!
//! `BLESS=1 cargo test --test rest golden` writes them anew; what changed is then for a person to read.

mod audit_log;
mod ban;
mod book;
mod coverage;
mod guild;
mod guild_template;
mod member;
mod newcomers;
mod role;
mod user;
