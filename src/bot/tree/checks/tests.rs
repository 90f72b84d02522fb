use super::{Check, bot_has_permissions, declared_permissions, guild_only, missing, needs};
use crate::model::Permissions;

#[test]
fn permissions_are_written_in_words() {
    let two = Permissions::BAN_MEMBERS | Permissions::MANAGE_GUILD;
    assert_eq!(needs(two, false).to_string(), "You need the permissions Ban Members, Manage Server.");
    let unknown = needs(Permissions::from_bits_retain(1 << 60), true);
    assert_eq!(unknown.to_string(), "I need the permission 0x1000000000000000.");
}

#[test]
fn administrators_have_every_permission() {
    let both = Permissions::BAN_MEMBERS | Permissions::KICK_MEMBERS;
    assert_eq!(missing(both, Permissions::BAN_MEMBERS), Permissions::KICK_MEMBERS);
    assert_eq!(missing(both, Permissions::ADMINISTRATOR), Permissions::empty());
}

#[test]
fn the_permissions_that_the_bot_needs_are_found_in_combined_checks() {
    let (ban, kick) = (Permissions::BAN_MEMBERS, Permissions::KICK_MEMBERS);
    let checks = [
        guild_only(),
        Check::all([bot_has_permissions(ban), guild_only()]),
        Check::any([bot_has_permissions(kick)]),
        Check::not(bot_has_permissions(Permissions::ADMINISTRATOR), "I must be no administrator."),
    ];
    assert_eq!(declared_permissions(&checks), ban | kick);
}
