//! The table of dispatch events, with the intents that enable each.

use super::Intents;

/// A dispatch event, as Discord documents it.
///
/// See [gateway events](https://docs.discord.com/developers/events/gateway-events#receive-events).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventInfo {
    /// The event's name, as Discord sends it (`MESSAGE_CREATE`).
    pub name: &'static str,
    /// Each of these intents enables the event. When the set is empty, Discord always sends the event.
    pub intents: Intents,
}

impl EventInfo {
    /// The intents to request for the event: the unprivileged ones that enable it, or the privileged ones if there are no
    /// others.
    pub const fn needed(&self) -> Intents {
        let unprivileged = self.intents.difference(Intents::PRIVILEGED);
        if unprivileged.is_empty() { self.intents } else { unprivileged }
    }
}

impl Intents {
    /// Iterates over the events that at least one of these intents enables.
    ///
    /// The events that Discord always sends are not among them.
    pub fn events(self) -> impl Iterator<Item = &'static EventInfo> {
        EVENTS.iter().filter(move |event| self.intersects(event.intents))
    }
}

/// Returns the event with this name, if this version knows it.
pub fn event(name: &str) -> Option<&'static EventInfo> {
    event_index(name).map(|index| &EVENTS[index])
}

/// Returns the index in [`EVENTS`] of the event with this name, if this version knows it.
pub fn event_index(name: &str) -> Option<usize> {
    // Called for each frame. Few names have the same length, so at most a few are compared.
    let end = *BY_LENGTH.ends.get(name.len())?;
    let start = name.len().checked_sub(1).map_or(0, |shorter| BY_LENGTH.ends[shorter]);
    let mut indices = BY_LENGTH.indices[start..end].iter().copied();
    indices.find(|&index| EVENTS[index].name == name)
}

/// The indices of [`EVENTS`], by the length of the name.
struct ByLength {
    indices: [usize; EVENTS.len()],
    /// For each length, the end of its names in `indices`.
    ends: [usize; MAX_NAME_LENGTH + 1],
}

const MAX_NAME_LENGTH: usize = 48;

static BY_LENGTH: ByLength = {
    let mut sorted = ByLength { indices: [0; EVENTS.len()], ends: [0; MAX_NAME_LENGTH + 1] };
    let (mut length, mut filled) = (0, 0);
    while length <= MAX_NAME_LENGTH {
        let mut index = 0;
        while index < EVENTS.len() {
            if EVENTS[index].name.len() == length {
                sorted.indices[filled] = index;
                filled += 1;
            }
            index += 1;
        }
        sorted.ends[length] = filled;
        length += 1;
    }
    assert!(filled == EVENTS.len(), "a name is longer than MAX_NAME_LENGTH");
    sorted
};

/// Returns the event with this name, in constants.
///
/// # Panics
///
/// When there is no such event. In a constant that is a compile error.
pub const fn event_const(name: &str) -> &'static EventInfo {
    &EVENTS[event_index_const(name)]
}

/// Returns the index in [`EVENTS`] of the event with this name, in constants.
///
/// # Panics
///
/// When there is no such event. In a constant that is a compile error.
pub const fn event_index_const(name: &str) -> usize {
    let mut i = 0;
    while i < EVENTS.len() {
        if same(EVENTS[i].name.as_bytes(), name.as_bytes()) {
            return i;
        }
        i += 1;
    }
    panic!("no gateway event has this name")
}

/// `==` for a `const fn`, where it does not work yet.
const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const ALWAYS: Intents = Intents::empty();
const MESSAGES: Intents = Intents::GUILD_MESSAGES.union(Intents::DIRECT_MESSAGES);
const POLLS: Intents = Intents::GUILD_MESSAGE_POLLS.union(Intents::DIRECT_MESSAGE_POLLS);
const REACTIONS: Intents = Intents::GUILD_MESSAGE_REACTIONS.union(Intents::DIRECT_MESSAGE_REACTIONS);
const TYPING: Intents = Intents::GUILD_MESSAGE_TYPING.union(Intents::DIRECT_MESSAGE_TYPING);

const fn row(name: &'static str, intents: Intents) -> EventInfo {
    EventInfo { name, intents }
}

/// All dispatch events, sorted by name.
#[rustfmt::skip]
pub static EVENTS: [EventInfo; 79] = [
    row("APPLICATION_COMMAND_PERMISSIONS_UPDATE", ALWAYS),
    row("AUTO_MODERATION_ACTION_EXECUTION",       Intents::AUTO_MODERATION_EXECUTION),
    row("AUTO_MODERATION_RULE_CREATE",            Intents::AUTO_MODERATION_CONFIGURATION),
    row("AUTO_MODERATION_RULE_DELETE",            Intents::AUTO_MODERATION_CONFIGURATION),
    row("AUTO_MODERATION_RULE_UPDATE",            Intents::AUTO_MODERATION_CONFIGURATION),
    row("CHANNEL_CREATE",                         Intents::GUILDS),
    row("CHANNEL_DELETE",                         Intents::GUILDS),
    row("CHANNEL_INFO",                           ALWAYS),
    row("CHANNEL_PINS_UPDATE",                    Intents::GUILDS.union(Intents::DIRECT_MESSAGES)),
    row("CHANNEL_UPDATE",                         Intents::GUILDS),
    row("ENTITLEMENT_CREATE",                     ALWAYS),
    row("ENTITLEMENT_DELETE",                     ALWAYS),
    row("ENTITLEMENT_UPDATE",                     ALWAYS),
    row("GUILD_AUDIT_LOG_ENTRY_CREATE",           Intents::GUILD_MODERATION),
    row("GUILD_BAN_ADD",                          Intents::GUILD_MODERATION),
    row("GUILD_BAN_REMOVE",                       Intents::GUILD_MODERATION),
    row("GUILD_CREATE",                           Intents::GUILDS),
    row("GUILD_DELETE",                           Intents::GUILDS),
    row("GUILD_EMOJIS_UPDATE",                    Intents::GUILD_EXPRESSIONS),
    row("GUILD_INTEGRATIONS_UPDATE",              Intents::GUILD_INTEGRATIONS),
    row("GUILD_MEMBERS_CHUNK",                    ALWAYS),
    row("GUILD_MEMBER_ADD",                       Intents::GUILD_MEMBERS),
    row("GUILD_MEMBER_REMOVE",                    Intents::GUILD_MEMBERS),
    row("GUILD_MEMBER_UPDATE",                    Intents::GUILD_MEMBERS),
    row("GUILD_ROLE_CREATE",                      Intents::GUILDS),
    row("GUILD_ROLE_DELETE",                      Intents::GUILDS),
    row("GUILD_ROLE_UPDATE",                      Intents::GUILDS),
    row("GUILD_SCHEDULED_EVENT_CREATE",           Intents::GUILD_SCHEDULED_EVENTS),
    row("GUILD_SCHEDULED_EVENT_DELETE",           Intents::GUILD_SCHEDULED_EVENTS),
    row("GUILD_SCHEDULED_EVENT_UPDATE",           Intents::GUILD_SCHEDULED_EVENTS),
    row("GUILD_SCHEDULED_EVENT_USER_ADD",         Intents::GUILD_SCHEDULED_EVENTS),
    row("GUILD_SCHEDULED_EVENT_USER_REMOVE",      Intents::GUILD_SCHEDULED_EVENTS),
    row("GUILD_SOUNDBOARD_SOUNDS_UPDATE",         Intents::GUILD_EXPRESSIONS),
    row("GUILD_SOUNDBOARD_SOUND_CREATE",          Intents::GUILD_EXPRESSIONS),
    row("GUILD_SOUNDBOARD_SOUND_DELETE",          Intents::GUILD_EXPRESSIONS),
    row("GUILD_SOUNDBOARD_SOUND_UPDATE",          Intents::GUILD_EXPRESSIONS),
    row("GUILD_STICKERS_UPDATE",                  Intents::GUILD_EXPRESSIONS),
    row("GUILD_UPDATE",                           Intents::GUILDS),
    row("INTEGRATION_CREATE",                     Intents::GUILD_INTEGRATIONS),
    row("INTEGRATION_DELETE",                     Intents::GUILD_INTEGRATIONS),
    row("INTEGRATION_UPDATE",                     Intents::GUILD_INTEGRATIONS),
    row("INTERACTION_CREATE",                     ALWAYS),
    row("INVITE_CREATE",                          Intents::GUILD_INVITES),
    row("INVITE_DELETE",                          Intents::GUILD_INVITES),
    row("MESSAGE_CREATE",                         MESSAGES),
    row("MESSAGE_DELETE",                         MESSAGES),
    row("MESSAGE_DELETE_BULK",                    Intents::GUILD_MESSAGES),
    row("MESSAGE_POLL_VOTE_ADD",                  POLLS),
    row("MESSAGE_POLL_VOTE_REMOVE",               POLLS),
    row("MESSAGE_REACTION_ADD",                   REACTIONS),
    row("MESSAGE_REACTION_REMOVE",                REACTIONS),
    row("MESSAGE_REACTION_REMOVE_ALL",            REACTIONS),
    row("MESSAGE_REACTION_REMOVE_EMOJI",          REACTIONS),
    row("MESSAGE_UPDATE",                         MESSAGES),
    row("PRESENCE_UPDATE",                        Intents::GUILD_PRESENCES),
    row("RATE_LIMITED",                           ALWAYS),
    row("READY",                                  ALWAYS),
    row("RESUMED",                                ALWAYS),
    row("SOUNDBOARD_SOUNDS",                      ALWAYS),
    row("STAGE_INSTANCE_CREATE",                  Intents::GUILDS),
    row("STAGE_INSTANCE_DELETE",                  Intents::GUILDS),
    row("STAGE_INSTANCE_UPDATE",                  Intents::GUILDS),
    row("SUBSCRIPTION_CREATE",                    ALWAYS),
    row("SUBSCRIPTION_DELETE",                    ALWAYS),
    row("SUBSCRIPTION_UPDATE",                    ALWAYS),
    row("THREAD_CREATE",                          Intents::GUILDS),
    row("THREAD_DELETE",                          Intents::GUILDS),
    row("THREAD_LIST_SYNC",                       Intents::GUILDS),
    row("THREAD_MEMBERS_UPDATE",                  Intents::GUILDS.union(Intents::GUILD_MEMBERS)),
    row("THREAD_MEMBER_UPDATE",                   Intents::GUILDS),
    row("THREAD_UPDATE",                          Intents::GUILDS),
    row("TYPING_START",                           TYPING),
    row("USER_UPDATE",                            ALWAYS),
    row("VOICE_CHANNEL_EFFECT_SEND",              Intents::GUILD_VOICE_STATES),
    row("VOICE_CHANNEL_START_TIME_UPDATE",        Intents::GUILDS),
    row("VOICE_CHANNEL_STATUS_UPDATE",            Intents::GUILDS),
    row("VOICE_SERVER_UPDATE",                    ALWAYS),
    row("VOICE_STATE_UPDATE",                     Intents::GUILD_VOICE_STATES),
    row("WEBHOOKS_UPDATE",                        Intents::GUILD_WEBHOOKS),
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_event_is_found() {
        assert!(EVENTS.is_sorted_by(|a, b| a.name < b.name));
        for (index, info) in EVENTS.iter().enumerate() {
            assert_eq!(event_index(info.name), Some(index), "{}", info.name);
            assert_eq!(event(info.name), Some(info));
            assert_eq!(event_const(info.name), info);
        }
    }

    #[test]
    fn an_unknown_name_is_not_found() {
        for name in ["", "A", "MESSAGE", "message_create", "MESSAGE_CREATE ", "ZZZ", "TIDE_TABLE_UPDATE"] {
            assert_eq!(event_index(name), None, "{name}");
            assert_eq!(event(name), None, "{name}");
        }
    }

    #[test]
    fn an_associated_constant_can_look_an_event_up() {
        const INTENTS: Intents = event_const("MESSAGE_CREATE").needed();
        assert_eq!(INTENTS, Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES);
    }

    #[test]
    fn a_privileged_intent_is_needed_only_when_no_other_enables_the_event() {
        assert_eq!(event("THREAD_MEMBERS_UPDATE").unwrap().needed(), Intents::GUILDS);
        assert_eq!(event("GUILD_MEMBER_ADD").unwrap().needed(), Intents::GUILD_MEMBERS);
        assert_eq!(event("READY").unwrap().needed(), Intents::empty());
    }
}
