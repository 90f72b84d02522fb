//! Logging the health of a bot.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::collect::read;
use crate::bot::context::Shared;
use crate::deadline::deadline;

/// The stack of the thread, which only formats a line.
const STACK: usize = 256 * 1024;

/// Logs the health once per period, until the bot is stopped. It has its own thread, because it has to work when the
/// bot's thread is stuck.
pub(in crate::bot) fn log_every(shared: &Arc<Shared>, period: Duration) {
    let shared = Arc::clone(shared);
    let builder = thread::Builder::new().name("syncord-health".to_owned()).stack_size(STACK);
    let spawned = builder.spawn(move || {
        while !shared.queue.wait_for_stop(deadline(Instant::now(), period)) {
            let health = read(&shared, Instant::now());
            let level = if health.is_alive() { log::Level::Info } else { log::Level::Warn };
            log::log!(target: "syncord::health", level, "{health}");
        }
    });
    if let Err(error) = spawned {
        log::error!("the system gives no thread to log the health of the bot: {error}; lift its limit");
    }
}
