//! Checks of nodes: who may use them, where, and how often.

mod usage;

use std::fmt;
use std::mem::take;
use std::slice;
use std::sync::Arc;
use std::time::SystemTime;

use usage::CountedUse;
pub use usage::{Cooldown, MaxConcurrency, cooldown, max_concurrency};

use crate::bot::context::InteractionContext;
use crate::bot::refusal::Refusal;
use crate::bot::running_uses::RunningUse;
use crate::id::SkuId;
use crate::model::{Entitlement, Permissions, Timestamp};
use crate::texts::LibraryText;

/// Decides whether a user may use a node. If not, it says why.
///
/// `.check(…)` adds it to a node. On a group or a tree it applies to all commands, components and modals in it, but not to
/// events, which no user causes on purpose. Clones are the same check: a clone of a [cooldown] on another command shares its count.
///
/// [`Check::all`], [`Check::any`] and [`Check::not`] combine checks.
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
#[doc(alias = "precondition")]
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
        /// The permissions that the bot needs for it.
        bot_permissions: Permissions,
    },
    Cooldown(Cooldown),
    MaxConcurrency(MaxConcurrency),
    All(Arc<[Check]>),
    Any(Arc<[Check]>),
    Not(Arc<Check>, Refusal),
}

type Ask = dyn Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync;

/// Whether all checks let the user pass. The first that refuses says why. This counts nothing.
pub(in crate::bot) fn ask(checks: &[Check], cx: &InteractionContext) -> Result<(), Refusal> {
    checks.iter().try_for_each(|check| check.ask(cx))
}

/// The same, and it counts as a use if all of them let the user pass.
pub(super) fn pass(checks: &[Check], cx: &InteractionContext) -> Result<Use, Refusal> {
    ask(checks, cx)?;
    let mut counted = Use::default();
    // Another thread may have counted a use in the meantime.
    match checks.iter().try_for_each(|check| check.count(cx, &mut counted)) {
        Ok(()) => Ok(counted),
        Err(refusal) => {
            counted.cooldowns.drain(..).for_each(CountedUse::undo);
            Err(refusal)
        }
    }
}

/// What the checks have counted for one use.
#[derive(Default)]
pub(super) struct Use {
    cooldowns: Vec<CountedUse>,
    running: Vec<RunningUse>,
}

impl Use {
    /// Takes what ends with the handler and its tasks.
    pub(super) fn take_running(&mut self) -> Vec<RunningUse> {
        take(&mut self.running)
    }

    /// The handler has failed, or has refused the user.
    pub(super) fn has_failed(self) {
        self.cooldowns.into_iter().for_each(CountedUse::has_failed);
    }
}

impl Check {
    /// Creates a check from a closure.
    pub fn new(ask: impl Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync + 'static) -> Check {
        Check(Kind::Own {
            ask: Arc::new(ask),
            reads_permissions: true,
            bot_permissions: Permissions::empty(),
        })
    }

    /// A check that does not look at permissions.
    fn without_permissions(
        ask: impl Fn(&InteractionContext) -> Result<(), Refusal> + Send + Sync + 'static,
    ) -> Check {
        Check(Kind::Own {
            ask: Arc::new(ask),
            reads_permissions: false,
            bot_permissions: Permissions::empty(),
        })
    }

    /// Lets a user pass if all of these checks do. The first that refuses says why.
    ///
    /// ```
    /// use syncord::model::Permissions;
    /// use syncord::tree::{Check, bot_has_permissions, command, guild_only, has_permissions, owner_only};
    ///
    /// let moderators = Check::all([guild_only(), has_permissions(Permissions::BAN_MEMBERS)]);
    /// let ban = command("ban", "Bans a user")
    ///     .check(Check::any([moderators, owner_only()]))
    ///     .check(bot_has_permissions(Permissions::BAN_MEMBERS))
    ///     .run(|cx| cx.reply("Banned."));
    /// ```
    pub fn all<C: Into<Check>>(checks: impl IntoIterator<Item = C>) -> Check {
        Check(Kind::All(checks.into_iter().map(Into::into).collect()))
    }

    /// Lets a user pass if one of these checks does. If all refuse, the first says why. Only the first that lets the
    /// user pass counts a use. Without checks it refuses everyone.
    pub fn any<C: Into<Check>>(checks: impl IntoIterator<Item = C>) -> Check {
        Check(Kind::Any(checks.into_iter().map(Into::into).collect()))
    }

    /// Lets a user pass if the check refuses, and refuses the others with a reason. It counts no uses.
    ///
    /// ```
    /// use syncord::tree::{Check, command, guild_only};
    ///
    /// let diary = command("diary", "Shows your diary")
    ///     .check(Check::not(guild_only(), "Ask me in a direct message."))
    ///     .run(|cx| cx.reply("Calm sea."));
    /// ```
    pub fn not(check: impl Into<Check>, reason: impl Into<Refusal>) -> Check {
        Check(Kind::Not(Arc::new(check.into()), reason.into()))
    }

    fn ask(&self, cx: &InteractionContext) -> Result<(), Refusal> {
        match &self.0 {
            Kind::Own { ask, .. } => ask(cx),
            Kind::Cooldown(cooldown) => cooldown.ask(cx),
            Kind::MaxConcurrency(limit) => limit.ask(cx),
            Kind::All(checks) => ask(checks, cx),
            Kind::Any(checks) => first_that_passes(checks, |check| check.ask(cx)),
            Kind::Not(check, reason) => match check.ask(cx) {
                Ok(()) => Err(reason.clone()),
                Err(_) => Ok(()),
            },
        }
    }

    /// Counts a use of a user that all checks let pass.
    fn count(&self, cx: &InteractionContext, counted: &mut Use) -> Result<(), Refusal> {
        match &self.0 {
            Kind::Own { .. } | Kind::Not(..) => {}
            Kind::Cooldown(cooldown) => counted.cooldowns.push(cooldown.count(cx)?),
            Kind::MaxConcurrency(limit) => counted.running.push(limit.begin(cx)?),
            Kind::All(checks) => checks.iter().try_for_each(|check| check.count(cx, counted))?,
            Kind::Any(checks) => first_that_passes(checks, |check| {
                let mut own = pass(slice::from_ref(check), cx)?;
                counted.cooldowns.append(&mut own.cooldowns);
                counted.running.append(&mut own.running);
                Ok(())
            })?,
        }
        Ok(())
    }

    fn reads_permissions(&self) -> bool {
        match &self.0 {
            Kind::Own { reads_permissions, .. } => *reads_permissions,
            Kind::Cooldown(_) | Kind::MaxConcurrency(_) => false,
            Kind::All(checks) | Kind::Any(checks) => reads_permissions(checks),
            Kind::Not(check, _) => check.reads_permissions(),
        }
    }

    /// The permissions that the bot needs for it.
    fn bot_permissions(&self) -> Permissions {
        match &self.0 {
            Kind::Own { bot_permissions, .. } => *bot_permissions,
            Kind::Cooldown(_) | Kind::MaxConcurrency(_) | Kind::Not(..) => Permissions::empty(),
            Kind::All(checks) | Kind::Any(checks) => declared_permissions(checks),
        }
    }
}

/// Asks the checks in order until one lets the user pass. Otherwise the first refusal counts.
fn first_that_passes(
    checks: &[Check],
    mut ask: impl FnMut(&Check) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut first = None;
    for check in checks {
        match ask(check) {
            Ok(()) => return Ok(()),
            Err(refusal) => drop(first.get_or_insert(refusal)),
        }
    }
    Err(first.unwrap_or_else(|| Refusal::of_library(LibraryText::Refused)))
}

/// Whether one of the checks may look at the permissions of the user or the bot.
pub(in crate::bot) fn reads_permissions(checks: &[Check]) -> bool {
    checks.iter().any(Check::reads_permissions)
}

/// The permissions that the bot needs for these checks, as [`bot_has_permissions`] declares them.
pub(in crate::bot) fn declared_permissions(checks: &[Check]) -> Permissions {
    checks.iter().fold(Permissions::empty(), |all, check| all | check.bot_permissions())
}

impl From<Cooldown> for Check {
    fn from(cooldown: Cooldown) -> Check {
        Check(Kind::Cooldown(cooldown))
    }
}

impl From<MaxConcurrency> for Check {
    fn from(limit: MaxConcurrency) -> Check {
        Check(Kind::MaxConcurrency(limit))
    }
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
#[doc(alias = "is owner")]
pub fn owner_only() -> Check {
    Check::without_permissions(|cx| {
        if cx.is_owner(cx.user().id) { Ok(()) } else { Err(Refusal::of_library(LibraryText::OwnerOnly)) }
    })
}

/// Allows use only by members who have these permissions in the channel.
///
/// The method [`requires`](crate::tree::Node::requires) of a node also hides its command from other members.
pub fn has_permissions(permissions: Permissions) -> Check {
    Check::new(move |cx| {
        let own = cx.guild()?.member.permissions.unwrap_or_default();
        let missing = missing(permissions, own);
        if missing.is_empty() { Ok(()) } else { Err(needs(missing, false)) }
    })
}

/// Allows use only where the bot has these permissions.
pub fn bot_has_permissions(permissions: Permissions) -> Check {
    let ask = move |cx: &InteractionContext| {
        let missing = missing(permissions, cx.interaction().app_permissions);
        if missing.is_empty() { Ok(()) } else { Err(needs(missing, true)) }
    };
    Check(Kind::Own { ask: Arc::new(ask), reads_permissions: true, bot_permissions: permissions })
}

/// Allows use only by users and in guilds that have an [entitlement](https://docs.discord.com/developers/resources/entitlement)
/// to an SKU: a subscription or a purchase that was neither deleted nor consumed, and has not ended.
///
/// Discord sends the entitlements with an interaction. A text command has none, and is refused.
///
/// ```
/// use syncord::tree::{command, premium};
///
/// let forecast = command("forecast", "Shows the tides of a year")
///     .check(premium(1_200_000_000_000_000_000.into()))
///     .run(|cx| cx.reply("06:12 high"));
/// ```
#[doc(alias = "monetization")]
#[doc(alias = "entitlement")]
#[doc(alias = "subscription")]
pub fn premium(sku: SkuId) -> Check {
    Check::without_permissions(move |cx| {
        let now = SystemTime::now();
        let is_valid = |entitlement: &Entitlement| {
            let time = |time: &Option<Timestamp>| time.as_ref().and_then(Timestamp::to_system_time);
            let has_begun = time(&entitlement.starts_at).is_none_or(|start| start <= now);
            let has_ended = time(&entitlement.ends_at).is_some_and(|end| end <= now);
            let is_gone = entitlement.deleted || entitlement.consumed == Some(true);
            entitlement.sku_id == sku && has_begun && !has_ended && !is_gone
        };
        let is_premium = cx.interaction().entitlements.iter().any(is_valid);
        if is_premium { Ok(()) } else { Err(Refusal::of_library(LibraryText::PremiumOnly)) }
    })
}

/// Refuses because the user or the bot does not have these permissions.
fn needs(missing: Permissions, is_bot: bool) -> Refusal {
    Refusal::of_library(LibraryText::needs(missing, is_bot))
}

/// The required permissions that are missing. Administrators have all.
fn missing(wanted: Permissions, own: Permissions) -> Permissions {
    if own.contains(Permissions::ADMINISTRATOR) { Permissions::empty() } else { wanted - own }
}

#[cfg(test)]
mod tests;
