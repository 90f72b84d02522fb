//! The socket part of the gateway.
