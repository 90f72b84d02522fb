//! Several guilds: what is found by name, and the argument `guild` of the control interface.

use serde_json::{Value, json};
use syncord::sim::Discord;

use crate::control::Scene;

fn two() -> syncord::sim::Discord {
    let builder = Discord::builder().control(true);
    builder
        .guild("harbour", |guild| guild.member("ann", |ann| ann).channel("general", |general| general))
        .guild("island", |guild| {
            guild
                .member("bob", |bob| bob)
                .member("ann", |ann| ann)
                .channel("general", |general| general)
                .channel("beach", |beach| beach)
        })
        .start()
        .unwrap()
}

#[test]
fn channels_and_members_of_all_guilds_are_found() {
    let discord = two();
    let names: Vec<String> = discord.channels().iter().map(|channel| channel.name().to_owned()).collect();
    assert_eq!(names, ["general", "general", "beach"]);
    assert_eq!(
        discord.find_channel("general").unwrap().id(),
        discord.channels()[0].id(),
        "the first guild's"
    );
    assert_eq!(discord.find_channel("beach").unwrap().id(), discord.channels()[2].id());
    assert_eq!(discord.find_member("bob").unwrap().name(), "bob");
    assert!(discord.find_member("zed").unwrap_err().to_string().contains("bob"));
}

#[test]
fn the_control_interface_acts_in_the_guild_that_it_is_given() {
    let scene = Scene::of(two());
    let island = scene.discord.guild("island").unwrap();
    let (harbour_general, beach) = (scene.discord.channels()[0].id(), scene.discord.channels()[2].id());
    let channel = |arguments: &Value| scene.ok("say", arguments)["message"]["channel_id"].clone();
    let general = json!(island.channel("general").id());
    // By name: of the first guild that has the channel, unless a guild is given, by name or ID.
    assert_eq!(channel(&json!({"as": "ann", "channel": "general", "content": "a"})), json!(harbour_general));
    assert_eq!(channel(&json!({"as": "bob", "channel": "beach", "content": "a"})), json!(beach));
    for guild in [json!("island"), json!(island.id())] {
        let arguments = json!({"as": "bob", "guild": guild, "channel": "general", "content": "a"});
        assert_eq!(channel(&arguments), general);
    }
    // A person who is in a guild joins no other one by acting.
    assert_eq!(guilds_of(&scene, "bob"), ["island"]);
    scene.ok("join", &json!({"as": "zed", "guild": "island"}));
    assert_eq!(guilds_of(&scene, "zed"), ["island"]);
    scene.ok("join", &json!({"as": "new"}));
    assert_eq!(guilds_of(&scene, "new"), ["harbour"]);

    let made = scene.ok("channel", &json!({"name": "cove", "guild": "island"}));
    assert_eq!(made["channel"]["guild_id"], json!(island.id()));
    scene.ok("leave", &json!({"as": "ann", "guild": "island"}));
    assert_eq!(guilds_of(&scene, "ann"), ["harbour"]);

    let (status, problem) =
        scene.act("say", &json!({"as": "ann", "guild": "moon", "channel": "x", "content": "a"}));
    let text = problem["error"].as_str().unwrap();
    assert!(status == 404 && text.contains("moon") && text.contains("harbour, island"), "{problem}");
    let (status, problem) = scene.act("messages", &json!({"guild": "harbour", "channel": "beach"}));
    assert_eq!(status, 404, "{problem}");
}

#[test]
fn the_commands_of_all_guilds_are_listed() {
    let scene = Scene::of(two());
    let (application, rest) = (scene.discord.application_id(), scene.discord.api_url());
    let register = |path: &str, name: &str| {
        let url = format!("{rest}/applications/{application}{path}/commands");
        let request = ureq::post(&url)
            .header("Authorization", format!("Bot {}", scene.discord.token()))
            .header("Content-Type", "application/json");
        request.send(json!({"name": name, "description": "x"}).to_string()).map(drop)
    };
    for guild in ["harbour", "island"] {
        let id = scene.discord.guild(guild).unwrap().id();
        register(&format!("/guilds/{id}"), guild).unwrap();
    }
    register("", "everywhere").unwrap();
    let names = |arguments: &Value| -> Vec<String> {
        let commands = scene.ok("commands", arguments)["commands"].clone();
        let names = commands.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(names(&json!({})), ["everywhere", "harbour", "island"]);
    assert_eq!(names(&json!({"guild": "island"})), ["everywhere", "island"]);
}

fn guilds_of(scene: &Scene, person: &str) -> Vec<String> {
    let state = scene.ok("state", &json!({"as": person}));
    let guilds = state["guilds"].as_array().unwrap().iter();
    guilds.map(|guild| guild["name"].as_str().unwrap().to_owned()).collect()
}
