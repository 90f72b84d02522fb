//! The parser of webhook URLs.

use ureq::http::Uri;

use crate::error::Error;
use crate::id::{ChannelId, WebhookId};
use crate::model::Secret;

/// The API version that this crate uses, whatever version the URL has.
const VERSION: &str = "v10";

/// The parts of a URL such as `https://discord.com/api/webhooks/ID/TOKEN?thread_id=ID`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WebhookUrl {
    pub(super) api_url: String,
    pub(super) id: WebhookId,
    pub(super) token: Secret,
    pub(super) thread: Option<ChannelId>,
}

/// Creates an error without the URL, because the URL contains the token.
fn invalid(problem: &str) -> Error {
    Error::setup(format!("the webhook's URL {problem}: expected https://discord.com/api/webhooks/ID/TOKEN"))
}

/// Parses a webhook's URL.
pub(super) fn parse(url: &str) -> Result<WebhookUrl, Error> {
    let uri: Uri = url.trim().parse().map_err(|_| invalid("is not a URL"))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(invalid("has no https:// or no host"));
    };
    let (base, rest) =
        uri.path().rsplit_once("/webhooks/").ok_or_else(|| invalid("has no /webhooks/ in it"))?;
    let mut parts = rest.split('/');
    let id =
        parts.next().and_then(|id| id.parse().ok()).ok_or_else(|| invalid("has no ID after /webhooks/"))?;
    // URLs for other services' formats end with /slack or /github.
    let token =
        parts.next().filter(|token| is_token(token)).ok_or_else(|| invalid("has no token at its end"))?;
    let thread = match uri.query().into_iter().flat_map(|query| query.split('&')).find_map(thread_id) {
        Some(thread) => Some(thread.parse().map_err(|_| invalid("has an invalid thread_id"))?),
        None => None,
    };
    let api_url = format!("{scheme}://{authority}{}", versioned(base));
    Ok(WebhookUrl { api_url, id, token: Secret::from(token.to_owned()), thread })
}

fn is_token(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

fn thread_id(parameter: &str) -> Option<&str> {
    parameter.strip_prefix("thread_id=")
}

/// Replaces the API version of the path: `/api` and `/api/v9` become `/api/v10`. Other paths stay.
fn versioned(base: &str) -> String {
    let is_version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    match base.rsplit_once('/') {
        Some((before, last)) if is_version(last) => format!("{before}/{VERSION}"),
        Some((_, "api")) => format!("{base}/{VERSION}"),
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::parse;

    #[test]
    fn a_url_is_parsed_with_any_host_and_version() {
        for (url, api_url, thread) in [
            ("https://discord.com/api/webhooks/7/a-B_c", "https://discord.com/api/v10", None),
            (" https://discord.com/api/webhooks/7/a-B_c\n", "https://discord.com/api/v10", None),
            ("https://discord.com/api/v9/webhooks/7/a-B_c/", "https://discord.com/api/v10", None),
            (
                "https://canary.discord.com/api/webhooks/7/a-B_c/slack",
                "https://canary.discord.com/api/v10",
                None,
            ),
            (
                "https://discordapp.com/api/webhooks/7/a-B_c?wait=true&thread_id=9",
                "https://discordapp.com/api/v10",
                Some(9),
            ),
            ("http://127.0.0.1:3001/webhooks/7/a-B_c", "http://127.0.0.1:3001", None),
            (
                "https://proxy.example/discord/api/v10/webhooks/7/a-B_c",
                "https://proxy.example/discord/api/v10",
                None,
            ),
        ] {
            let parts = parse(url).unwrap();
            assert_eq!(parts.api_url, api_url, "{url}");
            assert_eq!((parts.id.get(), &*parts.token), (7, "a-B_c"), "{url}");
            assert_eq!(parts.thread.map(crate::id::ChannelId::get), thread, "{url}");
        }
    }

    #[test]
    fn an_invalid_url_is_rejected_without_showing_it() {
        for (url, problem) in [
            ("", "is not a URL"),
            ("webhooks/7/secret", "is not a URL"),
            ("/api/webhooks/7/secret", "has no https://"),
            ("https://discord.com/api/hooks/7/secret", "no /webhooks/"),
            ("https://discord.com/api/webhooks/secret", "no ID"),
            ("https://discord.com/api/webhooks/7", "no token"),
            ("https://discord.com/api/webhooks/7/", "no token"),
            ("https://discord.com/api/webhooks/7/secret%20", "no token"),
            ("https://discord.com/api/webhooks/7/..", "no token"),
            ("https://discord.com/api/webhooks/7/.", "no token"),
            ("https://discord.com/api/webhooks/7/secret?thread_id=x", "thread_id"),
        ] {
            let error = parse(url).unwrap_err().to_string();
            assert!(error.contains(problem) && !error.contains("secret"), "{url}: {error}");
        }
    }
}
