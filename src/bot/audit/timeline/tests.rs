#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Found, KEPT, NEAR, SETTLE, Timeline, Wanted, kept_name};

/// A timeline whose items come a millisecond after each other.
struct It {
    timeline: Timeline,
    now: Instant,
}

impl It {
    fn new() -> It {
        It { timeline: Timeline::default(), now: Instant::now() }
    }

    fn add(&mut self, name: &str, data: Value) -> Value {
        self.now += Duration::from_millis(1);
        // As in a frame, whose end follows the event.
        self.timeline.push(self.now, kept_name(name).unwrap(), &format!("{data}}}"));
        data
    }

    /// An entry of an action by a user, about a target.
    fn entry(&mut self, action: u32, by: &str, target: &str, more: &Value) {
        let mut entry =
            json!({"id": "9", "guild_id": "1", "action_type": action, "user_id": by, "target_id": target});
        entry.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        self.add("GUILD_AUDIT_LOG_ENTRY_CREATE", entry);
    }

    fn member(&mut self, change: &Value) -> Value {
        let mut member = json!({"guild_id": "1", "user": {"id": "7"}, "roles": []});
        member.as_object_mut().unwrap().extend(change.as_object().cloned().unwrap());
        self.add("GUILD_MEMBER_UPDATE", member)
    }

    fn leaves(&mut self, n: u32) -> Value {
        self.add("GUILD_MEMBER_REMOVE", json!({"guild_id": "1", "user": {"id": "7"}, "n": n}))
    }

    fn deletes(&mut self, message: &str) -> Value {
        self.add("MESSAGE_DELETE", json!({"guild_id": "1", "channel_id": "5", "id": message}))
    }

    fn found(&self, name: &'static str, event: &Value, author: Option<&str>) -> Found {
        let is_it = |data: &str| super::value(data).unwrap() == *event;
        let wanted = Wanted { name, event, is_it: &is_it, author: author.map(str::to_owned) };
        self.timeline.find(self.now, &wanted)
    }

    /// Who caused an event; empty if that is not known.
    fn who(&self, name: &'static str, event: &Value) -> String {
        match self.found(name, event, None) {
            Found::Entry(entry) => entry.user_id.unwrap().to_string(),
            _ => String::new(),
        }
    }

    fn who_changed(&self, event: &Value) -> String {
        self.who("GUILD_MEMBER_UPDATE", event)
    }

    fn who_deleted(&self, event: &Value, author: &str) -> String {
        match self.found("MESSAGE_DELETE", event, Some(author)) {
            Found::Entry(entry) => entry.user_id.unwrap().to_string(),
            _ => String::new(),
        }
    }
}

fn changes(list: &Value) -> Value {
    json!({ "changes": list })
}

fn adds(role: &str) -> Value {
    changes(&json!([{"key": "$add", "new_value": [{"id": role, "name": "x"}]}]))
}

#[test]
fn an_entry_comes_before_or_after_its_event() {
    for entry_first in [true, false] {
        let mut it = It::new();
        if entry_first {
            it.entry(20, "3", "7", &json!({}));
        }
        let left = it.leaves(0);
        if !entry_first {
            assert!(matches!(it.found("GUILD_MEMBER_REMOVE", &left, None), Found::NotYet(None)));
            it.entry(20, "3", "7", &json!({}));
        }
        assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "3");
    }
}

#[test]
fn an_entry_of_another_action_target_or_guild_does_not_fit() {
    let mut it = It::new();
    it.entry(22, "3", "7", &json!({}));
    it.entry(20, "3", "8", &json!({}));
    it.entry(20, "3", "7", &json!({"guild_id": "2"}));
    let left = it.leaves(0);
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "");
    it.entry(20, "4", "7", &json!({}));
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "4");
}

#[test]
fn an_entry_that_may_belong_to_another_event_belongs_to_none() {
    // A member leaves, joins again and is kicked.
    let mut it = It::new();
    let (first, second) = (it.leaves(1), it.leaves(2));
    it.entry(20, "3", "7", &json!({}));
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &first), "");
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &second), "");
    // It was kicked twice: as many entries as events.
    it.entry(20, "4", "7", &json!({}));
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &first), "3");
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &second), "4");
    // Events that cannot be distinguished.
    let mut it = It::new();
    let same = it.leaves(1);
    it.leaves(1);
    it.entry(20, "3", "7", &json!({}));
    it.entry(20, "4", "7", &json!({}));
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &same), "");
}

#[test]
fn the_changes_of_an_entry_are_those_of_the_event() {
    let until = "2026-05-02T09:14:37+00:00";
    for (action, list, before, after) in [
        (24, json!([{"key": "nick", "new_value": "Bo"}]), json!({}), json!({"nick": "Bo"})),
        (24, json!([{"key": "nick", "old_value": "Bo"}]), json!({"nick": "Bo"}), json!({})),
        (
            24,
            json!([{"key": "communication_disabled_until", "new_value": until}]),
            json!({"communication_disabled_until": null}),
            json!({"communication_disabled_until": "2026-05-02T09:14:37.250000+00:00"}),
        ),
        (24, json!([{"key": "deaf", "new_value": true}]), json!({"deaf": false}), json!({"deaf": true})),
        (
            25,
            json!([{"key": "$add", "new_value": [{"id": "11", "name": "x"}]},
                   {"key": "$remove", "new_value": [{"id": "12", "name": "y"}]}]),
            json!({"roles": ["12"]}),
            json!({"roles": ["11"]}),
        ),
    ] {
        let mut it = It::new();
        let before = it.member(&before);
        let after = it.member(&after);
        it.entry(action, "3", "7", &changes(&list));
        assert_eq!(
            (it.who_changed(&before), it.who_changed(&after)),
            (String::new(), "3".to_owned()),
            "{list}"
        );
    }
}

#[test]
fn an_update_that_only_repeats_what_another_changed_has_no_entry() {
    let mut it = It::new();
    it.entry(25, "3", "7", &adds("11"));
    let changed = it.member(&json!({"roles": ["11"]}));
    let avatar = it.member(&json!({"roles": ["11"], "avatar": "a"}));
    let other = it.member(&json!({"roles": ["11", "12"], "avatar": "a"}));
    it.entry(25, "4", "7", &adds("12"));
    assert_eq!(it.who_changed(&changed), "3");
    assert_eq!(it.who_changed(&avatar), "");
    assert_eq!(it.who_changed(&other), "4");
}

#[test]
fn two_entries_of_one_change_are_of_the_same_user() {
    let mut it = It::new();
    let both = it.member(&json!({"nick": "Bo", "roles": ["11"]}));
    it.entry(24, "3", "7", &changes(&json!([{"key": "nick", "new_value": "Bo"}])));
    it.entry(25, "3", "7", &adds("11"));
    assert_eq!(it.who_changed(&both), "3");
    it.entry(25, "4", "7", &adds("11"));
    assert_eq!(it.who_changed(&both), "", "an event of the other user's change may still come");
}

#[test]
fn overwrites_of_channels_are_compared_by_their_role_or_member() {
    let channel = |overwrites: Value| json!({"id": "5", "guild_id": "1", "name": "deck", "permission_overwrites": overwrites});
    let overwrite = json!({"id": "11", "type": 0, "allow": "0", "deny": "2048"});
    let options = json!({"id": "11", "type": "0", "role_name": "x"});
    let deny = json!([{"key": "deny", "new_value": "2048"}, {"key": "type", "new_value": 0}, {"key": "allow", "new_value": "0"}]);
    let mut it = It::new();
    it.entry(13, "3", "5", &json!({"options": options, "changes": deny}));
    let created = it.add("CHANNEL_UPDATE", channel(json!([overwrite])));
    it.entry(15, "4", "5", &json!({"options": options}));
    let deleted = it.add("CHANNEL_UPDATE", channel(json!([])));
    let renamed = it.add(
        "CHANNEL_UPDATE",
        json!({"id": "5", "guild_id": "1", "name": "hold", "permission_overwrites": []}),
    );
    it.entry(11, "6", "5", &changes(&json!([{"key": "name", "old_value": "deck", "new_value": "hold"}])));
    let who = |event| it.who("CHANNEL_UPDATE", event);
    assert_eq!([who(&created), who(&deleted), who(&renamed)], ["3", "4", "6"]);
}

#[test]
fn threads_roles_and_guilds_have_their_fields_in_other_places() {
    let mut it = It::new();
    let thread = json!({"id": "5", "guild_id": "1", "thread_metadata": {"locked": true}});
    let (thread, role, guild) = (
        it.add("THREAD_UPDATE", thread),
        it.add("GUILD_ROLE_UPDATE", json!({"guild_id": "1", "role": {"id": "11", "permissions": "8"}})),
        it.add("GUILD_UPDATE", json!({"id": "1", "icon": "abc"})),
    );
    it.entry(111, "3", "5", &changes(&json!([{"key": "locked", "new_value": true}])));
    it.entry(31, "4", "11", &changes(&json!([{"key": "permissions", "new_value": "8"}])));
    it.entry(1, "6", "1", &changes(&json!([{"key": "icon_hash", "new_value": "abc"}])));
    assert_eq!(it.who("THREAD_UPDATE", &thread), "3");
    assert_eq!(it.who("GUILD_ROLE_UPDATE", &role), "4");
    assert_eq!(it.who("GUILD_UPDATE", &guild), "6");
}

#[test]
fn a_deleted_message_needs_its_author_and_no_other_deletion_close_to_it() {
    let options = json!({"options": {"channel_id": "5", "count": "1"}});
    let mut it = It::new();
    it.entry(72, "3", "7", &options);
    let message = it.deletes("1");
    assert!(matches!(it.found("MESSAGE_DELETE", &message, Some("7")), Found::NotYet(Some(_))));
    it.now += SETTLE;
    assert_eq!(it.who_deleted(&message, "7"), "3");
    assert_eq!(it.who_deleted(&message, "8"), "", "another author");
    let second = it.deletes("2");
    it.now += SETTLE;
    assert_eq!((it.who_deleted(&message, "7"), it.who_deleted(&second, "7")), Default::default());
    let mut it = It::new();
    it.entry(72, "3", "7", &json!({"options": {"channel_id": "6", "count": "1"}}));
    let message = it.deletes("1");
    it.now += SETTLE;
    assert_eq!(it.who_deleted(&message, "7"), "", "another channel");
}

#[test]
fn messages_that_were_deleted_together_have_their_number_in_the_entry() {
    let mut it = It::new();
    let event = json!({"guild_id": "1", "channel_id": "5", "ids": ["1", "2"]});
    let event = it.add("MESSAGE_DELETE_BULK", event);
    it.entry(73, "3", "5", &json!({"options": {"count": "3"}}));
    assert_eq!(it.who("MESSAGE_DELETE_BULK", &event), "");
    it.entry(73, "4", "5", &json!({"options": {"count": "2"}}));
    assert_eq!(it.who("MESSAGE_DELETE_BULK", &event), "4");
}

#[test]
fn what_is_too_old_or_was_lost_is_not_known() {
    let mut it = It::new();
    let left = it.leaves(0);
    it.now += NEAR + Duration::from_secs(1);
    it.entry(20, "3", "7", &json!({}));
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "", "too far from each other");
    it.now += KEPT;
    it.deletes("1");
    assert!(matches!(it.found("GUILD_MEMBER_REMOVE", &left, None), Found::UnknownEvent));
    // Where events were lost, one of them may be that of the entry.
    let mut it = It::new();
    it.entry(20, "3", "7", &json!({}));
    let left = it.leaves(0);
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "3");
    for number in 0..super::MAX_ITEMS - 2 {
        it.deletes(&number.to_string());
    }
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "3");
    it.entry(20, "4", "7", &json!({}));
    assert_eq!(it.who("GUILD_MEMBER_REMOVE", &left), "");
}
