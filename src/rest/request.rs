//! A request before it is sent.

use std::sync::Arc;

use super::form::Form;
use super::options::Options;
use super::route::{Route, percent_encoded};
use crate::error::Error;
use crate::rest::check::{at_field, chars};

/// Maximum length of an audit log reason, in characters.
const MAX_REASON: usize = 512;

#[derive(Debug)]
pub(super) struct Request {
    pub(super) route: Route,
    pub(super) body: Body,
    /// The reason for the audit log, percent-encoded.
    pub(super) reason: Option<Arc<str>>,
    /// A header that only this route has.
    pub(super) header: Option<(&'static str, String)>,
    /// Maximum size of each of its files, in bytes. `None`: not checked.
    pub(super) max_file_size: Option<u64>,
    /// Whether the request can be sent twice without a further effect.
    pub(super) repeatable: bool,
}

#[derive(Debug)]
pub(super) enum Body {
    Nothing,
    Json(Vec<u8>),
    Form(Form),
}

impl Request {
    pub(super) fn new(route: Route) -> Request {
        let repeatable = route.endpoint.method.is_idempotent();
        Request { route, body: Body::Nothing, reason: None, header: None, max_file_size: None, repeatable }
    }

    /// Sets the body to these options.
    pub(super) fn json(self, options: &impl Options) -> Result<Request, Error> {
        options.check()?;
        let body = serde_json::to_vec(options).map_err(|e| Error::invalid("(body)", e.to_string()))?;
        Ok(Request { body: Body::Json(body), ..self })
    }

    /// Sets the body to a form.
    pub(super) fn form(self, form: Form) -> Request {
        let repeatable = self.repeatable && form.is_repeatable();
        Request { body: Body::Form(form), repeatable, ..self }
    }

    /// Adds a header. Its value is a word without white space.
    pub(super) fn header(self, name: &'static str, value: &str) -> Result<Request, Error> {
        if value.is_empty() || !value.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::invalid(name, "is not one word of ASCII characters"));
        }
        Ok(Request { header: Some((name, value.to_owned())), ..self })
    }

    /// Declares that the request can be sent twice without a further effect.
    pub(super) fn repeatable(self) -> Request {
        let repeatable = match &self.body {
            Body::Nothing | Body::Json(_) => true,
            Body::Form(form) => form.is_repeatable(),
        };
        Request { repeatable, ..self }
    }
}

/// Encodes a reason for its header: [audit log reasons](https://docs.discord.com/developers/resources/audit-log).
pub(super) fn reason(text: &str) -> Result<Arc<str>, Error> {
    at_field(chars(1..=MAX_REASON)(text), || "reason".to_owned())?;
    Ok(percent_encoded(text).into())
}
