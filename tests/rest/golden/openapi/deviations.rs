//! Where the client departs from the specification, which is a preview, and the documentation bears it out.

/// One departure.
pub struct Deviation {
    /// `PATCH /users/@me`, or `*` for each that has the field.
    pub operation: &'static str,
    /// The path of the field without places in lists, as `embeds[].title`, or `*.title` for all that end so.
    field: &'static str,
    /// The problem, or how it begins.
    problem: &'static str,
    why: &'static str,
}

const fn deviation(
    operation: &'static str,
    field: &'static str,
    problem: &'static str,
    why: &'static str,
) -> Deviation {
    Deviation { operation, field, problem, why }
}

/// Permissions as texts: as numbers they would lose bits in JavaScript.
const TEXT: &str = "is string, and not [\"integer\"";
const A_TEXT: &str = "documented as a string";

/// A file is named by its place until it has an id.
const NUMBER: &str = "is integer, and not \"string\"";
const A_PLACE: &str = "documented with the places of the files as numbers";

/// Each is needed by the operation's book, once there is one.
pub const DEVIATIONS: &[Deviation] = &[
    deviation("*", "*.default_member_permissions", TEXT, A_TEXT),
    deviation("*", "*.permissions", TEXT, A_TEXT),
    deviation(
        "DELETE /guilds/{guild_id}/bans/{user_id}",
        "(the body)",
        "is required",
        "documented without one",
    ),
    deviation("PATCH /applications/@me", "description", "is string", A_TEXT),
    deviation(EDIT_MESSAGE, "attachments[].id", NUMBER, A_PLACE),
    deviation(CREATE_MESSAGE, "*.emoji.animated", "is unknown", "documented"),
    deviation(CREATE_MESSAGE, "attachments[].id", NUMBER, A_PLACE),
    deviation(CREATE_MESSAGE, "message_reference.type", "is 1", "documented, to forward"),
    deviation(EDIT_WEBHOOK_MESSAGE, "attachments[].id", NUMBER, A_PLACE),
    deviation(EDIT_ORIGINAL, "attachments[].id", NUMBER, A_PLACE),
    deviation(EXECUTE_WEBHOOK, "attachments[].id", NUMBER, A_PLACE),
    deviation(RESPOND, "data.attachments[].id", NUMBER, A_PLACE),
    deviation(RESPOND, "data.components[].component.file_types", "is unknown", "documented"),
    deviation(RESPOND, "type", "is 10", "documented, though deprecated"),
    deviation("PATCH /channels/{channel_id}", "permission_overwrites[].allow", TEXT, A_TEXT),
    deviation("PATCH /channels/{channel_id}", "permission_overwrites[].deny", TEXT, A_TEXT),
    deviation("PATCH /guilds/{guild_id}/channels", "[].flags", "is unknown", "documented"),
    deviation(
        "PATCH /users/@me",
        "username",
        "is required",
        "all parameters of Modify Current User are optional",
    ),
    deviation("POST /channels/{channel_id}/threads", "*.attachments[].id", NUMBER, A_PLACE),
    deviation("POST /guilds/{guild_id}/channels", "flags", "is unknown", "documented"),
    deviation("POST /guilds/{guild_id}/channels", "permission_overwrites[].allow", TEXT, A_TEXT),
    deviation("POST /guilds/{guild_id}/channels", "permission_overwrites[].deny", TEXT, A_TEXT),
    deviation("POST /guilds/{guild_id}/prune", "reason", "is unknown", "documented, though deprecated"),
    deviation(CREATE_COMMAND, "nsfw", "is unknown", "documented"),
    deviation(CREATE_COMMAND, "options[].file_types", "is unknown", "documented for attachments"),
    deviation(EDIT_COMMAND, "nsfw", "is unknown", "documented"),
    deviation(EDIT_OVERWRITE, "allow", TEXT, A_TEXT),
    deviation(EDIT_OVERWRITE, "deny", TEXT, A_TEXT),
    deviation(OVERWRITE_COMMANDS, "[].nsfw", "is unknown", "documented"),
    deviation(OVERWRITE_COMMANDS, "[].options[].file_types", "is unknown", "documented for attachments"),
];

const CREATE_MESSAGE: &str = "POST /channels/{channel_id}/messages";
const EDIT_MESSAGE: &str = "PATCH /channels/{channel_id}/messages/{message_id}";
const EDIT_ORIGINAL: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original";
const EDIT_WEBHOOK_MESSAGE: &str = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}";
const EXECUTE_WEBHOOK: &str = "POST /webhooks/{webhook_id}/{webhook_token}";
const RESPOND: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";
const EDIT_OVERWRITE: &str = "PUT /channels/{channel_id}/permissions/{overwrite_id}";
const CREATE_COMMAND: &str = "POST /applications/{application_id}/commands";
const OVERWRITE_COMMANDS: &str = "PUT /applications/{application_id}/commands";
const EDIT_COMMAND: &str = "PATCH /applications/{application_id}/commands/{command_id}";

/// What the specification has and no book says.
pub struct Unsaid {
    /// `PATCH /users/@me`.
    pub operation: &'static str,
    /// The name of the field, or `*` for all of the body, or `?` and the name of the parameter.
    pub field: &'static str,
    pub why: &'static str,
}

impl Unsaid {
    pub fn covers(&self, field: &str) -> bool {
        self.field == field || (self.field == "*" && !field.starts_with('?'))
    }
}

const fn unsaid(operation: &'static str, field: &'static str, why: &'static str) -> Unsaid {
    Unsaid { operation, field, why }
}

const UNDOCUMENTED: &str = "not documented";
const DEPRECATED: &str = "deprecated: contexts take its place";

/// Each is true, of operations that are in a book.
pub const UNSAID: &[Unsaid] = &[
    unsaid("GET /applications/{application_id}/entitlements", "?only_active", UNDOCUMENTED),
    unsaid("GET /skus/{sku_id}/subscriptions/{subscription_id}", "?user_id", UNDOCUMENTED),
    unsaid("PATCH /applications/@me", "explicit_content_filter", UNDOCUMENTED),
    unsaid("PATCH /applications/@me", "max_participants", UNDOCUMENTED),
    unsaid("PATCH /applications/@me", "team_id", UNDOCUMENTED),
    unsaid("PATCH /applications/@me", "type", UNDOCUMENTED),
    unsaid("PATCH /guilds/{guild_id}/auto-moderation/rules/{rule_id}", "trigger_type", UNDOCUMENTED),
    unsaid("PATCH /lobbies/{lobby_id}", "flags", UNDOCUMENTED),
    unsaid("PATCH /lobbies/{lobby_id}", "override_event_webhooks_url", UNDOCUMENTED),
    unsaid("POST /lobbies", "flags", UNDOCUMENTED),
    unsaid("POST /lobbies", "override_event_webhooks_url", UNDOCUMENTED),
    unsaid("POST /partner-sdk/token/bot", "provisional_user_id", UNDOCUMENTED),
    unsaid(CREATE_COMMAND, "dm_permission", DEPRECATED),
    unsaid(EDIT_COMMAND, "dm_permission", DEPRECATED),
    unsaid(OVERWRITE_COMMANDS, "dm_permission", DEPRECATED),
];

impl Deviation {
    pub fn covers(&self, operation: &str, field: &str, problem: &str) -> bool {
        let field = without_places(field);
        let fits = match self.field.strip_prefix("*.") {
            Some(last) => field.strip_suffix(last).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
            None => field == self.field,
        };
        fits && ["*", operation].contains(&self.operation) && problem.starts_with(self.problem)
    }

    pub fn show(&self) -> String {
        format!("{} {}: {} ({})", self.operation, self.field, self.problem, self.why)
    }
}

/// `a[0].b` as `a[].b`.
fn without_places(path: &str) -> String {
    let mut inside = false;
    let keep = |c: &char| {
        inside = match c {
            '[' => true,
            ']' => false,
            _ => inside,
        };
        !inside || *c == '['
    };
    path.chars().filter(keep).collect()
}
