//! What `benches/counts` measures of the rate limits. No part of the API.

use std::time::{Duration, Instant};

use ureq::http::Response as HttpResponse;

use super::queue::RequestQueue;
use crate::rest::limiter::Owner;
use crate::rest::response::{Response, rate_limit_headers};
use crate::rest::route::{CREATE_MESSAGE, Route};

/// A REST call without its request.
pub struct LimitedCall {
    queue: RequestQueue,
    route: Route,
    response: Response,
    deadline: Instant,
}

impl LimitedCall {
    /// Creates a call that no limit delays.
    #[expect(clippy::new_without_default, reason = "it is no part of the API")]
    pub fn new() -> LimitedCall {
        let queue = RequestQueue::default();
        queue.set_per_second(Owner::Address, u32::MAX);
        let headers = [("Bucket", "abcd1234"), ("Limit", "5"), ("Remaining", "4"), ("Reset-After", "3600")];
        let with_header = |response: ureq::http::response::Builder, (name, value)| {
            response.header(format!("X-RateLimit-{name}"), value)
        };
        let response = headers.into_iter().fold(HttpResponse::builder(), with_header);
        LimitedCall {
            queue,
            route: CREATE_MESSAGE.at(&[&7]),
            response: response.body(Vec::new()).expect("the headers are valid"),
            deadline: Instant::now() + Duration::from_secs(24 * 3600),
        }
    }

    /// Enters a call, and records its response. Returns whether it was admitted.
    pub fn run(&self) -> bool {
        let permit = self.queue.acquire(Owner::Address, &self.route, self.deadline, None, &|| false);
        permit.is_ok_and(|permit| {
            permit.complete(&rate_limit_headers(&self.response));
            true
        })
    }
}
