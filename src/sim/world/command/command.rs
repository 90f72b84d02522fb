//! A registered command.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize, Serialize)]
pub(in crate::sim::world) struct Command {
    pub(in crate::sim::world) id: u64,
    pub(in crate::sim::world) application: u64,
    /// The guild of a guild command. `None` for a global command.
    pub(in crate::sim::world) guild: Option<u64>,
    pub(in crate::sim::world) body: Value,
}

/// The creation of a command. Discord limits how many there are in a day.
#[derive(Deserialize, Serialize)]
pub(in crate::sim::world) struct Creation {
    pub(in crate::sim::world) application: u64,
    pub(in crate::sim::world) guild: Option<u64>,
    pub(in crate::sim::world) at: Duration,
}

impl Command {
    /// Whether this is a command of an application in a guild, or a global one for `None`.
    pub(in crate::sim::world) fn is_in(&self, application: u64, guild: Option<u64>) -> bool {
        self.application == application && self.guild == guild
    }
}
