//! The frame part of the gateway.
