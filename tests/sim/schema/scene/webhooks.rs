//! Webhooks and their messages.

use serde_json::{Value, json};

use super::{PICTURE, PICTURE_DATA};
use crate::schema::recorder::{Recorder, id, text};

pub(super) fn play(r: &mut Recorder) {
    let channel = format!("/channels/{}", r.general.id());
    let hook = r.post(&format!("{channel}/webhooks"), json!({"name": "Tides", "avatar": PICTURE_DATA}));
    let plain = format!("/webhooks/{}", id(&hook));
    let path = format!("{plain}/{}", text(&hook, "token"));
    r.get(&format!("{channel}/webhooks"));
    r.get(&format!("{}/webhooks", r.guild));
    r.get(&plain);
    r.get(&path);
    r.patch(&plain, json!({"name": "Ebb"}));
    r.patch(&path, json!({"name": "Flow"}));
    r.post(&path, json!({"content": "high"}));
    let body = json!({"content": "low", "username": "Moon", "embeds": [{"title": "now"}]});
    let message = r.form(
        "POST",
        &format!("{path}?wait=true"),
        &[("payload_json", &body.to_string())],
        &[("files[0]", "map.png", PICTURE)],
    );
    let message = format!("{path}/messages/{}", id(&message));
    r.get(&message);
    r.patch(&message, json!({"content": "lower"}));
    r.delete(&message);
    r.post(&format!("{path}/slack"), json!({"text": "from afar"}));
    r.post(&format!("{path}/github"), json!({"action": "opened"}));
    r.refused("GET", &format!("{plain}/wrong"), &Value::Null);
    r.delete(&path);
    let other = r.post(&format!("{channel}/webhooks"), json!({"name": "Other"}));
    r.delete(&format!("/webhooks/{}", id(&other)));
    r.listen();
}
