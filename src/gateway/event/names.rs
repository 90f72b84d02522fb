//! The trait of events, and the name of each event.

use serde::de::DeserializeOwned;

use super::*;
use crate::gateway::frame;
use crate::gateway::intents::{Intents, event_const};
use crate::json;

/// A dispatch event that a handler can be registered for.
///
/// For an event without a type in this version, a program can define one: a struct that implements `Deserialize`, and this
/// trait with the event's `NAME`. The default of `INTENTS` compiles only for documented events, because it looks the name up
/// in the table of events; for others, define `INTENTS` as well.
pub trait Event: DeserializeOwned + 'static {
    /// The event's name, as Discord sends it.
    const NAME: &'static str;

    /// The intents that are needed to receive the event with all its fields.
    const INTENTS: Intents = event_const(Self::NAME).needed();

    /// Reads the value at the beginning of `data` and ignores what follows it.
    #[doc(hidden)]
    fn decode(data: &str) -> Result<Self, serde_json::Error> {
        // `serde_json` refuses half of a surrogate pair, which a message can contain.
        frame::parse(data).or_else(|error| frame::parse(&json::repair(data)).map_err(|_| error))
    }
}

/// The name of each type, and a further intent where it is needed to receive all fields.
macro_rules! names {
    ($($event:ident = $name:literal $(+ $intent:ident)?;)+) => {$(
        impl Event for $event {
            const NAME: &'static str = $name;
            $(const INTENTS: Intents = event_const($name).needed().union(Intents::$intent);)?

            // The trait's generic method would be compiled again in every crate that uses it, with all the types of the event.
            #[inline(never)]
            fn decode(data: &str) -> Result<Self, serde_json::Error> {
                json::read_event(data)
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
