//! What a recording gets of an attempt.

use std::time::Instant;

use super::exchange::Failure;
use crate::recording::{RecordedCall, Recorder};
use crate::rest::request::{Body, Request};
use crate::rest::response::Response;

/// Records an attempt to send a request. One that could not be built was not sent, so it is not recorded.
pub(super) fn record(
    recorder: &Recorder,
    request: &Request,
    begun: Instant,
    result: &Result<Response, Failure>,
) {
    let header = |name: &str| result.as_ref().ok()?.headers().get(name)?.to_str().ok();
    let response = match result {
        Ok(response) => Ok((response.status().as_u16(), response.body().as_slice())),
        Err(Failure::Network { error, .. }) => Err(error.to_string()),
        Err(Failure::Invalid(_)) => return,
    };
    let (body, files) = match &request.body {
        Body::Nothing => (None, 0),
        Body::Json(json) => (Some(json.as_slice()), 0),
        Body::Form(form) => (form.payload(), form.files()),
    };
    let endpoint = request.route.endpoint;
    recorder.call(&RecordedCall {
        begun,
        method: endpoint.method.name(),
        route: endpoint.template,
        path: &request.route.path,
        body,
        files,
        response,
        retry_after: header("retry-after"),
        scope: header("x-ratelimit-scope"),
    });
}
