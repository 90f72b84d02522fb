//! Bots that are declared as a tree, and used by simulated members over real sockets.

#![allow(clippy::unwrap_used)]
// Closures of one line end with `Ok(record(..))`.
#![allow(clippy::unit_arg)]

mod arguments;
mod auto_defer;
mod autocomplete;
mod borrowing;
mod burst;
mod checks;
mod combined_checks;
mod components;
mod contained;
mod context_menus;
mod custom_kinds;
mod drawing;
mod events;
mod files;
mod groups;
mod health;
mod help;
mod helpers;
mod hooks;
mod lanes;
mod library_texts;
mod log_capture;
mod menus;
mod modals;
mod mutated;
mod odd_responses;
mod pages;
mod problems;
mod prompts;
mod prompts_at_stop;
mod questions;
mod registration;
mod responses;
#[path = "../rest/server.rs"]
#[allow(dead_code, unreachable_pub)]
mod rest_server;
mod scene;
mod stopping;
mod text_commands;
mod translations;
mod typing;
mod unknown_interactions;
