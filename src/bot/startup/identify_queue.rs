//! Where shards get the gateway's address and their permits to log in: REST and the budget together.

use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, Instant};

use crate::backoff::backoff;
use crate::error::Error;
use crate::gateway::identify::{Decision, IdentifyBudget, StartLimit, WaitReason};
use crate::gateway::session::Now;
use crate::gateway::shard::{Admission, Admit};
use crate::gateway::shard_id::ShardId;
use crate::model::GatewayBot;
use crate::rest::Client;
use crate::sync::{Mutex, MutexGuard};

/// An answer of Discord's that is not older than this, less own use, is as good as a new one.
const FRESH: Duration = Duration::from_secs(2);
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The way into the gateway for the shards of one process, on top of
/// [`GET /gateway/bot`](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
///
/// It asks Discord anew before each login how many are left today. When Discord cannot be asked, the last known
/// count less own use decides, and the last known address is used.
pub struct Entry {
    client: Client,
    instead: Option<String>,
    state: Mutex<State>,
}

struct State {
    budget: IdentifyBudget,
    known: Option<Known>,
    /// How often in a row Discord could not be asked.
    failures: u32,
    /// Shards that wait long, and what for, as the log has it.
    waiting: HashMap<ShardId, WaitReason>,
}

#[derive(Clone)]
struct Known {
    url: String,
    asked: Instant,
}

impl State {
    /// The budget's answer, and whether it is news that the shard waits long.
    fn ask(&mut self, now: Instant, shard: ShardId, was_ready: bool) -> (Decision, bool) {
        let answer = self.budget.request(now, shard, was_ready);
        let is_news = match answer {
            Decision::Wait { reason: reason @ (WaitReason::Pacing | WaitReason::Reserve), .. } => {
                self.waiting.insert(shard, reason) != Some(reason)
            }
            Decision::Wait { .. } => false,
            _ => {
                self.waiting.remove(&shard);
                false
            }
        };
        (answer, is_news)
    }
}

impl Entry {
    /// An entry that asks Discord for everything.
    pub fn new(client: Client) -> Entry {
        let state =
            State { budget: IdentifyBudget::new(), known: None, failures: 0, waiting: HashMap::new() };
        Entry { client, instead: None, state: Mutex::new(state) }
    }

    /// Connects to this address instead of those that Discord gives, for a resume too: it stands for all of the
    /// gateway, as a proxy does.
    pub fn gateway_url(mut self, url: impl Into<String>) -> Entry {
        self.instead = Some(url.into());
        self
    }

    /// So many shards are about to ask for permits.
    pub(crate) fn line_up(&self, now: Instant, total: u32) {
        self.lock().budget.enqueue(now, (0..total).map(|index| ShardId { index, total }));
    }

    /// Takes note of an answer of Discord's.
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
        let failures = std::mem::take(&mut state.failures);
        drop(state);
        if failures > 0 {
            log::info!("Discord answers again");
        }
    }

    /// When to ask again, if the shard has to wait for other shards by what is known.
    fn queued(&self, shard: ShardId, was_ready: bool) -> Option<Instant> {
        let mut state = self.lock();
        state.known.as_ref()?;
        match state.budget.request(Instant::now(), shard, was_ready) {
            Decision::Wait { until, reason: reason @ (WaitReason::Bucket | WaitReason::Order) } => {
                log::debug!("shard {shard}: {}", reason.explain());
                Some(until)
            }
            _ => None,
        }
    }

    /// The main address. With `anew`, Discord is asked unless it just was; no lock is held meanwhile.
    fn main_address(&self, now: Instant, anew: bool) -> Result<String, Admit> {
        let known = self.lock().known.clone();
        match &known {
            Some(known) if !anew || now.saturating_duration_since(known.asked) < FRESH => {
                return Ok(self.or_instead(&known.url));
            }
            // A resume needs no budget, and thus nothing that Discord would have to be asked for.
            _ if !anew && self.instead.is_some() => return Ok(self.or_instead("")),
            _ => {}
        }
        match self.client.gateway_bot() {
            Ok(answer) => {
                self.learned(Instant::now(), &answer);
                Ok(self.or_instead(&answer.url))
            }
            Err(error) if is_final(&error, known.is_some()) => Err(Admit::Refuse(error)),
            Err(error) => {
                let failures = self.failed(&error);
                match known {
                    Some(known) => Ok(self.or_instead(&known.url)),
                    None => {
                        let pause = error.retry_after().unwrap_or_default().max(retry_pause(failures));
                        Err(Admit::Later { at: Instant::now() + pause })
                    }
                }
            }
        }
    }

    fn or_instead(&self, url: &str) -> String {
        self.instead.as_deref().unwrap_or(url).to_owned()
    }

    /// Counts a failure to ask; only the first in a row is worth a line.
    fn failed(&self, error: &Error) -> u32 {
        let failures = {
            let mut state = self.lock();
            state.failures = state.failures.saturating_add(1);
            state.failures
        };
        if failures == 1 {
            log::warn!("no answer from Discord: {error}; trying again until it works");
        }
        failures
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl Admission for Entry {
    fn address(&self, _: ShardId, resume: Option<&str>, now: Now) -> Admit {
        match resume {
            // An address of the user's own stands for all of the gateway, as a proxy does.
            Some(url) if self.instead.is_none() => Admit::Open(url.to_owned()),
            _ => self.main_address(now.mono, false).map_or_else(|admit| admit, Admit::Open),
        }
    }

    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admit {
        // Who has to let another shard go first does not have Discord asked; who has not, holds the permit meanwhile, so
        // that of each bucket one asks at a time.
        if let Some(until) = self.queued(shard, was_ready) {
            return Admit::Later { at: until };
        }
        let url = match self.main_address(now.mono, true) {
            Ok(url) => url,
            Err(admit) => {
                self.lock().budget.release(shard);
                return admit;
            }
        };
        // The request may have taken long.
        let now = Instant::now();
        let (answer, is_news) = self.lock().ask(now, shard, was_ready);
        match answer {
            Decision::Permit => Admit::Open(url),
            Decision::Wait { until, reason } => {
                if is_news {
                    let minutes = until.saturating_duration_since(now).as_secs().div_ceil(60);
                    log::warn!("shard {shard}: {}; it may log in in {minutes} min", reason.explain());
                } else {
                    log::debug!("shard {shard}: {}", reason.explain());
                }
                Admit::Later { at: until }
            }
            Decision::Refused { remaining, total, until } => {
                let retry_after = until.saturating_duration_since(now);
                Admit::Refuse(Error::IdentifyBudget { remaining, total, retry_after })
            }
        }
    }

    fn identified(&self, shard: ShardId, now: Now) {
        self.lock().budget.identified(now.mono, shard);
    }

    fn unused(&self, shard: ShardId, _: Now) {
        self.lock().budget.release(shard);
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("instead", &self.instead).finish_non_exhaustive()
    }
}

/// Whether trying again is of no use. Once Discord has answered, only a refused token is: anything else
/// may be an outage with an odd face.
fn is_final(error: &Error, answered_before: bool) -> bool {
    match error {
        Error::Http(e) if e.status == 401 => true,
        Error::Token { .. } | Error::Setup { .. } => true,
        error => !answered_before && !error.is_temporary(),
    }
}

/// How long to wait after this many failures in a row: doubling, jittered, at most a minute.
pub(crate) fn retry_pause(failures: u32) -> Duration {
    let jitter = 0.25 + 0.75 * fastrand::f64();
    backoff(failures.saturating_sub(1), FIRST_PAUSE, LONGEST_PAUSE, jitter)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST_PAUSE, is_final, retry_pause};
    use crate::error::{Error, HttpError};

    fn http(status: u16) -> Error {
        HttpError::new("GET /gateway/bot", status, "").into()
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_are_never_nothing() {
        for (failures, longest) in [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (u32::MAX, 60)]
        {
            for _ in 0..100 {
                let pause = retry_pause(failures);
                assert!(pause <= Duration::from_secs(longest), "{failures}: {pause:?}");
                assert!(pause >= Duration::from_secs(longest) / 4, "{failures}: {pause:?}");
            }
        }
        assert!(retry_pause(u32::MAX) <= LONGEST_PAUSE);
    }

    #[test]
    fn a_refused_token_is_final_at_any_time() {
        assert!(is_final(&http(401), false));
        assert!(is_final(&http(401), true));
    }

    #[test]
    fn an_outage_is_never_final_and_an_odd_answer_only_at_first() {
        assert!(!is_final(&http(502), false));
        assert!(is_final(&http(404), false));
        assert!(!is_final(&http(404), true));
    }
}
