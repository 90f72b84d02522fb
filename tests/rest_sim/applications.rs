use syncord::id::{SkuId, UserId};
use syncord::model::{CommandOptionDefinition, CommandOptionType};
use syncord::rest::{
    AddLobbyMember, CreateApplicationCommand, CreateLobby, EditApplication, EditApplicationCommand,
    GetApplicationCommands, GetCurrentUserGuilds, ListEntitlements, ModifyCurrentUser, ModifyLobby,
};

use crate::scene::{Scene, code};

#[test]
fn commands_are_registered_globally_and_in_a_guild() {
    let scene = Scene::new();
    let (rest, app, guild) = (&scene.rest, scene.app, scene.guild);
    let all = GetApplicationCommands::new();
    let mut sides = CommandOptionDefinition::new(CommandOptionType::INTEGER, "sides", "How many");
    sides.required = true;
    let roll = CreateApplicationCommand::new("roll").description("Rolls dice").options(vec![sides]);
    let made = rest.create_global_application_command(app, &roll).unwrap();
    let changes = EditApplicationCommand::new().description("Rolls many dice");
    let changed = rest.edit_global_application_command(app, made.id, &changes).unwrap();
    assert_eq!((changed.description.as_str(), changed.options.len()), ("Rolls many dice", 1));
    assert!(changed.version != made.version);
    assert_eq!(rest.global_application_commands(app, &all).unwrap()[0].id, made.id);
    let put = rest.bulk_overwrite_global_application_commands(app, std::slice::from_ref(&roll)).unwrap();
    assert_eq!(put[0].id, made.id);
    rest.delete_global_application_command(app, made.id).unwrap();
    assert_eq!(code(rest.global_application_command(app, made.id)), 10063);

    let made = rest.create_guild_application_command(app, guild, &roll).unwrap();
    assert_eq!(made.guild_id, Some(guild));
    assert_eq!(rest.guild_application_command(app, guild, made.id).unwrap().name, "roll");
    assert_eq!(rest.guild_application_commands(app, guild, &all).unwrap().len(), 1);
    assert_eq!(rest.guild_application_command_permissions(app, guild).unwrap().len(), 0);
    rest.delete_guild_application_command(app, guild, made.id).unwrap();
    assert_eq!(scene.discord.commands(Some(guild)), [serde_json::Value::Null; 0]);
}

#[test]
fn the_application_and_its_user() {
    let scene = Scene::new();
    let (rest, app) = (&scene.rest, scene.app);
    rest.edit_current_application(&EditApplication::new().description("Tides")).unwrap();
    assert_eq!(rest.current_application().unwrap().description, "Tides");
    assert_eq!(rest.application(app).unwrap().id, app);
    assert_eq!(rest.application_role_connection_metadata(app).unwrap().len(), 0);
    assert_eq!(
        rest.modify_current_user(&ModifyCurrentUser::new().username("pilot")).unwrap().username,
        "pilot"
    );
    assert_eq!(rest.current_user().unwrap().username, "pilot");
    assert_eq!(rest.user(scene.ann()).unwrap().username, "ann");
    assert_eq!(code(rest.user(UserId::new(5))), 10013);
    let guilds = rest.current_user_guilds(&GetCurrentUserGuilds::new()).unwrap();
    assert_eq!(guilds[0].id, scene.guild);
    assert_eq!(rest.current_user_guilds_iter().count(), 1);
    let direct = rest.create_dm(scene.ann()).unwrap();
    rest.create_message(direct.id, "psst").unwrap();
    assert_eq!(scene.discord.dm_channel(&scene.ann).next_message().unwrap().content, "psst");
    // The owner of a guild cannot leave it.
    scene.discord.set_owner(&scene.ann);
    rest.leave_guild(scene.guild).unwrap();
}

#[test]
fn entitlements_and_lobbies() {
    let scene = Scene::new();
    let (rest, app) = (&scene.rest, scene.app);
    let made = rest.create_test_entitlement(app, SkuId::new(7), scene.ann()).unwrap();
    rest.consume_entitlement(app, made.id).unwrap();
    assert_eq!(rest.entitlement(app, made.id).unwrap().consumed, Some(true));
    assert_eq!(rest.entitlements(app, &ListEntitlements::new()).unwrap().len(), 1);
    rest.delete_test_entitlement(app, made.id).unwrap();
    assert_eq!(code(rest.entitlement(app, made.id)), 10083);
    assert_eq!(rest.skus(app).unwrap().len(), 0);

    let metadata = |value: &str| [("topic".to_owned(), value.to_owned())].into();
    let lobby = rest.create_lobby(&CreateLobby::new().metadata(metadata("tides"))).unwrap();
    rest.add_lobby_member(lobby.id, scene.ann(), &AddLobbyMember::new()).unwrap();
    let changed = rest.modify_lobby(lobby.id, &ModifyLobby::new().metadata(metadata("winds"))).unwrap();
    assert_eq!((changed.members.len(), changed.metadata.unwrap()["topic"].as_str()), (1, "winds"));
    rest.remove_lobby_member(lobby.id, scene.ann()).unwrap();
    assert_eq!(rest.lobby(lobby.id).unwrap().members.len(), 0);
    rest.delete_lobby(lobby.id).unwrap();
    assert_eq!(code(rest.lobby(lobby.id)), 10093);
}
