//! The layers as tables.

use super::cycles::KnownCycle;

/// What the modules of one row may import, in addition to themselves, what is inside them, and [`LEAVES`].
///
/// The row with the longest matching name holds for a module.
pub(crate) struct Rule {
    pub(crate) modules: &'static [&'static str],
    pub(crate) may_import: &'static [&'static [&'static str]],
}

/// Small modules that everything may import. Of them, only `id` and `registry` import anything.
pub(crate) const LEAVES: &[&str] = &[
    "id",
    "error_code",
    "backoff",
    "counters",
    "deadline",
    "fingerprint",
    "lookup",
    "registry",
    "replace_file",
    "sync",
    "user_agent",
];

/// Facts of Discord's gateway protocol.
const FACTS: &[&str] = &["gateway::opcode", "gateway::close_code", "gateway::intents", "gateway::shard_id"];

/// The gateway protocol without I/O.
const PROTOCOL: &[&str] = &["gateway::frame", "gateway::session", "gateway::identify"];

const CREDENTIALS: &[&str] = &["token", "tls", "proxy"];

/// Why a response to an interaction is not possible: a part of [`syncord::Error`](../../src/error.rs).
const RESPONSE_ERROR: &[&str] = &["interaction::action", "interaction::error"];

pub(crate) const RULES: &[Rule] = &[
    Rule { modules: LEAVES, may_import: &[] },
    // An ID is read from JSON.
    Rule { modules: &["id"], may_import: &[&["json"]] },
    Rule { modules: &["registry"], may_import: &[&["sync"]] },
    Rule { modules: RESPONSE_ERROR, may_import: &[RESPONSE_ERROR] },
    // An error names the intents that are off.
    Rule { modules: &["error"], may_import: &[RESPONSE_ERROR, FACTS] },
    Rule { modules: &["json"], may_import: &[] },
    // Nothing but text.
    Rule { modules: &["guide"], may_import: &[] },
    Rule { modules: CREDENTIALS, may_import: &[&["error"]] },
    Rule { modules: FACTS, may_import: &[FACTS] },
    Rule { modules: &["rest::route", "rest::limiter"], may_import: &[&["rest::route", "rest::limiter"]] },
    Rule { modules: &["model"], may_import: &[&["json"]] },
    Rule { modules: &["gateway::send_event"], may_import: &[&["error"], FACTS] },
    Rule {
        modules: PROTOCOL,
        may_import: &[&["error", "json", "token", "gateway::send_event"], FACTS, PROTOCOL],
    },
    // What outlives the process. It knows facts of the gateway, and no connection.
    Rule { modules: &["store"], may_import: &[&["error"], FACTS] },
    // What a bot sent and received, as text. It knows no protocol, so that the bot, its client and a replay share the format.
    Rule { modules: &["recording"], may_import: &[&["error", "token"]] },
    // socket, shard, event
    Rule { modules: &["gateway"], may_import: &[&["error", "json", "model"], CREDENTIALS] },
    // What events change. It knows no connection and no REST API.
    Rule { modules: &["cache"], may_import: &[&["json", "model", "gateway::event"], FACTS] },
    Rule { modules: &["rest"], may_import: &[&["error", "json", "model", "recording"], CREDENTIALS] },
    // What the library says to users, in their languages.
    Rule { modules: &["texts"], may_import: &[&["error", "json", "model"]] },
    Rule { modules: &["command"], may_import: &[&["error", "model", "texts"]] },
    // Below the bot and next to the gateway, so that it also answers interactions that come over HTTP.
    Rule { modules: &["interaction"], may_import: &[&["error", "json", "model", "rest", "texts"]] },
    Rule {
        modules: &["bot"],
        may_import: &[
            &[
                "error",
                "json",
                "model",
                "gateway",
                "rest",
                "command",
                "interaction",
                "store",
                "recording",
                "texts",
                "cache",
            ],
            CREDENTIALS,
        ],
    },
    Rule {
        modules: &["bot::playground", "bot::replay"],
        may_import: &[
            &["error", "model", "gateway", "rest", "command", "interaction", "bot", "sim"],
            CREDENTIALS,
        ],
    },
    // The simulated Discord shares no code with the client, or it would repeat a misreading of the client.
    Rule { modules: &["sim"], may_import: &[&["error", "model", "recording"], FACTS] },
    Rule { modules: &["sim::world", "sim::peer"], may_import: &[&["error", "sim"], FACTS] },
];

/// Modules without socket, clock, thread and global randomness: `now` and a seed are arguments.
pub(crate) const PURE: &[&str] = &[
    "id",
    "backoff",
    "deadline",
    "json",
    "gateway::opcode",
    "gateway::close_code",
    "gateway::intents",
    "gateway::frame",
    "gateway::send_event",
    "gateway::session",
    "gateway::identify",
    "recording::json",
    "recording::line",
    "recording::mask",
    "rest::route",
    "rest::limiter",
    "cache",
    "command",
    "bot::diagnose::diagnosis",
    "bot::diagnose::facts",
    "bot::diagnose::finding",
    "bot::diagnose::judge",
    "interaction::action",
    "interaction::error",
    "interaction::header",
    "interaction::policy",
    "interaction::state",
    "interaction::step",
    "interaction::auto_defer::schedule",
    "sim::world",
    "sim::peer",
    "texts::file",
    "texts::library",
    "texts::template",
];

/// What a pure module does not mention.
pub(crate) const IMPURE: &[&str] = &[
    "std::fs",
    "std::io",
    "std::net",
    "std::thread",
    "std::time::Instant::now",
    "std::time::SystemTime::now",
    "Instant::now",
    "SystemTime::now",
    "Rng::new",
    "fastrand::Rng::new",
    "native_tls",
    "tungstenite",
    "ureq",
];

/// Maximum number of lines of a file of the library.
pub(crate) const MAX_LINES: usize = 500;

/// Cycles that follow from Discord's data, which is recursive.
pub(crate) const NATURAL_CYCLES: &[KnownCycle] = &[KnownCycle {
    files: &[
        "src/model/channel/channel.rs",
        "src/model/interaction/resolved.rs",
        "src/model/message/message.rs",
    ],
    reason: "a message has a thread and resolved entities; channels and resolved entities have messages",
}];
