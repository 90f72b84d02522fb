//! The scope of an event: the guild, the channel, the message and the user. It selects the event's lane, and tasks wait for
//! events of a scope.

use crate::gateway::event::{Event, InteractionCreate};
use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::json::{self, Read, Reader, object};

/// The scope of an event or interaction. A field is `None` if the event has no such scope.
///
/// As the scope of a [wait](crate::bot::Task::next_in) it names what the event must have. A field that is `None` then
/// allows anything.
///
/// ```
/// use syncord::bot::EventScope;
/// use syncord::id::{ChannelId, UserId};
///
/// let scope = EventScope::new().channel(ChannelId::new(2)).user(UserId::new(3));
/// assert_eq!((scope.channel_id, scope.guild_id), (Some(ChannelId::new(2)), None));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[must_use]
pub struct EventScope {
    /// The guild.
    pub guild_id: Option<GuildId>,
    /// The channel or thread.
    pub channel_id: Option<ChannelId>,
    /// The message: that of a message event, or the one with the reaction, the poll vote or the component.
    pub message_id: Option<MessageId>,
    /// The user who caused it.
    pub user_id: Option<UserId>,
}

/// The fields that hold it, in any event.
#[derive(Default)]
struct Fields {
    id: Option<Id>,
    guild_id: Option<Id>,
    channel_id: Option<Id>,
    message_id: Option<Id>,
    user_id: Option<Id>,
    /// The creator of a thread. The owner of a guild has not caused the guild's events.
    owner_id: Option<Id>,
    /// The creator of a scheduled event.
    creator_id: Option<Id>,
    author: Option<WithId>,
    user: Option<WithId>,
    member: Option<Member>,
    /// The creator of an invite.
    inviter: Option<WithId>,
    /// The message whose component was used.
    message: Option<WithId>,
}

object! { Fields {
    id, guild_id, channel_id, message_id, user_id, owner_id, creator_id, author, user, member, inviter, message,
} }

#[derive(Default)]
struct WithId {
    id: Option<Id>,
}

object! { WithId {
    id,
} }

#[derive(Default)]
struct Member {
    user: Option<WithId>,
}

object! { Member {
    user,
} }

/// An ID of any kind.
struct Id(u64);

impl Read for Id {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        GuildId::read(reader).map(|id| Id(id.get()))
    }
}

impl EventScope {
    /// Creates a scope that allows anything.
    pub fn new() -> EventScope {
        EventScope::default()
    }

    /// Sets the guild.
    pub fn guild(mut self, id: GuildId) -> EventScope {
        self.guild_id = Some(id);
        self
    }

    /// Sets the channel or thread.
    pub fn channel(mut self, id: ChannelId) -> EventScope {
        self.channel_id = Some(id);
        self
    }

    /// Sets the message.
    pub fn message(mut self, id: MessageId) -> EventScope {
        self.message_id = Some(id);
        self
    }

    /// Sets the user.
    pub fn user(mut self, id: UserId) -> EventScope {
        self.user_id = Some(id);
        self
    }

    /// Whether an event with this scope is in the scope of a wait.
    pub(crate) fn fits(&self, wanted: &EventScope) -> bool {
        (wanted.guild_id.is_none() || wanted.guild_id == self.guild_id)
            && (wanted.channel_id.is_none() || wanted.channel_id == self.channel_id)
            && (wanted.message_id.is_none() || wanted.message_id == self.message_id)
            && (wanted.user_id.is_none() || wanted.user_id == self.user_id)
    }

    /// All its IDs.
    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> {
        let EventScope { guild_id, channel_id, message_id, user_id } = *self;
        let ids = [
            guild_id.map(GuildId::get),
            channel_id.map(ChannelId::get),
            message_id.map(MessageId::get),
            user_id.map(UserId::get),
        ];
        ids.into_iter().flatten()
    }

    /// Reads the scope from the data of an event. What cannot be read is `None`.
    pub(crate) fn of(event: &str, data: &str) -> EventScope {
        let fields: Fields = json::read(data).unwrap_or_default();
        let is_guild = matches!(event, "GUILD_CREATE" | "GUILD_UPDATE" | "GUILD_DELETE");
        let is_thread = event.starts_with("THREAD_");
        let is_channel = is_thread || event.starts_with("CHANNEL_") || event.starts_with("VOICE_CHANNEL_");
        let is_message = matches!(event, "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE");
        let id_of = |object: Option<WithId>| object.and_then(|object| object.id);
        let user = fields
            .user_id
            .or(id_of(fields.author))
            .or(id_of(fields.user))
            .or(fields.member.and_then(|member| id_of(member.user)))
            .or(fields.owner_id.filter(|_| is_thread))
            .or(fields.creator_id)
            .or(id_of(fields.inviter));
        let own = fields.id;
        let own_of = |is_own: bool| own.as_ref().filter(|_| is_own).map(|id| id.0);
        EventScope {
            guild_id: fields.guild_id.map(|id| id.0).or(own_of(is_guild)).map(GuildId::new),
            channel_id: fields.channel_id.map(|id| id.0).or(own_of(is_channel)).map(ChannelId::new),
            message_id: fields
                .message_id
                .or(id_of(fields.message).filter(|_| event == InteractionCreate::NAME))
                .map(|id| id.0)
                .or(own_of(is_message))
                .map(MessageId::new),
            user_id: user.map(|id| UserId::new(id.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EventScope;
    use crate::id::{ChannelId, GuildId, MessageId, UserId};

    #[test]
    fn the_scope_is_read_from_each_kind_of_event() {
        for (event, data, guild, channel, message, user) in [
            (
                "MESSAGE_CREATE",
                r#"{"id":"9","guild_id":"1","channel_id":"2","author":{"id":"3"}}"#,
                1,
                2,
                9,
                3,
            ),
            ("MESSAGE_DELETE", r#"{"id":"9","guild_id":"1","channel_id":"2"}"#, 1, 2, 9, 0),
            (
                "MESSAGE_REACTION_ADD",
                r#"{"guild_id":"1","channel_id":"2","message_id":"9","user_id":"3","member":{"user":{"id":"4"}}}"#,
                1,
                2,
                9,
                3,
            ),
            ("GUILD_MEMBER_ADD", r#"{"guild_id":"1","user":{"id":"3"}}"#, 1, 0, 0, 3),
            (
                "INTERACTION_CREATE",
                r#"{"id":"8","guild_id":"1","channel_id":"2","message":{"id":"9"},"member":{"user":{"id":"3"}}}"#,
                1,
                2,
                9,
                3,
            ),
            ("INTERACTION_CREATE", r#"{"id":"8","channel_id":"2","user":{"id":"3"}}"#, 0, 2, 0, 3),
            ("GUILD_CREATE", r#"{"id":"1","name":"x"}"#, 1, 0, 0, 0),
            ("CHANNEL_UPDATE", r#"{"id":"2","guild_id":"1"}"#, 1, 2, 0, 0),
            ("THREAD_CREATE", r#"{"id":"2","guild_id":"1"}"#, 1, 2, 0, 0),
            ("THREAD_CREATE", r#"{"id":"2","guild_id":"1","owner_id":"3"}"#, 1, 2, 0, 3),
            ("GUILD_UPDATE", r#"{"id":"1","owner_id":"3"}"#, 1, 0, 0, 0),
            ("GUILD_SCHEDULED_EVENT_CREATE", r#"{"id":"9","guild_id":"1","creator_id":"3"}"#, 1, 0, 0, 3),
            ("INVITE_CREATE", r#"{"guild_id":"1","channel_id":"2","inviter":{"id":"3"}}"#, 1, 2, 0, 3),
            ("VOICE_CHANNEL_STATUS_UPDATE", r#"{"id":"2","guild_id":"1","status":null}"#, 1, 2, 0, 0),
            // A wrong field costs only itself.
            (
                "MESSAGE_CREATE",
                r#"{"guild_id":"1","channel_id":{},"author":{"id":"3"},"member":7}"#,
                1,
                0,
                0,
                3,
            ),
            ("MESSAGE_CREATE", r#"{"guild_id":"1","channel_id":"2","author":{"id":[]}}},"s":7"#, 1, 2, 0, 0),
            ("RESUMED", "null", 0, 0, 0, 0),
            ("RESUMED", "[", 0, 0, 0, 0),
        ] {
            let some = |id: u64| (id > 0).then_some(id);
            let expected = EventScope {
                guild_id: some(guild).map(GuildId::new),
                channel_id: some(channel).map(ChannelId::new),
                message_id: some(message).map(MessageId::new),
                user_id: some(user).map(UserId::new),
            };
            assert_eq!(EventScope::of(event, data), expected, "{event} {data}");
        }
    }
}
