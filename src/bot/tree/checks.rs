//! Checks of nodes: who may use them, where, and how often.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bot::context::InteractionContext;
use crate::bot::refusal::Refusal;
use crate::id::{ChannelId, GuildId};
use crate::model::Permissions;
use crate::sync::Mutex;

/// Decides whether a user may use a node. If not, it says why.
///
/// `.check(…)` adds it to a node. On a group or a tree it applies to all commands, components and modals in it, but not to
/// events, which no user causes on purpose. Clones are the same check: a clone of a [cooldown] on another command shares its count.
///
/// Autocomplete runs the checks too. A user who is refused gets no choices.
///
/// ```
/// use std::sync::atomic::{AtomicBool, Ordering};
/// use syncord::tree::{Check, command, guild_only};
///
/// static OPEN: AtomicBool = AtomicBool::new(true);
///
/// let when_open = Check::new(|_| if OPEN.load(Ordering::Relaxed) { Ok(()) } else { Err("We have closed.".into()) });
/// let order = command("order", "Orders something")
///     .check(guild_only())
///     .check(when_open)
///     .run(|cx| cx.reply("Coming up."));
/// ```
#[doc(alias = "middleware")]
#[doc(alias = "hook")]
#[doc(alias = "guard")]
#[doc(alias = "before")]
#[derive(Clone)]
pub struct Check(Kind);

#[derive(Clone)]
enum Kind {
    Own {
        ask: Arc<Ask>,
        /// Whether it may look at the permissions of the user or the bot. A text command has to fetch them.
        reads_permissions: bool,
    },
    Cooldown(Cooldown),
}

type Ask = dyn Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync;

/// Whether all checks let the user pass. The first that refuses says why. This counts nothing.
pub(in crate::bot) fn ask(checks: &[Check], cx: &InteractionContext) -> Result<(), Refusal> {
    checks.iter().try_for_each(|check| match &check.0 {
        Kind::Own { ask, .. } => ask(cx),
        Kind::Cooldown(cooldown) => cooldown.ask(cx, Counts::wait),
    })
}

/// The same, and it counts as a use if all of them let the user pass.
pub(super) fn pass(checks: &[Check], cx: &InteractionContext) -> Result<(), Refusal> {
    ask(checks, cx)?;
    checks.iter().try_for_each(|check| match &check.0 {
        Kind::Own { .. } => Ok(()),
        // Another thread may have counted a use in the meantime.
        Kind::Cooldown(cooldown) => cooldown.ask(cx, Counts::count),
    })
}

impl Check {
    /// Creates a check from a closure.
    pub fn new(ask: impl Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync + 'static) -> Check {
        Check(Kind::Own { ask: Arc::new(ask), reads_permissions: true })
    }

    /// A check that does not look at permissions.
    fn without_permissions(
        ask: impl Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync + 'static,
    ) -> Check {
        Check(Kind::Own { ask: Arc::new(ask), reads_permissions: false })
    }
}

/// Whether one of the checks may look at the permissions of the user or the bot.
pub(in crate::bot) fn reads_permissions(checks: &[Check]) -> bool {
    checks.iter().any(|check| matches!(check.0, Kind::Own { reads_permissions: true, .. }))
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Check")
    }
}

/// Allows use in guilds only.
///
/// The method [`guild_only`](crate::tree::Node::guild_only) of a node also hides its command in direct messages.
pub fn guild_only() -> Check {
    Check::without_permissions(|cx| cx.guild().map(drop))
}

/// Allows use only by the owner of the application, or by the admins and developers of its team.
pub fn owner_only() -> Check {
    Check::without_permissions(|cx| {
        if cx.is_owner(cx.user().id) { Ok(()) } else { Err("Only my owner can use this.".into()) }
    })
}

/// Allows use only by members who have these permissions in the channel.
///
/// The method [`requires`](crate::tree::Node::requires) of a node also hides its command from other members.
pub fn has_permissions(permissions: Permissions) -> Check {
    Check::new(move |cx| {
        let own = cx.guild()?.member.permissions.unwrap_or_default();
        let missing = missing(permissions, own);
        if missing.is_empty() { Ok(()) } else { Err(format!("You need {}.", spoken(missing)).into()) }
    })
}

/// Allows use only where the bot has these permissions.
pub fn bot_has_permissions(permissions: Permissions) -> Check {
    Check::new(move |cx| {
        let missing = missing(permissions, cx.interaction().app_permissions);
        if missing.is_empty() { Ok(()) } else { Err(format!("I need {}.", spoken(missing)).into()) }
    })
}

/// Permissions as a text for people: `the permissions Ban Members, Kick Members`.
fn spoken(permissions: Permissions) -> String {
    let names = permissions.client_names();
    format!("the permission{} {}", if names.len() == 1 { "" } else { "s" }, names.join(", "))
}

/// The required permissions that are missing. Administrators have all.
fn missing(wanted: Permissions, own: Permissions) -> Permissions {
    if own.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { wanted - own }
}

/// Limits how often each user may use it in a period; [`Cooldown`] can count by channel or guild too.
///
/// Only uses that all checks of the node let pass are counted. Each call creates a count of its own; clones share it.
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
    Cooldown { uses, per, by: By::User, counts: Arc::default() }
}

/// A [`cooldown`]. It counts by user by default.
#[derive(Clone, Debug)]
#[must_use = "it counts only as a check of a node"]
pub struct Cooldown {
    uses: usize,
    per: Duration,
    by: By,
    counts: Arc<Mutex<Counts>>,
}

/// Who shares a count.
#[derive(Clone, Copy, Debug)]
enum By {
    User,
    Channel,
    Guild,
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

    fn key(&self, cx: &InteractionContext) -> u64 {
        let user = cx.user().id.get();
        match self.by {
            By::User => user,
            By::Channel => cx.channel_id().map_or(user, ChannelId::get),
            By::Guild => cx.guild_id().map_or(user, GuildId::get),
        }
    }

    /// Returns the time until the next use is allowed, if it is not allowed now.
    fn ask(
        &self,
        cx: &InteractionContext,
        how: impl FnOnce(&mut Counts, Instant, u64, usize, Duration) -> Option<Duration>,
    ) -> Result<(), Refusal> {
        let key = self.key(cx);
        let mut counts = self.counts.lock();
        match how(&mut counts, Instant::now(), key, self.uses, self.per) {
            None => Ok(()),
            Some(wait) => {
                let seconds = wait.as_secs_f64().ceil();
                Err(format!("Not so fast: try again in {seconds} s.").into())
            }
        }
    }
}

impl From<Cooldown> for Check {
    fn from(cooldown: Cooldown) -> Check {
        Check(Kind::Cooldown(cooldown))
    }
}

/// The recent uses, by key.
#[derive(Debug, Default)]
struct Counts {
    uses: BTreeMap<u64, VecDeque<Instant>>,
    /// Maximum number of keys before outdated ones are removed.
    sweep_at: usize,
}

impl Counts {
    /// Counts a use, or returns the time until one is allowed.
    fn count(&mut self, now: Instant, key: u64, most: usize, per: Duration) -> Option<Duration> {
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
    fn wait(&mut self, now: Instant, key: u64, most: usize, per: Duration) -> Option<Duration> {
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
}

/// Whether a use at that time still counts now.
fn counts(now: Instant, then: Instant, per: Duration) -> bool {
    now.saturating_duration_since(then) < per
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, Instant};

    use super::{Counts, missing, spoken};
    use crate::model::Permissions;

    #[test]
    fn permissions_are_told_in_words() {
        let two = Permissions::BAN_MEMBERS | Permissions::MANAGE_GUILD;
        assert_eq!(spoken(two), "the permissions Ban Members, Manage Server");
        assert_eq!(spoken(Permissions::from_bits_retain(1 << 60)), "the permission 0x1000000000000000");
    }

    #[test]
    fn uses_count_until_their_time_is_over_each_key_for_itself() {
        let (start, per) = (Instant::now(), Duration::from_secs(10));
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut counts = Counts::default();
        assert_eq!(counts.count(at(0), 1, 2, per), None);
        assert_eq!(counts.count(at(4), 1, 2, per), None);
        assert_eq!(counts.count(at(5), 1, 2, per), Some(Duration::from_secs(5)));
        assert_eq!(counts.count(at(5), 2, 2, per), None, "another user");
        assert_eq!(counts.count(at(10), 1, 2, per), None, "what was refused does not count");
        assert_eq!(counts.count(at(13), 1, 2, per), Some(Duration::from_secs(1)));
        assert_eq!(counts.count(at(13), 3, 0, per), Some(per), "never at all");
    }

    #[test]
    fn outdated_keys_are_removed() {
        let (start, per) = (Instant::now(), Duration::from_secs(1));
        let mut counts = Counts::default();
        for key in 0..5000 {
            counts.count(start + per * u32::try_from(key).unwrap_or(0), key, 1, per);
        }
        assert!(counts.uses.len() <= 1001, "{}", counts.uses.len());
    }

    #[test]
    fn administrators_have_every_permission() {
        let both = Permissions::BAN_MEMBERS | Permissions::KICK_MEMBERS;
        assert_eq!(missing(both, Permissions::BAN_MEMBERS), Permissions::KICK_MEMBERS);
        assert_eq!(missing(both, Permissions::ADMINISTRATOR), Permissions::empty());
    }
}
