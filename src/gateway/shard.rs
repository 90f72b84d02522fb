//! The shard part of the gateway.
