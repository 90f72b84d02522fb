//! Times that Discord sends as numbers, with the unit in the type.

use std::time::{Duration, SystemTime};

use crate::json::transparent;
use serde::Serialize;

/// A time in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnixSeconds(pub u64);

transparent!(UnixSeconds);

impl UnixSeconds {
    /// Converts to a [`SystemTime`]; `None` if the time is out of its range.
    pub fn to_system_time(self) -> Option<SystemTime> {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.0))
    }
}

/// A time in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnixMillis(pub u64);

transparent!(UnixMillis);

impl UnixMillis {
    /// Converts to a [`SystemTime`]; `None` if the time is out of its range.
    pub fn to_system_time(self) -> Option<SystemTime> {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(self.0))
    }
}
