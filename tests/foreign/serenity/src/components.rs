//! Components of messages and modals.

use serde_json::json;
use serenity::all::{
    ChannelType, CreateActionRow, CreateButton, CreateMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, Event,
};

use crate::bot::Bot;
use crate::commands::next_interaction;
use crate::talk::{Absent, Outcome, check, feature, person};

pub async fn try_all(bot: &mut Bot) {
    feature("buttons and selects", buttons_and_selects(bot)).await;
    // The library cannot send them.
    feature("components v2", async { Err(Absent.into()) }).await;
    feature("modals", modals(bot)).await;
}

async fn buttons_and_selects(bot: &mut Bot) -> Outcome {
    let select = |id: &str, kind| CreateActionRow::SelectMenu(CreateSelectMenu::new(id, kind));
    let options = vec![CreateSelectMenuOption::new("One", "1")];
    let any = CreateSelectMenuKind::Mentionable { default_users: None, default_roles: None };
    let channel_types = Some(vec![ChannelType::Text]);
    let rows = vec![
        CreateActionRow::Buttons(vec![CreateButton::new("go").label("Go")]),
        select("text", CreateSelectMenuKind::String { options }),
        select("user", CreateSelectMenuKind::User { default_users: None }),
        CreateActionRow::SelectMenu(CreateSelectMenu::new("any", any).max_values(2)),
        select("channel", CreateSelectMenuKind::Channel { channel_types, default_channels: None }),
    ];
    let general = bot.general()?;
    let message = bot.send(CreateMessage::new().content("choose").components(rows)).await?;
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
        Event::MessageUpdate(update) => update.content.clone().zip(update.components.clone()),
        _ => None,
    });
    let (content, rows) = edited.await?;
    check((content.as_str(), rows.len()) == ("gone", 5), content)?;
    let roles = vec![select("role", CreateSelectMenuKind::Role { default_roles: None })];
    let message = bot.send(CreateMessage::new().content("role").components(roles)).await?;
    let all = bot.guild.roles(&bot.context).await?;
    let pilot = all.values().find(|role| role.name == "pilot").ok_or("no pilot")?.id.to_string();
    let id = message.id.to_string();
    person(&json!({"does": "selects", "message": id, "id": "role", "values": [pilot], "expect": "pilot"}));
    next_interaction(bot).await.map(drop)
}

async fn modals(bot: &mut Bot) -> Outcome {
    person(&json!({"does": "uses", "line": "/form"}));
    next_interaction(bot).await?;
    let fields = json!({"name": "Ann", "note": "of the Sea Gull"});
    person(&json!({"does": "submits", "fields": fields, "expect": "Ann of the Sea Gull"}));
    next_interaction(bot).await.map(drop)
}
