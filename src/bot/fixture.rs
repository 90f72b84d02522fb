//! What the tests of this module share.
#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::sync::Arc;

use serde::Deserialize;

use crate::bot::context::{Context, Identity, Shared};
use crate::bot::threads::batch::{Batch, QueueSize};
use crate::bot::threads::queue::DEFAULT_LIMITS;
use crate::gateway::event::Event;
use crate::gateway::intents::Intents;
use crate::gateway::session::Dispatch;
use crate::json::transparent;
use crate::rest::Client;
use crate::token::Token;

thread_local! {
    /// How many numbers this thread has read.
    pub(super) static READ: Cell<u32> = const { Cell::new(0) };
}

/// An event that is a number, sent as `MESSAGE_CREATE`.
pub(super) struct Number(pub(super) u32);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        READ.set(READ.get() + 1);
        u32::deserialize(deserializer).map(Number)
    }
}

impl Event for Number {
    const NAME: &'static str = "MESSAGE_CREATE";
}

/// The same event with another type, as a program may define it.
pub(super) struct Other(pub(super) u64);

transparent!(Other);

impl Event for Other {
    const NAME: &'static str = "MESSAGE_CREATE";
}

pub(super) fn login() -> Arc<Identity> {
    let client = Client::new(Token::new("token").unwrap());
    Arc::new(Identity {
        ending_client: client.ending_with_bot(),
        client,
        me: Arc::new(serde_json::from_str(r#"{"id":"1","username":"bot","discriminator":"0"}"#).unwrap()),
        application: None,
        shards: 0..3,
        total: 3,
        intents: Intents::empty(),
    })
}

/// A bot's shared part, logged in, with one shard running.
pub(super) fn shared(limits: QueueSize) -> Arc<Shared> {
    let shared = Shared::with_limits(limits);
    assert!(shared.login.set(login()).is_ok());
    shared.queue.shard_begins();
    shared.queue.wake();
    shared
}

pub(super) fn context() -> Context {
    Context::new(shared(DEFAULT_LIMITS), login())
}

/// A batch of events of shard 0.
pub(super) fn batch(events: &[(&str, &str)]) -> Batch {
    let mut batch = Batch::default();
    for (name, data) in events {
        batch.push_event(0, &Dispatch::new(None, *name, data), 0);
    }
    batch
}
