//! Payloads to which Discord may add fields can be built outside of the crate.

use std::time::{Duration, UNIX_EPOCH};

use serde::Serialize;
use serde_json::{Value, json};
use syncord::id::{ChannelId, RoleId, UserId};
use syncord::model::application_role_connection::RoleConnectionMetadataType;
use syncord::model::*;
use syncord::rest::{
    AllowedMentions, ChannelPosition, CreateApplicationCommand, CreateAutoModerationRule, CreateGuildChannel,
    CreateGuildRole, CreateGuildScheduledEvent, CreateLobby, EditApplication, ForumTagOptions,
    KeptAttachment, ModifyGuildOnboarding, ModifyGuildWelcomeScreen, NewLobbyMember, UpdateLobbyMember,
};

const CHANNEL: ChannelId = ChannelId::new(7);

fn sent(body: &impl Serialize) -> Value {
    serde_json::to_value(body).unwrap()
}

#[test]
fn channel_payloads_can_be_built_outside_of_the_crate() {
    let forum = CreateGuildChannel::new("tides")
        .kind(ChannelType::GUILD_FORUM)
        .permission_overwrites([
            Overwrite::role(RoleId::new(1), Permissions::VIEW_CHANNEL, Permissions::empty()),
            Overwrite::member(UserId::new(2), Permissions::empty(), Permissions::SEND_MESSAGES),
        ])
        .available_tags([ForumTagOptions::new("answered").emoji("✅")])
        .default_reaction_emoji("👍");
    forum.check().unwrap();
    assert_eq!(
        sent(&forum),
        json!({"name": "tides", "type": 15,
            "permission_overwrites": [
                {"id": "1", "type": 0, "allow": "1024", "deny": "0"},
                {"id": "2", "type": 1, "allow": "0", "deny": "2048"},
            ],
            "available_tags": [{"name": "answered", "emoji_name": "✅"}],
            "default_reaction_emoji": {"emoji_name": "👍"}})
    );
    assert_eq!(sent(&ChannelPosition::new(CHANNEL).position(3)), json!({"id": "7", "position": 3}));
}

#[test]
fn guild_payloads_can_be_built_outside_of_the_crate() {
    let mut prompt =
        OnboardingPrompt::new("Which boat?", [PromptOption::new("Sail").emoji("⛵").channel(CHANNEL)]);
    prompt.single_select = true;
    let onboarding = ModifyGuildOnboarding::new().prompts([prompt]);
    onboarding.check().unwrap();
    let asked = &sent(&onboarding)["prompts"][0];
    assert_eq!((&asked["single_select"], &asked["options"][0]["emoji_name"]), (&json!(true), &json!("⛵")));

    let screen = ModifyGuildWelcomeScreen::new().welcome_channels([WelcomeScreenChannel::new(
        CHANNEL,
        "Read the rules",
    )
    .emoji("📜")]);
    screen.check().unwrap();
    assert_eq!(sent(&screen)["welcome_channels"][0]["emoji_name"], "📜");

    let rule = CreateAutoModerationRule::new(
        "No ads",
        AutoModerationEventType::MESSAGE_SEND,
        AutoModerationTriggerType::KEYWORD,
        [
            AutoModerationAction::block_message(Some("Not here.".to_owned())),
            AutoModerationAction::send_alert(CHANNEL),
            AutoModerationAction::timeout(Duration::from_secs(60)),
        ],
    )
    .trigger_metadata(AutoModerationTriggerMetadata::new().keyword_filter(["cheap*"]));
    rule.check().unwrap();
    assert_eq!(sent(&rule)["actions"][2], json!({"type": 3, "metadata": {"duration_seconds": 60}}));

    let role = CreateGuildRole::new().name("Pilot").colors(RoleColors::gradient(Color(1), Color(2)));
    role.check().unwrap();
    assert_eq!(
        sent(&role)["colors"],
        json!({"primary_color": 1, "secondary_color": 2, "tertiary_color": null})
    );
}

#[test]
fn scheduled_event_payloads_can_be_built_outside_of_the_crate() {
    let at = |hour: u64| Timestamp::from(UNIX_EPOCH + Duration::from_secs(hour * 3600));
    let event = CreateGuildScheduledEvent::elsewhere("Walk", "The north beach", at(18), at(20))
        .recurrence_rule(RecurrenceRule::weekly(at(18), 2, RecurrenceWeekday::SATURDAY));
    event.check().unwrap();
    let sent = sent(&event);
    assert_eq!(sent["entity_metadata"], json!({"location": "The north beach"}));
    assert_eq!(sent["recurrence_rule"]["by_weekday"], json!([5]));
    let rule = RecurrenceRule::monthly(at(18), 4, RecurrenceWeekday::WEDNESDAY);
    assert_eq!(serde_json::to_value(rule).unwrap()["by_n_weekday"], json!([{"n": 4, "day": 2}]));
}

#[test]
fn application_payloads_can_be_built_outside_of_the_crate() {
    let params = InstallParams::new(["bot"], Permissions::SEND_MESSAGES);
    let everywhere = Map::from([(ApplicationIntegrationType::GUILD_INSTALL, params.clone().into())]);
    let changes = EditApplication::new().install_params(params).integration_types_config(everywhere);
    changes.check().unwrap();
    assert_eq!(
        sent(&changes)["integration_types_config"]["0"]["oauth2_install_params"],
        json!({"scopes": ["bot"], "permissions": "2048"})
    );

    let mut sides = CommandOptionDefinition::new(CommandOptionType::INTEGER, "sides", "Faces of a die");
    sides.choices = [CommandChoice::new("six", 6)].into_iter().collect();
    let roll = CreateApplicationCommand::new("roll").description("Rolls dice").options(vec![sides]);
    roll.check().unwrap();
    assert_eq!(sent(&roll)["options"][0]["choices"], json!([{"name": "six", "value": 6}]));

    let dives = RoleConnectionMetadata::new(
        RoleConnectionMetadataType::INTEGER_GREATER_THAN_OR_EQUAL,
        "dives",
        "Dives",
        "At least this number",
    );
    assert_eq!(sent(&dives)["type"], 2);

    let lobby = CreateLobby::new().members(vec![NewLobbyMember::new(UserId::new(2))]);
    lobby.check().unwrap();
    assert_eq!(sent(&lobby)["members"], json!([{"id": "2"}]));
    assert_eq!(sent(&UpdateLobbyMember::new(UserId::new(2)))["id"], "2");
}

#[test]
fn message_payloads_can_be_built_outside_of_the_crate() {
    let embed = Embed::new().title("Tide").inline_field("High", "06:12").color(Color::from_rgb(0, 0, 255));
    assert_eq!(sent(&embed)["fields"], json!([{"name": "High", "value": "06:12", "inline": true}]));
    assert_eq!(sent(&AllowedMentions::none())["parse"], json!([]));
    assert_eq!(
        sent(&KeptAttachment::new(5.into()).description("A wave")),
        json!({"id": "5", "description": "A wave"})
    );
}
