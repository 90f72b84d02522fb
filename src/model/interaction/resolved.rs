use serde::Serialize;

use crate::id::{AttachmentId, ChannelId, MessageId, RoleId, UserId};
use crate::json::object;
use crate::model::{Attachment, Channel, Map, Member, Message, PartialMember, Role, User};

/// The [objects that IDs in an interaction refer to](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Resolved {
    /// The users.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub users: Map<UserId, User>,
    /// The same users as members of the guild, without the fields `deaf` and `mute`.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub members: Map<UserId, PartialMember>,
    /// The roles.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub roles: Map<RoleId, Role>,
    /// The channels; partial objects with the permissions of the invoking user.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub channels: Map<ChannelId, Channel>,
    /// The messages; partial objects.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub messages: Map<MessageId, Message>,
    /// The attachments.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub attachments: Map<AttachmentId, Attachment>,
}

object! { Resolved {
    users, members, roles, channels, messages, attachments,
} }

impl Resolved {
    /// Returns a user as a member of the guild.
    pub fn member(&self, id: UserId) -> Option<Member> {
        Some(Member { user: self.users.get(&id)?.clone(), partial: self.members.get(&id)?.clone() })
    }
}

/// Returns the objects of the selected IDs, in the order of selection.
pub(crate) fn chosen<'r, T>(
    resolved: Option<&'r Resolved>,
    values: &[String],
    find: impl Fn(&'r Resolved, u64) -> Option<T>,
) -> Vec<T> {
    let Some(resolved) = resolved else { return Vec::new() };
    let ids = values.iter().filter_map(|value| value.parse().ok());
    ids.filter_map(|id| find(resolved, id)).collect()
}
