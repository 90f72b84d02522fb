//! Errors of handlers, and the name under which they are reported.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::Arc;

use crate::bot::health::meter::{Failure, HandlerMeter};
use crate::error::BoxError;

/// The name of a handler in logs and errors: how and where it was registered.
#[derive(Clone, Debug)]
pub(crate) struct HandlerId {
    pub(crate) what: String,
    pub(crate) at: &'static Location<'static>,
    /// Whether it is a node's; such a handler is drawn with its tree.
    pub(crate) is_node: bool,
    /// What is counted of it. Clones share the counters.
    pub(crate) meter: Arc<HandlerMeter>,
}

impl HandlerId {
    pub(crate) fn new(what: impl Into<String>, at: &'static Location<'static>) -> HandlerId {
        HandlerId { what: what.into(), at, is_node: false, meter: Arc::default() }
    }

    /// The ID of a node's handler, from the node's path.
    pub(crate) fn of_node(path: String, at: &'static Location<'static>) -> HandlerId {
        HandlerId { is_node: true, ..HandlerId::new(path, at) }
    }

    /// The name of a type without its path.
    pub(crate) fn type_name<E>() -> &'static str {
        let path = std::any::type_name::<E>();
        path.rsplit("::").next().unwrap_or(path)
    }

    /// `on::<MessageCreate>` and the place in the source.
    pub(crate) fn of<E>(at: &'static Location<'static>) -> HandlerId {
        HandlerId::new(format!("on::<{}>", HandlerId::type_name::<E>()), at)
    }
}

impl fmt::Display for HandlerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}:{}", self.what, self.at.file(), self.at.line())
    }
}

/// A handler that failed, for [`Bot::on_error`](crate::bot::Bot::on_error).
///
/// Its `Display` is one readable line. It does not panic, even if the `Display` of the program's error does.
#[derive(Debug)]
#[non_exhaustive]
pub struct HandlerError {
    /// The event that was handled: its name in the gateway (`MESSAGE_CREATE`), `Connected`, `Disconnected`, `Gap`, `timer` or `post`.
    pub event: String,
    /// How and where the handler was registered: `on::<MessageCreate> at src/main.rs:12`.
    pub handler: String,
    /// What went wrong.
    pub problem: Problem,
}

/// How a handler failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// It returned an error.
    Failed(BoxError),
    /// It panicked, with this message.
    Panicked(String),
    /// The event could not be read, so the handler was not called: this version does not know what Discord sent.
    Unreadable(serde_json::Error),
}

impl From<&Problem> for Failure {
    fn from(problem: &Problem) -> Failure {
        match problem {
            Problem::Failed(_) => Failure::Error,
            Problem::Panicked(_) => Failure::Panic,
            Problem::Unreadable(_) => Failure::Unreadable,
        }
    }
}

impl fmt::Display for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let HandlerError { event, handler, problem } = self;
        match problem {
            Problem::Failed(error) => write!(f, "{handler} failed on {event}: {}", text_of(error)),
            Problem::Panicked(message) => write!(f, "{handler} panicked on {event}: {message}"),
            Problem::Unreadable(error) => {
                write!(f, "{handler} was not called, because {event} could not be read: {error}")
            }
        }
    }
}

impl StdError for HandlerError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Failed(error) => error.source(),
            Problem::Panicked(_) => None,
            Problem::Unreadable(error) => Some(error),
        }
    }
}

/// Calls a handler. A panic becomes an error. What the closure captured stays as the panic left it.
pub(crate) fn guard(call: impl FnOnce() -> Result<(), Problem>) -> Result<(), Problem> {
    caught(call).unwrap_or_else(|message| Err(Problem::Panicked(message)))
}

/// Calls code of the program. The error is the message of a panic.
pub(crate) fn caught<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(panic_text)
}

/// Drops a value of the program. A panic in its `Drop` is logged.
pub(crate) fn discard<T>(value: T) {
    if let Err(message) = caught(|| drop(value)) {
        log::error!("a value of the program panicked when it was dropped: {message}");
    }
}

/// Drops values of the program one by one, so that one that panics does not leave another to panic on top of it, which
/// would abort the process.
pub(crate) fn discard_all<T>(values: impl IntoIterator<Item = T>) {
    values.into_iter().for_each(discard);
}

/// The text of an error of the program, also if its `Display` fails or panics.
fn text_of(error: &BoxError) -> String {
    let mut text = String::new();
    match caught(|| write!(text, "{error}")) {
        Ok(Ok(())) => {}
        Ok(Err(_)) => text.push_str(" (its Display failed)"),
        Err(message) => text = format!("{text} (its Display panicked: {message})"),
    }
    text
}

/// The message of a panic. Drops the payload, whose `Drop` can panic with a further payload.
fn panic_text(payload: Box<dyn Any + Send>) -> String {
    const MAX_PANICS: usize = 8;
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
        .to_owned();
    let mut payload = payload;
    for _ in 0..MAX_PANICS {
        match catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            Ok(()) => return text,
            Err(next) => payload = next,
        }
    }
    // It panics again and again: leak it.
    std::mem::forget(payload);
    text
}
