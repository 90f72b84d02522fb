//! A Discord on your own machine, for tests and for trying things out.
//!
//! [`Discord::start`] listens on a port of the loopback interface, with REST and gateway. It keeps
//! Discord's rules and notes [who breaks them](Log::violations), plays [people](Member) who talk to a
//! bot in [channels](Channel), and lets things go wrong [on order](Fault).
//!
//! ```
//! use syncord::sim::Discord;
//!
//! let discord = Discord::start()?;
//! let general = discord.channel("general");
//! let ann = discord.member("ann");
//! let hello = ann.says(&general, "hello");
//!
//! // Any client will do; this one only reads what ann said.
//! let url = format!("{}/channels/{}/messages/{hello}", discord.api_url(), general.id());
//! let authorization = format!("Bot {}", discord.token());
//! let body = ureq::get(&url).header("Authorization", &authorization).call()?.body_mut().read_to_string()?;
//! assert!(body.contains(r#""content":"hello""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! People do more than talk: they [use commands](Member::uses), [click](Member::clicks), [choose](Member::selects)
//! and [fill in modals](Member::submits), and get what a bot says to [them alone](Member::next_ephemeral_message).
//! What became of each [`Interaction`] is remembered, with how long it took.
//!
//! Underneath are two parts without any I/O: the [`peer`], which is Discord's side of the gateway, and
//! the [`world`], which is what it all is about.

pub mod peer;
pub mod playground;
pub mod world;

mod fault;
mod http;
mod limits;
mod multipart;
mod people;
mod reader;
mod routes;
mod server;
mod wire;

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

pub use self::fault::{ErrorBody, Fault, RateLimitScope};
pub use self::http::Request;
use self::peer::{Counters, Rules, SessionStartLimit};
pub use self::people::{Channel, Choice, Interaction, Member, Message, Modal};
use self::server::{Shared, wall};
use self::world::World;
pub use self::world::{Acknowledgement, RejectedResponse};
use crate::error::Error;
use crate::gateway::intents::Intents;
use crate::id::{ApplicationId, AttachmentId, ChannelId, GuildId, InteractionId, UserId};

/// How long is waited for something to happen, if not said otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The application flags that tell which privileged intents are switched on
/// ([list](https://docs.discord.com/developers/resources/application#application-object-application-flags)).
const INTENT_FLAGS: [(Intents, u64); 3] = [
    (Intents::GUILD_PRESENCES, 1 << 12),
    (Intents::GUILD_MEMBERS, 1 << 14),
    (Intents::MESSAGE_CONTENT, 1 << 18),
];

/// A simulated Discord, which ends when this is dropped.
pub struct Discord {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    token: String,
    timeout: Duration,
}

/// Sets up a [`Discord`].
#[derive(Clone)]
pub struct Builder {
    rules: Rules,
    shards: u32,
    seed: u64,
    timeout: Duration,
}

/// What happened so far on a gateway: see [`Discord::log`].
#[derive(Clone, Debug)]
pub struct Log {
    counters: Counters,
    send_events: Vec<Value>,
    violations: Vec<String>,
}

impl Discord {
    /// Starts one with Discord's own numbers.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] when no port could be opened.
    pub fn start() -> Result<Discord, Error> {
        Discord::builder().start()
    }

    /// Sets one up.
    pub fn builder() -> Builder {
        Builder { rules: Rules::default(), shards: 1, seed: 0, timeout: TIMEOUT }
    }

    /// The base of the REST API; `GET /gateway/bot` there tells the gateway's address.
    pub fn api_url(&self) -> String {
        format!("http://{}/api/v10", self.shared.address())
    }

    /// The gateway's address, as `GET /gateway/bot` tells it.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.shared.address())
    }

    /// The bot's token.
    pub fn token(&self) -> String {
        self.token.clone()
    }

    /// The ID of the bot's user.
    pub fn bot_id(&self) -> UserId {
        UserId::new(self.shared.look(|state| state.world.bot()))
    }

    /// The ID of the bot's application. It has the same number as the bot's user.
    pub fn application_id(&self) -> ApplicationId {
        ApplicationId::new(self.bot_id().get())
    }

    /// The ID of the guild.
    pub fn guild_id(&self) -> GuildId {
        GuildId::new(self.shared.look(|state| state.world.guild()))
    }

    /// The member of this name, who joins if there is none.
    pub fn member(&self, name: &str) -> Member {
        let id = self.shared.change(|state, now| {
            let (id, events) = state.world.member(wall(), name);
            state.peer.set_ready_data(state.world.ready_data());
            state.happened(now, events);
            id
        });
        Member::new(self.shared.clone(), UserId::new(id), name, self.timeout)
    }

    /// The channel of this name, made if there is none.
    pub fn channel(&self, name: &str) -> Channel {
        let id = self.shared.change(|state, now| {
            let (id, events) = state.world.channel(wall(), name);
            state.peer.set_ready_data(state.world.ready_data());
            state.happened(now, events);
            id
        });
        Channel::new(self.shared.clone(), ChannelId::new(id), name, self.timeout)
    }

    /// The direct messages between a member and the bot.
    pub fn dm_channel(&self, member: &Member) -> Channel {
        let id = self.shared.change(|state, _| {
            let opened = state.world.dm_channel(wall(), member.id().get());
            opened.body["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(ChannelId::new(0))
        });
        Channel::new(
            self.shared.clone(),
            id,
            &format!("direct messages with {}", member.name()),
            self.timeout,
        )
    }

    /// The interactions so far, in order.
    pub fn interactions(&self) -> Vec<Interaction> {
        let ids = self.shared.look(|state| state.world.interactions());
        let interaction = |id| Interaction::new(self.shared.clone(), InteractionId::new(id), self.timeout);
        ids.into_iter().map(interaction).collect()
    }

    /// The commands registered in the guild, or globally, as REST shows them.
    pub fn commands(&self, guild: Option<GuildId>) -> Vec<Value> {
        self.shared.look(|state| state.world.registered(guild.map(GuildId::get)))
    }

    /// What is in an attachment that a bot sent, or a person gave to a command.
    pub fn upload(&self, attachment: AttachmentId) -> Option<Vec<u8>> {
        self.shared.look(|state| state.world.upload(attachment.get()))
    }

    /// Sets how long a bot has to answer an interaction; Discord gives 3 seconds.
    pub fn interaction_timeout(&self, timeout: Duration) {
        self.shared.change(|state, _| state.world.set_interaction_timeout(timeout));
    }

    /// Dispatches any event to the sessions that may see it.
    pub fn dispatch(&self, name: &str, data: impl Borrow<Value>) {
        self.shared.change(|state, now| {
            let outputs = state.peer.dispatch(now, name, data.borrow());
            state.deliver(outputs);
        });
    }

    /// Sets the rate limit of a route, for each channel, guild or webhook apart:
    /// `rate_limit("POST /channels/{channel_id}/messages", 5, Duration::from_secs(5))`. Without one, a route takes
    /// 1,000 requests in a second.
    pub fn rate_limit(&self, route: &str, limit: u32, window: Duration) {
        self.shared.change(|state, _| state.limits.set(route, limit, window, RateLimitScope::User));
    }

    /// As [`rate_limit`](Discord::rate_limit); requests over it are refused as over a limit that all bots share.
    pub fn shared_rate_limit(&self, route: &str, limit: u32, window: Duration) {
        self.shared.change(|state, _| state.limits.set(route, limit, window, RateLimitScope::Shared));
    }

    /// Sets the limit of all routes together but those opened by a token in their path; Discord has 50 in a second,
    /// the simulated one none.
    pub fn global_rate_limit(&self, limit: u32, window: Duration) {
        self.shared.change(|state, _| state.limits.set_global(limit, window));
    }

    /// Lets something go wrong.
    pub fn fault(&self, fault: Fault) {
        self.shared.change(|state, now| state.fault(now, fault));
    }

    /// Ends all faults that last or wait for their turn.
    pub fn clear_faults(&self) {
        self.shared.change(server::State::clear_faults);
    }

    /// The last 10,000 requests, websocket upgrades among them.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.look(|state| state.requests.iter().cloned().collect())
    }

    /// The requests to one route, given as `GET /channels/{channel_id}/messages`; what stands in braces is anything.
    pub fn requests_to(&self, route: &str) -> Vec<Request> {
        let pattern = limits::pattern(route);
        let is_to = |request: &Request| {
            let segments = routes::segments(&request.path);
            limits::fits(&pattern, &request.method, &segments)
        };
        self.shared.look(|state| state.requests.iter().filter(|request| is_to(request)).cloned().collect())
    }

    /// What happened on the gateway so far.
    pub fn log(&self) -> Log {
        log(&self.shared)
    }

    /// How many connections have a session now.
    pub fn live_sessions(&self) -> usize {
        self.shared.look(|state| state.peer.live_sessions())
    }

    /// Waits until something is so; `what` is for the error.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when it is not so in time (10 seconds, or what [`Builder::timeout`] said); it
    /// tells what did happen.
    pub fn wait_until(&self, what: &str, mut so: impl FnMut(&Discord) -> bool) -> Result<(), Error> {
        let met = self.shared.wait_for(self.timeout, || so(self).then_some(()));
        met.ok_or_else(|| timeout_error(&self.shared, self.timeout, what))
    }

    /// Waits until a bot is logged in.
    ///
    /// # Errors
    ///
    /// As [`wait_until`](Discord::wait_until).
    pub fn wait_until_ready(&self) -> Result<(), Error> {
        self.wait_until("a bot to log in", |discord| discord.live_sessions() > 0)
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.shared.stop();
        for thread in self.threads.drain(..) {
            // A panic of such a thread has been printed already.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("shards", &self.shards)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// What HELLO asks for.
    pub fn heartbeat_interval(mut self, interval: Duration) -> Self {
        self.rules.heartbeat_interval = interval;
        self
    }

    /// The login budget.
    pub fn session_start_limit(
        mut self,
        total: u32,
        remaining: u32,
        reset_after: Duration,
        max_concurrency: u32,
    ) -> Self {
        self.rules.session_start_limit = SessionStartLimit { total, remaining, reset_after, max_concurrency };
        self
    }

    /// The bot's token.
    pub fn token(mut self, token: &str) -> Self {
        self.rules.token = token.to_owned();
        self
    }

    /// The privileged intents that are switched on, as bits; if not said otherwise, all.
    pub fn intents_enabled(mut self, bits: u64) -> Self {
        self.rules.privileged_intents = bits;
        self
    }

    /// How many shards `GET /gateway/bot` recommends.
    pub fn shards(mut self, shards: u32) -> Self {
        self.shards = shards;
        self
    }

    /// Lets frames vary in key order, white space and absent keys, as they may.
    pub fn vary_frames(mut self, seed: u64) -> Self {
        self.rules.vary_frames = true;
        self.seed = seed;
        self
    }

    /// How long is waited for something to happen.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Changes any of the gateway's rules. A `resume_url` that is not changed is an address of this server's.
    pub fn rules(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(&mut self.rules);
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// [`Error::Network`] when no port could be opened.
    pub fn start(self) -> Result<Discord, Error> {
        let enabled = Intents::from_bits_retain(self.rules.privileged_intents);
        let flags =
            INTENT_FLAGS.iter().filter(|(intent, _)| enabled.contains(*intent)).map(|(_, flag)| flag).sum();
        let world = World::new(wall(), "bot", flags);
        let token = self.rules.token.clone();
        let rules = |url: &str| {
            let mut rules = self.rules;
            if rules.resume_url == Rules::default().resume_url {
                rules.resume_url = format!("{url}/resume");
            }
            rules
        };
        let (shared, threads) = server::start(rules, self.shards, self.seed, world)
            .map_err(|error| Error::network("open a port for the simulated Discord", error))?;
        shared.change(|state, _| state.peer.set_ready_data(state.world.ready_data()));
        Ok(Discord { shared, threads, token, timeout: self.timeout })
    }
}

impl Log {
    /// Connections opened.
    pub fn connections(&self) -> u64 {
        self.counters.connections
    }

    /// Logins with the right token, the refused ones too.
    pub fn identifies(&self) -> u64 {
        self.counters.identifies
    }

    /// Sessions resumed.
    pub fn resumes(&self) -> u64 {
        self.counters.resumes
    }

    /// Resumes refused.
    pub fn resumes_refused(&self) -> u64 {
        self.counters.resumes_refused
    }

    /// Heartbeats received.
    pub fn heartbeats(&self) -> u64 {
        self.counters.heartbeats
    }

    /// Connections given up because heartbeats stayed out.
    pub fn timeouts(&self) -> u64 {
        self.counters.timeouts
    }

    /// What the bot sent besides heartbeats and resumes: whole frames, without the token.
    pub fn send_events(&self) -> &[Value] {
        &self.send_events
    }

    /// What the bot did against the documented rules, on the gateway and in HTTP.
    pub fn violations(&self) -> &[String] {
        &self.violations
    }
}

fn log(shared: &Shared) -> Log {
    shared.look(|state| Log {
        counters: state.peer.counters(),
        send_events: state.peer.send_events().to_vec(),
        violations: [state.peer.violations(), &state.violations].concat(),
    })
}

/// The error of having waited in vain, which says what did happen.
fn timeout_error(shared: &Shared, timeout: Duration, what: &str) -> Error {
    let log = log(shared);
    let requests = shared.look(|state| {
        let shown = |request: &Request| format!("{} {}", request.method, request.path);
        state.requests.iter().rev().take(5).map(shown).collect::<Vec<_>>()
    });
    Error::setup(format!(
        "waited {timeout:?} for {what} in vain; {:?}; last requests, newest first: {requests:?}; violations: {:?}",
        log.counters, log.violations
    ))
}
