//! The guild, its settings, and the lists that it has.

use serde_json::{Value, json};

use super::{PICTURE, PICTURE_DATA, SOUND_DATA};
use crate::schema::recorder::{Recorder, id, text};

pub(super) fn play(r: &mut Recorder) {
    settings(r);
    templates(r);
    expressions(r);
    scheduled_events(r);
    r.listen();
}

fn settings(r: &mut Recorder) {
    let guild = r.guild.clone();
    let channel = r.general.id().to_string();
    r.get(&guild);
    r.get(&format!("{guild}?with_counts=true"));
    r.patch(&guild, json!({"name": "Harbour", "system_channel_id": channel, "icon": PICTURE_DATA}));
    r.get(&format!("{guild}/preview"));
    r.get(&format!("{guild}/regions"));
    r.get(&format!("{guild}/integrations"));
    r.get(&format!("{guild}/vanity-url"));
    r.get(&format!("{guild}/requests"));
    r.get(&format!("{guild}/widget"));
    r.patch(&format!("{guild}/widget"), json!({"enabled": true, "channel_id": channel}));
    r.get(&format!("{guild}/widget.json"));
    r.get(&format!("{guild}/widget.png"));
    let shown =
        json!({"channel_id": channel, "description": "The quay", "emoji_id": null, "emoji_name": "⚓"});
    let screen = json!({"description": "Ahoy", "welcome_channels": [shown], "enabled": true});
    r.patch(&format!("{guild}/welcome-screen"), screen);
    r.get(&format!("{guild}/welcome-screen"));
    let option = json!({"id": "1", "title": "Ships", "description": null, "channel_ids": [channel], "role_ids": [],
        "emoji_name": "⚓"});
    let prompt = json!({"id": "2", "type": 0, "title": "Why?", "options": [option], "single_select": false,
        "required": false, "in_onboarding": true});
    let onboarding =
        json!({"prompts": [prompt], "default_channel_ids": [channel], "enabled": false, "mode": 0});
    r.put(&format!("{guild}/onboarding"), onboarding);
    r.get(&format!("{guild}/onboarding"));
    r.get(&format!("{guild}/new-member-welcome"));
    let until = "2126-05-02T09:14:37Z";
    r.put(&format!("{guild}/incident-actions"), json!({"invites_disabled_until": until}));
    r.get(&format!("{guild}/emojis"));
    r.refused("GET", "/guilds/5", &Value::Null);
}

fn templates(r: &mut Recorder) {
    let path = format!("{}/templates", r.guild);
    let template = r.post(&path, json!({"name": "Fleet", "description": "Ships"}));
    let code = text(&template, "code");
    r.get(&path);
    r.get(&format!("/guilds/templates/{code}"));
    r.put(&format!("{path}/{code}"), Value::Null);
    r.patch(&format!("{path}/{code}"), json!({"name": "All ships"}));
    r.delete(&format!("{path}/{code}"));
}

fn expressions(r: &mut Recorder) {
    let guild = r.guild.clone();
    let emoji =
        r.post(&format!("{guild}/emojis"), json!({"name": "crab", "image": PICTURE_DATA, "roles": []}));
    let path = format!("{guild}/emojis/{}", id(&emoji));
    r.get(&path);
    r.get(&format!("{guild}/emojis"));
    r.patch(&path, json!({"name": "lobster"}));
    let message = id(&r.post(&format!("/channels/{}/messages", r.general.id()), json!({"content": "crab?"})));
    let reaction =
        format!("/channels/{}/messages/{message}/reactions/lobster:{}/@me", r.general.id(), id(&emoji));
    r.put(&reaction, Value::Null);
    r.get(&format!("/channels/{}/messages/{message}", r.general.id()));
    r.delete(&path);

    let texts = [("name", "Ahoy"), ("description", "A greeting"), ("tags", "ship")];
    let sticker = r.form("POST", &format!("{guild}/stickers"), &texts, &[("file", "ahoy.png", PICTURE)]);
    let path = format!("{guild}/stickers/{}", id(&sticker));
    r.get(&path);
    r.get(&format!("/stickers/{}", id(&sticker)));
    r.get(&format!("{guild}/stickers"));
    r.patch(&path, json!({"name": "Avast"}));
    r.delete(&path);

    let sound = json!({"name": "gull", "sound": SOUND_DATA, "volume": 0.5, "emoji_name": "⚓"});
    let sound = r.post(&format!("{guild}/soundboard-sounds"), sound);
    let path = format!("{guild}/soundboard-sounds/{}", text(&sound, "sound_id"));
    r.get(&path);
    r.get(&format!("{guild}/soundboard-sounds"));
    r.patch(&path, json!({"name": "tern"}));
    let request = json!({"guild_ids": [r.discord.guild_id().to_string()]});
    r.send_frame(&json!({"op": 31, "d": request}));
    r.listen();
    r.delete(&path);
}

fn scheduled_events(r: &mut Recorder) {
    let path = format!("{}/scheduled-events", r.guild);
    let (start, end) = ("2126-05-09T18:00:00Z", "2126-05-09T20:00:00.500Z");
    let rule = json!({"start": start, "frequency": 2, "interval": 1, "by_weekday": [3]});
    let elsewhere = json!({"name": "Walk", "description": "On the beach", "privacy_level": 2, "entity_type": 3,
        "entity_metadata": {"location": "The beach"}, "scheduled_start_time": start, "scheduled_end_time": end,
        "recurrence_rule": rule});
    let elsewhere = r.post(&path, elsewhere);
    let deck = id(&r.post(&format!("{}/channels", r.guild), json!({"name": "bridge", "type": 2})));
    let stage = id(&r.post(&format!("{}/channels", r.guild), json!({"name": "stage", "type": 13})));
    for (channel, kind) in [(&deck, 2), (&stage, 1)] {
        let body = json!({"name": "Talk", "privacy_level": 2, "entity_type": kind, "channel_id": channel,
            "scheduled_start_time": start});
        let event = r.post(&path, body);
        r.delete(&format!("{path}/{}", id(&event)));
    }
    let one = format!("{path}/{}", id(&elsewhere));
    r.get(&path);
    r.get(&format!("{path}?with_user_count=true"));
    r.get(&one);
    r.patch(&one, json!({"name": "Run", "status": 2}));
    r.get(&format!("{one}/users"));
    r.get(&format!("{one}/users/counts"));
    let exception = json!({"original_scheduled_start_time": start, "is_canceled": true});
    let exception = r.post(&format!("{one}/exceptions"), exception);
    let number = text(&exception, "event_exception_id");
    r.patch(&format!("{one}/exceptions/{number}"), json!({"is_canceled": false}));
    r.get(&format!("{one}/{number}/users"));
    r.get(&one);
    r.delete(&format!("{one}/exceptions/{number}"));
    r.delete(&one);
}
