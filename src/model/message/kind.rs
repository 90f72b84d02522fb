use crate::model::open_enum::{flags, int_enum};

int_enum! {
    /// The [type of a message](https://docs.discord.com/developers/resources/message#message-object-message-types).
    MessageType {
    DEFAULT = 0,
    RECIPIENT_ADD = 1,
    RECIPIENT_REMOVE = 2,
    CALL = 3,
    CHANNEL_NAME_CHANGE = 4,
    CHANNEL_ICON_CHANGE = 5,
    CHANNEL_PINNED_MESSAGE = 6,
    USER_JOIN = 7,
    GUILD_BOOST = 8,
    GUILD_BOOST_TIER_1 = 9,
    GUILD_BOOST_TIER_2 = 10,
    GUILD_BOOST_TIER_3 = 11,
    CHANNEL_FOLLOW_ADD = 12,
    GUILD_DISCOVERY_DISQUALIFIED = 14,
    GUILD_DISCOVERY_REQUALIFIED = 15,
    GUILD_DISCOVERY_GRACE_PERIOD_INITIAL_WARNING = 16,
    GUILD_DISCOVERY_GRACE_PERIOD_FINAL_WARNING = 17,
    THREAD_CREATED = 18,
    REPLY = 19,
    CHAT_INPUT_COMMAND = 20,
    THREAD_STARTER_MESSAGE = 21,
    GUILD_INVITE_REMINDER = 22,
    CONTEXT_MENU_COMMAND = 23,
    AUTO_MODERATION_ACTION = 24,
    ROLE_SUBSCRIPTION_PURCHASE = 25,
    INTERACTION_PREMIUM_UPSELL = 26,
    STAGE_START = 27,
    STAGE_END = 28,
    STAGE_SPEAKER = 29,
    STAGE_TOPIC = 31,
    GUILD_APPLICATION_PREMIUM_SUBSCRIPTION = 32,
    GUILD_INCIDENT_ALERT_MODE_ENABLED = 36,
    GUILD_INCIDENT_ALERT_MODE_DISABLED = 37,
    GUILD_INCIDENT_REPORT_RAID = 38,
    GUILD_INCIDENT_REPORT_FALSE_ALARM = 39,
    PURCHASE_NOTIFICATION = 44,
    POLL_RESULT = 46,
    HD_STREAMING_UPGRADED = 55,
    }
}

flags! {
    /// The [message flags](https://docs.discord.com/developers/resources/message#message-object-message-flags).
    MessageFlags {
    CROSSPOSTED = 0,
    IS_CROSSPOST = 1,
    SUPPRESS_EMBEDS = 2,
    SOURCE_MESSAGE_DELETED = 3,
    URGENT = 4,
    HAS_THREAD = 5,
    EPHEMERAL = 6,
    LOADING = 7,
    FAILED_TO_MENTION_SOME_ROLES_IN_THREAD = 8,
    SUPPRESS_NOTIFICATIONS = 12,
    IS_VOICE_MESSAGE = 13,
    HAS_SNAPSHOT = 14,
    IS_COMPONENTS_V2 = 15,
    }
}

int_enum! {
    /// The [type of a message's activity](https://docs.discord.com/developers/resources/message#message-object-message-activity-types).
    MessageActivityType {
    JOIN = 1,
    SPECTATE = 2,
    LISTEN = 3,
    JOIN_REQUEST = 5,
    STREAM_REQUEST = 6,
    }
}
