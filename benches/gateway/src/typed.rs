//! Handlers for all events, so that each is read as its type.

use std::cell::RefCell;
use std::hint::black_box;

use bench_common::Meter;
use syncord::Bot;
use syncord::gateway::event::*;

/// Registers a handler for each event but messages.
pub fn handle_all<'a>(bot: &mut Bot<'a>, meter: &'a RefCell<Meter>) {
    handle::<ApplicationCommandPermissionsUpdate>(bot, meter);
    handle::<AutoModerationActionExecution>(bot, meter);
    handle::<AutoModerationRuleCreate>(bot, meter);
    handle::<AutoModerationRuleDelete>(bot, meter);
    handle::<AutoModerationRuleUpdate>(bot, meter);
    handle::<ChannelCreate>(bot, meter);
    handle::<ChannelDelete>(bot, meter);
    handle::<ChannelInfo>(bot, meter);
    handle::<ChannelPinsUpdate>(bot, meter);
    handle::<ChannelUpdate>(bot, meter);
    handle::<EntitlementCreate>(bot, meter);
    handle::<EntitlementDelete>(bot, meter);
    handle::<EntitlementUpdate>(bot, meter);
    handle::<GuildAuditLogEntryCreate>(bot, meter);
    handle::<GuildBanAdd>(bot, meter);
    handle::<GuildBanRemove>(bot, meter);
    handle::<GuildCreate>(bot, meter);
    handle::<GuildDelete>(bot, meter);
    handle::<GuildEmojisUpdate>(bot, meter);
    handle::<GuildIntegrationsUpdate>(bot, meter);
    handle::<GuildMembersChunk>(bot, meter);
    handle::<GuildMemberAdd>(bot, meter);
    handle::<GuildMemberRemove>(bot, meter);
    handle::<GuildMemberUpdate>(bot, meter);
    handle::<GuildRoleCreate>(bot, meter);
    handle::<GuildRoleDelete>(bot, meter);
    handle::<GuildRoleUpdate>(bot, meter);
    handle::<GuildScheduledEventCreate>(bot, meter);
    handle::<GuildScheduledEventDelete>(bot, meter);
    handle::<GuildScheduledEventUpdate>(bot, meter);
    handle::<GuildScheduledEventUserAdd>(bot, meter);
    handle::<GuildScheduledEventUserRemove>(bot, meter);
    handle::<GuildSoundboardSoundsUpdate>(bot, meter);
    handle::<GuildSoundboardSoundCreate>(bot, meter);
    handle::<GuildSoundboardSoundDelete>(bot, meter);
    handle::<GuildSoundboardSoundUpdate>(bot, meter);
    handle::<GuildStickersUpdate>(bot, meter);
    handle::<GuildUpdate>(bot, meter);
    handle::<IntegrationCreate>(bot, meter);
    handle::<IntegrationDelete>(bot, meter);
    handle::<IntegrationUpdate>(bot, meter);
    handle::<InteractionCreate>(bot, meter);
    handle::<InviteCreate>(bot, meter);
    handle::<InviteDelete>(bot, meter);
    handle::<MessageDelete>(bot, meter);
    handle::<MessageDeleteBulk>(bot, meter);
    handle::<MessagePollVoteAdd>(bot, meter);
    handle::<MessagePollVoteRemove>(bot, meter);
    handle::<MessageReactionAdd>(bot, meter);
    handle::<MessageReactionRemove>(bot, meter);
    handle::<MessageReactionRemoveAll>(bot, meter);
    handle::<MessageReactionRemoveEmoji>(bot, meter);
    handle::<MessageUpdate>(bot, meter);
    handle::<PresenceUpdate>(bot, meter);
    handle::<RateLimited>(bot, meter);
    handle::<Ready>(bot, meter);
    handle::<Resumed>(bot, meter);
    handle::<SoundboardSounds>(bot, meter);
    handle::<StageInstanceCreate>(bot, meter);
    handle::<StageInstanceDelete>(bot, meter);
    handle::<StageInstanceUpdate>(bot, meter);
    handle::<SubscriptionCreate>(bot, meter);
    handle::<SubscriptionDelete>(bot, meter);
    handle::<SubscriptionUpdate>(bot, meter);
    handle::<ThreadCreate>(bot, meter);
    handle::<ThreadDelete>(bot, meter);
    handle::<ThreadListSync>(bot, meter);
    handle::<ThreadMembersUpdate>(bot, meter);
    handle::<ThreadMemberUpdate>(bot, meter);
    handle::<ThreadUpdate>(bot, meter);
    handle::<TypingStart>(bot, meter);
    handle::<UserUpdate>(bot, meter);
    handle::<VoiceChannelEffectSend>(bot, meter);
    handle::<VoiceChannelStartTimeUpdate>(bot, meter);
    handle::<VoiceChannelStatusUpdate>(bot, meter);
    handle::<VoiceServerUpdate>(bot, meter);
    handle::<VoiceStateUpdate>(bot, meter);
    handle::<WebhooksUpdate>(bot, meter);
}

fn handle<'a, E: Event>(bot: &mut Bot<'a>, meter: &'a RefCell<Meter>) {
    bot.on(|_, event: &E| {
        black_box(event);
        meter.borrow_mut().event();
        Ok(())
    });
}
