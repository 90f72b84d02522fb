//! Channels of all types, threads, invites, stages and voice channels.

use serde_json::{Value, json};

use crate::schema::recorder::{Recorder, id, text};

pub(super) fn play(r: &mut Recorder) {
    all_types(r);
    threads(r);
    forums(r);
    announcements(r);
    invites(r);
    voice(r);
}

fn all_types(r: &mut Recorder) {
    let (guild, ann) = (r.guild.clone(), r.ann.id());
    let path = format!("{guild}/channels");
    let category = id(&r.post(&path, json!({"name": "harbour", "type": 4})));
    let overwrites = json!([{"id": ann.to_string(), "type": 1, "allow": "1024", "deny": "0"}]);
    let mut made = Vec::new();
    for kind in [0, 2, 5, 13, 15, 16] {
        let body = json!({"name": format!("type {kind}"), "type": kind, "parent_id": category,
            "permission_overwrites": overwrites});
        made.push(id(&r.post(&path, body)));
    }
    let text = format!("/channels/{}", made[0]);
    r.get(&text);
    r.patch(&text, json!({"topic": "knots", "rate_limit_per_user": 5, "nsfw": true}));
    r.patch(&path, json!([{"id": made[0], "position": 0}]));
    r.put(&format!("{text}/permissions/{ann}"), json!({"type": 1, "allow": "0", "deny": "2048"}));
    r.delete(&format!("{text}/permissions/{ann}"));
    r.get(&path);
    r.refused("PATCH", &text, &json!({"name": ""}));
    r.refused("GET", "/channels/5", &Value::Null);
    r.delete(&format!("/channels/{category}"));
    made.iter().for_each(|channel| drop(r.delete(&format!("/channels/{channel}"))));
}

fn threads(r: &mut Recorder) {
    let (guild, ann, channel) = (r.guild.clone(), r.ann.id(), format!("/channels/{}", r.general.id()));
    let message = id(&r.post(&format!("{channel}/messages"), json!({"content": "topic"})));
    let from_message = r.post(&format!("{channel}/messages/{message}/threads"), json!({"name": "talk"}));
    let public = r.post(&format!("{channel}/threads"), json!({"name": "open", "type": 11}));
    let private =
        r.post(&format!("{channel}/threads"), json!({"name": "closed", "type": 12, "invitable": false}));
    let thread = format!("/channels/{}", id(&from_message));
    r.get(&thread);
    r.get(&format!("{channel}/messages/{message}"));
    let members = format!("{thread}/thread-members");
    r.put(&format!("{members}/{ann}"), Value::Null);
    r.get(&members);
    r.get(&format!("{members}?with_member=true"));
    r.get(&format!("{members}/{ann}?with_member=true"));
    r.delete(&format!("{members}/{ann}"));
    r.delete(&format!("{members}/@me"));
    r.put(&format!("{members}/@me"), Value::Null);
    r.post(&format!("{thread}/messages"), json!({"content": "in it"}));
    r.get(&format!("{guild}/threads/active"));
    r.patch(&thread, json!({"archived": true, "locked": true}));
    r.patch(&thread, json!({"archived": false}));
    r.patch(&thread, json!({"archived": true}));
    r.patch(&format!("/channels/{}", id(&private)), json!({"archived": true}));
    r.get(&format!("{channel}/threads/archived/public"));
    r.get(&format!("{channel}/threads/archived/private"));
    r.get(&format!("{channel}/users/@me/threads/archived/private"));
    r.delete(&format!("/channels/{}", id(&public)));
    let (ann, general) = (r.ann.clone(), r.general.clone());
    ann.starts_thread(&general, "of ann").unwrap();
}

fn forums(r: &mut Recorder) {
    let tags = json!([{"name": "new", "emoji_name": "⚓"}, {"name": "old", "moderated": true}]);
    let body = json!({"name": "ideas", "type": 15, "available_tags": tags, "default_reaction_emoji": {"emoji_name": "⚓"}});
    let forum = r.post(&format!("{}/channels", r.guild), body);
    let path = format!("/channels/{}", id(&forum));
    let tag = text(&forum["available_tags"][0], "id");
    let post = json!({"name": "a pier", "applied_tags": [tag], "message": {"content": "a longer one"}});
    let post = r.post(&format!("{path}/threads"), post);
    r.get(&format!("/channels/{}", id(&post)));
    r.get(&format!("{path}/threads/search?name=pier"));
    r.patch(&path, json!({"available_tags": [{"id": tag, "name": "newest"}], "default_sort_order": 1}));
    r.patch(&format!("/channels/{}", id(&post)), json!({"name": "a long pier", "applied_tags": []}));
    let hook = r.post(&format!("{path}/webhooks"), json!({"name": "Ideas"}));
    let hook = format!("/webhooks/{}/{}?wait=true", id(&hook), text(&hook, "token"));
    r.post(&hook, json!({"content": "from afar", "thread_name": "a bridge"}));
    r.refused("POST", &hook, &json!({"content": "nowhere"}));
    r.delete(&path);
}

fn announcements(r: &mut Recorder) {
    let news = id(&r.post(&format!("{}/channels", r.guild), json!({"name": "news", "type": 5})));
    let path = format!("/channels/{news}");
    let message = id(&r.post(&format!("{path}/messages"), json!({"content": "storm"})));
    r.post(&format!("{path}/messages/{message}/crosspost"), Value::Null);
    let target = r.general.id().to_string();
    r.post(&format!("{path}/followers"), json!({"webhook_channel_id": target}));
    r.post(&format!("{path}/messages/{message}/threads"), json!({"name": "about the storm"}));
    r.get(&format!("{}/webhooks", r.guild));
}

fn invites(r: &mut Recorder) {
    let (guild, channel) = (r.guild.clone(), format!("/channels/{}", r.general.id()));
    let invite = r.post(&format!("{channel}/invites"), json!({"max_age": 60, "max_uses": 3}));
    let path = format!("/invites/{}", text(&invite, "code"));
    r.get(&path);
    r.get(&format!("{path}?with_counts=true"));
    r.get(&format!("{channel}/invites"));
    r.get(&format!("{guild}/invites"));
    let users = format!("{}\n", r.ann.id());
    r.form(
        "PUT",
        &format!("{path}/target-users"),
        &[],
        &[("target_users_file", "users.csv", users.as_bytes())],
    );
    r.get(&format!("{path}/target-users"));
    r.get(&format!("{path}/target-users/job-status"));
    r.delete(&path);
    r.refused("GET", &path, &Value::Null);
    let streamer = json!({"target_type": 1, "target_user_id": r.bob.id().to_string()});
    r.post(&format!("{channel}/invites"), streamer);
    let activity = json!({"target_type": 2, "target_application_id": r.discord.application_id().to_string()});
    r.post(&format!("{channel}/invites"), activity);
}

fn voice(r: &mut Recorder) {
    let guild = r.guild.clone();
    let deck = r.post(&format!("{guild}/channels"), json!({"name": "deck", "type": 2}));
    let path = format!("/channels/{}", id(&deck));
    r.put(&format!("{path}/voice-status"), json!({"status": "singing"}));
    r.post(&format!("{path}/send-soundboard-sound"), json!({"sound_id": "1"}));
    let channel = id(&deck).parse().unwrap();
    let bob = r.bob.clone();
    bob.joins_voice(channel);
    r.get(&format!("{guild}/voice-states/{}", bob.id()));
    r.patch(&format!("{guild}/members/{}", bob.id()), json!({"mute": true, "deaf": true}));
    r.patch(&format!("{guild}/members/{}", bob.id()), json!({"mute": false, "deaf": false}));

    let stage = id(&r.post(&format!("{guild}/channels"), json!({"name": "talks", "type": 13})));
    let bot_state = json!({"guild_id": r.discord.guild_id().to_string(), "channel_id": stage, "self_mute": false, "self_deaf": true});
    r.send_frame(&json!({"op": 4, "d": bot_state}));
    r.listen();
    r.post("/stage-instances", json!({"channel_id": stage, "topic": "knots"}));
    let path = format!("/stage-instances/{stage}");
    r.get(&path);
    r.patch(&path, json!({"topic": "ropes"}));
    r.get(&format!("{guild}/voice-states/@me"));
    r.patch(&format!("{guild}/voice-states/@me"), json!({"channel_id": stage, "suppress": false}));
    r.patch(&format!("{guild}/voice-states/{}", bob.id()), json!({"channel_id": stage, "suppress": true}));
    r.delete(&path);
    bob.leaves_voice();
}
