//! The interactions that a program has received and that may still need a response.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use super::action::InteractionKind;
use super::auto_defer::{AutoDefer, DEFER_WORKERS, DeferTimer};
use super::error::BlockedBy;
use super::fallback;
use super::header::InteractionHeader;
use super::meter::{InteractionHealth, InteractionMeter, OutcomeCounter};
use super::offer::TaskOffer;
use super::own_texts::OwnTexts;
use super::policy::{DeferMode, DeferPolicies, DeferPolicy};
use super::responder::InteractionResponder;
use super::state::TOKEN_LIFETIME;
use super::unhandled::{ReportUnhandled, Unhandled, UnhandledInteraction};
use crate::counters::Counter;
use crate::id::{ApplicationId, InteractionId};
use crate::model::Interaction;
use crate::rest::Client;
use crate::sync::Mutex;
use crate::texts::Texts;

/// The default time after which an interaction is deferred.
pub(crate) const DEFAULT_AUTO_DEFER_AFTER: Duration = Duration::from_secs(2);

/// Handlers that take this long may be why a response comes too late.
const SLOW: Duration = Duration::from_millis(500);

/// The number of new entries after which unused ones are removed.
const ENTRIES_BETWEEN_SWEEPS: usize = 1024;

/// How a program responds to interactions.
#[derive(Default)]
pub(crate) struct InteractionConfig {
    /// Whether the program responds to interactions at all.
    pub(crate) is_enabled: bool,
    pub(crate) policies: DeferPolicies,
    /// How long after its arrival an interaction is deferred; `None` turns it off.
    pub(crate) auto_defer_after: Option<Duration>,
    /// Whether handlers receive the raw events, and may respond by their own calls.
    pub(crate) has_raw_handlers: bool,
    /// Maximum number of deferrals that are sent at a time, if it was set.
    pub(crate) max_threads: Option<usize>,
    /// How the program words texts of the library, if it does.
    pub(crate) texts: Option<Arc<Texts>>,
    /// Reports an interaction that nothing handles.
    pub(crate) report_unhandled: Option<ReportUnhandled>,
}

/// The interactions that may still need a response.
#[derive(Default)]
pub(crate) struct PendingInteractions {
    config: OnceLock<InteractionConfig>,
    entries: Mutex<Entries>,
    pub(super) auto_defer: Arc<AutoDefer>,
    /// The handlers on the bot's thread that were slow most recently.
    last_slow: Mutex<Option<SlowHandlers>>,
    meter: Arc<InteractionMeter>,
    unhandled: OnceLock<Arc<Unhandled>>,
    /// The number of users who should get a message that the bot stops.
    stop_messages: Counter,
}

/// Where an interaction that was received goes next.
#[derive(Default)]
pub(crate) struct Received {
    /// The header for the interaction's handler, if it has one.
    pub(crate) header: Option<InteractionHeader>,
    /// The offer for waiting tasks.
    pub(crate) offer: Option<Arc<TaskOffer>>,
}

struct SlowHandlers {
    blocked_by: BlockedBy,
    ended: Instant,
}

#[derive(Default)]
struct Entries {
    by_id: HashMap<InteractionId, Entry>,
    /// The number of entries at which unused ones are removed.
    sweep_at: usize,
}

struct Entry {
    received: Instant,
    responder: Weak<InteractionResponder>,
    /// Keeps the responder for the handler that will be called. What only tasks use is kept by their mailboxes.
    for_handler: Option<Arc<InteractionResponder>>,
}

impl PendingInteractions {
    /// Sets the configuration, once, before the bot connects.
    pub(crate) fn configure(&self, config: InteractionConfig) {
        self.auto_defer.set_workers(config.max_threads.unwrap_or(DEFER_WORKERS));
        let report = config.report_unhandled.clone();
        // A bot starts once, so the values are not set yet.
        let _ = self.unhandled.set(Arc::new(Unhandled::new(report)));
        let _ = self.config.set(config);
    }

    /// Whether the program responds to interactions at all.
    pub(crate) fn is_enabled(&self) -> bool {
        self.config.get().is_some_and(|config| config.is_enabled)
    }

    /// Takes in an interaction on a shard's thread. `has_waiting_task` says whether tasks wait for interactions.
    pub(crate) fn receive(
        &self,
        client: &Client,
        own_application: ApplicationId,
        data: &str,
        has_waiting_task: bool,
    ) -> Received {
        let received = Instant::now();
        let Some(config) = self.config.get() else { return Received::default() };
        if !config.is_enabled && config.has_raw_handlers {
            return Received::default();
        }
        let Some(header) = InteractionHeader::read(data, own_application) else {
            return Received::default();
        };
        if !config.is_enabled {
            self.add_unhandled(&header, false);
            return Received::default();
        }
        self.meter.count_received();
        match config.policies.find(&header) {
            Some(policy) => {
                let responder = self.add(client, &header, data, Some(policy), received);
                if let Some(timer) = config.timer(header.kind, policy, received) {
                    self.auto_defer.add(timer, responder.clone());
                }
                let offer = has_waiting_task.then(|| TaskOffer::new(responder, &self.auto_defer, None, None));
                Received { header: Some(header), offer }
            }
            None if has_waiting_task => {
                let responder = self.add(client, &header, data, None, received);
                let timer = config.timer(header.kind, DeferPolicy::default(), received);
                // A handler of the raw event may respond by its own calls, so the timer starts when a task takes it.
                let only_tasks = !config.has_raw_handlers;
                let unhandled = self.unhandled.get().filter(|_| only_tasks);
                let unhandled = unhandled
                    .map(|unhandled| (Arc::clone(unhandled), UnhandledInteraction::new(&header, true)));
                let offer = TaskOffer::new(responder, &self.auto_defer, unhandled, timer);
                Received { header: None, offer: Some(offer) }
            }
            None => {
                if !config.has_raw_handlers {
                    self.reject(client, &header, data, received);
                }
                Received::default()
            }
        }
    }

    /// Notifies the user of an interaction that has no handler.
    fn reject(&self, client: &Client, header: &InteractionHeader, data: &str, received: Instant) {
        self.add_unhandled(header, true);
        let responder = self.new_responder(client, header, data, DeferPolicy::default(), received);
        fallback::no_longer_active(&self.auto_defer, &responder);
    }

    fn add_unhandled(&self, header: &InteractionHeader, is_notified: bool) {
        if let Some(unhandled) = self.unhandled.get() {
            unhandled.add(&UnhandledInteraction::new(header, is_notified));
        }
    }

    fn new_responder(
        &self,
        client: &Client,
        header: &InteractionHeader,
        data: &str,
        policy: DeferPolicy,
        received: Instant,
    ) -> Arc<InteractionResponder> {
        let mut responder = InteractionResponder::from_header(client, header, policy.visibility(), received);
        responder.outcome = OutcomeCounter::new(&self.meter);
        let texts = self.config.get().and_then(|config| config.texts.as_ref());
        responder.own_texts = texts.map(|texts| OwnTexts::new(texts, data));
        // Ignore IDs whose timestamp is in the future or too old.
        if let Some(age) = header.id.created_at().elapsed().ok().filter(|age| *age < TOKEN_LIFETIME) {
            responder.state().set_age_on_arrival(age);
        }
        Arc::new(responder)
    }

    /// Adds an entry; `policy` is that of its handler, if it has one.
    fn add(
        &self,
        client: &Client,
        header: &InteractionHeader,
        data: &str,
        policy: Option<DeferPolicy>,
        received: Instant,
    ) -> Arc<InteractionResponder> {
        let responder = self.new_responder(client, header, data, policy.unwrap_or_default(), received);
        let for_handler = policy.map(|_| Arc::clone(&responder));
        let entry = Entry { received, responder: Arc::downgrade(&responder), for_handler };
        let mut entries = self.entries.lock();
        entries.by_id.insert(header.id, entry);
        entries.sweep(received);
        responder
    }

    /// The responder for an interaction whose handler is about to be called.
    /// [`handler_finished`](PendingInteractions::handler_finished) must follow.
    pub(crate) fn start_handler(
        &self,
        client: &Client,
        interaction: &Interaction,
        policy: DeferPolicy,
    ) -> Arc<InteractionResponder> {
        let now = Instant::now();
        let known =
            self.entries.lock().by_id.get(&interaction.id).and_then(|entry| entry.responder.upgrade());
        let responder = known.unwrap_or_else(|| {
            Arc::new(InteractionResponder::new(client, interaction).with_visibility(policy.visibility()))
        });
        let received = responder.state().handler_started(now);
        if now.saturating_duration_since(received) >= SLOW {
            if let Some(slow) = self.last_slow.lock().as_ref().filter(|slow| slow.ended >= received) {
                responder.set_blocked_by(slow.blocked_by.clone());
            }
        }
        responder.holders.acquire();
        responder
    }

    /// The responder for an interaction that has a handler, but whose data cannot be read.
    pub(crate) fn start_unreadable(&self, header: &InteractionHeader) -> Option<Arc<InteractionResponder>> {
        let responder = self.entries.lock().by_id.get(&header.id)?.for_handler.clone()?;
        responder.state().handler_started(Instant::now());
        responder.holders.acquire();
        Some(responder)
    }

    /// Notes that a handler has ended. If it has not responded and no task holds the interaction, its user is notified
    /// from another thread, and a missing response is logged with the handler's name. The caller reports the failure.
    pub(crate) fn handler_finished(
        &self,
        responder: &Arc<InteractionResponder>,
        handler: &str,
        has_failed: bool,
    ) {
        let is_last = responder.holders.release();
        self.remove(responder, is_last);
        if has_failed {
            // A task that still holds it may send the response.
            if is_last || !responder.state().is_user_waiting() {
                fallback::failed(&self.auto_defer, responder);
            }
        } else if is_last {
            // A task may have ended before its handler.
            let holder = responder.holders.task().unwrap_or(handler);
            if responder.holders.has_task_failed() && responder.state().is_user_waiting() {
                fallback::log_no_response(responder, holder);
                fallback::failed(&self.auto_defer, responder);
            } else {
                fallback::no_response(&self.auto_defer, responder, holder);
            }
        }
    }

    /// Removes the entry, or, if it is not the last use of it, only what is kept for the handler.
    pub(super) fn remove(&self, responder: &InteractionResponder, is_last: bool) {
        let mut entries = self.entries.lock();
        if is_last {
            entries.by_id.remove(&responder.id());
        } else if let Some(entry) = entries.by_id.get_mut(&responder.id()) {
            entry.for_handler = None;
        }
    }

    /// Notes that the handlers of an event on the bot's thread have ended.
    pub(crate) fn handlers_ended(&self, event: &str, took: Duration) {
        if took >= SLOW && self.is_enabled() {
            let ended = Instant::now();
            let blocked_by = BlockedBy { event: event.to_owned(), took };
            *self.last_slow.lock() = Some(SlowHandlers { blocked_by, ended });
        }
    }

    /// Whether a user waits for a handler that was not called.
    pub(crate) fn has_uncalled_handler(&self) -> bool {
        self.is_enabled()
            && self.with_waiting_user().iter().any(|responder| !responder.state().has_handler_started())
    }

    /// Notifies the users who wait for a handler that was not called that the bot stops.
    pub(crate) fn notify_uncalled(&self) {
        for responder in self.with_waiting_user() {
            if !responder.state().has_handler_started() {
                fallback::stopping(&self.auto_defer, &responder);
                self.stop_messages.add(1);
                self.remove(&responder, true);
            }
        }
    }

    /// Notifies all users who still wait that the bot stops. Waits until `deadline` for these messages to be sent; after that
    /// nothing is sent. Returns the number of users who waited since the grace period ended, and of those who were not notified.
    pub(crate) fn shut_down(&self, deadline: Instant) -> (usize, usize) {
        self.auto_defer.stop_deferring();
        for responder in self.with_waiting_user() {
            fallback::stopping(&self.auto_defer, &responder);
            self.stop_messages.add(1);
        }
        self.auto_defer.wait_until_idle(deadline);
        let unsent = self.auto_defer.end();
        (usize::try_from(self.stop_messages.get()).unwrap_or(usize::MAX), unsent)
    }

    /// What was counted of the interactions.
    pub(crate) fn health(&self) -> InteractionHealth {
        let unhandled = self.unhandled.get().map_or(0, |unhandled| unhandled.count());
        self.meter.read(self.with_waiting_user().len(), unhandled)
    }

    fn with_waiting_user(&self) -> Vec<Arc<InteractionResponder>> {
        let responders: Vec<_> =
            self.entries.lock().by_id.values().filter_map(|entry| entry.responder.upgrade()).collect();
        responders.into_iter().filter(|responder| responder.state().is_user_waiting()).collect()
    }

    /// Whether everything was sent.
    pub(crate) fn is_idle(&self) -> bool {
        self.auto_defer.is_idle()
    }
}

impl InteractionConfig {
    fn timer(&self, kind: InteractionKind, policy: DeferPolicy, received: Instant) -> Option<DeferTimer> {
        let after = match policy.mode {
            // `Never` is meant for modals: a late autocomplete request still gets an empty list.
            DeferMode::Never if kind != InteractionKind::Autocomplete => None,
            DeferMode::Never | DeferMode::Default => self.auto_defer_after,
            DeferMode::After(after) => Some(after),
        };
        after.map(|after| DeferTimer { received, after })
    }
}

impl Entries {
    /// Removes entries that were dropped without a response, or have expired.
    fn sweep(&mut self, now: Instant) {
        if self.by_id.len() > self.sweep_at {
            self.by_id.retain(|_, entry| {
                entry.responder.strong_count() > 0
                    && now.saturating_duration_since(entry.received) < TOKEN_LIFETIME
            });
            self.sweep_at = self.by_id.len() + ENTRIES_BETWEEN_SWEEPS;
        }
    }
}
