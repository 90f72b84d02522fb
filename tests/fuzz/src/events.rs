//! The types of all events.

use serde::Serialize;
use syncord::gateway::event::*;

use crate::check_written;

/// The name of an event, and the function that reads it.
type Row = (&'static str, fn(&str));

#[rustfmt::skip]
const EVENTS: &[Row] = &[
    row::<ApplicationCommandPermissionsUpdate>(),
    row::<AutoModerationActionExecution>(),
    row::<AutoModerationRuleCreate>(),
    row::<AutoModerationRuleDelete>(),
    row::<AutoModerationRuleUpdate>(),
    row::<ChannelCreate>(),
    row::<ChannelDelete>(),
    row::<ChannelInfo>(),
    row::<ChannelPinsUpdate>(),
    row::<ChannelUpdate>(),
    row::<EntitlementCreate>(),
    row::<EntitlementDelete>(),
    row::<EntitlementUpdate>(),
    row::<GuildAuditLogEntryCreate>(),
    row::<GuildBanAdd>(),
    row::<GuildBanRemove>(),
    row::<GuildCreate>(),
    row::<GuildDelete>(),
    row::<GuildEmojisUpdate>(),
    row::<GuildIntegrationsUpdate>(),
    row::<GuildMembersChunk>(),
    row::<GuildMemberAdd>(),
    row::<GuildMemberRemove>(),
    row::<GuildMemberUpdate>(),
    row::<GuildRoleCreate>(),
    row::<GuildRoleDelete>(),
    row::<GuildRoleUpdate>(),
    row::<GuildScheduledEventCreate>(),
    row::<GuildScheduledEventDelete>(),
    row::<GuildScheduledEventUpdate>(),
    row::<GuildScheduledEventUserAdd>(),
    row::<GuildScheduledEventUserRemove>(),
    row::<GuildSoundboardSoundsUpdate>(),
    row::<GuildSoundboardSoundCreate>(),
    row::<GuildSoundboardSoundDelete>(),
    row::<GuildSoundboardSoundUpdate>(),
    row::<GuildStickersUpdate>(),
    row::<GuildUpdate>(),
    row::<IntegrationCreate>(),
    row::<IntegrationDelete>(),
    row::<IntegrationUpdate>(),
    row::<InteractionCreate>(),
    row::<InviteCreate>(),
    row::<InviteDelete>(),
    row::<MessageCreate>(),
    row::<MessageDelete>(),
    row::<MessageDeleteBulk>(),
    row::<MessagePollVoteAdd>(),
    row::<MessagePollVoteRemove>(),
    row::<MessageReactionAdd>(),
    row::<MessageReactionRemove>(),
    row::<MessageReactionRemoveAll>(),
    row::<MessageReactionRemoveEmoji>(),
    row::<MessageUpdate>(),
    row::<PresenceUpdate>(),
    row::<RateLimited>(),
    row::<Ready>(),
    row::<Resumed>(),
    row::<SoundboardSounds>(),
    row::<StageInstanceCreate>(),
    row::<StageInstanceDelete>(),
    row::<StageInstanceUpdate>(),
    row::<SubscriptionCreate>(),
    row::<SubscriptionDelete>(),
    row::<SubscriptionUpdate>(),
    row::<ThreadCreate>(),
    row::<ThreadDelete>(),
    row::<ThreadListSync>(),
    row::<ThreadMembersUpdate>(),
    row::<ThreadMemberUpdate>(),
    row::<ThreadUpdate>(),
    row::<TypingStart>(),
    row::<UserUpdate>(),
    row::<VoiceChannelEffectSend>(),
    row::<VoiceChannelStartTimeUpdate>(),
    row::<VoiceChannelStatusUpdate>(),
    row::<VoiceServerUpdate>(),
    row::<VoiceStateUpdate>(),
    row::<WebhooksUpdate>(),
];

const fn row<E: Event + Serialize>() -> Row {
    (E::NAME, read_as::<E>)
}

fn read_as<E: Event + Serialize>(data: &str) {
    if let Ok(event) = E::decode(data) {
        check_written(&event);
    }
}

/// Reads the data of an event. Returns whether the event is known.
pub fn read(name: &str, data: &str) -> bool {
    let row = EVENTS.iter().find(|(known, _)| *known == name);
    row.map(|(_, read)| read(data)).is_some()
}

/// Reads the data as every event.
pub fn read_as_all(data: &str) {
    EVENTS.iter().for_each(|(_, read)| read(data));
}
