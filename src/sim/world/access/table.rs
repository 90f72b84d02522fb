//! Which permissions each route needs. The pages of the routes say so.

use super::bits::*;
use crate::sim::world::rest_request::path_matches;

/// What a route needs.
pub(super) struct Row {
    /// The methods, separated by a bar.
    methods: &'static str,
    /// The path. A star stands for any segment.
    path: &'static str,
    /// The permissions, all of which are needed: in the channel for a path below `channels`, otherwise in the guild.
    pub(super) needed: u64,
    /// What may be done without them.
    pub(super) except: Except,
}

/// Who needs no permission of a row.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Except {
    None,
    /// The author of the message.
    Author,
    /// The creator of the thread, if it is private.
    ThreadCreator,
    /// The one who created the object of the list, with another permission.
    Creator {
        list: &'static str,
        key: &'static str,
        needed: u64,
    },
    /// A user with any of these permissions.
    Any(u64),
}

const fn row(methods: &'static str, path: &'static str, needed: u64) -> Row {
    Row { methods, path, needed, except: Except::None }
}

const fn row_except(methods: &'static str, path: &'static str, needed: u64, except: Except) -> Row {
    Row { methods, path, needed, except }
}

const EMOJI_CREATOR: Except = Except::Creator { list: "emojis", key: "id", needed: CREATE_GUILD_EXPRESSIONS };
const STICKER_CREATOR: Except =
    Except::Creator { list: "stickers", key: "id", needed: CREATE_GUILD_EXPRESSIONS };
const SOUND_CREATOR: Except =
    Except::Creator { list: "soundboard sounds", key: "sound_id", needed: CREATE_GUILD_EXPRESSIONS };
const EVENT_CREATOR: Except = Except::Creator { list: "scheduled events", key: "id", needed: CREATE_EVENTS };

/// The routes below a channel. Each of them also needs VIEW_CHANNEL. What a message contains may need more: see `check`.
const CHANNEL_ROUTES: &[Row] = &[
    row("PATCH|DELETE", "channels/*", MANAGE_CHANNELS),
    // Without READ_MESSAGE_HISTORY the list of pins is empty.
    row("GET", "channels/*/messages/pins", 0),
    row("GET", "channels/*/messages/*", READ_MESSAGE_HISTORY),
    row("POST", "channels/*/messages", SEND_MESSAGES),
    row("POST", "channels/*/messages/bulk-delete", MANAGE_MESSAGES),
    row_except("DELETE", "channels/*/messages/*", MANAGE_MESSAGES, Except::Author),
    row_except("POST", "channels/*/messages/*/crosspost", SEND_MESSAGES | MANAGE_MESSAGES, Except::Author),
    row("PUT|DELETE", "channels/*/messages/pins/*", PIN_MESSAGES),
    row("PUT|DELETE", "channels/*/pins/*", PIN_MESSAGES),
    row("PUT", "channels/*/messages/*/reactions/*/@me", READ_MESSAGE_HISTORY),
    row("DELETE", "channels/*/messages/*/reactions", MANAGE_MESSAGES),
    row("DELETE", "channels/*/messages/*/reactions/*", MANAGE_MESSAGES),
    row("DELETE", "channels/*/messages/*/reactions/*/@me", 0),
    row("DELETE", "channels/*/messages/*/reactions/*/*", MANAGE_MESSAGES),
    row("POST", "channels/*/messages/*/threads", CREATE_PUBLIC_THREADS),
    row("GET", "channels/*/threads/archived/public", READ_MESSAGE_HISTORY),
    row("GET", "channels/*/threads/archived/private", READ_MESSAGE_HISTORY | MANAGE_THREADS),
    row("GET", "channels/*/users/@me/threads/archived/private", READ_MESSAGE_HISTORY),
    row("POST", "channels/*/typing", SEND_MESSAGES),
    row("PUT|DELETE", "channels/*/permissions/*", MANAGE_ROLES),
    row("GET", "channels/*/invites", MANAGE_CHANNELS),
    row("POST", "channels/*/invites", CREATE_INSTANT_INVITE),
    row("GET|POST", "channels/*/webhooks", MANAGE_WEBHOOKS),
    row("PUT", "channels/*/voice-status", SET_VOICE_CHANNEL_STATUS),
    row("POST", "channels/*/send-soundboard-sound", SPEAK | USE_SOUNDBOARD),
];

/// The routes below a thread that need something else than those of other channels.
const THREAD_ROUTES: &[Row] = &[
    // What the creator of a thread may change depends on the fields: see `check`.
    row("PATCH", "channels/*", 0),
    row("DELETE", "channels/*", MANAGE_THREADS),
    row("POST", "channels/*/messages", SEND_MESSAGES_IN_THREADS),
    row("POST", "channels/*/typing", SEND_MESSAGES_IN_THREADS),
    row("PUT", "channels/*/thread-members/@me", 0),
    row("PUT", "channels/*/thread-members/*", SEND_MESSAGES_IN_THREADS),
    row("DELETE", "channels/*/thread-members/@me", 0),
    row_except("DELETE", "channels/*/thread-members/*", MANAGE_THREADS, Except::ThreadCreator),
];

/// The routes below a guild. Each of them also needs membership.
const GUILD_ROUTES: &[Row] = &[
    row("PATCH", "guilds/*", MANAGE_GUILD),
    row("GET", "guilds/*/audit-logs", VIEW_AUDIT_LOG),
    row("POST|PATCH", "guilds/*/channels", MANAGE_CHANNELS),
    row("PUT", "guilds/*/members/*", CREATE_INSTANT_INVITE),
    row("DELETE", "guilds/*/members/*", KICK_MEMBERS),
    row("PUT|DELETE", "guilds/*/members/*/roles/*", MANAGE_ROLES),
    row("GET", "guilds/*/bans", BAN_MEMBERS),
    row("GET|PUT|DELETE", "guilds/*/bans/*", BAN_MEMBERS),
    row("POST", "guilds/*/bulk-ban", BAN_MEMBERS | MANAGE_GUILD),
    row("POST|PATCH", "guilds/*/roles", MANAGE_ROLES),
    row("PATCH|DELETE", "guilds/*/roles/*", MANAGE_ROLES),
    row("GET|POST", "guilds/*/prune", MANAGE_GUILD | KICK_MEMBERS),
    row_except("GET", "guilds/*/invites", MANAGE_GUILD, Except::Any(VIEW_AUDIT_LOG)),
    row("GET", "guilds/*/integrations", MANAGE_GUILD),
    row("DELETE", "guilds/*/integrations/*", MANAGE_GUILD),
    row("GET|PATCH", "guilds/*/widget", MANAGE_GUILD),
    row("GET", "guilds/*/vanity-url", MANAGE_GUILD),
    row("PATCH", "guilds/*/welcome-screen", MANAGE_GUILD),
    row("PUT", "guilds/*/onboarding", MANAGE_GUILD | MANAGE_ROLES),
    row("PUT", "guilds/*/incident-actions", MANAGE_GUILD),
    row("GET|POST", "guilds/*/templates", MANAGE_GUILD),
    row("PUT|PATCH|DELETE", "guilds/*/templates/*", MANAGE_GUILD),
    row("POST", "guilds/*/emojis", CREATE_GUILD_EXPRESSIONS),
    row_except("PATCH|DELETE", "guilds/*/emojis/*", MANAGE_GUILD_EXPRESSIONS, EMOJI_CREATOR),
    row("POST", "guilds/*/stickers", CREATE_GUILD_EXPRESSIONS),
    row_except("PATCH|DELETE", "guilds/*/stickers/*", MANAGE_GUILD_EXPRESSIONS, STICKER_CREATOR),
    row("POST", "guilds/*/soundboard-sounds", CREATE_GUILD_EXPRESSIONS),
    row_except("PATCH|DELETE", "guilds/*/soundboard-sounds/*", MANAGE_GUILD_EXPRESSIONS, SOUND_CREATOR),
    row("POST", "guilds/*/scheduled-events", CREATE_EVENTS),
    row_except("PATCH|DELETE", "guilds/*/scheduled-events/*", MANAGE_EVENTS, EVENT_CREATOR),
    row("GET|POST", "guilds/*/auto-moderation/rules", MANAGE_GUILD),
    row("GET|PATCH|DELETE", "guilds/*/auto-moderation/rules/*", MANAGE_GUILD),
    row("GET", "guilds/*/webhooks", MANAGE_WEBHOOKS),
    row("PATCH", "guilds/*/voice-states/@me", 0),
    row("PATCH", "guilds/*/voice-states/*", MUTE_MEMBERS),
    row("GET", "guilds/*/requests", KICK_MEMBERS),
    row("PATCH", "guilds/*/requests/*", KICK_MEMBERS),
];

/// What a stage instance needs in its channel.
pub(super) const STAGE_MODERATOR: u64 = MANAGE_CHANNELS | MUTE_MEMBERS | MOVE_MEMBERS;

/// What each field of a member needs, for a change by another member.
pub(super) const MEMBER_FIELDS: [(&str, u64); 6] = [
    ("nick", MANAGE_NICKNAMES),
    ("roles", MANAGE_ROLES),
    ("mute", MUTE_MEMBERS),
    ("deaf", DEAFEN_MEMBERS),
    ("channel_id", MOVE_MEMBERS),
    ("communication_disabled_until", MODERATE_MEMBERS),
];

/// The row of a route.
pub(super) fn find(method: &str, path: &[&str], is_thread: bool) -> Option<&'static Row> {
    let thread_routes = if is_thread { THREAD_ROUTES } else { &[] };
    let mut rows = thread_routes.iter().chain(CHANNEL_ROUTES).chain(GUILD_ROUTES);
    rows.find(|row| row.methods.split('|').any(|one| one == method) && path_matches(row.path, path))
}
