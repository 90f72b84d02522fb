//! The health of a bot in Prometheus's
//! [text exposition format](https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).

use std::fmt::{self, Write as _};
use std::time::Duration;

use super::health::{HandlerHealth, Health, HttpHealth, LanesHealth};
use crate::cache::CacheHealth;
use crate::counters::Histogram;
use crate::gateway::session::{DisconnectCause, State};
use crate::gateway::shard::ShardHealth;
use crate::interaction::InteractionOutcome;
use crate::rest::RouteHealth;

impl Health {
    /// The media type of [`to_prometheus`](Health::to_prometheus), for the header `Content-Type`.
    pub const PROMETHEUS_MEDIA_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// The health in Prometheus's text exposition format.
    ///
    /// The names begin with `syncord_` and follow Prometheus's conventions: base units, `_total` for counters. The labels are
    /// shards, events, routes, handlers and lanes, so their number does not grow while the bot runs.
    /// [The guide](crate::guide::operations) says what each figure means.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let bot = discord.bot();
    /// let text = bot.health().to_prometheus();
    /// assert!(text.contains("# TYPE syncord_ready gauge\nsyncord_ready 0\n"));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "metrics")]
    pub fn to_prometheus(&self) -> String {
        let mut text = Text::default();
        self.write_bot(&mut text);
        self.write_shards(&mut text);
        self.write_connections(&mut text);
        self.write_queue(&mut text);
        self.write_handlers(&mut text);
        self.write_lanes_and_tasks(&mut text);
        self.write_interactions(&mut text);
        if let Some(http) = &self.http {
            write_http(http, &mut text);
        }
        self.write_rest(&mut text);
        if let Some(cache) = &self.cache {
            write_cache(cache, &mut text);
        }
        text.0
    }

    fn write_bot(&self, text: &mut Text) {
        let version = sample(1_u64).label("version", env!("CARGO_PKG_VERSION"));
        text.gauge("syncord_build_info", "The version of the library.", [version]);
        text.gauge("syncord_ready", "Whether all shards are connected.", [sample(self.is_ready())]);
        text.gauge("syncord_alive", "Whether there is no reason to restart.", [sample(self.is_alive())]);
        let running = self.running.as_ref().map_or(Duration::ZERO, |running| running.time);
        text.gauge(
            "syncord_handler_running_seconds",
            "How long the handler on the bot's thread has been running.",
            [sample(running)],
        );
        let expected = self.expected_shards.map(sample);
        text.gauge("syncord_shards", "The number of shards that this process runs.", expected);
        let Some(limit) = &self.identifies else { return };
        let remaining = [sample(u64::from(limit.remaining))];
        text.gauge("syncord_identifies_remaining", "Identifies left until the reset.", remaining);
        let total = [sample(u64::from(limit.total))];
        text.gauge("syncord_identifies_limit", "Identifies per day.", total);
        let reset = [sample(limit.reset_after)];
        text.gauge("syncord_identifies_reset_seconds", "Time until the reset of the identifies.", reset);
    }

    fn write_shards(&self, text: &mut Text) {
        text.gauge(
            "syncord_shard_ready",
            "Whether the shard has identified or resumed.",
            self.of_shards(|shard| Some(sample(shard.state == State::Ready))),
        );
        text.gauge(
            "syncord_shard_last_frame_age_seconds",
            "Time since anything was received from Discord.",
            self.of_shards(|shard| shard.last_frame.map(sample)),
        );
        text.gauge(
            "syncord_shard_reading_paused",
            "Whether reading is paused because handlers are slower than Discord.",
            self.of_shards(|shard| Some(sample(shard.is_reading_paused))),
        );
        text.gauge(
            "syncord_shard_identify_wait_seconds",
            "Time until the shard may identify; 0 if it does not wait for that.",
            self.of_shards(|shard| Some(sample(shard.identify_wait.unwrap_or_default()))),
        );
        text.gauge(
            "syncord_shard_queued_events",
            "Events that wait for handlers.",
            self.of_shards(|shard| Some(sample(shard.queued))),
        );
        text.gauge(
            "syncord_shard_oldest_queued_event_age_seconds",
            "How long the oldest event has been waiting for its handlers; 0 if none waits.",
            self.of_shards(|shard| Some(sample(shard.oldest_queued.unwrap_or_default()))),
        );
        text.gauge(
            "syncord_shard_last_heartbeat_latency_seconds",
            "How long Discord took to acknowledge the last heartbeat.",
            self.of_shards(|shard| shard.latency.last.map(sample)),
        );
        text.family(
            "syncord_shard_heartbeat_latency_seconds",
            "summary",
            "How long Discord took to acknowledge heartbeats. The quantile is that of the last 128.",
        );
        for shard in &self.shards {
            let (latency, index) = (&shard.latency, shard.shard.index);
            let name = "syncord_shard_heartbeat_latency_seconds";
            if let Some(p99) = latency.p99 {
                text.sample(name, sample(p99).label("shard", index).label("quantile", "0.99"));
            }
            text.sample(&format!("{name}_sum"), sample(latency.sum).label("shard", index));
            text.sample(&format!("{name}_count"), sample(latency.count).label("shard", index));
        }
    }

    fn write_connections(&self, text: &mut Text) {
        text.counter(
            "syncord_shard_identifies_total",
            "Identifies that were sent.",
            self.of_shards(|shard| Some(sample(shard.identifies))),
        );
        text.counter(
            "syncord_shard_new_sessions_total",
            "New sessions.",
            self.of_shards(|shard| Some(sample(shard.new_sessions))),
        );
        text.counter(
            "syncord_shard_resumed_sessions_total",
            "Times that the session was resumed.",
            self.of_shards(|shard| Some(sample(shard.resumed_sessions))),
        );
        text.counter(
            "syncord_shard_gaps_total",
            "Times that events were lost, or may have been.",
            self.of_shards(|shard| Some(sample(shard.gaps))),
        );
        text.counter(
            "syncord_shard_failed_connections_total",
            "Connections that could not be opened.",
            self.of_shards(|shard| Some(sample(shard.failed_connections))),
        );
        let causes = DisconnectCause::ALL.map(|cause| {
            let ends = self.shards.iter().flat_map(|shard| &shard.disconnects);
            let count: u64 = ends.filter(|(of, _)| *of == cause).map(|(_, count)| count).sum();
            sample(count).label("cause", cause.name())
        });
        text.counter("syncord_disconnects_total", "Connections of all shards that ended, by cause.", causes);
    }

    fn write_queue(&self, text: &mut Text) {
        let queue = &self.queue;
        text.gauge("syncord_queue_events", "Events that wait or are handled.", [sample(queue.events)]);
        text.gauge("syncord_queue_bytes", "The size of these events.", [sample(queue.bytes)]);
        let max = [sample(queue.max_events)];
        text.gauge("syncord_queue_events_limit", "The number at which shards stop reading.", max);
        let max = [sample(queue.max_bytes)];
        text.gauge("syncord_queue_bytes_limit", "The size at which shards stop reading.", max);
        let oldest = [sample(queue.oldest.unwrap_or_default())];
        text.gauge(
            "syncord_queue_oldest_event_age_seconds",
            "The age of the oldest of these events.",
            oldest,
        );
        text.gauge("syncord_queue_posts", "Posted closures that wait.", [sample(queue.posts)]);
        let received = self.events.iter().map(|event| sample(event.received).label("event", event.name));
        text.counter("syncord_events_received_total", "Events that were received.", received);
        let delivered = self.events.iter().map(|event| sample(event.delivered).label("event", event.name));
        text.counter("syncord_events_delivered_total", "Events whose handlers were called.", delivered);
    }

    fn write_handlers(&self, text: &mut Text) {
        let of_handlers = |value: fn(&HandlerHealth) -> Number| {
            self.handlers.iter().map(move |handler| sample(value(handler)).label("handler", &handler.name))
        };
        text.counter("syncord_handler_calls_total", "Calls of handlers.", of_handlers(|h| h.calls.into()));
        text.counter(
            "syncord_handler_errors_total",
            "Calls of handlers that returned an error.",
            of_handlers(|handler| handler.errors.into()),
        );
        text.counter(
            "syncord_handler_panics_total",
            "Calls of handlers that panicked.",
            of_handlers(|handler| handler.panics.into()),
        );
        text.counter(
            "syncord_handler_unreadable_events_total",
            "Events for which a handler was not called because they could not be read.",
            of_handlers(|handler| handler.unreadable.into()),
        );
        text.counter(
            "syncord_handler_slow_calls_total",
            "Slow calls of handlers on the bot's thread.",
            of_handlers(|handler| handler.slow.into()),
        );
        text.counter(
            "syncord_handler_seconds_total",
            "How long all calls of a handler took together.",
            of_handlers(|handler| handler.time.into()),
        );
    }

    fn write_lanes_and_tasks(&self, text: &mut Text) {
        let of_lanes = |value: fn(&LanesHealth) -> Number| {
            self.lanes.iter().map(move |lanes| sample(value(lanes)).label("lanes", &lanes.name))
        };
        text.gauge("syncord_lanes_threads", "Maximum number of threads.", of_lanes(|l| l.threads.into()));
        text.gauge("syncord_lanes_running_jobs", "Running jobs.", of_lanes(|l| l.running.into()));
        text.gauge("syncord_lanes_queued_jobs", "Waiting jobs.", of_lanes(|lanes| lanes.queued.into()));
        text.gauge("syncord_lanes_queued_jobs_limit", "Maximum of these.", of_lanes(|l| l.limit.into()));
        text.gauge(
            "syncord_lanes_oldest_job_age_seconds",
            "How long the oldest job has been waiting or running; 0 if there is none.",
            of_lanes(|lanes| lanes.oldest.unwrap_or_default().into()),
        );
        text.counter(
            "syncord_lanes_dropped_jobs_total",
            "Jobs that were dropped because there was no room.",
            of_lanes(|lanes| lanes.dropped.into()),
        );
        text.gauge("syncord_tasks_running", "Running tasks.", [sample(self.tasks.running)]);
        text.gauge("syncord_tasks_limit", "Maximum number of running tasks.", [sample(self.tasks.max)]);
    }

    fn write_interactions(&self, text: &mut Text) {
        let interactions = &self.interactions;
        let received = [sample(interactions.received)];
        text.counter("syncord_interactions_received_total", "Interactions that were received.", received);
        let waiting = [sample(interactions.waiting)];
        text.gauge("syncord_interactions_waiting", "Interactions whose user waits for the bot.", waiting);
        let unhandled = [sample(interactions.unhandled)];
        text.counter("syncord_interactions_unhandled_total", "Interactions that nothing handled.", unhandled);
        let outcomes = InteractionOutcome::ALL.map(|outcome| {
            let known = interactions.outcomes.iter().find(|(of, _)| *of == outcome);
            sample(known.map_or(0, |(_, count)| *count)).label("outcome", outcome.name())
        });
        text.counter("syncord_interaction_outcomes_total", "Interactions by their first response.", outcomes);
        text.histogram(
            "syncord_interaction_first_response_seconds",
            "How long the first response to an interaction took. Discord waits 3 seconds.",
            &interactions.first_response,
        );
    }

    fn write_rest(&self, text: &mut Text) {
        let of_routes = |value: fn(&RouteHealth) -> Number| {
            self.rest.routes.iter().map(move |route| sample(value(route)).label("route", &route.route))
        };
        text.counter("syncord_rest_calls_total", "REST calls that ended.", of_routes(|r| r.calls.into()));
        text.counter(
            "syncord_rest_requests_total",
            "Requests that were sent, with retries.",
            of_routes(|route| route.requests.into()),
        );
        text.counter(
            "syncord_rest_rate_limit_waits_total",
            "Requests that waited for a rate limit.",
            of_routes(|route| route.waits.into()),
        );
        text.counter(
            "syncord_rest_rate_limit_wait_seconds_total",
            "How long requests waited for rate limits.",
            of_routes(|route| route.wait_time.into()),
        );
        let errors = self.rest.routes.iter().flat_map(|route| {
            let errors = route.errors.iter();
            errors.map(move |(kind, count)| {
                sample(*count).label("route", &route.route).label("kind", kind.name())
            })
        });
        text.counter("syncord_rest_errors_total", "REST calls that failed.", errors);
        let limited = &self.rest.rate_limited;
        let limited = [("route", limited.route), ("global", limited.global), ("address", limited.address)]
            .map(|(limit, count)| sample(count).label("limit", limit));
        text.counter(
            "syncord_rest_rate_limited_responses_total",
            "Responses with status 429, by the limit that was exceeded.",
            limited,
        );
        let in_flight = [sample(self.rest.in_flight)];
        text.gauge("syncord_rest_calls_in_flight", "REST calls in progress.", in_flight);
        text.gauge(
            "syncord_rest_refused_requests",
            "Requests that Discord refused in the last ten minutes (401, 403, 429).",
            [sample(u64::from(self.rest.refused))],
        );
        text.gauge(
            "syncord_rest_refused_requests_limit",
            "The number of these at which all requests stop.",
            [sample(u64::from(self.rest.max_refused))],
        );
        let help = "How long REST calls took, with waits and retries.";
        text.histogram("syncord_rest_call_duration_seconds", help, &self.rest.time);
    }

    fn of_shards(&self, value: impl Fn(&ShardHealth) -> Option<Sample>) -> impl Iterator<Item = Sample> {
        let shards = self.shards.iter();
        shards.filter_map(move |shard| Some(value(shard)?.label("shard", shard.shard.index)))
    }
}

fn write_http(http: &HttpHealth, text: &mut Text) {
    let outcomes = [
        ("accepted", http.accepted),
        ("ping", http.pings),
        ("refused", http.refused),
        ("unavailable", http.unavailable),
    ];
    let outcomes = outcomes.map(|(outcome, count)| sample(count).label("outcome", outcome));
    text.counter(
        "syncord_http_requests_total",
        "Requests that the bot received over HTTP, by outcome.",
        outcomes,
    );
}

fn write_cache(cache: &CacheHealth, text: &mut Text) {
    let entries = [
        ("guilds", cache.guilds),
        ("roles", cache.roles),
        ("channels", cache.channels),
        ("emojis", cache.emojis),
        ("members", cache.members),
        ("users", cache.users),
        ("messages", cache.messages),
        ("voice_states", cache.voice_states),
        ("presences", cache.presences),
    ];
    let entries = entries.map(|(kind, count)| sample(count).label("kind", kind));
    text.gauge("syncord_cache_entries", "Objects in the cache, by kind.", entries);
    text.gauge("syncord_cache_bytes", "The memory that the cache takes.", [sample(cache.bytes)]);
    text.gauge("syncord_cache_bytes_limit", "Maximum of these.", [sample(cache.limit_bytes)]);
    text.counter("syncord_cache_hits_total", "Lookups of what the cache knew.", [sample(cache.hits)]);
    text.counter("syncord_cache_misses_total", "Lookups of what it did not know.", [sample(cache.misses)]);
    let evicted = [("members", cache.evicted_members), ("messages", cache.evicted_messages)];
    let evicted = evicted.map(|(kind, count)| sample(count).label("kind", kind));
    text.counter("syncord_cache_evictions_total", "Objects that were removed to keep the limit.", evicted);
}

/// One line of a metric: its labels and its value.
struct Sample {
    labels: String,
    value: Number,
}

/// The value of a sample. Durations are in seconds.
enum Number {
    Whole(u64),
    Seconds(Duration),
}

fn sample(value: impl Into<Number>) -> Sample {
    Sample { labels: String::new(), value: value.into() }
}

impl Sample {
    fn label(mut self, name: &str, value: impl fmt::Display) -> Sample {
        let comma = if self.labels.is_empty() { "" } else { "," };
        let value = value.to_string().replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n");
        // Writing to a `String` cannot fail.
        let _ = write!(self.labels, "{comma}{name}=\"{value}\"");
        self
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Number {
        Number::Whole(number)
    }
}

impl From<usize> for Number {
    fn from(number: usize) -> Number {
        Number::Whole(number as u64)
    }
}

impl From<bool> for Number {
    fn from(is_true: bool) -> Number {
        Number::Whole(is_true.into())
    }
}

impl From<Duration> for Number {
    fn from(time: Duration) -> Number {
        Number::Seconds(time)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Whole(number) => number.fmt(f),
            Number::Seconds(time) => time.as_secs_f64().fmt(f),
        }
    }
}

/// The text that is being written.
#[derive(Default)]
struct Text(String);

// Writing to a `String` cannot fail, so the results are not used.
impl Text {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let help = help.replace('\\', r"\\").replace('\n', r"\n");
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, Sample { labels, value }: Sample) {
        let _ = match labels.as_str() {
            "" => writeln!(self.0, "{name} {value}"),
            labels => writeln!(self.0, "{name}{{{labels}}} {value}"),
        };
    }

    fn gauge(&mut self, name: &str, help: &str, samples: impl IntoIterator<Item = Sample>) {
        self.samples(name, "gauge", help, samples);
    }

    fn counter(&mut self, name: &str, help: &str, samples: impl IntoIterator<Item = Sample>) {
        self.samples(name, "counter", help, samples);
    }

    fn samples(&mut self, name: &str, kind: &str, help: &str, samples: impl IntoIterator<Item = Sample>) {
        let mut samples = samples.into_iter().peekable();
        if samples.peek().is_some() {
            self.family(name, kind, help);
            samples.for_each(|sample| self.sample(name, sample));
        }
    }

    fn histogram(&mut self, name: &str, help: &str, histogram: &Histogram) {
        self.family(name, "histogram", help);
        let bucket = format!("{name}_bucket");
        for (bound, total) in histogram.buckets() {
            self.sample(&bucket, sample(total).label("le", bound.as_secs_f64()));
        }
        self.sample(&bucket, sample(histogram.count()).label("le", "+Inf"));
        self.sample(&format!("{name}_sum"), sample(histogram.sum()));
        self.sample(&format!("{name}_count"), sample(histogram.count()));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Text, sample};
    use crate::counters::DurationCounts;

    #[test]
    fn labels_and_help_are_escaped() {
        let mut text = Text::default();
        let value = "a \"b\" c:\\d\nline 2";
        text.counter(
            "a_total",
            "Help with \\ and\nline 2.",
            [sample(7_u64).label("of", value).label("n", 3)],
        );
        let expected = "# HELP a_total Help with \\\\ and\\nline 2.\n# TYPE a_total counter\n\
                        a_total{of=\"a \\\"b\\\" c:\\\\d\\nline 2\",n=\"3\"} 7\n";
        assert_eq!(text.0, expected);
    }

    #[test]
    fn a_metric_without_samples_is_left_out() {
        let mut text = Text::default();
        text.gauge("a", "A.", None);
        text.gauge("b", "B.", [sample(Duration::from_millis(1500))]);
        assert_eq!(text.0, "# HELP b B.\n# TYPE b gauge\nb 1.5\n");
    }

    #[test]
    fn a_histogram_has_cumulative_buckets_in_seconds() {
        let (mut text, counts) = (Text::default(), DurationCounts::default());
        counts.record(Duration::from_millis(20));
        counts.record(Duration::from_secs(60));
        text.histogram("t_seconds", "T.", &counts.read());
        for line in ["le=\"0.01\"} 0", "le=\"0.05\"} 1", "le=\"10\"} 1", "le=\"+Inf\"} 2"] {
            assert!(text.0.contains(&format!("t_seconds_bucket{{{line}\n")), "{line}: {}", text.0);
        }
        assert!(text.0.ends_with("t_seconds_sum 60.02\nt_seconds_count 2\n"), "{}", text.0);
    }
}
