//! What the field tables of the documentation say against a value.
//!
//! A table names each field of an object and says which may be absent or null. Types are phrases, so the phrases have a
//! table here.

use serde_json::{Map, Value};

/// The types of fields that are not objects with a table.
const PLAIN: &[(&str, Plain)] = &[
    ("ApplicationRoleConnectionMetadataType", Plain::Integer),
    ("OAuth2 scopes", Plain::Text),
    ("SubscriptionStatus", Plain::Integer),
    ("Unavailable Guild", Plain::Object),
    ("action type", Plain::Integer),
    ("application command permission type", Plain::Integer),
    ("application event webhook status", Plain::Integer),
    ("array", Plain::List),
    ("audit log event", Plain::Integer),
    ("base theme", Plain::Integer),
    ("boolean", Plain::Boolean),
    // Received as its label.
    ("button", Plain::Text),
    ("channel types", Plain::Integer),
    ("dict<string, string>", Plain::Object),
    ("dictionary with keys in available locales", Plain::Object),
    ("dictionary with keys of application integration types", Plain::Object),
    ("double", Plain::Number),
    ("event status", Plain::Integer),
    ("float", Plain::Number),
    ("guild feature strings", Plain::Text),
    ("install params", Plain::Object),
    ("int", Plain::Integer),
    ("integer", Plain::Integer),
    ("integer for INTEGER options, double for NUMBER options", Plain::Number),
    ("integer or string", Plain::Any),
    ("integration expire behavior", Plain::Integer),
    ("integration types", Plain::Integer),
    ("interaction context type", Plain::Integer),
    ("interaction context types", Plain::Integer),
    ("interaction type", Plain::Integer),
    ("keyword preset types", Plain::Integer),
    ("mixed (any JSON value)", Plain::Any),
    ("mixed (matches object field's type)", Plain::Any),
    ("null", Plain::Null),
    ("object", Plain::Object),
    ("onboarding mode", Plain::Integer),
    ("one of application command option type", Plain::Integer),
    ("one of command handler types", Plain::Integer),
    ("one of command types", Plain::Integer),
    ("optional audit entry info", Plain::Object),
    ("privacy level", Plain::Integer),
    ("prompt type", Plain::Integer),
    ("recurrence rule - frequency", Plain::Integer),
    ("recurrence rule - month", Plain::Integer),
    ("recurrence rule - weekday", Plain::Integer),
    ("role object ids", Plain::Snowflake),
    ("scheduled entity type", Plain::Integer),
    ("select option values", Plain::Text),
    ("snowflake", Plain::Snowflake),
    ("snowflake or integer", Plain::Any),
    ("string", Plain::Text),
    ("string (can be null only in reaction emoji objects)", Plain::Text),
    ("string, integer, double, or boolean", Plain::Any),
    ("string, integer, or double", Plain::Any),
    ("team", Plain::Object),
    ("timestamp", Plain::Timestamp),
    ("trigger_type", Plain::Integer),
    ("two integers (current_size, max_size)", Plain::Integer),
    ("two integers (shard_id, num_shards)", Plain::Integer),
];

/// The types of fields that are objects, and their tables.
const STRUCTURES: &[(&str, &str)] = &[
    ("Poll Answer", "Poll Answer Object Structure"),
    ("Poll Answer Count", "Poll Answer Count Object Structure"),
    ("Poll Media", "Poll Media Object Structure"),
    ("Poll Results", "Poll Results Object Structure"),
    ("Rate Limit Metadata for Opcode", "Request Guild Member Rate Limit Metadata Structure"),
    ("account", "Integration Account Structure"),
    ("action", "Auto Moderation Action Structure"),
    ("action metadata", "Action Metadata"),
    ("activity", "Activity Structure"),
    ("activity emoji", "Activity Emoji"),
    ("application", "Application Structure"),
    ("application command interaction data option", "Application Command Interaction Data Option Structure"),
    ("application command option", "Application Command Option Structure"),
    ("application command option choice", "Application Command Option Choice Structure"),
    ("application commands", "Application Command Structure"),
    ("assets", "Activity Assets"),
    ("attachment", "Attachment Structure"),
    ("audit log change", "Audit Log Change Structure"),
    ("audit log entry", "Audit Log Entry Structure"),
    ("auto moderation action", "Auto Moderation Action Structure"),
    ("auto moderation rule", "Auto Moderation Rule Structure"),
    ("avatar decoration data", "Avatar Decoration Data Structure"),
    ("channel", "Channel Structure"),
    ("channel info", "Channel Info Channel Structure"),
    ("channel mention", "Channel Mention Structure"),
    ("client_status", "Client Status Object"),
    ("collectibles", "Collectible Structure"),
    ("default reaction", "Default Reaction Structure"),
    ("default value", "Select Default Value Structure"),
    ("embed", "Embed Structure"),
    ("embed author", "Embed Author Structure"),
    ("embed field", "Embed Field Structure"),
    ("embed footer", "Embed Footer Structure"),
    ("embed image", "Embed Image Structure"),
    ("embed provider", "Embed Provider Structure"),
    ("embed video", "Embed Video Structure"),
    ("emoji", "Emoji Structure"),
    ("entitlement", "Entitlement Structure"),
    ("entity metadata", "Guild Scheduled Event Entity Metadata"),
    ("guild", "Guild Structure"),
    ("guild member", "Guild Member Structure"),
    ("guild scheduled event", "Guild Scheduled Event Structure"),
    ("incidents data", "Incidents Data Structure"),
    ("integration", "Integration Structure"),
    ("media gallery items", "Media Gallery Item Structure"),
    ("member", "Guild Member Structure"),
    ("message", "Message Structure"),
    ("message activity", "Message Activity Structure"),
    ("message call", "Message Call Object Structure"),
    ("message interaction", "Message Interaction Structure"),
    ("message reference", "Message Reference Structure"),
    ("message snapshot", "Message Snapshot Structure"),
    ("message sticker item", "Sticker Item Structure"),
    ("messages", "Message Structure"),
    ("overwrite", "Overwrite Structure"),
    ("party", "Activity Party"),
    ("poll", "Poll Object Structure"),
    ("presence", "Presence Update Event Fields"),
    ("presence update", "Presence Update Event Fields"),
    ("reaction", "Reaction Structure"),
    ("recurrence rule", "Guild Scheduled Event Recurrence Rule Structure"),
    ("recurrence rule - n_weekday", "Guild Scheduled Event Recurrence Rule - N_Weekday Structure"),
    ("resolved data", "Resolved Data Structure"),
    ("role", "Role Structure"),
    ("role colors", "Role Colors Object"),
    ("role subscription data", "Role Subscription Data Object Structure"),
    ("role tags", "Role Tags Structure"),
    ("secrets", "Activity Secrets"),
    ("select options", "Select Option Structure"),
    ("shared client theme", "Shared Client Theme Object Structure"),
    ("soundboard sound", "Soundboard Sound Structure"),
    ("stage instance", "Stage Instance Structure"),
    ("sticker", "Sticker Structure"),
    ("tag", "Forum Tag Structure"),
    ("thread member", "Thread Member Structure"),
    ("thread metadata", "Thread Metadata Structure"),
    ("timestamps", "Activity Timestamps"),
    ("unfurled media item", "Unfurled Media Item Structure"),
    ("user", "User Structure"),
    ("user objects, optionally with an additional partial member field", "User Structure"),
    ("user primary guild", "User Primary Guild"),
    ("voice state", "Voice State Structure"),
];

/// The types of fields that are components, which their `type` tells apart.
const COMPONENTS: &[&str] = &[
    "action row child components",
    "container child components",
    "label child component",
    "message components",
    "section accessory component",
    "section child components",
];

/// The component types, and their tables.
const COMPONENT_TABLES: &[(u64, &str)] = &[
    (1, "Action Row Structure"),
    (2, "Button Structure"),
    (3, "String Select Structure"),
    (4, "Text Input Structure"),
    (5, "User Select Structure"),
    (6, "Role Select Structure"),
    (7, "Mentionable Select Structure"),
    (8, "Channel Select Structure"),
    (9, "Section Structure"),
    (10, "Text Display Structure"),
    (11, "Thumbnail Structure"),
    (12, "Media Gallery Structure"),
    (13, "File Structure"),
    (14, "Separator Structure"),
    (17, "Container Structure"),
];

/// What a modal sends back for each component type.
const ANSWER_TABLES: &[(u64, &str)] = &[
    (3, "String Select Interaction Response Structure"),
    (4, "Text Input Interaction Response Structure"),
    (5, "User Select Interaction Response Structure"),
    (6, "Role Select Interaction Response Structure"),
    (7, "Mentionable Select Interaction Response Structure"),
    (8, "Channel Select Interaction Response Structure"),
    (10, "Text Display Interaction Response Structure"),
    (18, "Label Interaction Response Structure"),
    (19, "File Upload Interaction Response Structure"),
    (21, "Radio Group Interaction Response Structure"),
    (22, "Checkbox Group Interaction Response Structure"),
    (23, "Checkbox Interaction Response Structure"),
];

/// The fields whose values are those of an enum or the bits of flags: the table, the field, Discord's name of the enum.
const ENUMS: &[(&str, &str, &str)] = &[
    ("Activity Structure", "type", "ActivityType"),
    ("Application Command Data Structure", "type", "ApplicationCommandType"),
    ("Application Command Interaction Data Option Structure", "type", "ApplicationCommandOptionType"),
    ("Audit Log Entry Structure", "action_type", "AuditLogEvent"),
    ("Auto Moderation Action Structure", "type", "AutoModActionType"),
    ("Auto Moderation Rule Structure", "event_type", "AutoModEventType"),
    ("Auto Moderation Rule Structure", "trigger_type", "AutoModTriggerType"),
    ("Button Structure", "style", "ButtonStyle"),
    ("Channel Structure", "flags", "ChannelFlags"),
    ("Channel Structure", "type", "ChannelType"),
    ("Channel Structure", "video_quality_mode", "VideoQualityMode"),
    ("Embed Structure", "type", "EmbedType"),
    ("Entitlement Structure", "type", "EntitlementType"),
    ("Guild Member Structure", "flags", "GuildMemberFlags"),
    ("Guild Scheduled Event Structure", "entity_type", "ScheduledEventEntityType"),
    ("Guild Scheduled Event Structure", "status", "ScheduledEventStatus"),
    ("Guild Structure", "explicit_content_filter", "ExplicitContentFilterLevel"),
    ("Guild Structure", "mfa_level", "MfaLevel"),
    ("Guild Structure", "nsfw_level", "NsfwLevel"),
    ("Guild Structure", "premium_tier", "PremiumTier"),
    ("Guild Structure", "system_channel_flags", "SystemChannelFlags"),
    ("Guild Structure", "verification_level", "VerificationLevel"),
    ("Interaction Structure", "context", "InteractionContextType"),
    ("Interaction Structure", "type", "InteractionType"),
    ("Message Component Data Structure", "component_type", "ComponentType"),
    ("Message Reaction Add Event Fields", "type", "ReactionType"),
    ("Message Reference Structure", "type", "MessageReferenceType"),
    ("Message Structure", "flags", "MessageFlags"),
    ("Message Structure", "type", "MessageType"),
    ("Poll Object Structure", "layout_type", "PollLayoutType"),
    ("Presence Update Event Fields", "status", "Status"),
    ("Role Structure", "flags", "RoleFlags"),
    ("Stage Instance Structure", "privacy_level", "StagePrivacyLevel"),
    ("Sticker Structure", "format_type", "StickerFormatType"),
    ("Sticker Structure", "type", "StickerType"),
    ("User Structure", "flags", "UserFlags"),
    ("User Structure", "public_flags", "UserFlags"),
];

#[derive(Clone, Copy, PartialEq)]
enum Plain {
    Any,
    Boolean,
    Integer,
    List,
    Null,
    Number,
    Object,
    Snowflake,
    Text,
    Timestamp,
}

/// The documentation: its tables by page and name, and its enums.
pub(super) struct Documentation {
    pub(super) objects: Value,
    pub(super) enums: Value,
}

/// A field of an object, and what may be in it.
struct Field<'a> {
    table: &'a str,
    row: &'a Value,
}

impl Documentation {
    /// What is wrong with an object that has the fields of these tables. A later table replaces fields of earlier ones.
    pub(super) fn problems(&self, tables: &[&str], value: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        self.check_object(tables, false, value, "", &mut problems);
        problems
    }

    fn table(&self, name: &str) -> &[Value] {
        let pages = self.objects["pages"].as_object().expect("pages");
        let found = pages.values().find_map(|tables| tables.get(name)?.as_array());
        found.unwrap_or_else(|| panic!("the documentation has no table {name:?}"))
    }

    fn check_object(
        &self,
        tables: &[&str],
        is_partial: bool,
        value: &Value,
        path: &str,
        problems: &mut Vec<String>,
    ) {
        let Some(entries) = value.as_object() else {
            problems.push(format!("{path}: is no object but {value}"));
            return;
        };
        let mut fields: Vec<Field<'_>> = Vec::new();
        for table in tables {
            for row in self.table(table) {
                fields.retain(|field| field.row["name"] != row["name"]);
                fields.push(Field { table, row });
            }
        }
        for field in &fields {
            let name = field.row["name"].as_str().unwrap_or_default();
            let path = format!("{path}.{name}");
            match entries.get(name) {
                None if is_partial || field.row["optional"] == true => {}
                None => problems.push(format!("{path}: is required")),
                Some(Value::Null) if field.row["nullable"] == true => {}
                Some(value) => {
                    let phrase = match (field.table, name) {
                        ("Activity Structure", "emoji") => "activity emoji",
                        ("Guild Emojis Update Event Fields", "emojis") => "emoji[]",
                        // Only its ID is sure.
                        ("Presence Update Event Fields", "user") => "partial user",
                        ("Guild Stickers Update Event Fields", "stickers") => "sticker[]",
                        _ => field.row["type"].as_str().unwrap_or_default(),
                    };
                    self.check_type(phrase, value, entries, &path, problems);
                    self.check_enum(field, value, &path, problems);
                }
            }
        }
        let is_known = |name: &str| fields.iter().any(|field| field.row["name"] == name);
        let unknown = entries.keys().filter(|name| !is_known(name));
        problems.extend(unknown.map(|name| format!("{path}.{name}: is unknown")));
    }

    fn check_type(
        &self,
        phrase: &str,
        value: &Value,
        around: &Map<String, Value>,
        path: &str,
        problems: &mut Vec<String>,
    ) {
        if let Some(phrase) = phrase.strip_suffix("[]") {
            let Some(items) = value.as_array() else {
                problems.push(format!("{path}: is no list but {value}"));
                return;
            };
            for item in items {
                self.check_type(phrase, item, around, &format!("{path}[]"), problems);
            }
            return;
        }
        if let Some(phrase) = phrase.strip_prefix("Map of Snowflakes to ") {
            for item in value.as_object().into_iter().flat_map(Map::values) {
                self.check_type(phrase, item, around, &format!("{path}{{}}"), problems);
            }
            return;
        }
        if let Some((_, plain)) = PLAIN.iter().find(|(known, _)| *known == phrase) {
            if !plain.fits(value) {
                problems.push(format!("{path}: is no {phrase} but {value}"));
            }
            return;
        }
        match special(phrase, value, around) {
            Special::Table(table) => return self.check_object(&[table], false, value, path, problems),
            Special::Unknown => return problems.push(format!("{path}: type {} has no table", value["type"])),
            Special::No => {}
        }
        let (is_partial, name) = match phrase.strip_prefix("partial ") {
            Some(name) => (true, name),
            // Which of its fields are there depends on the action.
            None => (phrase == "action metadata", phrase),
        };
        let Some((_, table)) = STRUCTURES.iter().find(|(known, _)| *known == name) else {
            problems.push(format!("{path}: the type {phrase:?} is not known here"));
            return;
        };
        let mut value = value.clone();
        // The table of users does not have what events of messages add.
        let member = value.as_object_mut().filter(|_| name.starts_with("user objects"));
        if let Some(member) = member.and_then(|user| user.remove("member")) {
            self.check_type("partial guild member", &member, around, &format!("{path}.member"), problems);
        }
        self.check_object(&[table], is_partial, &value, path, problems);
    }

    fn check_enum(&self, field: &Field<'_>, value: &Value, path: &str, problems: &mut Vec<String>) {
        let row = ENUMS.iter().find(|(table, name, _)| *table == field.table && field.row["name"] == *name);
        let Some((_, _, name)) = row else { return };
        let known = &self.enums["enums"][*name];
        let values = known["values"].as_object().unwrap_or_else(|| panic!("there is no enum {name}"));
        let is_known = match (known["kind"].as_str(), value.as_u64()) {
            (Some("flags"), Some(bits)) => {
                let all = values.values().filter_map(Value::as_u64).fold(0, |all, bit| all | bit);
                bits & !all == 0
            }
            _ => values.values().any(|known| known == value),
        };
        if !is_known {
            problems.push(format!("{path}: {value} is no {name}"));
        }
    }
}

/// Whether the table of an object follows from another value.
enum Special {
    No,
    Table(&'static str),
    Unknown,
}

/// Finds the table of a component, or of the data or the metadata of an interaction.
fn special(phrase: &str, value: &Value, around: &Map<String, Value>) -> Special {
    let by_type = |tables: &[(u64, &'static str)]| {
        let found = tables.iter().find(|(kind, _)| value["type"] == *kind);
        found.map_or(Special::Unknown, |(_, table)| Special::Table(table))
    };
    let kind = |object: &Value| object["type"].as_u64();
    if COMPONENTS.contains(&phrase) {
        return by_type(COMPONENT_TABLES);
    }
    match phrase {
        "component interaction response" | "label interaction response child component" => {
            by_type(ANSWER_TABLES)
        }
        "interaction data" => Special::Table(match around.get("type").and_then(Value::as_u64) {
            Some(3) => "Message Component Data Structure",
            Some(5) => "Modal Submit Data Structure",
            _ => "Application Command Data Structure",
        }),
        _ if phrase.to_lowercase().contains("interaction metadata") => Special::Table(match kind(value) {
            Some(3) => "Message Component Interaction Metadata Structure",
            Some(5) => "Modal Submit Interaction Metadata Structure",
            _ => "Application Command Interaction Metadata Structure",
        }),
        _ => Special::No,
    }
}

impl Plain {
    fn fits(self, value: &Value) -> bool {
        match self {
            Plain::Any => true,
            Plain::Boolean => value.is_boolean(),
            Plain::Integer => value.is_i64() || value.is_u64(),
            Plain::List => value.is_array(),
            Plain::Null => value.is_null(),
            Plain::Number => value.is_number(),
            Plain::Object => value.is_object(),
            Plain::Snowflake => value.as_str().is_some_and(|text| text.parse::<u64>().is_ok()),
            Plain::Text => value.is_string(),
            Plain::Timestamp => value.as_str().is_some_and(is_timestamp),
        }
    }
}

/// Whether a text is a time of ISO 8601 with an offset, and with six digits of a second or none.
fn is_timestamp(text: &str) -> bool {
    let shape: String = text.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    ["0000-00-00T00:00:00+00:00", "0000-00-00T00:00:00.000000+00:00"].contains(&shape.as_str())
}
