use serde_json::{Value, json};

use super::SendEvent;
use crate::error::{Error, Limit};
use crate::gateway::opcode::Opcode;
use crate::id::{GuildId, UserId};

/// The most members that a prefix or a list of users is answered with.
const MOST: usize = 100;

/// Discord drops a longer one.
const MAX_NONCE_BYTES: usize = 32;

/// A request for members of a guild, which come as [`GuildMembersChunk`](crate::events::GuildMembersChunk) events, up to 1,000 in each.
///
/// See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members).
///
/// ```
/// use syncord::gateway::send_event::RequestMembers;
/// use syncord::id::GuildId;
///
/// let guild = GuildId::new(41771983444115456);
/// let everybody = RequestMembers::all(guild).nonce("roll call");
/// let few = RequestMembers::query(guild, "ann", 10);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct RequestMembers {
    guild: GuildId,
    members: MemberQuery,
    presences: bool,
    nonce: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum MemberQuery {
    Query { query: String, limit: usize },
    Users(Vec<UserId>),
}

impl RequestMembers {
    /// All members, which wants the intent `GUILD_MEMBERS`. Discord takes this once in 30 seconds for each guild: a second
    /// request waits for that, and one that Discord refused all the same
    /// ([`RateLimited`](crate::events::RateLimited)) is sent again when it may be.
    pub fn all(guild: GuildId) -> RequestMembers {
        RequestMembers::new(guild, MemberQuery::Query { query: String::new(), limit: 0 })
    }

    /// Members whose names begin like this: at most so many, from 1 to 100.
    pub fn query(guild: GuildId, query: impl Into<String>, limit: usize) -> RequestMembers {
        RequestMembers::new(guild, MemberQuery::Query { query: query.into(), limit })
    }

    /// These members: 1 to 100.
    pub fn users(guild: GuildId, users: impl IntoIterator<Item = UserId>) -> RequestMembers {
        RequestMembers::new(guild, MemberQuery::Users(users.into_iter().collect()))
    }

    fn new(guild: GuildId, members: MemberQuery) -> RequestMembers {
        RequestMembers { guild, members, presences: false, nonce: None }
    }

    /// Asks for their presences too, which wants the intent `GUILD_PRESENCES`.
    pub fn presences(self) -> RequestMembers {
        RequestMembers { presences: true, ..self }
    }

    /// Has the events carry this mark: at most 32 bytes.
    pub fn nonce(self, nonce: impl Into<String>) -> RequestMembers {
        RequestMembers { nonce: Some(nonce.into()), ..self }
    }

    /// The guild whose members they are.
    pub(crate) fn guild(&self) -> GuildId {
        self.guild
    }

    fn wants_all(&self) -> bool {
        matches!(&self.members, MemberQuery::Query { query, limit: 0 } if query.is_empty())
    }

    fn check(&self) -> Result<(), Error> {
        match &self.members {
            MemberQuery::Query { query, limit: 0 } if query.is_empty() => {}
            MemberQuery::Query { limit, .. } if !(1..=MOST).contains(limit) => {
                let problem = format!("1 to {MOST} members, and this asks for {limit}");
                let limit = Limit::Number { min: 1.0, max: MOST as f64, actual: *limit as f64 };
                return Err(Error::outside("limit", limit, problem));
            }
            MemberQuery::Users(users) if !(1..=MOST).contains(&users.len()) => {
                let limit = Limit::Elements { min: 1, max: MOST, actual: users.len() };
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
        match &self.members {
            MemberQuery::Query { query, limit } => {
                data["query"] = json!(query);
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
    /// Asks for members of a guild; to be given to that guild's shard.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when Discord would not take it, or it is over 4096 bytes.
    pub fn request_members(request: &RequestMembers) -> Result<SendEvent, Error> {
        request.check()?;
        let order = SendEvent::raw(Opcode::RequestGuildMembers.code(), &request.to_json())?;
        Ok(SendEvent { all_members_of: request.wants_all().then_some(request.guild), ..order })
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
    fn a_request_asks_for_all_for_a_name_or_for_given_users() {
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
    fn what_discord_would_not_take_is_refused_to_the_caller() {
        let users = |count| RequestMembers::users(GUILD, (0..count).map(UserId::new));
        for (request, problem) in [
            (RequestMembers::query(GUILD, "", 101), "limit: 1 to 100 members, and this asks for 101"),
            (RequestMembers::query(GUILD, "a", 0), "limit: 1 to 100 members, and this asks for 0"),
            (users(0), "user_ids: 1 to 100 users, and this has 0"),
            (users(101), "user_ids: 1 to 100 users, and this has 101"),
            (RequestMembers::all(GUILD).nonce("é".repeat(17)), "nonce: at most 32 bytes, and this has 34"),
            (
                RequestMembers::query(GUILD, "x".repeat(5000), 1),
                "d: a gateway payload holds at most 4096 bytes",
            ),
        ] {
            let error = SendEvent::request_members(&request).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{error}");
        }
        assert!(SendEvent::request_members(&users(100)).is_ok());
    }
}
