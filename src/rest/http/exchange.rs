//! One attempt: a request over the wire, and its answer read to the end.

use std::time::Duration;

use ureq::http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use ureq::http::{Request as HttpRequest, Response};
use ureq::{AsSendBody, SendBody, Timeout};

use super::Http;
use crate::error::{BoxError, Error};
use crate::rest::form::Unreadable;
use crate::rest::request::{Body, Request};
use crate::rest::response::Answer;
use crate::rest::route::Method;
use crate::rest::transport::{TOKEN_GOES_HERE, Unsent};

/// No answer to what is asked for here comes near this size, unpacked.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;

/// How long an attempt may take, and over what.
pub(super) struct Bounds {
    pub(super) connect: Duration,
    pub(super) total: Duration,
    /// Over no connection that was used before.
    pub(super) fresh: bool,
}

/// Why there is no answer.
pub(super) enum Failure {
    /// The request could not be made, or not to its end.
    Input(Error),
    Network {
        error: BoxError,
        /// Discord cannot have got the whole request.
        unsent: bool,
        /// The other side is not who it should be.
        distrusted: bool,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Input(error)
    }
}

impl<E: Into<ureq::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let plain = |error| -> BoxError {
            match error {
                // ureq would say "io: " before it.
                ureq::Error::Io(error) => error.into(),
                ureq::Error::Other(error) => error,
                ureq::Error::Timeout(Timeout::Connect) => "no connection in time".into(),
                ureq::Error::Timeout(_) => "no answer in time".into(),
                error => error.into(),
            }
        };
        match error.into() {
            ureq::Error::Other(error) => match error.downcast::<Unsent>() {
                Ok(unsent) => {
                    let distrusted = unsent.is_distrust();
                    Failure::Network { error: plain(unsent.0), unsent: true, distrusted }
                }
                Err(error) => Failure::Network { error, unsent: false, distrusted: false },
            },
            ureq::Error::Io(error) => match error.downcast::<Unreadable>() {
                Ok(unreadable) => Failure::Input(unreadable.into()),
                Err(error) => Failure::Network { error: error.into(), unsent: false, distrusted: false },
            },
            error => Failure::Network { error: plain(error), unsent: false, distrusted: false },
        }
    }
}

impl Http {
    pub(super) fn exchange(&self, request: &Request, bounds: &Bounds) -> Result<Answer, Failure> {
        let endpoint = request.route.endpoint;
        let covered = self.secrets.cover(&request.route);
        let uri = [self.base.as_str(), covered.path.as_str()].concat();
        let mut builder = HttpRequest::builder().method(endpoint.method.name()).uri(uri);
        if endpoint.needs_token() {
            builder = builder.header(AUTHORIZATION, TOKEN_GOES_HERE);
        }
        if endpoint.method == Method::Get {
            // Lists can be long. What else is answered is small, and quicker as it is.
            builder = builder.header(ACCEPT_ENCODING, "gzip");
        }
        if let Some(reason) = &request.reason {
            builder = builder.header("X-Audit-Log-Reason", &**reason);
        }
        if let Some((name, value)) = &request.header {
            builder = builder.header(*name, value);
        }
        let response = match (&request.body, endpoint.method) {
            (Body::Json(json), _) => {
                self.run(builder.header(CONTENT_TYPE, "application/json").body(json.as_slice())?, bounds)
            }
            (Body::Form(form), _) => {
                let boundary = format!("syncord{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
                let mut open = form.open(&boundary)?;
                builder = builder.header(CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"));
                if let Some(length) = open.length() {
                    builder = builder.header(CONTENT_LENGTH, length);
                }
                self.run(builder.body(SendBody::from_reader(&mut open))?, bounds)
            }
            (Body::Nothing, Method::Patch | Method::Post | Method::Put) => {
                self.run(builder.body(&[][..])?, bounds)
            }
            (Body::Nothing, Method::Get | Method::Delete) => self.run(builder.body(())?, bounds),
        }?;
        let (parts, mut body) = response.into_parts();
        let body = body.with_config().limit(MAX_ANSWER).read_to_vec()?;
        Ok(Answer::from_parts(parts, body))
    }

    fn run(
        &self,
        request: HttpRequest<impl AsSendBody>,
        bounds: &Bounds,
    ) -> Result<Response<ureq::Body>, ureq::Error> {
        let mut config = self
            .agent
            .configure_request(request)
            .timeout_global(Some(bounds.total))
            .timeout_resolve(Some(bounds.connect))
            .timeout_connect(Some(bounds.connect));
        if bounds.fresh {
            config = config.max_idle_age(Duration::ZERO);
        }
        self.agent.run(config.build())
    }
}
