//! What a cache keeps, and which intents and events that needs.

use crate::gateway::intents::Intents;

/// Which members a [`Cache`](super::Cache) keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Members {
    /// Those that Discord sends by itself: with a guild, when they join or change, and as authors of messages.
    Seen,
    /// The same, and the bot requests all members of each guild. In guilds with many thousands of members that takes minutes
    /// after a start, and memory.
    All,
}

/// What a cache keeps.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kept {
    pub(super) guilds: bool,
    pub(super) roles: bool,
    pub(super) channels: bool,
    pub(super) emojis: bool,
    pub(super) members: Option<Members>,
    pub(super) voice_states: bool,
    pub(super) presences: bool,
    /// The number of messages in each channel, if messages are kept.
    pub(super) messages: Option<usize>,
}

/// A part of what a cache keeps.
struct Part {
    name: &'static str,
    is_kept: fn(&Kept) -> bool,
    intents: Intents,
    /// One of these is enough to receive its events at all.
    any_of: Intents,
    remove: fn(&mut Kept),
}

const GUILDS: Intents = Intents::GUILDS;
const MESSAGES: Intents = Intents::GUILD_MESSAGES.union(Intents::DIRECT_MESSAGES);

/// The parts, those first on which others depend.
const PARTS: [Part; 8] = [
    Part {
        name: "guilds",
        is_kept: |kept| kept.guilds,
        intents: GUILDS,
        any_of: GUILDS,
        remove: |kept| kept.guilds = false,
    },
    Part {
        name: "roles",
        is_kept: |kept| kept.roles,
        intents: GUILDS,
        any_of: GUILDS,
        remove: |kept| kept.roles = false,
    },
    Part {
        name: "channels",
        is_kept: |kept| kept.channels,
        intents: GUILDS,
        any_of: GUILDS,
        remove: |kept| kept.channels = false,
    },
    Part {
        name: "emojis",
        is_kept: |kept| kept.emojis,
        intents: GUILDS.union(Intents::GUILD_EXPRESSIONS),
        any_of: Intents::GUILD_EXPRESSIONS,
        remove: |kept| kept.emojis = false,
    },
    Part {
        name: "members",
        is_kept: |kept| kept.members.is_some(),
        intents: GUILDS.union(Intents::GUILD_MEMBERS),
        any_of: Intents::GUILD_MEMBERS,
        remove: |kept| kept.members = None,
    },
    Part {
        name: "voice states",
        is_kept: |kept| kept.voice_states,
        intents: GUILDS.union(Intents::GUILD_VOICE_STATES),
        any_of: Intents::GUILD_VOICE_STATES,
        remove: |kept| kept.voice_states = false,
    },
    Part {
        name: "presences",
        is_kept: |kept| kept.presences,
        intents: GUILDS.union(Intents::GUILD_PRESENCES),
        any_of: Intents::GUILD_PRESENCES,
        remove: |kept| kept.presences = false,
    },
    Part {
        name: "messages",
        is_kept: |kept| kept.messages.is_some(),
        intents: GUILDS.union(MESSAGES).union(Intents::MESSAGE_CONTENT),
        any_of: MESSAGES,
        remove: |kept| kept.messages = None,
    },
];

impl Kept {
    /// The parts with their names and the intents that they need.
    pub(crate) fn needs(&self) -> impl Iterator<Item = (&'static str, Intents)> {
        PARTS.iter().filter(|part| (part.is_kept)(self)).map(|part| (part.name, part.intents))
    }

    /// Removes the parts that cannot be kept right with these intents. Returns why, for each.
    pub(super) fn restrict(&mut self, intents: Intents) -> Vec<String> {
        let mut problems = Vec::new();
        for part in PARTS.iter().filter(|part| (part.is_kept)(self)).collect::<Vec<_>>() {
            let has_guilds = intents.contains(Intents::GUILDS);
            if has_guilds && intents.intersects(part.any_of) {
                continue;
            }
            (part.remove)(self);
            let missing = part.intents.difference(intents).difference(Intents::MESSAGE_CONTENT);
            problems.push(format!("the cache keeps no {}: the bot does not ask for {missing}", part.name));
        }
        problems
    }

    /// Whether the cache is changed by an event with this name.
    pub(crate) fn needs_event(&self, name: &str) -> bool {
        let has_guild_objects = self.guilds || self.roles || self.emojis;
        match name {
            "READY" | "GUILD_CREATE" | "GUILD_DELETE" => self.keeps_any(),
            "GUILD_UPDATE" => has_guild_objects,
            "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" | "GUILD_ROLE_DELETE" => {
                self.roles || self.members.is_some()
            }
            "GUILD_EMOJIS_UPDATE" | "GUILD_STICKERS_UPDATE" => self.emojis,
            "CHANNEL_CREATE"
            | "CHANNEL_UPDATE"
            | "CHANNEL_DELETE"
            | "THREAD_CREATE"
            | "THREAD_UPDATE"
            | "THREAD_DELETE"
            | "THREAD_LIST_SYNC"
            | "THREAD_MEMBER_UPDATE"
            | "THREAD_MEMBERS_UPDATE" => self.channels,
            // Discord sends the changes of the bot's own member always.
            "GUILD_MEMBER_UPDATE" => self.roles || self.members.is_some(),
            "GUILD_MEMBER_ADD" | "GUILD_MEMBERS_CHUNK" => self.members.is_some(),
            "GUILD_MEMBER_REMOVE" => self.members.is_some() || self.voice_states || self.presences,
            "USER_UPDATE" => self.roles || self.members.is_some(),
            "VOICE_STATE_UPDATE" => self.voice_states,
            "PRESENCE_UPDATE" => self.presences,
            "MESSAGE_CREATE" => self.messages.is_some() || self.members.is_some(),
            "MESSAGE_UPDATE" | "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => self.messages.is_some(),
            _ => false,
        }
    }

    fn keeps_any(&self) -> bool {
        self.needs().next().is_some()
    }
}
