//! Records what a bot receives and sends, for [replays](crate::sim::Replay) in tests.
//!
//! * [`settings`]: what a program chooses
//! * [`recorder`]: the file, and the thread that writes it
//! * [`line`]: the format of the file
//! * [`mask`], [`json`]: what is not written, and how it is replaced

mod json;
pub(crate) mod line;
pub(crate) mod mask;
mod recorder;
mod settings;

pub(crate) use recorder::{RecordedCall, Recorder, Vocabulary};
pub use settings::Recording;
