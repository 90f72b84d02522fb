//! What people do besides talking and clicking: Discord's rules hold for them too.

use std::time::Duration;

use serde_json::json;
use syncord::model::Permissions;
use syncord::sim::{Discord, SimError};

use crate::client::{Client, rest};

#[test]
fn votes_are_counted_and_replaced() {
    let discord = Discord::start().unwrap();
    let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    let answers = json!([{"poll_media": {"text": "High"}}, {"poll_media": {"text": "Low"}}]);
    let poll = json!({"poll": {"question": {"text": "Tide?"}, "answers": answers, "duration": 1}});
    let path = format!("/channels/{}/messages", general.id());
    assert_eq!(rest(&discord, "POST", &path, Some(&poll)).0, 200);
    let message = general.next_message().unwrap();
    ann.votes(&message, &[1]).unwrap();
    bob.votes(&message, &[1]).unwrap();
    ann.votes(&message, &[2]).unwrap();
    let counts = general.message(&message).unwrap().raw["poll"]["results"]["answer_counts"].clone();
    assert_eq!(
        counts,
        json!([{"id": 1, "count": 1, "me_voted": false}, {"id": 2, "count": 1, "me_voted": false}])
    );
    let voters = format!("/channels/{}/polls/{}/answers/2", general.id(), message.id);
    let (_, users, _) = rest(&discord, "GET", &voters, None);
    assert_eq!(users["users"][0]["username"], "ann");
    for (answers, why) in [(&[3][..], "no answer 3"), (&[1, 2], "allows one")] {
        let error = ann.votes(&message, answers).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(
        rest(&discord, "DELETE", &format!("/guilds/{}/members/{}", discord.guild_id(), bob.id()), None).0,
        204
    );
    let error = bob.votes(&message, &[2]).unwrap_err().to_string();
    assert!(error.contains("bob does not see this channel"), "{error}");
    discord.advance(Duration::from_secs(3601));
    assert!(matches!(ann.votes(&message, &[1]), Err(SimError::NotPossible { .. })));
}

#[test]
fn a_member_in_a_timeout_cannot_speak_until_it_has_passed() {
    let discord = Discord::start().unwrap();
    let (zoe, ann, general) = (discord.member("zoe"), discord.member("ann"), discord.channel("general"));
    let guild = discord.guild_id();
    assert!(matches!(
        ann.times_out(guild, &zoe, Duration::from_secs(60)),
        Err(SimError::Rejected { code: 50013, .. })
    ));
    discord.set_owner(&zoe);
    zoe.times_out(guild, &ann, Duration::from_secs(60)).unwrap();
    let error = ann.try_says(&general, "hello").unwrap_err();
    assert!(matches!(error, SimError::Rejected { status: 403, .. }), "{error}");
    discord.advance(Duration::from_secs(61));
    ann.try_says(&general, "hello").unwrap();
    zoe.kicks(guild, &ann).unwrap();
    assert!(discord.find_member("ann").is_err());
}

#[test]
fn people_pin_forward_start_threads_and_leave() {
    let discord = Discord::start().unwrap();
    let (zoe, ann, general) = (discord.member("zoe"), discord.member("ann"), discord.channel("general"));
    discord.set_owner(&zoe);
    let hello = ann.says(&general, "hello");
    zoe.pins(&general, hello).unwrap();
    assert_eq!(general.message(hello).unwrap().raw["pinned"], true);
    assert!(ann.pins(&general, hello).is_err());
    let tides = discord.channel("tides");
    let forwarded = ann.forwards(&general, hello, &tides).unwrap();
    assert_eq!(tides.message(forwarded).unwrap().author, "ann");
    let thread = ann.starts_thread(&general, "ropes").unwrap();
    ann.says(&thread, "which?");
    assert_eq!(discord.channel_by_id(thread.id()).unwrap().transcript(), "ann: which?\n");
    ann.changes_nick(discord.guild_id(), Some("Captain")).unwrap();
    let path = format!("/guilds/{}/members/{}", discord.guild_id(), ann.id());
    assert_eq!(rest(&discord, "GET", &path, None).1["nick"], "Captain");
    ann.leaves(discord.guild_id());
    assert_eq!(rest(&discord, "GET", &path, None).0, 404);
}

#[test]
fn a_person_types_the_names_of_their_language_and_the_bot_receives_its_own() {
    let discord = Discord::start().unwrap();
    let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    let commands = format!("/applications/{}/commands", discord.application_id());
    let sides =
        json!({"type": 4, "name": "sides", "name_localizations": {"de": "seiten"}, "description": "x"});
    let red = json!({"name": "Red", "name_localizations": {"de": "Rot"}, "value": "r"});
    let colour = json!({"type": 3, "name": "colour", "name_localizations": {"de": "farbe"}, "description": "x",
        "choices": [red]});
    let dice = json!({"type": 1, "name": "dice", "name_localizations": {"de": "würfel"}, "description": "x",
        "options": [sides, colour]});
    for command in [
        json!({"name": "roll", "name_localizations": {"de": "wurf"}, "description": "Rolls", "options": [dice]}),
        json!({"type": 2, "name": "Wave", "name_localizations": {"de": "Winken"}}),
        // Its name is that of the other one in German.
        json!({"name": "wurf", "description": "x"}),
    ] {
        assert!(rest(&discord, "POST", &commands, Some(&command)).0 < 300);
    }
    ann.chooses_locale("de");
    let expected = json!([{"type": 1, "name": "dice", "options": [
        {"type": 4, "name": "sides", "value": 6}, {"type": 3, "name": "colour", "value": "r"}]}]);
    for line in ["/wurf würfel seiten:6 farbe:Rot", "/roll dice sides:6 colour:Red"] {
        let used = ann.uses(&general, line).unwrap().raw();
        assert_eq!((&used["data"]["name"], &used["data"]["options"]), (&json!("roll"), &expected), "{line}");
    }
    let waved = ann.uses_on_user(&general, "Winken", &bob).unwrap().raw();
    assert_eq!((&waved["data"]["name"], &waved["data"]["type"]), (&json!("Wave"), &json!(2)));
    // A person with another language does not see these names.
    assert_eq!(bob.uses(&general, "/wurf").unwrap().raw()["data"].get("options"), None);
    let error = bob.uses(&general, "/roll würfel seiten:6").unwrap_err().to_string();
    assert!(error.contains("it has dice"), "{error}");
    let error = ann.uses(&general, "/rol").unwrap_err().to_string();
    assert!(error.contains("registered are: wurf"), "{error}");
}

#[test]
fn a_role_makes_a_person_a_moderator() {
    let discord = Discord::start().unwrap();
    let (mia, bob, guild) = (discord.member("mia"), discord.member("bob"), discord.guild_id());
    assert!(mia.kicks(guild, &bob).is_err());
    let role = discord.give_role(&mia, "Moderator", Permissions::KICK_MEMBERS).unwrap();
    mia.kicks(guild, &bob).unwrap();
    // The role of this name is the same one, with other permissions.
    let bob = discord.member("bob");
    assert_eq!(discord.give_role(&mia, "Moderator", Permissions::BAN_MEMBERS).unwrap(), role);
    assert!(mia.kicks(guild, &bob).is_err());
    mia.bans(guild, &bob).unwrap();
    let (_, roles, _) = rest(&discord, "GET", &format!("/guilds/{guild}/roles"), None);
    let moderators = roles.as_array().unwrap().iter().filter(|role| role["name"] == "Moderator");
    assert_eq!(moderators.count(), 1);
}

#[test]
fn a_language_a_status_and_closed_direct_messages_reach_the_bot() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let commands = format!("/applications/{}/commands", discord.application_id());
    let command = json!({"name": "roll", "description": "Rolls"});
    assert!(rest(&discord, "POST", &commands, Some(&command)).0 < 300);
    ann.chooses_locale("de");
    assert_eq!(ann.uses(&general, "/roll").unwrap().raw()["locale"], "de");
    ann.changes_status("dnd");
    let mut client = Client::connect(&discord);
    client.frame();
    let all = json!({"token": discord.token(), "intents": 1 | 1 << 1 | 1 << 8, "properties": {}});
    client.send(&json!({"op": 2, "d": all}));
    client.event("READY");
    let presences = client.event("GUILD_CREATE")["presences"].clone();
    assert_eq!((&presences[0]["user"]["id"], &presences[0]["status"]), (&json!(ann.id()), &json!("dnd")));
    ann.changes_status("offline");
    assert_eq!(client.event("PRESENCE_UPDATE")["status"], "offline");
    ann.refuses_direct_messages(true);
    let direct = discord.dm_channel(&ann);
    let path = format!("/channels/{}/messages", direct.id());
    let (status, body, _) = rest(&discord, "POST", &path, Some(&json!({"content": "psst"})));
    assert_eq!((status, &body["code"]), (403, &json!(50007)));
}
