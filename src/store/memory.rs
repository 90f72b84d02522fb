//! A store in memory.

use std::ops::Range;

use super::record::{IdentifyRecord, SessionRecord};
use super::records::Records;
use super::session_store::SessionStore;
use crate::error::Result;
use crate::sync::Mutex;

/// Keeps the records in memory: for tests, and for a program that runs one bot after another.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Records>);

impl MemoryStore {
    /// Creates an empty store.
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }
}

impl SessionStore for MemoryStore {
    fn load(&self, shards: Range<u32>) -> Result<Vec<SessionRecord>> {
        Ok(self.0.lock().sessions(shards))
    }

    fn save(&self, records: &[SessionRecord]) -> Result {
        self.0.lock().put(records);
        Ok(())
    }

    fn remove(&self, shards: Range<u32>) -> Result {
        self.0.lock().remove(&shards);
        Ok(())
    }

    fn load_identifies(&self, shards: Range<u32>) -> Result<Vec<IdentifyRecord>> {
        Ok(self.0.lock().identifies(shards))
    }

    fn save_identifies(&self, records: &[IdentifyRecord]) -> Result {
        self.0.lock().put_identifies(records);
        Ok(())
    }
}
