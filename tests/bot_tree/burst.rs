//! Many interactions at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use syncord::Bot;
use syncord::sim::Discord;
use syncord::tree::command;

use crate::log_capture;
use crate::rest_server::{Do, Server, ok};
use crate::scene::TIMEOUT;

/// Sends a thousand interactions at once to a bot whose only handler blocks. Returns how many were acknowledged.
fn acknowledged(round_trip: Duration, patience: Duration, set_up: impl FnOnce(&mut Bot<'_>)) -> usize {
    let discord = Discord::builder().timeout(TIMEOUT).start().unwrap();
    let callbacks = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&callbacks);
    let begun = Instant::now();
    let server = Server::deciding(move |_, asked| match asked.line.as_str() {
        "GET /api/v10/users/@me" => ok(r#"{"id":"2","username":"bot"}"#),
        "GET /api/v10/applications/@me" => ok(r#"{"id":"2","flags":0}"#),
        "GET /api/v10/gateway/bot" => ok(r#"{"url":"ws://127.0.0.1:1","shards":1,"session_start_limit":
            {"total":1000,"remaining":1000,"reset_after":1000,"max_concurrency":1}}"#),
        line if line.contains("/callback") => {
            thread::sleep(round_trip);
            count.fetch_add(1, Ordering::Relaxed);
            Do::Answer("204 No Content".to_owned(), Vec::new())
        }
        _ => ok("[]"),
    });
    let mut bot = Bot::new(&discord.token()).unwrap();
    bot.api_url(&server.url).gateway_url(discord.gateway_url()).grace(Duration::ZERO);
    set_up(&mut bot);
    bot.keep_foreign_commands().command(command("slow", "x").run(|cx| {
        while !cx.handle().is_stopped() {
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }));
    let mut acknowledged = 0;
    bot.during(|| {
        for id in 0..1000 {
            discord.dispatch("INTERACTION_CREATE", json!({
                "id": id.to_string(), "application_id": "2", "type": 2, "token": format!("t{id}"), "version": 1,
                "user": {"id": "5", "username": "eve"}, "data": {"id": "9", "name": "slow", "type": 1},
            }));
        }
        // Discord's limit, and time for the last answers.
        while callbacks.load(Ordering::Relaxed) < 1000 && begun.elapsed() < patience {
            thread::sleep(Duration::from_millis(10));
        }
        acknowledged = callbacks.load(Ordering::Relaxed);
        Ok(())
    })
    .unwrap();
    acknowledged
}

#[test]
fn a_thousand_interactions_are_acknowledged_at_long_round_trips_or_those_that_were_not_are_counted() {
    log_capture::listen();
    assert_eq!(acknowledged(Duration::from_millis(400), TIMEOUT, |_| {}), 1000);
    // Two threads cannot do it.
    let sent = acknowledged(Duration::from_millis(400), Duration::from_secs(4), |bot| {
        bot.max_response_threads(2);
    });
    assert!(sent < 100, "{sent}");
    let said = log_capture::take(|line| {
        line.contains("interactions were not acknowledged within Discord's 3 seconds")
    });
    assert!(!said.is_empty());
}
