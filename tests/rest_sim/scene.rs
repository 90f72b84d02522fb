//! A simulated Discord with #general and ann, and a client of its REST API.

use std::time::Duration;

use serde_json::Value;
use syncord::id::{ApplicationId, ChannelId, GuildId, UserId};
use syncord::rest::Client;
use syncord::sim::{Channel, Discord, Member};
use syncord::{Error, Token};

pub(crate) struct Scene {
    pub(crate) discord: Discord,
    pub(crate) rest: Client,
    pub(crate) guild: GuildId,
    pub(crate) app: ApplicationId,
    pub(crate) general: Channel,
    pub(crate) ann: Member,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        let discord = Discord::start().unwrap();
        let rest = Client::builder(Token::new(&discord.token()).unwrap()).api_url(discord.api_url());
        let rest = rest.deadline(Duration::from_secs(10)).build().unwrap();
        let (guild, app) = (discord.guild_id(), discord.application_id());
        let (general, ann) = (discord.channel("general"), discord.member("ann"));
        Scene { rest, guild, app, general, ann, discord }
    }

    /// #general.
    pub(crate) fn here(&self) -> ChannelId {
        self.general.id()
    }

    pub(crate) fn ann(&self) -> UserId {
        self.ann.id()
    }

    /// The last entry of the audit log: the number of the action and the reason.
    pub(crate) fn last_entry(&self) -> (u64, Option<String>) {
        let log =
            self.rest.guild_audit_log(self.guild, &syncord::rest::GetGuildAuditLog::new().limit(1)).unwrap();
        let entry = serde_json::to_value(&log.audit_log_entries[0]).unwrap();
        (entry["action_type"].as_u64().unwrap(), entry["reason"].as_str().map(str::to_owned))
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // What the client did against the rules is seen here.
        if !std::thread::panicking() {
            assert_eq!(self.discord.log().violations(), [""; 0]);
        }
    }
}

/// The error code of a call that failed.
pub(crate) fn code<T>(answer: Result<T, Error>) -> u32 {
    match answer.err().unwrap() {
        Error::Http(error) => error.code.0,
        other => panic!("{other}"),
    }
}

/// A value as JSON.
pub(crate) fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
