//! What each method of the client sends, word for word: the files next to this one.
//!
//! `BLESS=1 cargo test --test rest golden` writes them again; read the changes before you commit them.

mod application;
mod application_role_connection;
mod audit_log;
mod auto_moderation;
mod ban;
mod book;
mod channel;
mod command;
mod coverage;
mod emoji;
mod entitlement;
mod gateway;
mod guild;
mod guild_template;
mod interaction;
mod invite;
#[path = "../../published/load.rs"]
mod load;
mod lobby;
mod member;
mod message;
mod newcomers;
mod nulls;
mod oauth2;
mod openapi;
mod partner_sdk;
mod poll;
mod role;
mod scheduled_event;
mod sku;
mod soundboard;
mod stage_instance;
mod sticker;
mod subscription;
#[path = "../../published/template.rs"]
mod template;
mod thread;
mod user;
mod voice;
mod webhook;
