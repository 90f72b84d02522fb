//! A wrong value in any field costs that field, and nothing else.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::events::TYPED;
use crate::fixtures;
use crate::mutation::Subject;
use crate::objects::{ERRORS, TYPES};
use crate::samples;

/// The fields that identify an object, without which it is lost, and the objects. An object has the name of the field that
/// holds it, of the event, or of the fixture. A row that is not needed fails the test.
#[rustfmt::skip]
const IDENTITIES: &[(&str, &[&str])] = &[
    ("id", &[
        "APPLICATION_COMMAND_PERMISSIONS_UPDATE", "AUTO_MODERATION_RULE_CREATE",
        "AUTO_MODERATION_RULE_DELETE", "AUTO_MODERATION_RULE_UPDATE", "CHANNEL_CREATE", "CHANNEL_DELETE",
        "CHANNEL_UPDATE", "ENTITLEMENT_CREATE", "ENTITLEMENT_DELETE", "ENTITLEMENT_UPDATE",
        "GUILD_AUDIT_LOG_ENTRY_CREATE", "GUILD_CREATE", "GUILD_DELETE", "GUILD_SCHEDULED_EVENT_CREATE",
        "GUILD_SCHEDULED_EVENT_DELETE", "GUILD_SCHEDULED_EVENT_UPDATE", "GUILD_UPDATE",
        "INTEGRATION_CREATE", "INTEGRATION_DELETE", "INTEGRATION_UPDATE", "INTERACTION_CREATE",
        "MESSAGE_CREATE", "MESSAGE_DELETE", "MESSAGE_UPDATE", "STAGE_INSTANCE_CREATE",
        "STAGE_INSTANCE_DELETE", "STAGE_INSTANCE_UPDATE", "SUBSCRIPTION_CREATE", "SUBSCRIPTION_DELETE",
        "SUBSCRIPTION_UPDATE", "THREAD_CREATE", "THREAD_DELETE", "THREAD_MEMBERS_UPDATE", "THREAD_UPDATE",
        "USER_UPDATE", "VOICE_CHANNEL_START_TIME_UPDATE", "VOICE_CHANNEL_STATUS_UPDATE",
        "actioned_by_user", "answer_counts", "application", "application.", "application.team.",
        "attachments", "audit_log_entries", "author", "available_tags", "bot", "channel", "channel.",
        "channels", "clip_participants", "command.", "command.permissions.", "connection", "creator",
        "data", "default_values", "first_messages", "game_direct_message", "guild", "guild.", "guild.partial_me.", "guild.unavailable.",
        "guild_create", "guild_join_requests", "guild_preview", "guild_scheduled_events", "guild_widget",
        "guilds", "integrations", "interaction", "interaction.", "interaction_create",
        "interaction_metadata", "inviter", "linked_channel", "lobby", "lobby_member", "lobby_message", "lobby_message_delete",
        "location", "members", "mention_channels", "mentions", "message", "message.", "message_create",
        "messages", "owner", "permission_overwrites", "permissions", "prompts", "recipients",
        "referenced_message", "role", "roles", "roles.", "sku", "source_channel", "source_guild",
        "stage_instances", "sticker.", "sticker_items", "sticker_pack", "stickers", "target_user",
        "thread", "threads", "triggering_interaction_metadata", "user", "user.", "users", "voice_regions",
        "webhook.",
    ]),
    ("application_id", &[
        "webhook_event_payload",
    ]),
    ("channel_id", &[
        "CHANNEL_PINS_UPDATE", "VOICE_CHANNEL_EFFECT_SEND", "WEBHOOKS_UPDATE", "new_member_actions",
        "resource_channels", "welcome_channels",
    ]),
    ("code", &[
        "INVITE_CREATE", "INVITE_DELETE", "guild_template", "invite.", "lobby_invite",
    ]),
    ("emoji", &[
        "reactions",
    ]),
    ("guild_id", &[
        "CHANNEL_INFO", "GUILD_EMOJIS_UPDATE", "GUILD_INTEGRATIONS_UPDATE", "GUILD_MEMBERS_CHUNK",
        "GUILD_SOUNDBOARD_SOUNDS_UPDATE", "GUILD_STICKERS_UPDATE", "SOUNDBOARD_SOUNDS", "THREAD_LIST_SYNC",
        "VOICE_SERVER_UPDATE", "guild.onboarding.", "new_member_welcome",
    ]),
    ("guild_scheduled_event_id", &[
        "GUILD_SCHEDULED_EVENT_USER_ADD", "GUILD_SCHEDULED_EVENT_USER_REMOVE",
    ]),
    ("key", &[
        "changes", "role_connection_metadata",
    ]),
    ("message_id", &[
        "MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE", "MESSAGE_REACTION_ADD",
        "MESSAGE_REACTION_REMOVE", "MESSAGE_REACTION_REMOVE_ALL", "MESSAGE_REACTION_REMOVE_EMOJI",
    ]),
    ("name", &[
        "choices", "options",
    ]),
    ("role", &[
        "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE",
    ]),
    ("role_id", &[
        "GUILD_ROLE_DELETE",
    ]),
    ("rule_id", &[
        "AUTO_MODERATION_ACTION_EXECUTION",
    ]),
    ("sound_id", &[
        "GUILD_SOUNDBOARD_SOUND_CREATE", "GUILD_SOUNDBOARD_SOUND_DELETE", "GUILD_SOUNDBOARD_SOUND_UPDATE",
        "soundboard.", "soundboard_sounds",
    ]),
    ("user", &[
        "GUILD_BAN_ADD", "GUILD_BAN_REMOVE", "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE",
        "GUILD_MEMBER_UPDATE", "PRESENCE_UPDATE", "ban.", "member", "member.", "members", "presence",
        "presences", "scheduled_event.user.",
    ]),
    ("user_id", &[
        "TYPING_START", "VOICE_STATE_UPDATE", "voice_state.", "voice_states",
    ]),
    ("instance_id", &[
        "activity_instance",
    ]),
    ("access_token", &[
        "provisional_token",
    ]),
    ("message", &[
        "items",
    ]),
    ("threads", &[
        "thread_list",
    ]),
    ("kid", &[
        "keys",
    ]),
    ("webhook_id", &[
        "followed_channel",
    ]),
];

fn is_identity(holder: &str, field: &str) -> bool {
    IDENTITIES.iter().any(|(name, holders)| *name == field && holders.contains(&holder))
}

/// The events of the fixtures.
pub(crate) fn events() -> Option<Vec<Subject<'static>>> {
    let mut subjects = Vec::new();
    for fixture in fixtures::events()? {
        let mut frame: Value = serde_json::from_str(&fixture.text).unwrap();
        let Some((name, _, rewrite, _)) = TYPED.iter().find(|(name, ..)| frame["t"] == **name) else {
            continue;
        };
        subjects.push(Subject { name, sent: frame["d"].take(), rewrite: *rewrite, is_identity });
    }
    subjects.sort_by_key(|subject| subject.name);
    Some(subjects)
}

/// The objects of the fixtures.
fn objects() -> Option<Vec<Subject<'static>>> {
    let mut subjects = Vec::new();
    for fixture in fixtures::objects()? {
        if ERRORS.iter().any(|name| fixture.file.starts_with(name)) {
            continue;
        }
        let (name, _, rewrite) = TYPES.iter().find(|(name, ..)| fixture.file.starts_with(name)).unwrap();
        let sent = serde_json::from_str(&fixture.text).unwrap();
        subjects.push(Subject { name, sent, rewrite: *rewrite, is_identity });
    }
    subjects.sort_by_key(|subject| subject.name);
    Some(subjects)
}

/// What was found in some of the subjects.
#[derive(Default)]
struct Found {
    count: usize,
    problems: Vec<String>,
    identities: BTreeSet<(String, String)>,
}

impl Found {
    /// Checks all subjects of one name, whose fields are checked once.
    fn check(&mut self, subjects: &[Subject<'_>]) {
        let mut seen = BTreeSet::new();
        for subject in subjects {
            let right = (subject.rewrite)(&subject.sent.to_string()).unwrap();
            subject.each_mutation(&mut seen, |mutation| {
                let outcome = subject.check(&right, mutation);
                self.count += 1;
                self.problems.extend(outcome.problems);
                self.identities.extend(outcome.identity);
            });
        }
    }

    fn add(mut self, other: Found) -> Found {
        self.count += other.count;
        self.problems.extend(other.problems);
        self.identities.extend(other.identities);
        self
    }
}

/// Checks all subjects on several threads.
fn check(mut subjects: Vec<Subject<'static>>) -> Found {
    subjects.sort_by_key(|subject| subject.name);
    let mut groups: Vec<&[Subject<'_>]> = subjects.chunk_by(|one, next| one.name == next.name).collect();
    groups.sort_by_key(|group| group.iter().map(|subject| subject.sent.to_string().len()).sum::<usize>());
    let groups = Mutex::new(groups);
    let work = || {
        let mut found = Found::default();
        loop {
            let Some(group) = groups.lock().unwrap().pop() else { return found };
            found.check(group);
        }
    };
    let found = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).fold(Found::default(), Found::add)
    });
    let Found { count, problems, .. } = &found;
    println!("{count} wrong values");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    found
}

#[test]
fn a_wrong_value_in_any_field_costs_only_that_field() {
    let samples = samples::all().map(|(name, rewrite, sent)| Subject { name, sent, rewrite, is_identity });
    let Found { count, mut identities, .. } = check(samples.collect());
    assert!(count > 3_000);
    let (Some(mut fixtures), Some(objects)) = (events(), objects()) else { return };
    fixtures.extend(objects);
    let found = check(fixtures);
    assert!(found.count > 10_000);
    identities.extend(found.identities);
    let rows =
        IDENTITIES.iter().flat_map(|(field, holders)| holders.iter().map(move |holder| (*holder, *field)));
    let unused: Vec<_> = rows
        .filter(|(holder, field)| !identities.contains(&((*holder).to_owned(), (*field).to_owned())))
        .collect();
    assert_eq!(unused, [], "these fields cost only themselves");
}
