use serde::Serialize;

use crate::id::{AttachmentId, ChannelId, MessageId, RoleId, UserId};
use crate::json::object;
use crate::model::{Attachment, Channel, Map, Member, Message, Role, User};

/// What the ids of an interaction [stand for](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Resolved {
    /// Users.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub users: Map<UserId, User>,
    /// The same users as members of the guild, without the user, `deaf` and `mute`.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub members: Map<UserId, Member>,
    /// Roles.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub roles: Map<RoleId, Role>,
    /// Channels, in short, with the permissions of who caused the interaction.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub channels: Map<ChannelId, Channel>,
    /// Messages, in short.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub messages: Map<MessageId, Message>,
    /// Files.
    #[serde(skip_serializing_if = "Map::was_empty")]
    pub attachments: Map<AttachmentId, Attachment>,
}

object! { Resolved {
    users, members, roles, channels, messages, attachments,
} }

impl Resolved {
    /// The user as a member of the guild, with the user, which Discord sends beside it.
    pub fn member(&self, id: UserId) -> Option<Member> {
        let mut member = self.members.get(&id)?.clone();
        if member.user.is_none() {
            member.user = self.users.get(&id).cloned().map(Box::new);
        }
        Some(member)
    }
}

/// What chosen ids stand for, in the order in which they were chosen.
pub(crate) fn chosen<'r, T>(
    resolved: Option<&'r Resolved>,
    values: &[String],
    find: impl Fn(&'r Resolved, u64) -> Option<T>,
) -> Vec<T> {
    let Some(resolved) = resolved else { return Vec::new() };
    let ids = values.iter().filter_map(|value| value.parse().ok());
    ids.filter_map(|id| find(resolved, id)).collect()
}
