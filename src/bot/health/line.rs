//! The health of a bot in one line, for a log.

use std::fmt;
use std::time::Duration;

use super::health::{HandlerHealth, Health};
use super::meter::SLOW;
use crate::bot::counted::Counted;
use crate::gateway::session::State;
use crate::gateway::shard::ShardHealth;

/// One line for a log: whether the bot is ready and alive, or why not, and the most important figures.
impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems = self.problems();
        match (self.is_alive(), self.is_ready()) {
            (true, true) => f.write_str("ready")?,
            (true, false) => write!(f, "not ready ({})", problems.join(", "))?,
            (false, _) => write!(f, "not alive ({})", problems.join(", "))?,
        }
        self.fmt_shards(f)?;
        let queue = &self.queue;
        write!(f, "; {} queued", Counted(queue.events as u64, "event"))?;
        if let Some(oldest) = queue.oldest {
            write!(f, " for up to {oldest:.1?}")?;
        }
        let received: u64 = self.events.iter().map(|event| event.received).sum();
        write!(f, ", {received} received")?;
        let sum = |value: fn(&HandlerHealth) -> u64| self.handlers.iter().map(value).sum::<u64>();
        let failed = sum(|handler| handler.errors + handler.panics + handler.unreadable);
        write!(
            f,
            "; {} of handlers, {failed} failed, {} slow",
            Counted(sum(|handler| handler.calls), "call"),
            sum(|handler| handler.slow)
        )?;
        // It counts as slow only when it ends. One that is stuck is among the problems.
        if let Some(running) = self.running.as_ref().filter(|running| running.time >= SLOW) {
            if !self.is_stuck() {
                write!(f, ", {} has been running for {:.1?}", running.name, running.time)?;
            }
        }
        self.fmt_rest(f)?;
        self.fmt_interactions(f)?;
        if let Some(http) = &self.http {
            let refused = http.refused + http.unavailable;
            write!(
                f,
                "; {} over HTTP, {refused} refused",
                Counted(http.accepted + http.pings + refused, "request")
            )?;
        }
        if !self.lanes.is_empty() {
            let running: usize = self.lanes.iter().map(|lanes| lanes.running).sum();
            let queued: usize = self.lanes.iter().map(|lanes| lanes.queued).sum();
            write!(f, "; lanes: {running} running, {queued} waiting")?;
        }
        if self.tasks.running > 0 {
            write!(f, "; {}", Counted(self.tasks.running as u64, "task"))?;
        }
        if let Some(cache) = &self.cache {
            write!(
                f,
                "; cache: {}, {}, {}, {:.1} of {:.1} MiB, {} evicted",
                Counted(cache.guilds as u64, "guild"),
                Counted(cache.members as u64, "member"),
                Counted(cache.messages as u64, "message"),
                mib(cache.bytes),
                mib(cache.limit_bytes),
                cache.evicted_members + cache.evicted_messages
            )?;
        }
        if let Some(limit) = &self.identifies {
            write!(f, "; {} of {} identifies left", limit.remaining, limit.total)?;
        }
        Ok(())
    }
}

/// Bytes in MiB, for people.
fn mib(bytes: usize) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

impl Health {
    fn fmt_shards(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.expected_shards == Some(0) {
            return f.write_str("; no gateway connection");
        }
        let ready = self.shards.iter().filter(|shard| shard.state == State::Ready).count();
        write!(f, "; {ready} of {} shards connected", self.expected_shards.unwrap_or(self.shards.len()))?;
        let longest =
            |value: fn(&ShardHealth) -> Option<Duration>| self.shards.iter().filter_map(value).max();
        if let Some(latency) = longest(|shard| shard.latency.last) {
            write!(f, ", latency {latency:.0?}")?;
        }
        if let Some(p99) = longest(|shard| shard.latency.p99) {
            write!(f, " (99 % {p99:.0?})")?;
        }
        let sum = |value: fn(&ShardHealth) -> u64| self.shards.iter().map(value).sum::<u64>();
        write!(
            f,
            ", {} resumed, {} new",
            Counted(sum(|shard| shard.resumed_sessions), "session"),
            sum(|shard| shard.new_sessions)
        )
    }

    fn fmt_rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = &self.rest;
        let calls: u64 = rest.routes.iter().map(|route| route.calls).sum();
        let failed: u64 = rest.routes.iter().flat_map(|route| &route.errors).map(|(_, count)| count).sum();
        let limited = rest.rate_limited.route + rest.rate_limited.global + rest.rate_limited.address;
        let (calls, limited) = (Counted(calls, "REST call"), Counted(limited, "time"));
        write!(f, "; {calls}, {failed} failed, {limited} rate limited")
    }

    fn fmt_interactions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interactions = &self.interactions;
        if interactions.received == 0 && interactions.unhandled == 0 {
            return Ok(());
        }
        write!(f, "; {}", Counted(interactions.received, "interaction"))?;
        for (outcome, count) in &interactions.outcomes {
            write!(f, ", {count} {}", outcome.name().replace('_', " "))?;
        }
        if interactions.unhandled > 0 {
            write!(f, ", {} without a handler", interactions.unhandled)?;
        }
        Ok(())
    }
}
