//! The health of a bot in one line, for a log.

use std::fmt;
use std::time::Duration;

use super::health::{HandlerHealth, Health};
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
        write!(f, "; {} events queued", queue.events)?;
        if let Some(oldest) = queue.oldest {
            write!(f, " for up to {oldest:.1?}")?;
        }
        let received: u64 = self.events.iter().map(|event| event.received).sum();
        write!(f, ", {received} received")?;
        let sum = |value: fn(&HandlerHealth) -> u64| self.handlers.iter().map(value).sum::<u64>();
        let failed = sum(|handler| handler.errors + handler.panics + handler.unreadable);
        write!(
            f,
            "; {} calls of handlers, {failed} failed, {} slow",
            sum(|handler| handler.calls),
            sum(|handler| handler.slow)
        )?;
        self.fmt_rest(f)?;
        self.fmt_interactions(f)?;
        if !self.lanes.is_empty() {
            let running: usize = self.lanes.iter().map(|lanes| lanes.running).sum();
            let queued: usize = self.lanes.iter().map(|lanes| lanes.queued).sum();
            write!(f, "; lanes: {running} running, {queued} waiting")?;
        }
        if self.tasks.running > 0 {
            write!(f, "; {} tasks", self.tasks.running)?;
        }
        if let Some(cache) = &self.cache {
            write!(
                f,
                "; cache: {} guilds, {} members, {} messages, {:.1} of {:.1} MiB, {} evicted",
                cache.guilds,
                cache.members,
                cache.messages,
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
            ", {} sessions resumed, {} new",
            sum(|shard| shard.resumed_sessions),
            sum(|shard| shard.new_sessions)
        )
    }

    fn fmt_rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = &self.rest;
        let calls: u64 = rest.routes.iter().map(|route| route.calls).sum();
        let failed: u64 = rest.routes.iter().flat_map(|route| &route.errors).map(|(_, count)| count).sum();
        let limited = rest.rate_limited.route + rest.rate_limited.global + rest.rate_limited.address;
        write!(f, "; {calls} REST calls, {failed} failed, {limited} times rate limited")
    }

    fn fmt_interactions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interactions = &self.interactions;
        if interactions.received == 0 {
            return Ok(());
        }
        write!(f, "; {} interactions", interactions.received)?;
        for (outcome, count) in &interactions.outcomes {
            write!(f, ", {count} {}", outcome.name().replace('_', " "))?;
        }
        Ok(())
    }
}
