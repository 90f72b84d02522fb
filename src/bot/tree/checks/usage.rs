//! How often a node may be used, and how often at the same time.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bot::context::InteractionContext;
use crate::bot::refusal::Refusal;
use crate::bot::running_uses::{RunningUse, RunningUses};
use crate::id::{ChannelId, GuildId};
use crate::sync::Mutex;
use crate::texts::LibraryText;

/// What a use is counted for: the ID of a user, channel or guild; a guild and the user in it.
type Key = (u64, u64);

/// Who shares a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    User,
    Member,
    Channel,
    Guild,
    Everyone,
}

impl By {
    fn key(self, cx: &InteractionContext) -> Key {
        let user = cx.user().id.get();
        match self {
            By::User => (0, user),
            By::Member => (cx.guild_id().map_or(0, GuildId::get), user),
            By::Channel => (0, cx.channel_id().map_or(user, ChannelId::get)),
            By::Guild => (0, cx.guild_id().map_or(user, GuildId::get)),
            By::Everyone => (0, 0),
        }
    }
}

/// Limits how often each user may use it in a period; [`Cooldown`] can count by member, channel or guild too, or globally.
///
/// Only uses that all checks of the node let pass are counted. Each call creates its own count; clones share it.
///
/// ```
/// use std::time::Duration;
/// use syncord::tree::{command, cooldown};
///
/// let horn = command("horn", "Sounds the horn")
///     .check(cooldown(1, Duration::from_secs(30)).by_guild())
///     .run(|cx| cx.reply("Hooonk!"));
/// ```
#[doc(alias = "rate limit")]
#[doc(alias = "throttle")]
pub fn cooldown(uses: usize, per: Duration) -> Cooldown {
    Cooldown { uses, per, by: By::User, refunds: false, counts: Arc::default() }
}

/// A [`cooldown`]. It counts by user by default.
#[derive(Clone, Debug)]
#[must_use = "it counts only as a check of a node"]
pub struct Cooldown {
    uses: usize,
    per: Duration,
    by: By,
    /// Whether a use whose handler failed does not count.
    refunds: bool,
    counts: Arc<Mutex<Counts>>,
}

impl Cooldown {
    /// Counts for each user.
    pub fn by_user(self) -> Cooldown {
        Cooldown { by: By::User, ..self }
    }

    /// Counts for each channel.
    pub fn by_channel(self) -> Cooldown {
        Cooldown { by: By::Channel, ..self }
    }

    /// Counts for each guild, and for each user in direct messages.
    pub fn by_guild(self) -> Cooldown {
        Cooldown { by: By::Guild, ..self }
    }

    /// Counts for each user in each guild.
    pub fn by_member(self) -> Cooldown {
        Cooldown { by: By::Member, ..self }
    }

    /// Counts for all users together.
    pub fn global(self) -> Cooldown {
        Cooldown { by: By::Everyone, ..self }
    }

    /// Does not count a use whose handler fails, panics or returns a [`Refusal`]. It counts until the handler has ended.
    ///
    /// ```
    /// use std::time::Duration;
    /// use syncord::tree::{command, cooldown};
    ///
    /// let backup = command("backup", "Makes a backup")
    ///     .check(cooldown(1, Duration::from_secs(3600)).by_guild().refund_failures())
    ///     .run(|cx| {
    ///         std::fs::write("/nowhere/backup", "tides")?;
    ///         cx.reply("It is done.")
    ///     });
    /// ```
    pub fn refund_failures(self) -> Cooldown {
        Cooldown { refunds: true, ..self }
    }

    /// Whether another use is allowed now. This counts nothing.
    pub(super) fn ask(&self, cx: &InteractionContext) -> Result<(), Refusal> {
        let wait = self.counts.lock().wait(Instant::now(), self.by.key(cx), self.uses, self.per);
        wait.map_or(Ok(()), |wait| Err(refused(wait)))
    }

    /// Counts a use, if another is allowed now.
    pub(super) fn count(&self, cx: &InteractionContext) -> Result<CountedUse, Refusal> {
        let (now, key) = (Instant::now(), self.by.key(cx));
        match self.counts.lock().count(now, key, self.uses, self.per) {
            None => Ok(CountedUse { counts: Arc::clone(&self.counts), key, at: now, refunds: self.refunds }),
            Some(wait) => Err(refused(wait)),
        }
    }
}

fn refused(wait: Duration) -> Refusal {
    Refusal::of_library(LibraryText::Cooldown { wait })
}

/// A use that a cooldown has counted.
pub(super) struct CountedUse {
    counts: Arc<Mutex<Counts>>,
    key: Key,
    at: Instant,
    refunds: bool,
}

impl CountedUse {
    /// The handler was not called.
    pub(super) fn undo(self) {
        self.counts.lock().remove(self.key, self.at);
    }

    /// The handler has failed.
    pub(super) fn has_failed(self) {
        if self.refunds {
            self.undo();
        }
    }
}

/// Limits how many uses run at the same time: `max_concurrency(1)` lets the next user in when the handler of the last one
/// has ended, and its [tasks](crate::bot::Task) that keep the interaction.
///
/// It counts for all users together by default. On the bot's thread, only tasks can overlap with the next use; handlers in
/// [lanes](crate::bot::Lanes) run at the same time. Each call creates its own count; clones share it.
///
/// ```
/// use syncord::tree::{command, max_concurrency};
///
/// let export = command("export", "Exports the tides")
///     .check(max_concurrency(1).by_guild())
///     .run(|cx| cx.reply("Here they are."));
/// ```
#[doc(alias = "semaphore")]
pub fn max_concurrency(uses: usize) -> MaxConcurrency {
    MaxConcurrency { uses, by: By::Everyone, running: Arc::default() }
}

/// A [`max_concurrency`]. It counts for all users together by default.
#[derive(Clone, Debug)]
#[must_use = "it counts only as a check of a node"]
pub struct MaxConcurrency {
    uses: usize,
    by: By,
    running: Arc<RunningUses>,
}

impl MaxConcurrency {
    /// Counts for each user.
    pub fn by_user(self) -> MaxConcurrency {
        MaxConcurrency { by: By::User, ..self }
    }

    /// Counts for each user in each guild.
    pub fn by_member(self) -> MaxConcurrency {
        MaxConcurrency { by: By::Member, ..self }
    }

    /// Counts for each channel.
    pub fn by_channel(self) -> MaxConcurrency {
        MaxConcurrency { by: By::Channel, ..self }
    }

    /// Counts for each guild, and for each user in direct messages.
    pub fn by_guild(self) -> MaxConcurrency {
        MaxConcurrency { by: By::Guild, ..self }
    }

    /// Whether another use may begin now.
    pub(super) fn ask(&self, cx: &InteractionContext) -> Result<(), Refusal> {
        if self.running.count(self.by.key(cx)) < self.uses { Ok(()) } else { Err(in_use()) }
    }

    /// Begins a use, if another may begin now.
    pub(super) fn begin(&self, cx: &InteractionContext) -> Result<RunningUse, Refusal> {
        self.running.begin(self.by.key(cx), self.uses).ok_or_else(in_use)
    }
}

fn in_use() -> Refusal {
    Refusal::of_library(LibraryText::InUse)
}

/// The recent uses, by key.
#[derive(Debug, Default)]
struct Counts {
    uses: BTreeMap<Key, VecDeque<Instant>>,
    /// Maximum number of keys before outdated ones are removed.
    sweep_at: usize,
}

impl Counts {
    /// Counts a use, or returns the time until one is allowed.
    fn count(&mut self, now: Instant, key: Key, most: usize, per: Duration) -> Option<Duration> {
        if self.uses.len() > self.sweep_at {
            self.uses.retain(|_, uses| uses.back().is_some_and(|then| counts(now, *then, per)));
            self.sweep_at = (2 * self.uses.len()).max(1000);
        }
        let wait = self.wait(now, key, most, per);
        if wait.is_none() {
            self.uses.entry(key).or_default().push_back(now);
        }
        wait
    }

    /// The time until a use is allowed.
    fn wait(&mut self, now: Instant, key: Key, most: usize, per: Duration) -> Option<Duration> {
        let Some(uses) = self.uses.get_mut(&key) else { return (most == 0).then_some(per) };
        while uses.front().is_some_and(|then| !counts(now, *then, per)) {
            uses.pop_front();
        }
        if uses.len() < most {
            return None;
        }
        let oldest = uses.front().copied().unwrap_or(now);
        Some(per.saturating_sub(now.saturating_duration_since(oldest)))
    }

    /// Removes a use.
    fn remove(&mut self, key: Key, at: Instant) {
        let Some(uses) = self.uses.get_mut(&key) else { return };
        if let Some(place) = uses.iter().rposition(|then| *then == at) {
            uses.remove(place);
        }
    }
}

/// Whether a use at that time still counts now.
fn counts(now: Instant, then: Instant, per: Duration) -> bool {
    now.saturating_duration_since(then) < per
}

#[cfg(test)]
mod tests;
