//! The numbers of Discord's types and flags, each under Discord's own name.

/// [Channel types](https://docs.discord.com/developers/resources/channel#channel-object-channel-types).
pub(in crate::sim) mod channel_type {
    pub(in crate::sim) const GUILD_TEXT: u64 = 0;
    pub(in crate::sim) const DM: u64 = 1;
    pub(in crate::sim) const GUILD_VOICE: u64 = 2;
    pub(in crate::sim) const GUILD_CATEGORY: u64 = 4;
    pub(in crate::sim) const GUILD_ANNOUNCEMENT: u64 = 5;
    pub(in crate::sim) const ANNOUNCEMENT_THREAD: u64 = 10;
    pub(in crate::sim) const PUBLIC_THREAD: u64 = 11;
    pub(in crate::sim) const PRIVATE_THREAD: u64 = 12;
    pub(in crate::sim) const GUILD_STAGE_VOICE: u64 = 13;
    pub(in crate::sim) const GUILD_DIRECTORY: u64 = 14;
    pub(in crate::sim) const GUILD_FORUM: u64 = 15;
    pub(in crate::sim) const GUILD_MEDIA: u64 = 16;

    /// Channels of posts: each message in them is in a thread.
    pub(in crate::sim) const FORUMS: [u64; 2] = [GUILD_FORUM, GUILD_MEDIA];
    /// Channels in which threads can be started.
    pub(in crate::sim) const WITH_THREADS: [u64; 4] =
        [GUILD_TEXT, GUILD_ANNOUNCEMENT, GUILD_FORUM, GUILD_MEDIA];
    /// Channels in which people can talk.
    pub(in crate::sim) const WITH_VOICE: [u64; 2] = [GUILD_VOICE, GUILD_STAGE_VOICE];
    pub(in crate::sim) const THREADS: [u64; 3] = [ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD];
}

/// [Types of permission overwrites](https://docs.discord.com/developers/resources/channel#overwrite-object).
pub(in crate::sim) mod overwrite_type {
    pub(in crate::sim) const ROLE: u64 = 0;
    pub(in crate::sim) const MEMBER: u64 = 1;
}

/// [Message types](https://docs.discord.com/developers/resources/message#message-object-message-types).
pub(in crate::sim) mod message_type {
    pub(in crate::sim) const DEFAULT: u64 = 0;
    pub(in crate::sim) const CHANNEL_PINNED_MESSAGE: u64 = 6;
    pub(in crate::sim) const USER_JOIN: u64 = 7;
    pub(in crate::sim) const THREAD_CREATED: u64 = 18;
    pub(in crate::sim) const REPLY: u64 = 19;
    pub(in crate::sim) const CHAT_INPUT_COMMAND: u64 = 20;
    pub(in crate::sim) const THREAD_STARTER_MESSAGE: u64 = 21;
    pub(in crate::sim) const CONTEXT_MENU_COMMAND: u64 = 23;
    pub(in crate::sim) const AUTO_MODERATION_ACTION: u64 = 24;
    pub(in crate::sim) const POLL_RESULT: u64 = 46;
}

/// [Message flags](https://docs.discord.com/developers/resources/message#message-object-message-flags).
pub(in crate::sim) mod message_flag {
    pub(in crate::sim) const CROSSPOSTED: u64 = 1;
    pub(in crate::sim) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(in crate::sim) const HAS_THREAD: u64 = 1 << 5;
    pub(in crate::sim) const EPHEMERAL: u64 = 1 << 6;
    pub(in crate::sim) const LOADING: u64 = 1 << 7;
    pub(in crate::sim) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(in crate::sim) const IS_VOICE_MESSAGE: u64 = 1 << 13;
    pub(in crate::sim) const HAS_SNAPSHOT: u64 = 1 << 14;
    pub(in crate::sim) const IS_COMPONENTS_V2: u64 = 1 << 15;
}

/// [Attachment flags](https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags).
pub(in crate::sim) mod attachment_flag {
    pub(in crate::sim) const IS_SPOILER: u64 = 1 << 3;
}

/// The [flags of an application](https://docs.discord.com/developers/resources/application#application-object-application-flags)
/// that show its privileged intents. `LIMITED` is without verification.
pub(in crate::sim) mod application_flag {
    pub(in crate::sim) const GATEWAY_PRESENCE: u64 = 1 << 12;
    pub(in crate::sim) const GATEWAY_GUILD_MEMBERS: u64 = 1 << 14;
    pub(in crate::sim) const GATEWAY_GUILD_MEMBERS_LIMITED: u64 = 1 << 15;
    pub(in crate::sim) const GATEWAY_MESSAGE_CONTENT: u64 = 1 << 18;
    pub(in crate::sim) const GATEWAY_MESSAGE_CONTENT_LIMITED: u64 = 1 << 19;
}

/// [Types of message references](https://docs.discord.com/developers/resources/message#message-reference-types).
pub(in crate::sim) mod reference_type {
    pub(in crate::sim) const DEFAULT: u64 = 0;
    pub(in crate::sim) const FORWARD: u64 = 1;
}

/// [Audit log events](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events).
pub(in crate::sim) mod audit_action {
    pub(in crate::sim) const GUILD_UPDATE: u64 = 1;
    pub(in crate::sim) const CHANNEL_CREATE: u64 = 10;
    pub(in crate::sim) const CHANNEL_UPDATE: u64 = 11;
    pub(in crate::sim) const CHANNEL_DELETE: u64 = 12;
    pub(in crate::sim) const CHANNEL_OVERWRITE_CREATE: u64 = 13;
    pub(in crate::sim) const CHANNEL_OVERWRITE_UPDATE: u64 = 14;
    pub(in crate::sim) const CHANNEL_OVERWRITE_DELETE: u64 = 15;
    pub(in crate::sim) const MEMBER_KICK: u64 = 20;
    pub(in crate::sim) const MEMBER_BAN_ADD: u64 = 22;
    pub(in crate::sim) const MEMBER_BAN_REMOVE: u64 = 23;
    pub(in crate::sim) const MEMBER_UPDATE: u64 = 24;
    pub(in crate::sim) const MEMBER_ROLE_UPDATE: u64 = 25;
    pub(in crate::sim) const MEMBER_MOVE: u64 = 26;
    pub(in crate::sim) const MEMBER_DISCONNECT: u64 = 27;
    pub(in crate::sim) const ROLE_CREATE: u64 = 30;
    pub(in crate::sim) const INVITE_CREATE: u64 = 40;
    pub(in crate::sim) const INVITE_DELETE: u64 = 42;
    pub(in crate::sim) const WEBHOOK_CREATE: u64 = 50;
    pub(in crate::sim) const WEBHOOK_UPDATE: u64 = 51;
    pub(in crate::sim) const WEBHOOK_DELETE: u64 = 52;
    pub(in crate::sim) const EMOJI_CREATE: u64 = 60;
    pub(in crate::sim) const MESSAGE_DELETE: u64 = 72;
    pub(in crate::sim) const MESSAGE_BULK_DELETE: u64 = 73;
    pub(in crate::sim) const MESSAGE_PIN: u64 = 74;
    pub(in crate::sim) const MESSAGE_UNPIN: u64 = 75;
    pub(in crate::sim) const STAGE_INSTANCE_CREATE: u64 = 83;
    pub(in crate::sim) const STICKER_CREATE: u64 = 90;
    pub(in crate::sim) const GUILD_SCHEDULED_EVENT_CREATE: u64 = 100;
    pub(in crate::sim) const THREAD_CREATE: u64 = 110;
    pub(in crate::sim) const THREAD_UPDATE: u64 = 111;
    pub(in crate::sim) const THREAD_DELETE: u64 = 112;
    pub(in crate::sim) const SOUNDBOARD_SOUND_CREATE: u64 = 130;
    pub(in crate::sim) const AUTO_MODERATION_RULE_CREATE: u64 = 140;
    pub(in crate::sim) const AUTO_MODERATION_BLOCK_MESSAGE: u64 = 143;
    pub(in crate::sim) const AUTO_MODERATION_FLAG_TO_CHANNEL: u64 = 144;
    pub(in crate::sim) const AUTO_MODERATION_USER_COMMUNICATION_DISABLED: u64 = 145;
    pub(in crate::sim) const ONBOARDING_UPDATE: u64 = 167;
    pub(in crate::sim) const VOICE_CHANNEL_STATUS_UPDATE: u64 = 192;
    pub(in crate::sim) const VOICE_CHANNEL_STATUS_DELETE: u64 = 193;
}

/// [Component types](https://docs.discord.com/developers/components/reference#component-object-component-types).
pub(in crate::sim) mod component_type {
    pub(in crate::sim) const ACTION_ROW: u64 = 1;
    pub(in crate::sim) const BUTTON: u64 = 2;
    pub(in crate::sim) const STRING_SELECT: u64 = 3;
    pub(in crate::sim) const TEXT_INPUT: u64 = 4;
    pub(in crate::sim) const USER_SELECT: u64 = 5;
    pub(in crate::sim) const ROLE_SELECT: u64 = 6;
    pub(in crate::sim) const MENTIONABLE_SELECT: u64 = 7;
    pub(in crate::sim) const CHANNEL_SELECT: u64 = 8;
    pub(in crate::sim) const SECTION: u64 = 9;
    pub(in crate::sim) const TEXT_DISPLAY: u64 = 10;
    pub(in crate::sim) const THUMBNAIL: u64 = 11;
    pub(in crate::sim) const MEDIA_GALLERY: u64 = 12;
    pub(in crate::sim) const FILE: u64 = 13;
    pub(in crate::sim) const SEPARATOR: u64 = 14;
    pub(in crate::sim) const CONTAINER: u64 = 17;
    pub(in crate::sim) const LABEL: u64 = 18;
    pub(in crate::sim) const FILE_UPLOAD: u64 = 19;
    pub(in crate::sim) const RADIO_GROUP: u64 = 21;
    pub(in crate::sim) const CHECKBOX_GROUP: u64 = 22;
    pub(in crate::sim) const CHECKBOX: u64 = 23;

    /// The selects of messages. Modals can have them too.
    pub(in crate::sim) const SELECTS: [u64; 5] =
        [STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT];
}

/// [Interaction types](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type).
pub(in crate::sim) mod interaction_type {
    pub(in crate::sim) const APPLICATION_COMMAND: u64 = 2;
    pub(in crate::sim) const MESSAGE_COMPONENT: u64 = 3;
    pub(in crate::sim) const AUTOCOMPLETE: u64 = 4;
    pub(in crate::sim) const MODAL_SUBMIT: u64 = 5;
}

/// [Command types](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types).
pub(in crate::sim) mod command_type {
    pub(in crate::sim) const CHAT_INPUT: u64 = 1;
    pub(in crate::sim) const USER: u64 = 2;
    pub(in crate::sim) const MESSAGE: u64 = 3;
    pub(in crate::sim) const PRIMARY_ENTRY_POINT: u64 = 4;
}

/// [Types of command options](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
pub(in crate::sim) mod option_type {
    use serde_json::Value;

    pub(in crate::sim) const SUB_COMMAND: u64 = 1;
    pub(in crate::sim) const SUB_COMMAND_GROUP: u64 = 2;
    pub(in crate::sim) const STRING: u64 = 3;
    pub(in crate::sim) const INTEGER: u64 = 4;
    pub(in crate::sim) const BOOLEAN: u64 = 5;
    pub(in crate::sim) const USER: u64 = 6;
    pub(in crate::sim) const CHANNEL: u64 = 7;
    pub(in crate::sim) const ROLE: u64 = 8;
    pub(in crate::sim) const MENTIONABLE: u64 = 9;
    pub(in crate::sim) const NUMBER: u64 = 10;
    pub(in crate::sim) const ATTACHMENT: u64 = 11;

    /// Whether an option is a subcommand or a group of them.
    pub(in crate::sim) fn is_branch(option: &Value) -> bool {
        matches!(option["type"].as_u64(), Some(SUB_COMMAND | SUB_COMMAND_GROUP))
    }
}
