//! The gateway's address and the identify permits of one process, from REST and the identify budget together.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::bot::registration::retry::{may_pass, retry_pause};
use crate::bot::trouble::{News, Outage, Trouble, WasLasting};
use crate::error::Error;
use crate::gateway::identify::{Applicant, Decision, IdentifyBudget, StartLimit, Used, WaitReason};
use crate::gateway::session::Now;
use crate::gateway::shard::{Admission, IdentifyQueue};
use crate::gateway::shard_id::ShardId;
use crate::model::{GatewayBot, Unreadable, collect_unreadable};
use crate::registry::{Idle, Registry};
use crate::rest::{Client, LimitKey};
use crate::sync::{Mutex, MutexGuard};

/// A response younger than this, less the identifies used since, counts as current: Discord is not asked again.
const FRESH: Duration = Duration::from_secs(2);

/// The [`IdentifyQueue`] of one process, on top of
/// [`GET /gateway/bot`](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
///
/// Before each identify it asks Discord how many are left today. When Discord cannot be reached, it uses the last known
/// count, less the identifies used since, and the last known address.
///
/// All queues of the process with the same token and API address share the limits, because Discord counts by token.
pub struct InMemoryQueue {
    client: Client,
    /// Used instead of every address that Discord returns.
    gateway_url: Option<String>,
    /// Distinguishes the shards of this queue from those of other queues with the same token.
    bot: u64,
    shared: Arc<Shared>,
    trouble: Arc<Trouble>,
}

/// What the queues with one token share.
#[derive(Default)]
struct Shared(Mutex<State>);

static SHARED: Registry<LimitKey, Shared> = Registry::new();

#[derive(Default)]
struct State {
    /// The number of queues that use it.
    queues: usize,
    budget: IdentifyBudget,
    known: Option<Known>,
    /// Failed requests to Discord in a row.
    outage: Outage,
    /// Shards that wait for a long time, with the reason that was logged.
    waiting: HashMap<Applicant, WaitReason>,
}

impl Idle for Shared {
    fn is_idle(&self, now: Instant) -> bool {
        self.0.lock().budget.is_idle(now)
    }
}

#[derive(Clone)]
struct Known {
    url: String,
    asked: Instant,
}

impl State {
    /// Asks the budget. Returns its decision, and whether a long wait has a new reason, which is then logged.
    fn ask(&mut self, now: Instant, shard: Applicant, was_ready: bool) -> (Decision, bool) {
        let decision = self.budget.request(now, shard, was_ready);
        let is_news = match decision {
            Decision::Wait {
                reason: reason @ (WaitReason::Restarts | WaitReason::Pacing | WaitReason::Reserve),
                ..
            } => self.waiting.insert(shard, reason) != Some(reason),
            Decision::Wait { .. } => false,
            _ => {
                self.waiting.remove(&shard);
                false
            }
        };
        (decision, is_news)
    }
}

impl InMemoryQueue {
    /// A queue that asks Discord for everything.
    pub fn new(client: Client) -> InMemoryQueue {
        static LAST_BOT: AtomicU64 = AtomicU64::new(0);
        let bot = LAST_BOT.fetch_add(1, Ordering::Relaxed) + 1;
        let shared = SHARED.get(Instant::now(), client.limit_key().clone(), Shared::default);
        shared.0.lock().queues += 1;
        InMemoryQueue { client, gateway_url: None, bot, shared, trouble: Arc::default() }
    }

    /// Reports trouble as the bot does.
    pub(crate) fn reporting_to(mut self, trouble: &Arc<Trouble>) -> InMemoryQueue {
        self.trouble = Arc::clone(trouble);
        self
    }

    /// Connects to this address instead of those that Discord returns, for a resume too: it stands for the whole
    /// gateway, as a proxy does.
    #[must_use]
    pub fn gateway_url(mut self, url: impl Into<String>) -> InMemoryQueue {
        self.gateway_url = Some(url.into());
        self
    }

    /// Announces the shards that are about to ask for permits.
    pub(crate) fn enqueue(&self, now: Instant, shards: Range<u32>, total: u32) {
        self.lock().budget.enqueue(now, shards.map(|index| self.applicant(ShardId { index, total })));
    }

    /// Records a response of Discord.
    pub(crate) fn learned(&self, now: Instant, answer: &GatewayBot) {
        let mut state = self.lock();
        let limit = &answer.session_start_limit;
        state.budget.update(
            now,
            StartLimit {
                total: limit.total,
                remaining: limit.remaining,
                reset_after: limit.reset_after,
                max_concurrency: limit.max_concurrency,
            },
        );
        state.known = Some(Known { url: answer.url.clone(), asked: now });
        let ended = state.outage.ended();
        drop(state);
        match ended {
            Some(WasLasting(true)) => self.trouble.over(&"Discord responds again"),
            Some(WasLasting(false)) => log::info!("Discord responds again"),
            None => {}
        }
    }

    /// How many identifies are left, if Discord has said it.
    pub fn limit(&self) -> Option<StartLimit> {
        self.lock().budget.limit(Instant::now())
    }

    /// Counts what an earlier process has used. Call it when Discord's limit is known.
    pub(crate) fn restore(&self, shard: u32, used: Used) {
        self.lock().budget.restore(shard, used);
    }

    /// What a shard has used once it identifies now.
    pub(crate) fn used_with_next(&self, shard: ShardId, now: Now) -> Used {
        self.lock().budget.used_with_next(now.mono, shard)
    }

    /// When to ask again, if the known state already shows that the shard must wait for other shards.
    fn queued(&self, shard: ShardId, was_ready: bool) -> Option<Instant> {
        let mut state = self.lock();
        state.known.as_ref()?;
        match state.budget.request(Instant::now(), self.applicant(shard), was_ready) {
            Decision::Wait { until, reason: reason @ (WaitReason::Bucket | WaitReason::Order) } => {
                log::debug!("shard {shard}: {}", reason.explain());
                Some(until)
            }
            _ => None,
        }
    }

    /// The main address. With `refresh`, asks Discord unless it was just asked; holds no lock meanwhile.
    fn main_address(&self, now: Instant, refresh: bool) -> Result<String, Admission> {
        let known = self.lock().known.clone();
        match &known {
            Some(known) if !refresh || now.saturating_duration_since(known.asked) < FRESH => {
                return Ok(self.overridden(&known.url));
            }
            // A resume needs no budget, so Discord does not have to be asked.
            _ if !refresh && self.gateway_url.is_some() => return Ok(self.overridden("")),
            _ => {}
        }
        match ask(&self.client) {
            Ok(answer) => {
                self.learned(Instant::now(), &answer);
                Ok(self.overridden(&answer.url))
            }
            Err(error) if is_final(&error, known.is_some()) => Err(Admission::Refuse(error)),
            Err(error) => {
                let failures = self.failed(&error);
                match known {
                    Some(known) => Ok(self.overridden(&known.url)),
                    None => {
                        let pause = error.retry_after().unwrap_or_default().max(retry_pause(failures));
                        Err(Admission::Wait { until: Instant::now() + pause })
                    }
                }
            }
        }
    }

    fn overridden(&self, url: &str) -> String {
        self.gateway_url.as_deref().unwrap_or(url).to_owned()
    }

    /// Counts a failed request. Of failures in a row, the first one is logged, and then some at growing intervals.
    fn failed(&self, error: &Error) -> u32 {
        let (news, failures) = {
            let mut state = self.lock();
            (state.outage.failed(Instant::now()), state.outage.failures())
        };
        match news {
            News::First => log::warn!("no response from Discord: {error}; retrying until it works"),
            News::Lasting(time) => self.trouble.error(&format_args!(
                "no response from {} for {} s: {error}; retrying until it works",
                self.client.api_url(),
                time.as_secs()
            )),
            News::Nothing => {}
        }
        failures
    }

    fn applicant(&self, shard: ShardId) -> Applicant {
        Applicant { bot: self.bot, shard }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.0.lock()
    }
}

impl Drop for InMemoryQueue {
    fn drop(&mut self) {
        let mut state = self.lock();
        state.queues -= 1;
        state.budget.forget(self.bot);
        state.waiting.retain(|shard, _| shard.bot != self.bot);
        if state.queues == 0 && self.client.limit_key().is_loopback() {
            // Discord is not on this machine. This is a simulated one, and tests that run one bot after another do not
            // wait five seconds before each.
            *state = State::default();
        }
    }
}

impl IdentifyQueue for InMemoryQueue {
    fn address(&self, _: ShardId, resume: Option<&str>, now: Now) -> Admission {
        match resume {
            // An address that the user has set stands for the whole gateway, as a proxy does.
            Some(url) if self.gateway_url.is_none() => Admission::Connect(url.to_owned()),
            _ => self.main_address(now.mono, false).map_or_else(|admission| admission, Admission::Connect),
        }
    }

    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admission {
        // A shard that must let others go first does not ask Discord. One that must not holds its permit meanwhile, so
        // that of each bucket one shard asks at a time.
        if let Some(until) = self.queued(shard, was_ready) {
            return Admission::Wait { until };
        }
        let url = match self.main_address(now.mono, true) {
            Ok(url) => url,
            Err(admission) => {
                self.lock().budget.release(self.applicant(shard));
                return admission;
            }
        };
        // The request may have taken long.
        let now = Instant::now();
        let (decision, is_news) = self.lock().ask(now, self.applicant(shard), was_ready);
        match decision {
            Decision::Permit => Admission::Connect(url),
            Decision::Wait { until, reason } => {
                if is_news {
                    let minutes = until.saturating_duration_since(now).as_secs().div_ceil(60);
                    let explanation = reason.explain();
                    self.trouble.warn(&format_args!(
                        "shard {shard}: {explanation}; it may identify in {minutes} min"
                    ));
                } else {
                    log::debug!("shard {shard}: {}", reason.explain());
                }
                Admission::Wait { until }
            }
            Decision::Refused { remaining, total, until } => {
                let retry_after = until.saturating_duration_since(now);
                Admission::Refuse(Error::IdentifyBudget { remaining, total, retry_after })
            }
        }
    }

    fn identified(&self, shard: ShardId, now: Now) {
        self.lock().budget.identified(now.mono, self.applicant(shard));
    }

    fn release(&self, shard: ShardId, _: Now) {
        self.lock().budget.release(self.applicant(shard));
    }
}

impl fmt::Debug for InMemoryQueue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemoryQueue").field("gateway_url", &self.gateway_url).finish_non_exhaustive()
    }
}

/// Asks Discord for the gateway and the limit of identifies.
///
/// # Errors
///
/// [`Error::Decode`] if a number of the limit, or the number of shards, cannot be used. A default would be a guess, and
/// too many identifies reset the token. The address has a default only at Discord, which is not to receive the token of
/// another server.
pub(crate) fn ask(client: &Client) -> Result<GatewayBot, Error> {
    let (answer, unreadable) = collect_unreadable(|| client.gateway_bot_and_has_url());
    let (answer, has_url) = answer?;
    let is_discord = client.limit_key().is_discord();
    let has_default = |part: &Unreadable| part.path == "url" && is_discord;
    if !has_url && !is_discord && unreadable.is_empty() {
        return Err(Error::decode("a response to GET /gateway/bot", "`url` is missing"));
    }
    match unreadable.iter().find(|part| !has_default(part)) {
        Some(part) => Err(Error::decode("a response to GET /gateway/bot", part.to_string())),
        None => Ok(answer),
    }
}

/// Whether a retry cannot help. Once Discord has responded, only a refused token is final: anything else may be an
/// outage that shows in an unusual way.
fn is_final(error: &Error, responded_before: bool) -> bool {
    match error {
        Error::Token { .. } | Error::Setup { .. } => true,
        error => !responded_before && !may_pass(error),
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Instant, SystemTime};

    use super::{InMemoryQueue, is_final};
    use crate::error::{Error, HttpError};
    use crate::gateway::session::Now;
    use crate::gateway::shard::{Admission, IdentifyQueue};
    use crate::gateway::shard_id::ShardId;
    use crate::json;
    use crate::rest::Client;
    use crate::token::Token;

    fn http(status: u16) -> Error {
        HttpError::new("GET /gateway/bot", status, "").into()
    }

    /// A queue of a bot of Discord that has just learned its limits. It sends nothing.
    pub(in crate::bot::startup) fn queue(token: &str) -> InMemoryQueue {
        let queue = InMemoryQueue::new(Client::new(Token::new(token).unwrap()));
        let gateway = r#"{"url":"wss://gateway.example","shards":1,"session_start_limit":
            {"total":1000,"remaining":900,"reset_after":86400000,"max_concurrency":1}}"#;
        queue.learned(Instant::now(), &json::read(gateway).unwrap());
        queue
    }

    fn now() -> Now {
        Now { mono: Instant::now(), wall: SystemTime::now() }
    }

    #[test]
    fn the_pause_after_an_identify_outlives_the_bot() {
        let shard = ShardId { index: 0, total: 1 };
        let first = queue("one");
        assert!(matches!(first.identify(shard, false, now()), Admission::Connect(_)));
        first.identified(shard, now());
        drop(first);
        let restarted = queue("one");
        let admission = restarted.identify(shard, false, now());
        assert!(matches!(admission, Admission::Wait { until } if until > Instant::now()), "{admission:?}");
        // A bot with another token has other limits.
        assert!(matches!(queue("two").identify(shard, false, now()), Admission::Connect(_)));
    }

    #[test]
    fn a_refused_token_is_final_at_any_time() {
        assert!(is_final(&Error::token("refused"), false));
        assert!(is_final(&Error::token("refused"), true));
        // A response with this status that does not mean the token.
        assert!(!is_final(&http(401), true));
    }

    #[test]
    fn an_outage_is_never_final_and_an_unexpected_response_only_at_first() {
        assert!(!is_final(&http(502), false));
        assert!(is_final(&http(404), false));
        assert!(!is_final(&http(404), true));
    }
}
