//! The intents part of the gateway.
