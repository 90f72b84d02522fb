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
#[derive(Clone, Copy, Debug)]
enum Part {
    Guilds,
    Roles,
    Channels,
    Emojis,
    Members,
    VoiceStates,
    Presences,
    Messages,
}

/// The parts, those first on which others depend.
const PARTS: [Part; 8] = [
    Part::Guilds,
    Part::Roles,
    Part::Channels,
    Part::Emojis,
    Part::Members,
    Part::VoiceStates,
    Part::Presences,
    Part::Messages,
];

impl Part {
    fn name(self) -> &'static str {
        match self {
            Part::Guilds => "guilds",
            Part::Roles => "roles",
            Part::Channels => "channels",
            Part::Emojis => "emojis",
            Part::Members => "members",
            Part::VoiceStates => "voice states",
            Part::Presences => "presences",
            Part::Messages => "messages",
        }
    }

    /// The intents of its events. One of them is enough to receive some of these events.
    fn own_intents(self) -> Intents {
        match self {
            Part::Guilds | Part::Roles | Part::Channels => Intents::GUILDS,
            Part::Emojis => Intents::GUILD_EXPRESSIONS,
            Part::Members => Intents::GUILD_MEMBERS,
            Part::VoiceStates => Intents::GUILD_VOICE_STATES,
            Part::Presences => Intents::GUILD_PRESENCES,
            Part::Messages => Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES,
        }
    }

    /// All intents that it needs.
    fn intents(self) -> Intents {
        let content = match self {
            Part::Messages => Intents::MESSAGE_CONTENT,
            _ => Intents::empty(),
        };
        Intents::GUILDS | self.own_intents() | content
    }
}

impl Kept {
    fn keeps(&self, part: Part) -> bool {
        match part {
            Part::Guilds => self.guilds,
            Part::Roles => self.roles,
            Part::Channels => self.channels,
            Part::Emojis => self.emojis,
            Part::Members => self.members.is_some(),
            Part::VoiceStates => self.voice_states,
            Part::Presences => self.presences,
            Part::Messages => self.messages.is_some(),
        }
    }

    fn remove(&mut self, part: Part) {
        match part {
            Part::Guilds => self.guilds = false,
            Part::Roles => self.roles = false,
            Part::Channels => self.channels = false,
            Part::Emojis => self.emojis = false,
            Part::Members => self.members = None,
            Part::VoiceStates => self.voice_states = false,
            Part::Presences => self.presences = false,
            Part::Messages => self.messages = None,
        }
    }

    /// The parts with their names and the intents that they need.
    pub(crate) fn needs(&self) -> impl Iterator<Item = (&'static str, Intents)> {
        PARTS.into_iter().filter(|part| self.keeps(*part)).map(|part| (part.name(), part.intents()))
    }

    /// Removes the parts that cannot be kept right with these intents. Returns why, for each.
    pub(super) fn restrict(&mut self, intents: Intents) -> Vec<String> {
        let mut problems = Vec::new();
        let has_guilds = intents.contains(Intents::GUILDS);
        for part in PARTS {
            if !self.keeps(part) || (has_guilds && intents.intersects(part.own_intents())) {
                continue;
            }
            self.remove(part);
            let missing = part.intents().difference(intents).difference(Intents::MESSAGE_CONTENT);
            problems.push(format!("the cache keeps no {}: the bot does not ask for {missing}", part.name()));
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
