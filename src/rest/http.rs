//! Sends requests: every request passes [`Http::send`], and waits here if it has to.

mod address_block;
#[cfg(feature = "__counts")]
pub(super) mod counts;
mod dead_webhooks;
mod download;
mod exchange;
mod queue;
mod record;
mod shared;

use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::{StatusCode, Uri};

use super::cut::{Call, CutSwitch};
use super::form::OpenForm;
use super::limiter::{RateLimitScope, Ticket};
use super::limits::LimitKey;
use super::meter::{RestHealth, RestMeter};
use super::request::{Body, Request};
use super::response::{self, Response};
use super::route::{CURRENT_USER, Endpoint, Route};
use super::timeouts::{CallTimeout, Timeouts};
use super::transport::Secrets;
use crate::backoff::backoff;
use crate::deadline::deadline;
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::model::limits::MAX_ATTACHMENT_SIZE;
use crate::recording::Recorder;
pub(super) use download::Opened;
use exchange::{Bounds, Exchange, Failure};
use queue::{Permit, Rejected};
pub(crate) use shared::OnRefused;
use shared::TokenLimits;

/// Maximum length of a URL, in bytes. ureq writes the first 16 KiB of a head in one piece, and the token is inserted into that.
const MAX_URL: usize = 16_000;

/// Maximum number of retries after a 429.
const MAX_RATE_LIMIT_RETRIES: u32 = 5;

/// Maximum number of retries of a repeatable request after a 5xx or a broken connection.
const MAX_RETRIES: u32 = 3;

/// The shortest pause before a retry, without jitter. It doubles with each retry.
const PAUSE: Duration = Duration::from_millis(250);

/// Maximum that jitter adds to a pause, which is that of the last of [`MAX_RETRIES`].
const MAX_PAUSE: Duration = Duration::from_secs(4);

/// The state that all requests of one client share.
pub(super) struct Http {
    exchange: Exchange,
    key: LimitKey,
    limits: Arc<TokenLimits>,
    timeouts: Timeouts,
    meter: RestMeter,
    /// `None` unless the bot records what it sends.
    recorder: Option<Arc<Recorder>>,
}

/// The result of one attempt to send a request.
enum Attempt {
    Done(Response),
    /// Discord responded with a 429: the limiter decides when to send again.
    RateLimited,
    Retry {
        error: Error,
        pause: Duration,
    },
    Failed(Error),
}

/// The state of one call over its attempts.
struct Progress {
    deadline: Instant,
    /// The form that is sent, with its files.
    form: Option<OpenForm>,
    /// Keeps the call's place in its queue.
    ticket: Option<Ticket>,
    rate_limit_retries: u32,
    index_retries: u32,
    failures: u32,
}

impl Progress {
    fn new(deadline: Instant, form: Option<OpenForm>) -> Progress {
        Progress { deadline, form, ticket: None, rate_limit_retries: 0, index_retries: 0, failures: 0 }
    }

    /// Retries after a failure, unless there were too many or the deadline is too near.
    fn retry(&mut self, error: Error) -> Attempt {
        let pause = pause(&error, self.failures);
        self.failures += 1;
        if self.failures > MAX_RETRIES || Instant::now() + pause >= self.deadline {
            return Attempt::Failed(error);
        }
        Attempt::Retry { error, pause }
    }

    /// Retries once Discord's index may be ready, unless the deadline is too near.
    fn wait_for_index(&mut self, error: Error) -> Attempt {
        let pause = error.retry_after().unwrap_or_default();
        let pause = pause.max(backoff(self.index_retries, PAUSE, MAX_PAUSE, 1.0));
        self.index_retries += 1;
        if Instant::now() + pause >= self.deadline {
            return Attempt::Failed(error);
        }
        Attempt::Retry { error, pause }
    }
}

impl Http {
    pub(super) fn new(
        agent: ureq::Agent,
        base: String,
        secrets: Arc<Secrets>,
        key: LimitKey,
        per_second: Option<u32>,
        timeouts: Timeouts,
        recorder: Option<Arc<Recorder>>,
    ) -> Http {
        let limits = TokenLimits::shared(&key, per_second);
        let exchange = Exchange { agent, base, secrets };
        Http { exchange, key, limits, timeouts, meter: RestMeter::default(), recorder }
    }

    /// The base URL, without a slash at the end.
    pub(super) fn base(&self) -> &str {
        &self.exchange.base
    }

    pub(super) fn limit_key(&self) -> &LimitKey {
        &self.key
    }

    /// What was counted of the calls.
    pub(super) fn health(&self) -> RestHealth {
        self.meter.read(self.limits.address.queue.refused())
    }

    /// Calls `listener` when Discord refuses the token, as long as the caller keeps it.
    pub(super) fn on_token_refused(&self, listener: &OnRefused) {
        self.limits.on_refused(listener);
    }

    /// Sends a request, with retries where they are safe, and returns the response if it is a success.
    ///
    /// The timeout covers everything: waiting for rate limits, pauses, and the requests themselves.
    pub(super) fn send(
        &self,
        request: &Request,
        timeout: CallTimeout,
        cut: Option<&CutSwitch>,
    ) -> Result<Response, Error> {
        let begun = Instant::now();
        let measured = self.meter.begin(request.route.endpoint, begun);
        measured.ended(self.send_until(request, timeout, cut, begun))
    }

    /// Sends a request, which was begun at this time.
    fn send_until(
        &self,
        request: &Request,
        timeout: CallTimeout,
        cut: Option<&CutSwitch>,
        begun: Instant,
    ) -> Result<Response, Error> {
        check_path(self.base(), &request.route)?;
        let call = Call::begin(cut, request.route.endpoint)?;
        let is_callback = is_callback(request.route.endpoint);
        // The files are opened once, so that each attempt sends the same.
        let (form, size) = match &request.body {
            Body::Form(form) => {
                let form = form.open(request.max_file_size)?;
                let size = form.length().unwrap_or(MAX_ATTACHMENT_SIZE);
                (Some(form), size)
            }
            Body::Json(json) => (None, json.len() as u64),
            Body::Nothing => (None, 0),
        };
        let timeout = timeout.with_body(size, &self.timeouts);
        let timeout = if is_callback { timeout.min(self.timeouts.callback) } else { timeout };
        let deadline = deadline(begun, timeout);
        let mut progress = Progress::new(deadline, form);
        loop {
            match self.attempt(request, &mut progress, &call) {
                Attempt::Done(response) => return Ok(response),
                Attempt::Failed(error) => return Err(error),
                Attempt::RateLimited => {}
                Attempt::Retry { error, pause } => {
                    log::debug!("retrying in {pause:?}: {error}");
                    call.pause(pause);
                }
            }
        }
    }

    fn attempt(&self, request: &Request, progress: &mut Progress, call: &Call) -> Attempt {
        let permit = match self.admit(request, progress.deadline, progress.ticket, call) {
            Ok(permit) => permit,
            Err(error) => return Attempt::Failed(error),
        };
        let is_callback = is_callback(request.route.endpoint);
        let bounds = Bounds {
            connect: if is_callback { self.timeouts.callback_connect } else { self.timeouts.connect },
            total: progress.deadline.saturating_duration_since(Instant::now()),
            new_connection: progress.failures > 0,
        };
        let begun = Instant::now();
        let result = call.run(|| self.exchange.run(request, progress.form.as_mut(), &bounds));
        if let Some(recorder) = &self.recorder {
            record::record(recorder, request, begun, &result);
        }
        match result {
            Ok(response) => {
                progress.ticket = Some(self.complete(request.route.endpoint, permit, &response));
                self.evaluate(request, progress, response, call)
            }
            Err(Failure::Invalid(error)) => {
                permit.cancel();
                Attempt::Failed(error)
            }
            Err(Failure::Network { error, not_sent, bad_certificate }) => {
                progress.ticket = Some(if not_sent { permit.cancel() } else { permit.lost() });
                if call.is_cut() {
                    return Attempt::Failed(Error::Stopped);
                }
                let error = Error::network(format!("send {}", request.route.endpoint), error);
                let is_repeatable = request.repeatable || (not_sent && has_repeatable_body(request));
                if bad_certificate || !is_repeatable {
                    return Attempt::Failed(error);
                }
                progress.retry(error)
            }
        }
    }

    /// Opens a file on another path than the API's, without the token. The caller has checked the URL. `shown` is what
    /// errors show of it.
    pub(super) fn open(
        &self,
        url: &Uri,
        shown: &str,
        timeout: CallTimeout,
        cut: Option<&CutSwitch>,
    ) -> Result<Opened, Error> {
        // Without its own deadline, a call with a file may take as long as a slow line needs.
        let deadline = match timeout {
            CallTimeout::Exact(deadline) => Some(deadline),
            CallTimeout::Default(_) => None,
        };
        download::open(&self.exchange.agent, self.timeouts.connect, url, shown, deadline, cut)
    }

    /// Lets all waiting calls find out whether they were cut.
    pub(super) fn wake_waiting(&self) {
        self.limits.address.queue.wake_all();
    }

    /// Decides what follows a response.
    fn evaluate(
        &self,
        request: &Request,
        progress: &mut Progress,
        response: Response,
        call: &Call,
    ) -> Attempt {
        let endpoint = request.route.endpoint;
        let status = response.status();
        if status == StatusCode::ACCEPTED {
            let error = response::error(endpoint, &response);
            // Discord asks to send a search again once its index is ready.
            if error.code == JsonErrorCode::INDEX_NOT_YET_AVAILABLE {
                return progress.wait_for_index(error.into());
            }
        }
        if status.is_success() {
            return Attempt::Done(response);
        }
        if endpoint.needs_token()
            && response::may_refuse_token(&response)
            && self.is_token_refused(endpoint, progress.deadline, call)
        {
            return Attempt::Failed(token_refused());
        }
        let error = response::error(endpoint, &response);
        self.limits.address.dead_webhooks.record(&request.route, &error);
        if status == StatusCode::TOO_MANY_REQUESTS
            && progress.rate_limit_retries < MAX_RATE_LIMIT_RETRIES
            && has_repeatable_body(request)
        {
            progress.rate_limit_retries += 1;
            return Attempt::RateLimited;
        }
        if status.is_server_error() && request.repeatable {
            return progress.retry(error.into());
        }
        Attempt::Failed(error.into())
    }

    /// Records what a response says about rate limits.
    fn complete(&self, endpoint: Endpoint, permit: Permit<'_>, response: &Response) -> Ticket {
        let mut headers = response::rate_limit_headers(response);
        if let Some(too_many) = &mut headers.too_many_requests {
            if too_many.scope == RateLimitScope::Address {
                let (now, jitter) = (Instant::now(), fastrand::f64());
                let (pause, is_new) =
                    self.limits.address.block.lock().blocked(now, too_many.retry_after, jitter);
                if is_new {
                    let error = response::error(endpoint, response);
                    log::warn!("this IP address is blocked, so all requests pause for {pause:.1?}: {error}");
                }
                too_many.retry_after = pause;
            }
            self.meter.count_rate_limited(endpoint, too_many.scope);
            // Calls that were refused together do not all come back at the same moment.
            too_many.retry_after += PAUSE.mul_f64(fastrand::f64());
        } else if response.status().is_success() {
            self.limits.address.block.lock().succeeded(Instant::now());
        }
        permit.complete(&headers)
    }

    /// Whether Discord refuses the token for every request, not only for the route that it has just refused.
    fn is_token_refused(&self, refused: Endpoint, deadline: Instant, call: &Call) -> bool {
        if refused == CURRENT_USER {
            self.limits.refuse(Instant::now());
            return true;
        }
        // Every valid token may send this request.
        let request = Request::new(CURRENT_USER.at(&[]));
        let attempt = self.attempt(&request, &mut Progress::new(deadline, None), call);
        matches!(attempt, Attempt::Failed(Error::Token { .. }))
    }

    /// Waits until the limiter admits the request.
    fn admit(
        &self,
        request: &Request,
        deadline: Instant,
        ticket: Option<Ticket>,
        call: &Call,
    ) -> Result<Permit<'_>, Error> {
        self.check_token(&request.route)?;
        let asked = Instant::now();
        let (queue, owner) = (&self.limits.address.queue, self.limits.owner_of(request.route.endpoint));
        let rejected = match queue.acquire(owner, &request.route, deadline, ticket, &|| call.is_cut()) {
            Ok(permit) => {
                // A response may have arrived meanwhile that refuses the token.
                if let Err(error) = self.check_token(&request.route) {
                    permit.cancel();
                    return Err(error);
                }
                self.meter.count_request(request.route.endpoint, asked.elapsed());
                return Ok(permit);
            }
            Err(rejected) => rejected,
        };
        let endpoint = request.route.endpoint;
        let after = |at: Instant| at.saturating_duration_since(Instant::now());
        Err(match rejected {
            Rejected::TooLate(at) => {
                Error::RateLimited { route: endpoint.to_string(), retry_after: after(at) }
            }
            Rejected::Cut => Error::Stopped,
            Rejected::Stopped { refused, until } => {
                Error::InvalidRequests { refused, retry_after: after(until) }
            }
        })
    }

    /// Fails if Discord has already refused the token that the request needs: the bot's or a webhook's.
    fn check_token(&self, route: &Route) -> Result<(), Error> {
        if route.endpoint.needs_token() && self.limits.is_refused(Instant::now()) {
            return Err(token_refused());
        }
        self.limits.address.dead_webhooks.error(route).map_or(Ok(()), |error| Err(error.into()))
    }
}

/// Refuses a value of the path that would lead to another route, and a path that has no room in a request.
fn check_path(base: &str, route: &Route) -> Result<(), Error> {
    let length = base.len() + route.path.len();
    if length > MAX_URL {
        return Err(Error::invalid(
            "(path)",
            format!(
                "makes a URL of {length} bytes, and a request has room for {MAX_URL}: give {} shorter or fewer values",
                route.endpoint
            ),
        ));
    }
    match route.misplaced() {
        Some(name) => Err(Error::invalid(
            name,
            format!(
                "is empty, or has an empty part, \".\" or \"..\" in it: it cannot be part of the path of {}",
                route.endpoint
            ),
        )),
        None => Ok(()),
    }
}

/// Whether the request is the first response to an interaction, which Discord accepts only for a short time.
fn is_callback(endpoint: Endpoint) -> bool {
    endpoint.template.starts_with("/interactions/")
}

/// Whether the body can be read again.
fn has_repeatable_body(request: &Request) -> bool {
    match &request.body {
        Body::Nothing | Body::Json(_) => true,
        Body::Form(form) => form.is_repeatable(),
    }
}

/// There is no pause after the first broken connection: most likely Discord had closed it while it was idle.
fn pause(error: &Error, failures: u32) -> Duration {
    if failures == 0 && matches!(error, Error::Network { .. }) {
        return Duration::ZERO;
    }
    let jittered = PAUSE + backoff(failures + 1, PAUSE, MAX_PAUSE, fastrand::f64());
    jittered.max(error.retry_after().unwrap_or_default())
}

fn token_refused() -> Error {
    Error::token(
        "Discord refused the token (HTTP 401): it was mistyped or has been reset; copy it again from the Bot page of \
         your application at https://discord.com/developers/applications",
    )
}

#[cfg(test)]
mod tests;
