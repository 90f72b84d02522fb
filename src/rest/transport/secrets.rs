//! What shows in no log, since it is put into a request only where that leaves: ureq logs every byte of the
//! requests that it knows of.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::rest::route::Route;
use crate::sync::{Mutex, MutexGuard};
use crate::token::Token;

/// Stands in the `Authorization` header of a request until the token takes its place.
pub(in crate::rest) const TOKEN_GOES_HERE: &str = "(the token)";

/// Begins what stands in a path until the token takes its place that the path has: a webhook's, or an
/// interaction's.
const HIDDEN: &str = "/~hidden-";

/// The tokens of one client.
pub(in crate::rest) struct Secrets {
    /// The value of the header.
    authorization: Vec<u8>,
    in_paths: Mutex<InPaths>,
}

/// The tokens in the paths of the requests that are under way, by number.
#[derive(Default)]
struct InPaths {
    next: u64,
    tokens: HashMap<u64, String>,
}

/// A path that shows no token. As long as it lives, the token is known.
pub(in crate::rest) struct Covered {
    pub(in crate::rest) path: String,
    number: Option<u64>,
    secrets: Arc<Secrets>,
}

impl Secrets {
    pub(in crate::rest) fn new(token: Option<&Token>) -> Secrets {
        let authorization = token.map(|token| format!("Bot {}", token.reveal())).unwrap_or_default();
        Secrets { authorization: authorization.into_bytes(), in_paths: Mutex::default() }
    }

    /// The path of a route, with another word in place of the token that it may have.
    pub(in crate::rest) fn cover(self: &Arc<Self>, route: &Route) -> Covered {
        let secrets = Arc::clone(self);
        let Some((before, token)) = route.major().rsplit_once('/').filter(|_| !route.endpoint.needs_token())
        else {
            return Covered { path: route.path.clone(), number: None, secrets };
        };
        let mut in_paths = self.in_paths();
        let number = in_paths.next;
        in_paths.next += 1;
        in_paths.tokens.insert(number, token.to_owned());
        drop(in_paths);
        let path = format!("{before}{HIDDEN}{number}{}", &route.path[route.major().len()..]);
        Covered { path, number: Some(number), secrets }
    }

    /// The beginning of a request with the tokens in their places.
    pub(super) fn reveal(&self, head: &[u8]) -> Vec<u8> {
        let line_end = head.iter().position(|byte| *byte == b'\r').unwrap_or(head.len());
        let (line, rest) = head.split_at(line_end);
        let mut revealed = self.with_path(line).unwrap_or_else(|| line.to_vec());
        revealed.extend(self.with_header(rest));
        revealed
    }

    fn with_path(&self, line: &[u8]) -> Option<Vec<u8>> {
        let hidden = HIDDEN.as_bytes();
        let at = line.windows(hidden.len()).position(|part| part == hidden)?;
        let digits = &line[at + hidden.len()..];
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&digits[..count]).ok()?.parse().ok()?;
        let in_paths = self.in_paths();
        let token = in_paths.tokens.get(&number)?;
        Some([&line[..at], b"/", token.as_bytes(), &digits[count..]].concat())
    }

    fn with_header(&self, head: &[u8]) -> Vec<u8> {
        let place = TOKEN_GOES_HERE.as_bytes();
        let line = [b": ", place, b"\r\n"].concat();
        match head.windows(line.len()).position(|part| part == line) {
            Some(at) => [&head[..at + 2], &self.authorization, &head[at + 2 + place.len()..]].concat(),
            None => head.to_vec(),
        }
    }

    fn in_paths(&self) -> MutexGuard<'_, InPaths> {
        self.in_paths.lock()
    }
}

impl Drop for Covered {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.secrets.in_paths().tokens.remove(&number);
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
    fn the_token_takes_its_place_in_the_head() {
        let head = b"GET / HTTP/1.1\r\nauthorization: (the token)\r\nHost: a\r\n\r\n{}";
        assert_eq!(secrets().reveal(head), b"GET / HTTP/1.1\r\nauthorization: Bot x\r\nHost: a\r\n\r\n{}");
    }

    #[test]
    fn a_request_without_a_place_for_it_goes_without_it() {
        for head in
            [&b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"[..], b"GET /~hidden-9 HTTP/1.1\r\n\r\n", b"GET /~hidden-x"]
        {
            assert_eq!(secrets().reveal(head), head);
        }
    }

    #[test]
    fn the_token_of_a_path_is_covered_until_it_leaves() {
        let secrets = secrets();
        let id = 5;
        let paths = [
            (
                route::EDIT_WEBHOOK_MESSAGE.at(&[&id, &"se-cret", &9]).with("wait", &true),
                "/webhooks/5/~hidden-0/messages/9?wait=true",
            ),
            (route::CREATE_INTERACTION_RESPONSE.at(&[&id, &"se-cret"]), "/interactions/5/~hidden-1/callback"),
            (route::WEBHOOK.at(&[&id]), "/webhooks/5"),
            (route::CURRENT_USER.at(&[]), "/users/@me"),
        ];
        for (route, shown) in &paths {
            let covered = secrets.cover(route);
            assert_eq!(covered.path, *shown);
            let head = |path: &str| format!("GET /api{path} HTTP/1.1\r\n\r\n").into_bytes();
            assert_eq!(secrets.reveal(&head(&covered.path)), head(&route.path));
        }
        // What is over is forgotten.
        assert!(secrets.in_paths().tokens.is_empty());
    }
}
