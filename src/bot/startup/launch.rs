//! The shards' threads: logging in, then one thread for each shard.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::bot::context::{Identity, ShardHandle, Shared};
use crate::bot::error::panic_text;
use crate::bot::handler::{Gate, Link};
use crate::bot::registration::Registrar;
use crate::bot::startup::explain::{Explainer, strange_answer};
use crate::bot::startup::identify_queue::{InMemoryQueue, retry_pause};
use crate::bot::threads::batch::{Batch, INTERACTION, Name};
use crate::error::Error;
use crate::gateway::event::{Event, InteractionCreate};
use crate::gateway::intents::Intents;
use crate::gateway::send_event::Presence;
use crate::gateway::session::{Backpressure, Dispatch, Notice};
use crate::gateway::shard::{Shard, ShardConfig, Sink};
use crate::gateway::shard_id::ShardId;
use crate::gateway::socket::SocketConfig;
use crate::interaction::TaskOffer;
use crate::rest::Client;
use crate::token::Token;

/// What the shards' threads need.
pub(crate) struct Launch {
    pub(crate) shared: Arc<Shared>,
    pub(crate) client: Client,
    pub(crate) identify_queue: Arc<InMemoryQueue>,
    pub(crate) explainer: Explainer,
    pub(crate) gate: Gate,
    pub(crate) token: Token,
    pub(crate) presence: Option<Presence>,
    pub(crate) socket: SocketConfig,
    /// How many shards, or as many as Discord recommends.
    pub(crate) shards: Option<u32>,
    /// How long calls of closures may take.
    pub(crate) call_deadline: Duration,
    /// The API's address where it is not Discord's own.
    pub(crate) api_url: Option<String>,
    pub(crate) registrar: Registrar,
}

/// Starts the first thread, which starts the others.
pub(crate) fn launch(launch: Launch) -> Result<(), Error> {
    let launch = Arc::new(launch);
    Arc::clone(&launch).spawn(0, Launch::first)
}

impl Launch {
    fn spawn(
        self: Arc<Self>,
        index: u32,
        work: impl FnOnce(&Arc<Self>) -> Result<(), Error> + Send + 'static,
    ) -> Result<(), Error> {
        self.shared.queue.shard_begins();
        let shared = Arc::clone(&self.shared);
        let body = move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&self))).unwrap_or_else(|payload| {
                let message = panic_text(&*payload);
                Err(Error::setup(format!(
                    "the thread of shard {index} panicked, which is a bug in syncord, please report it: {message}"
                )))
            });
            let failure = result.err().map(|error| self.explain(error));
            self.shared.queue.shard_ended(failure);
        };
        match thread::Builder::new().name(format!("syncord-shard-{index}")).spawn(body) {
            // The thread reports its end through the queue; nobody waits for it longer than for that.
            Ok(_) => Ok(()),
            Err(error) => {
                shared.queue.shard_ended(None);
                Err(Error::setup(format!(
                    "the system gives no thread for shard {index}: {error}; lift its limit, or use fewer shards"
                )))
            }
        }
    }

    /// Logs in, starts the other shards, and becomes the first one.
    fn first(self: &Arc<Self>) -> Result<(), Error> {
        let mut shards = self.log_in()?.into_iter().zip(0..);
        let Some((first, _)) = shards.next() else { return Ok(()) };
        for (shard, index) in shards {
            Arc::clone(self).spawn(index, move |launch| launch.run_shard(index, shard))?;
        }
        self.run_shard(0, first)
    }

    /// Gives the shards that are to run; none when the bot was stopped meanwhile.
    fn log_in(&self) -> Result<Vec<Shard>, Error> {
        let login = || -> Result<Identity, Error> {
            let me = self.client.current_user()?;
            let application = match self.client.current_application_as() {
                Ok(application) => Some(Arc::new(application)),
                Err(error) if error.is_temporary() || is_unauthorized(&error) => return Err(error),
                Err(error) => {
                    log::warn!("cannot see which intents are switched on: {error}");
                    None
                }
            };
            let gateway = self.client.gateway_bot()?;
            self.identify_queue.learned(Instant::now(), &gateway);
            let total = self.shards.unwrap_or(gateway.shards.max(1));
            let client = self.client.deadline(self.call_deadline);
            Ok(Identity { client, me: Arc::new(me), application, total })
        };
        let Some(login) = self.until_it_works(login)? else { return Ok(Vec::new()) };
        let flags = login.application.as_ref().map(|application| application.flags.bits());
        let missing = flags.map_or(Intents::empty(), |flags| self.explainer.plan.missing(flags));
        if !missing.is_empty() {
            return Err(self.explainer.plan.refusal(Some(missing)));
        }
        let total = login.total;
        log::info!(
            "logged in as {} with {total} shard{}",
            login.me.username,
            if total == 1 { "" } else { "s" }
        );
        // Before the first closure runs: what it sends over a shard waits for that, however long it is until they run.
        let shards: Option<Vec<_>> =
            (0..total).map(|index| self.make_shard(ShardId { index, total })).collect();
        let Some(shards) = shards else { return Ok(Vec::new()) };
        // Set once: there is one launch for each `Shared`.
        let _ = self.shared.login.set(login);
        self.shared.queue.expect_shards(total as usize);
        self.shared.queue.wake();
        if let (Some(register), Some(login)) = (self.registrar.register, self.shared.login.get()) {
            register(&self.registrar, login, self)?;
        }
        self.identify_queue.line_up(Instant::now(), total);
        Ok(shards)
    }

    /// Tries until it works or fails for good, with pauses that a stop cuts short.
    pub(crate) fn until_it_works<T>(&self, call: impl Fn() -> Result<T, Error>) -> Result<Option<T>, Error> {
        let mut failures: u32 = 0;
        while !self.shared.queue.is_stopped() {
            let error = match call() {
                Ok(value) => {
                    if failures > 0 {
                        log::info!("connected to Discord");
                    }
                    return Ok(Some(value));
                }
                Err(error) if error.is_temporary() => error,
                Err(error) if is_unauthorized(&error) => return Err(error),
                Err(error) => return Err(strange_answer(error, self.api_url.as_deref())),
            };
            failures = failures.saturating_add(1);
            if failures == 1 {
                let place = self.api_url.as_deref().unwrap_or("Discord");
                log::warn!("no connection to {place}: {error}; trying again until it works");
            } else {
                log::debug!("attempt {failures}: {error}");
            }
            let pause = error.retry_after().unwrap_or(Duration::ZERO).max(retry_pause(failures));
            self.shared.queue.wait_for_stop(Instant::now() + pause);
        }
        Ok(None)
    }

    /// `None` when the bot was stopped meanwhile.
    fn make_shard(&self, id: ShardId) -> Option<Shard> {
        let mut config = ShardConfig::new(self.token.clone(), self.explainer.plan.intents);
        config.shard = id;
        config.presence.clone_from(&self.presence);
        config.socket = self.socket.clone();
        let shard = Shard::new(config, self.identify_queue.clone());
        let link = ShardHandle { id, sender: shard.sender(), health: shard.health() };
        self.shared.add_link(link).then_some(shard)
    }

    fn run_shard(&self, index: u32, mut shard: Shard) -> Result<(), Error> {
        let mut sink = BotSink {
            shared: &self.shared,
            gate: &self.gate,
            shard: index,
            batch: Batch::default(),
            held: false,
            connected: false,
        };
        let result = shard.run(&mut sink);
        sink.flush();
        result
    }

    fn explain(&self, error: Error) -> Error {
        self.explainer.explain(error, None, || self.client.gateway_bot().ok().map(|gateway| gateway.shards))
    }
}

pub(crate) fn is_unauthorized(error: &Error) -> bool {
    matches!(error, Error::Http(e) if e.status == 401) || matches!(error, Error::Token { .. })
}

/// Where a bot's shard puts its events.
struct BotSink<'l> {
    shared: &'l Shared,
    gate: &'l Gate,
    shard: u32,
    batch: Batch,
    held: bool,
    /// Whether the shard has been connected before.
    connected: bool,
}

impl BotSink<'_> {
    fn interaction(&self, data: &str) -> Option<Arc<TaskOffer>> {
        let login = self.shared.login.get()?;
        let wanted = self.shared.mailboxes.want(InteractionCreate::NAME);
        self.shared.interactions.receive(&login.client, data, wanted)
    }
}

impl Sink for BotSink<'_> {
    fn event(&mut self, event: &Dispatch<'_>) {
        let name = Name::of_dispatch(event);
        // What a task waits for does not wait behind slow handlers, nor does the deferral of an interaction.
        let interaction = (name == INTERACTION).then(|| self.interaction(event.data)).flatten();
        self.shared.mailboxes.offer(name.text(), event.data, interaction.as_ref());
        if self.gate.wants(name) {
            self.batch.push_event(self.shard, event);
        }
    }

    fn notice(&mut self, notice: Notice) {
        let link = match notice {
            Notice::Connected { .. } => {
                if !std::mem::replace(&mut self.connected, true) {
                    self.shared.queue.shard_connected();
                }
                Link::Connected
            }
            Notice::Disconnected(_) => Link::Disconnected,
            Notice::Gap(_) => Link::Gap,
            _ => return,
        };
        if self.gate.wants_link(link) {
            self.batch.push_notice(self.shard, notice);
        }
    }

    fn flush(&mut self) -> Backpressure {
        if self.batch.is_empty() && !self.held {
            return Backpressure::Off;
        }
        let backpressure = self.shared.queue.publish(&mut self.batch);
        self.held = backpressure == Backpressure::On;
        backpressure
    }

    fn wait_for_room(&mut self, timeout: Duration) {
        self.shared.queue.wait_for_room(timeout);
    }
}

#[cfg(test)]
mod tests;
