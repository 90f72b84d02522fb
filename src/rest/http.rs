//! The one place that sends: every request passes [`Http::send`], and waits here if it has to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ureq::SendBody;
use ureq::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use ureq::http::{Request as HttpRequest, StatusCode};

use super::answer::{self, Answer};
use super::limiter::{Ask, Limiter};
use super::request::{Body, Request};
use super::route::{Method, Route};
use super::transport::TOKEN_GOES_HERE;
use crate::error::Error;

/// How often a request that Discord held back with a 429 is sent again.
const MAX_REFUSALS: u32 = 5;

/// How often a request that can safely be repeated is, after a 5xx or a broken connection.
const MAX_FAILURES: u32 = 3;

/// The shortest pause after a failure, before jitter; it doubles each time.
const PAUSE: Duration = Duration::from_millis(250);

/// No answer to what is asked for here comes near this size.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;

/// What one token's requests share.
pub(super) struct Http {
    pub(super) agent: ureq::Agent,
    /// Without a slash at its end.
    pub(super) base: String,
    pub(super) limiter: Mutex<Limiter>,
    /// An answer came: who waits for room may ask again.
    pub(super) answered: Condvar,
    /// Discord said that the token is not valid. Asking again would only bring a ban nearer.
    pub(super) refused: AtomicBool,
}

/// Why there is no answer.
enum Failure {
    /// The request could not be made.
    Input(Error),
    Network(ureq::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Input(error)
    }
}

impl<E: Into<ureq::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::Network(error.into())
    }
}

impl Http {
    /// Sends it, again if need be, and gives the answer if that is a success.
    ///
    /// Waiting for limits and pauses ends at the deadline; what is under way then may still take as
    /// long as its own timeouts.
    pub(super) fn send(&self, request: &Request, patience: Duration) -> Result<Answer, Error> {
        let deadline = Instant::now() + patience;
        let (mut refusals, mut failures) = (0, 0);
        loop {
            self.admit(&request.route, deadline)?;
            let result = self.exchange(request);
            let now = Instant::now();
            let error = match result {
                Ok(answer) => {
                    self.tell(now, &request.route, &answer);
                    let status = answer.status();
                    if status.is_success() {
                        return Ok(answer);
                    }
                    if request.route.endpoint.needs_token() && answer::refuses_token(&answer) {
                        self.refused.store(true, Ordering::Relaxed);
                        return Err(token_refused());
                    }
                    let error = answer::error(request.route.endpoint, &answer);
                    if status == StatusCode::TOO_MANY_REQUESTS && refusals < MAX_REFUSALS {
                        refusals += 1;
                        log::warn!("{} is rate limited for {:?}", request.route.endpoint, error.retry_after);
                        continue;
                    }
                    if !(status.is_server_error() && request.repeatable) {
                        return Err(error.into());
                    }
                    error.into()
                }
                Err(Failure::Input(error)) => {
                    self.lost(now, &request.route);
                    return Err(error);
                }
                Err(Failure::Network(error)) => {
                    self.lost(now, &request.route);
                    let unsent = matches!(error, ureq::Error::HostNotFound | ureq::Error::ConnectionFailed);
                    let doing = format!("send {}", request.route.endpoint);
                    let repeatable = request.repeatable || unsent;
                    let error = match error {
                        // ureq would say "io: " before it.
                        ureq::Error::Io(error) => Error::network(doing, error),
                        error => Error::network(doing, error),
                    };
                    if !repeatable {
                        return Err(error);
                    }
                    error
                }
            };
            let pause = pause(&error, failures);
            failures += 1;
            if failures > MAX_FAILURES || now + pause >= deadline {
                return Err(error);
            }
            log::debug!("trying again in {pause:?}: {error}");
            thread::sleep(pause);
        }
    }

    /// Waits until the limiter lets it go; the lock is not held meanwhile.
    fn admit(&self, route: &Route, deadline: Instant) -> Result<(), Error> {
        let mut limiter = self.limiter();
        loop {
            if self.refused.load(Ordering::Relaxed) {
                return Err(token_refused());
            }
            let now = Instant::now();
            let until = match limiter.ask(now, route) {
                Ask::Go => return Ok(()),
                Ask::Wait(until) => until,
            };
            if until > deadline {
                let retry_after = until.saturating_duration_since(now);
                return Err(Error::RateLimited { route: route.endpoint.to_string(), retry_after });
            }
            let wait = until.saturating_duration_since(now);
            limiter = self.answered.wait_timeout(limiter, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn exchange(&self, request: &Request) -> Result<Answer, Failure> {
        let endpoint = request.route.endpoint;
        let uri = [self.base.as_str(), request.route.path.as_str()].concat();
        let mut builder = HttpRequest::builder().method(endpoint.method.name()).uri(uri);
        if endpoint.needs_token() {
            builder = builder.header(AUTHORIZATION, TOKEN_GOES_HERE);
        }
        if let Some(reason) = &request.reason {
            builder = builder.header("X-Audit-Log-Reason", &**reason);
        }
        let response = match (&request.body, endpoint.method) {
            (Body::Json(json), _) => {
                self.agent.run(builder.header(CONTENT_TYPE, "application/json").body(json.as_slice())?)
            }
            (Body::Form(form), _) => {
                let boundary = format!("syncord{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
                let mut open = form.open(&boundary)?;
                builder = builder.header(CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"));
                if let Some(length) = open.length() {
                    builder = builder.header(CONTENT_LENGTH, length);
                }
                self.agent.run(builder.body(SendBody::from_reader(&mut open))?)
            }
            (Body::Nothing, Method::Patch | Method::Post | Method::Put) => {
                self.agent.run(builder.body(&[][..])?)
            }
            (Body::Nothing, Method::Get | Method::Delete) => self.agent.run(builder.body(())?),
        }?;
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(MAX_ANSWER).read_to_vec()?;
        Ok(Answer::from_parts(parts, body))
    }

    fn tell(&self, now: Instant, route: &Route, answer: &Answer) {
        let said = answer::limits(answer);
        self.limiter().tell(now, route, &said);
        self.answered.notify_all();
    }

    fn lost(&self, now: Instant, route: &Route) {
        self.limiter().lost(now, route);
        self.answered.notify_all();
    }

    fn limiter(&self) -> MutexGuard<'_, Limiter> {
        // It is only ever left between whole steps.
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// None after the first broken connection, which was most likely an idle one that the other side had closed.
fn pause(error: &Error, failures: u32) -> Duration {
    if failures == 0 && matches!(error, Error::Network { .. }) {
        return Duration::ZERO;
    }
    let longest = PAUSE * 2_u32.pow(failures + 1);
    let jittered = PAUSE + longest.mul_f64(fastrand::f64());
    jittered.max(error.retry_after().unwrap_or_default())
}

fn token_refused() -> Error {
    Error::token(
        "Discord refused the token (HTTP 401): it was mistyped or has been reset; copy it anew from the Bot page of \
         your application at https://discord.com/developers/applications",
    )
}
