//! The types have all fields of Discord's published specification.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use syncord::model::*;

use crate::load::load;

/// The field in which an example has the name of its schema.
const NAME: &str = "$schema";

/// The fields that the types lack on purpose: the schema, the field, and the reason.
const EXEMPT: &[(&str, &str, &str)] = &[
    ("ApplicationResponse", "max_participants", UNDOCUMENTED),
    ("ApplicationResponse", "type", UNDOCUMENTED),
    (
        "AuditLogEntryResponse",
        "1",
        "the specification does not name the options; those of the documentation are there",
    ),
    ("BasicApplicationResponseWithBot", "type", UNDOCUMENTED),
    ("BasicMessageResponse", "lobby_member", UNDOCUMENTED),
    ("BasicMessageResponse", "purchase_notification", UNDOCUMENTED),
    ("EntitlementResponse", "fulfillment_status", UNDOCUMENTED),
    ("ExternalScheduledEventResponse", "user_rsvp", OWN),
    ("FriendInviteResponse", "friends_count", OWN),
    ("FriendInviteResponse", "is_contact", OWN),
    ("GuildInviteResponse", "is_contact", OWN),
    ("GuildInviteResponse", "liveliness", UNDOCUMENTED),
    ("GuildResponse", "nsfw", "replaced by nsfw_level"),
    ("GuildResponse", "premium_progress_bar_enabled_user_updated_at", UNDOCUMENTED),
    ("GuildTemplateChannelResponse", "template", UNDOCUMENTED),
    ("GuildTemplateChannelResponse", "theme_color", UNDOCUMENTED),
    ("GuildWithCountsResponse", "nsfw", "replaced by nsfw_level"),
    ("GuildWithCountsResponse", "premium_progress_bar_enabled_user_updated_at", UNDOCUMENTED),
    ("IntegrationApplicationResponse", "type", UNDOCUMENTED),
    ("InviteApplicationResponse", "max_participants", UNDOCUMENTED),
    ("InviteApplicationResponse", "type", UNDOCUMENTED),
    ("InviteGuildResponse", "nsfw", "replaced by nsfw_level"),
    ("LobbyResponse", "flags", UNDOCUMENTED),
    ("LobbyResponse", "override_event_webhooks_url", UNDOCUMENTED),
    ("MessageEmbedResponse", "components", UNDOCUMENTED),
    ("MessageInteractionResponse", "name_localized", "the whole object is deprecated"),
    ("MessageResponse", "lobby_member", UNDOCUMENTED),
    ("MessageResponse", "purchase_notification", UNDOCUMENTED),
    ("MinimalContentMessageResponse", "stickers", "replaced by sticker_items"),
    ("PrivateApplicationResponse", "eligible_oauth2_scopes", UNDOCUMENTED),
    ("PrivateApplicationResponse", "explicit_content_filter", UNDOCUMENTED),
    ("PrivateApplicationResponse", "max_participants", UNDOCUMENTED),
    ("PrivateApplicationResponse", "type", UNDOCUMENTED),
    ("ProvisionalTokenResponse", "expires_at_s", "says the same as expires_in"),
    ("ProvisionalTokenResponse", "scopes", "says the same as scope"),
    ("ScheduledEventResponse", "user_rsvp", OWN),
    ("ScheduledEventUserResponse", "user_id", "the ID of user"),
    ("SearchMessageResponse", "hit", UNDOCUMENTED),
    ("SearchMessageResponse", "lobby_member", UNDOCUMENTED),
    ("SearchMessageResponse", "purchase_notification", UNDOCUMENTED),
    ("SearchMessageResponse", "restriction_count", UNDOCUMENTED),
    ("StageScheduledEventResponse", "user_rsvp", OWN),
    ("VoiceScheduledEventResponse", "user_rsvp", OWN),
    ("WidgetMember", "avatar", "always null"),
];

const UNDOCUMENTED: &str =
    "only in the specification, which is a preview; the documentation does not say what it means";
const OWN: &str = "about the user who asks; a bot answers no invitation and has no friends";

/// A schema and the function that reads and writes an object of it.
type Row = (&'static str, fn(&Value) -> Result<Value, String>);

const fn row<T: Serialize + DeserializeOwned>(schema: &'static str) -> Row {
    (schema, rewritten::<T>)
}

fn rewritten<T: Serialize + DeserializeOwned>(value: &Value) -> Result<Value, String> {
    let read: T = serde_json::from_str(&value.to_string()).map_err(|problem| problem.to_string())?;
    serde_json::to_value(&read).map_err(|problem| problem.to_string())
}

/// The schemas of what a bot receives, with their types.
#[rustfmt::skip]
const TYPES: &[Row] = &[
    row::<ActivityInstance>("EmbeddedActivityInstance"),
    row::<Application>("PrivateApplicationResponse"),
    row::<Attachment>("MessageAttachmentResponse"),
    row::<AuditLog>("GuildAuditLogResponse"),
    row::<AutoModerationRule>("DefaultKeywordRuleResponse"),
    row::<AutoModerationRule>("KeywordRuleResponse"),
    row::<AutoModerationRule>("MLSpamRuleResponse"),
    row::<AutoModerationRule>("MentionSpamRuleResponse"),
    row::<AutoModerationRule>("UserProfileRuleResponse"),
    row::<Ban>("GuildBanResponse"),
    row::<BulkBan>("BulkBanUsersResponse"),
    row::<Channel>("CreatedThreadResponse"),
    row::<Channel>("GuildChannelResponse"),
    row::<Channel>("PrivateChannelResponse"),
    row::<Channel>("PrivateGroupChannelResponse"),
    row::<Channel>("ThreadResponse"),
    row::<Command>("ApplicationCommandResponse"),
    row::<CommandPermissions>("CommandPermissionsResponse"),
    row::<Emoji>("EmojiResponse"),
    row::<Entitlement>("EntitlementResponse"),
    row::<FollowedChannel>("ChannelFollowerResponse"),
    row::<Gateway>("GatewayResponse"),
    row::<GatewayBot>("GatewayBotResponse"),
    row::<Guild>("GuildResponse"),
    row::<Guild>("GuildWithCountsResponse"),
    row::<GuildPreview>("GuildPreviewResponse"),
    row::<GuildTemplate>("GuildTemplateResponse"),
    row::<GuildWidget>("WidgetResponse"),
    row::<GuildWidgetSettings>("WidgetSettingsResponse"),
    row::<IncidentsData>("GuildIncidentsDataResponse"),
    row::<Integration>("DiscordIntegrationResponse"),
    row::<Integration>("ExternalConnectionIntegrationResponse"),
    row::<Integration>("GuildSubscriptionIntegrationResponse"),
    row::<InteractionCallbackResponse>("InteractionCallbackResponse"),
    row::<Invite>("FriendInviteResponse"),
    row::<Invite>("GroupDMInviteResponse"),
    row::<Invite>("GuildInviteResponse"),
    row::<InviteTargetUsersJob>("TargetUsersJobStatusResponse"),
    row::<JoinRequest>("GuildJoinRequestResponse"),
    row::<JoinRequests>("GuildJoinRequestsListResponse"),
    row::<Lobby>("LobbyResponse"),
    row::<LobbyInvite>("LobbyGuildInviteResponse"),
    row::<LobbyMember>("LobbyMemberResponse"),
    row::<Member>("GuildMemberResponse"),
    row::<Member>("PrivateGuildMemberResponse"),
    row::<Message>("MessageResponse"),
    row::<MessagePins>("PinnedMessagesResponse"),
    row::<MessageSearch>("GuildSearchResponse"),
    row::<NewMemberWelcome>("GuildHomeSettingsResponse"),
    row::<Onboarding>("GuildOnboardingResponse"),
    row::<Onboarding>("UserGuildOnboardingResponse"),
    row::<PartialGuild>("MyGuildResponse"),
    row::<PollVoters>("PollAnswerDetailsResponse"),
    row::<ProvisionalToken>("ProvisionalTokenResponse"),
    row::<PublicKeys>("OAuth2GetKeys"),
    row::<Role>("GuildRoleResponse"),
    row::<RoleConnectionMetadata>("ApplicationRoleConnectionsMetadataItemResponse"),
    row::<ScheduledEvent>("ExternalScheduledEventResponse"),
    row::<ScheduledEvent>("StageScheduledEventResponse"),
    row::<ScheduledEvent>("VoiceScheduledEventResponse"),
    row::<ScheduledEventException>("GuildScheduledEventExceptionResponse"),
    row::<ScheduledEventUser>("ScheduledEventUserResponse"),
    row::<ScheduledEventUserCounts>("ScheduledEventUserCountResponse"),
    row::<SoundboardSound>("SoundboardSoundResponse"),
    row::<StageInstance>("StageInstanceResponse"),
    row::<Sticker>("GuildStickerResponse"),
    row::<Sticker>("StandardStickerResponse"),
    row::<StickerPack>("StickerPackResponse"),
    row::<Subscription>("SubscriptionResponse"),
    row::<ThreadList>("ThreadSearchResponse"),
    row::<ThreadList>("ThreadsResponse"),
    row::<ThreadMember>("ThreadMemberResponse"),
    row::<User>("UserPIIResponse"),
    row::<User>("UserResponse"),
    row::<VanityUrl>("VanityURLResponse"),
    row::<VoiceRegion>("VoiceRegionResponse"),
    row::<VoiceState>("VoiceStateResponse"),
    row::<Webhook>("ApplicationIncomingWebhookResponse"),
    row::<Webhook>("ChannelFollowerWebhookResponse"),
    row::<Webhook>("GuildIncomingWebhookResponse"),
    row::<WelcomeScreen>("GuildWelcomeScreenResponse"),
];

/// Responses that are read by their only field, and those that have none.
const WRAPPERS: &[&str] = &[
    "ActivitiesAttachmentResponse",
    "GuildPruneResponse",
    "ListApplicationEmojisResponse",
    "ListGuildSoundboardSoundsResponse",
    "SearchIndexNotReadyResponse",
    "StickerPackCollectionResponse",
    "TypingIndicatorResponse",
];

/// Makes values of schemas, with every field set to something that is not a default.
struct Examples<'a> {
    schemas: &'a Map<String, Value>,
}

impl Examples<'_> {
    /// A value of the schema. `above`: the named schemas around it, which are not opened again.
    fn of(&self, schema: &Value, above: &[&str]) -> Option<Value> {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            if above.contains(&name) {
                return None;
            }
            let mut value = self.of(&self.schemas[name], &[above, &[name]].concat())?;
            if let Some(object) = value.as_object_mut() {
                object.entry(NAME).or_insert_with(|| json!(name));
            }
            return Some(value);
        }
        if schema.as_object().is_none_or(Map::is_empty) {
            return None;
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(options) = schema[key].as_array() {
                let options = options.iter().filter(|option| option["type"] != "null");
                // Of several objects, the one with most in it.
                let made = options.filter_map(|option| self.of(option, above));
                return made.max_by_key(|value| if value.is_object() { value.to_string().len() } else { 0 });
            }
        }
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = schema["enum"].as_array() {
            return values.last().cloned();
        }
        if let Some([one]) = schema["allOf"].as_array().map(Vec::as_slice) {
            return self.of(one, above);
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null")?.as_str()?,
            kind => kind.as_str().unwrap_or("object"),
        };
        match kind {
            "boolean" => Some(json!(true)),
            "integer" | "number" => Some(json!(1)),
            "string" => Some(json!(match schema["format"].as_str() {
                Some("date-time") => "2026-05-02T09:14:37.412000+00:00",
                Some("uri") => "https://example.com/a",
                // A valid ID, set of flags and text.
                _ => "1",
            })),
            "array" => Some(Value::Array(self.of(&schema["items"], above).into_iter().collect())),
            _ => Some(self.object(schema, above)),
        }
    }

    fn object(&self, schema: &Value, above: &[&str]) -> Value {
        let mut object = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(value) = self.of(field, above) {
                object.insert(name.clone(), value);
            }
        }
        let others = &schema["additionalProperties"];
        if object.is_empty() && others.is_object() {
            object.extend(self.of(others, above).map(|value| ("1".to_owned(), value)));
        }
        Value::Object(object)
    }
}

/// The fields that are not written again, each with the schema that it belongs to.
fn lost(sent: &Value, written: &Value, schema: &str, found: &mut BTreeSet<(String, String)>) {
    match (sent, written) {
        (Value::Object(sent), Value::Object(written)) => {
            let schema = sent.get(NAME).and_then(Value::as_str).unwrap_or(schema);
            for (name, value) in sent.iter().filter(|(name, _)| *name != NAME) {
                match written.get(name) {
                    Some(back) => lost(value, back, schema, found),
                    None => drop(found.insert((schema.to_owned(), name.clone()))),
                }
            }
        }
        (Value::Array(sent), Value::Array(written)) => {
            for (sent, written) in sent.iter().zip(written) {
                lost(sent, written, schema, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_the_published_schema_is_in_the_types() {
    let Some(specification) = load("openapi.json") else { return };
    let schemas = specification["components"]["schemas"].as_object().unwrap();
    let examples = Examples { schemas };
    let mut missing = BTreeSet::new();
    for (name, rewrite) in TYPES {
        assert!(schemas.contains_key(*name), "there is no schema {name}");
        let example = examples.of(&json!({"$ref": name}), &[]).unwrap();
        match rewrite(&example) {
            Ok(written) => lost(&example, &written, name, &mut missing),
            Err(problem) => panic!("{name} cannot be read: {problem}"),
        }
    }
    for (schema, field, _) in EXEMPT {
        let known = ((*schema).to_owned(), (*field).to_owned());
        assert!(missing.remove(&known), "{schema}.{field} needs no exemption");
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The named schemas of a response: itself, one of several, or the elements of a list.
fn named<'a>(schema: &'a Value, found: &mut BTreeSet<&'a str>) {
    found.extend(schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()));
    for key in ["oneOf", "anyOf", "allOf"] {
        schema[key].as_array().into_iter().flatten().for_each(|schema| named(schema, found));
    }
    if schema["items"].is_object() {
        named(&schema["items"], found);
    }
}

#[test]
fn every_response_to_a_bot_has_a_type() {
    let (Some(specification), Some(routes)) = (load("openapi.json"), load("routes.json")) else { return };
    let mut found = BTreeSet::new();
    for row in routes["routes"].as_array().unwrap().iter().filter(|row| row["auth"] != "bearer") {
        let method = row["method"].as_str().unwrap().to_lowercase();
        let operation = &specification["paths"][row["path"].as_str().unwrap()][method];
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let content = response["content"].as_object().filter(|_| status.starts_with('2'));
            content.into_iter().flatten().for_each(|(_, content)| named(&content["schema"], &mut found));
        }
    }
    found.retain(|name| !WRAPPERS.contains(name) && !TYPES.iter().any(|(known, _)| known == name));
    assert_eq!(found, BTreeSet::new());
}
