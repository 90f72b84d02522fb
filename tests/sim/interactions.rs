//! What people do with commands, buttons, selects and modals, and how a bot may answer.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::sim::{Channel, Discord, Fault, Interaction, Member};

use crate::client::{Client, request, rest};

/// A simulated Discord with commands, ann in #general and in direct messages, and a bot that is logged in.
struct Scene {
    discord: Discord,
    client: Client,
    ann: Member,
    general: Channel,
}

impl Scene {
    fn new() -> Scene {
        let discord = Discord::start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        let client = Client::ready(&discord);
        let commands = json!([
            {"name": "roll", "description": "Rolls dice", "options": [
                {"type": 4, "name": "sides", "description": "How many", "required": true, "min_value": 2},
                {"type": 4, "name": "times", "description": "How often"},
                {"type": 3, "name": "mood", "description": "How", "choices": [{"name": "Angrily", "value": "a"}]},
                {"type": 3, "name": "port", "description": "Where", "autocomplete": true},
            ]},
            {"name": "crew", "description": "The crew", "options": [
                {"type": 2, "name": "rota", "description": "The rota", "options": [
                    {"type": 1, "name": "add", "description": "Adds", "options": [
                        {"type": 6, "name": "who", "description": "Who"},
                        {"type": 7, "name": "where", "description": "Where"},
                        {"type": 8, "name": "as", "description": "As what"},
                        {"type": 9, "name": "with", "description": "Whom"},
                        {"type": 5, "name": "quiet", "description": "Only me"},
                        {"type": 10, "name": "depth", "description": "How deep"},
                        {"type": 11, "name": "chart", "description": "A picture"},
                    ]},
                ]},
            ]},
            {"name": "Show log", "type": 2},
            {"name": "Pin to log", "type": 3},
            {"name": "secret", "description": "For admins", "default_member_permissions": "8", "contexts": [0]},
        ]);
        let path = format!("/applications/{}/commands", discord.bot_id());
        assert_eq!(rest(&discord, "PUT", &path, Some(&commands)).0, 200);
        Scene { discord, client, ann, general }
    }

    /// The next interaction as the bot gets it.
    fn got(&mut self) -> Value {
        self.client.event("INTERACTION_CREATE")
    }

    fn answer(&self, got: &Value, body: &Value) -> (u16, Value) {
        let path = format!(
            "/interactions/{}/{}/callback",
            got["id"].as_str().unwrap(),
            got["token"].as_str().unwrap()
        );
        self.call("POST", &path, body)
    }

    /// A route that the interaction's token opens.
    fn hook(&self, method: &str, got: &Value, path: &str, body: &Value) -> (u16, Value) {
        let path = format!("/webhooks/{}/{}{path}", self.discord.bot_id(), got["token"].as_str().unwrap());
        self.call(method, &path, body)
    }

    /// A request without the bot's token.
    fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = (!body.is_null()).then_some(body);
        let (status, text, _) = request(&self.discord, method, path, body, "");
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    fn roll(&mut self) -> (Interaction, Value) {
        let used = self.ann.uses(&self.general, "/roll sides:6").unwrap();
        let got = self.got();
        (used, got)
    }
}

#[test]
fn a_slash_command_comes_typed_and_answered_once() {
    let mut scene = Scene::new();
    let used = scene.ann.uses(&scene.general, "/roll sides:6 times: 2 mood:Angrily").unwrap();
    let got = scene.got();
    assert_eq!(
        got["data"]["options"],
        json!([
            {"name": "sides", "type": 4, "value": 6},
            {"name": "times", "type": 4, "value": 2},
            {"name": "mood", "type": 3, "value": "a"},
        ])
    );
    assert_eq!((&got["type"], &got["data"]["name"], &got["context"]), (&json!(2), &json!("roll"), &json!(0)));
    assert_eq!(got["member"]["user"]["username"], json!("ann"));
    assert_eq!(got["authorizing_integration_owners"], json!({"0": scene.discord.guild_id().to_string()}));
    assert_eq!(used.acknowledgement(), None);
    assert_eq!(scene.answer(&got, &json!({"type": 4, "data": {"content": "4"}})).0, 204);
    assert_eq!(used.reply().unwrap().content, "4");
    let message = scene.general.next_message().unwrap();
    assert_eq!((message.content.as_str(), &message.raw["type"]), ("4", &json!(20)));
    assert_eq!(message.raw["interaction_metadata"]["id"], got["id"]);
    assert_eq!(scene.client.event("MESSAGE_CREATE")["content"], json!("4"));
    let (status, body) = scene.answer(&got, &json!({"type": 4, "data": {"content": "5"}}));
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
    assert_eq!(used.rejected_responses()[0].code, 40060);
    assert_eq!(used.wait_for_acknowledgement().unwrap().kind, 4);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn what_options_name_is_resolved() {
    let mut scene = Scene::new();
    let bob = scene.discord.member("bob");
    let line = format!(
        "/crew rota add who:@bob where:#general as:@everyone with:<@{}> quiet:true depth:1.5 chart:map.png",
        bob.id()
    );
    let used = scene.ann.uses_with_files(&scene.general, &line, &[("map.png", b"12345")]).unwrap();
    let got = scene.got();
    assert_eq!(used.name(), "crew rota add");
    let add = &got["data"]["options"][0]["options"][0];
    let types: Vec<(u64, u64)> = [&got["data"]["options"][0], add]
        .iter()
        .map(|one| (one["type"].as_u64().unwrap(), one["options"].as_array().unwrap().len() as u64))
        .collect();
    assert_eq!(types, [(2, 1), (1, 7)]);
    let (user, guild) = (bob.id().to_string(), scene.discord.guild_id().to_string());
    let values: Vec<&Value> = add["options"].as_array().unwrap().iter().map(|one| &one["value"]).collect();
    assert_eq!(
        values[..6],
        [
            &json!(user),
            &json!(scene.general.id().to_string()),
            &json!(guild),
            &json!(user),
            &json!(true),
            &json!(1.5)
        ]
    );
    let resolved = &got["data"]["resolved"];
    assert_eq!(resolved["users"][&user]["username"], json!("bob"));
    assert_eq!(resolved["members"][&user].get("user"), None);
    assert_eq!(resolved["roles"][&guild]["name"], json!("@everyone"));
    assert_eq!(resolved["channels"][scene.general.id().to_string()]["name"], json!("general"));
    let chart = &resolved["attachments"][values[6].as_str().unwrap()];
    assert_eq!((&chart["filename"], &chart["size"]), (&json!("map.png"), &json!(5)));
}

#[test]
fn what_cannot_be_used_is_refused_at_once() {
    let scene = Scene::new();
    let bob = scene.discord.member("bob");
    for (line, why) in [
        ("roll", "start with a slash"),
        ("/rol sides:6", "no command \"rol\""),
        ("/roll", "sides is required"),
        ("/roll sides:many", "takes a whole number"),
        ("/roll sides:1", "in its range"),
        ("/roll sides:6 mood:sad", "one of its choices"),
        ("/crew rota", "it has add"),
        ("/crew rota add who:@nobody", "an existing user"),
    ] {
        let error = scene.ann.uses(&scene.general, line).err().unwrap().to_string();
        assert!(error.contains(why), "{line}: {error}");
    }
    // ann owns the guild; bob is nobody.
    assert!(scene.ann.uses(&scene.general, "/secret").is_ok());
    assert!(bob.uses(&scene.general, "/secret").err().unwrap().to_string().contains("may not use"));
    assert!(scene.ann.uses(&scene.discord.dm_channel(&scene.ann), "/secret").is_err());
}

#[test]
fn menus_have_their_target() {
    let mut scene = Scene::new();
    let bob = scene.discord.member("bob");
    scene.ann.uses_on_user(&scene.general, "Show log", &bob).unwrap();
    let got = scene.got();
    assert_eq!(got["data"]["target_id"], json!(bob.id().to_string()));
    assert!(got["data"]["resolved"]["members"][bob.id().to_string()].is_object());
    let message = scene.ann.says(&scene.general, "keel?");
    scene.client.event("MESSAGE_CREATE");
    scene.ann.uses_on_message(&scene.general, "Pin to log", message).unwrap();
    let got = scene.got();
    assert_eq!(got["data"]["resolved"]["messages"][message.to_string()]["content"], json!("keel?"));
    scene.answer(&got, &json!({"type": 4, "data": {"content": "pinned"}}));
    let raw = scene.general.next_message().unwrap().raw;
    assert_eq!(raw["interaction_metadata"]["target_message_id"], json!(message.to_string()));
}

#[test]
fn suggestions_are_waited_for() {
    let mut scene = Scene::new();
    let (ann, general) = (scene.ann.clone(), scene.general.clone());
    let asking = std::thread::spawn(move || ann.autocompletes(&general, "/roll sides:6 port:Rot"));
    let got = scene.got();
    assert_eq!((&got["type"], &got["data"]["options"][1]["focused"]), (&json!(4), &json!(true)));
    assert_eq!(got["data"]["options"][1]["value"], json!("Rot"));
    let many = json!({"type": 8, "data": {"choices": vec![json!({"name": "a", "value": "a"}); 26]}});
    assert_eq!(
        scene.answer(&got, &many).1["errors"]["data"]["choices"]["_errors"][0]["code"],
        json!("BASE_TYPE_MAX_LENGTH")
    );
    assert_eq!(scene.answer(&got, &json!({"type": 4, "data": {"content": "a"}})).0, 400);
    let choices = json!({"type": 8, "data": {"choices": [{"name": "Rotterdam", "value": "rtm"}]}});
    assert_eq!(scene.answer(&got, &choices).0, 204);
    let choices = asking.join().unwrap().unwrap();
    assert_eq!((choices.len(), choices[0].name.as_str(), &choices[0].value), (1, "Rotterdam", &json!("rtm")));
    assert!(scene.ann.autocompletes(&scene.general, "/roll sides:6").is_err());
}

#[test]
fn an_answer_that_is_late_is_for_an_unknown_interaction() {
    let mut scene = Scene::new();
    scene.discord.interaction_timeout(Duration::ZERO);
    let (used, got) = scene.roll();
    std::thread::sleep(Duration::from_millis(2));
    let (status, body) = scene.answer(&got, &json!({"type": 5}));
    assert_eq!(
        (status, &body["code"], &body["message"]),
        (404, &json!(10062), &json!("Unknown interaction"))
    );
    assert_eq!(used.acknowledgement(), None);
    assert!(used.rejected_responses()[0].after >= Duration::from_millis(2));
    assert_eq!(scene.hook("POST", &got, "", &json!({"content": "a"})).1["code"], json!(10015));
}

#[test]
fn an_answer_for_one_is_seen_by_one() {
    let mut scene = Scene::new();
    let bob = scene.discord.member("bob");
    let (used, got) = scene.roll();
    let secret = json!({"type": 4, "data": {"content": "psst", "flags": 64}});
    assert_eq!(scene.answer(&got, &secret).0, 204);
    assert!(used.wait_for_acknowledgement().unwrap().ephemeral);
    let seen = scene.ann.next_ephemeral_message().unwrap();
    assert_eq!((seen.content.as_str(), seen.is_ephemeral()), ("psst", true));
    assert_eq!(scene.client.event("MESSAGE_CREATE").get("guild_id"), None);
    assert_eq!(scene.general.try_next_message(), None);
    assert_eq!((scene.ann.sees(&scene.general).len(), bob.sees(&scene.general).len()), (1, 0));
    let path = format!("/channels/{}/messages/{}", scene.general.id(), seen.id);
    assert_eq!(rest(&scene.discord, "GET", &path, None).1["code"], json!(10008));
    assert_eq!(scene.hook("PATCH", &got, "/messages/@original", &json!({"content": "hush"})).0, 200);
    assert_eq!(scene.ann.sees(&scene.general)[0].content, "hush");
    assert_eq!(scene.hook("DELETE", &got, "/messages/@original", &Value::Null).0, 204);
    assert_eq!(scene.ann.sees(&scene.general), []);
}

#[test]
fn a_deferred_answer_is_seen_when_it_is_filled_in() {
    let mut scene = Scene::new();
    let (used, got) = scene.roll();
    assert_eq!(scene.answer(&got, &json!({"type": 5})).0, 204);
    assert_eq!((used.current_reply(), scene.general.try_next_message()), (None, None));
    assert_eq!(scene.client.event("MESSAGE_CREATE")["flags"], json!(128));
    let (status, edited) = scene.hook("PATCH", &got, "/messages/@original", &json!({"content": "six"}));
    assert_eq!((status, &edited["flags"], &edited["edited_timestamp"]), (200, &json!(0), &Value::Null));
    assert_eq!(scene.general.next_message().unwrap().content, "six");
    assert_eq!(used.reply().unwrap().content, "six");
    // What follows stands for itself.
    let (_, followed) = scene.hook("POST", &got, "", &json!({"content": "and more", "flags": 64}));
    assert_eq!(followed["type"], json!(19));
    assert_eq!(followed["interaction_metadata"]["original_response_message_id"], edited["id"]);
    assert_eq!(scene.ann.next_ephemeral_message().unwrap().content, "and more");
    let path = format!("/messages/{}", followed["id"].as_str().unwrap());
    assert_eq!(scene.hook("GET", &got, &path, &Value::Null).1["content"], json!("and more"));
    assert_eq!(used.followups().len(), 1);
    assert_eq!(scene.hook("DELETE", &got, &path, &Value::Null).0, 204);
    assert_eq!(used.followups(), []);
    assert_eq!(scene.hook("GET", &got, &path, &Value::Null).1["code"], json!(10008));
}

#[test]
fn the_first_message_after_a_deferral_is_seen_by_whom_the_deferral_was() {
    for (flags, private) in [(0, false), (64, true)] {
        let mut scene = Scene::new();
        let (_, got) = scene.roll();
        scene.answer(&got, &json!({"type": 5, "data": {"flags": flags}}));
        scene.hook("POST", &got, "", &json!({"content": "psst", "flags": 64 - flags}));
        assert_eq!(scene.ann.try_next_ephemeral_message().is_some(), private);
        assert_eq!(scene.general.try_next_message().is_some(), !private);
    }
}

#[test]
fn buttons_and_selects_come_with_their_message() {
    let mut scene = Scene::new();
    let components = json!([
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
            {"type": 2, "style": 1, "label": "No", "custom_id": "no", "disabled": true},
        ]},
        {"type": 1, "components": [{"type": 3, "custom_id": "port", "max_values": 2, "options": [
            {"label": "Hull", "value": "hul"}, {"label": "Rotterdam", "value": "rtm"},
        ]}]},
        {"type": 1, "components": [{"type": 7, "custom_id": "who"}]},
    ]);
    let path = format!("/channels/{}/messages", scene.general.id());
    let body = json!({"content": "pick", "components": components});
    let (_, posted, _) = rest(&scene.discord, "POST", &path, Some(&body));
    assert_eq!(
        (&posted["components"][0]["id"], &posted["components"][1]["components"][0]["id"]),
        (&json!(1), &json!(5))
    );
    scene.client.event("MESSAGE_CREATE");
    let message = scene.general.next_message().unwrap();

    let clicked = scene.ann.clicks(&message, "go").unwrap();
    let got = scene.got();
    assert_eq!(got["data"], json!({"custom_id": "go", "component_type": 2, "id": 2}));
    assert_eq!(got["message"]["id"], posted["id"]);
    let update = json!({"type": 7, "data": {"content": "picked", "components": components}});
    assert_eq!(scene.answer(&got, &update).0, 204);
    assert_eq!(clicked.reply().unwrap().content, "picked");
    assert_eq!(scene.client.event("MESSAGE_UPDATE")["content"], json!("picked"));

    scene.ann.selects(message.id, "port", ["hul", "rtm"]).unwrap();
    let got = scene.got();
    assert_eq!(got["data"]["values"], json!(["hul", "rtm"]));
    assert_eq!(scene.answer(&got, &json!({"type": 6})).0, 204);
    let edited = scene.hook("PATCH", &got, "/messages/@original", &json!({"content": "later"})).1;
    assert_eq!((&edited["id"], &edited["content"]), (&posted["id"], &json!("later")));

    scene.ann.selects(&message, "who", [scene.ann.id()]).unwrap();
    scene.client.event("MESSAGE_UPDATE");
    let got = scene.got();
    assert_eq!(got["data"]["resolved"]["users"][scene.ann.id().to_string()]["username"], json!("ann"));

    for refused in [
        scene.ann.clicks(&message, "gone"),
        scene.ann.clicks(&message, "no"),
        scene.ann.clicks(7_u64, "go"),
        scene.ann.selects(&message, "port", ["hul", "rtm", "hul"]),
        scene.ann.selects(&message, "port", ["atlantis"]),
    ] {
        assert!(refused.is_err());
    }
}

#[test]
fn a_modal_opens_and_is_submitted() {
    let mut scene = Scene::new();
    let (used, got) = scene.roll();
    let modal = json!({"title": "Report", "custom_id": "report", "components": [
        {"type": 10, "content": "Tell us."},
        {"type": 18, "label": "What", "component": {"type": 4, "style": 1, "custom_id": "what", "max_length": 20}},
        {"type": 18, "label": "Whom", "component": {"type": 5, "custom_id": "who", "required": false, "min_values": 0}},
        {"type": 1, "components": [{"type": 4, "style": 1, "label": "Old", "custom_id": "old", "value": "as it was"}]},
    ]});
    let untitled = json!({"type": 9, "data": {"custom_id": "report", "components": modal["components"]}});
    assert_eq!(
        scene.answer(&got, &untitled).1["errors"]["data"]["title"]["_errors"][0]["code"],
        json!("BASE_TYPE_REQUIRED")
    );
    assert_eq!(scene.answer(&got, &json!({"type": 9, "data": modal})).0, 204);
    let opened = scene.ann.next_modal().unwrap();
    assert_eq!((opened.title.as_str(), opened.interaction), ("Report", used.id()));
    assert_eq!(used.modal(), Some(opened.clone()));

    assert!(scene.ann.submits(&opened, [("what", "")]).is_err());
    assert!(scene.ann.submits(&opened, [("when", "now")]).is_err());
    scene
        .ann
        .submits(&opened, [("what", json!("engine smokes")), ("who", json!([scene.ann.id().to_string()]))])
        .unwrap();
    let got = scene.got();
    assert_eq!((&got["type"], &got["data"]["custom_id"]), (&json!(5), &json!("report")));
    let ann = scene.ann.id().to_string();
    assert_eq!(
        got["data"]["components"],
        json!([
            {"type": 10, "id": 1},
            {"type": 18, "id": 2, "component": {"type": 4, "id": 3, "custom_id": "what", "value": "engine smokes"}},
            {"type": 18, "id": 4, "component": {"type": 5, "id": 5, "custom_id": "who", "values": [ann]}},
            {"type": 1, "id": 6, "components": [{"type": 4, "id": 7, "custom_id": "old", "value": "as it was"}]},
        ])
    );
    assert_eq!(scene.answer(&got, &json!({"type": 9, "data": modal})).0, 400);
    let (status, shown) = scene.answer(&got, &json!({"type": 4, "data": {"content": "thanks"}}));
    assert_eq!((status, shown), (204, Value::Null));
    let raw = scene.general.next_message().unwrap().raw;
    assert_eq!(
        raw["interaction_metadata"]["triggering_interaction_metadata"]["id"],
        json!(used.id().to_string())
    );
}

#[test]
fn the_answer_tells_what_it_made_when_asked() {
    let mut scene = Scene::new();
    let (_, got) = scene.roll();
    let path = format!(
        "/interactions/{}/{}/callback?with_response=true",
        got["id"].as_str().unwrap(),
        got["token"].as_str().unwrap()
    );
    let (status, body) =
        scene.call("POST", &path, &json!({"type": 4, "data": {"content": "4", "flags": 64}}));
    assert_eq!(status, 200);
    let message = &body["resource"]["message"];
    assert_eq!((&body["resource"]["type"], &message["content"]), (&json!(4), &json!("4")));
    assert_eq!(
        body["interaction"],
        json!({
            "id": got["id"],
            "type": 2,
            "response_message_id": message["id"],
            "response_message_loading": false,
            "response_message_ephemeral": true,
        })
    );
    let (status, body) = scene.call("POST", "/interactions/5/no/callback", &json!({"type": 5}));
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
}

#[test]
fn in_direct_messages_there_is_a_user_and_no_guild() {
    let mut scene = Scene::new();
    let direct = scene.discord.dm_channel(&scene.ann);
    scene.ann.uses(&direct, "/roll sides:6").unwrap();
    let got = scene.got();
    assert_eq!((got.get("guild_id"), got.get("member")), (None, None));
    assert_eq!((&got["user"]["username"], &got["context"]), (&json!("ann"), &json!(1)));
    scene.answer(&got, &json!({"type": 4, "data": {"content": "4"}}));
    assert_eq!(direct.next_message().unwrap().content, "4");
}

#[test]
fn the_time_to_an_answer_is_taken_when_it_comes_and_not_when_it_is_acknowledged() {
    let mut scene = Scene::new();
    scene.discord.fault(Fault::Delay(Duration::from_millis(100)));
    let (used, got) = scene.roll();
    let start = Instant::now();
    assert_eq!(scene.answer(&got, &json!({"type": 5, "data": {"flags": 64}})).0, 204);
    let waited = start.elapsed();
    let told = used.wait_for_acknowledgement().unwrap();
    assert!(waited >= Duration::from_millis(100));
    assert_eq!((told.kind, told.ephemeral), (5, true));
    let route = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    let [answer] = &scene.discord.requests_to(route)[..] else { panic!() };
    assert_eq!((answer.status, answer.json()["type"].as_u64()), (Some(204), Some(5)));
    assert_eq!(scene.discord.interactions().len(), 1);
    assert_eq!(scene.discord.requests_to("PUT /applications/{application_id}/commands").len(), 1);
}

#[test]
fn modals_are_taken_in_the_order_in_which_they_open() {
    let mut scene = Scene::new();
    let ((first, one), (second, two)) = (scene.roll(), scene.roll());
    let input =
        json!({"type": 18, "label": "What", "component": {"type": 4, "style": 1, "custom_id": "what"}});
    for got in [two, one] {
        let modal = json!({"title": "Report", "custom_id": "report", "components": [input]});
        assert_eq!(scene.answer(&got, &json!({"type": 9, "data": modal})).0, 204);
    }
    let taken = [(); 2].map(|()| scene.ann.next_modal().unwrap().interaction);
    assert_eq!(taken, [second.id(), first.id()]);
}
