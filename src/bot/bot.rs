//! The bot itself: what it listens to, how it is configured, and how it is run.

use std::fmt;
use std::panic::{Location, resume_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::bot::context::{Context, Handle, Shared};
use crate::bot::env::Settings;
use crate::bot::error::{HandlerError, HandlerId};
use crate::bot::event_loop::timers::Timers;
use crate::bot::event_loop::{RunGuard, Running};
use crate::bot::handler::{Connected, Handlers, Heard};
use crate::bot::intents::{Plan, Wishes};
use crate::bot::lanes::Lanes;
use crate::bot::registration::Registrar;
use crate::bot::startup::explain::{Explainer, TokenSource, wrong_address};
use crate::bot::startup::identify_queue::InMemoryQueue;
use crate::bot::startup::launch::{self, Launch};
use crate::bot::threads::batch::QueueSize;
use crate::bot::threads::queue;
use crate::bot::tree::outline::{self, Sketch};
use crate::error::{Error, Result};
use crate::gateway::event::{Event, InteractionCreate, MessageCreate, Ready};
use crate::gateway::send_event::Presence;
use crate::gateway::session::{Disconnected, Gap};
use crate::gateway::socket::{self, SocketConfig};
use crate::interaction::InteractionConfig;
use crate::rest::Client;
use crate::tls::Tls;
use crate::token::Token;

const DEFAULT_GRACE: Duration = Duration::from_secs(5);

/// A Discord bot: closures for events, to be run. See the [module](super).
pub struct Bot<'a> {
    pub(super) token: Token,
    pub(super) token_source: TokenSource,
    pub(super) shared: Arc<Shared>,
    pub(super) handlers: Handlers<'a>,
    pub(super) timers: Timers<'a>,
    pub(super) wishes: Wishes,
    pub(super) presence: Option<Presence>,
    pub(super) shards: Option<u32>,
    pub(super) limits: QueueSize,
    pub(super) grace: Duration,
    pub(super) interactions: InteractionConfig,
    pub(super) requests_per_second: Option<u32>,
    pub(super) api_url: Option<String>,
    pub(super) gateway_url: Option<String>,
    pub(super) tls: Tls,
    pub(super) allow_plaintext: bool,
    pub(super) registrar: Registrar,
    pub(super) on_start: Option<OnStart>,
    unstarted: Unstarted,
}

/// Called when the bot starts. What it returns is dropped when the bot has ended.
type OnStart = Box<dyn FnOnce(Handle) -> RunGuard>;

/// # Making one
impl<'a> Bot<'a> {
    /// A bot with this token, as the Bot page of an application shows it.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when it cannot be a token.
    pub fn new(token: &str) -> Result<Bot<'a>, Error> {
        Ok(Bot::with_token(Token::new(token)?, TokenSource::Argument))
    }

    /// A bot with the token in the environment variable `DISCORD_TOKEN`.
    ///
    /// `DISCORD_API_URL` and `DISCORD_GATEWAY_URL` do what [`api_url`](Bot::api_url) and
    /// [`gateway_url`](Bot::gateway_url) do, for proxies and local servers.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when there is none, [`Error::Setup`] when another of the variables is not Unicode.
    pub fn from_env() -> Result<Bot<'a>, Error> {
        let settings = Settings::from_env()?;
        let mut bot = Bot::with_token(settings.token, TokenSource::Environment);
        bot.api_url = settings.api_url;
        bot.gateway_url = settings.gateway_url;
        Ok(bot)
    }

    pub(super) fn with_token(token: Token, token_source: TokenSource) -> Bot<'a> {
        let shared = Shared::new();
        Bot {
            token,
            token_source,
            unstarted: Unstarted(Some(Arc::clone(&shared))),
            shared,
            handlers: Handlers::new(),
            timers: Timers::default(),
            wishes: Wishes::default(),
            presence: None,
            shards: None,
            limits: queue::DEFAULT_LIMITS,
            grace: DEFAULT_GRACE,
            interactions: InteractionConfig::default(),
            requests_per_second: None,
            api_url: None,
            gateway_url: None,
            tls: Tls::default(),
            allow_plaintext: false,
            registrar: Registrar::default(),
            on_start: None,
        }
    }
}

/// # What it hears
impl<'a> Bot<'a> {
    /// Has a closure called for each event of a type: a dispatch of Discord's ([list](crate::gateway::event)), or what
    /// happens to the connection ([`Connected`], [`Disconnected`], [`Gap`]).
    ///
    /// Several closures for one event are called in the order in which they were registered; the event is read once.
    /// What a closure returns or panics with is reported to [`on_error`](Bot::on_error), and the bot goes on.
    ///
    /// ```
    /// use syncord::gateway::event::{GuildMemberAdd, MessageCreate, MessageReactionAdd};
    /// use syncord::{Bot, Context, Result};
    ///
    /// fn greet(cx: &Context, joined: &GuildMemberAdd) -> Result {
    ///     println!("somebody joined {} on shard {}", joined.guild_id, cx.shard());
    ///     Ok(())
    /// }
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut bot = Bot::new("token")?;
    /// bot.on::<MessageReactionAdd>(|_, reaction| Ok(println!("{} likes it", reaction.user_id)))
    ///     .on(|_, message: &MessageCreate| Ok(println!("{}", message.content)))
    ///     .on(greet);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn on<E: Heard>(&mut self, f: impl FnMut(&Context, &E) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::of::<E>(Location::caller()), f);
        self
    }

    /// Has a closure called in [lanes](Lanes) for each event of a type: beside the bot's thread, in order for the same
    /// guild, channel or person.
    ///
    /// It is called on several threads, so it cannot borrow, and shares what it changes by `Mutex` or atomics.
    #[track_caller]
    pub fn on_in<E: Event>(
        &mut self,
        lanes: &Lanes,
        f: impl Fn(&Context, &E) -> Result + Send + Sync + 'static,
    ) -> &mut Self {
        let mut label = HandlerId::of::<E>(Location::caller());
        label.what = label.what.replacen("on::", "on_in::", 1);
        self.handlers.add_in(label, lanes, Arc::new(f));
        self
    }

    /// Has a closure called for each new message, the bot's own ones too: `on::<MessageCreate>`.
    #[track_caller]
    pub fn on_message(&mut self, f: impl FnMut(&Context, &MessageCreate) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_message", Location::caller()), f);
        self
    }

    /// Has a closure called when a shard has begun a new session: `on::<Ready>`.
    #[track_caller]
    pub fn on_ready(&mut self, f: impl FnMut(&Context, &Ready) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_ready", Location::caller()), f);
        self
    }

    /// Has a closure called when a shard is connected, with a new session or back in its old one: `on::<Connected>`.
    #[track_caller]
    pub fn on_connected(&mut self, f: impl FnMut(&Context, &Connected) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_connected", Location::caller()), f);
        self
    }

    /// Has a closure called when a shard's connection ended, with code, reason and what follows: `on::<Disconnected>`.
    #[track_caller]
    pub fn on_disconnected(&mut self, f: impl FnMut(&Context, &Disconnected) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_disconnected", Location::caller()), f);
        self
    }

    /// Has a closure called where events were lost, or may have been, so that history can be fetched: `on::<Gap>`.
    ///
    /// It comes after the last event of the lost session and before the first one of the new.
    #[track_caller]
    pub fn on_gap(&mut self, f: impl FnMut(&Context, &Gap) -> Result + 'a) -> &mut Self {
        self.handlers.add(HandlerId::new("on_gap", Location::caller()), f);
        self
    }

    /// Has a closure called for every dispatch, unknown ones too, with its name and its JSON: before the typed closures.
    ///
    /// It asks for all intents that are not privileged; see [`intents`](Bot::intents) to change that. It looks on: a bot
    /// that answers interactions by calls of its own listens to [`InteractionCreate`] beside its nodes and tasks, lest
    /// the library tells their users that nothing does.
    #[track_caller]
    pub fn on_any(&mut self, f: impl FnMut(&Context, &str, &str) -> Result + 'a) -> &mut Self {
        self.handlers.add_any(HandlerId::new("on_any", Location::caller()), Box::new(f));
        self
    }

    /// Has errors and panics of closures, and events that could not be read, reported here instead of the log.
    pub fn on_error(&mut self, f: impl FnMut(&Context, &HandlerError) + 'a) -> &mut Self {
        self.handlers.on_error = Some(Box::new(f));
        self
    }

    /// Says that [tasks](Task) which the bot's own closures [spawn](Context::spawn) wait for events of a type.
    ///
    /// Intents follow from it. A node of a tree says it for itself.
    #[track_caller]
    pub fn waits_for<E: Event>(&mut self) -> &mut Self {
        self.handlers.add_wait::<E>(Location::caller());
        self
    }

    /// Has a closure called again and again, on the bot's thread between events, from the login on.
    ///
    /// Times that were missed while another closure took long are skipped.
    #[track_caller]
    pub fn every(&mut self, period: Duration, f: impl FnMut(&Context) -> Result + 'a) -> &mut Self {
        let label = HandlerId::new(format!("every({period:?})"), Location::caller());
        self.timers.add(label, period, Box::new(f));
        self
    }
}

/// # Running it
impl<'a> Bot<'a> {
    /// Connects and runs the closures, until the bot is stopped.
    ///
    /// # Errors
    ///
    /// [`Error::Token`], [`Error::Intents`], [`Error::Gateway`] or [`Error::IdentifyBudget`] when Discord does not let
    /// the bot in, [`Error::Setup`] when the program cannot work as it is. A broken network is no error: the bot
    /// tries until it works.
    pub fn run(self) -> Result<(), Error> {
        self.start()?.run()
    }

    /// Begins to connect, for a program that has a loop of its own and [polls](Running::poll) the bot.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when the program cannot work as it is; the others come from polling.
    pub fn start(mut self) -> Result<Running<'a>, Error> {
        let plan = Plan::new(self.handlers.asks(), self.wishes);
        self.check()?;
        let client = self.client()?;
        if let Some(url) = &self.gateway_url {
            socket::check(url, self.allow_plaintext)
                .map_err(|error| wrong_address(&error, "DISCORD_GATEWAY_URL or bot.gateway_url"))?;
        }
        log::info!("{}", plan.text());
        for line in plan.deaf() {
            log::warn!("{line}");
        }
        let mut identify_queue = InMemoryQueue::new(client.clone());
        if let Some(url) = self.gateway_url {
            identify_queue = identify_queue.gateway_url(url);
        }
        let socket =
            SocketConfig { tls: self.tls, allow_plaintext: self.allow_plaintext, ..SocketConfig::default() };
        self.shared.queue.set_limits(self.limits, self.grace);
        // Set once: a bot starts once.
        let _ = self.shared.waits.set(Arc::new(self.handlers.waits()));
        let mut interactions = self.interactions;
        let call_deadline = interactions.call_deadline;
        interactions.has_bare_handlers |= self.handlers.hears_bare(InteractionCreate::NAME);
        interactions.is_enabled = self.handlers.has_waiting_tasks;
        self.handlers.router.configure(&mut interactions);
        self.shared.interactions.configure(interactions);
        let run_guard = self.on_start.map(|on_start| on_start(Handle::new(&self.shared)));
        launch::launch(Launch {
            shared: Arc::clone(&self.shared),
            client,
            identify_queue: Arc::new(identify_queue),
            explainer: Explainer { token: self.token_source, plan },
            gate: self.handlers.gate(),
            token: self.token,
            presence: self.presence,
            socket,
            shards: self.shards,
            call_deadline,
            api_url: self.api_url,
            registrar: Registrar {
                commands: self.handlers.router.definitions(),
                register: self.handlers.router.register(),
                ..self.registrar
            },
        })?;
        self.unstarted.0 = None;
        Ok(Running::new(self.shared, self.handlers, self.timers, self.grace, run_guard))
    }

    /// Runs the bot while `script` runs on a second thread, for tests: the script begins once the bot is connected,
    /// and the bot stops when it ends.
    ///
    /// # Errors
    ///
    /// What ended the bot, as [`run`](Bot::run) says, and otherwise what the script returned. A bot that does not
    /// get connected never begins the script.
    ///
    /// # Panics
    ///
    /// When the script does, with its panic.
    pub fn during(self, script: impl FnOnce() -> Result + Send) -> Result {
        let shared = Arc::clone(&self.shared);
        let handle = self.handle();
        let running = self.start()?;
        let (ran, scripted) = thread::scope(|scope| {
            let script = scope.spawn(move || {
                let _stop = StopOnDrop(handle);
                if shared.queue.wait_until_connected() { script() } else { Ok(()) }
            });
            (running.run(), script.join())
        });
        let scripted = scripted.unwrap_or_else(|payload| resume_unwind(payload));
        ran?;
        scripted
    }

    pub(super) fn client(&self) -> Result<Client, Error> {
        let mut rest =
            Client::builder(self.token.clone()).tls(self.tls.clone()).allow_plaintext(self.allow_plaintext);
        if let Some(url) = &self.api_url {
            rest = rest.api_url(url);
        }
        if let Some(count) = self.requests_per_second {
            rest = rest.requests_per_second(count);
        }
        rest.build().map_err(|error| match &self.api_url {
            Some(_) => wrong_address(&error, "DISCORD_API_URL or bot.api_url"),
            None => error,
        })
    }

    /// Mistakes that need no network to be seen, all at once.
    pub(super) fn check(&self) -> Result<(), Error> {
        let mut problems = self.handlers.router.problems();
        if self.handlers.is_empty() && self.timers.is_empty() {
            problems.push(
                "",
                "the bot has nothing to do: register a closure before running it, as in bot.on_message(|cx, message| ..) \
                 (to send messages only, syncord::rest::Client needs no bot)",
            );
        }
        if let Some(label) = self.timers.zero() {
            problems.push("", format!("{label} has no time between its calls: give it a period"));
        }
        if self.shards == Some(0) {
            problems.push("", "bot.shards(0) leaves nothing to connect: give it 1 or more");
        }
        if let Some(Err(error)) = self.presence.as_ref().map(Presence::check) {
            problems.push("", format!("bot.presence(..) is more than Discord takes: {error}"));
        }
        problems.into_result()
    }
}

/// Draws all that it hears and answers, and the intents that it asks for.
impl fmt::Display for Bot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.handlers.own_labels().map(|(label, intents)| outline::event(&label.what, intents));
        let below = own.chain(self.handlers.sketches.iter().cloned()).collect();
        Sketch { text: "bot".to_owned(), below }.fmt(f)?;
        let intents = Plan::new(self.handlers.asks(), self.wishes).intents;
        write!(f, "\nintents: {}", if intents.is_empty() { "none".to_owned() } else { intents.to_string() })
    }
}

impl fmt::Debug for Bot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

/// Tells those who hold a handle or a handle of a bot that it will never run.
struct Unstarted(Option<Arc<Shared>>);

impl Drop for Unstarted {
    fn drop(&mut self) {
        if let Some(shared) = &self.0 {
            shared.stop();
            shared.queue.close();
        }
    }
}

/// Ends the bot with the script, also when that panics.
struct StopOnDrop(Handle);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
