//! Components of messages and modals.

use serde_json::json;
use twilight_gateway::Event;
use twilight_model::channel::message::{Component, MessageFlags};
use twilight_model::http::attachment::Attachment;

use crate::bot::Bot;
use crate::commands::next_interaction;
use crate::talk::{Outcome, check, feature, person};

pub async fn try_all(bot: &mut Bot) {
    feature("buttons and selects", buttons_and_selects(bot)).await;
    feature("components v2", components_v2(bot)).await;
    feature("modals", modals(bot)).await;
}

async fn buttons_and_selects(bot: &mut Bot) -> Outcome {
    let row = |component: serde_json::Value| json!({"type": 1, "components": [component]});
    let rows = json!([
        row(json!({"type": 2, "style": 1, "label": "Go", "custom_id": "go"})),
        row(json!({"type": 3, "custom_id": "text", "options": [{"label": "One", "value": "1"}]})),
        row(json!({"type": 5, "custom_id": "user"})),
        row(json!({"type": 7, "custom_id": "any", "max_values": 2})),
        row(json!({"type": 8, "custom_id": "channel", "channel_types": [0]})),
    ]);
    let rows: Vec<Component> = serde_json::from_value(rows)?;
    let (http, general) = (bot.http.clone(), bot.general()?);
    let message = http.create_message(general).content("choose").components(&rows).await?.model().await?;
    check(message.components.len() == 5, &message.components)?;
    let id = message.id.to_string();
    for (select, values, expected) in [
        ("text", json!(["1"]), "1"),
        ("user", json!(["@bob"]), "bob"),
        ("any", json!(["@ann", "@bob"]), "ann bob"),
        ("channel", json!([general.to_string()]), "general"),
    ] {
        person(
            &json!({"does": "selects", "message": id, "id": select, "values": values, "expect": expected}),
        );
        next_interaction(bot).await?;
    }
    let edited = bot.after(json!({"does": "clicks", "message": id, "id": "go"}), |event| match event {
        Event::MessageUpdate(update) => Some((update.content.clone(), update.components.len())),
        _ => None,
    });
    check(edited.await? == ("gone".to_owned(), 5), "edited")?;
    let roles: Vec<Component> =
        serde_json::from_value(json!([row(json!({"type": 6, "custom_id": "role"}))]))?;
    let message = http.create_message(general).content("role").components(&roles).await?.model().await?;
    let all = http.roles(bot.guild).await?.model().await?;
    let pilot = all.iter().find(|role| role.name == "pilot").ok_or("no pilot")?.id.to_string();
    let id = message.id.to_string();
    person(&json!({"does": "selects", "message": id, "id": "role", "values": [pilot], "expect": "pilot"}));
    next_interaction(bot).await.map(drop)
}

async fn components_v2(bot: &mut Bot) -> Outcome {
    let container = json!([{"type": 17, "accent_color": 0x12_34_56, "components": [
        {"type": 10, "content": "# Harbour"},
        {"type": 9, "components": [{"type": 10, "content": "a ship"}],
            "accessory": {"type": 2, "style": 2, "label": "Go", "custom_id": "v2"}},
        {"type": 14},
        {"type": 12, "items": [{"media": {"url": "https://example.com/map.png"}}]},
        {"type": 13, "file": {"url": "attachment://map.txt"}},
    ]}]);
    let components: Vec<Component> = serde_json::from_value(container)?;
    let file = Attachment::from_bytes("map.txt".into(), b"a map".to_vec(), 1);
    let create = bot.http.create_message(bot.general()?).flags(MessageFlags::IS_COMPONENTS_V2);
    let message = create.components(&components).attachments(&[file]).await?.model().await?;
    check(message.flags.is_some_and(|flags| flags.contains(MessageFlags::IS_COMPONENTS_V2)), message.flags)?;
    let Some(Component::Container(container)) = message.components.first() else {
        return Err("no container".into());
    };
    let Some(Component::File(file)) = container.components.last() else { return Err("no file".into()) };
    check(file.file.url.starts_with("http") && container.components.len() == 5, file)?;
    person(&json!({"does": "clicks", "message": message.id.to_string(), "id": "v2", "expect": "v2 pressed"}));
    next_interaction(bot).await.map(drop)
}

async fn modals(bot: &mut Bot) -> Outcome {
    person(&json!({"does": "uses", "line": "/form kind:1"}));
    next_interaction(bot).await?;
    let fields =
        json!({"name": "Ann", "fruit": ["apple"], "who": ["@bob"], "file": ["chart.txt"], "sure": true});
    let expect = "Ann apple bob a map of the harbour true";
    person(&json!({"does": "submits", "file": "chart.txt", "expect": expect, "fields": fields}));
    next_interaction(bot).await?;
    person(&json!({"does": "uses", "line": "/form kind:2"}));
    next_interaction(bot).await?;
    person(&json!({"does": "submits", "fields": {"many": ["b"]}, "expect": "b"}));
    next_interaction(bot).await.map(drop)
}
