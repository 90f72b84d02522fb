//! Interactions of all kinds, and the responses to them.

use serde_json::{Value, json};
use syncord::sim::Interaction;

use crate::schema::recorder::{Recorder, id, text};

pub(super) fn play(r: &mut Recorder) {
    register(r);
    commands(r);
    context_menus(r);
    components(r);
    modals(r);
    r.listen();
}

fn register(r: &mut Recorder) {
    let kinds = [
        (4, "whole"),
        (5, "flag"),
        (6, "user"),
        (7, "channel"),
        (8, "role"),
        (9, "either"),
        (10, "number"),
        (11, "file"),
    ];
    let option = |(kind, name): (u64, &str)| json!({"type": kind, "name": name, "description": "An option"});
    let options: Vec<Value> = kinds.into_iter().chain([(3, "text")]).map(option).collect();
    let who = json!([option((6, "who"))]);
    let add = json!({"type": 1, "name": "add", "description": "Adds", "options": who});
    let rota = json!({"type": 2, "name": "rota", "description": "The rota", "options": [add]});
    let fruit =
        json!({"type": 3, "name": "fruit", "description": "Which", "autocomplete": true, "required": true});
    let commands = json!([
        {"name": "every", "description": "All options", "options": options},
        {"name": "crew", "description": "The crew", "options": [rota]},
        {"name": "pick", "description": "Picks", "options": [fruit]},
        {"name": "Greet", "type": 2}, {"name": "Quote", "type": 3},
    ]);
    r.put(&format!("{}/commands", r.app), commands);
}

/// Responds to an interaction. Returns its path below `/webhooks`.
fn respond(r: &mut Recorder, used: &Interaction, response: Value) -> String {
    let token = text(&used.raw(), "token");
    let path = format!("/interactions/{}/{token}/callback?with_response=true", used.id());
    r.post(&path, response);
    format!("/webhooks/{}/{token}", r.discord.application_id())
}

fn commands(r: &mut Recorder) {
    let (ann, general, guild) = (r.ann.clone(), r.general.clone(), r.guild.clone());
    let role = id(&r.post(&format!("{guild}/roles"), json!({"name": "pilot"})));
    let line = format!(
        "/every text:hi whole:3 number:2.5 flag:true user:@bob role:{role} channel:#general either:{role} file:map.txt"
    );
    let used = ann.uses_with_files(&general, &line, &[("map.txt", b"north")]).unwrap();
    let hook = respond(r, &used, json!({"type": 4, "data": {"content": "done"}}));
    let original = format!("{hook}/messages/@original");
    r.get(&original);
    r.patch(&original, json!({"content": "done again"}));
    let follow_up = r.post(&hook, json!({"content": "more", "flags": 64}));
    let follow_up = format!("{hook}/messages/{}", id(&follow_up));
    r.get(&follow_up);
    r.patch(&follow_up, json!({"content": "less"}));
    r.delete(&follow_up);
    r.delete(&original);

    let used = ann.uses(&general, "/crew rota add who:@bob").unwrap();
    let hook = respond(r, &used, json!({"type": 5, "data": {"flags": 64}}));
    r.patch(&format!("{hook}/messages/@original"), json!({"content": "later"}));
    // A choice is awaited while the bot responds.
    let discord = &r.discord;
    let choices = std::thread::scope(|scope| {
        let asked = scope.spawn(|| ann.autocompletes(&general, "/pick fruit:ba").unwrap());
        discord
            .wait_until("an autocomplete", |discord| {
                discord.interactions().last().is_some_and(|last| last.raw()["type"] == 4)
            })
            .unwrap();
        let used = discord.interactions().pop().unwrap();
        let path = format!("/interactions/{}/{}/callback", used.id(), text(&used.raw(), "token"));
        let response = json!({"type": 8, "data": {"choices": [{"name": "banana", "value": "banana"}]}});
        let (status, body, _) = crate::client::rest(discord, "POST", &path, Some(&response));
        assert_eq!(status, 204, "{body}");
        asked.join().unwrap()
    });
    assert_eq!(choices[0].name, "banana");

    let dm = r.discord.dm_channel(&ann);
    let used = ann.uses(&dm, "/every text:hi").unwrap();
    respond(r, &used, json!({"type": 4, "data": {"content": "in private"}}));
}

fn context_menus(r: &mut Recorder) {
    let (ann, bob, general) = (r.ann.clone(), r.bob.clone(), r.general.clone());
    let used = ann.uses_on_user(&general, "Greet", &bob).unwrap();
    respond(r, &used, json!({"type": 4, "data": {"content": "hello"}}));
    let message = bob.says(&general, "old saying");
    let used = ann.uses_on_message(&general, "Quote", message).unwrap();
    respond(r, &used, json!({"type": 4, "data": {"content": "> old saying"}}));
}

fn components(r: &mut Recorder) {
    let (ann, general) = (r.ann.clone(), r.general.clone());
    let row = |component: Value| json!({"type": 1, "components": [component]});
    let options = json!([{"label": "One", "value": "1"}]);
    let rows = json!([
        row(json!({"type": 2, "style": 1, "label": "Go", "custom_id": "go"})),
        row(json!({"type": 3, "custom_id": "text", "options": options})),
        row(json!({"type": 5, "custom_id": "user"})),
        row(json!({"type": 7, "custom_id": "any", "max_values": 2})),
        row(json!({"type": 8, "custom_id": "channel"})),
    ]);
    let path = format!("/channels/{}/messages", general.id());
    let message = id(&r.post(&path, json!({"content": "choose", "components": rows})));
    let message: u64 = message.parse().unwrap();
    let used = ann.clicks(message, "go").unwrap();
    respond(r, &used, json!({"type": 7, "data": {"content": "gone"}}));
    for (select, value) in [
        ("text", "1".to_owned()),
        ("user", ann.id().to_string()),
        ("any", ann.id().to_string()),
        ("channel", general.id().to_string()),
    ] {
        let used = ann.selects(message, select, [value]).unwrap();
        respond(r, &used, json!({"type": 6}));
    }
}

fn modals(r: &mut Recorder) {
    let (ann, general) = (r.ann.clone(), r.general.clone());
    let label = |component: Value| json!({"type": 18, "label": "A field", "component": component});
    let options = json!([{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]);
    let first = json!([
        label(json!({"type": 4, "custom_id": "name", "style": 1})),
        label(json!({"type": 3, "custom_id": "fruit", "options": options})),
        label(json!({"type": 5, "custom_id": "who"})),
        label(json!({"type": 19, "custom_id": "file"})),
        label(json!({"type": 23, "custom_id": "sure"})),
    ]);
    let second = json!([
        {"type": 10, "content": "Choose."},
        label(json!({"type": 21, "custom_id": "one", "options": options})),
        label(json!({"type": 22, "custom_id": "many", "options": options})),
        {"type": 1, "components": [{"type": 4, "custom_id": "old", "style": 2, "label": "Old"}]},
    ]);
    let ann_id = ann.id().to_string();
    let answers = [
        (first, json!({"name": "Ann", "fruit": ["1"], "who": [ann_id], "file": ["map.txt"], "sure": true})),
        (second, json!({"one": "1", "many": ["2"], "old": "text"})),
    ];
    for (components, fields) in answers {
        let used = ann.uses(&general, "/every text:form").unwrap();
        let modal = json!({"title": "Form", "custom_id": "form", "components": components});
        respond(r, &used, json!({"type": 9, "data": modal}));
        let modal = ann.next_modal().unwrap();
        let fields = fields.as_object().unwrap().clone();
        let values = fields.iter().map(|(id, value)| (id.as_str(), value.clone()));
        let submitted = ann.submits_with_files(&modal, values, &[("map.txt", b"north")]).unwrap();
        respond(r, &submitted, json!({"type": 4, "data": {"content": "thanks"}}));
    }
}
