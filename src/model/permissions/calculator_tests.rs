#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::PermissionCalculator;
use crate::id::UserId;
use crate::model::{Channel, ChannelType, Guild, PartialMember, Permissions};

const GUILD: u64 = 1;
const MODERATORS: u64 = 10;
const GUESTS: u64 = 11;
const ADMINISTRATORS: u64 = 12;
const MIRA: u64 = 20;
const OWNER: u64 = 21;

const VIEW: Permissions = Permissions::VIEW_CHANNEL;
const READ: Permissions = Permissions::READ_MESSAGE_HISTORY;
const SEND: Permissions = Permissions::SEND_MESSAGES;
const FILES: Permissions = Permissions::ATTACH_FILES;
const CONNECT: Permissions = Permissions::CONNECT;
const KICK: Permissions = Permissions::KICK_MEMBERS;
const THREADS: Permissions = Permissions::MANAGE_THREADS;
const IN_THREADS: Permissions = Permissions::SEND_MESSAGES_IN_THREADS;
const NONE: Permissions = Permissions::empty();
const ALL: Permissions = Permissions::all();

/// `@everyone` can view, read, send, attach and connect. Moderators can also kick.
fn guild() -> Guild {
    let everyone = VIEW | READ | SEND | FILES | CONNECT;
    serde_json::from_value(json!({
        "id": GUILD.to_string(), "owner_id": OWNER.to_string(),
        "roles": [
            {"id": GUILD.to_string(), "permissions": everyone},
            {"id": MODERATORS.to_string(), "permissions": KICK},
            {"id": GUESTS.to_string(), "permissions": "0"},
            {"id": ADMINISTRATORS.to_string(), "permissions": Permissions::ADMINISTRATOR},
        ],
    }))
    .unwrap()
}

fn channel(kind: ChannelType, overwrites: &[(u64, u32, Permissions, Permissions)]) -> Channel {
    let overwrites: Vec<Value> = overwrites
        .iter()
        .map(|(id, kind, allow, deny)| json!({"id": id, "type": kind, "allow": allow, "deny": deny}))
        .collect();
    serde_json::from_value(json!({"id": "5", "type": kind, "permission_overwrites": overwrites})).unwrap()
}

fn member(roles: &[u64]) -> PartialMember {
    serde_json::from_value(json!({ "roles": roles })).unwrap()
}

fn with_calculator(user: u64, roles: &[u64], check: impl FnOnce(PermissionCalculator<'_>)) {
    let (guild, member) = (guild(), member(roles));
    check(PermissionCalculator::new(&guild, UserId::new(user), &member, SystemTime::UNIX_EPOCH));
}

#[test]
fn roles_are_combined_and_owners_and_administrators_have_all_permissions() {
    let everyone = VIEW | READ | SEND | FILES | CONNECT;
    let table: [(u64, &[u64], Permissions); 6] = [
        (MIRA, &[], everyone),
        (MIRA, &[MODERATORS], everyone | KICK),
        (MIRA, &[MODERATORS, GUESTS], everyone | KICK),
        // A deleted role has no permissions.
        (MIRA, &[99], everyone),
        (MIRA, &[ADMINISTRATORS], ALL),
        (OWNER, &[], ALL),
    ];
    for (user, roles, expected) in table {
        with_calculator(user, roles, |calculator| {
            assert_eq!(calculator.in_guild(), expected, "{user} {roles:?}");
        });
    }
}

/// Member, roles, channel type, overwrites (ID, type 0 role or 1 member, allow, deny) and the expected permissions.
type Case<'a> = (u64, &'a [u64], ChannelType, &'a [(u64, u32, Permissions, Permissions)], Permissions);

#[test]
fn overwrites_are_applied_in_the_documented_order() {
    let text = ChannelType::GUILD_TEXT;
    let voice = ChannelType::GUILD_VOICE;
    let everyone = VIEW | READ | SEND | FILES | CONNECT;
    let table: [Case<'_>; 15] = [
        (MIRA, &[], text, &[], everyone),
        // A role's overwrite has priority over that of @everyone, in any order of the list.
        (MIRA, &[], text, &[(GUILD, 0, NONE, VIEW)], NONE),
        (MIRA, &[GUESTS], text, &[(GUESTS, 0, VIEW, NONE), (GUILD, 0, NONE, VIEW)], everyone),
        (MIRA, &[], text, &[(GUESTS, 0, VIEW, NONE), (GUILD, 0, NONE, VIEW)], NONE),
        // Between roles, an allow has priority over a deny.
        (
            MIRA,
            &[GUESTS, MODERATORS],
            text,
            &[(MODERATORS, 0, FILES, NONE), (GUESTS, 0, NONE, FILES)],
            everyone | KICK,
        ),
        // The member's overwrite has the highest priority.
        (MIRA, &[GUESTS], text, &[(GUESTS, 0, FILES, NONE), (MIRA, 1, NONE, FILES)], everyone - FILES),
        (MIRA, &[GUESTS], text, &[(MIRA, 1, KICK, NONE), (GUESTS, 0, NONE, KICK)], everyone | KICK),
        // Overwrites of other members are ignored, and so is a role overwrite whose ID is the member's.
        (MIRA, &[], text, &[(OWNER, 1, NONE, VIEW), (MIRA, 0, NONE, VIEW), (GUILD, 1, NONE, VIEW)], everyone),
        // Unknown types of overwrites are ignored.
        (MIRA, &[], text, &[(MIRA, 7, NONE, VIEW)], everyone),
        // Without SEND_MESSAGES, files cannot be attached.
        (MIRA, &[], text, &[(GUILD, 0, NONE, SEND)], VIEW | READ | CONNECT),
        // Without CONNECT, a voice channel is only visible. In other channels, CONNECT has no effect.
        (MIRA, &[], voice, &[(GUILD, 0, NONE, CONNECT)], VIEW),
        (MIRA, &[], ChannelType::GUILD_STAGE_VOICE, &[(GUILD, 0, NONE, CONNECT)], VIEW),
        (MIRA, &[], text, &[(GUILD, 0, NONE, CONNECT)], everyone - CONNECT),
        // Overwrites do not affect administrators and the owner.
        (MIRA, &[ADMINISTRATORS], voice, &[(MIRA, 1, NONE, ALL)], ALL),
        (OWNER, &[], text, &[(OWNER, 1, NONE, ALL)], ALL),
    ];
    for (at, (user, roles, kind, overwrites, expected)) in table.into_iter().enumerate() {
        with_calculator(user, roles, |calculator| {
            assert_eq!(calculator.in_channel(&channel(kind, overwrites)), expected, "case {at}");
        });
    }
}

/// Roles, overwrite of `@everyone` (allow, deny), thread, joined, and the expected permissions.
type ThreadCase<'a> = (&'a [u64], Permissions, Permissions, &'a Channel, bool, Permissions);

#[test]
fn sending_in_threads_needs_its_own_permission() {
    let everyone = VIEW | READ | SEND | FILES | CONNECT;
    let public = channel(ChannelType::PUBLIC_THREAD, &[]);
    let private = channel(ChannelType::PRIVATE_THREAD, &[]);
    let table: [ThreadCase<'_>; 8] = [
        (&[], NONE, NONE, &public, false, VIEW | READ | CONNECT),
        (&[], IN_THREADS, NONE, &public, false, everyone | IN_THREADS),
        (&[], IN_THREADS, SEND, &public, false, everyone | IN_THREADS),
        (&[], IN_THREADS, VIEW, &public, true, NONE),
        (&[], IN_THREADS, NONE, &private, false, NONE),
        (&[], IN_THREADS, NONE, &private, true, everyone | IN_THREADS),
        (&[], THREADS | IN_THREADS, NONE, &private, false, everyone | IN_THREADS | THREADS),
        (&[ADMINISTRATORS], NONE, VIEW, &private, false, ALL),
    ];
    for (at, (roles, allow, deny, thread, joined, expected)) in table.into_iter().enumerate() {
        let parent = channel(ChannelType::GUILD_TEXT, &[(GUILD, 0, allow, deny)]);
        with_calculator(MIRA, roles, |calculator| {
            assert_eq!(calculator.in_thread(&parent, thread, joined), expected, "case {at}");
        });
    }
}

#[test]
fn a_timeout_leaves_only_reading_until_it_expires() {
    let guild = guild();
    let until = SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_713_277);
    let mut member = member(&[MODERATORS]);
    member.communication_disabled_until = Some(crate::model::Timestamp::new("2026-05-02T09:14:37+00:00"));
    let at = |user: u64, now| PermissionCalculator::new(&guild, UserId::new(user), &member, now);

    let before = at(MIRA, until - Duration::from_secs(1));
    assert_eq!(before.in_guild(), VIEW | READ);
    assert_eq!(before.in_channel(&channel(ChannelType::GUILD_TEXT, &[])), VIEW | READ);
    assert_eq!(at(OWNER, until - Duration::from_secs(1)).in_guild(), ALL);
    assert_eq!(at(MIRA, until).in_guild(), VIEW | READ | SEND | FILES | CONNECT | KICK);
}

#[test]
fn an_administrator_keeps_unknown_permissions_and_all_has_no_unknown_bit() {
    let guild: Guild = serde_json::from_value(json!({
        "id": "1", "roles": [{"id": "1", "permissions": (Permissions::from_bits_retain(1 << 90) | Permissions::ADMINISTRATOR)}],
    }))
    .unwrap();
    let member = member(&[]);
    let calculator = PermissionCalculator::new(&guild, UserId::new(MIRA), &member, SystemTime::UNIX_EPOCH);
    assert_eq!(calculator.in_guild(), ALL | Permissions::from_bits_retain(1 << 90));
    assert!(!format!("{ALL:?}").contains("0x"), "{ALL:?}");
    assert_eq!(format!("{ALL:?}").split(" | ").count(), 52);
}
