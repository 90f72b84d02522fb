//! Members, roles and bans.

use std::time::Duration;

use serde_json::{Value, json};

use super::PICTURE_DATA;
use crate::schema::recorder::{Recorder, id};

pub(super) fn play(r: &mut Recorder) {
    roles(r);
    members(r);
    bans(r);
    r.listen();
}

fn roles(r: &mut Recorder) {
    let (guild, bob) = (r.guild.clone(), r.bob.id());
    let path = format!("{guild}/roles");
    let colors = json!({"primary_color": 7, "secondary_color": 8, "tertiary_color": null});
    let role =
        id(&r.post(&path, json!({"name": "crew", "colors": colors, "hoist": true, "icon": PICTURE_DATA})));
    let all = r.get(&path);
    // The bot moves only roles below its own.
    let own = all.as_array().unwrap().iter().find(|role| role["tags"]["bot_id"].is_string()).unwrap();
    let position = json!([{"id": own["id"], "position": 5}]);
    r.ann.requests("PATCH", &path, position).unwrap();
    r.get(&format!("{path}/{role}"));
    r.patch(&format!("{path}/{role}"), json!({"name": "deckhands", "mentionable": true, "permissions": "8"}));
    r.patch(&path, json!([{"id": role, "position": 2}]));
    r.put(&format!("{guild}/members/{bob}/roles/{role}"), Value::Null);
    r.get(&format!("{path}/member-counts"));
    let text = format!("<@&{role}>");
    r.post(&format!("/channels/{}/messages", r.general.id()), json!({"content": text}));
    r.delete(&format!("{guild}/members/{bob}/roles/{role}"));
    r.delete(&format!("{path}/{role}"));
}

fn members(r: &mut Recorder) {
    let (guild, ann) = (r.guild.clone(), r.ann.clone());
    let path = format!("{guild}/members");
    r.get(&format!("{path}?limit=10"));
    r.get(&format!("{path}/search?query=an&limit=10"));
    r.get(&format!("{path}/{}", ann.id()));
    r.patch(&format!("{path}/{}", r.bob.id()), json!({"nick": "Bobby"}));
    let until = "2126-05-02T09:14:37Z";
    r.patch(&format!("{path}/{}", r.bob.id()), json!({"communication_disabled_until": until}));
    r.patch(&format!("{path}/{}", r.bob.id()), json!({"communication_disabled_until": null}));
    r.patch(&format!("{path}/@me"), json!({"nick": "Pilot"}));
    let dana = r.discord.member("dana");
    r.put(&format!("{path}/{}", dana.id()), json!({"access_token": "token"}));
    r.delete(&format!("{path}/{}", dana.id()));
    r.put(&format!("{path}/{}", dana.id()), json!({"access_token": "token"}));
    r.refused("GET", &format!("{path}/5"), &Value::Null);
    r.get(&format!("{guild}/prune?days=7"));
    r.post(&format!("{guild}/prune"), json!({"days": 7}));
}

fn bans(r: &mut Recorder) {
    let (guild, id) = (r.discord.guild_id(), r.guild.clone());
    let (ann, bob) = (r.ann.clone(), r.bob.clone());
    let [eve, finn, gus] = ["eve", "finn", "gus"].map(|name| r.discord.member(name));
    r.put(&format!("{id}/bans/{}", eve.id()), json!({"delete_message_seconds": 60}));
    r.get(&format!("{id}/bans"));
    r.get(&format!("{id}/bans/{}", eve.id()));
    r.delete(&format!("{id}/bans/{}", eve.id()));
    r.post(&format!("{id}/bulk-ban"), json!({"user_ids": [finn.id().to_string(), "5"]}));
    ann.times_out(guild, &bob, Duration::from_secs(60)).unwrap();
    r.discord.advance(Duration::from_secs(61));
    ann.changes_nick(guild, Some("Annie")).unwrap();
    ann.kicks(guild, &gus).unwrap();
    let gus = r.discord.member("gus");
    gus.changes_status("idle");
    gus.leaves(guild);
    ann.changes_status("online");
}
