//! The one place that sends: every request passes [`Http::send`], and waits here if it has to.

mod dead_webhooks;
mod exchange;
mod queue;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ureq::http::StatusCode;

use super::limiter::{Limiter, Ticket};
use super::request::{Body, Request};
use super::response::{self, Answer};
use super::route::{Endpoint, Route};
use super::timeouts::Timeouts;
use super::transport::Secrets;
use crate::backoff::backoff;
use crate::deadline::deadline;
use crate::error::Error;
use dead_webhooks::Gone;
use exchange::{Bounds, Failure};
use queue::{Barred, Gate, Pass};

/// How often a request that Discord held back with a 429 is sent again.
const MAX_REFUSALS: u32 = 5;

/// How often a request that can safely be repeated is, after a 5xx or a broken connection.
const MAX_FAILURES: u32 = 3;

/// The shortest pause after a failure, before jitter; it doubles each time.
const PAUSE: Duration = Duration::from_millis(250);

/// The longest bound of what jitter adds to a pause: that of the last of [`MAX_FAILURES`].
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// What one token's requests share.
pub(super) struct Http {
    agent: ureq::Agent,
    /// Without a slash at its end.
    pub(super) base: String,
    secrets: Arc<Secrets>,
    gate: Gate,
    timeouts: Timeouts,
    /// Discord said that the token is not valid. Asking again would only bring a ban nearer.
    refused: AtomicBool,
    gone: Gone,
}

impl Http {
    pub(super) fn new(
        agent: ureq::Agent,
        base: String,
        secrets: Arc<Secrets>,
        limiter: Limiter,
        timeouts: Timeouts,
    ) -> Http {
        let gate = Gate::new(limiter);
        Http { agent, base, secrets, gate, timeouts, refused: AtomicBool::new(false), gone: Gone::default() }
    }

    /// Sends it, again if need be, and gives the answer if that is a success.
    ///
    /// All of it ends at the deadline: waiting for limits, pauses, and what is under way.
    pub(super) fn send(&self, request: &Request, patience: Duration) -> Result<Answer, Error> {
        let endpoint = request.route.endpoint;
        let is_callback = is_callback(endpoint);
        let patience = if is_callback { patience.min(self.timeouts.callback) } else { patience };
        let deadline = deadline(Instant::now(), patience);
        let (mut refusals, mut failures, mut place) = (0, 0, None);
        loop {
            let pass = self.admit(request, deadline, place)?;
            let bounds = Bounds {
                connect: if is_callback { self.timeouts.callback_connect } else { self.timeouts.connect },
                total: deadline.saturating_duration_since(Instant::now()).min(self.timeouts.request),
                fresh: failures > 0,
            };
            let error = match self.exchange(request, &bounds) {
                Ok(answer) => {
                    let status = answer.status();
                    place = Some(tell(pass, &answer));
                    if status.is_success() {
                        return Ok(answer);
                    }
                    if endpoint.needs_token() && response::refuses_token(&answer) {
                        self.refused.store(true, Ordering::Relaxed);
                        return Err(token_refused());
                    }
                    let error = response::error(endpoint, &answer);
                    self.gone.note(&request.route, &error);
                    if status == StatusCode::TOO_MANY_REQUESTS
                        && refusals < MAX_REFUSALS
                        && can_send_again(request)
                    {
                        refusals += 1;
                        log::warn!(
                            "{endpoint} is rate limited for {:?}",
                            error.retry_after.unwrap_or_default()
                        );
                        continue;
                    }
                    if !(status.is_server_error() && request.repeatable) {
                        return Err(error.into());
                    }
                    error.into()
                }
                Err(Failure::Input(error)) => {
                    pass.unsent();
                    return Err(error);
                }
                Err(Failure::Network { error, unsent, distrusted }) => {
                    place = Some(if unsent { pass.unsent() } else { pass.lost() });
                    let error = Error::network(format!("send {endpoint}"), error);
                    let repeatable = request.repeatable || (unsent && can_send_again(request));
                    if distrusted || !repeatable {
                        return Err(error);
                    }
                    error
                }
            };
            let pause = pause(&error, failures);
            failures += 1;
            if failures > MAX_FAILURES || Instant::now() + pause >= deadline {
                return Err(error);
            }
            log::debug!("trying again in {pause:?}: {error}");
            thread::sleep(pause);
        }
    }

    /// Waits until the limiter lets it go.
    fn admit(&self, request: &Request, deadline: Instant, again: Option<Ticket>) -> Result<Pass<'_>, Error> {
        self.is_of_use(&request.route)?;
        let barred = match self.gate.pass(&request.route, deadline, again) {
            Ok(pass) => {
                // It may have become useless meanwhile.
                if let Err(error) = self.is_of_use(&request.route) {
                    pass.unsent();
                    return Err(error);
                }
                return Ok(pass);
            }
            Err(barred) => barred,
        };
        let endpoint = request.route.endpoint;
        let after = |at: Instant| at.saturating_duration_since(Instant::now());
        Err(match barred {
            Barred::Late(at) => Error::RateLimited { route: endpoint.to_string(), retry_after: after(at) },
            Barred::Stopped { refused, until } => {
                Error::InvalidRequests { refused, retry_after: after(until) }
            }
        })
    }

    /// Whether Discord has not said yet that it will never take the token that goes with it.
    fn is_of_use(&self, route: &Route) -> Result<(), Error> {
        if route.endpoint.needs_token() && self.refused.load(Ordering::Relaxed) {
            return Err(token_refused());
        }
        self.gone.error(route).map_or(Ok(()), |error| Err(error.into()))
    }
}

/// Whether it is the first answer to an interaction, which Discord waits for only so long.
fn is_callback(endpoint: Endpoint) -> bool {
    endpoint.template.starts_with("/interactions/")
}

/// Whether its body can be had once more.
fn can_send_again(request: &Request) -> bool {
    match &request.body {
        Body::Nothing | Body::Json(_) => true,
        Body::Form(form) => form.is_repeatable(),
    }
}

fn tell(pass: Pass<'_>, answer: &Answer) -> Ticket {
    let mut said = response::limits(answer);
    if let Some(refusal) = &mut said.refused {
        // Lest all who were refused together come back together.
        refusal.retry_after += PAUSE.mul_f64(fastrand::f64());
    }
    pass.tell(&said)
}

/// None after the first broken connection, which was most likely an idle one that the other side had closed.
fn pause(error: &Error, failures: u32) -> Duration {
    if failures == 0 && matches!(error, Error::Network { .. }) {
        return Duration::ZERO;
    }
    let jittered = PAUSE + backoff(failures + 1, PAUSE, LONGEST_PAUSE, fastrand::f64());
    jittered.max(error.retry_after().unwrap_or_default())
}

fn token_refused() -> Error {
    Error::token(
        "Discord refused the token (HTTP 401): it was mistyped or has been reset; copy it anew from the Bot page of \
         your application at https://discord.com/developers/applications",
    )
}

#[cfg(test)]
mod tests;
