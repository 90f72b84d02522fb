//! The metrics of a bot, read by a parser of Prometheus's text format.

use std::collections::BTreeSet;
use std::time::Duration;

use openmetrics_parser::prometheus::parse_prometheus;
use openmetrics_parser::{MetricFamily, MetricsExposition, PrometheusType, PrometheusValue};
use syncord::bot::Health;
use syncord::events::MessageCreate;
use syncord::sim::Discord;
use syncord::tree::{CustomId, command};
use syncord::{Cache, Lanes};

type Family = MetricFamily<PrometheusType, PrometheusValue>;
type Metrics = MetricsExposition<PrometheusType, PrometheusValue>;

/// A custom ID with characters that a label must escape.
const ODD: CustomId<(u32,)> = CustomId::new("a\\b\"c/{n}");

/// The health of a bot that has done a bit of everything, and is still running.
fn health_of_a_busy_bot() -> Health {
    let discord = Discord::builder()
        .timeout(Duration::from_secs(30))
        .heartbeat_interval(Duration::from_millis(200))
        .shards(2)
        .start()
        .unwrap();
    let (ann, general, lanes) = (discord.member("ann"), discord.channel("general"), Lanes::new(2));
    let mut health = None;
    let mut bot = discord.bot();
    bot.cache(Cache::new().guilds());
    bot.on_error(|_, _| {});
    bot.on_message(|cx, message| {
        assert_ne!(message.content, "panic", "on purpose");
        if !message.author.bot {
            cx.reply(message, "received")?;
        }
        Ok(())
    });
    bot.on_in::<MessageCreate>(&lanes, |_, _| Ok(()));
    bot.command(command("ping", "x").run(|cx| cx.reply("pong")));
    bot.component(ODD.run(|cx, _| cx.reply("done")));
    bot.interactions_over_http("127.0.0.1:0");
    let handle = bot.handle();
    bot.during(|| {
        ann.says(&general, "hello");
        general.next_message()?;
        ann.says(&general, "panic");
        ann.uses(&general, "/ping")?.reply()?;
        discord.wait_until("the panic, the end of the interaction, and a heartbeat of each shard", |_| {
            let health = handle.health();
            health.handlers.iter().any(|handler| handler.panics == 1)
                && health.interactions.outcomes.iter().any(|(_, count)| *count > 0)
                && health.shards.iter().all(|shard| shard.latency.count > 0)
        })?;
        health = Some(handle.health());
        Ok(())
    })
    .unwrap();
    health.unwrap()
}

fn parse(health: &Health) -> Metrics {
    let text = health.to_prometheus();
    parse_prometheus(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The value of the sample with these values of its labels.
fn value(metrics: &Metrics, name: &str, labels: &[&str]) -> f64 {
    let family = metrics.families.get(name).unwrap_or_else(|| panic!("no {name}"));
    let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    let sample = family.get_sample_by_label_values(&labels).unwrap_or_else(|| panic!("no {name} {labels:?}"));
    match &sample.value {
        PrometheusValue::Counter(counter) => counter.value.as_f64(),
        PrometheusValue::Gauge(number) | PrometheusValue::Unknown(number) => number.as_f64(),
        PrometheusValue::Histogram(histogram) => histogram.count.unwrap() as f64,
        PrometheusValue::Summary(summary) => summary.count.unwrap() as f64,
    }
}

#[test]
fn a_parser_reads_the_values_of_the_health() {
    let health = health_of_a_busy_bot();
    let metrics = parse(&health);
    assert_eq!(value(&metrics, "syncord_ready", &[]), 1.0);
    assert_eq!(value(&metrics, "syncord_shards", &[]), 2.0);
    assert_eq!(value(&metrics, "syncord_shard_identifies_total", &["1"]), 1.0);
    assert_eq!(value(&metrics, "syncord_events_received_total", &["READY"]), 2.0);
    let handler = health.handlers.iter().find(|handler| handler.name.starts_with("on_message")).unwrap();
    assert_eq!(value(&metrics, "syncord_handler_panics_total", &[&handler.name]), 1.0);
    let odd = health.handlers.iter().find(|handler| handler.name.starts_with("component")).unwrap();
    assert!(odd.name.contains("a\\b\"c"), "{odd:?}");
    assert_eq!(value(&metrics, "syncord_handler_calls_total", &[&odd.name]), 0.0);
    let messages = "POST /channels/{channel_id}/messages";
    assert_eq!(value(&metrics, "syncord_rest_calls_total", &[messages]), 1.0);
    assert_eq!(value(&metrics, "syncord_interaction_outcomes_total", &["responded"]), 1.0);
    assert_eq!(value(&metrics, "syncord_interaction_first_response_seconds", &[]), 1.0);
    let calls: u64 = health.rest.routes.iter().map(|route| route.calls).sum();
    assert_eq!(value(&metrics, "syncord_rest_call_duration_seconds", &[]), calls as f64);
}

#[test]
fn names_and_units_follow_the_conventions_of_prometheus() {
    let metrics = parse(&health_of_a_busy_bot());
    for (name, family) in &metrics.families {
        let is_snake = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(name.starts_with("syncord_") && is_snake, "{name}");
        assert_eq!(name.ends_with("_total"), family.family_type == PrometheusType::Counter, "{name}");
        assert!(family.help.ends_with('.'), "{name}: {}", family.help);
        let has_no_base_unit = ["_ms", "_millis", "_minutes", "_kib"].iter().any(|unit| name.contains(unit));
        assert!(!has_no_base_unit, "{name}");
        let is_time = name.contains("_age") || name.contains("latency") || name.contains("duration");
        assert!(!is_time || name.ends_with("_seconds"), "{name}");
    }
}

#[test]
fn no_label_has_values_without_a_bound() {
    let metrics = parse(&health_of_a_busy_bot());
    let labels: BTreeSet<&str> =
        metrics.families.values().flat_map(Family::get_label_names).map(String::as_str).collect();
    let bounded =
        ["cause", "event", "handler", "kind", "lanes", "limit", "outcome", "route", "shard", "version"];
    assert!(labels.iter().all(|label| bounded.contains(label)), "{labels:?}");
    // Paths have placeholders, not IDs.
    let routes = metrics.families["syncord_rest_calls_total"].iter_samples();
    for route in routes.map(|sample| sample.get_labelset().unwrap()) {
        let route = route.get_label_value("route").unwrap();
        let digits = route.chars().filter(char::is_ascii_digit).count();
        assert!(digits == 0, "{route}");
    }
}

#[test]
fn every_metric_of_the_guide_exists() {
    let mut metrics: BTreeSet<String> = parse(&health_of_a_busy_bot()).families.into_keys().collect();
    // Nothing has failed, so it has no samples.
    metrics.insert("syncord_rest_errors_total".to_owned());
    let guide = include_str!("../../docs/operations.md");
    let words = guide.split(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    let names: BTreeSet<&str> = words.filter(|word| word.starts_with("syncord_")).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        let name = name.strip_suffix("_bucket").unwrap_or(name);
        assert!(name == "syncord_" || metrics.contains(name), "the guide names {name}");
    }
}
