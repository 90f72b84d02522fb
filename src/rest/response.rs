//! What an answer means: limits, errors, and things that are not from Discord at all. Pure.

use std::time::Duration;

use ureq::http::{HeaderMap, Response, StatusCode};

use super::limiter::{Reach, Refusal, Said};
use super::route::Endpoint;
use crate::deadline::FAR_FUTURE;
use crate::error::HttpError;
use crate::error_code::JsonErrorCode;
use crate::json;
use crate::json::object;
use crate::model::{Map, Raw};

/// How long to wait after a 429 that does not say.
const UNSAID: Duration = Duration::from_secs(1);

/// How much of something that is not JSON is shown, in characters.
const SHOWN: usize = 200;

/// An answer that was read to its end.
pub(crate) type Answer = Response<Vec<u8>>;

/// Discord's error body, and that of a 429; see [error messages](https://docs.discord.com/developers/reference#error-messages).
#[derive(Default)]
struct Body {
    message: Option<String>,
    code: Option<u64>,
    errors: Option<Raw>,
    retry_after: Option<f64>,
    global: Option<bool>,
}

object! { Body {
    message, code, errors, retry_after, global,
} }

impl Body {
    /// `None` when it is not Discord's.
    fn read(answer: &Answer) -> Option<Body> {
        let text = std::str::from_utf8(answer.body()).ok()?;
        json::read::<Body>(text).ok().filter(|body| body.message.is_some())
    }
}

/// What the limiter has to know.
pub(crate) fn limits(answer: &Answer) -> Said {
    let headers = answer.headers();
    let status = answer.status();
    let refused = status == StatusCode::TOO_MANY_REQUESTS;
    let is_shared = text(headers, "x-ratelimit-scope") == Some("shared");
    Said {
        bucket: text(headers, "x-ratelimit-bucket").map(str::to_owned),
        limit: number(headers, "x-ratelimit-limit"),
        remaining: number(headers, "x-ratelimit-remaining"),
        reset_after: number(headers, "x-ratelimit-reset-after").and_then(seconds),
        refused: refused.then(|| refusal(answer)),
        invalid: matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
            || (refused && !is_shared),
        complete: status.is_success() || (status.is_client_error() && !refused),
    }
}

fn refusal(answer: &Answer) -> Refusal {
    let headers = answer.headers();
    let body = Body::read(answer);
    let said_global = text(headers, "x-ratelimit-scope") == Some("global")
        || text(headers, "x-ratelimit-global").is_some_and(|global| global.eq_ignore_ascii_case("true"))
        || body.as_ref().is_some_and(|body| body.global == Some(true));
    // Discord's own answers come `Via` its proxy. Without that, and without its JSON, it was
    // Cloudflare that refused, and it refuses all that comes from this address.
    let from_cloudflare = body.is_none() && !headers.contains_key("via");
    let reach = match (said_global, from_cloudflare) {
        (true, _) => Reach::Bot,
        (false, true) => Reach::Address,
        (false, false) => Reach::Route,
    };
    Refusal { retry_after: retry_after(headers, body.as_ref()).unwrap_or(UNSAID), reach }
}

/// The longer one of what the header and the body say.
fn retry_after(headers: &HeaderMap, body: Option<&Body>) -> Option<Duration> {
    let header = number(headers, "retry-after").and_then(seconds);
    header.max(body.and_then(|body| body.retry_after).and_then(seconds))
}

/// Whether it was Discord that refused the token, not something in between.
pub(crate) fn refuses_token(answer: &Answer) -> bool {
    answer.status() == StatusCode::UNAUTHORIZED && Body::read(answer).is_some()
}

/// What is wrong, for an answer that is no success.
pub(crate) fn error(endpoint: Endpoint, answer: &Answer) -> HttpError {
    let status = answer.status();
    let body = Body::read(answer);
    let mut error = HttpError::new(endpoint.to_string(), status.as_u16(), "");
    error.retry_after = retry_after(answer.headers(), body.as_ref());
    match body {
        Some(body) => {
            error.code =
                body.code.and_then(|code| u32::try_from(code).ok()).map(JsonErrorCode).unwrap_or_default();
            error.message = body.message.unwrap_or_default();
            if let Some(errors) = body.errors {
                flatten(&errors, &mut String::new(), &mut error.fields);
            }
        }
        None => error.message = not_discord(answer.body()),
    }
    error
}

/// Words for a success whose body is not the JSON that was asked for.
pub(crate) fn not_json(endpoint: Endpoint, answer: &Answer) -> Option<HttpError> {
    let begins = answer.body().iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(begins, Some(b'{' | b'[')) {
        return None;
    }
    let message = not_discord(answer.body());
    Some(HttpError::new(endpoint.to_string(), answer.status().as_u16(), message))
}

fn not_discord(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(16 * 1024)]);
    let is_page = text.trim_start().starts_with('<');
    let (kind, line) =
        if is_page { ("a web page", first_line_of_page(&text)) } else { ("no JSON", first_line(&text)) };
    if line.is_empty() && !is_page {
        return "the answer was empty".to_owned();
    }
    format!("the answer was {kind}: something between this machine and Discord answered: {line}")
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

/// The first text of a page that is to be read, most often its title.
fn first_line_of_page(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push('\n');
        let tag = after.split_once('>');
        rest = tag.map_or("", |(_, behind)| behind);
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

/// A problem with a field.
#[derive(Default)]
struct Problem {
    message: Option<String>,
    code: Option<String>,
}

object! { Problem {
    message, code,
} }

/// Makes `embeds[0].title` and what is wrong with it of Discord's tree of errors.
fn flatten(tree: &Raw, path: &mut String, found: &mut Vec<(String, String)>) {
    if !tree.get().starts_with('{') {
        // Some routes have a shape of their own: a field with its problems as text.
        found.push((path.clone(), json::read(tree.get()).unwrap_or_else(|_| tree.get().to_owned())));
        return;
    }
    let node: Map<String, Raw> = json::read(tree.get()).unwrap_or_default();
    for (key, child) in node.iter() {
        if key == "_errors" {
            let problems: Vec<Raw> = json::read(child.get()).unwrap_or_default();
            for problem in problems {
                let Problem { message, code } = json::read(problem.get()).unwrap_or_default();
                let message = message.or(code).unwrap_or_else(|| problem.get().to_owned());
                let at = if path.is_empty() { "(the whole)" } else { path.as_str() };
                found.push((at.to_owned(), message));
            }
            continue;
        }
        let length = path.len();
        if key.bytes().all(|byte| byte.is_ascii_digit()) {
            path.push_str(&format!("[{key}]"));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
        }
        flatten(child, path, found);
        path.truncate(length);
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    text(headers, name)?.parse().ok()
}

fn seconds(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok().map(|duration| duration.min(FAR_FUTURE))
}

#[cfg(test)]
mod tests;
