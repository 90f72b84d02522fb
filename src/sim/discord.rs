//! The simulated Discord as a test holds it.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

use super::builder::Builder;
use super::control::{self, Secret};
use super::error::SimError;
use super::fault::{Fault, RateLimitScope};
use super::http::Request;
use super::hub::{Control, Hub, State};
use super::limits;
use super::log::{self, Log};
use super::people::{Channel, Guild, Interaction, Member};
use super::readiness::has_ready_bot;
use super::rest;
use super::server;
use crate::deadline::FAR_FUTURE;
use crate::error::Error;
use crate::id::{ApplicationId, AttachmentId, ChannelId, GuildId, RoleId, UserId};
use crate::model::Permissions;

/// A simulated Discord. It ends when this is dropped.
#[doc(alias = "simulator")]
#[doc(alias = "mock")]
pub struct Discord {
    pub(super) hub: Arc<Hub>,
    threads: Vec<JoinHandle<()>>,
    token: String,
    pub(super) timeout: Duration,
}

impl Discord {
    /// Starts a simulated Discord with Discord's own limits and intervals.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] when no port could be opened.
    pub fn start() -> Result<Discord, Error> {
        Discord::builder().start()
    }

    /// Returns a builder, for other settings.
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The base URL of the REST API. `GET /gateway/bot` there returns the gateway's address.
    pub fn api_url(&self) -> String {
        format!("http://{}/api/v10", self.hub.address())
    }

    /// The page to which invitation links of bots lead.
    pub(crate) fn authorize_url(&self) -> String {
        format!("http://{}{}", self.hub.address(), rest::AUTHORIZE)
    }

    /// The gateway's address, as `GET /gateway/bot` returns it.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.hub.address())
    }

    /// The address of the [control interface](crate::sim::control), with its secret. `None` unless
    /// [`Builder::control`] is set.
    pub fn control_url(&self) -> Option<String> {
        let secret = self.hub.read(|state| state.control.as_ref().map(|control| control.secret.clone()))?;
        Some(control::url(self.hub.address(), &secret))
    }

    /// The address of the [playground](crate::sim::playground)'s web page, with its secret. `None` unless
    /// [`Builder::control`] is set.
    pub fn playground_url(&self) -> Option<String> {
        self.control_url().map(|url| control::page_url(&url))
    }

    /// Waits until a client of the control interface asks for a shutdown. Returns at once if there is none.
    pub fn wait_for_shutdown(&self) {
        let is_over = || {
            let over = self
                .hub
                .read(|state| state.control.as_ref().is_none_or(|control| control.shutdown_requested));
            over.then_some(())
        };
        while self.hub.wait_for(FAR_FUTURE, is_over).is_none() {}
    }

    /// Ends [`wait_for_shutdown`](Discord::wait_for_shutdown), as a client of the control interface can.
    pub fn shut_down(&self) {
        self.hub.change(State::request_shutdown);
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.token.clone()
    }

    /// The ID of the bot's user.
    pub fn bot_id(&self) -> UserId {
        self.hub.read(|state| state.world.bot_id())
    }

    /// The ID of the bot's application. It has the same number as the bot's user.
    pub fn application_id(&self) -> ApplicationId {
        self.hub.read(|state| state.world.application_id())
    }

    /// The ID of the guild.
    pub fn guild_id(&self) -> GuildId {
        self.hub.read(|state| state.world.guild_id())
    }

    /// The member of this name. A new member joins if there is none.
    pub fn member(&self, name: &str) -> Member {
        let id = self.hub.change(|state, now| {
            let (id, events) = state.world.member(state.clock.time(), name);
            state.dispatch(now, events);
            id
        });
        Member::new(self.hub.clone(), id, name, self.timeout)
    }

    /// Makes a member the owner of the first guild, with all permissions. From the start, the bot owns it.
    pub fn set_owner(&self, member: &Member) {
        self.hub.change(|state, now| {
            let events = state.world.set_owner(state.world.guild_id(), member.id());
            state.dispatch(now, events);
        });
    }

    /// The ID of the role of this name in the first guild. `None` if there is none.
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.hub.read(|state| state.world.role_by_name(state.world.guild_id(), name))
    }

    /// Gives a member a role of the first guild with these permissions: see [`Guild::give_role`].
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when Discord does not take it, such as a name that is too long.
    pub fn give_role(
        &self,
        member: &Member,
        name: &str,
        permissions: Permissions,
    ) -> Result<RoleId, SimError> {
        let guild = self.guild_id();
        Guild::new(self.hub.clone(), guild, "", self.timeout).give_role(member, name, permissions)
    }

    /// Gives a person a role, given as text, for options of a command: the arguments of the action `role` of the
    /// [control interface](crate::sim::control), with `&` between them.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// discord.role_by_text("as=mia&role=Moderator&permissions=KICK_MEMBERS,BAN_MEMBERS")?;
    /// assert!(discord.role_by_text("as=mia&role=Moderator&permissions=FLY").is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when an argument is missing or wrong.
    pub fn role_by_text(&self, text: &str) -> Result<(), Error> {
        control::role_by_text(&self.hub, text)
            .map_err(|problem| Error::setup(format!("the role {text:?} is not possible: {problem}")))
    }

    /// The member with this ID. `None` if the user is a bot or does not exist.
    pub(super) fn member_by_id(&self, id: UserId) -> Option<Member> {
        let name = self.hub.read(|state| state.world.member_name(id))?;
        Some(Member::new(self.hub.clone(), id, &name, self.timeout))
    }

    /// The channel of this name. It is created if there is none.
    pub fn channel(&self, name: &str) -> Channel {
        let id = self.hub.change(|state, now| {
            let (id, events) = state.world.channel(state.clock.time(), name);
            state.dispatch(now, events);
            id
        });
        Channel::new(self.hub.clone(), id, name, self.timeout)
    }

    /// The channel for direct messages between a member and the bot.
    pub fn dm_channel(&self, member: &Member) -> Channel {
        let id = self.hub.change(|state, _| {
            let response = state.world.dm_channel(state.clock.time(), member.id());
            response.body["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(ChannelId::new(0))
        });
        let name = format!("direct messages with {}", member.name());
        Channel::new(self.hub.clone(), id, &name, self.timeout)
    }

    /// The guild of this name. `None` if there is none.
    pub fn guild(&self, name: &str) -> Option<Guild> {
        let id = self.hub.read(|state| state.world.guild_named(name))?;
        Some(Guild::new(self.hub.clone(), id, name, self.timeout))
    }

    /// The token of the bot of this name: see [`Builder::bot`]. `None` if there is none.
    pub fn token_of(&self, bot: &str) -> Option<String> {
        self.hub.read(|state| state.world.token_of(state.world.bot_named(bot)?).map(str::to_owned))
    }

    /// The whole world as JSON: bots, guilds, channels, members, messages, files, commands. Interactions are not in it, nor is
    /// the gateway. [`Builder::world`] loads it.
    ///
    /// It contains the tokens of the bots, which are good for a simulated Discord only.
    pub fn snapshot(&self) -> Value {
        self.hub.read(|state| state.world.snapshot())
    }

    /// All interactions, oldest first.
    pub fn interactions(&self) -> Vec<Interaction> {
        let ids = self.hub.read(|state| state.world.interaction_ids());
        let interaction = |id| Interaction::new(self.hub.clone(), id, self.timeout);
        ids.into_iter().map(interaction).collect()
    }

    /// The commands registered in the guild, or globally for `None`, as REST returns them.
    pub fn commands(&self, guild: Option<GuildId>) -> Vec<Value> {
        self.hub.read(|state| state.world.registered_commands(guild))
    }

    /// The content of an attachment that a bot sent, or that a member gave to a command.
    pub fn upload(&self, attachment: AttachmentId) -> Option<Vec<u8>> {
        self.hub.read(|state| state.world.upload(attachment))
    }

    /// Sets how long a bot has to respond to an interaction. Discord's timeout is 3 seconds.
    pub fn interaction_timeout(&self, timeout: Duration) {
        self.hub.change(|state, _| state.world.set_interaction_timeout(timeout));
    }

    /// Advances the clock of the world: timeouts and the tokens of interactions expire, polls end, threads without messages are
    /// archived, and scheduled events outside of Discord start and end, with their events.
    ///
    /// The bot's own clock, the gateway's and rate limits stay as they are.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// use std::time::Duration;
    ///
    /// let discord = syncord::sim::Discord::builder().repeatable(1).start()?;
    /// discord.advance(Duration::from_secs(3600));
    /// assert_eq!(discord.time(), Duration::from_secs(1_767_229_200)); // 2026-01-01, one o'clock
    /// # Ok(())
    /// # }
    /// ```
    pub fn advance(&self, by: Duration) {
        self.hub.change(|state, now| state.advance(now, by));
    }

    /// The time in the world, since the Unix epoch.
    pub fn time(&self) -> Duration {
        self.hub.read(|state| state.clock.time())
    }

    /// Dispatches any event to the sessions that may receive it. An interaction goes to the Interactions Endpoint URL of its
    /// application instead, if that is set.
    pub fn dispatch(&self, name: &str, data: impl Borrow<Value>) {
        self.hub.change(|state, now| state.dispatch_any(now, name, data.borrow()));
    }

    /// Sets the rate limit of a route, separately for each channel, guild or webhook:
    /// `rate_limit("POST /channels/{channel_id}/messages", 5, Duration::from_secs(5))`.
    ///
    /// Default: 1,000 requests in a second.
    pub fn rate_limit(&self, route: &str, limit: u32, window: Duration) {
        self.hub.change(|state, _| state.limits.set(route, limit, window, RateLimitScope::User));
    }

    /// As [`rate_limit`](Discord::rate_limit), but with the scope `shared`: the limit is of the resource, not of the bot.
    pub fn shared_rate_limit(&self, route: &str, limit: u32, window: Duration) {
        self.hub.change(|state, _| state.limits.set(route, limit, window, RateLimitScope::Shared));
    }

    /// Sets the global rate limit. It does not count routes with a token in their path.
    ///
    /// Default: none. Discord's is 50 requests in a second.
    pub fn global_rate_limit(&self, limit: u32, window: Duration) {
        self.hub.change(|state, _| state.limits.set_global(limit, window));
    }

    /// Makes something go wrong.
    pub fn fault(&self, fault: Fault) {
        self.hub.change(|state, now| state.fault(now, fault, None));
    }

    /// Makes something go wrong, given as text, for options of a command: the name of the fault and its arguments, as in
    /// the [control interface](crate::sim::control), with `&` between them.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// discord.fault_by_text("delay&seconds=0.2")?;
    /// discord.fault_by_text("http_status&status=503&times=2&route=POST /channels/{channel_id}/messages&turn=3")?;
    /// assert!(discord.fault_by_text("earthquake").is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when there is no such fault, or an argument is wrong.
    pub fn fault_by_text(&self, text: &str) -> Result<(), Error> {
        control::fault_by_text(&self.hub, text)
            .map_err(|problem| Error::setup(format!("the fault {text:?} is not possible: {problem}")))
    }

    /// Makes something go wrong on the open connections of these shards only: a fault of connections, such as
    /// [`DropSocket`](Fault::DropSocket) or [`BlackHole`](Fault::BlackHole). Other faults have no shards.
    ///
    /// A shard that connects again has a connection without the fault.
    pub fn fault_on(&self, shards: impl IntoIterator<Item = u32>, fault: Fault) {
        let shards: Vec<u32> = shards.into_iter().collect();
        self.hub.change(|state, now| state.fault(now, fault, Some(&shards)));
    }

    /// Makes something go wrong when a request to a route arrives: the next one for turn 1, the third one from now for turn 3.
    ///
    /// A fault of REST affects that request. A fault of connections happens before the request is answered.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # use syncord::sim::{Discord, ErrorBody, Fault};
    /// # let discord = Discord::start()?;
    /// let bad_gateway = Fault::HttpStatus { status: 502, body: ErrorBody::Html, retry_after: None, times: 1 };
    /// discord.fault_at("POST /channels/{channel_id}/messages", 3, bad_gateway);
    /// # Ok(())
    /// # }
    /// ```
    pub fn fault_at(&self, route: &str, turn: u32, fault: Fault) {
        self.hub.change(|state, _| state.schedule.add(route, turn, fault));
    }

    /// Makes one of these things go wrong from time to time, on average once in `mean`, until
    /// [`clear_faults`](Discord::clear_faults). The seed determines which ones, and the times between them.
    pub fn random_faults(&self, seed: u64, mean: Duration, faults: &[Fault]) {
        self.hub.change(|state, now| state.schedule.randomly(now, seed, mean, faults));
    }

    /// Ends all lasting faults and drops those that have not occurred yet.
    pub fn clear_faults(&self) {
        self.hub.change(State::clear_faults);
    }

    /// The last 10,000 requests, including WebSocket upgrades.
    pub fn requests(&self) -> Vec<Request> {
        self.hub.read(|state| state.requests.iter().cloned().collect())
    }

    /// The requests to one route, for example `GET /channels/{channel_id}/messages`. A segment in braces matches
    /// any value.
    pub fn requests_to(&self, route: &str) -> Vec<Request> {
        let pattern = limits::pattern(route);
        let is_to_route = |request: &Request| {
            let segments = rest::segments(&request.path);
            limits::matches(&pattern, &request.method, &segments)
        };
        self.hub.read(|state| state.requests.iter().filter(|request| is_to_route(request)).cloned().collect())
    }

    /// What has happened on the gateway.
    pub fn log(&self) -> Log {
        Log::new(&self.hub)
    }

    /// The number of sessions that have a connection now.
    pub fn live_sessions(&self) -> usize {
        self.hub.read(|state| state.peer.live_sessions())
    }

    /// Waits until a condition holds. `what` names it in the error. The condition may also look at the program's own
    /// values, such as a counter of a handler.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when it does not hold in time (10 seconds, or [`Builder::timeout`]). The error says what did
    /// happen.
    pub fn wait_until(
        &self,
        what: &str,
        mut condition: impl FnMut(&Discord) -> bool,
    ) -> Result<(), SimError> {
        let holds = self.hub.wait_for(self.timeout, || condition(self).then_some(()));
        holds.ok_or_else(|| log::timeout_error(&self.hub, self.timeout, what))
    }

    /// Waits until a bot has a session. After a [fault](Fault) that ended its session, that is the next one.
    ///
    /// A bot with several shards has a session for each: wait until
    /// [`live_sessions`](Discord::live_sessions) is their number.
    ///
    /// ```
    /// use syncord::sim::{Discord, Fault};
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.command(command("ping", "Answers").run(|cx| cx.reply("pong")));
    /// bot.during(|| {
    ///     discord.fault(Fault::InvalidSession { resumable: false });
    ///     // What happens until the next session, the bot never learns, as at Discord.
    ///     discord.wait_until_ready()?;
    ///     assert_eq!(ann.uses(&general, "/ping")?.reply()?.content, "pong");
    ///     Ok(())
    /// })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`wait_until`](Discord::wait_until).
    pub fn wait_until_ready(&self) -> Result<(), SimError> {
        self.wait_until("a bot to log in", |discord| has_ready_bot(&discord.hub))
    }
}

impl Builder {
    /// Starts the simulated Discord.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] when no port could be opened, [`Error::Setup`] when Discord would reject a fixture.
    pub fn start(self) -> Result<Discord, Error> {
        let (token, timeout, has_control) = (self.rules.token.clone(), self.timeout, self.control);
        let world = self.initial_world()?;
        let (hub, threads) = server::start(self.port, |url| self.build(url, world))
            .map_err(|error| Error::network("open a port for the simulated Discord", error))?;
        if has_control {
            let control = Control {
                secret: self.secret.clone().unwrap_or_else(Secret::random),
                timeout,
                shutdown_requested: false,
                start: Box::new(move |url| {
                    let world = self.initial_world().expect("the same fixtures were accepted before");
                    self.build(url, world)
                }),
            };
            hub.change(|state, _| state.control = Some(control));
        }
        Ok(Discord { hub, threads, token, timeout })
    }
}

impl fmt::Debug for Discord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Discord").field("address", &self.hub.address()).finish_non_exhaustive()
    }
}

impl State {
    /// Dispatches an event of a test to all sessions, or posts it if it is an interaction for an endpoint.
    pub(super) fn dispatch_any(&mut self, now: Duration, name: &str, data: &Value) {
        #[cfg(feature = "http-interactions")]
        if self.deliver_over_http(name, data) {
            return;
        }
        let outputs = self.peer.dispatch(now, name, data);
        self.deliver(outputs);
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.hub.stop();
        for thread in self.threads.drain(..) {
            // A panic of the thread has been printed already.
            let _ = thread.join();
        }
    }
}
