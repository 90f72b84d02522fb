//! The bot itself: which handlers it has, how it is configured, and how it is run.

use std::fmt;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::bot::cached::BotCache;
use crate::bot::context::{Handle, Provided, Shared};
use crate::bot::env::EnvConfig;
use crate::bot::event_loop::{RunGuard, Running};
use crate::bot::handler::{EventFilter, Handlers};
use crate::bot::health::log::log_every;
use crate::bot::help::entries::entries;
#[cfg(feature = "http-interactions")]
use crate::bot::http;
use crate::bot::intents::IntentReport;
use crate::bot::invite::Invite;
use crate::bot::lanes::Lanes;
use crate::bot::registration::Registrar;
use crate::bot::startup::config::Config;
use crate::bot::startup::explain::TokenSource;
use crate::bot::startup::launch::{self, Launch};
use crate::bot::timers::Timers;
use crate::bot::translation::localize_text_command;
use crate::bot::tree::Router;
use crate::bot::tree::outline::{self, Outline};
use crate::bot::trouble::Trouble;
use crate::cache::Cache;
use crate::command::Problems;
use crate::error::{Error, Result};
use crate::gateway::event::{Event, InteractionCreate};
use crate::gateway::intents::Intents;
use crate::gateway::send_event::UpdatePresence;
use crate::interaction::{InteractionConfig, ReportUnhandled};
use crate::rest::ClientEnv;
use crate::texts::{Texts, Translations};
use crate::token::Token;

/// A Discord bot: handlers for events, and its configuration. See the [module](super).
///
/// `'a` is what its handlers may borrow. A function that receives a bot and adds handlers that borrow the function's own
/// locals shortens it, after the locals:
///
/// ```
/// use syncord::Bot;
///
/// fn count(bot: Bot<'_>) -> syncord::Result<u64> {
///     let mut count = 0;
///     let mut bot = bot; // after the locals: now its handlers may borrow them
///     bot.on_message(|cx, _| {
///         count += 1;
/// #       cx.stop();
///         Ok(())
///     });
///     bot.run()?;
///     Ok(count)
/// }
/// # let discord = syncord::sim::Discord::start()?;
/// # let (ann, general, bot) = (discord.member("ann"), discord.channel("general"), discord.bot());
/// # std::thread::scope(|scope| {
/// #     scope.spawn(|| {
/// #         discord.wait_until_ready().unwrap();
/// #         ann.says(&general, "hello");
/// #     });
/// #     assert_eq!(count(bot).unwrap(), 1);
/// # });
/// # Ok::<(), syncord::Error>(())
/// ```
///
/// With `fn count(mut bot: Bot<'_>)` and without that line, the compiler reports that the closure may outlive `count`
/// (E0373). `move` is not the solution then: the closure would count in a copy.
#[doc(alias = "client")]
pub struct Bot<'a> {
    pub(super) config: Config,
    pub(super) shared: Arc<Shared>,
    pub(super) handlers: Handlers<'a>,
    pub(super) router: Router<'a>,
    pub(super) timers: Timers<'a>,
    pub(super) registration: Registrar,
    pub(super) on_start: Option<OnStart>,
    pub(super) provided: Provided,
    pub(super) texts: Texts,
    /// Mistakes that were found while it was built.
    pub(super) problems: Problems,
    unstarted: Unstarted,
}

/// Called when the bot starts. What it returns is dropped when the bot has ended.
type OnStart = Box<dyn FnOnce(&Starting<'_>) -> RunGuard>;

/// A bot that starts, as its simulated Discord sees it.
#[cfg_attr(not(feature = "sim"), expect(dead_code, reason = "only a simulated Discord looks at it"))]
pub(super) struct Starting<'s> {
    pub(super) handle: Handle,
    /// The lanes of its handlers.
    pub(super) lanes: &'s [Lanes],
    pub(super) outline: Outline,
    pub(super) intents: &'s IntentReport,
}

/// # Creating a bot
impl<'a> Bot<'a> {
    /// Creates a bot with this token, as the Bot page of an application shows it.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when it cannot be a token.
    pub fn new(token: &str) -> Result<Bot<'a>, Error> {
        Ok(Bot::with_token(Token::new(token)?, TokenSource::Argument))
    }

    /// Creates a bot with the token in the environment variable `DISCORD_TOKEN`.
    ///
    /// `DISCORD_API_URL` and `DISCORD_GATEWAY_URL` do what [`api_url`](Bot::api_url) and
    /// [`gateway_url`](Bot::gateway_url) do, for proxies and local servers.
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when there is none, [`Error::Setup`] when another of the variables is not Unicode.
    pub fn from_env() -> Result<Bot<'a>, Error> {
        let settings = EnvConfig::from_env()?;
        let mut bot = Bot::with_token(settings.token, TokenSource::Environment);
        bot.config.api_url = settings.api_url;
        bot.config.gateway_url = settings.gateway_url;
        Ok(bot)
    }

    /// Creates a bot as [`from_env`](Bot::from_env) does if `DISCORD_TOKEN` is set. Otherwise the bot is in a simulated
    /// Discord, and you talk to it in the terminal, or in the browser at the address that is printed. It stops at the end of the
    /// input. With `SYNCORD_WORLD=path`, the world is kept in that file over restarts of the program, and an open page connects
    /// again.
    ///
    /// If the program has no logger when the bot starts, the playground sets one for its page. A later `env_logger::init()` panics
    /// then, so set a logger before.
    ///
    /// The simulated Discord needs the feature `sim`: `cargo add syncord --features sim`.
    ///
    /// # Errors
    ///
    /// The errors of [`from_env`](Bot::from_env), and [`Error::Network`] if no port can be opened. [`Error::Token`] without a
    /// token and without the feature `sim`.
    pub fn from_env_or_playground() -> Result<Bot<'a>, Error> {
        if ClientEnv::has_token() { Bot::from_env() } else { Bot::in_playground() }
    }

    #[cfg(not(feature = "sim"))]
    fn in_playground() -> Result<Bot<'a>, Error> {
        Err(EnvConfig::no_playground())
    }

    pub(super) fn with_token(token: Token, token_source: TokenSource) -> Bot<'a> {
        let shared = Shared::new();
        Bot {
            config: Config::new(token, token_source),
            unstarted: Unstarted(Some(Arc::clone(&shared))),
            shared,
            handlers: Handlers::new(),
            router: Router::default(),
            timers: Timers::default(),
            registration: Registrar::default(),
            on_start: None,
            provided: Provided::default(),
            texts: Texts::default(),
            problems: Problems::new(),
        }
    }
}

/// # Running it
impl<'a> Bot<'a> {
    /// Connects and calls the handlers, until the bot is stopped.
    ///
    /// These end it:
    ///
    /// * [`Context::stop`](crate::Context::stop) and [`Handle::stop`](crate::Handle::stop), from any thread. `run` returns
    ///   `Ok` when everything is handled, at the latest one second after the [grace period](Bot::grace), unless a handler
    ///   does not return.
    /// * What only the program or its owner can fix: the errors below.
    ///
    /// Nothing else does. A network that fails, a broken event, a handler that fails or panics, an error whose `Display` or
    /// `Drop` panics, a full queue, and a system that gives no thread for a lane, a task or a response are logged or reported
    /// to [`on_error`](Bot::on_error), and the bot goes on. What the crate cannot contain: a program that is built with
    /// `panic = "abort"`, a panic in a `Drop` while another panic unwinds, a stack overflow, and memory that runs out.
    ///
    /// # Errors
    ///
    /// [`Error::Token`], [`Error::Intents`], [`Error::Gateway`] or [`Error::IdentifyBudget`] when Discord does not let
    /// the bot in, [`Error::Setup`] when the program cannot work as it is. Network failures are not errors: the bot
    /// retries.
    #[doc(alias = "login")]
    pub fn run(self) -> Result<(), Error> {
        self.start()?.run()
    }

    /// Starts to connect, for a program that has its own loop and [polls](Running::poll) the bot.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when the program cannot work as it is; the others come from polling.
    pub fn start(self) -> Result<Running<'a>, Error> {
        self.check()?;
        self.warn_of_translations();
        let Bot {
            mut config,
            shared,
            handlers,
            mut router,
            timers,
            registration,
            on_start,
            provided,
            texts,
            problems: _,
            mut unstarted,
        } = self;
        config.check_token()?;
        config.check_gateway_url()?;
        config.open_store()?;
        let plan = IntentReport::new(handlers.intent_requests(), config.intents);
        let connects = connects(&config, &handlers);
        if connects {
            plan.log(&shared.trouble);
        }
        let recorder = config.start_recording(plan.intents, || router.vocabulary(), &shared.trouble)?;
        let client = config.client(recorder.clone())?.with_cut(Some(shared.cut.clone()));
        if let Some(recorder) = recorder {
            set_once(&shared.recorder, recorder);
        }
        share_handlers(&shared, &handlers, &router, &timers);
        shared.queue.set_limits(config.queue_limits, config.grace);
        if !texts.translations.is_empty() {
            router.text.change_commands(|command| localize_text_command(&texts.translations, command));
        }
        let texts = Arc::new(texts);
        share_interactions(&shared, &config, &handlers, &router, &texts);
        #[cfg(feature = "http-interactions")]
        let server = http::start(&config.http, &shared)?;
        let run_guard = on_start.map(|on_start| {
            on_start(&Starting {
                handle: Handle::new(&shared),
                lanes: &handlers.lanes,
                outline: outline_of(&handlers, &router),
                intents: &plan,
            })
        });
        if let Some(index) = &router.help {
            set_once(index, entries(&router, &texts.translations));
        }
        let registrar = Registrar { commands: router.definitions(&texts.translations), ..registration };
        let log_health_every = config.log_health_every;
        let (mut filter, grace) = (handlers.filter_for_shards(&router.events()), config.grace);
        let cache = config.cache.take();
        let handled = cache.map(|cache| share_cache(&shared, cache, plan.intents, &mut filter));
        set_once(&shared.provided, provided);
        set_once(&shared.client, client.clone());
        let rest = config.for_handlers(&client);
        let invite = Invite::of(&router, &handlers);
        let launch = Launch::new(Arc::clone(&shared), client, config, plan, filter, registrar, invite);
        launch::launch(if connects { launch } else { launch.without_gateway() })?;
        unstarted.0 = None;
        if let Some(period) = log_health_every {
            log_every(&shared, period);
        }
        #[cfg(feature = "http-interactions")]
        let run_guard: Option<RunGuard> = Some(Box::new((server, run_guard)));
        Ok(Running::new(shared, rest, handlers, router, timers, grace, run_guard).counting(handled))
    }

    /// Runs the bot while `script` runs on a second thread, for tests: the script starts once the bot is connected, and the
    /// bot stops when the script ends.
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
            let script = move || {
                let _stop = StopOnDrop(handle);
                if shared.queue.wait_until_connected() { script() } else { Ok(()) }
            };
            // Without a thread the bot is dropped, which stops it.
            match thread::Builder::new().name("syncord-script".to_owned()).spawn_scoped(scope, script) {
                Ok(script) => (running.run(), script.join()),
                Err(error) => {
                    let error = Error::setup(format!("the system gives no thread for the script: {error}"));
                    (Err(error), Ok(Ok(())))
                }
            }
        });
        let scripted = scripted.unwrap_or_else(|payload| resume_unwind(payload));
        ran?;
        scripted
    }

    /// Reports all mistakes that can be found without a network.
    pub(super) fn check(&self) -> Result<(), Error> {
        let mut problems = self.problems();
        if !self.has_something_to_do() {
            problems.push(
                "",
                "the bot has nothing to do: register a handler before running it, as in bot.on_message(|cx, message| ..) \
                 (to send messages only, syncord::rest::Client needs no bot)",
            );
        }
        problems.into_result()
    }

    /// Whether it has handlers, commands or timers.
    pub(super) fn has_something_to_do(&self) -> bool {
        let is_idle = self.handlers.is_empty()
            && self.router.is_empty()
            && self.router.text.is_empty()
            && self.timers.is_empty();
        !is_idle
    }

    /// The mistakes of what it declares.
    pub(super) fn problems(&self) -> Problems {
        let mut problems = self.check_translations();
        // What is wrong with a translation is not reported twice.
        let translations = if problems.is_empty() { &self.texts.translations } else { &Translations::new() };
        problems.append(self.router.problems(translations));
        problems.append(self.problems.clone());
        if let Some(id) = self.timers.zero() {
            problems.push("", format!("{id} has no time between its calls: give it a period"));
        }
        if self.config.log_health_every == Some(Duration::ZERO) {
            problems.push("", "bot.log_health_every(..) has no time between its lines: give it a period");
        }
        #[cfg(feature = "http-interactions")]
        problems.append(self.http_problems());
        if let Some(problem) = self.config.shards.problem() {
            problems.push("", problem);
        }
        if let Some(members @ (0..50 | 251..)) = self.config.large_threshold {
            problems.push("", format!("bot.large_threshold({members}) is not from 50 to 250"));
        }
        if let Some(Err(error)) = self.config.presence.as_ref().map(UpdatePresence::check) {
            problems.push("", format!("bot.presence(..) is more than Discord takes: {error}"));
        }
        problems
    }
}

/// Whether the bot connects to the gateway: always, unless everything that it needs comes over HTTP.
#[cfg(feature = "http-interactions")]
fn connects(config: &Config, handlers: &Handlers<'_>) -> bool {
    !config.uses_http() || config.needs_gateway() || handlers.need_gateway()
}

#[cfg(not(feature = "http-interactions"))]
fn connects(_: &Config, _: &Handlers<'_>) -> bool {
    true
}

/// Sets what the threads of a bot share from its start on. A bot starts once, so it is not set yet.
fn set_once<T>(cell: &OnceLock<T>, value: T) {
    let _ = cell.set(value);
}

/// Shares what the bot's health and its tasks need to know about the handlers.
fn share_handlers(shared: &Arc<Shared>, handlers: &Handlers<'_>, router: &Router<'_>, timers: &Timers<'_>) {
    let ids = handlers.handler_ids().chain(router.handler_ids()).chain(timers.handler_ids());
    ids.for_each(|id| shared.health.handlers.add(id));
    let lanes = handlers.lanes.clone();
    set_once(&shared.health.lanes, Box::new(move || lanes.iter().map(Lanes::health).collect()));
    set_once(&shared.waits, Arc::new(handlers.waits()));
    if handlers.wait_for_audit_entries {
        shared.audit_entries.turn_on();
    }
}

/// Shares how the bot responds to interactions: what the program has configured, and what its handlers and nodes need.
fn share_interactions(
    shared: &Arc<Shared>,
    config: &Config,
    handlers: &Handlers<'_>,
    router: &Router<'_>,
    texts: &Arc<Texts>,
) {
    let own_texts = (!texts.is_default()).then(|| Arc::clone(texts));
    if let Some(texts) = &own_texts {
        set_once(&shared.texts, Arc::clone(texts));
    }
    if router.hooks.is_some() {
        set_once(&shared.has_hooks, ());
    }
    let mut interactions = InteractionConfig {
        is_enabled: handlers.has_waiting_tasks,
        auto_defer_after: config.auto_defer_after,
        max_threads: config.max_response_threads,
        has_raw_handlers: handlers.has_typed_handler(InteractionCreate::NAME),
        texts: own_texts,
        report_unhandled: Some(report_unhandled(&shared.trouble)),
        ..InteractionConfig::default()
    };
    router.configure(&mut interactions);
    shared.interactions.configure(interactions);
}

/// Shares the cache, and adds the events that it needs to the filter. Returns the filter without them: the events that
/// have a handler.
fn share_cache(shared: &Shared, cache: Cache, intents: Intents, filter: &mut EventFilter) -> EventFilter {
    for problem in cache.restrict(intents) {
        log::warn!("{problem}");
    }
    let cached = BotCache::new(cache);
    let handled = filter.clone();
    filter.add(|name| cached.needs(name));
    set_once(&shared.cache, cached);
    handled
}

/// The handlers and nodes of a bot.
fn outline_of(handlers: &Handlers<'_>, router: &Router<'_>) -> Outline {
    let own =
        handlers.own_handler_ids().map(|(id, intents)| outline::event(&id.what, intents).handled_by(id));
    let below = own.chain(router.outlines.iter().cloned()).collect();
    Outline { below, ..Outline::new("bot".to_owned()) }
}

/// Reports interactions that nothing handles.
fn report_unhandled(trouble: &Arc<Trouble>) -> ReportUnhandled {
    let trouble = Arc::clone(trouble);
    Arc::new(move |text, count| trouble.warn_rarely(&text, count))
}

/// Draws its handlers and nodes, and the intents that it requests.
impl fmt::Display for Bot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        outline_of(&self.handlers, &self.router).fmt(f)?;
        let intents = IntentReport::new(self.handlers.intent_requests(), self.config.intents).intents;
        write!(f, "\nintents: {}", if intents.is_empty() { "none".to_owned() } else { intents.to_string() })
    }
}

impl fmt::Debug for Bot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot").field("api_url", &self.config.api_url).finish_non_exhaustive()
    }
}

/// Stops the bot's handles when the bot is dropped before it ran.
struct Unstarted(Option<Arc<Shared>>);

impl Drop for Unstarted {
    fn drop(&mut self) {
        if let Some(shared) = &self.0 {
            shared.stop();
            shared.queue.close();
        }
    }
}

/// Stops the bot when the script ends, also by a panic.
struct StopOnDrop(Handle);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
