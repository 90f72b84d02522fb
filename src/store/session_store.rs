use std::fmt;
use std::ops::Range;

use super::record::{IdentifyRecord, SessionRecord};
use crate::error::Result;

/// Keeps the sessions of one bot's shards, and when they identified, so that a restart loses nothing.
///
/// A store belongs to one bot. Each record belongs to one shard, and replaces the shard's earlier record of the same kind. A
/// store only keeps the records: the bot decides which of them it can use.
///
/// Its methods may block, and are called on a separate thread or before the bot connects. Their errors do not stop the
/// bot: it reports them, goes on, and tries again later.
///
/// ```
/// use std::collections::HashMap;
/// use std::ops::Range;
/// use std::sync::Mutex;
/// use syncord::store::{IdentifyRecord, SessionRecord, SessionStore};
///
/// /// Keeps the records as JSON, as a database would.
/// #[derive(Debug, Default)]
/// struct Table(Mutex<HashMap<String, String>>);
///
/// impl Table {
///     fn rows<T: serde::de::DeserializeOwned>(&self, kind: &str, shards: Range<u32>) -> syncord::Result<Vec<T>> {
///         let table = self.0.lock().unwrap();
///         let rows = shards.filter_map(|shard| table.get(&format!("{kind}:{shard}")));
///         Ok(rows.map(|json| serde_json::from_str(json)).collect::<Result<_, _>>()?)
///     }
/// }
///
/// impl SessionStore for Table {
///     fn load(&self, shards: Range<u32>) -> syncord::Result<Vec<SessionRecord>> {
///         self.rows("session", shards)
///     }
///
///     fn save(&self, records: &[SessionRecord]) -> syncord::Result {
///         let mut table = self.0.lock().unwrap();
///         for record in records {
///             table.insert(format!("session:{}", record.shard), serde_json::to_string(record)?);
///         }
///         Ok(())
///     }
///
///     fn remove(&self, shards: Range<u32>) -> syncord::Result {
///         let mut table = self.0.lock().unwrap();
///         shards.for_each(|shard| drop(table.remove(&format!("session:{shard}"))));
///         Ok(())
///     }
///
///     fn load_identifies(&self, shards: Range<u32>) -> syncord::Result<Vec<IdentifyRecord>> {
///         self.rows("identify", shards)
///     }
///
///     fn save_identifies(&self, records: &[IdentifyRecord]) -> syncord::Result {
///         let mut table = self.0.lock().unwrap();
///         for record in records {
///             table.insert(format!("identify:{}", record.shard), serde_json::to_string(record)?);
///         }
///         Ok(())
///     }
/// }
/// # let store = Table::default();
/// # let record = SessionRecord::new(syncord::id::ApplicationId::new(1), 3, 4, "session", 7);
/// # store.save(std::slice::from_ref(&record))?;
/// # assert_eq!(store.load(0..4)?, [record]);
/// # store.remove(0..4)?;
/// # assert_eq!(store.load(0..4)?, []);
/// # Ok::<(), syncord::BoxError>(())
/// ```
pub trait SessionStore: fmt::Debug + Send + Sync {
    /// Returns the sessions of those of these shards that have a record.
    ///
    /// # Errors
    ///
    /// Any error: it is reported, and the bot starts with new sessions.
    fn load(&self, shards: Range<u32>) -> Result<Vec<SessionRecord>>;

    /// Saves the sessions of some shards. All are saved, or none.
    ///
    /// # Errors
    ///
    /// Any error: it is reported, and the records are saved again later.
    fn save(&self, records: &[SessionRecord]) -> Result;

    /// Removes the sessions of these shards.
    ///
    /// # Errors
    ///
    /// Any error: it is reported.
    fn remove(&self, shards: Range<u32>) -> Result;

    /// Returns when those of these shards identified that have a record.
    ///
    /// # Errors
    ///
    /// Any error: it is reported.
    fn load_identifies(&self, shards: Range<u32>) -> Result<Vec<IdentifyRecord>>;

    /// Saves when some shards identified. All records are saved, or none.
    ///
    /// # Errors
    ///
    /// Any error: it is reported, and the records are saved again later.
    fn save_identifies(&self, records: &[IdentifyRecord]) -> Result;
}
