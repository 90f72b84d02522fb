//! The records of a store.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::gateway::intents::Intents;
use crate::id::ApplicationId;

/// The format of the records that this version writes. Records of a later format are not used.
pub const RECORD_FORMAT: u32 = 1;

/// A shard's session, and how far its events were handled. It never contains the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SessionRecord {
    /// The format of the record: see [`RECORD_FORMAT`].
    pub format: u32,
    /// The bot's application.
    pub application_id: ApplicationId,
    /// The shard's index.
    pub shard: u32,
    /// The number of shards of the bot.
    pub total: u32,
    /// The session's ID.
    pub session_id: String,
    /// The address to resume at, if Discord named one that may be used.
    pub resume_url: Option<String>,
    /// The sequence number of the last event that was handled, as were all events before it.
    pub sequence: u64,
    /// The intents that the session was identified with.
    #[serde(with = "bits")]
    pub intents: Intents,
    /// Everything that Discord sent before this time was handled.
    #[serde(with = "unix_millis")]
    pub caught_up_at: SystemTime,
    /// When the record was saved. To the millisecond.
    #[serde(with = "unix_millis")]
    pub saved_at: SystemTime,
}

impl SessionRecord {
    /// Creates a record in the current format without a resume address and intents, and with the Unix epoch as its times.
    pub fn new(
        application_id: ApplicationId,
        shard: u32,
        total: u32,
        session_id: impl Into<String>,
        sequence: u64,
    ) -> SessionRecord {
        SessionRecord {
            format: RECORD_FORMAT,
            application_id,
            shard,
            total,
            session_id: session_id.into(),
            resume_url: None,
            sequence,
            intents: Intents::empty(),
            caught_up_at: SystemTime::UNIX_EPOCH,
            saved_at: SystemTime::UNIX_EPOCH,
        }
    }
}

/// When a shard identified last, and how often since Discord began to count.
///
/// A shard's bucket is its index modulo `max_concurrency`. What a bot has used is the sum over its shards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IdentifyRecord {
    /// The format of the record: see [`RECORD_FORMAT`].
    pub format: u32,
    /// The bot's application.
    pub application_id: ApplicationId,
    /// The shard's index.
    pub shard: u32,
    /// When the last identify was sent. To the millisecond.
    #[serde(with = "unix_millis")]
    pub last: SystemTime,
    /// The number of identifies that this shard has sent since Discord's last reset.
    pub used: u32,
    /// When Discord resets the count, or a day after the identify if that is not known. To the millisecond.
    #[serde(with = "unix_millis")]
    pub reset_at: SystemTime,
}

impl IdentifyRecord {
    /// Creates a record of one identify in the current format.
    pub fn new(application_id: ApplicationId, shard: u32, last: SystemTime, reset_at: SystemTime) -> Self {
        IdentifyRecord { format: RECORD_FORMAT, application_id, shard, last, used: 1, reset_at }
    }
}

/// Intents as a number.
mod bits {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Intents;

    pub(super) fn serialize<S: Serializer>(intents: &Intents, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(intents.bits())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Intents, D::Error> {
        u64::deserialize(deserializer).map(Intents::from_bits_retain)
    }
}

/// A time as milliseconds since the Unix epoch.
mod unix_millis {
    use std::time::{Duration, SystemTime};

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        serializer.serialize_u64(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SystemTime, D::Error> {
        let millis = u64::deserialize(deserializer)?;
        let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis));
        time.ok_or_else(|| serde::de::Error::custom("the time is too far in the future"))
    }
}
