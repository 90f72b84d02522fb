//! Discord's routes as a table, and the paths that are built from it.

mod table;
#[cfg(test)]
mod tests;

use std::fmt::{self, Display};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

pub(crate) use table::*;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Method {
    Delete,
    Get,
    Patch,
    Post,
    Put,
}

impl Method {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Method::Delete => "DELETE",
            Method::Get => "GET",
            Method::Patch => "PATCH",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }

    /// Whether a request can be sent twice without a further effect. Discord's `PATCH` sets values, so it can.
    pub(crate) const fn is_idempotent(self) -> bool {
        !matches!(self, Method::Post)
    }
}

/// A row of the table: a method and a path with placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    /// Whether the audit log records a reason for it.
    pub(crate) takes_reason: bool,
    is_interaction: bool,
    needs_token: bool,
}

/// The resources whose ID is a major parameter: each ID has its own rate limit.
///
/// See [rate limits](https://docs.discord.com/developers/topics/rate-limits). Interactions are included because no two of
/// them share a limit.
const MAJOR: [&str; 4] = ["/channels/{", "/guilds/{", "/interactions/{", "/webhooks/{"];

impl Endpoint {
    // A request asks for both a dozen times, so they are found when the crate is compiled.
    pub(in crate::rest) const fn new(method: Method, template: &'static str, takes_reason: bool) -> Endpoint {
        let is_interaction = contains(template, "{interaction_token}");
        let needs_token = !contains(template, "_token}");
        Endpoint { method, template, takes_reason, is_interaction, needs_token }
    }

    /// Whether it responds to an interaction. Such requests are exempt from the global rate limit.
    pub(crate) fn is_interaction(self) -> bool {
        self.is_interaction
    }

    /// Whether it needs the bot's token. It does not if the path contains another token.
    pub(crate) fn needs_token(self) -> bool {
        self.needs_token
    }

    /// Fills the placeholders in order and percent-encodes the values.
    pub(crate) fn at(self, values: &[&dyn Display]) -> Route {
        let mut path = String::with_capacity(self.template.len() + 16 * values.len());
        let mut major = 0;
        let mut rest = self.template;
        let mut values = values.iter();
        let mut misplaced = None;
        let has_major = MAJOR.iter().any(|prefix| self.template.starts_with(prefix));
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            path.push_str(before);
            if let Some(value) = values.next() {
                let value = value.to_string();
                if !is_segment(&value) {
                    misplaced = misplaced.or(Some(name));
                }
                path.extend(encode(&value));
            }
            // A token in the path is part of the major parameter.
            if has_major && (major == 0 || name.ends_with("_token")) {
                major = path.len();
            }
            rest = after;
        }
        path.push_str(rest);
        Route { endpoint: self, path, major, misplaced }
    }
}

/// [`str::contains`], in a constant.
const fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut start = 0;
    while start + part.len() <= text.len() {
        let mut length = 0;
        while length < part.len() && text[start + length] == part[length] {
            length += 1;
        }
        if length == part.len() {
            return true;
        }
        start += 1;
    }
    false
}

/// Whether a value stays where it was put in a path. Servers and proxies remove or resolve empty parts, `.` and `..`, some of
/// them after decoding, so such a value would call another route.
fn is_segment(value: &str) -> bool {
    value.split(['/', '\\']).all(|part| !matches!(part, "" | "." | ".."))
}

impl Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.name(), self.template)
    }
}

/// The endpoint and path of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) endpoint: Endpoint,
    /// With the query, if there is one.
    pub(crate) path: String,
    /// The length of the path up to the end of the major parameter.
    major: usize,
    /// The placeholder of a value that cannot be part of a path.
    misplaced: Option<&'static str>,
}

impl Route {
    /// The path up to the end of its major parameter; empty if it has none.
    pub(crate) fn major(&self) -> &str {
        &self.path[..self.major]
    }

    /// The placeholder whose value is empty, `.` or `..`, or has such a part. The request would go to another route.
    pub(crate) fn misplaced(&self) -> Option<&'static str> {
        self.misplaced
    }

    /// Adds a parameter to the query.
    pub(crate) fn with(mut self, name: &str, value: &dyn Display) -> Route {
        self.path.push(if self.path.contains('?') { '&' } else { '?' });
        self.path.extend(encode(name));
        self.path.push('=');
        self.path.extend(encode(&value.to_string()));
        self
    }
}

/// Percent-encodes a text for a URL or a header.
pub(crate) fn percent_encoded(text: &str) -> String {
    encode(text).to_string()
}

fn encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// All characters except those that need no encoding in a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
