//! One attempt: sends a request and reads the whole response.

use std::sync::Arc;
use std::time::Duration;

use ureq::http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use ureq::http::{Request as HttpRequest, Response as HttpResponse};
use ureq::{AsSendBody, SendBody, Timeout};

use crate::error::{BoxError, Error};
use crate::rest::form::{OpenForm, Unreadable};
use crate::rest::request::{Body, Request};
use crate::rest::response::{Response, is_json};
use crate::rest::route::Method;
use crate::rest::transport::{MASKED, NotSent, Secrets, TOKEN_PLACEHOLDER, invert};

/// Maximum size of a response, decompressed. No route comes near it.
const MAX_RESPONSE: u64 = 64 * 1024 * 1024;

/// What an attempt needs: connections, the address and the token.
pub(super) struct Exchange {
    pub(super) agent: ureq::Agent,
    /// Without a slash at the end.
    pub(super) base: String,
    pub(super) secrets: Arc<Secrets>,
}

/// Limits on one attempt.
pub(super) struct Bounds {
    pub(super) connect: Duration,
    pub(super) total: Duration,
    /// Whether to use a new connection.
    pub(super) new_connection: bool,
}

/// Why there is no response.
pub(super) enum Failure {
    /// The request could not be built, or its body could not be read to the end.
    Invalid(Error),
    Network {
        error: BoxError,
        /// Discord cannot have received the whole request.
        not_sent: bool,
        /// The certificate of the other side is not trusted.
        bad_certificate: bool,
    },
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Invalid(error)
    }
}

impl<E: Into<ureq::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let plain = |error| -> BoxError {
            match error {
                // ureq would put "io: " before the text.
                ureq::Error::Io(error) => error.into(),
                ureq::Error::Other(error) => error,
                ureq::Error::Timeout(Timeout::Connect) => "no connection in time".into(),
                ureq::Error::Timeout(Timeout::PerRead) => "no response in time".into(),
                ureq::Error::Timeout(Timeout::PerWrite) => "the other side takes no data any more".into(),
                ureq::Error::Timeout(_) => "no complete response before the deadline".into(),
                error => error.into(),
            }
        };
        match error.into() {
            ureq::Error::Other(error) => match error.downcast::<NotSent>() {
                Ok(not_sent) => {
                    let bad_certificate = not_sent.is_certificate_error();
                    Failure::Network { error: plain(not_sent.0), not_sent: true, bad_certificate }
                }
                Err(error) => Failure::Network { error, not_sent: false, bad_certificate: false },
            },
            ureq::Error::Io(error) => match error.downcast::<Unreadable>() {
                Ok(unreadable) => Failure::Invalid(unreadable.into()),
                Err(error) => {
                    Failure::Network { error: error.into(), not_sent: false, bad_certificate: false }
                }
            },
            error => Failure::Network { error: plain(error), not_sent: false, bad_certificate: false },
        }
    }
}

impl Exchange {
    /// `form` is the open form of the request, if its body is one.
    pub(super) fn run(
        &self,
        request: &Request,
        form: Option<&mut OpenForm>,
        bounds: &Bounds,
    ) -> Result<Response, Failure> {
        let endpoint = request.route.endpoint;
        let redacted = self.secrets.redact(&request.route);
        let uri = [self.base.as_str(), redacted.path.as_str()].concat();
        let mut builder = HttpRequest::builder().method(endpoint.method.name()).uri(uri);
        if endpoint.needs_token() {
            builder = builder.header(AUTHORIZATION, TOKEN_PLACEHOLDER);
        }
        if endpoint.method == Method::Get {
            // Lists can be long. Other responses are small, and faster without compression.
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
                self.send(builder.header(CONTENT_TYPE, "application/json").body(json.as_slice())?, bounds)
            }
            (Body::Form(_), _) => {
                let form = form.ok_or_else(|| Error::invalid("(body)", "its files are not open"))?;
                builder = builder.header(CONTENT_TYPE, form.content_type());
                if let Some(length) = form.length() {
                    builder = builder.header(CONTENT_LENGTH, length);
                }
                self.send(builder.body(SendBody::from_reader(&mut form.reader()?))?, bounds)
            }
            (Body::Nothing, Method::Patch | Method::Post | Method::Put) => {
                self.send(builder.body(&[][..])?, bounds)
            }
            (Body::Nothing, Method::Get | Method::Delete) => self.send(builder.body(())?, bounds),
        }?;
        let (mut parts, mut body) = response.into_parts();
        let mut body = body.with_config().limit(MAX_RESPONSE).read_to_vec()?;
        if parts.headers.remove(MASKED).is_some() {
            invert(&mut body);
        }
        if !(parts.status.is_success() && is_json(&body)) {
            // Such a body becomes part of an error, and can repeat the path.
            body = self.secrets.hide(&request.route, body);
        }
        Ok(Response::from_parts(parts, body))
    }

    fn send(
        &self,
        request: HttpRequest<impl AsSendBody>,
        bounds: &Bounds,
    ) -> Result<HttpResponse<ureq::Body>, ureq::Error> {
        let mut config = self
            .agent
            .configure_request(request)
            .timeout_global(Some(bounds.total))
            .timeout_resolve(Some(bounds.connect))
            .timeout_connect(Some(bounds.connect));
        if bounds.new_connection {
            config = config.max_idle_age(Duration::ZERO);
        }
        self.agent.run(config.build())
    }
}
