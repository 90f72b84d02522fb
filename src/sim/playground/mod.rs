#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../../guide/links.md"))]
#![cfg_attr(all(doc, not(doctest)), doc = include_str!("../../guide/links_with_sim.md"))]
#![doc = include_str!("../../../docs/playground.md")]

// `Playground` reads lines from the user. `line` parses them, and `component` and `form` find what can be clicked and filled in.
// These have no I/O. `web` holds the files of the page, which is a client of the control interface. `page_log` keeps the
// program's log for it.

mod component;
pub(super) mod display;
mod form;
mod help;
pub(crate) mod kept_world;
mod line;
mod lines;
pub(crate) mod page_log;
mod path;
mod playground;
mod screen;
mod typist;
pub(super) mod web;

pub use self::page_log::log_to_page;
pub use self::playground::Playground;
