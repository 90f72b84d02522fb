//! Guards of nodes: who may use them, where, and how often.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::bot::context::InteractionContext;
use crate::id::UserId;
use crate::model::{Application, Permissions, TeamMember, TeamMemberRole, TeamMembershipState};

/// Decides whether somebody may use a node, and tells them why not.
///
/// It is put on a node with `.check(…)`; on a group or a tree it guards all that is in it. Clones are the same check: a
/// [cooldown] that is put on two commands counts both.
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
#[derive(Clone)]
pub struct Check(Arc<Ask>);

type Ask = dyn Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync;

impl Check {
    /// A check of your own.
    pub fn new(ask: impl Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync + 'static) -> Check {
        Check(Arc::new(ask))
    }

    pub(super) fn ask(&self, cx: &InteractionContext) -> Result<(), Refusal> {
        (self.0)(cx)
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Check")
    }
}

/// Why somebody may not use a node: what they are told. Any text can be made into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl<T: Into<String>> From<T> for Refusal {
    fn from(text: T) -> Self {
        Refusal(text.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lets it be used in guilds only.
pub fn guild_only() -> Check {
    Check::new(|cx| if cx.guild_id().is_some() { Ok(()) } else { Err("This works on servers only.".into()) })
}

/// Lets it be used by those only whom the application belongs to: its owner, or the admins and developers of its team.
pub fn owner_only() -> Check {
    Check::new(
        |cx| {
            if cx.is_owner(cx.user().id) { Ok(()) } else { Err("Only my owner can use this.".into()) }
        },
    )
}

/// Whether an application belongs to a user, alone or as an admin or developer of its team.
pub(crate) fn owns(application: &Application, user: UserId) -> bool {
    let Some(team) = &application.team else {
        return application.owner.as_ref().is_some_and(|owner| owner.id == user);
    };
    let works = |member: &TeamMember| {
        member.membership_state == TeamMembershipState::ACCEPTED
            && [TeamMemberRole::ADMIN, TeamMemberRole::DEVELOPER].contains(&member.role)
    };
    team.owner_user_id == user || team.members.iter().any(|member| member.user.id == user && works(member))
}

/// Lets it be used by members only who have these permissions in the channel.
///
/// [`permissions`](crate::command::CommandBuilder::permissions) hides a command from the others, which a guild can
/// set otherwise; this cannot be changed there.
pub fn has_permissions(permissions: Permissions) -> Check {
    Check::new(move |cx| {
        let own = cx.member().and_then(|member| member.permissions).unwrap_or_default();
        let missing = missing(permissions, own);
        if missing.is_empty() { Ok(()) } else { Err(format!("You need the permissions {missing:?}.").into()) }
    })
}

/// Lets it be used only where the bot has these permissions.
pub fn bot_has_permissions(permissions: Permissions) -> Check {
    Check::new(move |cx| {
        let missing = missing(permissions, cx.interaction().app_permissions);
        if missing.is_empty() { Ok(()) } else { Err(format!("I need the permissions {missing:?}.").into()) }
    })
}

/// The permissions that are wanted and not there; administrators have all.
fn missing(wanted: Permissions, own: Permissions) -> Permissions {
    if own.contains(Permissions::ADMINISTRATOR) { Permissions::NONE } else { wanted - own }
}

/// Lets it be used so many times in any such span of time, by each user; see [`Cooldown`] to count by channel or guild.
///
/// ```
/// use std::time::Duration;
/// use syncord::tree::{command, cooldown};
///
/// let horn = command("horn", "Sounds the horn")
///     .check(cooldown(1, Duration::from_secs(30)).by_guild())
///     .run(|cx| cx.reply("Hooonk!"));
/// ```
pub fn cooldown(uses: usize, per: Duration) -> Cooldown {
    Cooldown { uses, per, by: By::User }
}

/// A [`cooldown`], that counts by user unless said otherwise.
#[derive(Clone, Copy, Debug)]
#[must_use = "it counts only as a check of a node"]
pub struct Cooldown {
    uses: usize,
    per: Duration,
    by: By,
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

    /// Counts for each guild, and in direct messages for each user.
    pub fn by_guild(self) -> Cooldown {
        Cooldown { by: By::Guild, ..self }
    }

    fn key(self, cx: &InteractionContext) -> u64 {
        let user = cx.user().id.get();
        match self.by {
            By::User => user,
            By::Channel => cx.channel_id().map_or(user, |id| id.get()),
            By::Guild => cx.guild_id().map_or(user, |id| id.get()),
        }
    }
}

impl From<Cooldown> for Check {
    fn from(cooldown: Cooldown) -> Check {
        let counts = Mutex::new(Counts::default());
        Check::new(move |cx| {
            let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
            let wait = counts.count(Instant::now(), cooldown.key(cx), cooldown.uses, cooldown.per);
            match wait {
                None => Ok(()),
                Some(wait) => {
                    let seconds = wait.as_secs_f64().ceil();
                    Err(format!("Not so fast: try again in {seconds} s.").into())
                }
            }
        })
    }
}

/// When something was used, by key, as far as it still counts.
#[derive(Default)]
struct Counts {
    uses: BTreeMap<u64, VecDeque<Instant>>,
    /// How many keys there may be before those that count no more are looked for.
    sweep_at: usize,
}

impl Counts {
    /// Counts one more use, or says how long it is until one would be let pass.
    fn count(&mut self, now: Instant, key: u64, most: usize, per: Duration) -> Option<Duration> {
        let counts = |then: &Instant| now.saturating_duration_since(*then) < per;
        if self.uses.len() > self.sweep_at {
            self.uses.retain(|_, uses| uses.back().is_some_and(counts));
            self.sweep_at = (2 * self.uses.len()).max(1000);
        }
        let uses = self.uses.entry(key).or_default();
        while uses.front().is_some_and(|then| !counts(then)) {
            uses.pop_front();
        }
        if uses.len() < most {
            uses.push_back(now);
            return None;
        }
        let oldest = uses.front().copied().unwrap_or(now);
        Some(per.saturating_sub(now.saturating_duration_since(oldest)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Counts, missing};
    use crate::model::Permissions;

    #[test]
    fn uses_count_until_their_time_is_over_each_key_for_itself() {
        let (start, per) = (Instant::now(), Duration::from_secs(10));
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut counts = Counts::default();
        assert_eq!(counts.count(at(0), 1, 2, per), None);
        assert_eq!(counts.count(at(4), 1, 2, per), None);
        assert_eq!(counts.count(at(5), 1, 2, per), Some(Duration::from_secs(5)));
        assert_eq!(counts.count(at(5), 2, 2, per), None, "somebody else");
        assert_eq!(counts.count(at(10), 1, 2, per), None, "what was refused does not count");
        assert_eq!(counts.count(at(13), 1, 2, per), Some(Duration::from_secs(1)));
        assert_eq!(counts.count(at(13), 3, 0, per), Some(per), "never at all");
    }

    #[test]
    fn keys_that_count_no_more_are_forgotten() {
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
        assert_eq!(missing(both, Permissions::ADMINISTRATOR), Permissions::NONE);
    }
}
