//! Inserts tokens into a request only when it is sent, because ureq logs every byte of a request before that.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::rest::route::Route;
use crate::sync::{Mutex, MutexGuard};
use crate::token::Token;

/// The value of the `Authorization` header until the token replaces it.
pub(in crate::rest) const TOKEN_PLACEHOLDER: &str = "(the token)";

/// The start of the placeholder for the token in a path: that of a webhook or an interaction. The path of a route cannot
/// contain a parenthesis, because values are percent-encoded.
const PATH_PLACEHOLDER: &str = "/(hidden-";

const PATH_PLACEHOLDER_END: &str = ")";

/// The length in bytes from which a token is hidden in a text.
const MIN_TOKEN: usize = 8;

/// The tokens of one client.
pub(in crate::rest) struct Secrets {
    /// The value of the `Authorization` header.
    authorization: Vec<u8>,
    path_tokens: Mutex<PathTokens>,
}

/// The tokens in the paths of the requests in flight, by number.
#[derive(Default)]
struct PathTokens {
    next: u64,
    tokens: HashMap<u64, String>,
}

/// A path with a placeholder for its token. The token is known until this is dropped.
pub(in crate::rest) struct RedactedPath {
    pub(in crate::rest) path: String,
    number: Option<u64>,
    secrets: Arc<Secrets>,
}

impl Secrets {
    pub(in crate::rest) fn new(token: Option<&Token>) -> Secrets {
        let authorization = token.map(|token| format!("Bot {}", token.reveal())).unwrap_or_default();
        Secrets { authorization: authorization.into_bytes(), path_tokens: Mutex::default() }
    }

    /// Returns the path of a route with a placeholder for its token, if it has one.
    pub(in crate::rest) fn redact(self: &Arc<Self>, route: &Route) -> RedactedPath {
        let secrets = Arc::clone(self);
        let Some((before, token)) = path_token(route) else {
            return RedactedPath { path: route.path.clone(), number: None, secrets };
        };
        let mut path_tokens = self.path_tokens();
        let number = path_tokens.next;
        path_tokens.next += 1;
        path_tokens.tokens.insert(number, token.to_owned());
        drop(path_tokens);
        let path = format!(
            "{before}{PATH_PLACEHOLDER}{number}{PATH_PLACEHOLDER_END}{}",
            &route.path[route.major().len()..]
        );
        RedactedPath { path, number: Some(number), secrets }
    }

    /// Returns the head of a request with the tokens in place of the placeholders.
    pub(super) fn insert_into(&self, head: &[u8]) -> Vec<u8> {
        let line_end = head.iter().position(|byte| *byte == b'\r').unwrap_or(head.len());
        let (line, rest) = head.split_at(line_end);
        let mut result = self.with_path(line).unwrap_or_else(|| line.to_vec());
        result.extend(self.with_header(rest));
        result
    }

    fn with_path(&self, line: &[u8]) -> Option<Vec<u8>> {
        let placeholder = PATH_PLACEHOLDER.as_bytes();
        let at = find(line, placeholder)?;
        let rest = std::str::from_utf8(&line[at + placeholder.len()..]).ok()?;
        let (number, rest) = rest.split_once(PATH_PLACEHOLDER_END)?;
        let path_tokens = self.path_tokens();
        let token = path_tokens.tokens.get(&number.parse().ok()?)?;
        Some([&line[..at], b"/", token.as_bytes(), rest.as_bytes()].concat())
    }

    fn with_header(&self, head: &[u8]) -> Vec<u8> {
        let placeholder = TOKEN_PLACEHOLDER.as_bytes();
        let line = [b": ", placeholder, b"\r\n"].concat();
        match find(head, &line) {
            Some(at) => [&head[..at + 2], &self.authorization, &head[at + 2 + placeholder.len()..]].concat(),
            None => head.to_vec(),
        }
    }

    /// Returns a text without the tokens of a request: the one in its path, and the one in its header.
    pub(in crate::rest) fn hide(&self, route: &Route, mut text: Vec<u8>) -> Vec<u8> {
        let path_token = path_token(route).map_or(&b""[..], |(_, token)| token.as_bytes());
        let bot_token = self.authorization.strip_prefix(b"Bot ").unwrap_or_default();
        for token in [path_token, bot_token] {
            // A short one is no real token, and would hide ordinary words.
            if token.len() >= MIN_TOKEN {
                text = replaced(&text, token, TOKEN_PLACEHOLDER.as_bytes());
            }
        }
        text
    }

    fn path_tokens(&self) -> MutexGuard<'_, PathTokens> {
        self.path_tokens.lock()
    }
}

/// The path before its token, and the token.
fn path_token(route: &Route) -> Option<(&str, &str)> {
    route.major().rsplit_once('/').filter(|_| !route.endpoint.needs_token())
}

/// Returns where a part begins in a text. Compares the first bytes first, because most places differ there.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|found| found[0] == part[0] && found == part)
}

fn replaced(text: &[u8], part: &[u8], by: &[u8]) -> Vec<u8> {
    let mut result = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest, part) {
        result.extend_from_slice(&rest[..at]);
        result.extend_from_slice(by);
        rest = &rest[at + part.len()..];
    }
    result.extend_from_slice(rest);
    result
}

impl Drop for RedactedPath {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.secrets.path_tokens().tokens.remove(&number);
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use super::Secrets;
    use crate::rest::route;
    use crate::token::Token;

    fn secrets() -> Arc<Secrets> {
        Arc::new(Secrets::new(Some(&Token::new("x").unwrap())))
    }

    #[test]
    fn the_token_replaces_the_placeholder_in_the_head() {
        let head = b"GET / HTTP/1.1\r\nauthorization: (the token)\r\nHost: a\r\n\r\n{}";
        assert_eq!(
            secrets().insert_into(head),
            b"GET / HTTP/1.1\r\nauthorization: Bot x\r\nHost: a\r\n\r\n{}"
        );
    }

    #[test]
    fn a_request_without_a_placeholder_gets_no_token() {
        for head in [
            &b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"[..],
            b"GET /(hidden-9) HTTP/1.1\r\n\r\n",
            b"GET /(hidden-x)",
        ] {
            assert_eq!(secrets().insert_into(head), head);
        }
    }

    #[test]
    fn a_value_that_looks_like_a_placeholder_is_sent_as_it_is() {
        let secrets = secrets();
        let _in_flight = secrets.redact(&route::WEBHOOK_WITH_TOKEN.at(&[&5, &"se-cret"]));
        for code in ["(hidden-0)", "~hidden-0", "/(hidden-0)"] {
            let route = route::INVITE.at(&[&code]).with("x", &code);
            let head = format!("GET {} HTTP/1.1\r\n\r\n", secrets.redact(&route).path).into_bytes();
            assert_eq!(secrets.insert_into(&head), head, "{code}");
        }
    }

    #[test]
    fn a_text_that_repeats_the_tokens_is_hidden() {
        let secrets = Secrets::new(Some(&Token::new("MTk4.Cl2FMQ").unwrap()));
        let route = route::WEBHOOK_WITH_TOKEN.at(&[&5, &"a-long-secret"]);
        let page = b"<title>Cannot GET /webhooks/5/a-long-secret</title>a-long-secretBot MTk4.Cl2FMQ";
        assert_eq!(
            secrets.hide(&route, page.to_vec()),
            b"<title>Cannot GET /webhooks/5/(the token)</title>(the token)Bot (the token)"
        );
    }

    #[test]
    fn the_token_of_a_path_is_replaced_until_it_is_sent() {
        let secrets = secrets();
        let id = 5;
        let paths = [
            (
                route::EDIT_WEBHOOK_MESSAGE.at(&[&id, &"se-cret", &9]).with("wait", &true),
                "/webhooks/5/(hidden-0)/messages/9?wait=true",
            ),
            (
                route::CREATE_INTERACTION_RESPONSE.at(&[&id, &"se-cret"]),
                "/interactions/5/(hidden-1)/callback",
            ),
            (route::WEBHOOK.at(&[&id]), "/webhooks/5"),
            (route::CURRENT_USER.at(&[]), "/users/@me"),
        ];
        for (route, expected) in &paths {
            let redacted = secrets.redact(route);
            assert_eq!(redacted.path, *expected);
            let head = |path: &str| format!("GET /api{path} HTTP/1.1\r\n\r\n").into_bytes();
            assert_eq!(secrets.insert_into(&head(&redacted.path)), head(&route.path));
        }
        // The tokens of completed requests are removed.
        assert!(secrets.path_tokens().tokens.is_empty());
    }
}
