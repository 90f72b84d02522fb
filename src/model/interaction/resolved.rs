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
