use std::time::SystemTime;

use serde::Serialize;

use crate::id::RoleId;
use crate::json::object;
use crate::model::open_enum::flags;
use crate::model::{AvatarDecorationData, Collectibles, List, Permissions, Timestamp, User};

/// A user as a [member of a guild](https://docs.discord.com/developers/resources/guild#guild-member-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Member {
    /// The user; missing where it stands beside the member, as in messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The name it goes by in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nick: Option<String>,
    /// The hash of its avatar in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The hash of its banner in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// Its roles, but for `@everyone`.
    pub roles: List<RoleId>,
    /// When it joined; `None` for guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// Since when it boosts the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_since: Option<Timestamp>,
    /// Whether it is deafened in voice channels.
    pub deaf: bool,
    /// Whether it is muted in voice channels.
    pub mute: bool,
    /// Flags.
    pub flags: MemberFlags,
    /// Whether it has not passed the guild's screening yet.
    pub pending: bool,
    /// What it may do in the channel; only in interactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// Until when it is timed out; may lie in the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communication_disabled_until: Option<Timestamp>,
    /// What stands around its avatar in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    /// What else it wears in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collectibles: Option<Box<Collectibles>>,
}

object! { Member {
    user, nick, avatar, banner, roles, joined_at, premium_since, deaf, mute, flags, pending, permissions,
    communication_disabled_until, avatar_decoration_data, collectibles,
} }

impl Member {
    /// What it is [called](https://docs.discord.com/developers/resources/guild#guild-member-object) in this guild: its nickname, or else its user's name;
    /// nothing where Discord left the user out, as it does beside a message's author.
    pub fn display_name(&self) -> Option<&str> {
        self.nick.as_deref().or_else(|| self.user.as_ref().map(|user| user.display_name()))
    }

    /// Whether it is [timed out](https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members) at a moment.
    pub fn is_timed_out(&self, now: SystemTime) -> bool {
        self.communication_disabled_until
            .as_ref()
            .and_then(Timestamp::to_system_time)
            .is_some_and(|until| until > now)
    }
}

flags! {
    /// [Member flags](https://docs.discord.com/developers/resources/guild#guild-member-object-guild-member-flags).
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
