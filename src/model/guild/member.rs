use std::time::SystemTime;

use serde::Serialize;

use crate::id::RoleId;
use crate::json::object;
use crate::model::open_enum::flags;
use crate::model::{AvatarDecorationData, Collectibles, List, Permissions, Timestamp, User};

/// A [member of a guild](https://docs.discord.com/developers/resources/guild#guild-member-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Member {
    /// The user; missing in messages and some other places, which contain the user themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The nickname in the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nick: Option<String>,
    /// The hash of the avatar for this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The hash of the banner for this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// The IDs of the roles, without `@everyone`.
    pub roles: List<RoleId>,
    /// When the member joined; `None` for guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// When the member started boosting the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_since: Option<Timestamp>,
    /// Whether the member is deafened in voice channels.
    pub deaf: bool,
    /// Whether the member is muted in voice channels.
    pub mute: bool,
    /// The member flags.
    pub flags: MemberFlags,
    /// Whether the member has not yet passed the guild's membership screening.
    pub pending: bool,
    /// The permissions in the channel, with overwrites; only in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// When the member's timeout expires. It may be in the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communication_disabled_until: Option<Timestamp>,
    /// The avatar decoration for this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    /// The collectibles for this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collectibles: Option<Box<Collectibles>>,
}

object! { Member {
    user, nick, avatar, banner, roles, joined_at, premium_since, deaf, mute, flags, pending, permissions,
    communication_disabled_until, avatar_decoration_data, collectibles,
} }

impl Member {
    /// Returns the nickname in the [guild](https://docs.discord.com/developers/resources/guild#guild-member-object), or else the user's display name or username.
    /// Returns `None` if there is no nickname and Discord omitted the user, as in messages.
    pub fn display_name(&self) -> Option<&str> {
        self.nick.as_deref().or_else(|| self.user.as_ref().map(|user| user.display_name()))
    }

    /// Whether the member is [timed out](https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members) at a given time.
    pub fn is_timed_out(&self, now: SystemTime) -> bool {
        self.communication_disabled_until
            .as_ref()
            .and_then(Timestamp::to_system_time)
            .is_some_and(|until| until > now)
    }
}

flags! {
    /// The [member flags](https://docs.discord.com/developers/resources/guild#guild-member-object-guild-member-flags).
    MemberFlags {
    DID_REJOIN = 0,
    COMPLETED_ONBOARDING = 1,
    BYPASSES_VERIFICATION = 2,
    STARTED_ONBOARDING = 3,
    IS_GUEST = 4,
    STARTED_HOME_ACTIONS = 5,
    COMPLETED_HOME_ACTIONS = 6,
    AUTOMOD_QUARANTINED_USERNAME = 7,
    DM_SETTINGS_UPSELL_ACKNOWLEDGED = 9,
    AUTOMOD_QUARANTINED_GUILD_TAG = 10,
    }
}
