//! What carries a token of an interaction, a webhook, a voice server or a user does not show it with `Debug`.

use std::fmt::Debug;

use serde_json::{Value, json};
use syncord::events::{InteractionCreate, VoiceServerUpdate};
use syncord::gateway::frame::Envelope;
use syncord::gateway::session::{Dispatch, Input, Step};
use syncord::model::{Interaction, ProvisionalToken, Webhook};
use syncord::rest::{AddGroupDmRecipient, AddGuildMember, CreateGroupDm, WebhookClient};

const SECRET: &str = "aW50ZXJhY3Rpb24.that-shows_nowhere";

/// Reads an object that has the token.
fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    let text = value.to_string();
    assert!(text.contains(SECRET));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn no_debug_output_shows_a_token() {
    let interaction = json!({
        "id": "1", "application_id": "2", "type": 2, "token": SECRET, "version": 1,
        "user": {"id": "3", "username": "ann"},
        "data": {"id": "4", "name": "roll", "type": 1},
    });
    let webhook = json!({
        "id": "5", "type": 1, "channel_id": "6", "token": SECRET,
        "url": format!("https://discord.com/api/webhooks/5/{SECRET}"),
    });
    let voice = json!({"guild_id": "7", "token": SECRET, "endpoint": "voice.example"});
    let access =
        json!({"access_token": SECRET, "token_type": "Bearer", "expires_in": 60, "scope": "identify"});
    let mut provisional = access.clone();
    (provisional["id_token"], provisional["refresh_token"]) = (json!(SECRET), json!(SECRET));
    let frame = json!({"t": "INTERACTION_CREATE", "s": 8, "op": 0, "d": interaction.clone()}).to_string();
    let envelope = Envelope::read(&frame).unwrap();
    let dispatch = Dispatch::new(Some(8), "INTERACTION_CREATE", envelope.data);
    let step = Step { actions: Vec::new(), dispatch: Some(dispatch.clone()) };
    let of_event: InteractionCreate = read(&interaction);
    assert_eq!(&*of_event.token, SECRET);
    let shown: Vec<(&dyn Debug, &str)> = vec![
        (&envelope, "INTERACTION_CREATE"),
        (&dispatch, "INTERACTION_CREATE"),
        (&step, "INTERACTION_CREATE"),
    ];
    for (value, part) in shown {
        hides(value, part);
    }
    hides(&Input::Text(&frame), "Text");
    hides(&Input::Unsent(vec![SECRET.to_owned()]), "Unsent(1 send events)");
    hides(&of_event, "roll");
    hides(&read::<Interaction>(&interaction), "roll");
    hides(&read::<Webhook>(&webhook), "Webhook");
    hides(&read::<VoiceServerUpdate>(&voice), "voice.example");
    hides(&read::<ProvisionalToken>(&provisional), "Bearer");
    hides(&AddGuildMember::new(SECRET), "AddGuildMember");
    hides(&AddGroupDmRecipient::new(SECRET), "AddGroupDmRecipient");
    hides(&CreateGroupDm::new(vec![SECRET.into()]), "CreateGroupDm");
    let url = format!("https://discord.com/api/webhooks/5/{SECRET}");
    hides(&WebhookClient::from_url(&url).unwrap(), "WebhookClient");
}

/// Asserts that `Debug` shows this part, and nothing of the token.
fn hides(value: &dyn Debug, part: &str) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(text.contains(part), "{part} is not in {text}");
        for piece in SECRET.as_bytes().windows(8) {
            let piece = std::str::from_utf8(piece).unwrap();
            assert!(!text.contains(piece), "{piece} is in {text}");
        }
    }
}
