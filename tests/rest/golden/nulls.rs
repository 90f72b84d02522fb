//! Where a null is sent: only where it has a meaning. Servers that speak Discord's protocol refuse others.

use std::collections::BTreeSet;

use serde_json::Value;

use super::openapi::written::written;
use super::template::fit;

/// The fields that a caller sets to null by a separate method, such as `no_topic`, to clear or reset them.
const CLEARED: &[(&str, &str)] = &[
    ("PATCH /applications/@me", "cover_image"),
    (
        "PATCH /applications/{application_id}",
        "custom_install_url event_webhooks_url icon install_params interactions_endpoint_url \
         role_connections_verification_url",
    ),
    (
        "PATCH /applications/{application_id}/commands/{command_id}",
        "contexts default_member_permissions description_localizations name_localizations",
    ),
    (
        "PATCH /channels/{channel_id}",
        "bitrate default_auto_archive_duration default_reaction_emoji default_sort_order default_tag_setting icon name \
         nsfw parent_id permission_overwrites position rate_limit_per_user rtc_region topic user_limit \
         video_quality_mode",
    ),
    ("PATCH /channels/{channel_id}/messages/{message_id}", "content"),
    (
        "PATCH /guilds/{guild_id}",
        "afk_channel_id banner default_message_notifications description discovery_splash explicit_content_filter \
         home_header icon preferred_locale public_updates_channel_id region rules_channel_id \
         safety_alerts_channel_id splash system_channel_id verification_level",
    ),
    ("PATCH /guilds/{guild_id}/channels", "[].parent_id"),
    ("PATCH /guilds/{guild_id}/emojis/{emoji_id}", "roles"),
    ("PATCH /guilds/{guild_id}/members/@me", "avatar banner bio nick"),
    ("PATCH /guilds/{guild_id}/members/{user_id}", "channel_id communication_disabled_until nick"),
    ("PATCH /guilds/{guild_id}/requests/{request_id}", "rejection_reason"),
    ("PATCH /guilds/{guild_id}/roles/{role_id}", "colors icon unicode_emoji"),
    (
        "PATCH /guilds/{guild_id}/scheduled-events/{id}",
        "channel_id description entity_metadata image recurrence_rule scheduled_end_time",
    ),
    ("PATCH /guilds/{guild_id}/scheduled-events/{id}/exceptions/{exception_id}", "scheduled_start_time"),
    ("PATCH /guilds/{guild_id}/soundboard-sounds/{sound_id}", "emoji_id emoji_name volume"),
    ("PATCH /guilds/{guild_id}/stickers/{sticker_id}", "description"),
    ("PATCH /guilds/{guild_id}/templates/{code}", "description"),
    ("PATCH /guilds/{guild_id}/voice-states/@me", "request_to_speak_timestamp"),
    ("PATCH /guilds/{guild_id}/welcome-screen", "description"),
    ("PATCH /guilds/{guild_id}/widget", "channel_id"),
    ("PATCH /lobbies/{lobby_id}", "members[].metadata metadata"),
    ("PATCH /users/@me", "avatar banner"),
    ("PATCH /webhooks/{webhook_id}", "avatar"),
    ("POST /channels/{channel_id}/threads", "rate_limit_per_user"),
    ("POST /guilds/{guild_id}/scheduled-events/{id}/exceptions", "scheduled_end_time"),
    ("POST /guilds/{guild_id}/soundboard-sounds", "emoji_name volume"),
    ("POST /guilds/{guild_id}/templates", "description"),
    ("POST /lobbies/{lobby_id}/members/bulk", "[].additional_name"),
    ("PUT /channels/{channel_id}/voice-status", "status"),
    ("PUT /guilds/{guild_id}/incident-actions", "dms_disabled_until invites_disabled_until"),
    // The colors are written as a whole. In an edit, an absent third color might leave the old one.
    ("POST /guilds/{guild_id}/roles", "colors.tertiary_color"),
];

/// The paths of nulls and of empty maps in a body.
fn nothings(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Null => found.push(path.to_owned()),
        Value::Object(map) if map.is_empty() && !path.is_empty() => found.push(format!("{path} {{}}")),
        Value::Array(list) => list.iter().for_each(|value| nothings(value, &format!("{path}[]"), found)),
        Value::Object(map) => {
            for (name, value) in map {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                nothings(value, &path, found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_null_is_only_sent_where_it_clears_a_field() {
    let mut unused: BTreeSet<(&str, &str)> = CLEARED
        .iter()
        .flat_map(|(route, fields)| fields.split_whitespace().map(move |field| (*route, field)))
        .collect();
    let mut unforeseen = Vec::new();
    for request in written() {
        // The payload of these is the caller's own.
        if request.path.last().is_some_and(|last| last == "github" || last == "slack") {
            continue;
        }
        let Some((_, body)) = request.body() else { continue };
        let mut found = Vec::new();
        nothings(&body, "", &mut found);
        let fits = |route: &&(&'static str, &'static str)| {
            let (method, template) = route.0.split_once(' ').unwrap();
            (method == request.method).then(|| fit(template, &request.path)).flatten()
        };
        let row = CLEARED.iter().filter(|row| fits(row).is_some()).max_by_key(|row| fits(row));
        for field in found {
            let known = row.and_then(|(route, fields)| {
                Some((*route, fields.split_whitespace().find(|known| *known == field)?))
            });
            match known {
                Some(known) => drop(unused.remove(&known)),
                None => unforeseen.push(format!("{}, {}: {field}", request.book, request.title)),
            }
        }
    }
    assert_eq!(unforeseen, Vec::<String>::new());
    assert_eq!(unused, BTreeSet::new(), "the table has rows that no request needs");
}
