use std::time::Duration;

use syncord::id::{AutoModerationRuleId, ChannelId, GuildId, RoleId};
use syncord::model::{
    AutoModerationAction, AutoModerationEventType, AutoModerationKeywordPresetType,
    AutoModerationTriggerMetadata, AutoModerationTriggerType,
};
use syncord::rest::{CreateAutoModerationRule, ModifyAutoModerationRule};

use super::book::Book;

const RULE: &str = r#"{"id":"969707018069872670","guild_id":"613425648685547541","name":"Keyword Filter 1","creator_id":"423457898095789043","trigger_type":1,"event_type":1,"actions":[{"type":1,"metadata":{"custom_message":"Please keep financial discussions limited to the #finance channel"}},{"type":2,"metadata":{"channel_id":"123456789123456789"}},{"type":3,"metadata":{"duration_seconds":60}}],"trigger_metadata":{"keyword_filter":["cat*","*dog"],"regex_patterns":["(b|c)at"]},"enabled":true,"exempt_roles":["323456789123456789"],"exempt_channels":["523456789123456789"]}"#;

#[test]
fn auto_moderation() {
    let (guild, id) = (GuildId::new(613425648685547541), AutoModerationRuleId::new(969707018069872670));
    let mut book = Book::open("auto_moderation");
    let all = format!("[{RULE}]");
    let rules = book.call("auto_moderation_rules", &all, |rest| rest.auto_moderation_rules(guild));
    assert_eq!(rules[0].name, "Keyword Filter 1");
    let rule = book.call("auto_moderation_rule", RULE, |rest| rest.auto_moderation_rule(guild, id));
    let timeout = rule.actions[2].metadata.as_ref().unwrap().duration_seconds;
    assert_eq!(timeout, Some(Duration::from_secs(60)));

    let words = CreateAutoModerationRule::new(
        "no ads",
        AutoModerationEventType::MESSAGE_SEND,
        AutoModerationTriggerType::KEYWORD,
        [
            AutoModerationAction::block_message(Some("Not here".to_owned())),
            AutoModerationAction::send_alert(ChannelId::new(123456789123456789)),
            AutoModerationAction::timeout(Duration::from_secs(60)),
        ],
    )
    .trigger_metadata(
        AutoModerationTriggerMetadata::new()
            .keyword_filter(["buy now*", "*sale*"])
            .regex_patterns(["(b|c)at"])
            .allow_list(["for sale by owner"]),
    )
    .enabled(true)
    .exempt_roles([RoleId::new(323456789123456789)])
    .exempt_channels([ChannelId::new(523456789123456789)]);
    book.call("create_auto_moderation_rule for words", RULE, |rest| {
        rest.reason("ads").create_auto_moderation_rule(guild, &words)
    });
    let made = |trigger, metadata| {
        let actions = [AutoModerationAction::block_message(None)];
        CreateAutoModerationRule::new("quiet", AutoModerationEventType::MESSAGE_SEND, trigger, actions)
            .trigger_metadata(metadata)
    };
    let presets = AutoModerationTriggerMetadata::new()
        .presets([AutoModerationKeywordPresetType::PROFANITY, AutoModerationKeywordPresetType::SLURS]);
    let presets = made(AutoModerationTriggerType::KEYWORD_PRESET, presets);
    book.call("create_auto_moderation_rule for lists of words", RULE, |rest| {
        rest.create_auto_moderation_rule(guild, &presets)
    });
    let mentions =
        AutoModerationTriggerMetadata::new().mention_total_limit(5).mention_raid_protection_enabled(true);
    let mentions = made(AutoModerationTriggerType::MENTION_SPAM, mentions);
    book.call("create_auto_moderation_rule for mentions", RULE, |rest| {
        rest.create_auto_moderation_rule(guild, &mentions)
    });
    let profiles = made(
        AutoModerationTriggerType::MEMBER_PROFILE,
        AutoModerationTriggerMetadata::new().keyword_filter(["ad"]),
    )
    .event_type(AutoModerationEventType::MEMBER_UPDATE)
    .actions([AutoModerationAction::block_member_interaction()]);
    book.call("create_auto_moderation_rule for names", RULE, |rest| {
        rest.create_auto_moderation_rule(guild, &profiles)
    });
    let spam = CreateAutoModerationRule::new(
        "spam",
        AutoModerationEventType::MESSAGE_SEND,
        AutoModerationTriggerType::SPAM,
        [AutoModerationAction::block_message(None)],
    );
    book.call("create_auto_moderation_rule, sparse", RULE, |rest| {
        rest.create_auto_moderation_rule(guild, &spam)
    });

    let changes = ModifyAutoModerationRule::new()
        .name("no ads at all")
        .event_type(AutoModerationEventType::MESSAGE_SEND)
        .trigger_metadata(rule.trigger_metadata.clone().allow_list(["catalogue"]))
        .actions(rule.actions.into_vec())
        .enabled(false)
        .exempt_roles([])
        .exempt_channels([]);
    book.call("modify_auto_moderation_rule", RULE, |rest| {
        rest.reason("more ads").modify_auto_moderation_rule(guild, id, &changes)
    });
    let changes = ModifyAutoModerationRule::new().enabled(true);
    book.call("modify_auto_moderation_rule, sparse", RULE, |rest| {
        rest.modify_auto_moderation_rule(guild, id, &changes)
    });
    book.perform("delete_auto_moderation_rule", |rest| {
        rest.reason("no more ads").delete_auto_moderation_rule(guild, id)
    });
    book.close();
}
