//! A Discord on your own machine.

pub mod peer;
