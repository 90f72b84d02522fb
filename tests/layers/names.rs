//! The names that users meet: what they search the documentation for, and that no two types share a name.

use std::collections::{BTreeMap, BTreeSet};

/// What authors of bots search for, in the words of other libraries. Each is a part of a public name or a `doc(alias)`.
pub(crate) const SEARCHES: &[&str] = &[
    "action row",
    "add role",
    "allowed mentions",
    "attachment",
    "audit log",
    "autocomplete",
    "await messages",
    "await reactions",
    "background",
    "ban",
    "bulk delete",
    "button",
    "cdn",
    "chaos",
    "choices",
    "cog",
    "collector",
    "color",
    "colour",
    "component",
    "component collector",
    "component interaction",
    "compression",
    "confirm",
    "container",
    "context menu",
    "converter",
    "cooldown",
    "create invite",
    "create role",
    "create thread",
    "cron",
    "custom id",
    "dialog",
    "direct message",
    "doctor",
    "dropdown",
    "duration",
    "embed",
    "embed builder",
    "emoji",
    "ephemeral",
    "error code",
    "error handler",
    "event handler",
    "event listener",
    "executor",
    "extension",
    "file",
    "follow up",
    "form",
    "forum post",
    "framework",
    "gateway",
    "gateway connection",
    "graceful shutdown",
    "guild only",
    "help command",
    "hybrid command",
    "intents",
    "interval",
    "invite",
    "invite link",
    "is owner",
    "kick",
    "latency",
    "link button",
    "listener",
    "load_extension",
    "locale",
    "localization",
    "login",
    "loop",
    "media gallery",
    "member",
    "mention",
    "mentionable",
    "menu",
    "message collector",
    "message command",
    "metrics",
    "middleware",
    "mock",
    "modal",
    "modal submit",
    "module",
    "monetization",
    "move member",
    "mute",
    "nickname",
    "original response",
    "pages",
    "pagination",
    "paginator",
    "parallel",
    "permissions",
    "persistent view",
    "ping",
    "plugin",
    "poll",
    "precondition",
    "prefix",
    "prefix command",
    "premium",
    "presence",
    "proxy",
    "prune",
    "purge",
    "radio",
    "rate limit",
    "raw event",
    "reaction",
    "reaction collector",
    "record",
    "register commands",
    "reminder",
    "remove role",
    "replay",
    "resume",
    "role",
    "role select",
    "schedule",
    "search",
    "section",
    "select menu",
    "send file",
    "send message",
    "session",
    "set nickname",
    "shard",
    "sharding",
    "shutdown",
    "simulator",
    "slash command",
    "sleep",
    "snapshot",
    "soundboard",
    "split message",
    "stage",
    "state",
    "status",
    "sticker",
    "strip markdown",
    "subcommand",
    "subcommand group",
    "suggestions",
    "sync commands",
    "tasks",
    "text command",
    "text input",
    "thinking",
    "thread",
    "thread pool",
    "throttle",
    "timeout",
    "timer",
    "timestamp",
    "token",
    "transformer",
    "troubleshoot",
    "typing",
    "typing indicator",
    "unban",
    "upload",
    "user command",
    "user install",
    "user select",
    "voice",
    "voice state",
    "wait_for",
    "webhook",
    "wizard",
    "worker",
    "yes or no",
];

/// Every search without a hit.
pub(crate) fn without_hit(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for line in files.values().flat_map(|text| text.lines()) {
        names.extend(alias(line).map(str::to_lowercase));
        names.extend(public_name(line).map(|(_, name)| words(name)));
    }
    let missing = SEARCHES.iter().filter(|search| {
        let whole = |name: &String| format!(" {name} ").contains(&format!(" {search} "));
        !names.iter().any(whole)
    });
    missing.map(|search| format!("nothing is found for {search:?}: add #[doc(alias = {search:?})]")).collect()
}

/// Every name of two public types, but for those of the simulated Discord.
pub(crate) fn twins(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, text) in files.iter().filter(|(file, _)| !file.starts_with("src/sim/")) {
        for (kind, name) in text.lines().filter_map(public_name) {
            if kind != "fn" {
                places.entry(name).or_default().push(file);
            }
        }
    }
    let twins = places.into_iter().filter(|(_, places)| places.len() > 1);
    twins.map(|(name, places)| format!("`{name}` is in {}", places.join(" and "))).collect()
}

/// The text of a `#[doc(alias = "..")]`.
fn alias(line: &str) -> Option<&str> {
    line.trim().strip_prefix("#[doc(alias = \"")?.strip_suffix("\")]")
}

/// The kind and the name of the public item that a line declares.
fn public_name(line: &str) -> Option<(&str, &str)> {
    let mut words = line.trim().strip_prefix("pub ")?.split_whitespace().filter(|word| *word != "const");
    let kind = words.next()?;
    let name = words.next()?.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    // A macro's `$name` is no name.
    let is_item = ["struct", "enum", "trait", "type", "fn"].contains(&kind) && !name.is_empty();
    is_item.then_some((kind, name))
}

/// `CreateMessage` and `create_message` as `create message`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && !words.is_empty()) {
            words.push(' ');
        }
        words.extend(c.to_lowercase().filter(|c| *c != '_'));
    }
    words
}
