use syncord::model::{
    AutoModerationAction, AutoModerationEventType, AutoModerationTriggerMetadata, AutoModerationTriggerType,
    ChannelType, Timestamp,
};
use syncord::rest::{
    CreateAutoModerationRule, CreateGuildChannel, CreateGuildScheduledEvent, CreateStageInstance,
    GetGuildScheduledEvent, ModifyAutoModerationRule, ModifyGuildScheduledEvent, ModifyStageInstance,
};

use crate::scene::{Scene, code};

#[test]
fn scheduled_events() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let at = |hour: u8| Timestamp::new(format!("2126-05-09T{hour:02}:00:00+00:00"));
    let walk = CreateGuildScheduledEvent::elsewhere("Walk", "The north beach", at(18), at(20));
    let made = rest.create_guild_scheduled_event(guild, &walk).unwrap();
    rest.modify_guild_scheduled_event(guild, made.id, &ModifyGuildScheduledEvent::new().name("Run")).unwrap();
    let what = GetGuildScheduledEvent::new();
    assert_eq!(rest.guild_scheduled_event(guild, made.id, &what).unwrap().name, "Run");
    assert_eq!(rest.guild_scheduled_events(guild, &what).unwrap().len(), 1);
    assert_eq!(rest.guild_scheduled_event_users_iter(guild, made.id).count(), 0);
    rest.delete_guild_scheduled_event(guild, made.id).unwrap();
    assert_eq!(code(rest.guild_scheduled_event(guild, made.id, &what)), 10070);
}

#[test]
fn auto_moderation_rules() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let words = CreateAutoModerationRule::new(
        "no ads",
        AutoModerationEventType::MESSAGE_SEND,
        AutoModerationTriggerType::KEYWORD,
        [AutoModerationAction::block_message(None)],
    )
    .trigger_metadata(AutoModerationTriggerMetadata::new().keyword_filter(["buy now*"]));
    let made = rest.create_auto_moderation_rule(guild, &words).unwrap();
    let changes = ModifyAutoModerationRule::new().enabled(true);
    assert!(rest.modify_auto_moderation_rule(guild, made.id, &changes).unwrap().enabled);
    assert_eq!(rest.auto_moderation_rule(guild, made.id).unwrap().name, "no ads");
    assert_eq!(rest.auto_moderation_rules(guild).unwrap().len(), 1);
    rest.delete_auto_moderation_rule(guild, made.id).unwrap();
    assert_eq!(code(rest.auto_moderation_rule(guild, made.id)), 10066);
}

#[test]
fn stage_instances() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let stage = CreateGuildChannel::new("stage").kind(ChannelType::GUILD_STAGE_VOICE);
    let stage = rest.create_guild_channel(scene.guild, &stage).unwrap().id;
    rest.create_stage_instance(&CreateStageInstance::new(stage, "Shanties")).unwrap();
    assert_eq!(code(rest.create_stage_instance(&CreateStageInstance::new(stage, "More"))), 150_006);
    rest.modify_stage_instance(stage, &ModifyStageInstance::new().topic("Reels")).unwrap();
    assert_eq!(rest.stage_instance(stage).unwrap().topic, "Reels");
    rest.delete_stage_instance(stage).unwrap();
    assert_eq!(code(rest.stage_instance(stage)), 10067);
}
