//! Messages with all their parts.

use serde_json::{Value, json};

use super::PICTURE;
use crate::schema::recorder::{Recorder, id};

/// The flag of messages with only components.
const IS_COMPONENTS_V2: u64 = 1 << 15;

pub(super) fn play(r: &mut Recorder) {
    let channel = format!("/channels/{}", r.general.id());
    parts(r, &channel);
    references(r, &channel);
    components(r, &channel);
    polls(r, &channel);
    reactions(r, &channel);
    pins_and_pages(r, &channel);
    people(r);
}

fn parts(r: &mut Recorder, channel: &str) {
    let path = format!("{channel}/messages");
    let text = format!("<@{}> <#{}> @everyone", r.ann.id(), r.general.id());
    let embed = json!({"title": "map", "description": "of the harbour", "url": "https://example.com/map", "color": 7,
        "timestamp": "2026-05-02T09:14:37Z", "footer": {"text": "north", "icon_url": "https://example.com/a.png"},
        "image": {"url": "attachment://map.png"}, "thumbnail": {"url": "https://example.com/a.png"},
        "author": {"name": "ann", "url": "https://example.com"}, "fields": [{"name": "depth", "value": "3"}]});
    let body = json!({"content": text, "embeds": [embed], "nonce": "7", "tts": true,
        "attachments": [{"id": 0, "description": "a map"}]});
    let files: &[(&str, &str, &[u8])] = &[("files[0]", "map.png", PICTURE), ("files[1]", "log.txt", b"calm")];
    let message = r.form("POST", &path, &[("payload_json", &body.to_string())], files);
    let one = format!("{path}/{}", id(&message));
    r.get(&one);
    r.patch(&one, json!({"content": "edited", "flags": 4}));
    r.form("PATCH", &one, &[("payload_json", "{\"content\":\"with a file\"}")], &files[1..]);
    let sticker = r.get("/sticker-packs")["sticker_packs"][0]["stickers"][0]["id"].clone();
    r.post(&path, json!({"sticker_ids": [sticker]}));
    r.post(&path, json!({"content": "silent", "flags": 1 << 12}));
    r.post(&format!("{channel}/typing"), Value::Null);
    r.refused("POST", &path, &json!({"content": ""}));
    r.refused("POST", &path, &json!({"content": "x".repeat(2001)}));
    r.refused("GET", &format!("{path}/5"), &Value::Null);
    r.delete(&one);
}

fn references(r: &mut Recorder, channel: &str) {
    let path = format!("{channel}/messages");
    let first = id(&r.post(&path, json!({"content": "first"})));
    let reply = json!({"content": "second", "message_reference": {"message_id": first}});
    let reply = id(&r.post(&path, reply));
    let reference = json!({"type": 1, "message_id": first, "channel_id": r.general.id().to_string()});
    r.post(&path, json!({"message_reference": reference}));
    r.delete(&format!("{path}/{first}"));
    r.get(&format!("{path}/{reply}"));
}

fn components(r: &mut Recorder, channel: &str) {
    let path = format!("{channel}/messages");
    let select = |kind: u64, id: &str| json!({"type": 1, "components": [{"type": kind, "custom_id": id}]});
    let button = json!({"type": 2, "style": 1, "label": "Go", "custom_id": "go", "emoji": {"name": "⚓"}});
    let link = json!({"type": 2, "style": 5, "label": "Map", "url": "https://example.com"});
    let options = json!([{"label": "One", "value": "1", "description": "first"}]);
    let text = json!({"type": 3, "custom_id": "text", "options": options, "placeholder": "which?"});
    let defaults = json!([{"id": r.ann.id().to_string(), "type": "user"}]);
    let user = json!({"type": 5, "custom_id": "user", "default_values": defaults});
    let channel = json!({"type": 8, "custom_id": "channel", "channel_types": [0]});
    let rows = json!([
        {"type": 1, "components": [button, link]}, {"type": 1, "components": [text]}, {"type": 1, "components": [user]},
        select(6, "role"), {"type": 1, "components": [channel]},
    ]);
    r.post(&path, json!({"content": "choose", "components": rows}));
    r.post(&path, json!({"content": "choose", "components": [select(7, "any")]}));

    let accessory = json!({"type": 2, "style": 2, "label": "Go", "custom_id": "v2"});
    let picture = json!({"type": 11, "media": {"url": "https://example.com/a.png"}, "description": "a ship"});
    let container = json!({"type": 17, "accent_color": 7, "components": [
        {"type": 10, "content": "# Harbour"},
        {"type": 9, "components": [{"type": 10, "content": "a ship"}], "accessory": accessory},
        {"type": 9, "components": [{"type": 10, "content": "its picture"}], "accessory": picture},
        {"type": 14}, {"type": 12, "items": [{"media": {"url": "attachment://map.png"}}]},
        {"type": 13, "file": {"url": "attachment://log.txt"}},
    ]});
    let body = json!({"flags": IS_COMPONENTS_V2, "components": [container]});
    let files: &[(&str, &str, &[u8])] = &[("files[0]", "map.png", PICTURE), ("files[1]", "log.txt", b"calm")];
    let message = r.form("POST", &path, &[("payload_json", &body.to_string())], files);
    r.get(&format!("{path}/{}", id(&message)));
}

fn polls(r: &mut Recorder, channel: &str) {
    let answers = json!([{"poll_media": {"text": "north", "emoji": {"name": "⚓"}}}, {"poll_media": {"text": "south"}}]);
    let poll =
        json!({"question": {"text": "Where?"}, "answers": answers, "duration": 1, "allow_multiselect": true});
    let message = id(&r.post(&format!("{channel}/messages"), json!({"poll": poll})));
    let number: u64 = message.parse().unwrap();
    let ann = r.ann.clone();
    ann.votes(number, &[1, 2]).unwrap();
    ann.votes(number, &[1]).unwrap();
    r.get(&format!("{channel}/polls/{message}/answers/1"));
    r.get(&format!("{channel}/messages/{message}"));
    r.post(&format!("{channel}/polls/{message}/expire"), Value::Null);
}

fn reactions(r: &mut Recorder, channel: &str) {
    let message = id(&r.post(&format!("{channel}/messages"), json!({"content": "vote"})));
    let path = format!("{channel}/messages/{message}/reactions");
    let (ann, general, number) = (r.ann.clone(), r.general.clone(), message.parse::<u64>().unwrap());
    // The percent-encoded forms of an anchor and a ship.
    let (anchor, ship) = ("%E2%9A%93", "%F0%9F%9A%A2");
    r.put(&format!("{path}/{anchor}/@me"), Value::Null);
    ann.reacts(&general, number, "⚓");
    ann.reacts(&general, number, "🚢");
    r.get(&format!("{channel}/messages/{message}"));
    r.get(&format!("{path}/{anchor}"));
    ann.removes_reaction(&general, number, "🚢");
    ann.reacts(&general, number, "🚢");
    r.delete(&format!("{path}/{anchor}/@me"));
    r.delete(&format!("{path}/{anchor}/{}", ann.id()));
    r.delete(&format!("{path}/{ship}"));
    ann.reacts(&general, number, "🚢");
    r.delete(&path);
}

fn pins_and_pages(r: &mut Recorder, channel: &str) {
    let path = format!("{channel}/messages");
    let ids: Vec<String> = (0..3).map(|n| id(&r.post(&path, json!({"content": n.to_string()})))).collect();
    r.put(&format!("{path}/pins/{}", ids[0]), Value::Null);
    r.put(&format!("{channel}/pins/{}", ids[1]), Value::Null);
    r.get(&format!("{path}/pins"));
    r.get(&format!("{channel}/pins"));
    r.delete(&format!("{path}/pins/{}", ids[0]));
    r.delete(&format!("{channel}/pins/{}", ids[1]));
    r.get(&path);
    r.get(&format!("{path}?around={}&limit=3", ids[1]));
    r.get(&format!("{}/messages/search?content=1", r.guild));
    r.post(&format!("{path}/bulk-delete"), json!({"messages": ids}));
}

fn people(r: &mut Recorder) {
    let (ann, bob, general) = (r.ann.clone(), r.bob.clone(), r.general.clone());
    let message = bob.posts_with_files(&general, &json!({"content": "here"}), &[("map.png", PICTURE)]);
    ann.replies(&general, message, "thanks");
    bob.edits(message, "there");
    ann.types(&general);
    ann.pins(&general, message).unwrap();
    let second = ann.says(&general, "news");
    ann.forwards(&general, second, &general).unwrap();
    bob.deletes(message);
    r.listen();
}
