//! The simulated Discord with a face: a chat in the terminal, and a web page.
//!
//! [`Playground`] reads lines from the user. `line` parses them, and `component` and `form` find what can be clicked and
//! filled in. These have no I/O. `web` holds the files of the page, whose address is
//! [`Discord::playground_url`](crate::sim::Discord::playground_url). The page is a client of the
//! [control interface](crate::sim::control).

mod component;
pub(super) mod display;
mod form;
mod help;
pub(crate) mod kept_world;
mod line;
mod lines;
mod path;
mod playground;
mod screen;
mod typist;
pub(super) mod web;

pub use self::playground::Playground;
