//! The session part of the gateway.
