//! The events that can have an entry in the audit log.

use serde::Serialize;

use crate::gateway::event::{
    ChannelCreate, ChannelDelete, ChannelUpdate, Event, GuildBanAdd, GuildBanRemove, GuildMemberRemove,
    GuildMemberUpdate, GuildRoleCreate, GuildRoleDelete, GuildRoleUpdate, GuildUpdate, MessageDeleteBulk,
    ThreadCreate, ThreadDelete, ThreadUpdate,
};

/// An event whose entry in the audit log can be found by [`Context::audit_entry_for`](crate::Context::audit_entry_for).
///
/// | event | action of the entry |
/// |---|---|
/// | [`GuildMemberRemove`] | `MEMBER_KICK`; a ban belongs to [`GuildBanAdd`] |
/// | [`GuildBanAdd`], [`GuildBanRemove`] | `MEMBER_BAN_ADD`, `MEMBER_BAN_REMOVE` |
/// | [`GuildMemberUpdate`] | `MEMBER_UPDATE` (nickname, timeout, mute, deafen), `MEMBER_ROLE_UPDATE` |
/// | [`MessageDeleteBulk`] | `MESSAGE_BULK_DELETE` |
/// | [`ChannelCreate`], [`ChannelUpdate`], [`ChannelDelete`] | `CHANNEL_CREATE`, `CHANNEL_UPDATE` and `CHANNEL_OVERWRITE_*`, `CHANNEL_DELETE` |
/// | [`ThreadCreate`], [`ThreadUpdate`], [`ThreadDelete`] | `THREAD_*` |
/// | [`GuildRoleCreate`], [`GuildRoleUpdate`], [`GuildRoleDelete`] | `ROLE_*` |
/// | [`GuildUpdate`] | `GUILD_UPDATE` |
///
/// For [`MessageDelete`](crate::events::MessageDelete) there is
/// [`audit_entry_for_message`](crate::Context::audit_entry_for_message), which also needs the author of the message.
#[diagnostic::on_unimplemented(
    message = "entries of the audit log are not found by `{Self}`",
    note = "for `MessageDelete` call `audit_entry_for_message`, with the author of the message"
)]
pub trait AuditedEvent: Event + Clone + Serialize + Send + HasAuditEntry {}

/// Keeps [`AuditedEvent`] to the types below.
pub trait HasAuditEntry {}

macro_rules! audited {
    ($($event:ident)+) => {$(
        impl HasAuditEntry for $event {}
        impl AuditedEvent for $event {}
    )+};
}

audited! {
    ChannelCreate ChannelDelete ChannelUpdate GuildBanAdd GuildBanRemove GuildMemberRemove GuildMemberUpdate
    GuildRoleCreate GuildRoleDelete GuildRoleUpdate GuildUpdate MessageDeleteBulk ThreadCreate ThreadDelete
    ThreadUpdate
}
