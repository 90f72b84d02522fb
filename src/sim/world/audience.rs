//! Which bots receive an event.

use serde_json::Value;

use super::access::{BAN_MEMBERS, MANAGE_CHANNELS, MANAGE_GUILD, VIEW_AUDIT_LOG, VIEW_CHANNEL};
use super::objects;
use super::world::{Place, World};
use crate::id::UserId;

/// Events for which a bot needs one of these permissions, besides viewing the channel
/// ([page](https://docs.discord.com/developers/events/gateway-events)).
const NEEDED: [(&str, u64); 9] = [
    ("GUILD_AUDIT_LOG_ENTRY_CREATE", VIEW_AUDIT_LOG),
    ("GUILD_BAN_ADD", BAN_MEMBERS | VIEW_AUDIT_LOG),
    ("GUILD_BAN_REMOVE", BAN_MEMBERS | VIEW_AUDIT_LOG),
    ("AUTO_MODERATION_RULE_CREATE", MANAGE_GUILD),
    ("AUTO_MODERATION_RULE_UPDATE", MANAGE_GUILD),
    ("AUTO_MODERATION_RULE_DELETE", MANAGE_GUILD),
    ("AUTO_MODERATION_ACTION_EXECUTION", MANAGE_GUILD),
    ("INVITE_CREATE", MANAGE_CHANNELS),
    ("INVITE_DELETE", MANAGE_CHANNELS),
];

impl World {
    /// The bots that receive an event: those of the guild that can view the channel, the one of the direct messages, or the one
    /// whose application, account or interaction it is about.
    pub fn receivers(&self, name: &str, data: &Value) -> Vec<UserId> {
        let id = |key: &str| objects::id(&data[key]);
        let only = match name {
            "INTERACTION_CREATE" | "ENTITLEMENT_CREATE" | "ENTITLEMENT_UPDATE" | "ENTITLEMENT_DELETE" => {
                id("application_id")
            }
            "THREAD_MEMBER_UPDATE" => id("user_id"),
            "USER_UPDATE" => id("id"),
            "GUILD_CREATE" | "GUILD_DELETE" => {
                id("id").and_then(|guild| self.guilds.get(&guild)).and_then(|guild| guild.last_moved_bot)
            }
            _ => {
                let bots = self.applications.keys().filter(|bot| self.receives(**bot, name, data));
                return bots.copied().map(UserId::new).collect();
            }
        };
        only.into_iter().map(UserId::new).collect()
    }

    fn receives(&self, bot: u64, name: &str, data: &Value) -> bool {
        let id = |key: &str| objects::id(&data[key]);
        let Some(guild) = id(if name == "GUILD_UPDATE" { "id" } else { "guild_id" }) else {
            // An event without a guild is of direct messages, or of an ephemeral message, which only its author receives.
            let channel = id("channel_id").and_then(|channel| self.channels.get(&channel));
            return match channel.map(|channel| channel.place) {
                Some(Place::Direct { bot: of_channel, .. }) => of_channel == bot,
                Some(Place::Guild(guild)) => self.is_member(guild, bot) && is_of(data, bot),
                None => true,
            };
        };
        if !self.is_member(guild, bot) {
            return false;
        }
        let needed = NEEDED.iter().find(|(event, _)| *event == name).map(|(_, needed)| *needed);
        let is_allowed = |own: u64| needed.is_none_or(|needed| own & needed != 0);
        let channel = match name {
            "THREAD_CREATE" | "THREAD_UPDATE" | "THREAD_DELETE" => id("parent_id"),
            // A bot learns of all voice states, and of all channels, as from GUILD_CREATE.
            "VOICE_STATE_UPDATE" => None,
            _ => id("channel_id"),
        };
        match channel {
            Some(channel) => {
                let own = self.channel_permissions(channel, bot);
                own & VIEW_CHANNEL != 0 && is_allowed(own)
            }
            None => is_allowed(self.guild_permissions(guild, bot)),
        }
    }
}

/// Whether an event of an ephemeral message is of this bot's message.
fn is_of(message: &Value, bot: u64) -> bool {
    message["author"].is_null()
        || objects::is_id(&message["application_id"], bot)
        || objects::is_id(&message["author"]["id"], bot)
}
