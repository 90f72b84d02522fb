use crate::model::open_enum::{flags, number};

number! {
    /// What is asked of new members [before they may speak](https://docs.discord.com/developers/resources/guild#guild-object-verification-level).
    VerificationLevel {
    NONE = 0,
    LOW = 1,
    MEDIUM = 2,
    HIGH = 3,
    VERY_HIGH = 4,
    }
}

number! {
    /// Of what members are [notified by default](https://docs.discord.com/developers/resources/guild#guild-object-default-message-notification-level).
    DefaultMessageNotificationLevel {
    ALL_MESSAGES = 0,
    ONLY_MENTIONS = 1,
    }
}

number! {
    /// Whose pictures are [filtered](https://docs.discord.com/developers/resources/guild#guild-object-explicit-content-filter-level).
    ExplicitContentFilterLevel {
    DISABLED = 0,
    MEMBERS_WITHOUT_ROLES = 1,
    ALL_MEMBERS = 2,
    }
}

number! {
    /// Whether moderators need [two factors](https://docs.discord.com/developers/resources/guild#guild-object-mfa-level) to log in.
    MfaLevel {
    NONE = 0,
    ELEVATED = 1,
    }
}

number! {
    /// Whether a guild is [for adults only](https://docs.discord.com/developers/resources/guild#guild-object-guild-age-restriction-level).
    NsfwLevel {
    DEFAULT = 0,
    EXPLICIT = 1,
    SAFE = 2,
    AGE_RESTRICTED = 3,
    }
}

number! {
    /// How far a guild is [boosted](https://docs.discord.com/developers/resources/guild#guild-object-premium-tier).
    PremiumTier {
    NONE = 0,
    TIER_1 = 1,
    TIER_2 = 2,
    TIER_3 = 3,
    }
}

flags! {
    /// What Discord does [not announce](https://docs.discord.com/developers/resources/guild#guild-object-system-channel-flags).
    SystemChannelFlags {
    SUPPRESS_JOIN_NOTIFICATIONS = 0,
    SUPPRESS_PREMIUM_SUBSCRIPTIONS = 1,
    SUPPRESS_GUILD_REMINDER_NOTIFICATIONS = 2,
    SUPPRESS_JOIN_NOTIFICATION_REPLIES = 3,
    SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATIONS = 4,
    SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATION_REPLIES = 5,
    }
}
