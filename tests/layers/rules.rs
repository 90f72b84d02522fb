//! The layers, as tables: DESIGN.md, section 4.

/// What the modules of one row may import, besides themselves and what is inside them.
///
/// The row with the longest matching name holds for a module.
pub(super) struct Rule {
    pub(super) modules: &'static [&'static str],
    pub(super) may_import: &'static [&'static str],
}

pub(super) const RULES: &[Rule] = &[
    Rule { modules: &["id", "error", "json", "backoff", "deadline", "sync"], may_import: &[] },
    Rule { modules: &["token", "tls"], may_import: &["error"] },
    Rule {
        modules: &["gateway::opcode", "gateway::close_code", "gateway::intents", "gateway::shard_id"],
        may_import: &["id", "gateway::opcode", "gateway::close_code", "gateway::intents"],
    },
    Rule {
        modules: &["rest::route", "rest::limiter"],
        may_import: &["id", "deadline", "rest::route", "rest::limiter"],
    },
    Rule { modules: &["model"], may_import: &["id", "json", "sync"] },
    Rule {
        modules: &["gateway::send_event"],
        may_import: &["id", "error", "gateway::opcode", "gateway::close_code", "gateway::intents"],
    },
    Rule {
        modules: &["gateway::frame", "gateway::session", "gateway::identify"],
        may_import: &[
            "id",
            "error",
            "json",
            "token",
            "backoff",
            "gateway::opcode",
            "gateway::close_code",
            "gateway::intents",
            "gateway::send_event",
            "gateway::frame",
            "gateway::session",
            "gateway::identify",
            "gateway::shard_id",
        ],
    },
    // socket, shard, event
    Rule { modules: &["gateway"], may_import: &["id", "error", "deadline", "token", "tls", "model"] },
    Rule {
        modules: &["rest"],
        may_import: &["id", "error", "json", "backoff", "deadline", "sync", "token", "tls", "model"],
    },
    Rule { modules: &["command"], may_import: &["id", "error", "model"] },
    Rule {
        modules: &["bot"],
        may_import: &[
            "id", "error", "json", "backoff", "deadline", "sync", "token", "tls", "model", "gateway", "rest",
            "command",
        ],
    },
    Rule {
        modules: &["bot::playground"],
        may_import: &["id", "error", "token", "tls", "model", "gateway", "rest", "command", "bot", "sim"],
    },
    // The simulated Discord shares no code with the client, lest a misreading be mirrored.
    Rule {
        modules: &["sim"],
        may_import: &[
            "id",
            "error",
            "deadline",
            "sync",
            "model",
            "gateway::opcode",
            "gateway::close_code",
            "gateway::intents",
        ],
    },
    Rule {
        modules: &["sim::world", "sim::peer"],
        may_import: &["id", "error", "sim", "gateway::opcode", "gateway::close_code", "gateway::intents"],
    },
];

/// Modules without socket, clock, thread and global randomness: `now` and a seed are arguments.
pub(super) const PURE: &[&str] = &[
    "id",
    "json",
    "backoff",
    "deadline",
    "gateway::opcode",
    "gateway::close_code",
    "gateway::intents",
    "gateway::shard_id",
    "gateway::frame",
    "gateway::send_event",
    "gateway::session",
    "gateway::identify",
    "rest::route",
    "rest::limiter",
    "command",
    "bot::answer",
    "bot::watchdog::line",
    "sim::world",
    "sim::peer",
];

/// What a pure module does not name.
pub(super) const IMPURE: &[&str] = &[
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

/// Lines that a file of the library may have.
pub(super) const MAX_LINES: usize = 600;
