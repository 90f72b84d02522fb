//! Whatever an interaction looks like, it gets exactly one response.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::tree::{CustomId, command, group, integer, string, user};
use syncord::{Bot, sim::Discord};

use crate::rest_server::{Asked, Do, Server, ok};
use crate::scene::TIMEOUT;

/// What replaces a value.
fn wrong_values() -> [Value; 7] {
    [json!(null), json!(-1), json!(""), json!("x"), json!(1.5), json!([]), json!({})]
}

/// A guild's interactions of each kind: a command with options, a subcommand in a group, a user command, autocomplete, a
/// button, a select and a modal.
fn fixtures() -> Vec<Value> {
    let person = json!({"id": "5", "username": "eve", "discriminator": "0", "avatar": null});
    let member = json!({
        "user": person, "roles": ["6"], "joined_at": "2021-11-30T07:05:19.003000+00:00", "deaf": false,
        "mute": false, "flags": 0, "permissions": "8", "nick": null,
    });
    let message = json!({
        "id": "20", "channel_id": "3", "author": person, "content": "x", "type": 0, "embeds": [], "flags": 0,
        "timestamp": "2021-11-30T07:05:19.003000+00:00", "attachments": [], "mentions": [], "components": [],
    });
    let interaction = |kind: u8, data: Value| {
        json!({
            "id": "1", "application_id": "2", "type": kind, "token": "t", "version": 1, "data": data,
            "guild": {"id": "4", "locale": "de", "features": []}, "guild_id": "4",
            "channel": {"id": "3", "type": 0}, "channel_id": "3", "member": member, "app_permissions": "8",
            "locale": "de", "guild_locale": "de", "entitlements": [],
            "authorizing_integration_owners": {"0": "4"}, "context": 0, "attachment_size_limit": 1,
        })
    };
    let with_message = |mut interaction: Value| {
        interaction["message"] = message.clone();
        interaction
    };
    let options =
        json!([{"name": "port", "type": 3, "value": "Kiel"}, {"name": "days", "type": 4, "value": 3}]);
    let who = json!([{"name": "who", "type": 6, "value": "5"}]);
    let resolved = json!({"users": {"5": person}, "members": {"5": member}});
    let add = json!([{"name": "add", "type": 1, "options": who}]);
    let rota = json!([{"name": "rota", "type": 2, "options": add}]);
    let typing = json!([{"name": "port", "type": 3, "value": "K", "focused": true}]);
    let modal =
        json!([{"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "text", "value": "x"}}]);
    vec![
        interaction(2, json!({"id": "9", "name": "tide", "type": 1, "options": options})),
        interaction(2, json!({"id": "9", "name": "crew", "type": 1, "options": rota, "resolved": resolved})),
        interaction(2, json!({"id": "9", "name": "Show", "type": 2, "target_id": "5", "resolved": resolved})),
        interaction(4, json!({"id": "9", "name": "tide", "type": 1, "options": typing})),
        with_message(interaction(3, json!({"custom_id": "vote/1", "component_type": 2, "id": 1}))),
        with_message(interaction(
            3,
            json!({"custom_id": "vote/2", "component_type": 3, "id": 1, "values": ["a"]}),
        )),
        with_message(interaction(5, json!({"custom_id": "report", "components": modal}))),
    ]
}

/// The paths of all values in a value: fields and elements, at any depth.
fn paths(value: &Value, path: &str, all: &mut Vec<String>) {
    let mut visit = |name: &str, value: &Value| {
        let path = format!("{path}/{name}");
        paths(value, &path, all);
        all.push(path);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| visit(name, value)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(place, value)| visit(&place.to_string(), value));
        }
        _ => {}
    }
}

/// Whether an interaction has what every response needs.
fn can_be_responded_to(interaction: &Value) -> bool {
    interaction["id"].as_str().is_some_and(|id| id.parse::<u64>().is_ok())
        && interaction["token"].as_str().is_some_and(|token| !token.is_empty())
}

/// What the bot has sent for one interaction.
#[derive(Clone, Copy, Debug, Default)]
struct Sent {
    callbacks: usize,
    deferrals: usize,
    /// Edits and further messages.
    messages: usize,
}

/// A REST API that accepts every response, and counts them by interaction.
fn rest(responses: &Arc<Mutex<BTreeMap<String, Sent>>>) -> Server {
    let responses = Arc::clone(responses);
    Server::deciding(move |_, Asked { line, body, .. }| {
        let (path, mut responses) = (line.split(' ').nth(1).unwrap_or_default(), responses.lock().unwrap());
        let parts: Vec<_> = path.split(['/', '?']).skip(3).collect();
        match &*parts {
            ["interactions", id, _, "callback", ..] => {
                let sent = responses.entry((*id).to_owned()).or_default();
                let response: Value = serde_json::from_str(body).unwrap();
                sent.callbacks += 1;
                sent.deferrals += usize::from(response["type"] == 5 || response["type"] == 6);
                Do::Answer("204 No Content".to_owned(), Vec::new())
            }
            ["webhooks", _, token, ..] => {
                // A deferral that is public is deleted before a private reply.
                let sent = responses
                    .entry(token.trim_start_matches(['t', 'x']).trim_start_matches('-').to_owned())
                    .or_default();
                sent.messages += usize::from(!line.starts_with("DELETE"));
                // An answer that cannot be read must not look like a failure.
                ok("{}")
            }
            ["users", "@me"] => ok(r#"{"id":"2","username":"bot"}"#),
            ["applications", "@me"] => ok(r#"{"id":"2","flags":0}"#),
            ["gateway", "bot"] => ok(r#"{"url":"ws://127.0.0.1:1","shards":1,"session_start_limit":
                {"total":1000,"remaining":1000,"reset_after":1000,"max_concurrency":1}}"#),
            _ => ok("[]"),
        }
    })
}

/// Handlers for all fixtures.
fn add_handlers(bot: &mut Bot<'_>) {
    const VOTE: CustomId<(u8,)> = CustomId::new("vote/{choice}");
    const REPORT: CustomId<()> = CustomId::new("report");
    bot.keep_foreign_commands()
        .command(
            command("tide", "x")
                .option("port", "x", string().autocomplete(|_, typed| [format!("{typed}iel")]))
                .option("days", "x", integer(1..=7).optional())
                .run(|cx, port, days| cx.reply(format!("{port} {days:?}"))),
        )
        .command(group("crew", "x").add(group("rota", "x").add(
            command("add", "x").option("who", "x", user()).run(|cx, who| cx.reply_ephemeral(who.username)),
        )))
        .command(
            syncord::tree::user_command("Show").run(|cx, user: syncord::model::User| cx.reply(user.username)),
        )
        .component(VOTE.run(|cx, choice| cx.update(choice.to_string())))
        .modal(REPORT.run_modal(|cx| cx.reply(cx.value("text").unwrap_or_default())));
}

#[test]
fn an_interaction_with_any_wrong_field_gets_exactly_one_response() {
    let discord = Discord::builder().timeout(TIMEOUT).start().unwrap();
    let responses = Arc::default();
    let server = rest(&responses);
    let mut bot = Bot::new(&discord.token()).unwrap();
    bot.api_url(&server.url).gateway_url(discord.gateway_url()).requests_per_second(100_000);
    bot.on_error(|_, _| {});
    add_handlers(&mut bot);
    // By ID: the interaction, and what was changed.
    let mut sent = BTreeMap::new();
    for fixture in fixtures() {
        let mut all = vec![String::new()];
        paths(&fixture, "", &mut all);
        for (path, wrong) in all.iter().flat_map(|path| wrong_values().map(|wrong| (path, wrong))) {
            let mut interaction = fixture.clone();
            let id = (1000 + sent.len()).to_string();
            interaction["id"] = json!(id);
            interaction["token"] = json!(format!("t-{id}"));
            let change = format!("{path} = {wrong} in {}", fixture["data"]);
            if path.is_empty() {
                interaction["data"]["unforeseen"] = wrong;
            } else if path == "/token" && wrong == "x" {
                // Messages are counted by their tokens.
                interaction["token"] = json!(format!("x-{id}"));
            } else {
                *interaction.pointer_mut(path).unwrap() = wrong;
            }
            sent.insert(id, (interaction, change));
        }
    }
    let expected = sent.values().filter(|(interaction, _)| can_be_responded_to(interaction)).count();
    bot.during(|| {
        sent.values()
            .for_each(|(interaction, _)| discord.dispatch("INTERACTION_CREATE", interaction.clone()));
        let end = Instant::now() + TIMEOUT;
        while responses.lock().unwrap().len() < expected && Instant::now() < end {
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    })
    .unwrap();
    let responses = responses.lock().unwrap();
    let mut wrong = Vec::new();
    for (id, (interaction, change)) in &sent {
        // One callback. If it was a deferral, one message completes it.
        let count = responses.get(id).copied().unwrap_or_default();
        let is_right = if can_be_responded_to(interaction) {
            count.callbacks == 1 && count.messages == count.deferrals
        } else {
            count.callbacks + count.messages == 0
        };
        if !is_right {
            wrong.push(format!("{count:?}: {change}"));
        }
    }
    assert!(expected > 2500, "{expected}");
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), sent.len(), &wrong[..wrong.len().min(20)]);
}
