//! The settings of a simulated Discord.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::clock::Clock;
use super::control::Secret;
use super::fixture::{BotFixture, Fixtures, GuildFixture, intents_of};
#[cfg(feature = "http-interactions")]
use super::http_delivery::url::check_url;
use super::peer::{Peer, Rules, SessionStartLimit};
#[cfg(feature = "http-interactions")]
use super::world::Endpoint;
use super::world::World;
use crate::error::Error;
use crate::gateway::intents::Intents;

/// The first second of 2026, where the clock of repeatable runs stands.
const REPEATABLE_START: Duration = Duration::from_secs(1_767_225_600);

/// The default timeout for waiting.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of a [`Discord`](super::Discord).
#[derive(Clone)]
#[must_use]
pub struct Builder {
    pub(super) rules: Rules,
    pub(super) shards: u32,
    pub(super) seed: u64,
    pub(super) timeout: Duration,
    pub(super) port: u16,
    pub(super) control: bool,
    pub(super) secret: Option<Secret>,
    pub(super) fixed_time: Option<Duration>,
    #[cfg(feature = "http-interactions")]
    pub(super) interactions_endpoint: Option<String>,
    pub(super) fixtures: Fixtures,
}

/// What a simulated Discord starts with.
pub(super) struct Start {
    pub(super) peer: Peer,
    pub(super) shards: u32,
    pub(super) world: World,
    pub(super) clock: Clock,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder {
            rules: Rules::default(),
            shards: 1,
            seed: 0,
            timeout: TIMEOUT,
            port: 0,
            control: false,
            secret: None,
            fixed_time: None,
            #[cfg(feature = "http-interactions")]
            interactions_endpoint: None,
            fixtures: Fixtures::default(),
        }
    }

    /// Sets the heartbeat interval in HELLO.
    pub fn heartbeat_interval(mut self, interval: Duration) -> Self {
        self.rules.heartbeat_interval = interval;
        self
    }

    /// Sets the limit of identifies, `session_start_limit` in `GET /gateway/bot`.
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

    /// Sets the bot's token.
    pub fn token(mut self, token: &str) -> Self {
        self.rules.token = token.to_owned();
        self
    }

    /// Sets which privileged intents are enabled. Default: all.
    pub fn privileged_intents(mut self, intents: Intents) -> Self {
        self.rules.privileged_intents = intents;
        self
    }

    /// Sets the number of shards that `GET /gateway/bot` recommends. Default: 1.
    pub fn shards(mut self, shards: u32) -> Self {
        self.shards = shards;
        self
    }

    /// Sets the seed of what is random: the IDs of sessions, and how frames vary. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Makes runs repeatable: the world's clock stays at the start of 2026, so that all IDs and times are the same in each
    /// run in which the same things happen in the same order, and the seed is set. [`Discord::advance`](super::Discord::advance)
    /// moves the clock.
    ///
    /// Without it, the world's clock is the machine's.
    pub fn repeatable(mut self, seed: u64) -> Self {
        self.fixed_time = Some(REPEATABLE_START);
        self.seed(seed)
    }

    /// Varies key order, white space and absent keys of gateway frames, as JSON allows.
    pub fn vary_frames(mut self, seed: u64) -> Self {
        self.rules.vary_frames = true;
        self.seed = seed;
        self
    }

    /// Sets how long methods wait for something to happen. Default: 10 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the port of REST, the gateway and the control interface. Default: one that the system chooses.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets whether there is a [control interface](crate::sim::control). Default: no.
    pub fn control(mut self, control: bool) -> Self {
        self.control = control;
        self
    }

    /// Sets the Interactions Endpoint URL of the bot's application, without verifying it: for an endpoint that does not answer yet.
    /// [`Discord::set_interactions_endpoint`](super::Discord::set_interactions_endpoint) verifies it. A URL of another machine is an
    /// error at the start. Needs the feature `http-interactions`.
    #[cfg(feature = "http-interactions")]
    pub fn interactions_endpoint(mut self, url: &str) -> Self {
        self.interactions_endpoint = Some(url.to_owned());
        self
    }

    /// Sets the secret in the addresses of the control interface. Default: a new one.
    pub(super) fn secret(mut self, secret: Secret) -> Self {
        self.secret = Some(secret);
        self
    }

    /// Changes any of the gateway's rules. A `resume_url` that is not changed becomes an address of this server.
    ///
    /// ```
    /// use syncord::sim::Discord;
    ///
    /// // A bot that misses more than ten events cannot resume.
    /// let discord = Discord::builder().rules(|rules| rules.replay_limit = 10).start()?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn rules(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(&mut self.rules);
        self
    }
}

impl Builder {
    /// Adds a guild. Without one, there is a guild without channels that the bot owns.
    ///
    /// The first guild is the one of [`Discord::channel`](crate::sim::Discord::channel) and
    /// [`Discord::member`](crate::sim::Discord::member); [`Discord::guild`](crate::sim::Discord::guild) finds the others.
    /// Bots are in all guilds as administrators, unless a fixture says otherwise. Guilds that follow each other are on different
    /// shards.
    ///
    /// ```
    /// use syncord::model::Permissions;
    /// use syncord::sim::Discord;
    ///
    /// let discord = Discord::builder()
    ///     .guild("harbour", |guild| {
    ///         guild
    ///             .owner("zoe")
    ///             .bot_permissions(Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES)
    ///             .role("crew", |role| role.permissions(Permissions::MANAGE_MESSAGES))
    ///             .member("ann", |ann| ann.role("crew").nick("Captain"))
    ///             .category("Docks", |docks| docks)
    ///             .channel("general", |general| general.category("Docks").message("ann", "Ahoy"))
    ///             .channel("bridge", |bridge| bridge.deny("@everyone", Permissions::VIEW_CHANNEL))
    ///             .forum("questions", |forum| forum.tag("rope").thread("ann", "Which rope?", |post| post))
    ///     })
    ///     .start()?;
    /// let general = discord.channel("general");
    /// assert_eq!(discord.member("ann").sees(&general)[0].content, "Ahoy");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn guild(mut self, name: &str, guild: impl FnOnce(GuildFixture) -> GuildFixture) -> Self {
        self.fixtures.guilds.push(guild(GuildFixture::new(name)));
        self
    }

    /// Adds another bot, with its own application and token. [`Discord::token_of`](crate::sim::Discord::token_of) returns
    /// the token.
    pub fn bot(mut self, name: &str, bot: impl FnOnce(BotFixture) -> BotFixture) -> Self {
        self.fixtures.bots.push(bot(BotFixture::new(name)));
        self
    }

    /// Starts with the world of a [snapshot](crate::sim::Discord::snapshot), and not with
    /// [guilds](Builder::guild) and [bots](Builder::bot).
    pub fn world(mut self, snapshot: Value) -> Self {
        self.fixtures.snapshot = Some(snapshot);
        self
    }

    /// The world to start with.
    pub(super) fn initial_world(&self) -> Result<World, Error> {
        let now = self.clock().time();
        let mut world = self.fixtures.world(now, &self.rules.token, self.rules.privileged_intents)?;
        if self.control && world.guild_channels().is_empty() {
            // A test in another language has a place to talk in. There is no session that could receive the event.
            let (general, _) = world.channel(now, "general");
            world.set_quiet_system_channel(world.guild_id(), general);
        }
        #[cfg(feature = "http-interactions")]
        if let Some(url) = &self.interactions_endpoint {
            check_url(url).map_err(Error::setup)?;
            world.set_endpoint(world.bot_id(), Endpoint::Interactions, Some(url));
        }
        Ok(world)
    }

    /// What to start with. `url` is the address of the gateway.
    pub(super) fn build(&self, url: &str, mut world: World) -> Start {
        // Files are downloaded from the same address.
        world.set_file_address(&url.replacen("ws:", "http:", 1));
        let mut rules = self.rules.clone();
        if rules.resume_url == Rules::default().resume_url {
            rules.resume_url = format!("{url}/resume");
        }
        let mut peer = Peer::new(rules, self.seed);
        for bot in world.bots() {
            let ready_data = world.ready_data_of(bot);
            if bot == world.bot_id() {
                peer.set_ready_data(ready_data);
            } else {
                let intents = intents_of(ready_data.application["flags"].as_u64().unwrap_or(0));
                peer.add_bot(world.token_of(bot).unwrap_or_default(), intents, ready_data);
            }
        }
        Start { peer, shards: self.shards, world, clock: self.clock() }
    }

    fn clock(&self) -> Clock {
        self.fixed_time.map_or(Clock::Ahead(Duration::ZERO), Clock::Fixed)
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
