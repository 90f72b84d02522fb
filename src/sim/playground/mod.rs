//! The simulated Discord in the terminal.
//!
//! [`Playground`] reads lines from the user. `line` parses them, `transcript` turns what happens into lines, and `component`
//! and `form` find what can be clicked and filled in. These have no I/O.

mod component;
mod display;
mod form;
mod help;
mod line;
mod lines;
mod playground;
mod screen;
mod transcript;
mod typist;

pub use self::playground::Playground;
