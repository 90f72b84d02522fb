//! What handlers and tasks call to find an entry.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::event::AuditedEvent;
use super::timeline::Wanted;
use crate::bot::context::Context;
use crate::deadline::deadline;
use crate::error::Error;
use crate::gateway::event::{Event, MessageDelete};
use crate::id::UserId;
use crate::model::AuditLogEntry;

impl Context {
    /// Finds out who caused an event: the entry of the audit log that belongs to it, with the user, the reason and the
    /// [changes](AuditLogEntry::changes). `None` if no entry has come within the timeout, or it is not certain which one
    /// belongs to the event.
    ///
    /// Discord sends the entries as separate events, shortly before or after the event, so ask within some seconds; a
    /// timeout of two seconds is enough. What a user does to themselves often has no entry. If one request changed several
    /// things of a member, as the nickname and the roles, this is the first of its entries. See [`AuditedEvent`] for what is found.
    ///
    /// Declare it with `.waits_for::<GuildAuditLogEntryCreate>()`, on the [bot](crate::Bot::waits_for) or on a node. That requests
    /// the intent `GUILD_MODERATION`. The bot needs the permission `VIEW_AUDIT_LOG`, for which
    /// [`invite_url`](crate::Bot::invite_url) asks then.
    ///
    /// It waits, so it works in a [task](crate::bot::Task) and in [lanes](crate::bot::Lanes). On the bot's own thread the timeout must be
    /// zero, which finds only an entry that has come before the event.
    ///
    /// ```
    /// use std::time::Duration;
    /// use syncord::events::{GuildAuditLogEntryCreate, GuildMemberRemove};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    /// # discord.set_owner(&ann);
    /// # let mut bot = discord.bot();
    /// # let log = general.id();
    /// bot.waits_for::<GuildAuditLogEntryCreate>();
    /// bot.on(move |cx, left: &GuildMemberRemove| {
    ///     let left = left.clone();
    ///     Ok(cx.spawn(move |task| {
    ///         let name = &left.user.username;
    ///         let text = match task.audit_entry_for(&left, Duration::from_secs(2))?.and_then(|entry| entry.user_id) {
    ///             Some(moderator) => format!("<@{moderator}> kicked {name}"),
    ///             None => format!("{name} has left"),
    ///         };
    ///         task.send(log, text)?;
    ///         Ok(())
    ///     })?)
    /// });
    /// # bot.during(|| {
    /// #     ann.kicks(discord.guild_id(), &bob)?;
    /// #     assert_eq!(general.next_message()?.content, format!("<@{}> kicked bob", ann.id()));
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared it, or on the bot's own thread with a timeout; [`Error::Stopped`] if the bot stops.
    #[doc(alias = "audit log")]
    #[doc(alias = "who did it")]
    #[doc(alias = "moderator")]
    pub fn audit_entry_for<E: AuditedEvent>(
        &self,
        event: &E,
        timeout: Duration,
    ) -> Result<Option<AuditLogEntry>, Error> {
        self.find_audit_entry(event, None, timeout)
    }

    /// Finds out who deleted a message: as [`audit_entry_for`](Context::audit_entry_for), with the author of the message. Discord sends
    /// neither the author nor the content of a deleted message, so a bot that wants to know keeps them.
    ///
    /// What can be known is limited. It is `None`
    ///
    /// * for a message that its author or a bot has deleted, for which
    ///   [there is no entry](https://github.com/discord/discord-api-docs/issues/7856);
    /// * for the second and further messages of one author that a moderator deletes in a channel within some minutes: Discord
    ///   increases the [count](crate::model::AuditLogOptions::count) of the first entry,
    ///   [without an event](https://github.com/discord/discord-api-docs/issues/5911);
    /// * if messages were deleted in the channel so close together that the entry may belong to another one. To know that, the
    ///   answer takes at least a second.
    ///
    /// [`guild_audit_log`](crate::rest::Client::guild_audit_log) returns the counts.
    ///
    /// # Errors
    ///
    /// As for [`audit_entry_for`](Context::audit_entry_for).
    pub fn audit_entry_for_message(
        &self,
        deleted: &MessageDelete,
        author: UserId,
        timeout: Duration,
    ) -> Result<Option<AuditLogEntry>, Error> {
        self.find_audit_entry(deleted, Some(author), timeout)
    }

    fn find_audit_entry<E: Event + Serialize>(
        &self,
        event: &E,
        author: Option<UserId>,
        timeout: Duration,
    ) -> Result<Option<AuditLogEntry>, Error> {
        let entries = &self.shared().audit_entries;
        if !entries.is_on() {
            return Err(Error::setup(
                "no entries of the audit log are requested: add .waits_for::<GuildAuditLogEntryCreate>() to the bot or to the \
                 node that looks for them",
            ));
        }
        if !timeout.is_zero() {
            self.check_may_wait(
                "find an entry of the audit log",
                "a timeout of zero, which finds an entry that has come before the event",
            )?;
        }
        // An event that was kept as a text is the same if it is written in the same way after it was read.
        let written = serde_json::to_value(event).map_err(|error| Error::decode("an event", error))?;
        let is_it = |data: &str| {
            E::decode(data).ok().and_then(|event| serde_json::to_value(event).ok()).as_ref() == Some(&written)
        };
        let author = author.map(|author| author.to_string());
        let wanted = Wanted { name: E::NAME, event: &written, is_it: &is_it, author };
        entries.wait(&wanted, deadline(Instant::now(), timeout))
    }
}
