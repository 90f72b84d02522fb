//! Intents, which decide what events Discord sends, and the table of all events.

use std::fmt;
use std::ops::{BitOr, BitOrAssign, Sub};

mod events;

pub use self::events::{EVENTS, EventInfo, event, event_const, event_index, event_index_const};

/// A set of intents. Each intent is a group of events that a session subscribes to.
///
/// Bits that this version does not know are kept, and sent to Discord.
///
/// See [gateway intents](https://docs.discord.com/developers/events/gateway#gateway-intents).
///
/// ```
/// use syncord::gateway::intents::Intents;
///
/// let intents = Intents::GUILDS | Intents::GUILD_MESSAGES;
/// assert_eq!(intents.bits(), 513);
/// assert_eq!(intents.to_string(), "GUILDS | GUILD_MESSAGES");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Intents(u64);

#[rustfmt::skip]
const TABLE: [(Intents, &str); 21] = [
    (Intents::GUILDS,                        "GUILDS"),
    (Intents::GUILD_MEMBERS,                 "GUILD_MEMBERS"),
    (Intents::GUILD_MODERATION,              "GUILD_MODERATION"),
    (Intents::GUILD_EXPRESSIONS,             "GUILD_EXPRESSIONS"),
    (Intents::GUILD_INTEGRATIONS,            "GUILD_INTEGRATIONS"),
    (Intents::GUILD_WEBHOOKS,                "GUILD_WEBHOOKS"),
    (Intents::GUILD_INVITES,                 "GUILD_INVITES"),
    (Intents::GUILD_VOICE_STATES,            "GUILD_VOICE_STATES"),
    (Intents::GUILD_PRESENCES,               "GUILD_PRESENCES"),
    (Intents::GUILD_MESSAGES,                "GUILD_MESSAGES"),
    (Intents::GUILD_MESSAGE_REACTIONS,       "GUILD_MESSAGE_REACTIONS"),
    (Intents::GUILD_MESSAGE_TYPING,          "GUILD_MESSAGE_TYPING"),
    (Intents::DIRECT_MESSAGES,               "DIRECT_MESSAGES"),
    (Intents::DIRECT_MESSAGE_REACTIONS,      "DIRECT_MESSAGE_REACTIONS"),
    (Intents::DIRECT_MESSAGE_TYPING,         "DIRECT_MESSAGE_TYPING"),
    (Intents::MESSAGE_CONTENT,               "MESSAGE_CONTENT"),
    (Intents::GUILD_SCHEDULED_EVENTS,        "GUILD_SCHEDULED_EVENTS"),
    (Intents::AUTO_MODERATION_CONFIGURATION, "AUTO_MODERATION_CONFIGURATION"),
    (Intents::AUTO_MODERATION_EXECUTION,     "AUTO_MODERATION_EXECUTION"),
    (Intents::GUILD_MESSAGE_POLLS,           "GUILD_MESSAGE_POLLS"),
    (Intents::DIRECT_MESSAGE_POLLS,          "DIRECT_MESSAGE_POLLS"),
];

/// Who needs Discord's approval for privileged intents, since 10 June 2026: see
/// [the review](https://docs.discord.com/developers/events/gateway#privileged-intent-access-review) and the
/// [change log](https://docs.discord.com/developers/change-log). The page about applications still names 100 servers.
pub(crate) const PRIVILEGED_REVIEW: &str =
    "an application that 10,000 users or more can see also needs Discord's approval, and again every year";

impl Intents {
    /// The intents that must be enabled in the developer portal.
    ///
    /// See [privileged intents](https://docs.discord.com/developers/events/gateway#privileged-intents).
    pub const PRIVILEGED: Intents =
        Intents::GUILD_MEMBERS.union(Intents::GUILD_PRESENCES).union(Intents::MESSAGE_CONTENT);

    /// All known intents that are not privileged.
    pub const UNPRIVILEGED: Intents = Intents::all().difference(Intents::PRIVILEGED);

    /// Guilds, their roles, channels, threads and stages.
    pub const GUILDS: Intents = Intents(1 << 0);
    /// Members who join, change and leave. Privileged.
    pub const GUILD_MEMBERS: Intents = Intents(1 << 1);
    /// Bans and the audit log.
    pub const GUILD_MODERATION: Intents = Intents(1 << 2);
    /// Emojis, stickers and soundboard sounds.
    pub const GUILD_EXPRESSIONS: Intents = Intents(1 << 3);
    /// Integrations.
    pub const GUILD_INTEGRATIONS: Intents = Intents(1 << 4);
    /// Webhooks.
    pub const GUILD_WEBHOOKS: Intents = Intents(1 << 5);
    /// Invites.
    pub const GUILD_INVITES: Intents = Intents(1 << 6);
    /// The users in voice channels, and voice channel effects.
    pub const GUILD_VOICE_STATES: Intents = Intents(1 << 7);
    /// The status and activities of members. Privileged.
    pub const GUILD_PRESENCES: Intents = Intents(1 << 8);
    /// Messages in guilds.
    pub const GUILD_MESSAGES: Intents = Intents(1 << 9);
    /// Reactions to messages in guilds.
    pub const GUILD_MESSAGE_REACTIONS: Intents = Intents(1 << 10);
    /// Users who start to type in guilds.
    pub const GUILD_MESSAGE_TYPING: Intents = Intents(1 << 11);
    /// Direct messages. Ephemeral messages belong to this intent too.
    pub const DIRECT_MESSAGES: Intents = Intents(1 << 12);
    /// Reactions to direct messages.
    pub const DIRECT_MESSAGE_REACTIONS: Intents = Intents(1 << 13);
    /// Users who start to type a direct message.
    pub const DIRECT_MESSAGE_TYPING: Intents = Intents(1 << 14);
    /// The content of messages. Privileged.
    ///
    /// It enables no event. Without it content, embeds, attachments, components and polls are missing from messages, except
    /// from the bot's own messages, direct messages and messages that mention the bot.
    pub const MESSAGE_CONTENT: Intents = Intents(1 << 15);
    /// Scheduled events.
    pub const GUILD_SCHEDULED_EVENTS: Intents = Intents(1 << 16);
    /// The rules of auto moderation.
    pub const AUTO_MODERATION_CONFIGURATION: Intents = Intents(1 << 20);
    /// The actions of auto moderation.
    pub const AUTO_MODERATION_EXECUTION: Intents = Intents(1 << 21);
    /// Votes in polls in guilds.
    pub const GUILD_MESSAGE_POLLS: Intents = Intents(1 << 24);
    /// Votes in polls in direct messages.
    pub const DIRECT_MESSAGE_POLLS: Intents = Intents(1 << 25);

    /// Returns a set without any intent: only the events that are always sent.
    pub const fn empty() -> Intents {
        Intents(0)
    }

    /// Returns all intents that this version knows.
    pub const fn all() -> Intents {
        let (mut all, mut i) = (Intents::empty(), 0);
        while i < TABLE.len() {
            all = all.union(TABLE[i].0);
            i += 1;
        }
        all
    }

    /// Creates a set from its bits, including unknown ones.
    pub const fn from_bits_retain(bits: u64) -> Intents {
        Intents(bits)
    }

    /// The bits of the set, as they are sent to Discord.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the set contains all intents of `other`.
    pub const fn contains(self, other: Intents) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the set contains at least one intent of `other`.
    pub const fn intersects(self, other: Intents) -> bool {
        self.0 & other.0 != 0
    }

    /// The intents of both sets. `|` for constants.
    #[must_use]
    pub const fn union(self, other: Intents) -> Intents {
        Intents(self.0 | other.0)
    }

    /// The intents of this set that are not in `other`. `-` for constants.
    #[must_use]
    pub const fn difference(self, other: Intents) -> Intents {
        Intents(self.0 & !other.0)
    }

    /// Iterates over the intents, including unknown bits, lowest bit first.
    pub fn iter(self) -> impl Iterator<Item = Intents> {
        (0..u64::BITS).map(|bit| Intents(1 << bit)).filter(move |&one| self.contains(one))
    }

    /// Discord's name of the intent, if the set is exactly one known intent.
    pub fn name(self) -> Option<&'static str> {
        TABLE.iter().find(|row| row.0 == self).map(|row| row.1)
    }
}

impl BitOr for Intents {
    type Output = Intents;

    fn bitor(self, other: Intents) -> Intents {
        self.union(other)
    }
}

impl BitOrAssign for Intents {
    fn bitor_assign(&mut self, other: Intents) {
        *self = self.union(other);
    }
}

impl Sub for Intents {
    type Output = Intents;

    fn sub(self, other: Intents) -> Intents {
        self.difference(other)
    }
}

impl fmt::Display for Intents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("NONE");
        }
        for (i, one) in self.iter().enumerate() {
            if i > 0 {
                f.write_str(" | ")?;
            }
            match one.name() {
                Some(name) => f.write_str(name)?,
                None => write!(f, "1 << {}", one.0.trailing_zeros())?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Intents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
