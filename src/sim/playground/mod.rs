//! The simulated Discord in the terminal.

mod display;
mod playground;

pub use self::playground::Playground;
