//! Reading the health of a bot: from its shards, its queue and its counters.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::health::{
    BotState, EventHealth, HandlerHealth, Health, HttpHealth, LanesHealth, QueueHealth, RunningHandler,
    TaskHealth,
};
use super::report::StopReport;
use crate::bot::context::{Context, Handle, ShardHandle, Shared};
use crate::bot::event_loop::Running;
use crate::bot::threads::queue::QueueState;
use crate::gateway::intents::EVENTS;
use crate::gateway::shard::ShardHealth;
use crate::rest::Client;

/// The name of all events that are not in the table.
const OTHER: &str = "other";

impl Running<'_> {
    /// The health of the bot at this moment.
    pub fn health(&self) -> Health {
        self.handle().health()
    }
}

impl Handle {
    /// The health of the bot at this moment. It is readable while the bot's thread is in a handler, and after the bot's end.
    pub fn health(&self) -> Health {
        read(self.shared(), Instant::now())
    }

    /// What the stop of the bot has dropped. `None` before the bot has ended.
    pub fn stop_report(&self) -> Option<StopReport> {
        self.shared().health.stop_report.get().cloned()
    }
}

impl Context {
    /// The health of the bot at this moment.
    pub fn health(&self) -> Health {
        read(self.shared(), Instant::now())
    }
}

pub(super) fn read(shared: &Shared, now: Instant) -> Health {
    let shards = shared.shards();
    let queue = shared.queue.read(now);
    let running = shared.health.calls.running(now).and_then(|(place, time)| {
        let name = shared.health.handlers.name(place)?;
        Some(RunningHandler { name, time })
    });
    Health {
        state: state(shared, &queue),
        expected_shards: queue.expected_shards,
        shards: shards.iter().map(|handle| shard(handle, &queue, now)).collect(),
        queue: QueueHealth {
            events: queue.load.events,
            bytes: queue.load.bytes,
            max_events: queue.limits.events,
            max_bytes: queue.limits.bytes,
            oldest: queue.oldest.map(|at| now.saturating_duration_since(at)),
            posts: queue.messages,
        },
        events: events(shared, &shards),
        handlers: handlers(shared),
        running,
        lanes: lanes(shared),
        tasks: TaskHealth { running: shared.tasks.running(), max: shared.tasks.max() },
        interactions: shared.interactions.health(),
        http: http(shared),
        rest: shared.client.get().map(Client::health).unwrap_or_default(),
        cache: shared.cache.get().map(|cached| cached.cache.health()),
        identifies: shared.health.identifies.get().and_then(|read| read()),
        stuck_after: shared.health.calls.stuck_after(),
    }
}

#[cfg(feature = "http-interactions")]
fn http(shared: &Shared) -> Option<HttpHealth> {
    shared.http.health()
}

#[cfg(not(feature = "http-interactions"))]
fn http(_: &Shared) -> Option<HttpHealth> {
    None
}

fn state(shared: &Shared, queue: &QueueState) -> BotState {
    if queue.is_over {
        BotState::Ended
    } else if queue.is_stopped {
        BotState::Stopping
    } else if shared.login.get().is_some() {
        BotState::Running
    } else {
        BotState::Starting
    }
}

fn shard(handle: &ShardHandle, queue: &QueueState, now: Instant) -> ShardHealth {
    let mut health = handle.meter.read(now);
    if queue.is_over {
        return health;
    }
    // Counted by two threads, so the difference may be off for a moment.
    health.queued = handle.events.queued.get().saturating_sub(handle.events.handled.get());
    let waiting = queue.by_shard.get(&handle.id.index);
    let in_batches = waiting.map_or(0, |(count, _)| *count as u64);
    // What does not wait in the queue is in the batch that is being handled, which is older.
    let since = if health.queued > in_batches { queue.oldest } else { waiting.map(|(_, since)| *since) };
    health.oldest_queued =
        since.filter(|_| health.queued > 0).map(|since| now.saturating_duration_since(since));
    health
}

fn events(shared: &Shared, shards: &[ShardHandle]) -> Vec<EventHealth> {
    let names = EVENTS.iter().map(|event| event.name).chain([OTHER]);
    let mut events: Vec<EventHealth> = names
        .zip(shared.health.calls.delivered.read())
        .map(|(name, delivered)| EventHealth { name, received: 0, delivered })
        .collect();
    for shard in shards {
        for (event, received) in events.iter_mut().zip(shard.events.received.read()) {
            event.received += received;
        }
    }
    events.retain(|event| event.received > 0);
    events
}

/// The handlers, of which those with the same name are added together.
fn handlers(shared: &Shared) -> Vec<HandlerHealth> {
    let mut handlers: Vec<HandlerHealth> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for id in shared.health.handlers.ids() {
        let name = id.to_string();
        let place = *places.entry(name).or_insert_with_key(|name| {
            handlers.push(HandlerHealth {
                name: name.clone(),
                calls: 0,
                errors: 0,
                panics: 0,
                unreadable: 0,
                slow: 0,
                time: Duration::ZERO,
            });
            handlers.len() - 1
        });
        let (handler, meter) = (&mut handlers[place], &id.meter);
        handler.calls += meter.calls.get();
        handler.errors += meter.errors.get();
        handler.panics += meter.panics.get();
        handler.unreadable += meter.unreadable.get();
        handler.slow += meter.slow.get();
        handler.time += Duration::from_nanos(meter.nanos.get());
    }
    handlers
}

/// The lanes, of which those that were created at the same place are added together.
fn lanes(shared: &Shared) -> Vec<LanesHealth> {
    let mut all: Vec<LanesHealth> = Vec::new();
    for lanes in shared.health.lanes.get().map(|read| read()).unwrap_or_default() {
        match all.iter_mut().find(|known| known.name == lanes.name) {
            Some(known) => {
                known.threads += lanes.threads;
                known.running += lanes.running;
                known.queued += lanes.queued;
                known.limit += lanes.limit;
                known.oldest = known.oldest.max(lanes.oldest);
                known.dropped += lanes.dropped;
            }
            None => all.push(lanes),
        }
    }
    all
}
