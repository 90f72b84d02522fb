//! The error type, with variants by what to do next.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error_code::JsonErrorCode;
use crate::gateway::intents::Intents;
use crate::interaction::error::ResponseError;

/// An error of any type, as handlers return it.
pub type BoxError = Box<dyn StdError + Send + Sync + 'static>;

/// The result of a handler, which `main` can return too.
///
/// `?` works on every error type that is `Send` and `Sync`. Both parameters have defaults, as in
/// `anyhow::Result`: `syncord::Result` is `Result<(), BoxError>`, and `syncord::Result<T, E>` is the plain `Result`.
///
/// A function that only calls this crate can return `Result<T, Error>` instead, whose error can be matched. `?` converts
/// in both directions: a [`BoxError`] that holds an [`Error`] becomes that error again.
pub type Result<T = (), E = BoxError> = std::result::Result<T, E>;

/// Minimum wait before repeating a search while Discord's index is not ready.
const INDEX_DELAY: Duration = Duration::from_secs(1);

/// A shorter wait counts as none.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// Ends the text of an error that was noticed before the request was sent.
pub(crate) const NOTHING_SENT: &str = "nothing was sent";

/// Why an operation failed, and what to do about it.
///
/// # Design
///
/// The variants are divided by *what the reader does next*, not by the layer they come from: give another token, change
/// the program, change a value, set a switch in the developer portal, wait, or try again. For the last two, a program
/// uses [`is_temporary`](Error::is_temporary) and [`retry_after`](Error::retry_after).
///
/// `Debug` prints the same text as `Display`, followed by the causes, because a `main` that returns an error prints it
/// with `Debug`. No variant contains the token.
#[non_exhaustive]
pub enum Error {
    /// The token is missing, malformed, or refused by Discord: set the right one.
    Token {
        /// What is wrong with the token, and where it came from.
        problem: String,
    },
    /// The program's setup cannot work: change the program or its environment.
    Setup {
        /// What is wrong, and what to do about it.
        problem: String,
    },
    /// A value given to a call is outside Discord's limits, or a file cannot be read: change it. `problem` says whether
    /// anything was sent.
    Invalid {
        /// The field, as Discord names it (`content`, `embeds[0].title`).
        field: String,
        /// The limit, if it is one of length, number, size or time.
        limit: Option<Limit>,
        /// What is wrong, in words, and how much of the request was sent.
        problem: String,
    },
    /// Privileged intents are not switched on for this application in the developer portal, or the bot sends an event that
    /// needs intents for which it does not ask.
    Intents {
        /// The intents that are missing. When Discord does not say which, all privileged ones that the bot asked for.
        intents: Intents,
        /// Which intents, which handlers need them, and where the switch is.
        problem: String,
    },
    /// Discord answered a request with an error.
    Http(Box<HttpError>),
    /// A rate limit prevents sending this request before its deadline; it was not sent.
    RateLimited {
        /// The route, as `METHOD /path/{with}/placeholders`.
        route: String,
        /// How long until the request could be sent.
        retry_after: Duration,
    },
    /// Discord refused so many requests recently that it would soon block this IP address. Nothing is sent until enough
    /// time has passed. Find the calls that lack a permission.
    ///
    /// See [invalid request limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
    InvalidRequests {
        /// The number of responses with status 401, 403 or 429 in the last ten minutes.
        refused: u32,
        /// How long until requests are sent again.
        retry_after: Duration,
    },
    /// The network or the other side failed: try again later.
    Network {
        /// The operation, as in "could not send GET /users/@me".
        doing: String,
        /// The cause.
        source: BoxError,
    },
    /// Discord sent something that this version cannot read: please report it.
    Decode {
        /// What was being read.
        what: String,
        /// The cause, with the position of the error.
        source: BoxError,
    },
    /// Discord closed the gateway connection for a reason that a retry does not solve.
    Gateway {
        /// The close code ([list](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes)).
        code: u16,
        /// What the code means, and what to do about it.
        problem: String,
    },
    /// Too few identifies are left today to use another one: wait.
    IdentifyBudget {
        /// Identifies left, by Discord's count.
        remaining: u32,
        /// Identifies per day.
        total: u32,
        /// How long until Discord resets the count.
        retry_after: Duration,
    },
    /// An interaction cannot be responded to in this way: it has a response already, or it is too late for one.
    Response(ResponseError),
    /// A queue or pool of this program is full: try again later, or raise its limit.
    Busy {
        /// Which limit is reached, and what to do about it.
        problem: String,
    },
    /// The bot was stopped during this operation.
    Stopped,
    /// An error of the program or of another library, from a [`BoxError`].
    Other(BoxError),
}

/// A limit, with the value that is outside of it.
///
/// ```
/// use syncord::{Error, Limit};
/// use syncord::rest::CreateMessage;
///
/// match CreateMessage::text("x".repeat(2500)).check() {
///     Err(Error::Invalid { field, limit: Some(Limit::Characters { max, actual, .. }), .. }) => {
///         assert_eq!((field.as_str(), max, actual), ("content", 2000, 2500));
///     }
///     other => panic!("{other:?}"),
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// The length of a text, or of several together, in characters.
    Characters {
        /// The smallest length.
        min: usize,
        /// The largest length.
        max: usize,
        /// The length of the value.
        actual: usize,
    },
    /// The number of elements of a list.
    Elements {
        /// The smallest number.
        min: usize,
        /// The largest number.
        max: usize,
        /// The number of elements of the value.
        actual: usize,
    },
    /// The size of a file or a payload in bytes.
    Bytes {
        /// The largest size.
        max: u64,
        /// The size of the value.
        actual: u64,
    },
    /// A number.
    Number {
        /// The smallest number.
        min: f64,
        /// The largest number.
        max: f64,
        /// The value.
        actual: f64,
    },
    /// A length of time.
    Time {
        /// The shortest time.
        min: Duration,
        /// The longest time.
        max: Duration,
        /// The value.
        actual: Duration,
    },
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, min, max, actual) = match *self {
            Limit::Characters { min, max, actual } => ("character", min, max, actual),
            Limit::Elements { min, max, actual } => ("element", min, max, actual),
            Limit::Bytes { max, actual } => {
                return write!(f, "at most {max} bytes, and this has {actual}");
            }
            Limit::Number { min, max, actual } => {
                return write!(f, "from {min} to {max}, and this is {actual}");
            }
            Limit::Time { min, max, actual } => {
                let (min, max, actual) = (min.as_secs_f64(), max.as_secs_f64(), actual.as_secs_f64());
                return write!(f, "from {min} to {max} whole seconds, and this is {actual}");
            }
        };
        match min {
            0 => write!(f, "at most {max} {unit}")?,
            _ if min == max => write!(f, "exactly {max} {unit}")?,
            _ => write!(f, "{min} to {max} {unit}")?,
        }
        write!(f, "{}, and this has {actual}", if max == 1 { "" } else { "s" })
    }
}

/// An error response of Discord's REST API.
///
/// See [error messages](https://docs.discord.com/developers/reference#error-messages).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpError {
    /// The route, as `METHOD /path/{with}/placeholders`.
    pub route: String,
    /// The HTTP status.
    pub status: u16,
    /// Discord's error code; [`GENERAL_ERROR`](JsonErrorCode::GENERAL_ERROR) if the response has none.
    pub code: JsonErrorCode,
    /// Discord's message, or an excerpt of a response that is not JSON.
    pub message: String,
    /// The errors of fields: path and problem.
    pub fields: Vec<(String, String)>,
    /// How long to wait, according to Discord or Cloudflare.
    pub retry_after: Option<Duration>,
    /// Whether the response is Discord's. If not, something between this machine and Discord responded, such as a proxy, a
    /// firewall, or the login page of a network.
    pub is_from_discord: bool,
}

impl HttpError {
    /// Creates an error with a status and a message.
    pub fn new(route: impl Into<String>, status: u16, message: impl Into<String>) -> Self {
        HttpError {
            route: route.into(),
            status,
            code: JsonErrorCode::GENERAL_ERROR,
            message: message.into(),
            fields: Vec::new(),
            retry_after: None,
            is_from_discord: true,
        }
    }

    /// What to do about the error, if there is a [hint](JsonErrorCode::hint) for its code.
    pub fn hint(&self) -> Option<&'static str> {
        self.code.hint()
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            _ if !self.is_from_discord => write!(f, "{} got an unusable response", self.route)?,
            200..=399 => write!(f, "{} got an unusable response", self.route)?,
            500.. => write!(f, "Discord failed at {}", self.route)?,
            _ => write!(f, "Discord refused {}", self.route)?,
        }
        write!(f, ": {} (HTTP {}", self.message, self.status)?;
        if self.code != JsonErrorCode::GENERAL_ERROR {
            write!(f, ", code {}", self.code.0)?;
        }
        f.write_str(")")?;
        for (path, problem) in &self.fields {
            write!(f, "; {path}: {problem}")?;
        }
        match self.hint() {
            Some(hint) => write!(f, "; hint: {hint}"),
            None => Ok(()),
        }
    }
}

impl Error {
    pub(crate) fn setup(problem: impl Into<String>) -> Self {
        Error::Setup { problem: problem.into() }
    }

    pub(crate) fn token(problem: impl Into<String>) -> Self {
        Error::Token { problem: problem.into() }
    }

    /// An error about a value, found before anything was sent.
    pub(crate) fn invalid(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Error::Invalid { field: field.into(), limit: None, problem: not_sent(problem.into()) }
    }

    /// An error about a value outside a limit, which `problem` describes in words, found before anything was sent.
    pub(crate) fn outside(field: impl Into<String>, limit: Limit, problem: impl Into<String>) -> Self {
        Error::Invalid { field: field.into(), limit: Some(limit), problem: not_sent(problem.into()) }
    }

    pub(crate) fn network(doing: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Error::Network { doing: doing.into(), source: source.into() }
    }

    pub(crate) fn decode(what: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Error::Decode { what: what.into(), source: source.into() }
    }

    /// Whether the same call may succeed later without a change.
    pub fn is_temporary(&self) -> bool {
        match self {
            Error::Http(e) => {
                let is_elsewhere = !e.is_from_discord && matches!(e.status, 0..=399 | 401 | 403 | 407);
                e.status == 429 || e.status >= 500 || e.code.is_temporary() || is_elsewhere
            }
            Error::RateLimited { .. }
            | Error::InvalidRequests { .. }
            | Error::Network { .. }
            | Error::IdentifyBudget { .. }
            | Error::Busy { .. } => true,
            _ => false,
        }
    }

    /// How long to wait before a retry, if it is known.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            // Discord sends 0 for "after a short delay".
            Error::Http(e) if e.code == JsonErrorCode::INDEX_NOT_YET_AVAILABLE => {
                Some(e.retry_after.unwrap_or_default().max(INDEX_DELAY))
            }
            Error::Http(e) => e.retry_after,
            Error::RateLimited { retry_after, .. }
            | Error::InvalidRequests { retry_after, .. }
            | Error::IdentifyBudget { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }
}

fn not_sent(problem: String) -> String {
    problem + " (" + NOTHING_SENT + ")"
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Token { problem }
            | Error::Setup { problem }
            | Error::Intents { problem, .. }
            | Error::Busy { problem } => f.write_str(problem),
            Error::Invalid { field, problem, .. } => write!(f, "{field}: {problem}"),
            Error::Http(e) => e.fmt(f),
            Error::Response(e) => e.fmt(f),
            Error::RateLimited { route, retry_after } if *retry_after < SHORTEST_WAIT => {
                write!(
                    f,
                    "the deadline of {route} was over before its turn came: give it a longer one ({NOTHING_SENT})"
                )
            }
            Error::RateLimited { route, retry_after } => {
                write!(f, "{route} is rate limited: it could be sent in {retry_after:.1?} ({NOTHING_SENT})")
            }
            Error::InvalidRequests { refused, retry_after } => write!(
                f,
                "Discord refused {refused} requests in the last ten minutes (HTTP 401, 403 or 429), and it blocks this IP \
                 address at 10,000: nothing is sent for {} s; look for calls that lack a permission",
                retry_after.as_secs().max(1)
            ),
            Error::Network { doing, source } => write!(f, "could not {doing}: {source}"),
            Error::Decode { what, source } => {
                write!(f, "Discord sent {what} that could not be read: {source}")
            }
            Error::Gateway { code, problem } => {
                write!(f, "Discord closed the gateway connection with {code}: {problem}")
            }
            Error::IdentifyBudget { remaining, total, retry_after } => write!(
                f,
                "only {remaining} of {total} logins are left today and passing the limit would reset the token: \
                 not logging in; Discord resets the count in {} min; bot.diagnose() shows the count without a login",
                retry_after.as_secs().div_ceil(60)
            ),
            Error::Stopped => f.write_str("the bot was stopped"),
            Error::Other(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)?;
        let mut cause = match self {
            Error::Other(error) => error.source(),
            // `Display` already includes the first cause.
            _ => self.source().and_then(StdError::source),
        };
        while let Some(inner) = cause {
            write!(f, ": {inner}")?;
            cause = inner.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Error::Network { source, .. } | Error::Decode { source, .. } => Some(&**source),
            // `Display` shows the error itself.
            Error::Other(error) => error.source(),
            _ => None,
        }
    }
}

/// Returns the [`Error`] in the box, or [`Error::Other`] if it holds another type.
///
/// So `?` works on [`syncord::Result`](Result) in a function that returns `Result<_, syncord::Error>`.
impl From<BoxError> for Error {
    fn from(error: BoxError) -> Self {
        error.downcast().map_or_else(Error::Other, |error| *error)
    }
}

impl From<ResponseError> for Error {
    fn from(e: ResponseError) -> Self {
        Error::Response(e)
    }
}

impl From<HttpError> for Error {
    fn from(e: HttpError) -> Self {
        Error::Http(Box::new(e))
    }
}
