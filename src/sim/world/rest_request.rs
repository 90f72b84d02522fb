//! A REST request as the world reads it.

use std::str::FromStr;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::id::UserId;
use crate::sim::ids;

/// A request to the REST API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestRequest {
    /// The time since the Unix epoch.
    pub now: Duration,
    /// The user who sends the request: the bot of the token, or a person as their client does. `None` stands for the first
    /// bot.
    pub user: Option<UserId>,
    /// The method, in upper case.
    pub method: String,
    /// The segments of the path below the base of the API, decoded.
    pub path: Vec<String>,
    /// The pairs of the query, decoded.
    pub query: Vec<(String, String)>,
    /// The body, or `payload_json` of a form. Null if there is none.
    pub body: Value,
    /// The files of a form.
    pub files: Vec<File>,
    /// The audit log reason, decoded.
    pub reason: Option<String>,
}

/// A file of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The name of the field.
    pub field: String,
    /// The name of the file.
    pub name: String,
    /// The media type, if given.
    pub content_type: Option<String>,
    /// The content.
    pub content: Vec<u8>,
}

impl RestRequest {
    /// Creates a request for a path below the base of the API, with its query.
    ///
    /// IDs in the body may be texts or numbers.
    pub fn new(now: Duration, method: &str, path: &str, mut body: Value) -> RestRequest {
        ids::make_texts(&mut body);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments = path.trim_matches('/').split('/');
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        RestRequest {
            now,
            user: None,
            method: method.to_owned(),
            path: segments.map(decoded).collect(),
            query: pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(key, value)| (decoded(key), decoded(&value.replace('+', " "))))
                .collect(),
            body,
            files: Vec::new(),
            reason: None,
        }
    }

    /// Creates a request of a user. The segments of the path are not encoded.
    pub fn by(now: Duration, user: UserId, method: &str, path: &[&str], mut body: Value) -> RestRequest {
        ids::make_texts(&mut body);
        RestRequest {
            now,
            user: Some(user),
            method: method.to_owned(),
            path: path.iter().map(|segment| (*segment).to_owned()).collect(),
            body,
            ..RestRequest::default()
        }
    }

    /// The ID of the user who sends the request.
    pub(super) fn actor(&self) -> u64 {
        self.user.map_or(0, UserId::get)
    }

    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter of the query is true.
    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.query(name), Some("true" | "True" | "1"))
    }

    /// A parameter of the query as a number, or a default.
    pub(super) fn number<T: FromStr>(&self, name: &str, default: T) -> T {
        self.query(name).and_then(|value| value.parse().ok()).unwrap_or(default)
    }
}

/// Whether a path is of this form, in which a star stands for any segment.
pub(super) fn path_matches(pattern: &str, path: &[&str]) -> bool {
    let mut segments = path.iter();
    pattern.split('/').all(|one| segments.next().is_some_and(|segment| one == "*" || one == *segment))
        && segments.next().is_none()
}

/// Decodes percent-encoding.
pub(in crate::sim) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
