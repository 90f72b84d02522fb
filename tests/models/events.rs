//! Every dispatch event has a type, and every fixture of an event is read and written unchanged.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use syncord::gateway::event::*;
use syncord::gateway::intents::EVENTS;

use crate::compare::{Problems, round_trip};
use crate::fixtures::{self, Fixture};
use crate::live::{self, Live};
use crate::mutation::Rewrite;

/// The name of an event, the check of its fixtures, the function that reads and writes its data, and what a test in a
/// running bot needs.
type Row = (&'static str, fn(&Fixture) -> Problems, Rewrite, Live);

#[rustfmt::skip]
pub(crate) const TYPED: [Row; 79] = [
    event::<ApplicationCommandPermissionsUpdate>(),
    event::<AutoModerationActionExecution>(),
    event::<AutoModerationRuleCreate>(),
    event::<AutoModerationRuleDelete>(),
    event::<AutoModerationRuleUpdate>(),
    event::<ChannelCreate>(),
    event::<ChannelDelete>(),
    event::<ChannelInfo>(),
    event::<ChannelPinsUpdate>(),
    event::<ChannelUpdate>(),
    event::<EntitlementCreate>(),
    event::<EntitlementDelete>(),
    event::<EntitlementUpdate>(),
    event::<GuildAuditLogEntryCreate>(),
    event::<GuildBanAdd>(),
    event::<GuildBanRemove>(),
    event::<GuildCreate>(),
    event::<GuildDelete>(),
    event::<GuildEmojisUpdate>(),
    event::<GuildIntegrationsUpdate>(),
    event::<GuildMembersChunk>(),
    event::<GuildMemberAdd>(),
    event::<GuildMemberRemove>(),
    event::<GuildMemberUpdate>(),
    event::<GuildRoleCreate>(),
    event::<GuildRoleDelete>(),
    event::<GuildRoleUpdate>(),
    event::<GuildScheduledEventCreate>(),
    event::<GuildScheduledEventDelete>(),
    event::<GuildScheduledEventUpdate>(),
    event::<GuildScheduledEventUserAdd>(),
    event::<GuildScheduledEventUserRemove>(),
    event::<GuildSoundboardSoundsUpdate>(),
    event::<GuildSoundboardSoundCreate>(),
    event::<GuildSoundboardSoundDelete>(),
    event::<GuildSoundboardSoundUpdate>(),
    event::<GuildStickersUpdate>(),
    event::<GuildUpdate>(),
    event::<IntegrationCreate>(),
    event::<IntegrationDelete>(),
    event::<IntegrationUpdate>(),
    event::<InteractionCreate>(),
    event::<InviteCreate>(),
    event::<InviteDelete>(),
    event::<MessageCreate>(),
    event::<MessageDelete>(),
    event::<MessageDeleteBulk>(),
    event::<MessagePollVoteAdd>(),
    event::<MessagePollVoteRemove>(),
    event::<MessageReactionAdd>(),
    event::<MessageReactionRemove>(),
    event::<MessageReactionRemoveAll>(),
    event::<MessageReactionRemoveEmoji>(),
    event::<MessageUpdate>(),
    event::<PresenceUpdate>(),
    event::<RateLimited>(),
    event::<Ready>(),
    event::<Resumed>(),
    event::<SoundboardSounds>(),
    event::<StageInstanceCreate>(),
    event::<StageInstanceDelete>(),
    event::<StageInstanceUpdate>(),
    event::<SubscriptionCreate>(),
    event::<SubscriptionDelete>(),
    event::<SubscriptionUpdate>(),
    event::<ThreadCreate>(),
    event::<ThreadDelete>(),
    event::<ThreadListSync>(),
    event::<ThreadMembersUpdate>(),
    event::<ThreadMemberUpdate>(),
    event::<ThreadUpdate>(),
    event::<TypingStart>(),
    event::<UserUpdate>(),
    event::<VoiceChannelEffectSend>(),
    event::<VoiceChannelStartTimeUpdate>(),
    event::<VoiceChannelStatusUpdate>(),
    event::<VoiceServerUpdate>(),
    event::<VoiceStateUpdate>(),
    event::<WebhooksUpdate>(),
];

/// Undocumented fields that this version does not know. They are lost.
const LOST: &[&str] = &[
    "future/AUTO_MODERATION_RULE_CREATE.json: .actions[0].metadata.ring_bell is lost: true",
    "future/AUTO_MODERATION_RULE_CREATE.json: .trigger_metadata.mood is lost: \"salty\"",
    "future/CHANNEL_CREATE.json: .deck_mode is lost: \"wide\"",
    "future/GUILD_AUDIT_LOG_ENTRY_CREATE.json: .options.depth is lost: \"12\"",
    "future/GUILD_AUDIT_LOG_ENTRY_CREATE.json: .options.new_option is lost: {\"x\":1}",
    "future/GUILD_SCHEDULED_EVENT_CREATE.json: .entity_metadata.planet is lost: \"Mars\"",
    "future/MESSAGE_CREATE.json: .embeds[0].depth is lost: 3",
    "future/PRESENCE_UPDATE.json: .client_status.fridge is lost: \"online\"",
    "RESUMED.json: ._trace is lost: [\"[\\\"gateway-prd-us-east1-b-7k2q\\\",{\\\"micros\\\":812}]\"]",
];

const fn event<E: Event + Serialize>() -> Row {
    (E::NAME, dispatch::<E>, rewrite::<E>, live::live::<E>())
}

fn rewrite<E: Event + Serialize>(data: &str) -> Result<Value, String> {
    let event = E::decode(data).map_err(|problem| problem.to_string())?;
    Ok(serde_json::to_value(&event).unwrap())
}

fn dispatch<E: Event + Serialize>(fixture: &Fixture) -> Problems {
    #[derive(serde::Deserialize)]
    struct Frame<'a> {
        #[serde(borrow)]
        d: &'a RawValue,
    }
    let frame: Frame<'_> = serde_json::from_str(&fixture.text).unwrap();
    round_trip::<E>(frame.d.get(), &fixture.unknown)
}

#[test]
fn every_documented_event_has_a_type() {
    let typed: Vec<_> = TYPED.iter().map(|(name, ..)| *name).collect();
    let documented: Vec<_> = EVENTS.iter().map(|event| event.name).collect();
    assert_eq!(typed, documented);
}

#[test]
fn every_fixture_of_an_event_is_written_as_it_was_read() {
    let Some(fixtures) = fixtures::events() else { return };
    let mut problems = Problems::new();
    for (name, check, ..) in TYPED {
        let own: Vec<_> = fixtures.iter().filter(|fixture| fixture.event.as_deref() == Some(name)).collect();
        assert!(!own.is_empty(), "no fixture of {name}");
        for fixture in own {
            problems.extend(check(fixture).into_iter().map(|problem| format!("{}: {problem}", fixture.file)));
        }
    }
    assert_eq!(problems, LOST, "{problems:#?}");
}

/// No fixture is skipped because of its name.
#[test]
fn every_fixture_belongs_to_a_known_event() {
    let Some(fixtures) = fixtures::events() else { return };
    for fixture in fixtures {
        let name = fixture.event.unwrap();
        let known = TYPED.iter().any(|(typed, ..)| *typed == name);
        assert!(known || name == "GUILD_TIDE_TABLE_UPDATE", "{}", fixture.file);
    }
}
