//! Close codes: why Discord ended a connection, and what to do then.

use std::fmt;

/// What follows when a connection was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum After {
    /// Reconnect and resume the session.
    Resume,
    /// Reconnect and identify anew; the session is lost.
    Identify,
    /// Stop: trying again gives the same answer until somebody changes something.
    Stop,
}

/// The code with which Discord closed a gateway connection.
///
/// Every number is a close code; those that Discord does not document resume the session.
///
/// See [gateway close event codes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
///
/// ```
/// use syncord::gateway::close_code::{After, CloseCode};
///
/// assert_eq!(CloseCode(4004).after(), After::Stop);
/// assert_eq!(CloseCode(4000).to_string(), "4000 UNKNOWN_ERROR: something went wrong at Discord");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(pub u16);

struct Row {
    code: u16,
    name: &'static str,
    after: After,
    meaning: &'static str,
    hint: Option<&'static str>,
}

const LIBRARY_BUG: Option<&str> =
    Some("this is a mistake of the library or of a raw send event: please report it");

const TABLE: [Row; 14] = [
    Row {
        code: 4000,
        name: "UNKNOWN_ERROR",
        after: After::Resume,
        meaning: "something went wrong at Discord",
        hint: None,
    },
    Row {
        code: 4001,
        name: "UNKNOWN_OPCODE",
        after: After::Resume,
        meaning: "a frame was sent with an opcode, or a payload for it, that Discord does not know",
        hint: LIBRARY_BUG,
    },
    Row {
        code: 4002,
        name: "DECODE_ERROR",
        after: After::Resume,
        meaning: "a frame was sent that Discord could not decode, or that was over 4096 bytes",
        hint: LIBRARY_BUG,
    },
    Row {
        code: 4003,
        name: "NOT_AUTHENTICATED",
        after: After::Resume,
        meaning: "something was sent before identifying, or the session was invalidated",
        hint: None,
    },
    Row {
        code: 4004,
        name: "AUTHENTICATION_FAILED",
        after: After::Stop,
        meaning: "the token is wrong",
        hint: Some(
            "copy the token again from the Bot page of https://discord.com/developers/applications; \
             if it was reset, the old one no longer works",
        ),
    },
    Row {
        code: 4005,
        name: "ALREADY_AUTHENTICATED",
        after: After::Resume,
        meaning: "the connection had identified already",
        hint: LIBRARY_BUG,
    },
    Row {
        code: 4007,
        name: "INVALID_SEQ",
        after: After::Identify,
        meaning: "the session was resumed with a sequence number that Discord did not accept",
        hint: None,
    },
    Row {
        code: 4008,
        name: "RATE_LIMITED",
        after: After::Resume,
        meaning: "more than 120 frames were sent in 60 seconds",
        hint: LIBRARY_BUG,
    },
    Row {
        code: 4009,
        name: "SESSION_TIMED_OUT",
        after: After::Identify,
        meaning: "the session timed out",
        hint: None,
    },
    Row {
        code: 4010,
        name: "INVALID_SHARD",
        after: After::Stop,
        meaning: "the shard's index or the number of shards is not valid",
        hint: Some(
            "give an index below the number of shards; for a very large bot the number must be a multiple \
             of the one that Discord assigned",
        ),
    },
    Row {
        code: 4011,
        name: "SHARDING_REQUIRED",
        after: After::Stop,
        meaning: "the bot is in too many guilds for this number of shards",
        hint: Some("run more shards: GET /gateway/bot tells how many, and one holds at most 2500 guilds"),
    },
    Row {
        code: 4012,
        name: "INVALID_API_VERSION",
        after: After::Stop,
        meaning: "Discord no longer serves this version of the gateway",
        hint: Some("update the library"),
    },
    Row {
        code: 4013,
        name: "INVALID_INTENTS",
        after: After::Stop,
        meaning: "the intents hold bits that Discord does not know",
        hint: Some("remove the unknown bits from the intents set by hand"),
    },
    Row {
        code: 4014,
        name: "DISALLOWED_INTENTS",
        after: After::Stop,
        meaning: "a privileged intent is asked for that this application is not allowed",
        hint: Some(
            "switch it on under Privileged Gateway Intents on the Bot page of \
             https://discord.com/developers/applications (a bot in 100 or more servers needs Discord's approval), \
             or do without it",
        ),
    },
];

impl CloseCode {
    /// All codes that Discord documents, by number.
    pub fn all() -> impl Iterator<Item = CloseCode> {
        TABLE.iter().map(|row| CloseCode(row.code))
    }

    /// What follows.
    pub fn after(self) -> After {
        self.row().map_or(After::Resume, |row| row.after)
    }

    /// A name in the style of Discord's other constants, if the code is documented.
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// What happened, as half a sentence.
    pub fn meaning(self) -> &'static str {
        match (self.row(), self.0) {
            (Some(row), _) => row.meaning,
            (None, 1000) => "Discord closed the connection normally",
            (None, 1001) => "the machine at Discord's end is going away",
            (None, _) => "a code that Discord does not document",
        }
    }

    /// What the bot's author should do about it, if anything.
    pub fn hint(self) -> Option<&'static str> {
        self.row().and_then(|row| row.hint)
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.code == self.0)
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        if let Some(name) = self.name() {
            write!(f, " {name}")?;
        }
        write!(f, ": {}", self.meaning())
    }
}
