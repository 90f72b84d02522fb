//! [Guilds](https://docs.discord.com/developers/resources/guild) and their members.

use serde::{Deserialize, Serialize};

use super::lenient;
use super::number::flags;
use super::{Channel, Emoji, List, Timestamp, User};
use crate::id::{ChannelId, GuildId, RoleId, UserId};

/// A [guild](https://docs.discord.com/developers/resources/guild#guild-object), as events bring it.
///
/// In an outage Discord sends only `id` and `unavailable`; everything else is empty then.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Guild {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The hash of its icon.
    #[serde(default)]
    pub icon: Option<String>,
    /// Who owns it.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// What it says about itself.
    #[serde(default)]
    pub description: Option<String>,
    /// What it may do, as [names](https://docs.discord.com/developers/resources/guild#guild-object-guild-features).
    #[serde(default)]
    pub features: List<String>,
    /// Its language.
    #[serde(default)]
    pub preferred_locale: Option<String>,
    /// Where Discord announces joins and boosts.
    #[serde(default)]
    pub system_channel_id: Option<ChannelId>,
    /// Its roles.
    #[serde(default)]
    pub roles: List<Role>,
    /// Its emoji.
    #[serde(default)]
    pub emojis: List<Emoji>,
    /// When the bot joined it.
    #[serde(default)]
    pub joined_at: Option<Timestamp>,
    /// Whether it is large, so that not all members are listed.
    #[serde(default)]
    pub large: bool,
    /// Whether it is out of reach because of an outage.
    #[serde(default)]
    pub unavailable: bool,
    /// How many members it has.
    #[serde(default)]
    pub member_count: Option<u64>,
    /// Members: all of a small guild, else those that Discord thinks matter now.
    #[serde(default)]
    pub members: List<Member>,
    /// Its channels that the bot can see.
    #[serde(default)]
    pub channels: List<Channel>,
    /// Its active threads that the bot can see.
    #[serde(default)]
    pub threads: List<Channel>,
}

/// A guild of which only the id is known, and [whether it is there](https://docs.discord.com/developers/resources/guild#unavailable-guild-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnavailableGuild {
    /// Its id.
    pub id: GuildId,
    /// Whether it is out of reach.
    #[serde(default)]
    pub unavailable: bool,
}

/// A user as a [member of a guild](https://docs.discord.com/developers/resources/guild#guild-member-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Member {
    /// The user; missing where it stands beside the member, as in messages.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub user: Option<Box<User>>,
    /// The name it goes by in this guild.
    #[serde(default)]
    pub nick: Option<String>,
    /// The hash of its avatar in this guild.
    #[serde(default)]
    pub avatar: Option<String>,
    /// Its roles.
    #[serde(default)]
    pub roles: List<RoleId>,
    /// When it joined; `None` for guests.
    #[serde(default)]
    pub joined_at: Option<Timestamp>,
    /// Since when it boosts the guild.
    #[serde(default)]
    pub premium_since: Option<Timestamp>,
    /// Whether it is deafened in voice channels.
    #[serde(default)]
    pub deaf: bool,
    /// Whether it is muted in voice channels.
    #[serde(default)]
    pub mute: bool,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: MemberFlags,
    /// Whether it has not passed the guild's screening yet.
    #[serde(default)]
    pub pending: bool,
    /// Until when it is timed out; may lie in the past.
    #[serde(default)]
    pub communication_disabled_until: Option<Timestamp>,
}

/// A [role](https://docs.discord.com/developers/topics/permissions#role-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// Its id; that of `@everyone` is the guild's.
    pub id: RoleId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its place; higher stands above lower.
    #[serde(default)]
    pub position: i64,
    /// Its permissions, as a decimal number of any length.
    #[serde(default)]
    pub permissions: String,
    /// Whether its members are listed apart.
    #[serde(default)]
    pub hoist: bool,
    /// Whether an integration manages it.
    #[serde(default)]
    pub managed: bool,
    /// Whether everybody may mention it.
    #[serde(default)]
    pub mentionable: bool,
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
