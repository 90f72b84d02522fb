//! The simulated Discord keeps Discord's rules.

#![allow(clippy::unwrap_used)]

mod peer;
