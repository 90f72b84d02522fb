//! The application, its commands and what belongs to no guild.

use serde_json::{Value, json};

use super::{PICTURE, PICTURE_DATA};
use crate::schema::recorder::{Recorder, id, text};

pub(super) fn play(r: &mut Recorder) {
    application(r);
    commands(r);
    users(r);
    entitlements(r);
    lobbies(r);
    standalone(r);
}

fn application(r: &mut Recorder) {
    let app = r.app.clone();
    r.get("/applications/@me");
    r.get("/oauth2/applications/@me");
    r.get(&app);
    r.patch("/applications/@me", json!({"description": "Tides", "tags": ["sea"]}));
    let params = json!({"scopes": ["bot"], "permissions": "0"});
    r.patch(&app, json!({"install_params": params, "custom_install_url": null}));
    let row = json!({"type": 2, "key": "ships", "name": "Ships", "description": "Number of ships"});
    r.put(&format!("{app}/role-connections/metadata"), json!([row]));
    r.get(&format!("{app}/role-connections/metadata"));
    r.form("POST", &format!("{app}/attachment"), &[], &[("file", "map.png", PICTURE)]);
    let emoji = r.post(&format!("{app}/emojis"), json!({"name": "crab", "image": PICTURE_DATA}));
    let path = format!("{app}/emojis/{}", id(&emoji));
    r.get(&path);
    r.patch(&path, json!({"name": "lobster"}));
    r.get(&format!("{app}/emojis"));
    r.delete(&path);
}

fn commands(r: &mut Recorder) {
    let (app, guild) = (r.app.clone(), r.guild.clone());
    let localized = json!({"de": "wuerfeln"});
    let mut options: Vec<Value> = [(4, "whole"), (5, "flag"), (6, "user"), (7, "channel"), (8, "role")]
        .into_iter()
        .map(|(kind, name)| json!({"type": kind, "name": name, "description": "An option"}))
        .collect();
    let choices = json!([{"name": "Red", "value": "red", "name_localizations": {"de": "Rot"}}]);
    options.push(json!({"type": 3, "name": "text", "description": "A text", "choices": choices}));
    options.push(json!({"type": 10, "name": "number", "description": "A number", "min_value": 0.5}));
    let roll = json!({"name": "roll", "description": "Rolls dice", "name_localizations": localized, "options": options});
    for base in [app.clone(), format!("{app}{guild}")] {
        let path = format!("{base}/commands");
        let made = r.post(&path, roll.clone());
        let command = format!("{path}/{}", id(&made));
        r.get(&command);
        r.patch(&command, json!({"description": "Rolls many dice"}));
        r.get(&path);
        r.get(&format!("{path}?with_localizations=true"));
        r.put(&path, json!([roll, {"name": "Greet", "type": 2}, {"name": "Quote", "type": 3}]));
        r.delete(&command);
        r.refused("GET", &command, &Value::Null);
        r.refused("POST", &path, &json!({"name": "Not Valid", "description": ""}));
    }
    r.get(&format!("{app}{guild}/commands/permissions"));
}

fn users(r: &mut Recorder) {
    let ann = r.ann.id();
    r.get("/users/@me");
    r.patch("/users/@me", json!({"username": "pilot"}));
    r.get(&format!("/users/{ann}"));
    r.get("/users/@me/guilds?with_counts=true");
    let dm = r.post("/users/@me/channels", json!({"recipient_id": ann.to_string()}));
    let dm = format!("/channels/{}", id(&dm));
    r.get(&dm);
    r.post(&format!("{dm}/messages"), json!({"content": "psst"}));
    let ann = r.ann.clone();
    let channel = r.discord.dm_channel(&ann);
    let message = ann.says(&channel, "hush");
    ann.reacts(&channel, message, "⚓");
    ann.types(&channel);
    r.get(&format!("{dm}/messages"));
    r.delete(&dm);
}

fn entitlements(r: &mut Recorder) {
    let (app, ann) = (r.app.clone(), r.ann.id());
    let path = format!("{app}/entitlements");
    let of_user = r.post(&path, json!({"sku_id": "7", "owner_id": ann.to_string(), "owner_type": 2}));
    let guild = r.discord.guild_id().to_string();
    let of_guild = r.post(&path, json!({"sku_id": "7", "owner_id": guild, "owner_type": 1}));
    r.get(&path);
    let one = format!("{path}/{}", id(&of_user));
    r.post(&format!("{one}/consume"), Value::Null);
    r.get(&one);
    r.delete(&one);
    r.delete(&format!("{path}/{}", id(&of_guild)));
    r.get("/skus/7/subscriptions");
}

fn lobbies(r: &mut Recorder) {
    let ann = r.ann.id();
    let lobby = r.post("/lobbies", json!({"metadata": {"topic": "tides"}}));
    let lobby = format!("/lobbies/{}", id(&lobby));
    r.put(&format!("{lobby}/members/{ann}"), json!({"metadata": {"rank": "mate"}, "flags": 1}));
    r.post(&format!("{lobby}/members/bulk"), json!([{"id": ann.to_string(), "flags": 0}]));
    r.post(&format!("{lobby}/members/{ann}/invites"), json!({}));
    r.get(&lobby);
    r.patch(&lobby, json!({"metadata": {"topic": "winds"}}));
    r.put(&format!("{lobby}/messages/5/moderation-metadata"), json!({"verdict": "fine"}));
    r.delete(&format!("{lobby}/members/{ann}"));
    r.delete(&lobby);
    r.put(&format!("/partner-sdk/dms/{ann}/6/messages/5/moderation-metadata"), json!({"verdict": "fine"}));
    let external = json!({"external_user_id": "5", "preferred_global_name": "Ann"});
    r.post("/partner-sdk/token/bot", external);
    r.post("/partner-sdk/provisional-accounts/unmerge/bot", json!({"external_user_id": "5"}));
}

fn standalone(r: &mut Recorder) {
    r.get("/gateway");
    r.get("/gateway/bot");
    r.get("/voice/regions");
    let packs = r.get("/sticker-packs");
    let pack = &packs["sticker_packs"][0];
    r.get(&format!("/sticker-packs/{}", id(pack)));
    r.get(&format!("/stickers/{}", text(&pack["stickers"][0], "id")));
    r.get("/soundboard-default-sounds");
    r.get("/oauth2/keys");
}
