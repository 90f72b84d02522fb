//! A REST request as the world reads it.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request to the REST API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    /// The time since the Unix epoch.
    pub now: Duration,
    /// The method, in capitals.
    pub method: String,
    /// The segments of the path below the API's base, decoded.
    pub path: Vec<String>,
    /// The query's pairs, decoded.
    pub query: Vec<(String, String)>,
    /// The body, or the form's part `payload_json`; null for none.
    pub body: Value,
    /// The files of a form.
    pub files: Vec<File>,
    /// The audit log reason, decoded.
    pub reason: Option<String>,
}

/// A file of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The part's name.
    pub field: String,
    /// The file's name.
    pub name: String,
    /// The media type, where it was said.
    pub content_type: Option<String>,
    /// What is in it.
    pub content: Vec<u8>,
}

impl Call {
    /// A request for a path below the API's base, with its query.
    pub fn new(now: Duration, method: &str, path: &str, body: Value) -> Call {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments = path.trim_matches('/').split('/');
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Call {
            now,
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

    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of the query that is true.
    pub(super) fn asks(&self, name: &str) -> bool {
        matches!(self.query(name), Some("true" | "True" | "1"))
    }

    /// A parameter of the query that is a number, or what holds without one.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str, or: T) -> T {
        self.query(name).and_then(|value| value.parse().ok()).unwrap_or(or)
    }
}

/// Undoes percent-encoding.
pub(in crate::sim) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
