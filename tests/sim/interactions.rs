//! Commands, buttons, selects and modals, and the responses of a bot.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::sim::{Channel, Discord, Fault, Interaction, Member};

use crate::client::{Client, request, rest};

/// A simulated Discord with commands, #general and ann, and a bot that is logged in.
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
        discord.set_owner(&ann);
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

    /// The next interaction, as the bot receives it.
    fn next_interaction(&mut self) -> Value {
        self.client.event("INTERACTION_CREATE")
    }

    fn respond(&self, interaction: &Value, body: &Value) -> (u16, Value) {
        let path = format!(
            "/interactions/{}/{}/callback",
            interaction["id"].as_str().unwrap(),
            interaction["token"].as_str().unwrap()
        );
        self.request("POST", &path, body)
    }

    /// A request with the token of the interaction.
    fn webhook(&self, method: &str, interaction: &Value, path: &str, body: &Value) -> (u16, Value) {
        let path =
            format!("/webhooks/{}/{}{path}", self.discord.bot_id(), interaction["token"].as_str().unwrap());
        self.request(method, &path, body)
    }

    /// A request without the bot's token.
    fn request(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = (!body.is_null()).then_some(body);
        let (status, text, _) = request(&self.discord, method, path, body, "");
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    fn roll(&mut self) -> (Interaction, Value) {
        let used = self.ann.uses(&self.general, "/roll sides:6").unwrap();
        let interaction = self.next_interaction();
        (used, interaction)
    }
}

#[test]
fn a_slash_command_has_typed_options_and_one_response() {
    let mut scene = Scene::new();
    let used = scene.ann.uses(&scene.general, "/roll sides:6 times: 2 mood:Angrily").unwrap();
    let interaction = scene.next_interaction();
    assert_eq!(
        interaction["data"]["options"],
        json!([
            {"name": "sides", "type": 4, "value": 6},
            {"name": "times", "type": 4, "value": 2},
            {"name": "mood", "type": 3, "value": "a"},
        ])
    );
    assert_eq!(
        (&interaction["type"], &interaction["data"]["name"], &interaction["context"]),
        (&json!(2), &json!("roll"), &json!(0))
    );
    assert_eq!(interaction["member"]["user"]["username"], json!("ann"));
    assert_eq!(
        interaction["authorizing_integration_owners"],
        json!({"0": scene.discord.guild_id().to_string()})
    );
    assert_eq!(used.acknowledgement(), None);
    assert_eq!(scene.respond(&interaction, &json!({"type": 4, "data": {"content": "4"}})).0, 204);
    let message = used.reply().unwrap();
    assert_eq!((message.content.as_str(), &message.raw["type"]), ("4", &json!(20)));
    assert_eq!(message.raw["interaction_metadata"]["id"], interaction["id"]);
    assert_eq!(scene.client.event("MESSAGE_CREATE")["content"], json!("4"));
    let (status, body) = scene.respond(&interaction, &json!({"type": 4, "data": {"content": "5"}}));
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
    assert_eq!(used.rejected_responses()[0].code, 40060);
    assert_eq!(used.wait_for_acknowledgement().unwrap().kind, 4);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn options_are_resolved() {
    let mut scene = Scene::new();
    let bob = scene.discord.member("bob");
    let line = format!(
        "/crew rota add who:@bob where:#general as:@everyone with:<@{}> quiet:true depth:1.5 chart:map.png",
        bob.id()
    );
    let used = scene.ann.uses_with_files(&scene.general, &line, &[("map.png", b"12345")]).unwrap();
    let interaction = scene.next_interaction();
    assert_eq!(used.name(), "crew rota add");
    let add = &interaction["data"]["options"][0]["options"][0];
    let types: Vec<(u64, u64)> = [&interaction["data"]["options"][0], add]
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
    let resolved = &interaction["data"]["resolved"];
    assert_eq!(resolved["users"][&user]["username"], json!("bob"));
    assert_eq!(resolved["members"][&user].get("user"), None);
    assert_eq!(resolved["roles"][&guild]["name"], json!("@everyone"));
    assert_eq!(resolved["channels"][scene.general.id().to_string()]["name"], json!("general"));
    let chart = &resolved["attachments"][values[6].as_str().unwrap()];
    assert_eq!((&chart["filename"], &chart["size"]), (&json!("map.png"), &json!(5)));
}

#[test]
fn an_invalid_command_line_is_an_error() {
    let scene = Scene::new();
    let bob = scene.discord.member("bob");
    for (line, why) in [
        ("roll", "start with a slash"),
        ("/rol sides:6", "no command \"rol\""),
        ("/roll", "sides is required"),
        ("/roll sides:many", "takes a whole number"),
        ("/roll sides:1", "the option sides takes a whole number of at least 2, not \"1\""),
        ("/roll sides:6 mood:sad", "one of its choices"),
        ("/crew rota", "it has add"),
        ("/crew rota add who:@nobody", "an existing user"),
    ] {
        let error = scene.ann.uses(&scene.general, line).err().unwrap().to_string();
        assert!(error.contains(why), "{line}: {error}");
    }
    // ann owns the guild, bob has no permissions.
    assert!(scene.ann.uses(&scene.general, "/secret").is_ok());
    assert!(bob.uses(&scene.general, "/secret").err().unwrap().to_string().contains("may not use"));
    assert!(scene.ann.uses(&scene.discord.dm_channel(&scene.ann), "/secret").is_err());
}

#[test]
fn context_menu_commands_have_a_target() {
    let mut scene = Scene::new();
    let bob = scene.discord.member("bob");
    scene.ann.uses_on_user(&scene.general, "Show log", &bob).unwrap();
    let interaction = scene.next_interaction();
    assert_eq!(interaction["data"]["target_id"], json!(bob.id().to_string()));
    assert!(interaction["data"]["resolved"]["members"][bob.id().to_string()].is_object());
    let message = scene.ann.says(&scene.general, "keel?");
    scene.client.event("MESSAGE_CREATE");
    scene.ann.uses_on_message(&scene.general, "Pin to log", message).unwrap();
    let interaction = scene.next_interaction();
    assert_eq!(interaction["data"]["resolved"]["messages"][message.to_string()]["content"], json!("keel?"));
    scene.respond(&interaction, &json!({"type": 4, "data": {"content": "pinned"}}));
    let raw = scene.general.next_message().unwrap().raw;
    assert_eq!(raw["interaction_metadata"]["target_message_id"], json!(message.to_string()));
}

#[test]
fn autocomplete_waits_for_choices() {
    let mut scene = Scene::new();
    let (ann, general) = (scene.ann.clone(), scene.general.clone());
    let user = std::thread::spawn(move || ann.autocompletes(&general, "/roll sides:6 port:Rot"));
    let interaction = scene.next_interaction();
    assert_eq!(
        (&interaction["type"], &interaction["data"]["options"][1]["focused"]),
        (&json!(4), &json!(true))
    );
    assert_eq!(interaction["data"]["options"][1]["value"], json!("Rot"));
    let many = json!({"type": 8, "data": {"choices": vec![json!({"name": "a", "value": "a"}); 26]}});
    assert_eq!(
        scene.respond(&interaction, &many).1["errors"]["data"]["choices"]["_errors"][0]["code"],
        json!("BASE_TYPE_MAX_LENGTH")
    );
    assert_eq!(scene.respond(&interaction, &json!({"type": 4, "data": {"content": "a"}})).0, 400);
    let choices = json!({"type": 8, "data": {"choices": [{"name": "Rotterdam", "value": "rtm"}]}});
    assert_eq!(scene.respond(&interaction, &choices).0, 204);
    let choices = user.join().unwrap().unwrap();
    assert_eq!((choices.len(), choices[0].name.as_str(), &choices[0].value), (1, "Rotterdam", &json!("rtm")));
    assert!(scene.ann.autocompletes(&scene.general, "/roll sides:6").is_err());
}

#[test]
fn a_late_response_is_rejected_as_unknown_interaction() {
    let mut scene = Scene::new();
    scene.discord.interaction_timeout(Duration::ZERO);
    let (used, interaction) = scene.roll();
    std::thread::sleep(Duration::from_millis(2));
    let (status, body) = scene.respond(&interaction, &json!({"type": 5}));
    assert_eq!(
        (status, &body["code"], &body["message"]),
        (404, &json!(10062), &json!("Unknown interaction"))
    );
    assert_eq!(used.acknowledgement(), None);
    assert!(used.rejected_responses()[0].after >= Duration::from_millis(2));
    assert_eq!(scene.webhook("POST", &interaction, "", &json!({"content": "a"})).1["code"], json!(10015));
}

#[test]
fn only_one_member_sees_an_ephemeral_response() {
    let mut scene = Scene::new();
    let bob = scene.discord.member("bob");
    let (used, interaction) = scene.roll();
    let ephemeral = json!({"type": 4, "data": {"content": "psst", "flags": 64}});
    assert_eq!(scene.respond(&interaction, &ephemeral).0, 204);
    assert!(used.wait_for_acknowledgement().unwrap().ephemeral);
    let message = scene.ann.next_ephemeral_message().unwrap();
    assert_eq!((message.content.as_str(), message.is_ephemeral()), ("psst", true));
    assert_eq!(scene.client.event("MESSAGE_CREATE").get("guild_id"), None);
    assert_eq!(scene.general.try_next_message(), None);
    assert_eq!((scene.ann.sees(&scene.general).len(), bob.sees(&scene.general).len()), (1, 0));
    let path = format!("/channels/{}/messages/{}", scene.general.id(), message.id);
    assert_eq!(rest(&scene.discord, "GET", &path, None).1["code"], json!(10008));
    assert_eq!(
        scene.webhook("PATCH", &interaction, "/messages/@original", &json!({"content": "hush"})).0,
        200
    );
    assert_eq!(scene.ann.sees(&scene.general)[0].content, "hush");
    assert_eq!(scene.webhook("DELETE", &interaction, "/messages/@original", &Value::Null).0, 204);
    assert_eq!(scene.ann.sees(&scene.general), []);
}

#[test]
fn a_deferred_response_is_visible_after_its_edit() {
    let mut scene = Scene::new();
    let (used, interaction) = scene.roll();
    assert_eq!(scene.respond(&interaction, &json!({"type": 5})).0, 204);
    assert_eq!((used.current_reply(), scene.general.try_next_message()), (None, None));
    assert_eq!(scene.client.event("MESSAGE_CREATE")["flags"], json!(128));
    let (status, edited) =
        scene.webhook("PATCH", &interaction, "/messages/@original", &json!({"content": "six"}));
    assert_eq!((status, &edited["flags"], &edited["edited_timestamp"]), (200, &json!(0), &Value::Null));
    assert_eq!(scene.general.next_message().unwrap().content, "six");
    assert_eq!(used.reply().unwrap().content, "six");
    // A follow-up is a separate message.
    let (_, followed) = scene.webhook("POST", &interaction, "", &json!({"content": "and more", "flags": 64}));
    assert_eq!(followed["type"], json!(19));
    assert_eq!(followed["interaction_metadata"]["original_response_message_id"], edited["id"]);
    assert_eq!(scene.ann.next_ephemeral_message().unwrap().content, "and more");
    let path = format!("/messages/{}", followed["id"].as_str().unwrap());
    assert_eq!(scene.webhook("GET", &interaction, &path, &Value::Null).1["content"], json!("and more"));
    assert_eq!(used.followups().len(), 1);
    assert_eq!(scene.webhook("DELETE", &interaction, &path, &Value::Null).0, 204);
    assert_eq!(used.followups(), []);
    assert_eq!(scene.webhook("GET", &interaction, &path, &Value::Null).1["code"], json!(10008));
}

#[test]
fn the_first_follow_up_is_ephemeral_if_the_deferred_response_was() {
    for (flags, is_ephemeral) in [(0, false), (64, true)] {
        let mut scene = Scene::new();
        let (_, interaction) = scene.roll();
        scene.respond(&interaction, &json!({"type": 5, "data": {"flags": flags}}));
        scene.webhook("POST", &interaction, "", &json!({"content": "psst", "flags": 64 - flags}));
        assert_eq!(scene.ann.try_next_ephemeral_message().is_some(), is_ephemeral);
        assert_eq!(scene.general.try_next_message().is_some(), !is_ephemeral);
    }
}

#[test]
fn component_interactions_have_their_message() {
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
    let interaction = scene.next_interaction();
    assert_eq!(interaction["data"], json!({"custom_id": "go", "component_type": 2, "id": 2}));
    assert_eq!(interaction["message"]["id"], posted["id"]);
    let update = json!({"type": 7, "data": {"content": "picked", "components": components}});
    assert_eq!(scene.respond(&interaction, &update).0, 204);
    assert_eq!(clicked.reply().unwrap().content, "picked");
    assert_eq!(scene.client.event("MESSAGE_UPDATE")["content"], json!("picked"));

    scene.ann.selects(message.id, "port", ["hul", "rtm"]).unwrap();
    let interaction = scene.next_interaction();
    assert_eq!(interaction["data"]["values"], json!(["hul", "rtm"]));
    assert_eq!(scene.respond(&interaction, &json!({"type": 6})).0, 204);
    let edited = scene.webhook("PATCH", &interaction, "/messages/@original", &json!({"content": "later"})).1;
    assert_eq!((&edited["id"], &edited["content"]), (&posted["id"], &json!("later")));

    scene.ann.selects(&message, "who", [scene.ann.id()]).unwrap();
    scene.client.event("MESSAGE_UPDATE");
    let interaction = scene.next_interaction();
    assert_eq!(
        interaction["data"]["resolved"]["users"][scene.ann.id().to_string()]["username"],
        json!("ann")
    );

    for result in [
        scene.ann.clicks(&message, "gone"),
        scene.ann.clicks(&message, "no"),
        scene.ann.clicks(7_u64, "go"),
        scene.ann.selects(&message, "port", ["hul", "rtm", "hul"]),
        scene.ann.selects(&message, "port", ["atlantis"]),
    ] {
        assert!(result.is_err());
    }
}

#[test]
fn a_modal_opens_and_is_submitted() {
    let mut scene = Scene::new();
    let (used, interaction) = scene.roll();
    let modal = json!({"title": "Report", "custom_id": "report", "components": [
        {"type": 10, "content": "Tell us."},
        {"type": 18, "label": "What", "component": {"type": 4, "style": 1, "custom_id": "what", "max_length": 20}},
        {"type": 18, "label": "Whom", "component": {"type": 5, "custom_id": "who", "required": false, "min_values": 0}},
        {"type": 1, "components": [{"type": 4, "style": 1, "label": "Old", "custom_id": "old", "value": "as it was"}]},
    ]});
    let without_title =
        json!({"type": 9, "data": {"custom_id": "report", "components": modal["components"]}});
    assert_eq!(
        scene.respond(&interaction, &without_title).1["errors"]["data"]["title"]["_errors"][0]["code"],
        json!("BASE_TYPE_REQUIRED")
    );
    assert_eq!(scene.respond(&interaction, &json!({"type": 9, "data": modal})).0, 204);
    let opened = scene.ann.next_modal().unwrap();
    assert_eq!((opened.title.as_str(), opened.interaction), ("Report", used.id()));
    assert_eq!(used.modal(), Some(opened.clone()));

    assert!(scene.ann.submits(&opened, [("what", "")]).is_err());
    assert!(scene.ann.submits(&opened, [("when", "now")]).is_err());
    scene
        .ann
        .submits(&opened, [("what", json!("engine smokes")), ("who", json!([scene.ann.id().to_string()]))])
        .unwrap();
    let interaction = scene.next_interaction();
    assert_eq!((&interaction["type"], &interaction["data"]["custom_id"]), (&json!(5), &json!("report")));
    let ann = scene.ann.id().to_string();
    assert_eq!(
        interaction["data"]["components"],
        json!([
            {"type": 10, "id": 1},
            {"type": 18, "id": 2, "component": {"type": 4, "id": 3, "custom_id": "what", "value": "engine smokes"}},
            {"type": 18, "id": 4, "component": {"type": 5, "id": 5, "custom_id": "who", "values": [ann]}},
            {"type": 1, "id": 6, "components": [{"type": 4, "id": 7, "custom_id": "old", "value": "as it was"}]},
        ])
    );
    assert_eq!(scene.respond(&interaction, &json!({"type": 9, "data": modal})).0, 400);
    let (status, shown) = scene.respond(&interaction, &json!({"type": 4, "data": {"content": "thanks"}}));
    assert_eq!((status, shown), (204, Value::Null));
    let raw = scene.general.next_message().unwrap().raw;
    assert_eq!(
        raw["interaction_metadata"]["triggering_interaction_metadata"]["id"],
        json!(used.id().to_string())
    );
}

#[test]
fn a_callback_returns_the_created_message_on_request() {
    let mut scene = Scene::new();
    let (_, interaction) = scene.roll();
    let path = format!(
        "/interactions/{}/{}/callback?with_response=true",
        interaction["id"].as_str().unwrap(),
        interaction["token"].as_str().unwrap()
    );
    let (status, body) =
        scene.request("POST", &path, &json!({"type": 4, "data": {"content": "4", "flags": 64}}));
    assert_eq!(status, 200);
    let message = &body["resource"]["message"];
    assert_eq!((&body["resource"]["type"], &message["content"]), (&json!(4), &json!("4")));
    assert_eq!(
        body["interaction"],
        json!({
            "id": interaction["id"],
            "type": 2,
            "response_message_id": message["id"],
            "response_message_loading": false,
            "response_message_ephemeral": true,
        })
    );
    let (status, body) = scene.request("POST", "/interactions/5/no/callback", &json!({"type": 5}));
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
}

#[test]
fn interactions_in_dms_have_a_user_and_no_guild() {
    let mut scene = Scene::new();
    let direct = scene.discord.dm_channel(&scene.ann);
    scene.ann.uses(&direct, "/roll sides:6").unwrap();
    let interaction = scene.next_interaction();
    assert_eq!((interaction.get("guild_id"), interaction.get("member")), (None, None));
    assert_eq!((&interaction["user"]["username"], &interaction["context"]), (&json!("ann"), &json!(1)));
    scene.respond(&interaction, &json!({"type": 4, "data": {"content": "4"}}));
    assert_eq!(direct.next_message().unwrap().content, "4");
}

#[test]
fn the_response_time_does_not_include_the_simulated_delay() {
    let mut scene = Scene::new();
    let delay = Duration::from_millis(100);
    scene.discord.fault(Fault::Delay(delay));
    let start = Instant::now();
    let (used, interaction) = scene.roll();
    assert_eq!(scene.respond(&interaction, &json!({"type": 5, "data": {"flags": 64}})).0, 204);
    let elapsed = start.elapsed();
    let acknowledgement = used.wait_for_acknowledgement().unwrap();
    assert!(acknowledgement.after + delay <= elapsed);
    assert_eq!((acknowledgement.kind, acknowledgement.ephemeral), (5, true));
    let route = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    let [request] = &scene.discord.requests_to(route)[..] else { panic!() };
    assert_eq!((request.status, request.json()["type"].as_u64()), (Some(204), Some(5)));
    assert_eq!(scene.discord.interactions().len(), 1);
    assert_eq!(scene.discord.requests_to("PUT /applications/{application_id}/commands").len(), 1);
}

#[test]
fn modals_are_returned_in_the_order_in_which_they_open() {
    let mut scene = Scene::new();
    let ((first, one), (second, two)) = (scene.roll(), scene.roll());
    let input =
        json!({"type": 18, "label": "What", "component": {"type": 4, "style": 1, "custom_id": "what"}});
    for interaction in [two, one] {
        let modal = json!({"title": "Report", "custom_id": "report", "components": [input]});
        assert_eq!(scene.respond(&interaction, &json!({"type": 9, "data": modal})).0, 204);
    }
    let order = [(); 2].map(|()| scene.ann.next_modal().unwrap().interaction);
    assert_eq!(order, [second.id(), first.id()]);
}

#[test]
fn a_message_is_returned_once_as_reply_or_as_next_message() {
    let mut scene = Scene::new();
    let used = scene.ann.uses(&scene.general, "/roll sides:6").unwrap();
    let received = scene.next_interaction();
    scene.respond(&received, &json!({"type": 4, "data": {"content": "first"}}));
    scene.webhook("POST", &received, "", &json!({"content": "second"}));
    scene.webhook("POST", &received, "", &json!({"content": "private", "flags": 64}));
    assert_eq!(used.reply().unwrap().content, "first");
    assert_eq!(used.reply().unwrap().content, "first");
    assert_eq!(scene.general.next_message().unwrap().content, "second");
    assert_eq!(scene.ann.next_ephemeral_message().unwrap().content, "private");
    assert_eq!((scene.general.try_next_message(), scene.ann.try_next_ephemeral_message()), (None, None));
}
