//! The ID of a bucket.

/// Identifies a bucket in the limiter's table. It is not reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct BucketId(pub(super) u64);
