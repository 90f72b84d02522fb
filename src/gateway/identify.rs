//! The identify part of the gateway.
