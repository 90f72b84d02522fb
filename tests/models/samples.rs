//! Objects that the fixtures do not contain. They are also checked where there are no fixtures.

use serde_json::Value;
use syncord::gateway::event::{GuildCreate, InteractionCreate, MessageCreate, Ready};
use syncord::model::*;

use crate::compare::differences;
use crate::mutation::{Rewrite, rewrite};

/// The name of the object, the function that reads and writes it, and its JSON.
type Row = (&'static str, Rewrite, &'static str);

#[rustfmt::skip]
const SAMPLES: &[Row] = &[
    ("active_threads", rewrite::<ActiveThreads>, r#"{"threads":[{"id":"1","type":11,"name":"tides","thread_metadata":
        {"archived":false,"auto_archive_duration":1440,"locked":true}}],"members":[{"id":"1","user_id":"2",
        "join_timestamp":"2026-05-02T09:14:37.412000+00:00","flags":1}]}"#),
    ("activity_instance", rewrite::<ActivityInstance>, r#"{"application_id":"1","instance_id":"i-1","launch_id":"2",
        "location":{"id":"gc-3-4","kind":"gc","channel_id":"4","guild_id":"3"},"users":["5"]}"#),
    ("bulk_ban", rewrite::<BulkBan>, r#"{"banned_users":["1","2"],"failed_users":["3"]}"#),
    ("connection", rewrite::<Connection>, r#"{"id":"7","name":"mira","type":"github","revoked":true,"verified":true,
        "friend_sync":true,"show_activity":true,"two_way_link":true,"visibility":1,"integrations":[{"id":"8",
        "name":"quay","type":"twitch","enabled":true,"account":{"id":"9","name":"m"},"scopes":["bot"]}]}"#),
    ("followed_channel", rewrite::<FollowedChannel>, r#"{"channel_id":"1","webhook_id":"2"}"#),
    ("gateway", rewrite::<Gateway>, r#"{"url":"wss://gateway.example"}"#),
    ("guild_preview", rewrite::<GuildPreview>, r#"{"id":"1","name":"Harbour","icon":"a","emojis":[{"id":"2",
        "name":"wave"}],"features":["NEWS"],"approximate_member_count":5,"approximate_presence_count":2,
        "description":"d","stickers":[{"id":"3","name":"s","tags":"x","type":2,"format_type":1}]}"#),
    ("guild_template", rewrite::<GuildTemplate>, r#"{"code":"hgM48av5Q69A","name":"Harbour","description":"d",
        "usage_count":3,"creator_id":"1","creator":{"id":"1","username":"mira","discriminator":"0"},
        "created_at":"2026-05-02T09:14:37+00:00","updated_at":"2026-05-03T09:14:37+00:00","source_guild_id":"2",
        "serialized_source_guild":{"name":"Harbour","region":"nl","verification_level":1,"preferred_locale":"en-US",
        "afk_timeout":300,"roles":[{"id":"0","name":"@everyone","permissions":"104"}],"channels":[{"id":"1","type":0,
        "name":"quay"}],"system_channel_id":"1","system_channel_flags":1},"is_dirty":true}"#),
    ("guild_widget", rewrite::<GuildWidget>, r#"{"id":"1","name":"Harbour","instant_invite":"https://x","channels":
        [{"id":"2","name":"quay","position":3}],"members":[{"id":"0","username":"m","discriminator":"0000",
        "avatar":"a","status":"online","avatar_url":"https://y"}],"presence_count":1}"#),
    ("guild_widget_settings", rewrite::<GuildWidgetSettings>, r#"{"enabled":true,"channel_id":"1"}"#),
    ("invite_target_users_job", rewrite::<InviteTargetUsersJob>, r#"{"status":2,"total_users":5,"processed_users":4,
        "created_at":"2026-05-02T09:14:37+00:00","completed_at":"2026-05-02T09:15:37+00:00","error_message":"e"}"#),
    ("join_requests", rewrite::<JoinRequests>, r#"{"total":1,"guild_join_requests":[{"id":"1",
        "created_at":"2026-05-02T09:14:37+00:00","reviewed_at":"2026-05-02T09:14:38+00:00",
        "application_status":"REJECTED","rejection_reason":"r","guild_id":"2","user_id":"3","user":{"id":"3",
        "username":"mira"},"form_responses":[{"field_type":"MULTIPLE_CHOICE","label":"l","description":"d",
        "required":true,"choices":["a","b"],"values":["v"],"placeholder":"p","response":0}],
        "actioned_by_user":{"id":"4","username":"kofi"}}]}"#),
    ("lobby", rewrite::<Lobby>, r#"{"id":"1","application_id":"2","metadata":{"map":"reef","mode":"race"},"members":
        [{"id":"3","metadata":{"team":"a"},"flags":1,"additional_name":"n"}],"linked_channel":{"id":"4","type":0}}"#),
    ("lobby_invite", rewrite::<LobbyInvite>, r#"{"code":"x7"}"#),
    ("lobby_message", rewrite::<LobbyMessage>, r#"{"id":"1","type":0,"content":"ahoy","lobby_id":"2","channel_id":"2",
        "author":{"id":"3","username":"mira"},"lobby_member":{"id":"3","flags":1},"metadata":{"a":"b","c":"d"},
        "moderation_metadata":{"e":"f"},"flags":1,"application_id":"4","timestamp":"2026-05-02T09:14:37+00:00",
        "edited_timestamp":"2026-05-02T09:14:38+00:00"}"#),
    ("message_pins", rewrite::<MessagePins>, r#"{"items":[{"pinned_at":"2026-05-02T09:14:37+00:00","message":{"id":"1",
        "channel_id":"2","content":"pinned","author":{"id":"3"}}}],"has_more":true}"#),
    ("message_search", rewrite::<MessageSearch>, r#"{"doing_deep_historical_index":true,"documents_indexed":5,
        "total_results":1,"messages":[[{"id":"1","channel_id":"2","content":"found","author":{"id":"3"}}]],
        "threads":[{"id":"2","type":11}],"members":[{"id":"2","user_id":"3"}]}"#),
    ("new_member_welcome", rewrite::<NewMemberWelcome>, r#"{"guild_id":"1","enabled":true,"welcome_message":
        {"author_ids":["2"],"message":"hi"},"new_member_actions":[{"channel_id":"3","action_type":1,"title":"t",
        "description":"d","emoji":{"name":"🌊"},"icon":"i"}],"resource_channels":[{"channel_id":"4","title":"t",
        "emoji":{"name":"🌊"},"icon":"i","description":"d"}]}"#),
    ("poll_voters", rewrite::<PollVoters>, r#"{"users":[{"id":"1","username":"mira"},{"id":"2","username":"kofi"}]}"#),
    ("provisional_token", rewrite::<ProvisionalToken>, r#"{"token_type":"Bearer","access_token":"a","expires_in":3600,
        "scope":"sdk.social_layer","id_token":"i","refresh_token":"r"}"#),
    ("public_keys", rewrite::<PublicKeys>, r#"{"keys":[{"kty":"RSA","use":"sig","kid":"k","n":"n","e":"AQAB",
        "alg":"RS256"}]}"#),
    ("role_connection_metadata", rewrite::<RoleConnectionMetadata>, r#"{"type":2,"key":"catches","name":"Catches",
        "name_localizations":{"de":"Fänge","nl":"Vangsten"},"description":"d","description_localizations":
        {"de":"e","nl":"f"}}"#),
    ("role_member_counts", rewrite::<RoleMemberCounts>, r#"{"1":5,"2":7}"#),
    ("scheduled_event_user_counts", rewrite::<ScheduledEventUserCounts>, r#"{"guild_scheduled_event_count":3,
        "guild_scheduled_event_exception_counts":{"1":2,"3":4}}"#),
    ("sku", rewrite::<Sku>, r#"{"id":"1","type":5,"application_id":"2","name":"Keeper","slug":"keeper","flags":128}"#),
    ("sticker_pack", rewrite::<StickerPack>, r#"{"id":"1","stickers":[{"id":"2","pack_id":"1","name":"s","tags":"x",
        "type":1,"format_type":3,"sort_value":4}],"name":"Tides","sku_id":"3","cover_sticker_id":"2","description":"d",
        "banner_asset_id":"5"}"#),
    ("thread_list", rewrite::<ThreadList>, r#"{"threads":[{"id":"1","type":11}],"members":[{"id":"1","user_id":"2"}],
        "has_more":true,"first_messages":[{"id":"3","channel_id":"1"}],"total_results":1}"#),
    ("vanity_url", rewrite::<VanityUrl>, r#"{"code":"harbour","uses":5,"error":{"message":"m","code":7}}"#),
    ("voice_regions", rewrite::<List<VoiceRegion>>, r#"[{"id":"nl","name":"Netherlands","optimal":true,
        "deprecated":true,"custom":true}]"#),
    ("webhook_event_payload", rewrite::<WebhookEventPayload>, r#"{"version":1,"application_id":"1","type":1,"event":
        {"type":"LOBBY_MESSAGE_DELETE","timestamp":"2026-05-02T09:14:37.412000","data":{"id":"2","lobby_id":"3"}}}"#),
    ("application_authorized", rewrite::<ApplicationAuthorized>, r#"{"integration_type":1,"user":{"id":"2","username":
        "mira"},"scopes":["bot"],"guild":{"id":"3","name":"Harbour"}}"#),
    ("application_deauthorized", rewrite::<ApplicationDeauthorized>, r#"{"user":{"id":"2","username":"mira"}}"#),
    ("game_direct_message", rewrite::<GameDirectMessage>, r#"{"id":"1","channel_id":"2","content":"psst","author":{"id":
        "3","username":"mira"},"lobby_id":"4","channel":{"id":"2","type":1,"recipients":[{"id":"5","username":"kofi"}]}}"#),
    ("lobby_message_delete", rewrite::<LobbyMessageDelete>, r#"{"id":"1","lobby_id":"2"}"#),
    ("modal", rewrite::<List<Component>>, r#"[{"type":18,"id":1,"label":"l","description":"d","component":{"type":4,
        "id":2,"custom_id":"a","style":2,"min_length":1,"max_length":9,"required":true,"value":"v","placeholder":"p"}},
        {"type":18,"label":"m","component":{"type":19,"id":3,"custom_id":"b","min_values":1,"max_values":2,
        "required":true,"file_types":["image/png"]}},
        {"type":18,"label":"n","component":{"type":21,"id":4,"custom_id":"c","required":true,"options":[{"value":"x",
        "label":"X","description":"d","default":true}]}},
        {"type":18,"label":"o","component":{"type":22,"id":5,"custom_id":"d","min_values":1,"max_values":2,
        "required":true,"options":[{"value":"x","label":"X","description":"d","default":true}]}},
        {"type":18,"label":"p","component":{"type":23,"id":6,"custom_id":"e","default":true}}]"#),
    ("message_create", rewrite::<MessageCreate>, r#"{"id":"1","channel_id":"2","guild_id":"3","author":{"id":"4",
        "username":"mira","bot":true,"accent_color":5},"member":{"nick":"M","roles":["6"],"flags":1},"content":"ahoy",
        "timestamp":"2026-05-02T09:14:37.412000+00:00","edited_timestamp":"2026-05-02T09:14:38+00:00","tts":true,
        "pinned":true,"type":19,"flags":4,"nonce":"n","webhook_id":"7","mentions":[{"id":"8","username":"kofi"}],
        "embeds":[{"title":"t","color":9,"fields":[{"name":"n","value":"v","inline":true}]}],
        "attachments":[{"id":"10","filename":"f","size":11,"url":"u","proxy_url":"p","height":12}],
        "sticker_items":[{"id":"13","name":"s","format_type":2}],"referenced_message":{"id":"14","channel_id":"2",
        "content":"before","author":{"id":"8","username":"kofi"}},"components":[{"type":1,"components":[{"type":2,
        "style":1,"label":"l","custom_id":"c"}]}]}"#),
    ("guild_create", rewrite::<GuildCreate>, r#"{"id":"1","name":"Harbour","owner_id":"2","premium_tier":2,"large":true,
        "member_count":5,"afk_channel_id":"3","roles":[{"id":"1","name":"@everyone","color":1,"permissions":"104"}],
        "channels":[{"id":"3","type":2,"name":"quay","user_limit":4,"permission_overwrites":[{"id":"1","type":0,
        "allow":"1","deny":"2"}]}],"soundboard_sounds":[{"sound_id":"4","name":"horn","volume":0.5,"available":true}],
        "stickers":[{"id":"5","name":"s","tags":"x","type":2,"format_type":1}]}"#),
    ("interaction_create", rewrite::<InteractionCreate>, r#"{"id":"1","application_id":"2","type":2,"token":"t",
        "version":1,"data":{"id":"3","name":"tide","type":1,"options":[{"name":"port","type":4,"value":3}]},
        "channel_id":"4","user":{"id":"5","username":"mira"},"locale":"de","app_permissions":"8"}"#),
    ("ready", rewrite::<Ready>, r#"{"v":10,"user":{"id":"1","username":"Tidekeeper"},"guilds":[{"id":"5",
        "unavailable":true}],"session_id":"f3","resume_gateway_url":"wss://x","shard":[0,2],"application":{"id":"1",
        "flags":4096}}"#),
];

/// Returns the name of each object, the function that reads and writes it, and the object.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Rewrite, Value)> {
    SAMPLES.iter().map(|(name, rewrite, json)| {
        let value = serde_json::from_str(json).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        (*name, *rewrite, value)
    })
}

#[test]
fn every_sample_is_written_as_it_was_read() {
    let mut problems = Vec::new();
    for (name, rewrite, sent) in all() {
        let written = rewrite(&sent.to_string()).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        problems.extend(differences(&sent, &written).iter().map(|problem| format!("{name}: {problem}")));
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
