//! The close code part of the gateway.
