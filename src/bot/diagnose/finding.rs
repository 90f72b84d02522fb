//! What the doctor finds.

use std::fmt;

/// How bad a [`Finding`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It is as it should be.
    Ok,
    /// It is worth knowing, and prevents nothing.
    Note,
    /// The bot runs, but something does not work or will stop working.
    Warning,
    /// The bot does not start, or does not receive what it is made for.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Ok => "ok",
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// What a [`Finding`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// The versions of the crate and of Discord's API, and the platform.
    Versions,
    /// What the program declares: handlers, commands, settings.
    Declarations,
    /// The address of the API or the gateway.
    Address,
    /// The proxy.
    Proxy,
    /// The name of a host cannot be looked up.
    Lookup,
    /// The connection to the API.
    Connection,
    /// TLS, and the certificates that are trusted.
    Tls,
    /// The responses of the API.
    Api,
    /// The clock of this machine.
    Clock,
    /// The bot's token.
    Token,
    /// The application, its owner, and its settings in the developer portal.
    Application,
    /// The gateway intents.
    Intents,
    /// The identifies that are left today.
    Identifies,
    /// The number of shards.
    Shards,
    /// The connection to the gateway.
    Gateway,
    /// The guilds of the bot.
    Guilds,
    /// The permissions of the bot in its guilds.
    Permissions,
    /// The commands at Discord.
    Commands,
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            FindingKind::Versions => "versions",
            FindingKind::Declarations => "declarations",
            FindingKind::Address => "address",
            FindingKind::Proxy => "proxy",
            FindingKind::Lookup => "lookup",
            FindingKind::Connection => "connection",
            FindingKind::Tls => "tls",
            FindingKind::Api => "api",
            FindingKind::Clock => "clock",
            FindingKind::Token => "token",
            FindingKind::Application => "application",
            FindingKind::Intents => "intents",
            FindingKind::Identifies => "identifies",
            FindingKind::Shards => "shards",
            FindingKind::Gateway => "gateway",
            FindingKind::Guilds => "guilds",
            FindingKind::Permissions => "permissions",
            FindingKind::Commands => "commands",
        })
    }
}

/// One result of [`Bot::diagnose`](crate::Bot::diagnose). `Display` writes it in one line or a few.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub kind: FindingKind,
    /// What was found.
    pub found: String,
    /// What to do about it. Findings that are [`Ok`](Severity::Ok) have none.
    pub cure: Option<String>,
    /// The address of the page that explains it, or where it is changed.
    pub page: Option<String>,
}

impl Finding {
    fn new(severity: Severity, kind: FindingKind, found: impl Into<String>) -> Finding {
        Finding { severity, kind, found: found.into(), cure: None, page: None }
    }

    pub(super) fn ok(kind: FindingKind, found: impl Into<String>) -> Finding {
        Finding::new(Severity::Ok, kind, found)
    }

    pub(super) fn note(kind: FindingKind, found: impl Into<String>, cure: impl Into<String>) -> Finding {
        Finding { cure: Some(cure.into()), ..Finding::new(Severity::Note, kind, found) }
    }

    pub(super) fn warning(kind: FindingKind, found: impl Into<String>, cure: impl Into<String>) -> Finding {
        Finding { cure: Some(cure.into()), ..Finding::new(Severity::Warning, kind, found) }
    }

    pub(super) fn error(kind: FindingKind, found: impl Into<String>, cure: impl Into<String>) -> Finding {
        Finding { cure: Some(cure.into()), ..Finding::new(Severity::Error, kind, found) }
    }

    pub(super) fn page(self, address: impl Into<String>) -> Finding {
        Finding { page: Some(address.into()), ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<7}  {:<12}  {}", self.severity, self.kind, indented(&self.found))?;
        if let Some(cure) = &self.cure {
            write!(f, "\n{INDENT}to do: {}", indented(cure))?;
        }
        match &self.page {
            Some(page) => write!(f, "\n{INDENT}page:  {page}"),
            None => Ok(()),
        }
    }
}

/// As wide as the severity and the kind.
const INDENT: &str = "                       ";

fn indented(text: &str) -> String {
    text.replace('\n', &format!("\n{INDENT}"))
}
