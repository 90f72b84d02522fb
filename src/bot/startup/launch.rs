//! The shards' threads: logging in, then one thread for each shard.

use std::ops::Range;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::bot::application::OwnApplication;
use crate::bot::context::{Identity, ShardHandle, Shared};
use crate::bot::error::caught;
use crate::bot::handler::EventFilter;
use crate::bot::intents::IntentReport;
use crate::bot::invite::Invite;
use crate::bot::registration::Registrar;
use crate::bot::registration::retry::{Retry, is_unauthorized, may_pass};
use crate::bot::remember::{Expected, Previous, Remembered};
use crate::bot::startup::config::Config;
use crate::bot::startup::explain::Explainer;
use crate::bot::startup::identify_queue::{self, InMemoryQueue};
use crate::bot::startup::ledger::Ledger;
use crate::bot::startup::sink::BotSink;
use crate::bot::threads::RECEIVER_STACK;
use crate::error::Error;
use crate::gateway::send_event::SendEvent;
use crate::gateway::session::{Now, PreviousSession};
use crate::gateway::shard::{IdentifyQueue, Shard, ShardConfig, Sink};
use crate::gateway::shard_id::ShardId;
use crate::rest::{Client, OnRefused};
use crate::store::SessionStore;

/// The deadline of each call of the first attempt to log in.
const FIRST_LOGIN: Duration = Duration::from_secs(8);

/// How often a bot without shards looks for a handler that does not return.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Maximum number of shards. Each is a thread with a connection, so that a wrong number would use up the machine.
const MAX_SHARDS: usize = 16_384;

/// What the shards' threads need.
pub(crate) struct Launch {
    shared: Arc<Shared>,
    client: Client,
    config: Config,
    identify_queue: Arc<InMemoryQueue>,
    explainer: Explainer,
    filter: EventFilter,
    registrar: Registrar,
    invite: Invite,
    /// Whether the bot connects to the gateway. Otherwise everything comes over HTTP.
    connects: bool,
    /// Ends the bot when Discord refuses its token, also for a request of another client.
    _on_token_refused: OnRefused,
}

/// Starts the first thread, which starts the others.
pub(crate) fn launch(launch: Launch) -> Result<(), Error> {
    let launch = Arc::new(launch);
    Arc::clone(&launch).spawn(0, Launch::first)
}

impl Launch {
    pub(crate) fn new(
        shared: Arc<Shared>,
        client: Client,
        config: Config,
        plan: IntentReport,
        filter: EventFilter,
        registrar: Registrar,
        invite: Invite,
    ) -> Launch {
        let mut identify_queue = InMemoryQueue::new(client.clone()).reporting_to(&shared.trouble);
        if let Some(url) = &config.gateway_url {
            identify_queue = identify_queue.gateway_url(url);
        }
        let explainer =
            Explainer { token: config.token_source, looks_like: config.token.shape().looks_like(), plan };
        let on_token_refused: OnRefused = {
            let (shared, explainer) = (Arc::clone(&shared), explainer.clone());
            Arc::new(move || shared.queue.fail(explainer.refused_token()))
        };
        client.on_token_refused(&on_token_refused);
        let identify_queue = Arc::new(identify_queue);
        // The queue has to end with the bot, so a reader does not keep it.
        let weak = Arc::downgrade(&identify_queue);
        // Set once: there is one launch for each `Shared`.
        let _ =
            shared.health.identifies.set(Box::new(move || weak.upgrade().and_then(|queue| queue.limit())));
        Launch {
            _on_token_refused: on_token_refused,
            shared,
            client,
            config,
            identify_queue,
            explainer,
            filter,
            registrar,
            invite,
            connects: true,
        }
    }

    /// The bot logs in, but does not connect to the gateway.
    pub(crate) fn without_gateway(self) -> Launch {
        Launch { connects: false, ..self }
    }

    fn spawn(
        self: Arc<Self>,
        index: u32,
        work: impl FnOnce(&Arc<Self>) -> Result<(), Error> + Send + 'static,
    ) -> Result<(), Error> {
        self.shared.queue.shard_begins();
        let (shared, reported_to) = (Arc::clone(&self.shared), Arc::clone(&self.shared));
        let body = move || {
            let result = caught(|| work(&self)).unwrap_or_else(|message| {
                Err(Error::setup(format!(
                    "the thread of shard {index} panicked, which is a bug in syncord, please report it: {message}"
                )))
            });
            let failure = result.err().map(|error| self.explain(error));
            // The identify queue has to know that the bot has ended before the program does, which may start the next.
            drop(self);
            reported_to.queue.shard_ended(failure);
        };
        let builder =
            thread::Builder::new().name(format!("syncord-shard-{index}")).stack_size(RECEIVER_STACK);
        match builder.spawn(body) {
            // The thread reports its end through the queue; nothing waits for the thread itself.
            Ok(_) => Ok(()),
            Err(error) => {
                shared.queue.shard_ended(None);
                Err(Error::setup(format!(
                    "the system gives no thread for shard {index}: {error}; lift its limit, or use fewer shards"
                )))
            }
        }
    }

    /// Logs in, starts the other shards, and becomes the first one. Without a gateway connection it waits for the stop.
    fn first(self: &Arc<Self>) -> Result<(), Error> {
        let Some(shards) = self.log_in()? else { return Ok(()) };
        if !self.connects {
            // From now on it is ready.
            self.shared.queue.expect_shards(0);
            while !self.shared.queue.wait_for_stop(Instant::now() + LOOK_EVERY) {
                self.shared.report_long_call(Instant::now());
            }
            return Ok(());
        }
        let mut shards = shards.into_iter();
        let Some(first) = shards.next() else { return Ok(()) };
        for shard in shards {
            Arc::clone(self).spawn(shard.id().index, move |launch| launch.run_shard(shard))?;
        }
        self.run_shard(first)
    }

    /// Logs in and registers the commands. Returns the shards to run. `None` if the bot was stopped in the meantime.
    fn log_in(&self) -> Result<Option<Vec<Shard>>, Error> {
        let retry = Retry {
            shared: Arc::clone(&self.shared),
            api_url: self.client.api_url().to_owned(),
            is_own_url: self.config.api_url.is_some(),
        };
        let login = |failures| match failures {
            // A person may look at the terminal, so the first failure is reported soon.
            0 => self.identify(&self.client.deadline(FIRST_LOGIN)),
            _ => self.identify(&self.client),
        };
        let Some(identity) = retry.until_it_works(login)?.map(Arc::new) else { return Ok(None) };
        if self.connects {
            self.check_intents(&identity)?;
        }
        self.check_endpoint(&identity);
        let own = identity.shards.clone();
        log::info!("logged in as {} with {}", identity.me.username, description(&own, identity.total));
        // Before the first handler runs: what it sends over a shard waits for the connection, however long that takes.
        let Some(shards) = self.make_shards(&identity) else { return Ok(None) };
        self.start_handlers(&identity);
        self.registrar.register(&identity, &retry)?;
        // Now its commands are registered, so it can be used.
        #[cfg(feature = "http-interactions")]
        if self.config.uses_http() {
            let application = identity.application.as_deref();
            self.shared.http.log_in(application.and_then(|application| application.verify_key.as_deref()))?;
        }
        self.identify_queue.enqueue(Instant::now(), own, identity.total);
        Ok(Some(shards))
    }

    /// Asks Discord who the bot is, and how many shards it should have.
    fn identify(&self, client: &Client) -> Result<Identity, Error> {
        let me = client.current_user()?;
        let application = match client.current_application_as() {
            Ok(application) => Some(Arc::new(application)),
            Err(error) if (may_pass(&error) && !is_forbidden(&error)) || is_unauthorized(&error) => {
                return Err(error);
            }
            Err(error) => {
                log::warn!("cannot see which intents are switched on: {error}");
                None
            }
        };
        let (shards, total) = if self.connects { self.choose_shards(client)? } else { (0..0, 1) };
        let client = self.config.for_handlers(&self.client);
        Ok(Identity {
            ending_client: client.ending_with_bot(),
            client,
            me: Arc::new(me),
            application,
            shards,
            total,
            intents: self.explainer.plan.intents,
        })
    }

    /// Asks Discord how many shards the bot should have. Returns those of this process, and how many there are.
    fn choose_shards(&self, client: &Client) -> Result<(Range<u32>, u32), Error> {
        let gateway = identify_queue::ask(client)?;
        self.identify_queue.learned(Instant::now(), &gateway);
        self.config.tls.prepare(self.config.gateway_url.as_deref().unwrap_or(&gateway.url));
        let (shards, total) = self.config.shards.choose(gateway.shards);
        check_count(shards.len(), gateway.shards)?;
        if let Some(advice) = self.config.shards.advice(gateway.shards) {
            log::warn!("{advice}");
        }
        Ok((shards, total))
    }

    /// Reports that Discord sends the interactions another way than the bot receives them.
    fn check_endpoint(&self, identity: &Identity) {
        let application = identity.application.as_deref();
        let trouble = &self.shared.trouble;
        let has_handlers = self.shared.interactions.is_enabled();
        match application.and_then(OwnApplication::interactions_endpoint_url) {
            None if self.config.uses_http() && has_handlers && application.is_some() => trouble.warn(
                &"Discord sends no interactions over HTTP yet: with the bot running, set Interactions Endpoint URL on the page \
                  General Information of your application at https://discord.com/developers/applications",
            ),
            Some(url) if !self.config.uses_http() && has_handlers => {
                trouble.warn(&format_args!(
                    "Discord sends the interactions to {url}, and none over the gateway: clear Interactions Endpoint URL on the page \
                     General Information of your application at https://discord.com/developers/applications, or receive them \
                     with bot.interactions_over_http(..)"
                ));
            }
            _ => {}
        }
    }

    /// Refuses to start if a privileged intent is known to be off. Where that is not known, the gateway decides: it closes the
    /// connection with 4014.
    fn check_intents(&self, identity: &Identity) -> Result<(), Error> {
        let Some(flags) = identity.application.as_ref().and_then(|application| application.flags) else {
            return Ok(());
        };
        let missing = self.explainer.plan.missing(flags);
        if missing.is_empty() {
            return Ok(());
        }
        // Another server than Discord may have no such switches.
        if let (Some(url), true) = (&self.config.api_url, flags.is_empty()) {
            log::warn!(
                "the server at {url} does not show that {missing} is switched on for this bot: asking for it anyway"
            );
            return Ok(());
        }
        Err(self.explainer.plan.refusal(Some(missing)))
    }

    /// `None` if the bot was stopped in the meantime.
    fn make_shards(&self, identity: &Identity) -> Option<Vec<Shard>> {
        if !self.connects {
            return (!self.shared.queue.is_stopped()).then(Vec::new);
        }
        let id = |index| ShardId { index, total: identity.total };
        let (previous, queue): (_, Arc<dyn IdentifyQueue>) = match self.config.store() {
            Some(store) => (self.remember(identity, store), Arc::new(self.ledger(identity, &**store))),
            None => (vec![None; identity.shards.len()], self.identify_queue.clone()),
        };
        let shards = identity.shards.clone().zip(previous);
        shards.map(|(index, previous)| self.make_shard(id(index), previous, &queue)).collect()
    }

    /// The identify queue that knows what earlier processes have used, and saves what this one uses.
    fn ledger(&self, identity: &Identity, store: &dyn SessionStore) -> Ledger {
        let records = store.load_identifies(identity.shards.clone()).unwrap_or_else(|error| {
            self.shared
                .trouble
                .warn(&format_args!("the identifies of earlier processes are not known: {error}"));
            Vec::new()
        });
        let shared = Arc::clone(&self.shared);
        let save = move |record| {
            if let Some(remembered) = shared.remembered.get() {
                remembered.identified(record);
            }
        };
        let queue = Arc::clone(&self.identify_queue);
        Ledger::new(queue, identity.application_id(), Now::read(), &records, save)
    }

    /// Begins to save the sessions. Returns what an earlier process left of them.
    fn remember(&self, identity: &Identity, store: &Arc<dyn SessionStore>) -> Vec<Option<PreviousSession>> {
        let trouble = &self.shared.trouble;
        let expected = Expected {
            application_id: identity.application_id(),
            shards: identity.shards.clone(),
            total: identity.total,
            intents: self.explainer.plan.intents,
        };
        let records = store.load(identity.shards.clone()).unwrap_or_else(|error| {
            trouble.warn(&format_args!("the bot begins with new sessions: {error}"));
            Vec::new()
        });
        let previous = Previous::new(&expected, records, SystemTime::now());
        for problem in &previous.problems {
            trouble.warn(problem);
        }
        for shard in previous.foreign {
            if let Err(error) = store.remove(shard..shard + 1) {
                log::warn!("the record of another bot for shard {shard} stays until it is replaced: {error}");
            }
        }
        let remembered = Remembered::start(expected, &previous.sessions, Arc::clone(store), trouble);
        // Set once: there is one launch for each `Shared`.
        let _ = self.shared.remembered.set(remembered);
        previous.sessions
    }

    /// From now on the bot's thread runs handlers.
    fn start_handlers(&self, identity: &Arc<Identity>) {
        let count = identity.shards.len();
        if let Some(cached) = self.shared.cache.get() {
            cached.cache.set_me(&identity.me);
        }
        // Set once: there is one launch for each `Shared`.
        let _ = self.shared.login.set(Arc::clone(identity));
        if self.connects {
            self.shared.queue.expect_shards(count);
        }
        self.shared.queue.wake();
    }

    /// `None` if the bot was stopped in the meantime.
    fn make_shard(
        &self,
        id: ShardId,
        previous: Option<PreviousSession>,
        queue: &Arc<dyn IdentifyQueue>,
    ) -> Option<Shard> {
        let mut config = ShardConfig::new(self.config.token.clone(), self.explainer.plan.intents);
        config.shard = id;
        config.presence.clone_from(&self.config.presence);
        config.large_threshold = self.config.large_threshold;
        config.socket = self.config.socket();
        let is_resumed = matches!(previous, Some(PreviousSession::Kept(_)));
        config.previous = previous;
        let shard = Shard::new(config, Arc::clone(queue));
        if let (true, Some(presence)) = (is_resumed, &self.config.presence) {
            // The session may have another one. The presence was checked at the start, and the shard's queue is empty.
            let _ = SendEvent::update_presence(presence).and_then(|event| shard.sender().send(event));
        }
        let meter = Arc::clone(shard.meter());
        let handle = ShardHandle { id, sender: shard.sender(), meter, events: Arc::default() };
        self.shared.add_shard(handle).then_some(shard)
    }

    fn run_shard(&self, mut shard: Shard) -> Result<(), Error> {
        let index = shard.id().index;
        let events = self.shared.shard(index).map(|shard| shard.events).unwrap_or_default();
        let mut sink = BotSink::new(&self.shared, &self.filter, index, &events);
        // With several shards, one of them may have no guild.
        if let (1, Some(identity)) = (shard.id().total, self.shared.login.get()) {
            sink = sink.inviting(self.invite.url(&self.config.authorize_url, identity.application_id()));
        }
        let result = shard.run(&mut sink);
        sink.flush();
        result
    }

    fn explain(&self, error: Error) -> Error {
        self.explainer.explain(error, None, || self.client.gateway_bot().ok().map(|gateway| gateway.shards))
    }
}

/// How many shards there are, and which of them are in this process.
fn description(own: &Range<u32>, total: u32) -> String {
    match (own.len(), total) {
        (0, _) => "no gateway connection, because everything comes over HTTP".to_owned(),
        (_, 1) => "1 shard".to_owned(),
        (count, total) if count == total as usize => format!("{total} shards"),
        _ => format!("the shards {} to {} of {total}", own.start, own.end.saturating_sub(1)),
    }
}

/// Whether Discord itself forbids the call.
fn is_forbidden(error: &Error) -> bool {
    matches!(error, Error::Http(e) if e.status == 403 && e.is_from_discord)
}

/// Refuses a number of shards that would use up the machine.
fn check_count(count: usize, recommended: u32) -> Result<(), Error> {
    if count <= MAX_SHARDS {
        return Ok(());
    }
    Err(Error::setup(format!(
        "{count} shards are too many for one process, which can run {MAX_SHARDS} (Discord recommends {recommended}): set \
         a number with bot.shards(..), or give several processes a part of them each"
    )))
}

#[cfg(test)]
mod tests;
