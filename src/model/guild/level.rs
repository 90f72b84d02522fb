use crate::model::limits::{MAX_ATTACHMENT_SIZE, MAX_ATTACHMENT_SIZE_TIER_2, MAX_ATTACHMENT_SIZE_TIER_3};
use crate::model::open_enum::{flags, int_enum};

int_enum! {
    /// The [verification level](https://docs.discord.com/developers/resources/guild#guild-object-verification-level) for new members.
    VerificationLevel {
    NONE = 0,
    LOW = 1,
    MEDIUM = 2,
    HIGH = 3,
    VERY_HIGH = 4,
    }
}

int_enum! {
    /// The [default notification level](https://docs.discord.com/developers/resources/guild#guild-object-default-message-notification-level) of a guild.
    DefaultMessageNotificationLevel {
    ALL_MESSAGES = 0,
    ONLY_MENTIONS = 1,
    }
}

int_enum! {
    /// The [explicit content filter level](https://docs.discord.com/developers/resources/guild#guild-object-explicit-content-filter-level): whose media is scanned.
    ExplicitContentFilterLevel {
    DISABLED = 0,
    MEMBERS_WITHOUT_ROLES = 1,
    ALL_MEMBERS = 2,
    }
}

int_enum! {
    /// The [MFA level](https://docs.discord.com/developers/resources/guild#guild-object-mfa-level): whether moderators need two-factor authentication.
    MfaLevel {
    NONE = 0,
    ELEVATED = 1,
    }
}

int_enum! {
    /// The [age restriction level](https://docs.discord.com/developers/resources/guild#guild-object-guild-age-restriction-level) of a guild.
    NsfwLevel {
    DEFAULT = 0,
    EXPLICIT = 1,
    SAFE = 2,
    AGE_RESTRICTED = 3,
    }
}

int_enum! {
    /// The [premium tier](https://docs.discord.com/developers/resources/guild#guild-object-premium-tier): the Server Boost level of a guild.
    PremiumTier {
    NONE = 0,
    TIER_1 = 1,
    TIER_2 = 2,
    TIER_3 = 3,
    }
}

impl PremiumTier {
    /// Returns the maximum size of an uploaded file in a guild of this tier, in bytes. See
    /// [`Client::upload_limit`](crate::rest::Client::upload_limit).
    pub const fn upload_limit(self) -> u64 {
        match self.0 {
            ..=1 => MAX_ATTACHMENT_SIZE,
            2 => MAX_ATTACHMENT_SIZE_TIER_2,
            3.. => MAX_ATTACHMENT_SIZE_TIER_3,
        }
    }
}

flags! {
    /// The [system channel flags](https://docs.discord.com/developers/resources/guild#guild-object-system-channel-flags): the notices that are turned off.
    SystemChannelFlags {
    SUPPRESS_JOIN_NOTIFICATIONS = 0,
    SUPPRESS_PREMIUM_SUBSCRIPTIONS = 1,
    SUPPRESS_GUILD_REMINDER_NOTIFICATIONS = 2,
    SUPPRESS_JOIN_NOTIFICATION_REPLIES = 3,
    SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATIONS = 4,
    SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATION_REPLIES = 5,
    }
}
