//! [Lobbies](https://docs.discord.com/developers/resources/lobby): groups of players of a game.

use std::collections::BTreeMap;

use serde::Serialize;

use super::open_enum::flags;
use super::{Channel, List, User};
use crate::id::{ApplicationId, ChannelId, LobbyId, MessageId, UserId};
use crate::json::object;

/// A [lobby](https://docs.discord.com/developers/resources/lobby#lobby-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Lobby {
    /// Its id.
    pub id: LobbyId,
    /// The application that made it.
    pub application_id: ApplicationId,
    /// What the application noted about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Who is in it.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub members: List<LobbyMember>,
    /// The guild's channel that it is linked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_channel: Option<Box<Channel>>,
}

object! { Lobby {
    id: required, application_id: required, metadata, members, linked_channel,
} }

/// A [member of a lobby](https://docs.discord.com/developers/resources/lobby#lobby-member-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LobbyMember {
    /// Who it is.
    pub id: UserId,
    /// What the application noted about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Flags.
    pub flags: LobbyMemberFlags,
    /// A second name, which the application gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_name: Option<String>,
}

object! { LobbyMember {
    id: required, metadata, flags, additional_name,
} }

/// A [message in a lobby](https://docs.discord.com/developers/resources/lobby#lobby-message-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct LobbyMessage {
    /// Its id.
    pub id: MessageId,
    /// What kind of message it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: super::MessageType,
    /// The text.
    pub content: String,
    /// The lobby.
    pub lobby_id: LobbyId,
    /// The channel: the lobby's own or the linked one.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author: User,
    /// Who wrote it, as a member of the lobby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lobby_member: Option<LobbyMember>,
    /// What its sender noted about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// What the application's moderation noted about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation_metadata: Option<BTreeMap<String, String>>,
    /// Flags.
    pub flags: super::MessageFlags,
    /// The application it was sent with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
}

object! { LobbyMessage {
    id: required, kind = "type", content, lobby_id: required, channel_id: required, author: required,
    lobby_member, metadata, moderation_metadata, flags, application_id,
} }

/// An [invite to a lobby's channel](https://docs.discord.com/developers/resources/lobby#lobby-invite-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LobbyInvite {
    /// Its code.
    pub code: String,
}

object! { LobbyInvite {
    code: required,
} }

flags! {
    /// [Flags of a lobby's member](https://docs.discord.com/developers/resources/lobby#lobby-member-object-lobby-member-flags).
    LobbyMemberFlags {
    CAN_LINK_LOBBY = 0,
    }
}
