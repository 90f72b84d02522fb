//! Reads responses: rate limits, errors, and responses that are not from Discord. Pure.

mod error_tree;

use std::time::Duration;

use ureq::http::{HeaderMap, Response as HttpResponse, StatusCode};

use super::limiter::{RateLimitHeaders, RateLimitScope, TooManyRequests};
use super::route::Endpoint;
use crate::error::HttpError;
use crate::error_code::JsonErrorCode;
use crate::json;
use crate::json::object;
use crate::model::Raw;

/// How long to wait after a 429 without a time.
const DEFAULT_RETRY_AFTER: Duration = Duration::from_secs(1);

/// The longest time to wait that is believed. Discord's longest limits are those of a day.
const MAX_WAIT: Duration = Duration::from_secs(24 * 3600);

/// Maximum length of a message, in characters.
const MAX_MESSAGE: usize = 2_000;

/// Maximum length of the excerpt of a response that is not JSON, in characters.
const MAX_EXCERPT: usize = 200;

/// A response with its whole body.
pub(crate) type Response = HttpResponse<Vec<u8>>;

/// The body of an error response or a 429; see [error messages](https://docs.discord.com/developers/reference#error-messages).
#[derive(Default)]
struct ErrorBody {
    message: Option<String>,
    code: Option<u64>,
    errors: Option<Raw>,
    retry_after: Option<f64>,
    global: Option<bool>,
}

object! { ErrorBody {
    message, code, errors, retry_after, global,
} }

impl ErrorBody {
    /// Returns `None` if the body is not from Discord.
    fn read(response: &Response) -> Option<ErrorBody> {
        let text = std::str::from_utf8(response.body()).ok()?;
        json::read::<ErrorBody>(text).ok().filter(|body| body.message.is_some())
    }
}

/// Reads the rate-limit headers, and the body of a 429.
pub(crate) fn rate_limit_headers(response: &Response) -> RateLimitHeaders {
    let headers = response.headers();
    let status = response.status();
    let is_429 = status == StatusCode::TOO_MANY_REQUESTS;
    let is_shared = text(headers, "x-ratelimit-scope") == Some("shared");
    RateLimitHeaders {
        bucket: text(headers, "x-ratelimit-bucket").map(str::to_owned),
        limit: number(headers, "x-ratelimit-limit"),
        remaining: number(headers, "x-ratelimit-remaining"),
        reset_after: number(headers, "x-ratelimit-reset-after").and_then(seconds),
        too_many_requests: is_429.then(|| too_many_requests(response)),
        is_invalid: matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
            || (is_429 && !is_shared),
        is_complete: status.is_success() || (status.is_client_error() && !is_429),
    }
}

fn too_many_requests(response: &Response) -> TooManyRequests {
    let headers = response.headers();
    let body = ErrorBody::read(response);
    let is_global = text(headers, "x-ratelimit-scope") == Some("global")
        || text(headers, "x-ratelimit-global").is_some_and(|global| global.eq_ignore_ascii_case("true"))
        || body.as_ref().is_some_and(|body| body.global == Some(true));
    // Discord's own responses have the `Via` header of its proxy, rate limit headers, or its body. Without all of them
    // something in front of Discord refused the request, such as Cloudflare, and it refuses all from this IP address.
    // A proxy near this machine may add `Via` to a page.
    let is_of_route = (headers.contains_key("via") && !is_page(response.body()))
        || headers.keys().any(|name| name.as_str().starts_with("x-ratelimit-"))
        || body.as_ref().is_some_and(|body| body.retry_after.is_some());
    let retry_after = retry_after(headers, body.as_ref());
    let (scope, default) = match (is_global, is_of_route) {
        (true, _) => (RateLimitScope::Global, DEFAULT_RETRY_AFTER),
        (false, true) => (RateLimitScope::Route, DEFAULT_RETRY_AFTER),
        // Zero: the pause depends on how often the address was blocked.
        (false, false) => (RateLimitScope::Address, Duration::ZERO),
    };
    TooManyRequests { retry_after: retry_after.unwrap_or(default), scope }
}

/// The longer of the times in the header and in the body.
fn retry_after(headers: &HeaderMap, body: Option<&ErrorBody>) -> Option<Duration> {
    let header = number(headers, "retry-after").and_then(seconds);
    header.max(body.and_then(|body| body.retry_after).and_then(seconds))
}

/// Whether Discord may have refused the token: it sent the response itself, with no code of another reason.
pub(crate) fn may_refuse_token(response: &Response) -> bool {
    response.status() == StatusCode::UNAUTHORIZED
        && ErrorBody::read(response).is_some_and(|body| {
            let code = body.code.unwrap_or_default();
            [0, JsonErrorCode::UNAUTHORIZED.0, JsonErrorCode::INVALID_AUTHENTICATION_TOKEN.0]
                .into_iter()
                .any(|of_token| code == u64::from(of_token))
        })
}

/// The error of a response that is not a success.
pub(crate) fn error(endpoint: Endpoint, response: &Response) -> HttpError {
    let status = response.status();
    let body = ErrorBody::read(response);
    let mut error = HttpError::new(endpoint.to_string(), status.as_u16(), "");
    error.retry_after = retry_after(response.headers(), body.as_ref());
    match body {
        Some(body) => {
            error.code =
                body.code.and_then(|code| u32::try_from(code).ok()).map(JsonErrorCode).unwrap_or_default();
            error.message = body.message.unwrap_or_default();
            if let Some((end, _)) = error.message.char_indices().nth(MAX_MESSAGE) {
                error.message.truncate(end);
            }
            error.fields = body.errors.map(|errors| error_tree::flatten(errors.get())).unwrap_or_default();
            error
        }
        None => not_discord(error, response),
    }
}

/// Whether a body looks like a JSON object or list.
pub(crate) fn is_json(body: &[u8]) -> bool {
    matches!(body.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'{' | b'['))
}

/// The error of a success whose body is not JSON.
pub(crate) fn not_json(endpoint: Endpoint, response: &Response) -> Option<HttpError> {
    if is_json(response.body()) {
        return None;
    }
    let error = HttpError::new(endpoint.to_string(), response.status().as_u16(), "");
    Some(not_discord(error, response))
}

/// The error of a success that is a web page.
pub(crate) fn web_page(endpoint: Endpoint, response: &Response) -> Option<HttpError> {
    if is_page(response.body()) { not_json(endpoint, response) } else { None }
}

fn is_page(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<')
}

/// Adds to an error what is known of the sender of a response that is not Discord's.
fn not_discord(mut error: HttpError, response: &Response) -> HttpError {
    let body = response.body();
    let content = String::from_utf8_lossy(&body[..body.len().min(16 * 1024)]);
    let is_page = is_page(body);
    let (kind, line) = if is_page {
        ("a web page", first_line_of_page(&content))
    } else if is_json(body) {
        ("not Discord's JSON", first_line(&content))
    } else {
        ("not JSON", first_line(&content))
    };
    let sender =
        text(response.headers(), "server").map(|server| format!("its server is {}", first_line(server)));
    let target = text(response.headers(), "location").map(|to| format!("it redirects to {}", first_line(to)));
    let about: Vec<_> = sender.into_iter().chain(target).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    error.message = if line.is_empty() && !is_page {
        format!("the response was empty{about}")
    } else {
        format!("the response was {kind}, from something between this machine and Discord{about}: {line}")
    };
    error.is_from_discord = false;
    error
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(MAX_EXCERPT).collect()
}

/// The first visible text of a page, usually its title.
fn first_line_of_page(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push('\n');
        let tag = after.split_once('>');
        rest = tag.map_or("", |(_, after)| after);
        for (name, end) in [("style", "</style"), ("script", "</script"), ("!--", "-->")] {
            if after.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name)) {
                rest = after
                    .split_once(end)
                    .map_or("", |(_, behind)| behind.split_once('>').map_or(behind, |(_, b)| b));
            }
        }
    }
    text.push_str(rest);
    first_line(&text)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    text(headers, name)?.parse().ok()
}

/// Reads a time. `None` if it is negative, infinite or not a number.
fn seconds(seconds: f64) -> Option<Duration> {
    (seconds >= 0.0 && seconds.is_finite())
        .then(|| Duration::from_secs_f64(seconds.min(MAX_WAIT.as_secs_f64())))
}

#[cfg(test)]
mod tests;
