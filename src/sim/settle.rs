//! Waits until a bot has handled everything.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::discord::Discord;
use super::error::SimError;
use super::fault::Fault;
use super::hub::{Hub, State};
use super::local_bots::{LocalBot, are_idle};
use super::log::timeout_error;
use super::outgoing::Outgoing;
use super::peer::ConnectionId;
use crate::deadline::deadline;

/// How long a bot must be idle that cannot be asked whether it is.
const QUIET: Duration = Duration::from_millis(300);
/// How long a bot must be idle that says so itself. What it has just received may not be in its queue yet.
const QUIET_IF_IDLE: Duration = Duration::from_millis(20);
/// How often a bot is asked whether it is idle.
const CHECK_INTERVAL: Duration = Duration::from_millis(5);

impl Discord {
    /// Waits until the bot has handled everything that has happened: it has received all events, no request is under way,
    /// and nothing new follows.
    ///
    /// A bot of this process whose handlers run on its own thread ([`Discord::bot`]) knows when it is idle: this takes about
    /// 20 ms. Of other bots, and of bots with tasks, this waits until they have been quiet for 300 ms. Timers of
    /// a bot do not count.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when the bot does not become quiet in time, for example because it answers itself.
    pub fn settle(&self) -> Result<(), SimError> {
        settle(&self.hub, self.timeout)
    }

    /// Adds and removes bots of this process.
    pub(crate) fn local_bots(&self) -> LocalBotsOf {
        LocalBotsOf(Arc::clone(&self.hub))
    }
}

/// The bots of this process that a simulated Discord knows.
pub(crate) struct LocalBotsOf(Arc<Hub>);

impl LocalBotsOf {
    #[cfg(feature = "http-interactions")]
    pub(super) fn hub(&self) -> &Hub {
        &self.0
    }

    /// Adds a bot, until the result is dropped.
    pub(crate) fn add(self, bot: Arc<dyn LocalBot>) -> Attached {
        let number = self.0.change_silently(|state| state.local_bots.add(bot));
        Attached { hub: self.0, number }
    }
}

/// A bot that a simulated Discord knows.
pub(crate) struct Attached {
    hub: Arc<Hub>,
    number: u64,
}

impl Drop for Attached {
    fn drop(&mut self) {
        let removed = self.hub.change_silently(|state| state.local_bots.remove(self.number));
        // It holds the bot's state, whose end must not happen under the lock.
        drop(removed);
    }
}

/// Waits until all bots are idle.
pub(super) fn settle(hub: &Hub, timeout: Duration) -> Result<(), SimError> {
    let end = deadline(Instant::now(), timeout);
    let too_late = || timeout_error(hub, timeout, "the bot to settle");
    loop {
        let start = Instant::now();
        wait_for_clients(hub, end).ok_or_else(too_late)?;
        loop {
            if Instant::now() >= end {
                return Err(too_late());
            }
            let bots = hub.read(|state| state.local_bots.all());
            let is_idle = are_idle(&bots);
            // Read after the bots were asked: what an idle bot has sent is counted here.
            let (in_flight, last_activity) = hub.read(|state| (state.in_flight, state.last_activity));
            let quiet = last_activity.max(start).elapsed();
            let needed = if is_idle == Some(true) { QUIET_IF_IDLE } else { QUIET };
            if in_flight > 0 || is_idle == Some(false) || quiet < needed {
                std::thread::sleep(CHECK_INTERVAL);
                continue;
            }
            // Something that happened meanwhile may have caused events that are still on their way.
            if last_activity <= start {
                return Ok(());
            }
            break;
        }
    }
}

/// Waits until all clients have read everything that was sent before. `None` if that takes too long.
///
/// A bot of this process answers pings, which cost nothing. A heartbeat counts for the 120 payloads that it may send in a
/// minute. Other clients may answer a ping before they look at what they have read, so these are asked for heartbeats.
pub(super) fn wait_for_clients(hub: &Hub, end: Instant) -> Option<()> {
    let are_local = !hub.read(|state| state.local_bots.all().is_empty());
    // What a client has read before its first answer is handed on before the second one.
    (0..2).try_for_each(|_| if are_local { wait_for_pongs(hub, end) } else { wait_for_heartbeats(hub, end) })
}

/// Pings the connections with a session, and waits for the answers. A connection that ends meanwhile needs none.
fn wait_for_pongs(hub: &Hub, end: Instant) -> Option<()> {
    let (number, conns) = hub.change(|state, _| {
        let number = state.pings.next();
        let conns: Vec<_> = state.peer.connections();
        let conns: Vec<_> = conns.into_iter().filter(|conn| state.peer.session(*conn).is_some()).collect();
        state.send_to(&conns, || Outgoing::ping(number));
        (number, conns)
    });
    let is_done = |state: &State, conn: &ConnectionId| {
        !state.senders.contains_key(conn) || state.pings.has_answered(*conn, number)
    };
    let left = end.saturating_duration_since(Instant::now());
    hub.wait_for(left, || hub.read(|state| conns.iter().all(|conn| is_done(state, conn)).then_some(())))
}

/// Asks all clients for a heartbeat, and waits for it. `None` if it does not arrive in time.
fn wait_for_heartbeats(hub: &Hub, end: Instant) -> Option<()> {
    let expected = hub.change(|state, now| {
        let sessions = state.peer.live_sessions() as u64;
        let expected = state.peer.counters().heartbeats + sessions;
        if sessions > 0 {
            state.fault(now, Fault::RequestHeartbeat, None);
        }
        expected
    });
    let left = end.saturating_duration_since(Instant::now());
    hub.wait_for(left, || hub.read(|state| (state.peer.counters().heartbeats >= expected).then_some(())))
}
