#![allow(clippy::unwrap_used)]

use super::{
    ImageUrl, application_asset, application_icon, avatar_decoration, default_avatar, emoji, gif_sticker,
    guild_banner, guild_discovery_splash, guild_icon, guild_splash, guild_tag_badge, lottie_sticker,
    member_avatar, member_banner, role_icon, scheduled_event_cover, soundboard_sound, sticker,
    sticker_pack_banner, team_icon, user_avatar, user_banner,
};
use crate::model::{Application, Emoji, Guild, PartialApplication, PartialMember, Sticker, Team, User};

#[test]
fn every_type_of_image_has_its_documented_path() {
    let table: [(ImageUrl, &str); 23] = [
        (emoji(3.into(), false), "emojis/3.webp"),
        (emoji(3.into(), true), "emojis/3.webp?animated=true"),
        (guild_icon(1.into(), "h"), "icons/1/h.webp"),
        (guild_splash(1.into(), "h"), "splashes/1/h.webp"),
        (guild_discovery_splash(1.into(), "h"), "discovery-splashes/1/h.webp"),
        (guild_banner(1.into(), "a_h"), "banners/1/a_h.webp?animated=true"),
        (guild_tag_badge(1.into(), "h"), "guild-tag-badges/1/h.webp"),
        (user_banner(2.into(), "h"), "banners/2/h.webp"),
        (user_avatar(2.into(), "a_h"), "avatars/2/a_h.webp?animated=true"),
        (default_avatar((7 << 22).into(), 0), "embed/avatars/1.png"),
        (default_avatar((7 << 22).into(), 4821), "embed/avatars/1.png"),
        (default_avatar((7 << 22).into(), 1337), "embed/avatars/2.png"),
        (member_avatar(1.into(), 2.into(), "h"), "guilds/1/users/2/avatars/h.webp"),
        (member_banner(1.into(), 2.into(), "h"), "guilds/1/users/2/banners/h.webp"),
        (avatar_decoration("a_h"), "avatar-decoration-presets/a_h.png"),
        (application_icon(4.into(), "h"), "app-icons/4/h.webp"),
        (application_asset(4.into(), "5"), "app-assets/4/5.webp"),
        (team_icon(4.into(), "h"), "team-icons/4/h.webp"),
        (role_icon(4.into(), "h"), "role-icons/4/h.webp"),
        (scheduled_event_cover(4.into(), "h"), "guild-events/4/h.webp"),
        (sticker(5.into()), "stickers/5.png"),
        (lottie_sticker(5.into()), "stickers/5.json"),
        (sticker_pack_banner(6.into()), "app-assets/710982414301790216/store/6.webp"),
    ];
    for (url, path) in table {
        assert_eq!(url.to_string(), format!("https://cdn.discordapp.com/{path}"));
    }
    assert_eq!(gif_sticker(5.into()).to_string(), "https://media.discordapp.net/stickers/5.gif");
    assert_eq!(soundboard_sound(1.into()), "https://cdn.discordapp.com/soundboard-sounds/1");
}

#[test]
fn a_hash_cannot_change_the_path_or_the_query() {
    for (url, path) in [
        (guild_icon(1.into(), "../x?y#z"), "icons/1/..%2Fx%3Fy%23z.webp"),
        (role_icon(4.into(), "a b"), "role-icons/4/a%20b.webp"),
        (avatar_decoration("a_/../h"), "avatar-decoration-presets/a_%2F..%2Fh.png"),
        (application_asset(4.into(), "mp:x/y"), "app-assets/4/mp%3Ax%2Fy.webp"),
    ] {
        assert_eq!(url.to_string(), format!("https://cdn.discordapp.com/{path}"));
    }
}

#[test]
fn formats_and_sizes_are_limited_to_those_of_discord() {
    let still = || guild_icon(1.into(), "h");
    let moving = || guild_icon(1.into(), "a_h");
    let table = [
        (still().png(), "h.png"),
        (still().jpeg().size(16), "h.jpg?size=16"),
        (still().gif(), "h.png"),
        (moving().gif(), "a_h.gif"),
        (moving().png(), "a_h.png"),
        (moving().png().webp().size(100), "a_h.webp?size=128&animated=true"),
        (still().size(0), "h.webp?size=16"),
        (still().size(u16::MAX), "h.webp?size=4096"),
        (still().size(4096), "h.webp?size=4096"),
    ];
    for (url, end) in table {
        assert_eq!(url.to_string(), format!("https://cdn.discordapp.com/icons/1/{end}"));
    }
    assert!(moving().is_animated() && !still().is_animated());
    assert_eq!(default_avatar(1.into(), 0).gif().webp(), default_avatar(1.into(), 0));
}

#[test]
fn objects_return_the_urls_of_their_images() {
    let user: User = serde_json::from_str(r#"{"id":"2","username":"tide"}"#).unwrap();
    assert_eq!(user.avatar_url(), None);
    assert_eq!(user.display_avatar_url(), default_avatar(2.into(), 0));

    let member: PartialMember = serde_json::from_str(r#"{"avatar":"m"}"#).unwrap();
    assert_eq!(member.display_avatar_url(1.into(), &user), member_avatar(1.into(), 2.into(), "m"));
    let member: PartialMember = serde_json::from_str("{}").unwrap();
    assert_eq!(member.display_avatar_url(1.into(), &user), user.display_avatar_url());

    let wave: Emoji = serde_json::from_str(r#"{"id":"3","name":"wave","animated":true}"#).unwrap();
    assert_eq!(wave.image_url(), Some(emoji(3.into(), true)));
    for (format, url) in [(1, sticker(5.into())), (3, lottie_sticker(5.into())), (4, gif_sticker(5.into()))] {
        let json = format!(r#"{{"id":"5","format_type":{format}}}"#);
        assert_eq!(serde_json::from_str::<Sticker>(&json).unwrap().image_url(), url);
    }

    let json = r#"{"id":"4","name":"tide","icon":"i","cover_image":"c"}"#;
    let (icon, cover) = (Some(application_icon(4.into(), "i")), Some(application_icon(4.into(), "c")));
    let whole: Application = serde_json::from_str(json).unwrap();
    assert_eq!((whole.icon_url(), whole.cover_url()), (icon.clone(), cover.clone()));
    let part: PartialApplication = serde_json::from_str(json).unwrap();
    assert_eq!((part.icon_url(), part.cover_url()), (icon, cover));
    let team: Team = serde_json::from_str(r#"{"id":"4","icon":"i","owner_user_id":"2"}"#).unwrap();
    assert_eq!(team.icon_url(), Some(team_icon(4.into(), "i")));
    let guild: Guild = serde_json::from_str(r#"{"id":"1","icon":"i","banner":"b","splash":"s"}"#).unwrap();
    assert_eq!(
        (guild.icon_url(), guild.banner_url()),
        (Some(guild_icon(1.into(), "i")), Some(guild_banner(1.into(), "b")))
    );
    assert_eq!((guild.splash_url(), guild.discovery_splash_url()), (Some(guild_splash(1.into(), "s")), None));
}
