use std::time::{Duration, SystemTime};

use syncord::Error;
use syncord::id::{ChannelId, GuildId, RoleId};
use syncord::model::{
    ChannelFlags, ChannelType, DefaultMessageNotificationLevel, ExplicitContentFilterLevel, ForumLayoutType,
    GuildFeature, Locale, Overwrite, Permissions, SortOrderType, SystemChannelFlags, ThreadSearchTagSetting,
    Timestamp, VerificationLevel, VideoQualityMode, WidgetStyle,
};
use syncord::rest::{
    BeginGuildPrune, ChannelPosition, CreateGuildChannel, ForumTagOptions, GetGuildPruneCount, ImageData,
    ModifyGuild, ModifyGuildIncidentActions, ModifyGuildWidget,
};

use super::book::Book;
use crate::server::{Server, ok};

const GUILD: GuildId = GuildId::new(197038439483310086);
const CHANNEL: ChannelId = ChannelId::new(41771983444115456);

const WHOLE: &str = r#"{"id":"197038439483310086","name":"Discord Testers","icon":"f64c482b807da4f539cff778d174971c","description":"The official place to report Discord Bugs!","splash":null,"discovery_splash":null,"features":["ANIMATED_ICON","COMMUNITY"],"emojis":[],"stickers":[],"banner":null,"owner_id":"73193882359173120","application_id":null,"region":null,"afk_channel_id":null,"afk_timeout":300,"system_channel_id":null,"widget_enabled":true,"widget_channel_id":null,"verification_level":3,"roles":[],"default_message_notifications":1,"mfa_level":1,"explicit_content_filter":2,"max_presences":40000,"max_members":250000,"vanity_url_code":"discord-testers","premium_tier":3,"premium_subscription_count":33,"system_channel_flags":0,"preferred_locale":"en-US","rules_channel_id":"441688182833020939","public_updates_channel_id":"281283303326089216","safety_alerts_channel_id":null,"nsfw_level":0,"premium_progress_bar_enabled":false,"approximate_member_count":2,"approximate_presence_count":1}"#;

const TEXT: &str = r#"{"id":"41771983444115456","guild_id":"197038439483310086","type":15,"name":"harbour","position":6,"permission_overwrites":[],"rate_limit_per_user":2,"nsfw":true,"topic":"Boats","parent_id":"399942396007890945"}"#;

fn image() -> ImageData {
    ImageData::new("GIF89a").unwrap()
}

#[expect(deprecated, reason = "each field once")]
fn every_change() -> ModifyGuild {
    ModifyGuild::new()
        .name(" Tide Watch ")
        .region("rotterdam")
        .verification_level(VerificationLevel::HIGH)
        .default_message_notifications(DefaultMessageNotificationLevel::ONLY_MENTIONS)
        .explicit_content_filter(ExplicitContentFilterLevel::ALL_MEMBERS)
        .afk_channel_id(CHANNEL)
        .afk_timeout(Duration::from_secs(900))
        .icon(image())
        .splash(image())
        .discovery_splash(image())
        .banner(image())
        .home_header(image())
        .system_channel_id(CHANNEL)
        .system_channel_flags(SystemChannelFlags::SUPPRESS_JOIN_NOTIFICATIONS)
        .rules_channel_id(CHANNEL)
        .public_updates_channel_id(CHANNEL)
        .preferred_locale(Locale::NL)
        .features([GuildFeature::COMMUNITY, GuildFeature::INVITES_DISABLED])
        .description("High water and low")
        .premium_progress_bar_enabled(true)
        .safety_alerts_channel_id(CHANNEL)
}

fn every_null() -> ModifyGuild {
    ModifyGuild::new()
        .no_region()
        .no_verification_level()
        .no_default_message_notifications()
        .no_explicit_content_filter()
        .no_afk_channel_id()
        .no_icon()
        .no_splash()
        .no_discovery_splash()
        .no_banner()
        .no_home_header()
        .no_system_channel_id()
        .no_rules_channel_id()
        .no_public_updates_channel_id()
        .no_preferred_locale()
        .no_description()
        .no_safety_alerts_channel_id()
}

fn every_channel_option() -> CreateGuildChannel {
    let hidden = Overwrite::role(RoleId::new(GUILD.get()), Permissions::empty(), Permissions::VIEW_CHANNEL);
    CreateGuildChannel::new("harbour")
        .kind(ChannelType::GUILD_FORUM)
        .topic("Boats")
        .bitrate(64_000)
        .user_limit(8)
        .rate_limit_per_user(Duration::from_secs(2))
        .position(6)
        .permission_overwrites([hidden])
        .parent_id(ChannelId::new(399942396007890945))
        .nsfw(true)
        .rtc_region("rotterdam")
        .video_quality_mode(VideoQualityMode::FULL)
        .default_auto_archive_duration(Duration::from_secs(86_400))
        .default_reaction_emoji("⛵")
        .available_tags([
            ForumTagOptions::new("sail").moderated(true).emoji("⛵"),
            ForumTagOptions::new("steam").emoji("funnel:41771983429993937"),
        ])
        .default_sort_order(SortOrderType::CREATION_DATE)
        .default_forum_layout(ForumLayoutType::GALLERY_VIEW)
        .default_thread_rate_limit_per_user(Duration::from_secs(5))
        .default_tag_setting(ThreadSearchTagSetting::MATCH_ALL)
        .flags(ChannelFlags::REQUIRE_TAG)
}

#[test]
fn guilds() {
    let mut book = Book::open("guild");
    let guild = book.call("guild", WHOLE, |rest| rest.guild(GUILD));
    assert_eq!((guild.name.as_str(), guild.afk_timeout), ("Discord Testers", Some(Duration::from_secs(300))));
    let guild = book.call("guild_with_counts", WHOLE, |rest| rest.guild_with_counts(GUILD));
    assert_eq!(guild.approximate_member_count, Some(2));

    let preview = r#"{"id":"197038439483310086","name":"Discord Testers","icon":null,"splash":null,"discovery_splash":null,"emojis":[],"features":["DISCOVERABLE"],"approximate_member_count":60814,"approximate_presence_count":20034,"description":null,"stickers":[]}"#;
    let preview = book.call("guild_preview", preview, |rest| rest.guild_preview(GUILD));
    assert_eq!(preview.approximate_member_count, 60814);

    book.call("modify_guild", WHOLE, |rest| rest.reason("high water").modify_guild(GUILD, &every_change()));
    book.call("modify_guild: nothing left", WHOLE, |rest| rest.modify_guild(GUILD, &every_null()));

    let regions =
        r#"[{"id":"rotterdam","name":"Rotterdam","optimal":true,"deprecated":false,"custom":false}]"#;
    let regions = book.call("guild_voice_regions", regions, |rest| rest.guild_voice_regions(GUILD));
    assert!(regions[0].optimal);

    let invites = r#"[{"type":0,"code":"0vCdhLbwjZZTWZLD","guild":{"id":"197038439483310086","name":"Testers"},"channel":{"id":"41771983444115456","name":"harbour","type":0},"uses":3,"max_uses":0,"max_age":86400,"temporary":false,"created_at":"2026-05-02T09:14:37.412000+00:00"}]"#;
    let invites = book.call("guild_invites", invites, |rest| rest.guild_invites(GUILD));
    assert_eq!((invites[0].uses, invites[0].max_age), (Some(3), Some(Duration::from_secs(86_400))));

    let integrations = r#"[{"id":"33590653072239123","name":"A Name","type":"twitch","enabled":true,"account":{"id":"1234567","name":"twitchusername"}}]"#;
    let integrations = book.call("guild_integrations", integrations, |rest| rest.guild_integrations(GUILD));
    book.perform("delete_guild_integration", |rest| {
        rest.reason("silent").delete_guild_integration(GUILD, integrations[0].id)
    });

    let vanity = r#"{"code":"abc","uses":12}"#;
    let vanity = book.call("guild_vanity_url", vanity, |rest| rest.guild_vanity_url(GUILD));
    assert_eq!((vanity.code.as_deref(), vanity.uses), (Some("abc"), 12));
    book.close();
}

#[test]
fn channels() {
    let mut book = Book::open("guild_channel");
    let channels = book.call("guild_channels", &format!("[{TEXT}]"), |rest| rest.guild_channels(GUILD));
    assert_eq!(channels[0].name.as_deref(), Some("harbour"));
    let channel = book.call("create_guild_channel", TEXT, |rest| {
        rest.reason("more boats").create_guild_channel(GUILD, &every_channel_option())
    });
    assert_eq!(channel.kind, ChannelType::GUILD_FORUM);
    book.call("create_guild_channel: only a name", TEXT, |rest| {
        rest.create_guild_channel(GUILD, &CreateGuildChannel::new("harbour"))
    });

    let positions = [
        ChannelPosition::new(CHANNEL)
            .position(3)
            .lock_permissions(true)
            .parent_id(ChannelId::new(399942396007890945))
            .flags(ChannelFlags::HIDE_MEDIA_DOWNLOAD_OPTIONS),
        ChannelPosition::new(ChannelId::new(2)).position(0),
    ];
    book.perform("modify_guild_channel_positions", |rest| {
        rest.modify_guild_channel_positions(GUILD, &positions)
    });
    let out = [ChannelPosition::new(CHANNEL).no_parent_id()];
    book.perform("modify_guild_channel_positions: out of its category", |rest| {
        rest.modify_guild_channel_positions(GUILD, &out)
    });

    let threads = r#"{"threads":[{"id":"5","guild_id":"197038439483310086","parent_id":"41771983444115456","type":11,"name":"knots","thread_metadata":{"archived":false,"auto_archive_duration":1440,"archive_timestamp":"2026-05-02T09:14:37.412000+00:00","locked":false}}],"members":[{"id":"5","user_id":"7","join_timestamp":"2026-05-02T09:14:37.412000+00:00","flags":1}],"has_more":false}"#;
    let active = book.call("active_guild_threads", threads, |rest| rest.active_guild_threads(GUILD));
    assert_eq!((active.threads[0].id, active.members[0].id), (5.into(), Some(5.into())));
    book.close();
}

#[test]
#[expect(deprecated, reason = "each field once")]
fn prunes_incidents_and_widgets() {
    let mut book = Book::open("guild_upkeep");
    let roles = [RoleId::new(2), RoleId::new(3)];
    let count = GetGuildPruneCount::new().days(30).include_roles(roles);
    let pruned =
        book.call("guild_prune_count", r#"{"pruned":4}"#, |rest| rest.guild_prune_count(GUILD, &count));
    assert_eq!(pruned, 4);
    book.call("guild_prune_count: as Discord counts", r#"{"pruned":0}"#, |rest| {
        rest.guild_prune_count(GUILD, &GetGuildPruneCount::new())
    });
    let prune =
        BeginGuildPrune::new().days(1).compute_prune_count(false).include_roles(roles).reason("never came");
    let pruned = book.call("begin_guild_prune", r#"{"pruned":null}"#, |rest| {
        rest.reason("never came").begin_guild_prune(GUILD, &prune)
    });
    assert_eq!(pruned, None);

    let incidents = r#"{"invites_disabled_until":"2026-05-02T09:14:37.412000+00:00","dms_disabled_until":null,"raid_detected_at":null}"#;
    let lock = ModifyGuildIncidentActions::new()
        .invites_disabled_until(Timestamp::new("2020-08-14T17:53:00.000000+00:00"))
        .no_dms_disabled_until();
    let data = book.call("modify_guild_incident_actions", incidents, |rest| {
        rest.modify_guild_incident_actions(GUILD, &lock)
    });
    assert!(data.invites_disabled_until.is_some() && data.dms_disabled_until.is_none());
    let open = ModifyGuildIncidentActions::new()
        .no_invites_disabled_until()
        .dms_disabled_until(Timestamp::new("2020-08-14T17:53:00.000000+00:00"));
    book.call("modify_guild_incident_actions: the other one", incidents, |rest| {
        rest.modify_guild_incident_actions(GUILD, &open)
    });

    let settings = r#"{"enabled":true,"channel_id":"41771983444115456"}"#;
    let widget = book.call("guild_widget_settings", settings, |rest| rest.guild_widget_settings(GUILD));
    assert_eq!((widget.enabled, widget.channel_id), (true, Some(CHANNEL)));
    let on = ModifyGuildWidget::new().enabled(true).channel_id(CHANNEL);
    book.call("modify_guild_widget", settings, |rest| rest.reason("come in").modify_guild_widget(GUILD, &on));
    let off = ModifyGuildWidget::new().no_channel_id();
    book.call("modify_guild_widget: nowhere", settings, |rest| rest.modify_guild_widget(GUILD, &off));
    let shown = r#"{"id":"197038439483310086","name":"Testers","instant_invite":null,"channels":[{"id":"705216630279993882","name":"elephant","position":2}],"members":[{"id":"0","username":"1234","discriminator":"0000","avatar":null,"status":"online","avatar_url":"https://cdn.discordapp.com/widget-avatars/x"}],"presence_count":1}"#;
    let shown = book.call("guild_widget", shown, |rest| rest.guild_widget(GUILD));
    assert_eq!(shown.members[0].username, "1234");
    let image = book.picture("guild_widget_image", "\u{7f}PNG", |rest| {
        rest.guild_widget_image(GUILD, &WidgetStyle::BANNER2)
    });
    assert_eq!(image, b"\x7fPNG");
    book.close();
}

#[test]
fn a_file_that_is_no_image_is_refused() {
    let rest = Server::that(&[ok("{}")]).client();
    let error = rest.guild_widget_image(GUILD, &WidgetStyle::SHIELD).unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error}");
    assert!(error.to_string().contains("application/json"), "{error}");
}

#[test]
fn a_guild_that_would_be_locked_too_long_is_not_asked_for() {
    let server = Server::that(&[ok("{}")]);
    let two_days = SystemTime::now() + Duration::from_secs(2 * 86_400);
    let lock = ModifyGuildIncidentActions::new().invites_disabled_until(two_days);
    let error = server.client().modify_guild_incident_actions(GUILD, &lock).unwrap_err().to_string();
    assert!(error.starts_with("invites_disabled_until: at most 24 hours ahead"), "{error}");
    assert!(server.asked().is_empty());
}

#[test]
fn the_limits_on_a_guild_are_those_of_the_page() {
    let problem =
        |changes: ModifyGuild| changes.check().map_or_else(|error| error.to_string(), |()| "fine".to_owned());
    let table = [
        (problem(ModifyGuild::new().name(format!(" {} ", "é".repeat(100)))), "fine"),
        (problem(ModifyGuild::new().name(" a ")), "name: 2 to 100 characters, and this has 1"),
        (
            problem(ModifyGuild::new().afk_timeout(Duration::from_secs(61))),
            "afk_timeout: 60, 300, 900, 1800 or 3600 seconds, and this is 61",
        ),
        (
            problem(ModifyGuild::new().description("x".repeat(301))),
            "description: at most 300 characters, and this has 301",
        ),
    ];
    for (problem, expected) in table {
        assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
    }
}
