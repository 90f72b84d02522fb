//! Collections: lists of objects with the same routes to create, read, update and delete them.

use serde_json::{Value, json};

use super::access::{CREATE_GUILD_EXPRESSIONS, MANAGE_GUILD_EXPRESSIONS};
use super::audit_log::AuditEntry;
use super::auto_moderation::complete_rule;
use super::objects;
use super::rejection::{Rejection, not_found, rejection};
use super::timestamp::{self, timestamp};
use super::{Event, RestRequest, RestResponse, World};
use crate::sim::types::audit_action;

/// One kind of object, and how its routes behave.
pub(super) struct Collection {
    /// The name of the list in the world.
    pub(super) name: &'static str,
    /// The path below the guild or the application, or the whole path.
    pub(super) path: &'static [&'static str],
    /// The field that identifies an object.
    pub(super) key: &'static str,
    /// The error for an object that does not exist.
    unknown: (u32, &'static str),
    /// The status of the response to a creation.
    created_status: u16,
    /// Whether a list is inside a field `items`.
    has_items_field: bool,
    /// A new object: all fields with their initial values. See [`World::fill_template`] for values that begin with `$`.
    template: &'static str,
    events: ChangeEvents,
    /// The audit log's action type of a creation. The next two numbers are those of an update and a deletion.
    audit_action: Option<u64>,
}

/// The events for changes of a collection.
enum ChangeEvents {
    None,
    /// The object itself. The names are for creation, update and deletion.
    Object([&'static str; 3]),
    /// Role events, which have the role in a field.
    Role,
    /// The whole list: the name of the event, and the field with the list.
    List(&'static str, &'static str),
}

#[derive(Clone, Copy, PartialEq)]
enum Change {
    Create,
    Update,
    Delete,
}

/// The collections of a guild.
pub(super) const GUILD_COLLECTIONS: &[Collection] =
    &[ROLES, EMOJIS, STICKERS, SCHEDULED_EVENTS, AUTO_MODERATION_RULES, SOUNDBOARD_SOUNDS];

/// The collections of an application.
pub(super) const APPLICATION_COLLECTIONS: &[Collection] = &[APPLICATION_EMOJIS, ENTITLEMENTS];

/// The collections whose objects show their creator only to some users.
const EXPRESSIONS: [&str; 3] = [EMOJIS.name, STICKERS.name, SOUNDBOARD_SOUNDS.name];

/// The collections whose objects have a picture with the same ID.
const WITH_PICTURES: [&str; 3] = [EMOJIS.name, APPLICATION_EMOJIS.name, STICKERS.name];

pub(super) const ROLES: Collection = Collection {
    name: "roles",
    path: &["roles"],
    key: "id",
    unknown: (10011, "Unknown Role"),
    created_status: 200,
    has_items_field: false,
    template: r#"{"id":"$id","name":"new role","color":0,"colors":{"primary_color":0,"secondary_color":null,
        "tertiary_color":null},"hoist":false,"icon":null,"unicode_emoji":null,"position":1,"permissions":"0",
        "managed":false,"mentionable":false,"flags":0}"#,
    events: ChangeEvents::Role,
    audit_action: Some(audit_action::ROLE_CREATE),
};

const EMOJIS: Collection = Collection {
    name: "emojis",
    path: &["emojis"],
    key: "id",
    unknown: (10014, "Unknown Emoji"),
    created_status: 201,
    has_items_field: false,
    template: r#"{"id":"$id","name":null,"roles":[],"user":"$user","require_colons":true,"managed":false,
        "animated":false,"available":true}"#,
    events: ChangeEvents::List("GUILD_EMOJIS_UPDATE", "emojis"),
    audit_action: Some(audit_action::EMOJI_CREATE),
};

const STICKERS: Collection = Collection {
    name: "stickers",
    path: &["stickers"],
    key: "id",
    unknown: (10060, "Unknown sticker"),
    created_status: 201,
    has_items_field: false,
    template: r#"{"id":"$id","name":null,"description":null,"tags":"","type":2,"format_type":1,"available":true,
        "guild_id":"$guild","user":"$user"}"#,
    events: ChangeEvents::List("GUILD_STICKERS_UPDATE", "stickers"),
    audit_action: Some(audit_action::STICKER_CREATE),
};

pub(super) const SCHEDULED_EVENTS: Collection = Collection {
    name: "scheduled events",
    path: &["scheduled-events"],
    key: "id",
    unknown: (10070, "Unknown Guild Scheduled Event"),
    created_status: 200,
    has_items_field: false,
    template: r#"{"id":"$id","guild_id":"$guild","channel_id":null,"creator_id":"$bot","creator":"$user","name":null,
        "description":null,"image":null,"scheduled_start_time":null,"scheduled_end_time":null,"privacy_level":2,
        "status":1,"entity_type":null,"entity_id":null,"entity_metadata":null,"recurrence_rule":null,
        "user_count":0,"guild_scheduled_event_exceptions":[]}"#,
    events: ChangeEvents::Object([
        "GUILD_SCHEDULED_EVENT_CREATE",
        "GUILD_SCHEDULED_EVENT_UPDATE",
        "GUILD_SCHEDULED_EVENT_DELETE",
    ]),
    audit_action: Some(audit_action::GUILD_SCHEDULED_EVENT_CREATE),
};

const AUTO_MODERATION_RULES: Collection = Collection {
    name: "auto moderation rules",
    path: &["auto-moderation", "rules"],
    key: "id",
    unknown: (10066, "Unknown auto moderation rule"),
    created_status: 200,
    has_items_field: false,
    template: r#"{"id":"$id","guild_id":"$guild","creator_id":"$bot","name":null,"event_type":null,
        "trigger_type":null,"trigger_metadata":{},"actions":[],"enabled":false,"exempt_roles":[],
        "exempt_channels":[]}"#,
    events: ChangeEvents::Object([
        "AUTO_MODERATION_RULE_CREATE",
        "AUTO_MODERATION_RULE_UPDATE",
        "AUTO_MODERATION_RULE_DELETE",
    ]),
    audit_action: Some(audit_action::AUTO_MODERATION_RULE_CREATE),
};

pub(super) const SOUNDBOARD_SOUNDS: Collection = Collection {
    name: "soundboard sounds",
    path: &["soundboard-sounds"],
    key: "sound_id",
    unknown: (10097, "Unknown sound"),
    created_status: 201,
    has_items_field: true,
    template: r#"{"sound_id":"$id","guild_id":"$guild","name":null,"volume":1.0,"emoji_id":null,"emoji_name":null,
        "available":true,"user":"$user"}"#,
    events: ChangeEvents::Object([
        "GUILD_SOUNDBOARD_SOUND_CREATE",
        "GUILD_SOUNDBOARD_SOUND_UPDATE",
        "GUILD_SOUNDBOARD_SOUND_DELETE",
    ]),
    audit_action: Some(audit_action::SOUNDBOARD_SOUND_CREATE),
};

const APPLICATION_EMOJIS: Collection = Collection {
    name: "application emojis",
    path: &["emojis"],
    key: "id",
    unknown: (10014, "Unknown Emoji"),
    created_status: 201,
    has_items_field: true,
    template: r#"{"id":"$id","name":null,"roles":[],"user":"$user","require_colons":true,"managed":false,
        "animated":false,"available":true}"#,
    events: ChangeEvents::None,
    audit_action: None,
};

pub(super) const ENTITLEMENTS: Collection = Collection {
    name: "entitlements",
    path: &["entitlements"],
    key: "id",
    unknown: (10083, "Unknown Entitlement"),
    created_status: 200,
    has_items_field: false,
    template: r#"{"id":"$id","sku_id":null,"application_id":"$bot","user_id":null,"guild_id":null,"type":8,"deleted":false,
        "starts_at":null,"ends_at":null,"consumed":false}"#,
    events: ChangeEvents::Object(["ENTITLEMENT_CREATE", "ENTITLEMENT_UPDATE", "ENTITLEMENT_DELETE"]),
    audit_action: None,
};

/// The key of a stage instance is its channel.
pub(super) const STAGE_INSTANCES: Collection = Collection {
    name: "stage instances",
    path: &["stage-instances"],
    key: "channel_id",
    unknown: (10067, "Unknown Stage Instance"),
    created_status: 200,
    has_items_field: false,
    template: r#"{"id":"$id","guild_id":"$guild","channel_id":null,"topic":null,"privacy_level":2,
        "discoverable_disabled":true,"guild_scheduled_event_id":null}"#,
    events: ChangeEvents::Object(["STAGE_INSTANCE_CREATE", "STAGE_INSTANCE_UPDATE", "STAGE_INSTANCE_DELETE"]),
    audit_action: Some(audit_action::STAGE_INSTANCE_CREATE),
};

pub(super) const LOBBIES: Collection = Collection {
    name: "lobbies",
    path: &["lobbies"],
    key: "id",
    unknown: (10093, "Unknown Lobby"),
    created_status: 201,
    has_items_field: false,
    template: r#"{"id":"$id","application_id":"$bot","metadata":null,"members":[],"flags":0}"#,
    events: ChangeEvents::None,
    audit_action: None,
};

/// The key of a guild template is its code.
pub(super) const TEMPLATES: Collection = Collection {
    name: "templates",
    path: &["templates"],
    key: "code",
    unknown: (10057, "Unknown Guild Template"),
    created_status: 200,
    has_items_field: false,
    template: r#"{"code":"$code","name":null,"description":null,"usage_count":0,"creator_id":"$bot","creator":"$user",
        "created_at":"$now","updated_at":"$now","source_guild_id":"$guild","serialized_source_guild":{},
        "is_dirty":null}"#,
    events: ChangeEvents::None,
    audit_action: None,
};

impl World {
    /// Answers the routes of a collection of a guild or an application. `rest` is the path below the collection.
    pub(super) fn collection_route(
        &mut self,
        request: &RestRequest,
        owner: u64,
        collection: &'static Collection,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("GET", []) => {
                let mut items = self.list(owner, collection.name).to_vec();
                items.iter_mut().for_each(|item| self.hide_creator(request, owner, collection, item));
                let list = json!(items);
                let body = if collection.has_items_field { json!({"items": list}) } else { list };
                Ok(RestResponse::ok(body))
            }
            ("POST", []) => {
                let mut created = self.fill_template(request, owner, collection.template);
                set_known_fields(&mut created, &request.body);
                // A new role has the permissions of @everyone.
                if collection.name == ROLES.name && request.body["permissions"].is_null() {
                    let everyone = self.item(owner, "roles", owner);
                    created["permissions"] = everyone.map_or(json!("0"), |role| role["permissions"].clone());
                }
                complete(collection, &mut created, &request.body);
                if WITH_PICTURES.contains(&collection.name) {
                    self.keep_picture(&created, request);
                }
                self.list_mut(owner, collection.name).push(created.clone());
                let events = self.change_events(request, owner, collection, &Value::Null, &created);
                Ok(RestResponse::new(collection.created_status, created, events))
            }
            (method, [id]) => {
                let index = self.index_of(owner, collection, id)?;
                match method {
                    "GET" => {
                        let mut item = self.list(owner, collection.name)[index].clone();
                        self.hide_creator(request, owner, collection, &mut item);
                        Ok(RestResponse::ok(item))
                    }
                    "PATCH" => {
                        let item = &mut self.list_mut(owner, collection.name)[index];
                        let before = item.clone();
                        set_known_fields(item, &request.body);
                        complete(collection, item, &request.body);
                        let updated = item.clone();
                        let events = self.change_events(request, owner, collection, &before, &updated);
                        Ok(RestResponse::new(200, updated, events))
                    }
                    "DELETE" => {
                        let deleted = self.list_mut(owner, collection.name).remove(index);
                        let events = self.change_events(request, owner, collection, &deleted, &Value::Null);
                        Ok(RestResponse::no_content(events))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    /// Removes the creator of an emoji, sticker or sound, which only users with one of two permissions see.
    fn hide_creator(&self, request: &RestRequest, guild: u64, collection: &Collection, item: &mut Value) {
        let needed = CREATE_GUILD_EXPRESSIONS | MANAGE_GUILD_EXPRESSIONS;
        let is_hidden = EXPRESSIONS.contains(&collection.name)
            && self.guild_permissions(guild, request.actor()) & needed == 0;
        if let Some(fields) = item.as_object_mut().filter(|_| is_hidden) {
            fields.remove("user");
        }
    }

    /// The index of an object in its list.
    pub(super) fn index_of(&self, owner: u64, collection: &Collection, id: &str) -> Result<usize, Rejection> {
        let (code, message) = collection.unknown;
        let index = self.list(owner, collection.name).iter().position(|item| item[collection.key] == id);
        index.ok_or_else(|| rejection(404, code, message))
    }

    /// An object from a template. It replaces `$id`, `$code`, `$guild`, `$bot` (the ID of the user who sent the request, which
    /// is also that of a bot's application), `$user` (that user) and `$now`.
    pub(super) fn fill_template(&mut self, request: &RestRequest, guild: u64, template: &str) -> Value {
        let mut object: Value = serde_json::from_str(template).unwrap_or_default();
        for value in object.as_object_mut().into_iter().flat_map(|fields| fields.values_mut()) {
            *value = match value.as_str() {
                Some("$id") => json!(self.next_id(request.now).to_string()),
                Some("$code") => json!(format!("{:x}", self.next_id(request.now))),
                Some("$guild") => json!(guild.to_string()),
                Some("$bot") => json!(request.actor().to_string()),
                Some("$user") => self.user_body(request.actor()),
                Some("$now") => json!(timestamp(request.now)),
                _ => continue,
            };
        }
        object
    }

    /// The events of a change, including that of the audit log. Null stands for an object that did not exist, or exists
    /// no more.
    fn change_events(
        &mut self,
        request: &RestRequest,
        owner: u64,
        collection: &Collection,
        before: &Value,
        after: &Value,
    ) -> Vec<Event> {
        let (change, item) = match (before, after) {
            (Value::Null, created) => (Change::Create, created),
            (deleted, Value::Null) => (Change::Delete, deleted),
            (_, updated) => (Change::Update, updated),
        };
        let mut events = Vec::new();
        let guild = owner.to_string();
        match collection.events {
            ChangeEvents::None => {}
            ChangeEvents::Object(names) => {
                let mut data = item.clone();
                if collection.name == SOUNDBOARD_SOUNDS.name && change == Change::Delete {
                    data = json!({"sound_id": item["sound_id"], "guild_id": guild});
                }
                events.push((names[change as usize], data));
            }
            ChangeEvents::Role => events.push(match change {
                Change::Create => ("GUILD_ROLE_CREATE", json!({"guild_id": guild, "role": item})),
                Change::Update => ("GUILD_ROLE_UPDATE", json!({"guild_id": guild, "role": item})),
                Change::Delete => ("GUILD_ROLE_DELETE", json!({"guild_id": guild, "role_id": item["id"]})),
            }),
            ChangeEvents::List(name, field) => {
                events.push((name, json!({"guild_id": guild, field: self.list(owner, collection.name)})));
            }
        }
        if let Some(first) = collection.audit_action {
            let target = item.get("id").unwrap_or(&item[collection.key]);
            let mut entry = AuditEntry::new(first + change as u64).target(objects::id(target).unwrap_or(0));
            if collection.name == STAGE_INSTANCES.name {
                entry = entry.options(json!({"channel_id": item["channel_id"]}));
            }
            events.push(self.audit(request, owner, entry.changes(before, after)));
        }
        events
    }
}

/// Adds what Discord fills in to an object that was created or modified.
fn complete(collection: &Collection, object: &mut Value, sent: &Value) {
    match collection.name {
        name if name == ROLES.name => complete_colors(object, sent),
        name if name == AUTO_MODERATION_RULES.name => complete_rule(object),
        name if name == SCHEDULED_EVENTS.name => complete_recurrence(&mut object["recurrence_rule"]),
        name if name == ENTITLEMENTS.name => {
            // An entitlement has either a user or a guild.
            if let Some(fields) = object.as_object_mut() {
                fields.retain(|key, value| {
                    !(matches!(key.as_str(), "user_id" | "guild_id") && value.is_null())
                });
            }
        }
        _ => {}
    }
}

/// Adds the fields of a recurrence rule that were not sent.
fn complete_recurrence(rule: &mut Value) {
    let fields = r#"{"end":null,"by_weekday":null,"by_n_weekday":null,"by_month":null,"by_month_day":null,
        "by_year_day":null,"count":null}"#;
    objects::add_missing(rule, fields);
    for key in ["start", "end"] {
        rule.get_mut(key).into_iter().for_each(timestamp::rewrite);
    }
}

/// Makes the color of a role the first one of its colors, whichever of the two was sent.
fn complete_colors(role: &mut Value, sent: &Value) {
    if sent["colors"].is_object() {
        role["color"] = role["colors"]["primary_color"].clone();
        for key in ["secondary_color", "tertiary_color"] {
            role["colors"][key] = sent["colors"][key].clone();
        }
    } else if sent["color"].is_u64() {
        role["colors"]["primary_color"] = role["color"].clone();
    }
}

/// The fields that are times.
const TIMES: [&str; 5] = [
    "dms_disabled_until",
    "invites_disabled_until",
    "request_to_speak_timestamp",
    "scheduled_end_time",
    "scheduled_start_time",
];

/// Sets those fields of an object that it has already.
pub(super) fn set_known_fields(object: &mut Value, sent: &Value) {
    let Some(fields) = object.as_object_mut() else { return };
    for (key, value) in fields.iter_mut() {
        // Images and sounds are sent as data, and returned as a hash.
        let is_data = sent[key].as_str().is_some_and(|text| text.starts_with("data:"));
        match sent.get(key) {
            Some(sent) if TIMES.contains(&key.as_str()) => {
                *value = sent.clone();
                timestamp::rewrite(value);
            }
            Some(_) if is_data => *value = json!("0123456789abcdef0123456789abcdef"),
            Some(sent) => *value = sent.clone(),
            None => {}
        }
    }
}
