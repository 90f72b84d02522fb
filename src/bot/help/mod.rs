//! The help command, which is generated from the tree.

mod command;
pub(in crate::bot) mod entries;
pub(in crate::bot) mod entry;
mod pages;

/// The name of the command.
pub(in crate::bot) const HELP: &str = "help";
