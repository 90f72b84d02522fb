//! The permissions by name.

pub(in crate::sim::world) const CREATE_INSTANT_INVITE: u64 = 1;
pub(in crate::sim::world) const KICK_MEMBERS: u64 = 1 << 1;
pub(in crate::sim::world) const BAN_MEMBERS: u64 = 1 << 2;
pub(in crate::sim::world) const ADMINISTRATOR: u64 = 1 << 3;
pub(in crate::sim::world) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(in crate::sim::world) const MANAGE_GUILD: u64 = 1 << 5;
pub(in crate::sim::world) const ADD_REACTIONS: u64 = 1 << 6;
pub(in crate::sim::world) const VIEW_AUDIT_LOG: u64 = 1 << 7;
pub(in crate::sim::world) const VIEW_CHANNEL: u64 = 1 << 10;
pub(in crate::sim::world) const SEND_MESSAGES: u64 = 1 << 11;
pub(in crate::sim::world) const SEND_TTS_MESSAGES: u64 = 1 << 12;
pub(in crate::sim::world) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(in crate::sim::world) const EMBED_LINKS: u64 = 1 << 14;
pub(in crate::sim::world) const ATTACH_FILES: u64 = 1 << 15;
pub(in crate::sim::world) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub(in crate::sim::world) const MENTION_EVERYONE: u64 = 1 << 17;
pub(in crate::sim::world) const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
pub(in crate::sim::world) const CONNECT: u64 = 1 << 20;
pub(in crate::sim::world) const SPEAK: u64 = 1 << 21;
pub(in crate::sim::world) const MUTE_MEMBERS: u64 = 1 << 22;
pub(in crate::sim::world) const DEAFEN_MEMBERS: u64 = 1 << 23;
pub(in crate::sim::world) const MOVE_MEMBERS: u64 = 1 << 24;
pub(in crate::sim::world) const CHANGE_NICKNAME: u64 = 1 << 26;
pub(in crate::sim::world) const MANAGE_NICKNAMES: u64 = 1 << 27;
pub(in crate::sim::world) const MANAGE_ROLES: u64 = 1 << 28;
pub(in crate::sim::world) const MANAGE_WEBHOOKS: u64 = 1 << 29;
pub(in crate::sim::world) const MANAGE_GUILD_EXPRESSIONS: u64 = 1 << 30;
pub(in crate::sim::world) const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub(in crate::sim::world) const MANAGE_EVENTS: u64 = 1 << 33;
pub(in crate::sim::world) const MANAGE_THREADS: u64 = 1 << 34;
pub(in crate::sim::world) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(in crate::sim::world) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(in crate::sim::world) const USE_EXTERNAL_STICKERS: u64 = 1 << 37;
pub(in crate::sim::world) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
pub(in crate::sim::world) const START_ACTIVITIES: u64 = 1 << 39;
pub(in crate::sim::world) const MODERATE_MEMBERS: u64 = 1 << 40;
pub(in crate::sim::world) const USE_SOUNDBOARD: u64 = 1 << 42;
pub(in crate::sim::world) const CREATE_GUILD_EXPRESSIONS: u64 = 1 << 43;
pub(in crate::sim::world) const CREATE_EVENTS: u64 = 1 << 44;
pub(in crate::sim::world) const USE_EXTERNAL_SOUNDS: u64 = 1 << 45;
pub(in crate::sim::world) const SEND_VOICE_MESSAGES: u64 = 1 << 46;
pub(in crate::sim::world) const SET_VOICE_CHANNEL_STATUS: u64 = 1 << 48;
pub(in crate::sim::world) const SEND_POLLS: u64 = 1 << 49;
pub(in crate::sim::world) const PIN_MESSAGES: u64 = 1 << 51;
pub(in crate::sim::world) const BYPASS_SLOWMODE: u64 = 1 << 52;

/// All permissions that have names.
pub(in crate::sim::world) const ALL: u64 = ((1 << 53) - 1) & !(1 << 47);

/// The permissions of both sides of direct messages.
pub(in crate::sim::world) const DIRECT: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | USE_EXTERNAL_EMOJIS
    | USE_EXTERNAL_STICKERS
    | START_ACTIVITIES
    | SEND_VOICE_MESSAGES
    | SEND_POLLS
    | PIN_MESSAGES;

/// What a member in a timeout keeps.
pub(in crate::sim::world) const IN_TIMEOUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;
