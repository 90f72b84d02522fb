//! Objects without a fixture are read correctly and written unchanged.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use syncord::model::*;

use crate::compare::round_trip;

fn read<T: Serialize + DeserializeOwned>(json: &str) -> T {
    assert_eq!(round_trip::<T>(json, &[]), Vec::<String>::new(), "{json}");
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_guild_of_a_template_has_small_ids() {
    let template: GuildTemplate = read(
        r#"{"code":"hgM48av5Q69A","name":"Harbour","description":null,"usage_count":49605,"creator_id":"1",
            "creator":{"id":"1","username":"mira","discriminator":"0"},"created_at":"2026-04-02T21:10:38+00:00",
            "updated_at":"2026-05-01T17:57:12+00:00","source_guild_id":"7","is_dirty":null,
            "serialized_source_guild":{"name":"Harbour","region":"us-west","verification_level":1,
                "default_message_notifications":1,"explicit_content_filter":0,"preferred_locale":"en-US",
                "afk_timeout":300,"system_channel_id":2,"system_channel_flags":5,
                "roles":[{"id":0,"name":"@everyone","permissions":"104324689","color":0,"hoist":false}],
                "channels":[{"id":2,"name":"general","position":1,"type":0,"nsfw":false,"parent_id":1,
                    "permission_overwrites":[{"id":0,"type":0,"allow":"0","deny":"2048"}],"rate_limit_per_user":0}]}}"#,
    );
    let guild = template.serialized_source_guild;
    assert_eq!((guild.channels[0].id.get(), guild.roles[0].id.get()), (2, 0));
    assert_eq!(guild.channels[0].permission_overwrites[0].deny, Permissions::SEND_MESSAGES);
    assert_eq!(guild.afk_timeout, Some(Duration::from_secs(300)));
    assert_eq!(template.is_dirty, None);
}

#[test]
fn guild_previews_and_widgets_are_read() {
    let widget: GuildWidget = read(
        r#"{"id":"7","name":"Harbour","instant_invite":"https://discord.com/invite/abc","presence_count":1,
            "channels":[{"id":"3","name":"deck","position":2}],
            "members":[{"id":"0","username":"m...","discriminator":"0000","avatar":null,"status":"online",
                "avatar_url":"https://cdn.discordapp.com/widget-avatars/x"}]}"#,
    );
    assert_eq!(widget.members[0].status, Some(Status::ONLINE));
    let settings: GuildWidgetSettings = read(r#"{"enabled":true,"channel_id":"3"}"#);
    assert!(settings.enabled);
    let preview: GuildPreview = read(
        r#"{"id":"7","name":"Harbour","icon":null,"splash":"s","discovery_splash":null,"emojis":[],
            "features":["DISCOVERABLE","BOAT_RACES"],"approximate_member_count":60814,
            "approximate_presence_count":20034,"description":"tide","stickers":[]}"#,
    );
    assert_eq!(preview.features[0], GuildFeature::DISCOVERABLE);
    assert!(!preview.features[1].is_known() && preview.features[1] == "BOAT_RACES");
}

#[test]
fn time_spans_are_read_as_durations() {
    let channel: Channel = read(
        r#"{"id":"1","type":15,"rate_limit_per_user":21600,"default_auto_archive_duration":10080,
            "default_thread_rate_limit_per_user":5}"#,
    );
    assert_eq!(channel.rate_limit_per_user, Some(Duration::from_secs(6 * 3600)));
    assert_eq!(channel.default_auto_archive_duration, Some(Duration::from_secs(7 * 86_400)));
    assert_eq!(channel.default_thread_rate_limit_per_user, Some(Duration::from_secs(5)));
    let integration: Integration = read(
        r#"{"id":"1","name":"stream","type":"twitch","enabled":true,"expire_behavior":1,"expire_grace_period":7,
            "account":{"id":"x","name":"y"},"synced_at":"2026-05-01T17:57:12+00:00","subscriber_count":3}"#,
    );
    assert_eq!(integration.expire_grace_period, Some(Duration::from_secs(7 * 86_400)));
    assert_eq!(integration.expire_behavior, Some(IntegrationExpireBehavior::KICK));
    let invite: Invite =
        read(r#"{"type":0,"code":"a","max_age":604800,"max_uses":0,"uses":1,"temporary":false}"#);
    assert_eq!(invite.max_age, Some(Duration::from_secs(604_800)));
    let action: AutoModerationAction = read(r#"{"type":3,"metadata":{"duration_seconds":600}}"#);
    assert_eq!(action.metadata.unwrap().duration_seconds, Some(Duration::from_secs(600)));
}

#[test]
fn a_role_tag_that_is_null_is_true() {
    let tags: RoleTags = read(r#"{"premium_subscriber":null,"guild_connections":null}"#);
    assert!(tags.is_premium_subscriber() && tags.is_linked_role() && !tags.is_available_for_purchase());
    assert_eq!(
        serde_json::to_string(&tags).unwrap(),
        r#"{"premium_subscriber":null,"guild_connections":null}"#
    );
    let tags: RoleTags = read(r#"{"bot_id":"3"}"#);
    assert!(!tags.is_premium_subscriber() && !tags.is_linked_role() && !tags.is_available_for_purchase());
}

#[test]
fn roles_are_ordered_by_position_and_then_by_age() {
    let role = |json: &str| -> Role { serde_json::from_str(json).unwrap() };
    let low = role(r#"{"id":"1","position":1}"#);
    let young = role(r#"{"id":"9","position":2}"#);
    let old = role(r#"{"id":"8","position":2}"#);
    let mut roles = [&old, &low, &young];
    roles.sort_by(|one, other| one.cmp_position(other));
    assert_eq!(roles.map(|role| role.id.get()), [1, 9, 8]);
}

#[test]
fn the_recurrence_of_a_scheduled_event_is_read() {
    let rule: RecurrenceRule = read(
        r#"{"start":"2026-05-02T18:00:00+00:00","end":null,"frequency":1,"interval":1,"by_weekday":null,
            "by_n_weekday":[{"n":4,"day":2}],"by_month":null,"by_month_day":null,"by_year_day":null,"count":3}"#,
    );
    let day = &rule.by_n_weekday.as_ref().unwrap()[0];
    assert_eq!(
        (rule.frequency, day.n, day.day),
        (RecurrenceFrequency::MONTHLY, 4, RecurrenceWeekday::WEDNESDAY)
    );
    let start = Timestamp::new("2026-05-02T18:00:00+00:00");
    let made = serde_json::to_value(RecurrenceRule::new(start, RecurrenceFrequency::DAILY, 2)).unwrap();
    let wanted = serde_json::json!({"start": "2026-05-02T18:00:00+00:00", "frequency": 3, "interval": 2});
    assert_eq!(made, wanted);
}

#[test]
fn small_objects_are_written_as_they_were_read() {
    let bans: BulkBan = read(r#"{"banned_users":["1","2"],"failed_users":["3"]}"#);
    assert_eq!((bans.banned_users.len(), bans.failed_users[0].get()), (2, 3));
    let followed: FollowedChannel = read(r#"{"channel_id":"1","webhook_id":"2"}"#);
    assert_eq!(followed.webhook_id.get(), 2);
    let pack: StickerPack = read(
        r#"{"id":"1","stickers":[{"id":"2","name":"Wave","tags":"hi","type":1,"format_type":3,"sort_value":1}],
            "name":"Wumpus","sku_id":"3","cover_sticker_id":"2","description":"hello","banner_asset_id":"4"}"#,
    );
    assert_eq!(
        pack.banner_url().unwrap().to_string(),
        "https://cdn.discordapp.com/app-assets/710982414301790216/store/4.webp"
    );
    let region: VoiceRegion =
        read(r#"{"id":"us-west","name":"US West","optimal":true,"deprecated":false,"custom":false}"#);
    assert!(region.optimal);
    let connection: Connection = read(
        r#"{"id":"x","name":"tide","type":"github","verified":true,"friend_sync":false,"show_activity":true,
            "two_way_link":false,"visibility":1}"#,
    );
    assert_eq!(connection.kind, ConnectionService::GITHUB);
    let stage: InviteStageInstance = read(
        r#"{"members":[{"user":{"id":"9","username":"ann"},"roles":["1"],"joined_at":"2026-05-01T17:57:12+00:00","deaf":false}],
            "participant_count":5,"speaker_count":1,"topic":"shanties"}"#,
    );
    let speaker = &stage.members[0];
    assert_eq!((speaker.display_name(), speaker.roles.len(), stage.speaker_count), ("ann", 1, 1));
}

#[test]
fn objects_in_requests_are_written_as_documented() {
    let table = [
        (
            serde_json::to_value(AutoModerationAction::block_message(Some("no".to_owned()))),
            r#"{"type":1,"metadata":{"custom_message":"no"}}"#,
        ),
        (
            serde_json::to_value(AutoModerationAction::send_alert(7.into())),
            r#"{"type":2,"metadata":{"channel_id":"7"}}"#,
        ),
        (
            serde_json::to_value(AutoModerationAction::timeout(Duration::from_secs(60))),
            r#"{"type":3,"metadata":{"duration_seconds":60}}"#,
        ),
        (serde_json::to_value(AutoModerationAction::block_member_interaction()), r#"{"type":4}"#),
        (
            serde_json::to_value(Overwrite::role(7.into(), Permissions::empty(), Permissions::VIEW_CHANNEL)),
            r#"{"id":"7","type":0,"allow":"0","deny":"1024"}"#,
        ),
        (
            serde_json::to_value(Overwrite::member(7.into(), Permissions::SPEAK, Permissions::empty())),
            r#"{"id":"7","type":1,"allow":"2097152","deny":"0"}"#,
        ),
        (
            serde_json::to_value(RoleColors::gradient(Color(1), Color::from_rgb(0, 1, 0))),
            r#"{"primary_color":1,"secondary_color":256,"tertiary_color":null}"#,
        ),
        (
            serde_json::to_value(WelcomeScreenChannel::new(7.into(), "Say hello")),
            r#"{"channel_id":"7","description":"Say hello"}"#,
        ),
        (serde_json::to_value(DefaultReaction::from(&ReactionEmoji::from("a:7"))), r#"{"emoji_id":"7"}"#),
        (serde_json::to_value(DefaultReaction::from(&ReactionEmoji::from("👍"))), r#"{"emoji_name":"👍"}"#),
    ];
    for (written, wanted) in table {
        assert_eq!(
            written.unwrap().to_string(),
            serde_json::from_str::<serde_json::Value>(wanted).unwrap().to_string()
        );
    }
}
