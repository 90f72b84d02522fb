//! One request, whole, before it is sent.

use std::sync::Arc;

use super::form::Form;
use super::options::Options;
use super::route::{Route, percent_encoded};
use crate::error::Error;
use crate::rest::check::{at_field, chars};

/// The longest audit log reason, in characters.
const MAX_REASON: usize = 512;

/// What is to be sent.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) route: Route,
    pub(super) body: Body,
    /// Why it is done, for the guild's audit log, percent-encoded.
    pub(super) reason: Option<Arc<str>>,
    /// A header that only its route has.
    pub(super) header: Option<(&'static str, String)>,
    /// Whether sending it twice does no more than sending it once.
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
        Request { route, body: Body::Nothing, reason: None, header: None, repeatable }
    }

    /// The same with these options as its body.
    pub(super) fn json(self, options: &impl Options) -> Result<Request, Error> {
        options.check()?;
        let body = serde_json::to_vec(options).map_err(|e| Error::invalid("(body)", e.to_string()))?;
        Ok(Request { body: Body::Json(body), ..self })
    }

    /// The same with a form as its body.
    pub(super) fn form(self, form: Form) -> Request {
        let repeatable = self.repeatable && form.is_repeatable();
        Request { body: Body::Form(form), repeatable, ..self }
    }

    /// The same with a header: a word without white space.
    pub(super) fn header(self, name: &'static str, value: &str) -> Result<Request, Error> {
        if value.is_empty() || !value.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::invalid(name, "is not one word of ASCII characters"));
        }
        Ok(Request { header: Some((name, value.to_owned())), ..self })
    }

    /// The same, declared to do no more when it is sent twice.
    pub(super) fn repeatable(self) -> Request {
        let repeatable = match &self.body {
            Body::Nothing | Body::Json(_) => true,
            Body::Form(form) => form.is_repeatable(),
        };
        Request { repeatable, ..self }
    }
}

/// A reason as its header has it: [audit log reasons](https://docs.discord.com/developers/resources/audit-log).
pub(super) fn reason(text: &str) -> Result<Arc<str>, Error> {
    at_field(chars(1..=MAX_REASON)(text), || "reason".to_owned())?;
    Ok(percent_encoded(text).into())
}
