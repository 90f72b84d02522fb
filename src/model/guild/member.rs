use std::ops::Deref;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{GuildId, RoleId};
use crate::json::{self, Object, Read, Reader, object};
use crate::model::cdn::ImageUrl;
use crate::model::open_enum::flags;
use crate::model::{AvatarDecorationData, Collectibles, List, Permissions, Timestamp, User, extra_field};

/// A [member of a guild](https://docs.discord.com/developers/resources/guild#guild-member-object). It dereferences to
/// [`PartialMember`], which has all fields but the user.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Member {
    /// The user.
    pub user: User,
    /// The fields that belong to the guild.
    pub partial: PartialMember,
}

impl Member {
    /// Returns the nickname in the guild, the display name or the username, in this order.
    pub fn display_name(&self) -> &str {
        self.nick.as_deref().unwrap_or_else(|| self.user.display_name())
    }

    /// Returns the URL of the avatar for the guild; `None` if the member has none.
    pub fn avatar_url(&self, guild: GuildId) -> Option<ImageUrl> {
        self.partial.avatar_url(guild, self.user.id)
    }

    /// Returns the URL of the banner for the guild.
    pub fn banner_url(&self, guild: GuildId) -> Option<ImageUrl> {
        self.partial.banner_url(guild, self.user.id)
    }

    /// Returns the URL of the avatar for the guild, or else of the user's avatar.
    pub fn display_avatar_url(&self, guild: GuildId) -> ImageUrl {
        self.partial.display_avatar_url(guild, &self.user)
    }
}

impl Deref for Member {
    type Target = PartialMember;

    fn deref(&self) -> &PartialMember {
        &self.partial
    }
}

impl Object for Member {
    fn read_object(
        reader: &mut Reader<'_>,
        unknown: &mut dyn FnMut(&str, &mut Reader<'_>) -> json::Result<bool>,
    ) -> json::Result<Self> {
        let mut user = None;
        let partial = PartialMember::read_object(reader, &mut |field, reader| match field {
            "user" => reader.required(&mut user, Read::read).map(|()| true),
            _ => unknown(field, reader),
        })?;
        Ok(Member { user: json::required(user, "user")?, partial })
    }
}

impl Read for Member {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        Member::read_object(reader, &mut |_, _| Ok(false))
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl Serialize for Member {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        extra_field::write(serializer, &self.partial, "user", Some(&self.user))
    }
}

/// A [member of a guild](https://docs.discord.com/developers/resources/guild#guild-member-object) without the user, who
/// is next to it: in messages, for example.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PartialMember {
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

object! { PartialMember {
    nick, avatar, banner, roles, joined_at, premium_since, deaf, mute, flags, pending, permissions,
    communication_disabled_until, avatar_decoration_data, collectibles,
} }

impl PartialMember {
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
