//! Requests for all members of a guild, which Discord takes only so often.
//!
//! See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members) and
//! the [change log](https://docs.discord.com/developers/change-log#introducing-rate-limit-when-requesting-all-guild-members).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::{Duration, Instant};

use crate::id::GuildId;

/// Once per guild in thirty seconds, and a little more, because the network can bring two sends closer together.
const WINDOW: Duration = Duration::from_secs(30).saturating_add(MARGIN);
const MARGIN: Duration = Duration::from_secs(1);

/// Discord never says more than the window; what does is no reason to wait for ever.
const LONGEST: Duration = Duration::from_secs(600);

/// So many guilds are remembered before those are looked for that may be asked again.
const SWEEP: usize = 64;

/// The requests that wait, each until its guild may be asked again. The limit is the bot's, not a connection's.
#[derive(Debug, Default)]
pub(super) struct RollCalls {
    /// By when they may go, at the earliest, and then in the order in which they came.
    waiting: BinaryHeap<Reverse<Waiting>>,
    next: u64,
    asked: HashMap<GuildId, Asked>,
    sweep_at: usize,
}

/// A request that waits. In the order of its fields: `number` says when it came, and is its own.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    at: Instant,
    number: u64,
    guild: GuildId,
    text: String,
}

/// The last request for a guild.
#[derive(Debug)]
struct Asked {
    /// When the next one may go.
    free: Instant,
    /// To be sent again, should Discord refuse it.
    text: String,
}

impl RollCalls {
    pub(super) fn push(&mut self, now: Instant, guild: GuildId, text: String) {
        let at = self.asked.get(&guild).map_or(now, |asked| asked.free.max(now));
        self.put(at, guild, text);
    }

    /// The next request that may go now; otherwise when there will be one.
    pub(super) fn take(&mut self, now: Instant) -> Result<String, Option<Instant>> {
        loop {
            let Reverse(first) = self.waiting.peek().ok_or(None)?;
            if first.at > now {
                return Err(Some(first.at));
            }
            let Some(Reverse(Waiting { guild, text, .. })) = self.waiting.pop() else { return Err(None) };
            match self.asked.get(&guild) {
                // Another one for the guild went before it.
                Some(asked) if asked.free > now => self.put(asked.free, guild, text),
                _ => {
                    self.forget(now);
                    self.asked.insert(guild, Asked { free: now + WINDOW, text: text.clone() });
                    return Ok(text);
                }
            }
        }
    }

    /// Discord refused the last request for a guild, as it does when another process has asked: it goes again.
    pub(super) fn refused(&mut self, now: Instant, guild: GuildId, retry_after: Duration) {
        let Some(asked) = self.asked.get_mut(&guild) else { return };
        asked.free = now + retry_after.min(LONGEST) + MARGIN;
        let (free, text) = (asked.free, std::mem::take(&mut asked.text));
        // It was refused before, and waits already.
        if !text.is_empty() {
            self.put(free, guild, text);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    fn put(&mut self, at: Instant, guild: GuildId, text: String) {
        self.waiting.push(Reverse(Waiting { at, number: self.next, guild, text }));
        self.next += 1;
    }

    fn forget(&mut self, now: Instant) {
        if self.asked.len() >= self.sweep_at {
            self.asked.retain(|_, asked| asked.free > now);
            self.sweep_at = SWEEP.max(2 * self.asked.len());
        }
    }

    #[cfg(test)]
    pub(super) fn guilds_remembered(&self) -> usize {
        self.asked.len()
    }
}
