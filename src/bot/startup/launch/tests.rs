#![allow(clippy::unwrap_used)]

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Launch;
use crate::bot::context::Shared;
use crate::bot::handler::Gate;
use crate::bot::intents::{Plan, Wishes};
use crate::bot::registration::Registrar;
use crate::bot::startup::explain::{Explainer, TokenSource};
use crate::bot::startup::identify_queue::InMemoryQueue;
use crate::error::Error;
use crate::gateway::socket::SocketConfig;
use crate::rest::Client;
use crate::token::Token;

/// Far longer than anything here takes: only a test that fails waits for it.
const LONG: Duration = Duration::from_secs(60);

/// A launch towards an address where nobody listens.
fn launch() -> Arc<Launch> {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let token = Token::new("token").unwrap();
    let url = format!("http://127.0.0.1:{port}/api/v10");
    let client = Client::builder(token.clone()).api_url(&url).build().unwrap();
    Arc::new(Launch {
        shared: Shared::new(),
        client: client.clone(),
        identify_queue: Arc::new(InMemoryQueue::new(client)),
        explainer: Explainer { token: TokenSource::Argument, plan: Plan::new(&[], Wishes::default()) },
        gate: Gate::default(),
        token,
        presence: None,
        socket: SocketConfig::default(),
        shards: None,
        call_deadline: std::time::Duration::from_secs(10),
        api_url: Some(url),
        registrar: Registrar::default(),
    })
}

/// What the shards ended with, once none runs.
fn failures(launch: &Launch) -> Vec<Error> {
    let queue = &launch.shared.queue;
    queue.wait_for_shards(Instant::now() + LONG);
    assert_eq!(queue.live_shards(), 0);
    queue.drain_inbox().unwrap().failures
}

#[test]
fn a_panic_on_a_shards_thread_becomes_an_error() {
    let launch = launch();
    Arc::clone(&launch).spawn(3, |_| panic!("off by one")).unwrap();
    let failures = failures(&launch);
    assert_eq!(failures.len(), 1);
    for part in ["shard 3", "off by one", "report it"] {
        assert!(failures[0].to_string().contains(part), "{}", failures[0]);
    }
}

#[test]
fn an_error_of_a_shard_is_explained() {
    let launch = launch();
    Arc::clone(&launch).spawn(0, |_| Err(Error::Gateway { code: 4004, problem: String::new() })).unwrap();
    assert!(matches!(failures(&launch)[0], Error::Token { .. }));
}

#[test]
fn a_stop_cuts_the_wait_for_the_network_short() {
    let launch = launch();
    Arc::clone(&launch).spawn(0, Launch::first).unwrap();
    launch.shared.stop();
    assert!(failures(&launch).is_empty());
    assert!(launch.shared.login.get().is_none());
}

#[test]
fn temporary_failures_are_tried_again_until_it_works() {
    let launch = launch();
    let tries = std::cell::Cell::new(0);
    let answer = launch.until_it_works(|| {
        tries.set(tries.get() + 1);
        if tries.get() < 2 { Err(Error::network("ask", "nobody there")) } else { Ok(7) }
    });
    assert_eq!((answer.unwrap(), tries.get()), (Some(7), 2));
}

#[test]
fn a_failure_that_stays_is_not_tried_again_and_blames_the_address_that_was_set() {
    let launch = launch();
    let answer = launch.until_it_works(|| Err::<(), _>(Error::decode("an answer", "not JSON")));
    let error = answer.unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error:?}");
    assert!(error.to_string().contains("DISCORD_API_URL"), "{error}");
}
