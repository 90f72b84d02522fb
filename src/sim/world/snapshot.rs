//! The world as JSON, to be saved and loaded.

use serde_json::Value;

use super::World;

impl World {
    /// The whole world as JSON, except interactions: their tokens last minutes.
    pub fn snapshot(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The world of a [snapshot](World::snapshot).
    ///
    /// # Errors
    ///
    /// Says what is wrong with the snapshot.
    pub fn from_snapshot(snapshot: &Value) -> Result<World, String> {
        serde_json::from_value(snapshot.clone()).map_err(|error| error.to_string())
    }
}
