//! JSON objects as Discord writes them, and helpers for JSON values.

use std::time::Duration;

use serde_json::{Value, json};

use super::timestamp::timestamp;

/// The permissions of @everyone in a new guild.
pub(super) const EVERYONE_PERMISSIONS: u64 = 2_248_473_465_835_073;

/// An object with these fields of another one.
pub(super) fn selected(object: &Value, fields: &[&str]) -> Value {
    fields.iter().map(|field| ((*field).to_owned(), object[*field].clone())).collect()
}

/// A new role.
pub(super) fn role(id: u64, name: &str, permissions: u64) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": 0,
        "permissions": permissions.to_string(),
        "managed": false,
        "mentionable": false,
        "flags": 0,
    })
}

/// A new text channel of a guild.
pub(super) fn text_channel(id: u64, guild: u64, name: &str, position: usize) -> Value {
    json!({
        "id": id.to_string(),
        "type": 0,
        "guild_id": guild.to_string(),
        "name": name,
        "position": position,
        "parent_id": null,
        "permission_overwrites": [],
        "flags": 0,
        "topic": null,
        "nsfw": false,
        "rate_limit_per_user": 0,
        "last_pin_timestamp": null,
    })
}

/// The poll of a message, from the one in the request.
pub(super) fn poll(now: Duration, request: &Value) -> Value {
    let hours = request["duration"].as_u64().unwrap_or(24);
    let mut answers = request["answers"].clone();
    for (index, answer) in answers.as_array_mut().into_iter().flatten().enumerate() {
        answer["answer_id"] = json!(index + 1);
        if let Some(emoji) = answer["poll_media"].get_mut("emoji") {
            add_missing(emoji, r#"{"id":null,"name":null}"#);
        }
    }
    json!({
        "question": request["question"],
        "answers": answers,
        "expiry": timestamp(now + Duration::from_secs(hours * 3600)),
        "allow_multiselect": request["allow_multiselect"].as_bool().unwrap_or(false),
        "layout_type": request["layout_type"].as_u64().unwrap_or(1),
        "results": {"is_finalized": false, "answer_counts": []},
    })
}

/// Copies the fields of an object into another one.
pub(super) fn merge(target: &mut Value, source: &Value) {
    if let (Some(target), Some(source)) = (target.as_object_mut(), source.as_object()) {
        target.extend(source.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
}

/// Adds the fields of a JSON text that an object does not have.
pub(super) fn add_missing(object: &mut Value, fields: &str) {
    let mut complete: Value = serde_json::from_str(fields).unwrap_or_default();
    if object.is_object() {
        merge(&mut complete, object);
        *object = complete;
    }
}

/// Reads an ID that is a string or a number.
pub(super) fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The ID in a path. Zero, which no object has, if it is not a number.
pub(super) fn path_id(segment: &str) -> u64 {
    segment.parse().unwrap_or(0)
}

/// Whether a value is this ID.
pub(super) fn is_id(value: &Value, id: u64) -> bool {
    self::id(value) == Some(id)
}

/// The emoji object for an emoji in a path. `None` if it is not an emoji.
pub(super) fn emoji(text: &str) -> Option<Value> {
    match text.split_once(':') {
        Some((name, id)) if !name.is_empty() && id.parse::<u64>().is_ok() => {
            Some(json!({"id": id, "name": name}))
        }
        None if !text.is_empty() && !text.is_ascii() => Some(json!({"id": null, "name": text})),
        _ => None,
    }
}
