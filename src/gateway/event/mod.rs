//! Dispatch events as types: what `bot.on(|cx, event: &MessageCreate| …)` goes by.
//!
//! A type is named as the event is on the wire, in CamelCase. See
//! [gateway events](https://docs.discord.com/developers/events/gateway-events#receive-events).

use serde::de::DeserializeOwned;

use crate::gateway::frame;
use crate::gateway::intents::{Intents, event_const};
use crate::json;

mod application;
mod auto_moderation;
mod channel;
mod guild;
mod integration;
mod interaction;
mod member;
mod message;
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

/// A dispatch event that can be listened to.
///
/// An event that this version has no type for can be given one: a struct with `Deserialize`, and its name.
/// That compiles only for events that Discord documents, because their intents are looked up by name;
/// give `INTENTS` too for others.
pub trait Event: DeserializeOwned + 'static {
    /// Its name on the wire.
    const NAME: &'static str;

    /// What has to be asked for so that it comes, and is complete.
    const INTENTS: Intents = event_const(Self::NAME).needed();

    /// Reads the value at the beginning of `data`; what follows it is ignored.
    #[doc(hidden)]
    fn decode(data: &str) -> Result<Self, serde_json::Error> {
        frame::parse(data)
    }
}

/// The names of the types on the wire, and what completes them beyond the intent that they come with.
macro_rules! names {
    ($($event:ident = $name:literal $(+ $intent:ident)?;)+) => {$(
        impl Event for $event {
            const NAME: &'static str = $name;
            $(const INTENTS: Intents = event_const($name).needed().union(Intents::$intent);)?

            // Of its own and not the trait's: a generic one would be compiled once more in every crate that uses it,
            // with all the types in it.
            #[inline(never)]
            fn decode(data: &str) -> Result<Self, serde_json::Error> {
                json::read(data)
            }
        }
    )+};
}

names! {
    ApplicationCommandPermissionsUpdate = "APPLICATION_COMMAND_PERMISSIONS_UPDATE";
    AutoModerationActionExecution = "AUTO_MODERATION_ACTION_EXECUTION" + MESSAGE_CONTENT;
    AutoModerationRuleCreate = "AUTO_MODERATION_RULE_CREATE";
    AutoModerationRuleDelete = "AUTO_MODERATION_RULE_DELETE";
    AutoModerationRuleUpdate = "AUTO_MODERATION_RULE_UPDATE";
    ChannelCreate = "CHANNEL_CREATE";
    ChannelDelete = "CHANNEL_DELETE";
    ChannelInfo = "CHANNEL_INFO";
    ChannelPinsUpdate = "CHANNEL_PINS_UPDATE";
    ChannelUpdate = "CHANNEL_UPDATE";
    EntitlementCreate = "ENTITLEMENT_CREATE";
    EntitlementDelete = "ENTITLEMENT_DELETE";
    EntitlementUpdate = "ENTITLEMENT_UPDATE";
    GuildAuditLogEntryCreate = "GUILD_AUDIT_LOG_ENTRY_CREATE";
    GuildBanAdd = "GUILD_BAN_ADD";
    GuildBanRemove = "GUILD_BAN_REMOVE";
    GuildCreate = "GUILD_CREATE";
    GuildDelete = "GUILD_DELETE";
    GuildEmojisUpdate = "GUILD_EMOJIS_UPDATE";
    GuildIntegrationsUpdate = "GUILD_INTEGRATIONS_UPDATE";
    GuildMembersChunk = "GUILD_MEMBERS_CHUNK";
    GuildMemberAdd = "GUILD_MEMBER_ADD";
    GuildMemberRemove = "GUILD_MEMBER_REMOVE";
    GuildMemberUpdate = "GUILD_MEMBER_UPDATE";
    GuildRoleCreate = "GUILD_ROLE_CREATE";
    GuildRoleDelete = "GUILD_ROLE_DELETE";
    GuildRoleUpdate = "GUILD_ROLE_UPDATE";
    GuildScheduledEventCreate = "GUILD_SCHEDULED_EVENT_CREATE";
    GuildScheduledEventDelete = "GUILD_SCHEDULED_EVENT_DELETE";
    GuildScheduledEventUpdate = "GUILD_SCHEDULED_EVENT_UPDATE";
    GuildScheduledEventUserAdd = "GUILD_SCHEDULED_EVENT_USER_ADD";
    GuildScheduledEventUserRemove = "GUILD_SCHEDULED_EVENT_USER_REMOVE";
    GuildSoundboardSoundsUpdate = "GUILD_SOUNDBOARD_SOUNDS_UPDATE";
    GuildSoundboardSoundCreate = "GUILD_SOUNDBOARD_SOUND_CREATE";
    GuildSoundboardSoundDelete = "GUILD_SOUNDBOARD_SOUND_DELETE";
    GuildSoundboardSoundUpdate = "GUILD_SOUNDBOARD_SOUND_UPDATE";
    GuildStickersUpdate = "GUILD_STICKERS_UPDATE";
    GuildUpdate = "GUILD_UPDATE";
    IntegrationCreate = "INTEGRATION_CREATE";
    IntegrationDelete = "INTEGRATION_DELETE";
    IntegrationUpdate = "INTEGRATION_UPDATE";
    InteractionCreate = "INTERACTION_CREATE";
    InviteCreate = "INVITE_CREATE";
    InviteDelete = "INVITE_DELETE";
    MessageCreate = "MESSAGE_CREATE" + MESSAGE_CONTENT;
    MessageDelete = "MESSAGE_DELETE";
    MessageDeleteBulk = "MESSAGE_DELETE_BULK";
    MessagePollVoteAdd = "MESSAGE_POLL_VOTE_ADD";
    MessagePollVoteRemove = "MESSAGE_POLL_VOTE_REMOVE";
    MessageReactionAdd = "MESSAGE_REACTION_ADD";
    MessageReactionRemove = "MESSAGE_REACTION_REMOVE";
    MessageReactionRemoveAll = "MESSAGE_REACTION_REMOVE_ALL";
    MessageReactionRemoveEmoji = "MESSAGE_REACTION_REMOVE_EMOJI";
    MessageUpdate = "MESSAGE_UPDATE" + MESSAGE_CONTENT;
    PresenceUpdate = "PRESENCE_UPDATE";
    RateLimited = "RATE_LIMITED";
    Ready = "READY";
    Resumed = "RESUMED";
    SoundboardSounds = "SOUNDBOARD_SOUNDS";
    StageInstanceCreate = "STAGE_INSTANCE_CREATE";
    StageInstanceDelete = "STAGE_INSTANCE_DELETE";
    StageInstanceUpdate = "STAGE_INSTANCE_UPDATE";
    SubscriptionCreate = "SUBSCRIPTION_CREATE";
    SubscriptionDelete = "SUBSCRIPTION_DELETE";
    SubscriptionUpdate = "SUBSCRIPTION_UPDATE";
    ThreadCreate = "THREAD_CREATE";
    ThreadDelete = "THREAD_DELETE";
    ThreadListSync = "THREAD_LIST_SYNC";
    ThreadMembersUpdate = "THREAD_MEMBERS_UPDATE";
    ThreadMemberUpdate = "THREAD_MEMBER_UPDATE";
    ThreadUpdate = "THREAD_UPDATE";
    TypingStart = "TYPING_START";
    UserUpdate = "USER_UPDATE";
    VoiceChannelEffectSend = "VOICE_CHANNEL_EFFECT_SEND";
    VoiceChannelStartTimeUpdate = "VOICE_CHANNEL_START_TIME_UPDATE";
    VoiceChannelStatusUpdate = "VOICE_CHANNEL_STATUS_UPDATE";
    VoiceServerUpdate = "VOICE_SERVER_UPDATE";
    VoiceStateUpdate = "VOICE_STATE_UPDATE";
    WebhooksUpdate = "WEBHOOKS_UPDATE";
}

/// An event that reads as the object within it.
macro_rules! deref {
    ($event:ident => $field:tt: $object:ty) => {
        impl std::ops::Deref for $event {
            type Target = $object;

            fn deref(&self) -> &$object {
                &self.$field
            }
        }
    };
}

/// Events that are one object and nothing else.
macro_rules! wraps {
    ($($(#[$doc:meta])+ $event:ident($object:ty);)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, serde::Serialize)]
        #[serde(transparent)]
        pub struct $event(pub $object);

        $crate::json::transparent!($event);

        $crate::gateway::event::deref!($event => 0: $object);
    )+};
}

use {deref, wraps};
