//! Requests for all members of a guild, which Discord allows only once in 30 seconds for each guild.
//!
//! See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members) and
//! the [change log](https://docs.discord.com/developers/change-log#introducing-rate-limit-when-requesting-all-guild-members).

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::{Duration, Instant};

use crate::id::GuildId;

/// Thirty seconds and a margin, because the network can deliver two requests closer together than they were sent.
const WINDOW: Duration = Duration::from_secs(30).saturating_add(MARGIN);
const MARGIN: Duration = Duration::from_secs(1);

/// The maximum wait after a refusal. Discord never asks for more than the window; a larger number is an error.
const MAX_WAIT: Duration = Duration::from_secs(600);

/// The number of remembered guilds from which on those are removed that may be asked again.
const CLEANUP_THRESHOLD: usize = 64;

/// The waiting requests. The limit is the bot's, so it outlives a connection.
#[derive(Debug, Default)]
pub(super) struct MemberRequests {
    /// Ordered by the earliest time at which they may be sent, and then by their arrival.
    waiting: BinaryHeap<Reverse<Waiting>>,
    next_number: u64,
    sent: HashMap<GuildId, Sent>,
    cleanup_at: usize,
}

/// A request that waits. Ordered by its fields in this order; `number` is the order of arrival, and unique.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    at: Instant,
    number: u64,
    guild: GuildId,
    text: String,
}

/// The last request for a guild.
#[derive(Debug)]
struct Sent {
    /// When the next one may be sent.
    free_at: Instant,
    /// Kept in order to send it again when Discord refuses it.
    text: String,
}

impl MemberRequests {
    pub(super) fn push(&mut self, now: Instant, guild: GuildId, text: String) {
        let at = self.sent.get(&guild).map_or(now, |sent| sent.free_at.max(now));
        self.insert(at, guild, text);
    }

    /// Takes the next request that may be sent now. If there is none, returns when there will be one.
    pub(super) fn take(&mut self, now: Instant) -> Result<String, Option<Instant>> {
        loop {
            let Reverse(first) = self.waiting.peek().ok_or(None)?;
            if first.at > now {
                return Err(Some(first.at));
            }
            let Some(Reverse(Waiting { guild, text, .. })) = self.waiting.pop() else { return Err(None) };
            match self.sent.get(&guild) {
                // Another request for this guild was sent meanwhile.
                Some(sent) if sent.free_at > now => self.insert(sent.free_at, guild, text),
                _ => {
                    self.clean_up(now);
                    self.sent.insert(guild, Sent { free_at: now + WINDOW, text: text.clone() });
                    return Ok(text);
                }
            }
        }
    }

    /// Discord refused the last request for a guild, for example because another process sent one. It is sent again.
    pub(super) fn on_refused(&mut self, now: Instant, guild: GuildId, retry_after: Duration) {
        let Some(sent) = self.sent.get_mut(&guild) else { return };
        sent.free_at = now + retry_after.min(MAX_WAIT) + MARGIN;
        let (free_at, text) = (sent.free_at, std::mem::take(&mut sent.text));
        // The text is empty when the request was refused before and waits already.
        if !text.is_empty() {
            self.insert(free_at, guild, text);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    fn insert(&mut self, at: Instant, guild: GuildId, text: String) {
        self.waiting.push(Reverse(Waiting { at, number: self.next_number, guild, text }));
        self.next_number += 1;
    }

    fn clean_up(&mut self, now: Instant) {
        if self.sent.len() >= self.cleanup_at {
            self.sent.retain(|_, sent| sent.free_at > now);
            self.cleanup_at = CLEANUP_THRESHOLD.max(2 * self.sent.len());
        }
    }

    #[cfg(test)]
    pub(super) fn guilds_remembered(&self) -> usize {
        self.sent.len()
    }
}
