//! The event part of the gateway.
