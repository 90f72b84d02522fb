use syncord::model::ChannelType;
use syncord::model::Permissions;
use syncord::rest::CreateGuildChannel;
use syncord::rest::{
    BulkGuildBan, CreateGuildBan, CreateGuildRole, GetGuildBans, ListGuildMembers, ModifyCurrentMember,
    ModifyGuildMember, ModifyGuildRole, ModifyUserVoiceState, SearchGuildMembers,
};

use crate::scene::{Scene, code};

#[test]
fn roles_are_created_assigned_reordered_and_deleted() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let made = rest.create_guild_role(guild, &CreateGuildRole::new().name("Crew")).unwrap();
    let changes = ModifyGuildRole::new().permissions(Permissions::MOVE_MEMBERS);
    assert_eq!(
        rest.modify_guild_role(guild, made.id, &changes).unwrap().permissions,
        Permissions::MOVE_MEMBERS
    );
    rest.add_guild_member_role(guild, scene.ann(), made.id).unwrap();
    assert_eq!(rest.guild_member(guild, scene.ann()).unwrap().roles[..], [made.id]);
    assert_eq!(rest.guild_role_member_counts(guild).unwrap().get(made.id), Some(1));
    rest.remove_guild_member_role(guild, scene.ann(), made.id).unwrap();
    let roles = rest.modify_guild_role_positions(guild, &[(made.id, 2)]).unwrap();
    assert_eq!(roles.iter().find(|role| role.id == made.id).unwrap().position, 2);
    assert_eq!(rest.guild_roles(guild).unwrap().len(), 3);
    assert_eq!(rest.guild_role(guild, made.id).unwrap().name, "Crew");
    rest.delete_guild_role(guild, made.id).unwrap();
    assert_eq!(code(rest.guild_role(guild, made.id)), 10011);
}

#[test]
fn members_are_listed_searched_modified_and_removed() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    for number in 0..5 {
        scene.discord.member(&format!("sailor{number}"));
    }
    assert_eq!(rest.guild_members(guild, &ListGuildMembers::new().limit(3)).unwrap().len(), 3);
    assert_eq!(rest.guild_members_iter(guild).count(), 7);
    let changed =
        rest.modify_guild_member(guild, scene.ann(), &ModifyGuildMember::new().nick("Captain")).unwrap();
    assert_eq!(changed.nick.as_deref(), Some("Captain"));
    let found = rest.search_guild_members(guild, &SearchGuildMembers::new("capt")).unwrap();
    assert_eq!(found[0].nick.as_deref(), Some("Captain"));
    rest.modify_current_member(guild, &ModifyCurrentMember::new().nick("Bosun")).unwrap();
    rest.reason("mutiny").remove_guild_member(guild, scene.ann()).unwrap();
    assert_eq!(scene.last_entry(), (20, Some("mutiny".into())));
    assert_eq!(code(rest.guild_member(guild, scene.ann())), 10007);
}

#[test]
fn bans_are_created_listed_and_removed() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let others: Vec<_> = (0..3).map(|number| scene.discord.member(&format!("pirate{number}")).id()).collect();
    rest.reason("piracy").create_guild_ban(guild, scene.ann(), &CreateGuildBan::new()).unwrap();
    assert_eq!(rest.guild_ban(guild, scene.ann()).unwrap().reason.as_deref(), Some("piracy"));
    let banned = rest.bulk_guild_ban(guild, &BulkGuildBan::new(others.clone())).unwrap();
    assert_eq!(banned.banned_users[..], others);
    assert_eq!(rest.guild_bans_iter(guild, &GetGuildBans::new().limit(3)).count(), 4);
    rest.remove_guild_ban(guild, scene.ann()).unwrap();
    assert_eq!(code(rest.guild_ban(guild, scene.ann())), 10026);
}

#[test]
fn voice_states_are_fetched_and_modified() {
    let scene = Scene::new();
    let (rest, guild) = (&scene.rest, scene.guild);
    let deck = CreateGuildChannel::new("deck").kind(ChannelType::GUILD_STAGE_VOICE);
    let deck = rest.create_guild_channel(guild, &deck).unwrap().id;
    assert_eq!(code(rest.user_voice_state(guild, scene.ann())), 10065);
    scene.ann.joins_voice(deck);
    let hush = ModifyUserVoiceState::new().channel_id(deck).suppress(true);
    rest.modify_user_voice_state(guild, scene.ann(), &hush).unwrap();
    let state = rest.user_voice_state(guild, scene.ann()).unwrap();
    assert_eq!((state.channel_id, state.suppress), (Some(deck), true));
    assert!(!rest.voice_regions().unwrap().is_empty());
}
