//! A bot that is declared as a tree, used by simulated people over real sockets.

#![allow(clippy::unwrap_used)]
// `Ok(note(..))` is how a closure of one line ends.
#![allow(clippy::unit_arg)]

mod answers;
mod arguments;
mod checks;
mod components;
mod deferral;
mod drawing;
mod events;
mod files;
mod groups;
mod lanes;
mod logged;
mod menus;
mod modals;
mod own_kinds;
mod problems;
mod registration;
mod scene;
mod stopping;
mod strangers;
mod suggestions;
