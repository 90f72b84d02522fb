use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{AttachmentId, ChannelId, MessageId, RoleId, UserId};
use crate::model::{Attachment, Channel, Member, Message, Role, User, keyed};

/// What the ids of an interaction [stand for](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Resolved {
    /// Users.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "keyed::map")]
    pub users: BTreeMap<UserId, User>,
    /// The same users as members of the guild, without the user, `deaf` and `mute`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "keyed::map")]
    pub members: BTreeMap<UserId, Member>,
    /// Roles.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "keyed::map")]
    pub roles: BTreeMap<RoleId, Role>,
    /// Channels, in short, with the permissions of who caused the interaction.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "keyed::map")]
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Messages, in short.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "keyed::map")]
    pub messages: BTreeMap<MessageId, Message>,
    /// Files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "keyed::map")]
    pub attachments: BTreeMap<AttachmentId, Attachment>,
}
