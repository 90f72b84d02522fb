//! [Lobbies](https://docs.discord.com/developers/resources/lobby): groups of players of a game.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::open_enum::flags;
use super::{Channel, List, User, lenient};
use crate::id::{ApplicationId, ChannelId, LobbyId, MessageId, UserId};

/// A [lobby](https://docs.discord.com/developers/resources/lobby#lobby-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lobby {
    /// Its id.
    pub id: LobbyId,
    /// The application that made it.
    pub application_id: ApplicationId,
    /// What the application noted about it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Who is in it.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub members: List<LobbyMember>,
    /// The guild's channel that it is linked to.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub linked_channel: Option<Box<Channel>>,
}

/// A [member of a lobby](https://docs.discord.com/developers/resources/lobby#lobby-member-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LobbyMember {
    /// Who it is.
    pub id: UserId,
    /// What the application noted about it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: LobbyMemberFlags,
    /// A second name, which the application gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional_name: Option<String>,
}

/// A [message in a lobby](https://docs.discord.com/developers/resources/lobby#lobby-message-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LobbyMessage {
    /// Its id.
    pub id: MessageId,
    /// What kind of message it is; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: super::MessageType,
    /// The text.
    #[serde(default)]
    pub content: String,
    /// The lobby.
    pub lobby_id: LobbyId,
    /// The channel: the lobby's own or the linked one.
    pub channel_id: ChannelId,
    /// Who wrote it.
    pub author: User,
    /// Who wrote it, as a member of the lobby.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub lobby_member: Option<LobbyMember>,
    /// What its sender noted about it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub metadata: Option<BTreeMap<String, String>>,
    /// What the application's moderation noted about it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub moderation_metadata: Option<BTreeMap<String, String>>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: super::MessageFlags,
    /// The application it was sent with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
}

/// An [invite to a lobby's channel](https://docs.discord.com/developers/resources/lobby#lobby-invite-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LobbyInvite {
    /// Its code.
    pub code: String,
}

flags! {
    /// [Flags of a lobby's member](https://docs.discord.com/developers/resources/lobby#lobby-member-object-lobby-member-flags).
    LobbyMemberFlags {
    CAN_LINK_LOBBY = 0,
    }
}
