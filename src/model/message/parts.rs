use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Message, MessageActivityType};
use crate::id::{ChannelId, GuildId, SkuId, UserId};
use crate::json::{self, Read, Reader, object};
use crate::model::open_enum::number;
use crate::model::{ChannelType, Emoji, List, Member, Timestamp, User, extra_field};

/// A user whom a message mentions.
///
/// It reads as the [`User`] that it is; in events the [member](https://docs.discord.com/developers/events/gateway-events#message-create) comes along.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UserMention {
    /// The user.
    pub user: User,
    /// The user as a member of the guild, without the user; only in events.
    pub member: Option<Box<Member>>,
}

impl UserMention {
    /// The name to call it by: of the guild, else the shown one, else the unique one.
    pub fn display_name(&self) -> &str {
        let nick = self.member.as_ref().and_then(|member| member.nick.as_deref());
        nick.unwrap_or_else(|| self.user.display_name())
    }
}

impl Deref for UserMention {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

impl Read for UserMention {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let (user, member) = extra_field::read(reader, "member")?;
        Ok(UserMention { user, member })
    }
}

impl<'de> Deserialize<'de> for UserMention {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl Serialize for UserMention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        extra_field::write(serializer, &self.user, "member", self.member.as_ref())
    }
}

/// A [channel of another guild](https://docs.discord.com/developers/resources/message#channel-mention-object) that a message mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelMention {
    /// Its id.
    pub id: ChannelId,
    /// Its guild.
    pub guild_id: GuildId,
    /// What kind of channel it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// Its name.
    pub name: String,
}

object! { ChannelMention {
    id: required, guild_id: required, kind = "type": required, name,
} }

/// What people [reacted with](https://docs.discord.com/developers/resources/message#reaction-object), and how many.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Reaction {
    /// How many reacted with it.
    pub count: u64,
    /// How many of them in which way.
    pub count_details: ReactionCountDetails,
    /// Whether the bot did.
    pub me: bool,
    /// Whether the bot did with a super reaction.
    pub me_burst: bool,
    /// With what.
    pub emoji: Emoji,
    /// The colours of a super reaction, such as `#1abc9c`.
    pub burst_colors: List<String>,
}

object! { Reaction {
    count, count_details, me, me_burst, emoji: required, burst_colors,
} }

/// How many reacted [in which way](https://docs.discord.com/developers/resources/message#reaction-count-details-object).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReactionCountDetails {
    /// How many with a super reaction.
    pub burst: u64,
    /// How many with an ordinary one.
    pub normal: u64,
}

object! { ReactionCountDetails {
    burst, normal,
} }

/// An [activity that a message invites to](https://docs.discord.com/developers/resources/message#message-object-message-activity-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MessageActivity {
    /// What one may do; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: MessageActivityType,
    /// The party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party_id: Option<String>,
}

object! { MessageActivity {
    kind = "type", party_id,
} }

/// A [call in a direct channel](https://docs.discord.com/developers/resources/message#message-call-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct MessageCall {
    /// Who took part.
    pub participants: List<UserId>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_timestamp: Option<Timestamp>,
}

object! { MessageCall {
    participants, ended_timestamp,
} }

/// A [role subscription](https://docs.discord.com/developers/resources/message#role-subscription-data-object) that a message announces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoleSubscriptionData {
    /// What was subscribed to.
    pub role_subscription_listing_id: SkuId,
    /// The tier's name.
    pub tier_name: String,
    /// For how many months already.
    pub total_months_subscribed: u32,
    /// Whether it goes on rather than begins.
    pub is_renewal: bool,
}

object! { RoleSubscriptionData {
    role_subscription_listing_id: required, tier_name, total_months_subscribed, is_renewal,
} }

/// The [colours of a client](https://docs.discord.com/developers/resources/message#shared-client-theme-object), to be tried by others.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct SharedClientTheme {
    /// The colours, such as `5865F2`.
    pub colors: List<String>,
    /// The direction of the gradient, in degrees.
    pub gradient_angle: u32,
    /// How strong the colours are, in percent.
    pub base_mix: u32,
    /// What they lie on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_theme: Option<BaseTheme>,
}

object! { SharedClientTheme {
    colors, gradient_angle, base_mix, base_theme,
} }

/// A [pinned message](https://docs.discord.com/developers/resources/message#message-pin-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MessagePin {
    /// When it was pinned.
    pub pinned_at: Timestamp,
    /// The message.
    pub message: Message,
}

object! { MessagePin {
    pinned_at: required, message: required,
} }

/// A page of [pinned messages](https://docs.discord.com/developers/resources/message#get-channel-pins).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MessagePins {
    /// The messages, the latest pin first.
    pub items: List<MessagePin>,
    /// Whether there are older ones.
    pub has_more: bool,
}

object! { MessagePins {
    items, has_more,
} }

number! {
    /// What the colours of a [client's theme](https://docs.discord.com/developers/resources/message#base-theme-types) lie on.
    BaseTheme {
    UNSET = 0,
    DARK = 1,
    LIGHT = 2,
    DARKER = 3,
    MIDNIGHT = 4,
    }
}

number! {
    /// In which [way](https://docs.discord.com/developers/resources/message#get-reactions-reaction-types) somebody reacted.
    ReactionType {
    NORMAL = 0,
    BURST = 1,
    }
}
