//! What each method of the client sends, word for word: the files beside this one.
//!
//! `BLESS=1 cargo test --test rest golden` writes them anew; what changed is then for a person to read.

mod application;
mod application_role_connection;
mod book;
mod command;
mod coverage;
mod entitlement;
mod gateway;
mod interaction;
mod lobby;
mod message;
mod oauth2;
mod openapi;
mod partner_sdk;
mod poll;
mod sku;
mod subscription;
mod user;
mod webhook;
