//! [Lobbies](https://docs.discord.com/developers/resources/lobby): groups of players of a game.

use std::collections::BTreeMap;

use serde::Serialize;

use super::open_enum::flags;
use super::{Channel, List, Timestamp, User};
use crate::id::{ApplicationId, ChannelId, LobbyId, MessageId, UserId};
use crate::json::object;

/// A [lobby](https://docs.discord.com/developers/resources/lobby#lobby-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Lobby {
    /// The lobby ID.
    pub id: LobbyId,
    /// The ID of the application that created the lobby.
    pub application_id: ApplicationId,
    /// The metadata, set by the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// The members.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub members: List<LobbyMember>,
    /// The linked channel of a guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_channel: Option<Box<Channel>>,
}

object! { Lobby {
    id: required, application_id, metadata, members, linked_channel,
} }

/// A [member of a lobby](https://docs.discord.com/developers/resources/lobby#lobby-member-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LobbyMember {
    /// The ID of the user.
    pub id: UserId,
    /// The metadata, set by the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// The flags.
    pub flags: LobbyMemberFlags,
    /// An additional name, set by the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_name: Option<String>,
}

object! { LobbyMember {
    id: required, metadata, flags, additional_name,
} }

/// A [message in a lobby](https://docs.discord.com/developers/resources/lobby#lobby-message-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LobbyMessage {
    /// The message ID.
    pub id: MessageId,
    /// The type of message; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: super::MessageType,
    /// The text.
    pub content: String,
    /// The ID of the lobby.
    pub lobby_id: LobbyId,
    /// The ID of the channel: that of the lobby or the linked channel.
    pub channel_id: ChannelId,
    /// The author.
    pub author: User,
    /// The author as a member of the lobby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lobby_member: Option<LobbyMember>,
    /// The metadata, set by the sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// The moderation metadata, set by the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation_metadata: Option<BTreeMap<String, String>>,
    /// The flags.
    pub flags: super::MessageFlags,
    /// The ID of the application that the message was sent with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
    /// When the message was sent; only in the [webhook event](super::webhook_event) of an edited message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// When the message was edited; only in the [webhook event](super::webhook_event) of an edited message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_timestamp: Option<Timestamp>,
}

object! { LobbyMessage {
    id: required, kind = "type", content, lobby_id, channel_id, author,
    lobby_member, metadata, moderation_metadata, flags, application_id,
    timestamp, edited_timestamp,
} }

/// An [invite to the channel of a lobby](https://docs.discord.com/developers/resources/lobby#lobby-invite-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LobbyInvite {
    /// The invite code.
    pub code: String,
}

object! { LobbyInvite {
    code: required,
} }

flags! {
    /// The [flags of a lobby member](https://docs.discord.com/developers/resources/lobby#lobby-member-object-lobby-member-flags).
    LobbyMemberFlags {
    CAN_LINK_LOBBY = 0,
    }
}
