//! The members of a guild, collected by tasks and lanes.

use std::borrow::Borrow;
use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use super::arrivals::{Registered, Waited};
use super::collection::{Collection, Step};
use crate::bot::context::Context;
use crate::deadline::deadline;
use crate::error::Error;
use crate::gateway::send_event::{MAX_MEMBERS, RequestMembers, SendEvent};
use crate::gateway::shard_id::ShardId;
use crate::id::{GuildId, UserId};
use crate::model::{Member, Presence};

impl Context {
    /// Requests members of a guild over the gateway, and waits for them: all of them, or those with given
    /// [IDs](MembersQuery::ids) or [names](MembersQuery::named).
    ///
    /// [`collect`](MembersQuery::collect) returns them together, [`iter`](MembersQuery::iter) one after the other while they
    /// arrive. Both wait, so they work in a [task](crate::bot::Task) and in [lanes](crate::bot::Lanes), and are an error on
    /// the bot's own thread, which must not wait.
    ///
    /// All members need the privileged intent `GUILD_MEMBERS`, which no handler implies:
    /// [`bot.add_intents(Intents::GUILD_MEMBERS)`](crate::Bot::add_intents). Without it nothing is sent. The chunks also reach
    /// handlers of [`GuildMembersChunk`](crate::events::GuildMembersChunk).
    /// See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members).
    ///
    /// Over REST, [`guild_members_iter`](crate::rest::Client::guild_members_iter) returns all members too, at 1,000 per
    /// request.
    ///
    /// ```
    /// use std::time::Duration;
    /// use syncord::Intents;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.add_intents(Intents::GUILD_MEMBERS);
    /// bot.on_message(|cx, message| {
    ///     let (channel, Some(guild)) = (message.channel_id, message.guild_id) else { return Ok(()) };
    ///     if message.content == "!count" {
    ///         cx.spawn(move |task| {
    ///             let all = task.members(guild).collect(Duration::from_secs(60))?;
    ///             let bots = all.members.iter().filter(|member| member.user.bot).count();
    ///             task.send(channel, format!("{} members, {bots} of them bots", all.members.len()))?;
    ///             Ok(())
    ///         })?;
    ///     }
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "!count");
    /// #     assert_eq!(general.next_message()?.content, "2 members, 1 of them bots");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "fetch members")]
    #[doc(alias = "chunk guild")]
    #[doc(alias = "request_guild_members")]
    pub fn members(&self, guild: GuildId) -> MembersQuery<'_> {
        MembersQuery { cx: self, guild, who: Who::All, presences: false }
    }
}

/// Which members of a guild are requested: see [`Context::members`].
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `collect` or `iter`"]
pub struct MembersQuery<'c> {
    cx: &'c Context,
    guild: GuildId,
    who: Who,
    presences: bool,
}

#[derive(Clone, Debug)]
enum Who {
    All,
    Named { prefix: String, limit: usize },
    Users(Vec<UserId>),
}

/// Members of a guild, and what else Discord has sent with them.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CollectedMembers {
    /// The members, in the order in which they came.
    pub members: Vec<Member>,
    /// Their presences, if they were [requested](MembersQuery::presences). A member who is offline has none.
    pub presences: Vec<Presence>,
    /// The requested users who are not members.
    pub not_found: Vec<UserId>,
}

impl<'c> MembersQuery<'c> {
    /// Requests the members whose username or nickname begins with `prefix`, in any case, at most `limit` of them (1-100).
    ///
    /// It needs no intent, unless `prefix` is empty.
    #[doc(alias = "search")]
    pub fn named(mut self, prefix: impl Into<String>, limit: usize) -> Self {
        self.who = Who::Named { prefix: prefix.into(), limit };
        self
    }

    /// Requests the members with these IDs, which needs no intent. More than 100 are requested in several steps, and nothing
    /// is sent for none.
    pub fn ids(mut self, users: impl IntoIterator<Item: Borrow<UserId>>) -> Self {
        self.who = Who::Users(users.into_iter().map(|user| *user.borrow()).collect());
        self
    }

    /// Requests their presences as well, which [`collect`](MembersQuery::collect) returns. Needs the privileged intent
    /// `GUILD_PRESENCES`.
    #[doc(alias = "status")]
    pub fn presences(mut self) -> Self {
        self.presences = true;
        self
    }

    /// Returns all of them together. `timeout` is for everything.
    ///
    /// Discord allows one request for all members of a guild in 30 seconds, and another one waits that long: give it a
    /// minute. If the shard's session is lost meanwhile, the request is sent again.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] on the bot's own thread, [`Error::Intents`] when an intent is missing and [`Error::Invalid`] for a limit
    /// outside 1-100: nothing is sent then. [`Error::Network`] after the timeout, [`Error::Stopped`] if the bot stops.
    pub fn collect(self, timeout: Duration) -> Result<CollectedMembers, Error> {
        let until = deadline(Instant::now(), timeout);
        let mut iter = self.iter(timeout);
        while iter.has_more(until)? {}
        let Collection { members, presences, not_found, .. } = iter.collection;
        Ok(CollectedMembers { members: members.into(), presences, not_found })
    }

    /// Returns them one after the other, while they arrive. `timeout` is for each wait for more.
    ///
    /// The request is sent with the first call of `next`. Up to 64 MiB of what has arrived wait for a slow loop, which is about
    /// 100,000 members.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use syncord::bot::Task;
    /// # use syncord::id::{GuildId, RoleId};
    /// # use syncord::Error;
    /// /// The first ten members with a role.
    /// fn holders(task: &Task, guild: GuildId, role: RoleId) -> Result<Vec<String>, Error> {
    ///     let mut names = Vec::new();
    ///     for member in task.members(guild).iter(Duration::from_secs(60)) {
    ///         let member = member?;
    ///         if member.roles.contains(&role) {
    ///             names.push(member.display_name().to_owned());
    ///         }
    ///         if names.len() == 10 {
    ///             break;
    ///         }
    ///     }
    ///     Ok(names)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Its items are errors as for [`collect`](MembersQuery::collect), and [`Error::Busy`] if the loop is too slow. It ends after
    /// an error.
    pub fn iter(self, timeout: Duration) -> MembersIter<'c> {
        let MembersQuery { cx, guild, .. } = self;
        let shard = ShardId::of_guild(guild, cx.login().total).index;
        let requests = &cx.shared().member_requests;
        // At random, because a resume replays chunks for the process before.
        let nonce = format!("{:016x}", fastrand::u64(..));
        let collection = Collection::new(self.requests(&nonce));
        let registered = requests.register(nonce, shard);
        MembersIter { cx, guild, timeout, collection, registered, has_ended: false }
    }

    fn requests(&self, nonce: &str) -> Vec<RequestMembers> {
        let requests = match &self.who {
            Who::All => vec![RequestMembers::all(self.guild)],
            Who::Named { prefix, limit } => vec![RequestMembers::query(self.guild, prefix, *limit)],
            Who::Users(users) => {
                users.chunks(MAX_MEMBERS).map(|some| RequestMembers::users(self.guild, some)).collect()
            }
        };
        let finish = |request: RequestMembers| match self.presences {
            true => request.presences().nonce(nonce),
            false => request.nonce(nonce),
        };
        requests.into_iter().map(finish).collect()
    }
}

/// The members of a guild, one after the other: see [`MembersQuery::iter`].
pub struct MembersIter<'c> {
    cx: &'c Context,
    guild: GuildId,
    timeout: Duration,
    collection: Collection,
    registered: Registered<'c>,
    has_ended: bool,
}

impl MembersIter<'_> {
    /// The requested users who are not members, by the answers that have come so far.
    pub fn not_found(&self) -> &[UserId] {
        &self.collection.not_found
    }

    /// Waits until something has arrived. Returns false at the end.
    fn has_more(&mut self, until: Instant) -> Result<bool, Error> {
        loop {
            let now = Instant::now();
            let wake_at = match self.collection.next(now) {
                Step::Done => return Ok(false),
                Step::Send(request) => {
                    self.cx.check_may_wait(
                        "collect members",
                        "cx.request_members(..) with a handler of GuildMembersChunk",
                    )?;
                    self.cx.send_event(SendEvent::request_members(&request)?)?;
                    continue;
                }
                Step::Wait(at) => at.map_or(until, |at| at.min(until)),
            };
            match self.registered.wait(wake_at) {
                Waited::Arrived(arrival) => {
                    self.collection.add(Instant::now(), arrival)?;
                    return Ok(true);
                }
                Waited::TimedOut if wake_at < until => {}
                Waited::TimedOut => return Err(self.timed_out()),
                Waited::Closed => return Err(Error::Stopped),
                Waited::Full => {
                    return Err(Error::Busy {
                        problem: "the members of a guild arrive faster than the loop over them takes them: collect them \
                                  first, and then do what takes time"
                            .to_owned(),
                    });
                }
            }
        }
    }

    fn timed_out(&self) -> Error {
        let problem = format!(
            "{} in time; Discord allows one request for all members of a guild in 30 s, so wait for up to a minute",
            self.collection.progress()
        );
        let doing = format!("receive the members of guild {}", self.guild);
        Error::network(doing, io::Error::new(io::ErrorKind::TimedOut, problem))
    }
}

impl Iterator for MembersIter<'_> {
    type Item = Result<Member, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let until = deadline(Instant::now(), self.timeout);
        loop {
            if let Some(member) = self.collection.members.pop_front() {
                return Some(Ok(member));
            }
            if self.has_ended {
                return None;
            }
            match self.has_more(until) {
                Ok(true) => {}
                Ok(false) => self.has_ended = true,
                Err(error) => {
                    self.has_ended = true;
                    return Some(Err(error));
                }
            }
        }
    }
}

impl fmt::Debug for MembersIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MembersIter").field("guild", &self.guild).finish_non_exhaustive()
    }
}
