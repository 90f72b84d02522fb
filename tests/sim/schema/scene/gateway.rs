//! What a bot sends over the gateway, and what it receives for it.

use serde_json::{Value, json};
use syncord::sim::Fault;

use crate::schema::recorder::{Recorder, id};

pub(super) fn play(r: &mut Recorder) {
    let guild = r.discord.guild_id().to_string();
    let all = json!({"guild_id": guild, "query": "", "limit": 0, "presences": true, "nonce": "all"});
    let some = json!({"guild_id": guild, "user_ids": [r.ann.id().to_string(), "5"], "nonce": "some"});
    // The second request for all members is too early.
    for request in [&all, &some, &all] {
        r.send_frame(&json!({"op": 8, "d": request}));
    }
    let info = json!({"guild_id": guild, "fields": ["status", "voice_start_time"]});
    r.send_frame(&json!({"op": 43, "d": info}));
    r.send_frame(&json!({"op": 3, "d": {"since": null, "activities": [], "status": "idle", "afk": false}}));
    r.listen();
    r.discord.fault(Fault::DropSocket);
    let (ann, general) = (r.ann.clone(), r.general.clone());
    ann.says(&general, "missed");
    r.resume();
    leave(r);
}

/// The bot makes a message, leaves the guild, and learns of it.
fn leave(r: &mut Recorder) {
    let message =
        id(&r.post(&format!("/channels/{}/messages", r.general.id()), json!({"content": "farewell"})));
    r.delete(&format!("/users/@me{}", r.guild));
    r.listen();
    r.refused("GET", &format!("/channels/{}/messages/{message}", r.general.id()), &Value::Null);
    r.refused("GET", &r.guild.clone(), &Value::Null);
}
