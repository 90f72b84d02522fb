//! What the clients of one process share: Discord counts requests by token and by IP address, not by client.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::address_block::AddressBlock;
use super::dead_webhooks::DeadWebhooks;
use super::queue::RequestQueue;
use crate::registry::{Idle, Registry};
use crate::rest::limiter::Owner;
use crate::rest::limits::LimitKey;
use crate::rest::route::Endpoint;
use crate::sync::Mutex;

/// How long a refused token is not used. Refused requests count for ten minutes, and one in that time harms nothing. So
/// a token that was refused by mistake works again.
const REFUSED_FOR: Duration = Duration::from_secs(600);

static ADDRESSES: Registry<String, AddressLimits> = Registry::new();
static TOKENS: Registry<LimitKey, TokenLimits> = Registry::new();

/// What all requests to one address of the API share.
#[derive(Default)]
pub(super) struct AddressLimits {
    pub(super) queue: RequestQueue,
    pub(super) dead_webhooks: DeadWebhooks,
    pub(super) block: Mutex<AddressBlock>,
}

impl Idle for AddressLimits {
    fn is_idle(&self, now: Instant) -> bool {
        self.queue.is_idle(now) && self.block.lock().is_over(now)
    }
}

/// Called when Discord refuses the token.
pub(crate) type OnRefused = Arc<dyn Fn() + Send + Sync>;

/// What all requests with one token, or without one, to one address share.
pub(super) struct TokenLimits {
    pub(super) address: Arc<AddressLimits>,
    owner: Owner,
    refused_until: Mutex<Option<Instant>>,
    on_refused: Mutex<Vec<Weak<dyn Fn() + Send + Sync>>>,
}

impl TokenLimits {
    /// The limits of a token. `per_second` sets its global limit.
    pub(super) fn shared(key: &LimitKey, per_second: Option<u32>) -> Arc<TokenLimits> {
        let now = Instant::now();
        let address = ADDRESSES.get(now, key.address().to_owned(), AddressLimits::default);
        let create = || TokenLimits {
            address,
            owner: key.owner(),
            refused_until: Mutex::new(None),
            on_refused: Mutex::new(Vec::new()),
        };
        let limits = TOKENS.get(now, key.clone(), create);
        if let Some(per_second) = per_second {
            limits.address.queue.set_per_second(limits.owner, per_second);
        }
        limits
    }

    /// Whose limits a request counts towards. One with a token in its path does not use the bot's.
    pub(super) fn owner_of(&self, endpoint: Endpoint) -> Owner {
        if endpoint.needs_token() { self.owner } else { Owner::Address }
    }

    pub(super) fn is_refused(&self, now: Instant) -> bool {
        self.refused_until.lock().is_some_and(|until| now < until)
    }

    /// Records that Discord refused the token.
    pub(super) fn refuse(&self, now: Instant) {
        *self.refused_until.lock() = Some(now + REFUSED_FOR);
        let listeners: Vec<_> = {
            let mut listeners = self.on_refused.lock();
            listeners.retain(|listener| listener.strong_count() > 0);
            listeners.iter().filter_map(Weak::upgrade).collect()
        };
        for listener in listeners {
            listener();
        }
    }

    /// Calls `listener` when Discord refuses the token, as long as the caller keeps it.
    pub(super) fn on_refused(&self, listener: &OnRefused) {
        let mut listeners = self.on_refused.lock();
        listeners.retain(|listener| listener.strong_count() > 0);
        listeners.push(Arc::downgrade(listener));
    }
}

impl Idle for TokenLimits {
    fn is_idle(&self, now: Instant) -> bool {
        !self.is_refused(now) && self.address.queue.is_owner_idle(now, self.owner)
    }
}

impl Drop for TokenLimits {
    fn drop(&mut self) {
        if self.owner != Owner::Address {
            self.address.queue.remove_owner(self.owner);
        }
    }
}

impl fmt::Debug for TokenLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenLimits").field("owner", &self.owner).finish_non_exhaustive()
    }
}
