//! A blocking websocket with deadlines: it opens, reads, writes and closes, and each of these ends in time.
//!
//! Out of scope: the meaning of the frames, and retries.

mod config;
mod connect;
mod decompress;
mod error;
mod read_buffer;
mod socket;
mod stream;
mod tcp;
mod tunnel;
mod wakeup;
#[cfg(feature = "zstd")]
mod zstd;

pub use self::config::{Compression, SocketConfig};
pub(crate) use self::connect::check;
pub use self::error::{OpenError, Stage};
pub use self::socket::{Received, Socket};
pub(crate) use self::wakeup::Wakeup;
