//! The bot in a replay of a recorded session.

use crate::bot::bot::Bot;
use crate::error::Result;
use crate::sim::{Replay, ReplayReport};

/// The maximum number of requests in a second: a replay has no limit.
const NO_LIMIT: u32 = 1_000_000;

impl Replay {
    /// Creates a bot for this replay. Give it the handlers and settings of the one that was recorded.
    pub fn bot<'a>(&self) -> Bot<'a> {
        let mut bot = self.discord().bot();
        bot.requests_per_second(NO_LIMIT);
        bot
    }

    /// Runs the bot until all recorded events are handled. Returns what it did otherwise than recorded.
    ///
    /// Errors of handlers are not in the report: they go to [`on_error`](Bot::on_error), as always.
    ///
    /// # Errors
    ///
    /// What [`Bot::during`] returns, and [`SimError::Timeout`](crate::sim::SimError::Timeout) when the bot is busy for a minute
    /// without making the calls that were recorded.
    pub fn run(self, bot: Bot<'_>) -> Result<ReplayReport> {
        bot.during(|| Ok(self.play().map(drop)?))?;
        // With what the bot did while it stopped.
        Ok(self.report())
    }
}
