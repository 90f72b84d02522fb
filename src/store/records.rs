//! The latest records of all shards, and their text.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::record::{IdentifyRecord, RECORD_FORMAT, SessionRecord};

/// The latest records, by the shard's index.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Records {
    sessions: BTreeMap<u32, SessionRecord>,
    identifies: BTreeMap<u32, IdentifyRecord>,
}

/// The records as they are written.
#[derive(Serialize)]
struct Written<'r> {
    format: u32,
    sessions: Vec<&'r SessionRecord>,
    identifies: Vec<&'r IdentifyRecord>,
}

/// The records as they are read.
#[derive(Deserialize)]
struct Read {
    sessions: Vec<SessionRecord>,
    identifies: Vec<IdentifyRecord>,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// Why a text has no records.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It was written in this format, by a later version.
    Later(u32),
    /// It is damaged, or no text of a store.
    Damaged(serde_json::Error),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreadable::Later(format) => write!(
                f,
                "it was written by a later version of syncord (format {format}, and this version knows {RECORD_FORMAT})"
            ),
            Unreadable::Damaged(error) => write!(f, "it is damaged, or not a file of sessions: {error}"),
        }
    }
}

impl Records {
    pub(super) fn from_json(text: &[u8]) -> Result<Records, Unreadable> {
        let Format { format } = serde_json::from_slice(text).map_err(Unreadable::Damaged)?;
        if format > RECORD_FORMAT {
            return Err(Unreadable::Later(format));
        }
        let Read { sessions, identifies } = serde_json::from_slice(text).map_err(Unreadable::Damaged)?;
        let mut records = Records::default();
        records.put(&sessions);
        records.put_identifies(&identifies);
        Ok(records)
    }

    pub(super) fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&Written {
            format: RECORD_FORMAT,
            sessions: self.sessions.values().collect(),
            identifies: self.identifies.values().collect(),
        })
    }

    pub(super) fn sessions(&self, shards: Range<u32>) -> Vec<SessionRecord> {
        in_range(&self.sessions, shards)
    }

    pub(super) fn identifies(&self, shards: Range<u32>) -> Vec<IdentifyRecord> {
        in_range(&self.identifies, shards)
    }

    pub(super) fn put(&mut self, records: &[SessionRecord]) {
        self.sessions.extend(records.iter().map(|record| (record.shard, record.clone())));
    }

    pub(super) fn put_identifies(&mut self, records: &[IdentifyRecord]) {
        self.identifies.extend(records.iter().map(|record| (record.shard, record.clone())));
    }

    pub(super) fn remove(&mut self, shards: &Range<u32>) {
        self.sessions.retain(|shard, _| !shards.contains(shard));
    }
}

fn in_range<R: Clone>(records: &BTreeMap<u32, R>, shards: Range<u32>) -> Vec<R> {
    records.iter().filter(|(shard, _)| shards.contains(shard)).map(|(_, record)| record.clone()).collect()
}
