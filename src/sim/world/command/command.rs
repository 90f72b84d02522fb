//! A registered command.

use serde_json::Value;

pub(in crate::sim::world) struct Command {
    pub(in crate::sim::world) id: u64,
    /// The guild of a guild command. `None` for a global command.
    pub(in crate::sim::world) guild: Option<u64>,
    pub(in crate::sim::world) body: Value,
}
