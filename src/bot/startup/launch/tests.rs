#![allow(clippy::unwrap_used)]

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Launch, MAX_SHARDS, check_count};
use crate::bot::context::Shared;
use crate::bot::handler::EventFilter;
use crate::bot::intents::{IntentOverrides, IntentReport};
use crate::bot::invite::Invite;
use crate::bot::registration::Registrar;
use crate::bot::startup::config::Config;
use crate::bot::startup::explain::TokenSource;
use crate::error::Error;
use crate::token::Token;

/// Far longer than anything here takes: only a test that fails waits for it.
const LONG: Duration = Duration::from_secs(60);

/// A launch with an address on which no server listens.
fn launch() -> Arc<Launch> {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut config = Config::new(Token::new("token").unwrap(), TokenSource::Argument);
    config.api_url = Some(format!("http://127.0.0.1:{port}/api/v10"));
    let plan = IntentReport::new(&[], IntentOverrides::default());
    let client = config.client(None).unwrap();
    let (filter, registrar, invite) = (EventFilter::default(), Registrar::default(), Invite::default());
    Arc::new(Launch::new(Shared::new(), client, config, plan, filter, registrar, invite))
}

/// What the shards ended with, once none runs.
fn failures(launch: &Launch) -> Vec<Error> {
    let queue = &launch.shared.queue;
    queue.wait_for_shards(Instant::now() + LONG);
    assert_eq!(queue.live_shards(), 0);
    queue.take_posted().unwrap().failures
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
fn an_absurd_number_of_shards_is_an_error_that_names_it() {
    assert!(check_count(MAX_SHARDS, 1).is_ok());
    let error = check_count(4_294_967_295, u32::MAX).unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error}");
    assert!(error.to_string().contains("4294967295"), "{error}");
}
