use syncord::id::{ChannelId, RoleId};
use syncord::model::{ChannelType, Overwrite, Permissions};
use syncord::rest::{ChannelPosition, CreateChannelInvite, CreateGuildChannel, GetInvite, ModifyChannel};

use crate::scene::{Scene, code};

#[test]
fn channels_are_created_modified_and_deleted() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let made =
        rest.reason("room").create_guild_channel(scene.guild, &CreateGuildChannel::new("deck")).unwrap();
    assert_eq!(scene.last_entry(), (10, Some("room".into())));
    assert_eq!((made.kind, made.name.as_deref()), (ChannelType::GUILD_TEXT, Some("deck")));
    let changed = rest.modify_channel(made.id, &ModifyChannel::new().name("hold").topic("Dark.")).unwrap();
    assert_eq!((changed.name.as_deref(), changed.topic.as_deref()), (Some("hold"), Some("Dark.")));
    assert_eq!(rest.channel(made.id).unwrap().name.as_deref(), Some("hold"));
    rest.modify_guild_channel_positions(scene.guild, &[ChannelPosition::new(made.id).position(0)]).unwrap();
    let all = rest.guild_channels(scene.guild).unwrap();
    assert_eq!(all.iter().map(|channel| channel.id).collect::<Vec<_>>(), [scene.here(), made.id]);
    let everyone = RoleId::new(scene.guild.get());
    let quiet = Overwrite::role(everyone, Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
    rest.edit_channel_permissions(made.id, &quiet).unwrap();
    assert_eq!(rest.channel(made.id).unwrap().permission_overwrites[0].deny, Permissions::SEND_MESSAGES);
    rest.delete_channel_permission(made.id, everyone).unwrap();
    rest.trigger_typing(made.id).unwrap();
    assert_eq!(rest.delete_channel(made.id).unwrap().id, made.id);
    assert_eq!(code(rest.channel(made.id)), 10003);
    assert_eq!(code(rest.trigger_typing(ChannelId::new(5))), 10003);
}

#[test]
fn invites_are_created_fetched_and_deleted() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let made = rest.create_channel_invite(scene.here(), &CreateChannelInvite::new().max_uses(3)).unwrap();
    let shown = rest.invite(&made.code, &GetInvite::new().with_counts(true)).unwrap();
    assert_eq!((shown.approximate_member_count, &shown.code), (Some(2), &made.code));
    assert_eq!(rest.channel_invites(scene.here()).unwrap().len(), 1);
    assert_eq!(rest.guild_invites(scene.guild).unwrap()[0].code, made.code);
    assert_eq!(rest.invite_target_users(&made.code).unwrap(), []);
    rest.update_invite_target_users(&made.code, &[scene.ann()]).unwrap();
    assert_eq!(rest.invite_target_users(&made.code).unwrap(), [scene.ann()]);
    rest.delete_invite(&made.code).unwrap();
    assert_eq!(code(rest.invite(&made.code, &GetInvite::new())), 10006);
}

#[test]
fn announcements_are_followed() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let news = CreateGuildChannel::new("news").kind(ChannelType::GUILD_ANNOUNCEMENT);
    let news = rest.create_guild_channel(scene.guild, &news).unwrap();
    let followed = rest.follow_announcement_channel(news.id, scene.here()).unwrap();
    assert_eq!(followed.channel_id, news.id);
    assert_eq!(rest.channel_webhooks(scene.here()).unwrap()[0].id, followed.webhook_id);
    let message = rest.create_message(news.id, "Ship ahoy!").unwrap();
    rest.crosspost_message(news.id, message.id).unwrap();
    assert_eq!(code(rest.crosspost_message(news.id, message.id)), 40033);
}
