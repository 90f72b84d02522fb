//! Lists of objects that are made, shown, changed and deleted, all in the same way.

use serde_json::{Value, json};

use super::form::{Rejection, not_found, rejection};
use super::{Answer, Call, Event, World, shapes};

/// One kind of list.
pub(super) struct Collection {
    /// Its name, under which the world keeps it.
    pub(super) name: &'static str,
    /// Where it stands below its guild or application, or at the top.
    pub(super) place: &'static [&'static str],
    /// The field that tells its objects apart.
    pub(super) key: &'static str,
    /// Discord's code and words for one that is not there.
    unknown: (u32, &'static str),
    /// The status for a new one.
    created: u16,
    /// Lists stand in a field `items`.
    in_items: bool,
    /// A new object: every field with its first value. What is sent is taken over where there is such a field.
    fresh: &'static str,
    told: Told,
    /// The audit log's number for a new one; a changed and a deleted one have the next two.
    audit: Option<u64>,
}

/// The events for changes.
enum Told {
    Nobody,
    /// The object itself, when made, changed, deleted.
    Object([&'static str; 3]),
    /// Roles, within an object.
    Role,
    /// The whole list.
    List(&'static str, &'static str),
}

/// What became of an object.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Made,
    Changed,
    Deleted,
}

/// Lists of a guild. A `$` begins what is filled in: see [`World::fill`].
pub(super) const OF_GUILD: &[Collection] = &[
    Collection {
        name: "roles",
        place: &["roles"],
        key: "id",
        unknown: (10011, "Unknown Role"),
        created: 200,
        in_items: false,
        fresh: r#"{"id":"$id","name":"new role","color":0,"colors":{"primary_color":0,"secondary_color":null,
            "tertiary_color":null},"hoist":false,"icon":null,"unicode_emoji":null,"position":1,"permissions":"0",
            "managed":false,"mentionable":false,"flags":0}"#,
        told: Told::Role,
        audit: Some(30),
    },
    Collection {
        name: "emojis",
        place: &["emojis"],
        key: "id",
        unknown: (10014, "Unknown Emoji"),
        created: 201,
        in_items: false,
        fresh: r#"{"id":"$id","name":null,"roles":[],"user":"$user","require_colons":true,"managed":false,
            "animated":false,"available":true}"#,
        told: Told::List("GUILD_EMOJIS_UPDATE", "emojis"),
        audit: Some(60),
    },
    Collection {
        name: "stickers",
        place: &["stickers"],
        key: "id",
        unknown: (10060, "Unknown sticker"),
        created: 201,
        in_items: false,
        fresh: r#"{"id":"$id","name":null,"description":null,"tags":"","type":2,"format_type":1,"available":true,
            "guild_id":"$guild","user":"$user"}"#,
        told: Told::List("GUILD_STICKERS_UPDATE", "stickers"),
        audit: Some(90),
    },
    Collection {
        name: "scheduled events",
        place: &["scheduled-events"],
        key: "id",
        unknown: (10070, "Unknown Guild Scheduled Event"),
        created: 200,
        in_items: false,
        fresh: r#"{"id":"$id","guild_id":"$guild","channel_id":null,"creator_id":"$bot","creator":"$user","name":null,
            "description":null,"image":null,"scheduled_start_time":null,"scheduled_end_time":null,"privacy_level":2,
            "status":1,"entity_type":null,"entity_id":null,"entity_metadata":null,"recurrence_rule":null,
            "user_count":0,"guild_scheduled_event_exceptions":[]}"#,
        told: Told::Object([
            "GUILD_SCHEDULED_EVENT_CREATE",
            "GUILD_SCHEDULED_EVENT_UPDATE",
            "GUILD_SCHEDULED_EVENT_DELETE",
        ]),
        audit: Some(100),
    },
    Collection {
        name: "auto moderation rules",
        place: &["auto-moderation", "rules"],
        key: "id",
        unknown: (10066, "Unknown auto moderation rule"),
        created: 200,
        in_items: false,
        fresh: r#"{"id":"$id","guild_id":"$guild","creator_id":"$bot","name":null,"event_type":null,
            "trigger_type":null,"trigger_metadata":{},"actions":[],"enabled":false,"exempt_roles":[],
            "exempt_channels":[]}"#,
        told: Told::Object([
            "AUTO_MODERATION_RULE_CREATE",
            "AUTO_MODERATION_RULE_UPDATE",
            "AUTO_MODERATION_RULE_DELETE",
        ]),
        audit: Some(140),
    },
    Collection {
        name: "soundboard sounds",
        place: &["soundboard-sounds"],
        key: "sound_id",
        unknown: (10097, "Unknown sound"),
        created: 201,
        in_items: true,
        fresh: r#"{"sound_id":"$id","guild_id":"$guild","name":null,"volume":1.0,"emoji_id":null,"emoji_name":null,
            "available":true,"user":"$user"}"#,
        told: Told::Object([
            "GUILD_SOUNDBOARD_SOUND_CREATE",
            "GUILD_SOUNDBOARD_SOUND_UPDATE",
            "GUILD_SOUNDBOARD_SOUND_DELETE",
        ]),
        audit: Some(130),
    },
];

/// Lists of an application.
pub(super) const OF_APPLICATION: &[Collection] = &[
    Collection {
        name: "application emojis",
        place: &["emojis"],
        key: "id",
        unknown: (10014, "Unknown Emoji"),
        created: 201,
        in_items: true,
        fresh: r#"{"id":"$id","name":null,"roles":[],"user":"$user","require_colons":true,"managed":false,
            "animated":false,"available":true}"#,
        told: Told::Nobody,
        audit: None,
    },
    Collection {
        name: "entitlements",
        place: &["entitlements"],
        key: "id",
        unknown: (10083, "Unknown Entitlement"),
        created: 200,
        in_items: false,
        fresh: r#"{"id":"$id","sku_id":null,"application_id":"$bot","user_id":null,"type":8,"deleted":false,
            "starts_at":null,"ends_at":null,"consumed":false}"#,
        told: Told::Object(["ENTITLEMENT_CREATE", "ENTITLEMENT_UPDATE", "ENTITLEMENT_DELETE"]),
        audit: None,
    },
];

/// Stage instances, which are known by their channel.
pub(super) const STAGES: Collection = Collection {
    name: "stage instances",
    place: &["stage-instances"],
    key: "channel_id",
    unknown: (10067, "Unknown Stage Instance"),
    created: 200,
    in_items: false,
    fresh: r#"{"id":"$id","guild_id":"$guild","channel_id":null,"topic":null,"privacy_level":2,
        "discoverable_disabled":true,"guild_scheduled_event_id":null}"#,
    told: Told::Object(["STAGE_INSTANCE_CREATE", "STAGE_INSTANCE_UPDATE", "STAGE_INSTANCE_DELETE"]),
    audit: Some(83),
};

/// Lobbies.
pub(super) const LOBBIES: Collection = Collection {
    name: "lobbies",
    place: &["lobbies"],
    key: "id",
    unknown: (10093, "Unknown Lobby"),
    created: 201,
    in_items: false,
    fresh: r#"{"id":"$id","application_id":"$bot","metadata":null,"members":[],"flags":0}"#,
    told: Told::Nobody,
    audit: None,
};

/// Templates of a guild, which are known by their code.
pub(super) const TEMPLATES: Collection = Collection {
    name: "templates",
    place: &["templates"],
    key: "code",
    unknown: (10057, "Unknown Guild Template"),
    created: 200,
    in_items: false,
    fresh: r#"{"code":"$code","name":null,"description":null,"usage_count":0,"creator_id":"$bot","creator":"$user",
        "created_at":"$now","updated_at":"$now","source_guild_id":"$guild","serialized_source_guild":{},
        "is_dirty":null}"#,
    told: Told::Nobody,
    audit: None,
};

impl World {
    /// Answers the routes of a list; `rest` is what stands behind its place.
    pub(super) fn collection(
        &mut self,
        call: &Call,
        kind: &'static Collection,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let list = json!(self.list(kind.name));
                Ok(Answer::ok(if kind.in_items { json!({"items": list}) } else { list }))
            }
            ("POST", []) => {
                let mut made = self.fill(call, kind.fresh);
                take_over(&mut made, &call.body);
                let events = self.add_item(call, kind, &made);
                Ok(Answer::new(kind.created, made, events))
            }
            (method, [id]) => {
                let at = self.place_of(kind, id)?;
                match method {
                    "GET" => Ok(Answer::ok(self.list(kind.name)[at].clone())),
                    "PATCH" => {
                        let mut changed = self.list(kind.name)[at].clone();
                        take_over(&mut changed, &call.body);
                        self.list_mut(kind.name)[at] = changed.clone();
                        let events = self.tell(call, kind, Fate::Changed, &changed);
                        Ok(Answer::new(200, changed, events))
                    }
                    "DELETE" => {
                        let gone = self.list_mut(kind.name).remove(at);
                        Ok(Answer::done(self.tell(call, kind, Fate::Deleted, &gone)))
                    }
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    /// Puts an object into a list.
    pub(super) fn add_item(&mut self, call: &Call, kind: &Collection, made: &Value) -> Vec<Event> {
        self.list_mut(kind.name).push(made.clone());
        self.tell(call, kind, Fate::Made, made)
    }

    pub(super) fn list_mut(&mut self, name: &'static str) -> &mut Vec<Value> {
        self.lists.entry(name).or_default()
    }

    /// Where an object stands in its list.
    pub(super) fn place_of(&self, kind: &Collection, id: &str) -> Result<usize, Rejection> {
        let (code, words) = kind.unknown;
        let found = self.list(kind.name).iter().position(|item| item[kind.key] == id);
        found.ok_or_else(|| rejection(404, code, words))
    }

    /// An object of a table's text: `$id`, `$code`, `$guild`, `$bot` (its id), `$user` (the bot's user) and `$now` are filled in.
    pub(super) fn fill(&mut self, call: &Call, text: &str) -> Value {
        let mut object: Value = serde_json::from_str(text).unwrap_or_default();
        for value in object.as_object_mut().into_iter().flat_map(|fields| fields.values_mut()) {
            *value = match value.as_str() {
                Some("$id") => json!(self.next_id(call.now).to_string()),
                Some("$code") => json!(format!("{:x}", self.next_id(call.now))),
                Some("$guild") => json!(self.guild.to_string()),
                Some("$bot") => json!(self.bot.to_string()),
                Some("$user") => self.user_body(self.bot),
                Some("$now") => json!(shapes::timestamp(call.now)),
                _ => continue,
            };
        }
        object
    }

    /// The events of a change, the audit log's among them.
    fn tell(&mut self, call: &Call, kind: &Collection, fate: Fate, item: &Value) -> Vec<Event> {
        let mut events = Vec::new();
        let guild = self.guild.to_string();
        match kind.told {
            Told::Nobody => {}
            Told::Object(names) => {
                let mut data = item.clone();
                if kind.name == "soundboard sounds" && fate == Fate::Deleted {
                    data = json!({"sound_id": item["sound_id"], "guild_id": guild});
                }
                events.push((names[fate as usize], data));
            }
            Told::Role => events.push(match fate {
                Fate::Made => ("GUILD_ROLE_CREATE", json!({"guild_id": guild, "role": item})),
                Fate::Changed => ("GUILD_ROLE_UPDATE", json!({"guild_id": guild, "role": item})),
                Fate::Deleted => ("GUILD_ROLE_DELETE", json!({"guild_id": guild, "role_id": item["id"]})),
            }),
            Told::List(name, field) => {
                events.push((name, json!({"guild_id": guild, field: self.list(kind.name)})));
            }
        }
        if let Some(first) = kind.audit {
            events.push(self.audit(call, first + fate as u64, item[kind.key].as_str()));
        }
        events
    }
}

/// Takes over the fields that an object has.
pub(super) fn take_over(item: &mut Value, sent: &Value) {
    let Some(fields) = item.as_object_mut() else { return };
    for (key, value) in fields.iter_mut() {
        // Pictures and sounds are sent whole, and shown as something else.
        let data = sent[key].as_str().is_some_and(|text| text.starts_with("data:"));
        match sent.get(key) {
            Some(_) if data => *value = json!("0123456789abcdef0123456789abcdef"),
            Some(sent) => *value = sent.clone(),
            None => {}
        }
    }
}
