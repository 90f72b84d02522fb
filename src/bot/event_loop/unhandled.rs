//! What a stop leaves undone.

use crate::bot::context::LoopMessage;
use crate::bot::error::discard;
use crate::bot::hooks::EndedCall;

/// How much was not handled before the bot ended.
#[derive(Default)]
pub(super) struct Unhandled {
    /// Events, whether they came over the gateway or over HTTP.
    pub(super) events: usize,
    /// Closures and values that were posted.
    pub(super) posts: usize,
}

impl Unhandled {
    /// Drops messages of other threads. Counts those that were something to do, and logs errors.
    pub(super) fn add_messages(&mut self, messages: impl IntoIterator<Item = LoopMessage>) {
        for message in messages {
            match message {
                LoopMessage::Job(_) | LoopMessage::Value(_) => {
                    self.posts += 1;
                    discard(message);
                }
                #[cfg(feature = "http-interactions")]
                LoopMessage::Http(_) => self.events += 1,
                // Timers end with the bot.
                LoopMessage::Timer(_) => discard(message),
                LoopMessage::Report(error) => {
                    log::error!("{error}");
                    discard(error);
                }
                LoopMessage::CommandEnded(ended) => {
                    let ended = ended.downcast::<EndedCall>().ok();
                    if let Some(error) = ended.and_then(|ended| ended.into_error()) {
                        log::error!("{error}");
                        discard(error);
                    }
                }
            }
        }
    }
}
