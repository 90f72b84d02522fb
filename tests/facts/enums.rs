use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use syncord::gateway::event;
use syncord::model;

use super::documented_in;

/// The values of an enum or the bits of flags, by name, as in JSON.
type Values = BTreeMap<String, Value>;

fn values<T: Serialize>(known: &[(&str, T)]) -> Values {
    known
        .iter()
        .map(|(name, value)| ((*name).to_owned(), serde_json::to_value(value).expect("a plain value")))
        .collect()
}

/// Discord's name of each enum, and the crate's values.
fn ours() -> Vec<(&'static str, Values)> {
    vec![
        ("ChannelType", values(model::ChannelType::KNOWN)),
        ("ChannelFlags", values(model::ChannelFlags::KNOWN)),
        ("VideoQualityMode", values(model::VideoQualityMode::KNOWN)),
        ("SortOrderType", values(model::SortOrderType::KNOWN)),
        ("ForumLayoutType", values(model::ForumLayoutType::KNOWN)),
        ("MessageType", values(model::MessageType::KNOWN)),
        ("MessageFlags", values(model::MessageFlags::KNOWN)),
        ("MessageActivityType", values(model::MessageActivityType::KNOWN)),
        ("MessageReferenceType", values(model::MessageReferenceType::KNOWN)),
        ("EmbedType", values(model::EmbedType::KNOWN)),
        ("EmbedFlags", values(model::EmbedFlags::KNOWN)),
        ("EmbedMediaFlags", values(model::EmbedMediaFlags::KNOWN)),
        ("AttachmentFlags", values(model::AttachmentFlags::KNOWN)),
        ("BaseThemeType", values(model::BaseTheme::KNOWN)),
        ("ReactionType", values(model::ReactionType::KNOWN)),
        ("DefaultMessageNotificationLevel", values(model::DefaultMessageNotificationLevel::KNOWN)),
        ("ExplicitContentFilterLevel", values(model::ExplicitContentFilterLevel::KNOWN)),
        ("MfaLevel", values(model::MfaLevel::KNOWN)),
        ("VerificationLevel", values(model::VerificationLevel::KNOWN)),
        ("NsfwLevel", values(model::NsfwLevel::KNOWN)),
        ("PremiumTier", values(model::PremiumTier::KNOWN)),
        ("SystemChannelFlags", values(model::SystemChannelFlags::KNOWN)),
        ("GuildFeature", values(model::GuildFeature::KNOWN)),
        ("GuildMemberFlags", values(model::MemberFlags::KNOWN)),
        ("IntegrationExpireBehavior", values(model::IntegrationExpireBehavior::KNOWN)),
        ("OnboardingMode", values(model::OnboardingMode::KNOWN)),
        ("OnboardingPromptType", values(model::OnboardingPromptType::KNOWN)),
        ("WidgetStyle", values(model::WidgetStyle::KNOWN)),
        ("UserFlags", values(model::UserFlags::KNOWN)),
        ("PremiumType", values(model::PremiumType::KNOWN)),
        ("ConnectionService", values(model::ConnectionService::KNOWN)),
        ("ConnectionVisibility", values(model::ConnectionVisibility::KNOWN)),
        ("RoleFlags", values(model::RoleFlags::KNOWN)),
        ("InteractionType", values(model::InteractionType::KNOWN)),
        ("InteractionContextType", values(model::InteractionContextType::KNOWN)),
        ("InteractionCallbackType", values(model::InteractionCallbackType::KNOWN)),
        ("ApplicationCommandType", values(model::CommandType::KNOWN)),
        ("ApplicationCommandOptionType", values(model::CommandOptionType::KNOWN)),
        ("ApplicationCommandPermissionType", values(model::CommandPermissionType::KNOWN)),
        ("EntryPointHandlerType", values(model::EntryPointHandlerType::KNOWN)),
        ("ComponentType", values(model::ComponentType::KNOWN)),
        ("ButtonStyle", values(model::component::ButtonStyle::KNOWN)),
        ("TextInputStyle", values(model::component::TextInputStyle::KNOWN)),
        ("UnfurledMediaFlags", values(model::component::UnfurledMediaItemFlags::KNOWN)),
        ("ApplicationIntegrationType", values(model::ApplicationIntegrationType::KNOWN)),
        ("ApplicationEventWebhookStatus", values(model::EventWebhooksStatus::KNOWN)),
        ("ApplicationFlags", values(model::ApplicationFlags::KNOWN)),
        ("RoleConnectionMetadataType", values(model::RoleConnectionMetadataType::KNOWN)),
        ("AuditLogEvent", values(model::AuditLogEvent::KNOWN)),
        ("AutoModTriggerType", values(model::AutoModerationTriggerType::KNOWN)),
        ("AutoModKeywordPresetType", values(model::AutoModerationKeywordPresetType::KNOWN)),
        ("AutoModEventType", values(model::AutoModerationEventType::KNOWN)),
        ("AutoModActionType", values(model::AutoModerationActionType::KNOWN)),
        ("EntitlementType", values(model::EntitlementType::KNOWN)),
        ("SkuType", values(model::SkuType::KNOWN)),
        ("SkuFlags", values(model::SkuFlags::KNOWN)),
        ("SubscriptionStatus", values(model::SubscriptionStatus::KNOWN)),
        ("ScheduledEventPrivacyLevel", values(model::ScheduledEventPrivacyLevel::KNOWN)),
        ("ScheduledEventEntityType", values(model::ScheduledEventEntityType::KNOWN)),
        ("ScheduledEventStatus", values(model::ScheduledEventStatus::KNOWN)),
        ("RecurrenceFrequency", values(model::RecurrenceFrequency::KNOWN)),
        ("RecurrenceWeekday", values(model::RecurrenceWeekday::KNOWN)),
        ("InviteType", values(model::InviteType::KNOWN)),
        ("InviteTargetType", values(model::InviteTargetType::KNOWN)),
        ("GuildInviteFlags", values(model::GuildInviteFlags::KNOWN)),
        ("PollLayoutType", values(model::PollLayoutType::KNOWN)),
        ("StagePrivacyLevel", values(model::StagePrivacyLevel::KNOWN)),
        ("StickerType", values(model::StickerType::KNOWN)),
        ("StickerFormatType", values(model::StickerFormatType::KNOWN)),
        ("WebhookType", values(model::WebhookType::KNOWN)),
        ("ActivityType", values(model::ActivityType::KNOWN)),
        ("ActivityFlags", values(model::ActivityFlags::KNOWN)),
        ("StatusDisplayType", values(model::StatusDisplayType::KNOWN)),
        ("VoiceEffectAnimationType", values(event::VoiceEffectAnimationType::KNOWN)),
        ("Status", values(model::Status::KNOWN)),
        ("TeamMembershipState", values(model::TeamMembershipState::KNOWN)),
        ("Locale", values(model::Locale::KNOWN)),
    ]
}

/// Enums that the crate leaves out, with the reason.
const LEFT_OUT: [(&str, &str); 3] = [
    ("AllowedMentionType", "a struct has a field for each value"),
    ("VoiceOpcode", "voice connections are out of scope"),
    ("SpeakingFlags", "voice connections are out of scope"),
];

#[test]
fn exactly_the_documented_values_are_known() {
    let Some(documented) = documented_in("enums.json") else { return };
    let theirs = documented["enums"].as_object().expect("an object");
    let ours = ours();
    let mut problems = Vec::new();
    for (name, ours) in &ours {
        let theirs = &theirs[*name];
        let known = |key: &str| -> Values { serde_json::from_value(theirs[key].clone()).unwrap_or_default() };
        let (documented, only_in_spec) = (known("values"), known("only_in_spec"));
        for (value, number) in &documented {
            if ours.get(value) != Some(number) {
                problems.push(format!("{name}::{value} is {number}, and in the crate {:?}", ours.get(value)));
            }
        }
        for (value, number) in ours {
            if documented.get(value).or(only_in_spec.get(value)) != Some(number) {
                problems.push(format!("{name}::{value} = {number} is not documented"));
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new());

    let named = |name: &String| ours.iter().any(|(ours, _)| ours == name);
    let left_out = |name: &String| LEFT_OUT.iter().any(|(left_out, _)| left_out == name);
    let missing: Vec<_> = theirs.keys().filter(|name| !named(name) && !left_out(name)).collect();
    assert_eq!(missing, Vec::<&String>::new(), "enums that the crate does not have");
}

#[test]
fn the_permissions_are_the_documented_ones() {
    let Some(documented) = documented_in("enums.json") else { return };
    let theirs: Values = documented["permissions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["name"].as_str().expect("a name").to_owned(), row["value"].clone()))
        .collect();
    assert_eq!(values(model::Permissions::KNOWN), theirs);
}
