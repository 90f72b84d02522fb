//! Auto-moderation and the audit log.

use std::time::Duration;

use serde_json::json;

use crate::schema::recorder::{Recorder, id};

pub(super) fn play(r: &mut Recorder) {
    let path = format!("{}/auto-moderation/rules", r.guild);
    let channel = r.general.id().to_string();
    let actions = json!([{"type": 1, "metadata": {"custom_message": "no", "duration_seconds": null}},
        {"type": 2, "metadata": {"channel_id": channel}}, {"type": 3, "metadata": {"duration_seconds": 60}}]);
    let words = json!({"name": "words", "event_type": 1, "trigger_type": 1, "enabled": true, "actions": actions,
        "trigger_metadata": {"keyword_filter": ["bilge"]}, "exempt_roles": null});
    let words = format!("{path}/{}", id(&r.post(&path, words)));
    for (kind, metadata) in [
        (3, json!({})),
        (4, json!({"presets": [1]})),
        (5, json!({"mention_total_limit": 3})),
        (6, json!({"keyword_filter": ["pirate"]})),
    ] {
        let event = if kind == 6 { 2 } else { 1 };
        let action = if kind == 6 { json!({"type": 4}) } else { json!({"type": 1}) };
        let rule = json!({"name": format!("rule {kind}"), "event_type": event, "trigger_type": kind, "enabled": true,
            "actions": [action], "trigger_metadata": metadata});
        let rule = id(&r.post(&path, rule));
        r.get(&format!("{path}/{rule}"));
        r.delete(&format!("{path}/{rule}"));
    }
    r.get(&path);
    r.get(&words);
    r.patch(&words, json!({"name": "bad words", "exempt_channels": []}));
    let (bob, general) = (r.bob.clone(), r.general.clone());
    assert!(bob.try_says(&general, "bilge water").is_err());
    r.delete(&words);
    // The rule has timed bob out.
    r.discord.advance(Duration::from_secs(61));
    r.get(&format!("{}/audit-logs?limit=100", r.guild));
    r.listen();
}
