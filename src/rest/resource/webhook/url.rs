//! What stands in a webhook's URL.

use ureq::http::Uri;

use crate::error::Error;
use crate::id::{ChannelId, WebhookId};
use crate::model::Secret;

/// The version of the API that this crate speaks, whichever the URL names.
const VERSION: &str = "v10";

/// The parts of a URL such as `https://discord.com/api/webhooks/ID/TOKEN?thread_id=ID`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WebhookUrl {
    pub(super) api_url: String,
    pub(super) id: WebhookId,
    pub(super) token: Secret,
    pub(super) thread: Option<ChannelId>,
}

/// The URL is in no error: whoever has it can write through the webhook.
fn invalid(problem: &str) -> Error {
    Error::setup(format!(
        "the webhook's URL {problem}: copy it again, it is like https://discord.com/api/webhooks/ID/TOKEN"
    ))
}

/// Takes a webhook's URL apart.
pub(super) fn read(url: &str) -> Result<WebhookUrl, Error> {
    let uri: Uri = url.trim().parse().map_err(|_| invalid("is no URL"))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(invalid("lacks https:// or a host"));
    };
    let (base, rest) =
        uri.path().rsplit_once("/webhooks/").ok_or_else(|| invalid("has no /webhooks/ in it"))?;
    let mut parts = rest.split('/');
    let id =
        parts.next().and_then(|id| id.parse().ok()).ok_or_else(|| invalid("has no id behind /webhooks/"))?;
    // The ways in for other services' messages end with /slack or /github.
    let token =
        parts.next().filter(|token| is_token(token)).ok_or_else(|| invalid("has no token at its end"))?;
    let thread = match uri.query().into_iter().flat_map(|query| query.split('&')).find_map(thread_id) {
        Some(thread) => Some(thread.parse().map_err(|_| invalid("has a thread_id that is no id"))?),
        None => None,
    };
    let api_url = format!("{scheme}://{authority}{}", versioned(base));
    Ok(WebhookUrl { api_url, id, token: Secret::from(token.to_owned()), thread })
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
}

fn thread_id(parameter: &str) -> Option<&str> {
    parameter.strip_prefix("thread_id=")
}

/// The path of the API in this crate's version, where it has one: `/api` and `/api/v9` become `/api/v10`.
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

    use super::read;

    #[test]
    fn a_url_is_read_wherever_it_leads() {
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
            let parts = read(url).unwrap();
            assert_eq!(parts.api_url, api_url, "{url}");
            assert_eq!((parts.id.get(), &*parts.token), (7, "a-B_c"), "{url}");
            assert_eq!(parts.thread.map(crate::id::ChannelId::get), thread, "{url}");
        }
    }

    #[test]
    fn what_is_no_webhook_s_url_is_refused_without_showing_it() {
        for (url, problem) in [
            ("", "is no URL"),
            ("webhooks/7/secret", "is no URL"),
            ("/api/webhooks/7/secret", "lacks https://"),
            ("https://discord.com/api/hooks/7/secret", "no /webhooks/"),
            ("https://discord.com/api/webhooks/secret", "no id"),
            ("https://discord.com/api/webhooks/7", "no token"),
            ("https://discord.com/api/webhooks/7/", "no token"),
            ("https://discord.com/api/webhooks/7/secret%20", "no token"),
            ("https://discord.com/api/webhooks/7/secret?thread_id=x", "thread_id"),
        ] {
            let said = read(url).unwrap_err().to_string();
            assert!(said.contains(problem) && !said.contains("secret"), "{url}: {said}");
        }
    }
}
