//! Close codes: why Discord closed a connection, and what to do then.

use std::fmt;

/// What to do after a connection was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum After {
    /// Reconnect and resume the session.
    Resume,
    /// Reconnect and identify again. The session is lost.
    Identify,
    /// Stop. A retry is of no use before the cause is fixed.
    Stop,
}

/// The code with which Discord closed a gateway connection.
///
/// Every number is a valid code. After an undocumented one the session is resumed.
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
    code: CloseCode,
    name: &'static str,
    after: After,
    meaning: &'static str,
    hint: Option<&'static str>,
}

const LIBRARY_BUG: Option<&str> =
    Some("this is a bug in the library, or a wrong raw send event: please report it");

const TABLE: [Row; 14] = [
    Row {
        code: CloseCode::UNKNOWN_ERROR,
        name: "UNKNOWN_ERROR",
        after: After::Resume,
        meaning: "something went wrong at Discord",
        hint: None,
    },
    Row {
        code: CloseCode::UNKNOWN_OPCODE,
        name: "UNKNOWN_OPCODE",
        after: After::Resume,
        meaning: "a frame was sent with an opcode, or a payload for it, that Discord does not know",
        hint: LIBRARY_BUG,
    },
    Row {
        code: CloseCode::DECODE_ERROR,
        name: "DECODE_ERROR",
        after: After::Resume,
        meaning: "a frame was sent that Discord could not decode, or that was over 4096 bytes",
        hint: LIBRARY_BUG,
    },
    Row {
        code: CloseCode::NOT_AUTHENTICATED,
        name: "NOT_AUTHENTICATED",
        after: After::Resume,
        meaning: "a frame was sent before the identify, or the session was invalidated",
        hint: None,
    },
    Row {
        code: CloseCode::AUTHENTICATION_FAILED,
        name: "AUTHENTICATION_FAILED",
        after: After::Stop,
        meaning: "the token is wrong",
        hint: Some(
            "copy the token again from the Bot page of https://discord.com/developers/applications; \
             if it was reset, the old one no longer works",
        ),
    },
    Row {
        code: CloseCode::ALREADY_AUTHENTICATED,
        name: "ALREADY_AUTHENTICATED",
        after: After::Resume,
        meaning: "the connection had already identified",
        hint: LIBRARY_BUG,
    },
    Row {
        code: CloseCode::INVALID_SEQ,
        name: "INVALID_SEQ",
        after: After::Identify,
        meaning: "the session was resumed with a sequence number that Discord did not accept",
        hint: None,
    },
    Row {
        code: CloseCode::RATE_LIMITED,
        name: "RATE_LIMITED",
        after: After::Resume,
        meaning: "more than 120 frames were sent in 60 seconds",
        hint: LIBRARY_BUG,
    },
    Row {
        code: CloseCode::SESSION_TIMED_OUT,
        name: "SESSION_TIMED_OUT",
        after: After::Identify,
        meaning: "the session timed out",
        hint: None,
    },
    Row {
        code: CloseCode::INVALID_SHARD,
        name: "INVALID_SHARD",
        after: After::Stop,
        meaning: "the shard's index or the number of shards is not valid",
        hint: Some(
            "give an index below the number of shards; for a very large bot the number must be a multiple \
             of the one that Discord assigned",
        ),
    },
    Row {
        code: CloseCode::SHARDING_REQUIRED,
        name: "SHARDING_REQUIRED",
        after: After::Stop,
        meaning: "the bot is in too many guilds for this number of shards",
        hint: Some(
            "run more shards: GET /gateway/bot returns the number, and a shard can have at most 2500 guilds",
        ),
    },
    Row {
        code: CloseCode::INVALID_API_VERSION,
        name: "INVALID_API_VERSION",
        after: After::Stop,
        meaning: "Discord no longer serves this version of the gateway",
        hint: Some("update the library"),
    },
    Row {
        code: CloseCode::INVALID_INTENTS,
        name: "INVALID_INTENTS",
        after: After::Stop,
        meaning: "the intents have bits that Discord does not know",
        hint: Some("remove the unknown bits from the intents set by hand"),
    },
    Row {
        code: CloseCode::DISALLOWED_INTENTS,
        name: "DISALLOWED_INTENTS",
        after: After::Stop,
        meaning: "a privileged intent was requested that is not enabled for this application",
        hint: Some(
            "enable it under Privileged Gateway Intents on the Bot page of \
             https://discord.com/developers/applications, or do not use it; for applications that many users can see, \
             Discord must approve it, and again every year",
        ),
    },
];

impl CloseCode {
    /// Something went wrong at Discord.
    pub const UNKNOWN_ERROR: CloseCode = CloseCode(4000);
    /// A frame was sent with an opcode, or a payload for it, that Discord does not know.
    pub const UNKNOWN_OPCODE: CloseCode = CloseCode(4001);
    /// A frame was sent that Discord could not decode, or that was over 4096 bytes.
    pub const DECODE_ERROR: CloseCode = CloseCode(4002);
    /// A frame was sent before the identify, or the session was invalidated.
    pub const NOT_AUTHENTICATED: CloseCode = CloseCode(4003);
    /// The token is wrong.
    pub const AUTHENTICATION_FAILED: CloseCode = CloseCode(4004);
    /// The connection had already identified.
    pub const ALREADY_AUTHENTICATED: CloseCode = CloseCode(4005);
    /// The session was resumed with a sequence number that Discord did not accept.
    pub const INVALID_SEQ: CloseCode = CloseCode(4007);
    /// More than 120 frames were sent in 60 seconds.
    pub const RATE_LIMITED: CloseCode = CloseCode(4008);
    /// The session timed out.
    pub const SESSION_TIMED_OUT: CloseCode = CloseCode(4009);
    /// The shard's index or the number of shards is not valid.
    pub const INVALID_SHARD: CloseCode = CloseCode(4010);
    /// The bot is in too many guilds for this number of shards.
    pub const SHARDING_REQUIRED: CloseCode = CloseCode(4011);
    /// Discord no longer serves this version of the gateway.
    pub const INVALID_API_VERSION: CloseCode = CloseCode(4012);
    /// The intents have bits that Discord does not know.
    pub const INVALID_INTENTS: CloseCode = CloseCode(4013);
    /// A privileged intent was requested that is not enabled for this application.
    pub const DISALLOWED_INTENTS: CloseCode = CloseCode(4014);

    /// Iterates over the documented codes, by number.
    pub fn all() -> impl Iterator<Item = CloseCode> {
        TABLE.iter().map(|row| row.code)
    }

    /// What to do after this code.
    pub fn after(self) -> After {
        self.row().map_or(After::Resume, |row| row.after)
    }

    /// The name of the code, in the style of Discord's constants, if it is documented.
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// Why the connection was closed, as a part of a sentence.
    pub fn meaning(self) -> &'static str {
        match (self.row(), self.0) {
            (Some(row), _) => row.meaning,
            (None, 1000) => "Discord closed the connection normally",
            (None, 1001) => "Discord's gateway server is shutting down",
            (None, _) => "a code that Discord does not document",
        }
    }

    /// What the author of the bot can do, if anything.
    pub fn hint(self) -> Option<&'static str> {
        self.row().and_then(|row| row.hint)
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.code == self)
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
