//! Dispatch events as types, as in `bot.on(|cx, event: &MessageCreate| …)`.
//!
//! A type has the event's name in CamelCase. See
//! [gateway events](https://docs.discord.com/developers/events/gateway-events#receive-events).

mod application;
mod auto_moderation;
mod channel;
mod guild;
mod integration;
mod interaction;
mod macros;
mod member;
mod message;
mod names;
mod presence;
mod reaction;
mod scheduled_event;
mod session;
mod soundboard;
mod thread;
mod voice;

pub use application::{
    ApplicationCommandPermissionsUpdate, EntitlementCreate, EntitlementDelete, EntitlementUpdate,
    SubscriptionCreate, SubscriptionDelete, SubscriptionUpdate,
};
pub use auto_moderation::{
    AutoModerationActionExecution, AutoModerationRuleCreate, AutoModerationRuleDelete,
    AutoModerationRuleUpdate,
};
pub use channel::{
    ChannelCreate, ChannelDelete, ChannelInfo, ChannelInfoEntry, ChannelPinsUpdate, ChannelUpdate,
};
pub use guild::{
    GuildAuditLogEntryCreate, GuildBanAdd, GuildBanRemove, GuildCreate, GuildDelete, GuildEmojisUpdate,
    GuildRoleCreate, GuildRoleDelete, GuildRoleUpdate, GuildStickersUpdate, GuildUpdate,
};
pub use integration::{
    GuildIntegrationsUpdate, IntegrationCreate, IntegrationDelete, IntegrationUpdate, InviteCreate,
    InviteDelete, WebhooksUpdate,
};
pub use interaction::InteractionCreate;
pub use member::{GuildMemberAdd, GuildMemberRemove, GuildMemberUpdate, GuildMembersChunk};
pub use message::{
    MessageCreate, MessageDelete, MessageDeleteBulk, MessagePollVoteAdd, MessagePollVoteRemove, MessageUpdate,
};
pub use names::Event;
pub use presence::{PresenceUpdate, TypingStart, UserUpdate};
pub use reaction::{
    MessageReactionAdd, MessageReactionRemove, MessageReactionRemoveAll, MessageReactionRemoveEmoji,
};
pub use scheduled_event::{
    GuildScheduledEventCreate, GuildScheduledEventDelete, GuildScheduledEventUpdate,
    GuildScheduledEventUserAdd, GuildScheduledEventUserRemove,
};
pub use session::{RateLimited, Ready, RequestGuildMembersMeta, Resumed};
pub use soundboard::{
    GuildSoundboardSoundCreate, GuildSoundboardSoundDelete, GuildSoundboardSoundUpdate,
    GuildSoundboardSoundsUpdate, SoundboardSounds,
};
pub use thread::{
    AddedThreadMember, ThreadCreate, ThreadDelete, ThreadListSync, ThreadMemberUpdate, ThreadMembersUpdate,
    ThreadUpdate,
};
pub use voice::{
    StageInstanceCreate, StageInstanceDelete, StageInstanceUpdate, VoiceChannelEffectSend,
    VoiceChannelStartTimeUpdate, VoiceChannelStatusUpdate, VoiceEffectAnimationType, VoiceServerUpdate,
    VoiceStateUpdate,
};
