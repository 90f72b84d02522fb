//! The maximum numbers of objects, and the sizes of files
//! ([error codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes)).

use crate::sim::world::objects::{self, path_id};
use crate::sim::world::rejection::{Rejection, rejection, too_large};
use crate::sim::world::{RestRequest, World};

const MAX_CHANNELS: usize = 500;
const MAX_ROLES: usize = 250;
const MAX_PINS: usize = 250;
const MAX_REACTIONS: usize = 20;
const MAX_INVITES: usize = 1000;
const MAX_EVENTS: usize = 100;
const MAX_WEBHOOKS: usize = 15;
const MAX_FILES: usize = 10;

/// Maximum numbers and sizes by boost tier: emojis, stickers, sounds, and the mebibytes of a file.
const BY_TIER: [(usize, usize, usize, u64); 4] =
    [(50, 5, 8, 10), (100, 15, 24, 10), (150, 30, 36, 50), (250, 60, 48, 100)];

/// Maximum number of bytes of a file in a guild of this boost tier.
fn upload_limit(tier: u64) -> u64 {
    of_tier(tier).3 << 20
}

/// Refuses one more object if there are `max` of them. `code` is that of the error.
fn check_count(count: usize, max: usize, code: u32, what: &str) -> Result<(), Rejection> {
    let message = format!("Maximum number of {what} reached ({max})");
    if count < max { Ok(()) } else { Err(rejection(400, code, &message)) }
}

fn of_tier(tier: u64) -> (usize, usize, usize, u64) {
    BY_TIER[usize::try_from(tier).unwrap_or(0).min(BY_TIER.len() - 1)]
}

impl World {
    /// Checks that a request creates no more objects than there may be, and uploads no file that is too large.
    pub(in crate::sim::world) fn check_counts(
        &self,
        request: &RestRequest,
        path: &[&str],
    ) -> Result<(), Rejection> {
        let count = |owner: u64, list: &str| self.list(owner, list).len();
        match (request.method.as_str(), path) {
            ("POST", ["guilds", guild, rest @ ..]) if self.guilds.contains_key(&path_id(guild)) => {
                self.check_guild_counts(path_id(guild), rest)
            }
            ("POST", ["channels", channel, "webhooks"]) => {
                let guild = self.guild_of(path_id(channel)).unwrap_or(0);
                let webhooks = self.list(guild, "webhooks").iter();
                let in_channel = webhooks.filter(|one| objects::is_id(&one["channel_id"], path_id(channel)));
                check_count(in_channel.count(), MAX_WEBHOOKS, 30007, "webhooks")
            }
            ("POST", ["channels", channel, "invites"]) => {
                let guild = self.guild_of(path_id(channel)).unwrap_or(0);
                check_count(count(guild, "invites"), MAX_INVITES, 30016, "invites")
            }
            ("PUT", ["channels", channel, "messages", "pins", _] | ["channels", channel, "pins", _]) => {
                check_count(count(path_id(channel), "pins"), MAX_PINS, 30003, "pins for the channel")
            }
            ("PUT", ["channels", _, "messages", message, "reactions", emoji, "@me"]) => {
                let Some(message) = self.messages.get(&path_id(message)) else { return Ok(()) };
                let mut emojis: Vec<&str> = message.reactions.iter().map(|(_, one)| one.as_str()).collect();
                emojis.sort_unstable();
                emojis.dedup();
                let count = if emojis.contains(emoji) { 0 } else { emojis.len() };
                check_count(count, MAX_REACTIONS, 30010, "reactions")
            }
            ("POST" | "PATCH", ["channels", channel, "messages" | "threads", ..]) => {
                let guild = self.guild_of(path_id(channel));
                self.check_files(request, guild.map_or(0, |guild| self.boost_tier(guild)))
            }
            _ => Ok(()),
        }
    }

    fn check_guild_counts(&self, guild: u64, rest: &[&str]) -> Result<(), Rejection> {
        let count = |list: &str| self.list(guild, list).len();
        let (emojis, stickers, sounds, _) = of_tier(self.boost_tier(guild));
        match rest {
            ["channels"] => {
                let channels = self.channels_of(guild).filter(|id| !self.is_thread(*id)).count();
                check_count(channels, MAX_CHANNELS, 30013, "guild channels")
            }
            ["roles"] => check_count(count("roles"), MAX_ROLES, 30005, "guild roles"),
            ["emojis"] => check_count(count("emojis"), emojis, 30008, "emojis"),
            ["stickers"] => check_count(count("stickers"), stickers, 30039, "stickers"),
            ["soundboard-sounds"] => {
                check_count(count("soundboard sounds"), sounds, 30045, "soundboard sounds")
            }
            ["scheduled-events"] => {
                check_count(count("scheduled events"), MAX_EVENTS, 30038, "guild scheduled events")
            }
            _ => Ok(()),
        }
    }

    /// Maximum number of bytes of a file in a channel.
    pub(in crate::sim::world) fn attachment_limit(&self, channel: u64) -> u64 {
        upload_limit(self.guild_of(channel).map_or(0, |guild| self.boost_tier(guild)))
    }

    fn check_files(&self, request: &RestRequest, tier: u64) -> Result<(), Rejection> {
        if request.files.len() > MAX_FILES {
            let message = format!("Maximum number of attachments in a message reached ({MAX_FILES})");
            return Err(rejection(400, 30015, &message));
        }
        if request.files.iter().any(|file| file.content.len() as u64 > upload_limit(tier)) {
            return Err(too_large());
        }
        Ok(())
    }

    /// The boost tier of a guild.
    fn boost_tier(&self, guild: u64) -> u64 {
        self.guilds.get(&guild).and_then(|guild| guild.changes["premium_tier"].as_u64()).unwrap_or(0)
    }
}
