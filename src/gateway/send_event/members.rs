use std::borrow::Borrow;

use serde_json::{Value, json};

use super::event::SendEvent;
use crate::error::{Error, Limit};
use crate::gateway::opcode::Opcode;
use crate::id::{GuildId, UserId};

/// The maximum number of members in a query or a list of users.
pub(crate) const MAX_MEMBERS: usize = 100;

/// Discord ignores a longer nonce.
const MAX_NONCE_BYTES: usize = 32;

/// A request for members of a guild. Discord sends them as [`GuildMembersChunk`](crate::events::GuildMembersChunk) events
/// of up to 1,000 members.
///
/// See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members).
///
/// ```
/// use syncord::gateway::send_event::RequestMembers;
/// use syncord::id::GuildId;
///
/// let guild = GuildId::new(41771983444115456);
/// let all = RequestMembers::all(guild).nonce("startup");
/// let some = RequestMembers::query(guild, "ann", 10);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct RequestMembers {
    guild: GuildId,
    query: MemberQuery,
    presences: bool,
    nonce: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum MemberQuery {
    Name { prefix: String, limit: usize },
    Users(Vec<UserId>),
}

impl RequestMembers {
    /// Requests all members. Needs the intent `GUILD_MEMBERS`: no handler implies it, so declare it with
    /// [`bot.add_intents(Intents::GUILD_MEMBERS)`](crate::Bot::add_intents).
    ///
    /// Discord allows one such request in 30 seconds for each guild, and another one waits that long. A request that Discord
    /// refuses ([`RateLimited`](crate::events::RateLimited)) is sent again when it is allowed.
    pub fn all(guild: GuildId) -> RequestMembers {
        RequestMembers::new(guild, MemberQuery::Name { prefix: String::new(), limit: 0 })
    }

    /// Requests members whose names begin with `query`. `limit` is their maximum number, 1-100. An empty `query` needs the
    /// intent `GUILD_MEMBERS`.
    pub fn query(guild: GuildId, query: impl Into<String>, limit: usize) -> RequestMembers {
        RequestMembers::new(guild, MemberQuery::Name { prefix: query.into(), limit })
    }

    /// Requests the members with these IDs, 1-100.
    pub fn users(guild: GuildId, users: impl IntoIterator<Item: Borrow<UserId>>) -> RequestMembers {
        RequestMembers::new(guild, MemberQuery::Users(users.into_iter().map(|user| *user.borrow()).collect()))
    }

    fn new(guild: GuildId, query: MemberQuery) -> RequestMembers {
        RequestMembers { guild, query, presences: false, nonce: None }
    }

    /// Requests their presences as well. Needs the intent `GUILD_PRESENCES`, which is declared in the same way as that for
    /// [all](RequestMembers::all) members.
    pub fn presences(self) -> RequestMembers {
        RequestMembers { presences: true, ..self }
    }

    /// Sets a nonce of at most 32 bytes, which the response events contain.
    pub fn nonce(self, nonce: impl Into<String>) -> RequestMembers {
        RequestMembers { nonce: Some(nonce.into()), ..self }
    }

    pub(crate) fn is_for_all(&self) -> bool {
        matches!(&self.query, MemberQuery::Name { prefix, limit: 0 } if prefix.is_empty())
    }

    fn check(&self) -> Result<(), Error> {
        match &self.query {
            MemberQuery::Name { prefix, limit: 0 } if prefix.is_empty() => {}
            MemberQuery::Name { limit, .. } if !(1..=MAX_MEMBERS).contains(limit) => {
                let problem = format!("1 to {MAX_MEMBERS} members, and this requests {limit}");
                let limit = Limit::Number { min: 1.0, max: MAX_MEMBERS as f64, actual: *limit as f64 };
                return Err(Error::outside("limit", limit, problem));
            }
            MemberQuery::Users(users) if !(1..=MAX_MEMBERS).contains(&users.len()) => {
                let limit = Limit::Elements { min: 1, max: MAX_MEMBERS, actual: users.len() };
                return Err(Error::outside("user_ids", limit, limit.to_string()));
            }
            _ => {}
        }
        match &self.nonce {
            Some(nonce) if nonce.len() > MAX_NONCE_BYTES => {
                let limit = Limit::Bytes { max: MAX_NONCE_BYTES as u64, actual: nonce.len() as u64 };
                Err(Error::outside("nonce", limit, limit.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn to_json(&self) -> Value {
        let mut data = json!({ "guild_id": self.guild.to_string() });
        match &self.query {
            MemberQuery::Name { prefix, limit } => {
                data["query"] = json!(prefix);
                data["limit"] = json!(limit);
            }
            MemberQuery::Users(users) => {
                data["user_ids"] = users.iter().map(ToString::to_string).collect();
            }
        }
        if self.presences {
            data["presences"] = json!(true);
        }
        if let Some(nonce) = &self.nonce {
            data["nonce"] = json!(nonce);
        }
        data
    }
}

impl SendEvent {
    /// Requests members of a guild. Send it over the guild's shard.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when Discord would refuse it, or it is over 4096 bytes.
    pub fn request_members(request: &RequestMembers) -> Result<SendEvent, Error> {
        request.check()?;
        let event = SendEvent::raw(Opcode::RequestGuildMembers.code(), &request.to_json())?;
        Ok(SendEvent { all_members_of: request.is_for_all().then_some(request.guild), ..event })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::RequestMembers;
    use crate::gateway::send_event::SendEvent;
    use crate::id::{GuildId, UserId};

    const GUILD: GuildId = GuildId::new(7);

    fn sent(request: &RequestMembers) -> Value {
        serde_json::from_str(&SendEvent::request_members(request).unwrap().text).unwrap()
    }

    #[test]
    fn a_request_is_for_all_members_or_a_name_or_given_users() {
        for (request, data) in [
            (RequestMembers::all(GUILD), json!({"guild_id": "7", "query": "", "limit": 0})),
            (
                RequestMembers::query(GUILD, "an", 100).presences(),
                json!({"guild_id": "7", "query": "an", "limit": 100, "presences": true}),
            ),
            (
                RequestMembers::users(GUILD, [UserId::new(1), UserId::new(2)]).nonce("x"),
                json!({"guild_id": "7", "user_ids": ["1", "2"], "nonce": "x"}),
            ),
        ] {
            assert_eq!(sent(&request), json!({"op": 8, "d": data}));
        }
    }

    #[test]
    fn a_request_that_discord_would_refuse_is_an_error() {
        let users = |count| RequestMembers::users(GUILD, (0..count).map(UserId::new));
        for (request, problem) in [
            (RequestMembers::query(GUILD, "", 101), "limit: 1 to 100 members, and this requests 101"),
            (RequestMembers::query(GUILD, "a", 0), "limit: 1 to 100 members, and this requests 0"),
            (users(0), "user_ids: 1 to 100 elements, and this has 0"),
            (users(101), "user_ids: 1 to 100 elements, and this has 101"),
            (RequestMembers::all(GUILD).nonce("é".repeat(17)), "nonce: at most 32 bytes, and this has 34"),
            (
                RequestMembers::query(GUILD, "x".repeat(5000), 1),
                "d: a gateway payload can have at most 4096 bytes",
            ),
        ] {
            let error = SendEvent::request_members(&request).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{error}");
        }
        assert!(SendEvent::request_members(&users(100)).is_ok());
    }
}
