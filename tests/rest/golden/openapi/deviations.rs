//! Where the client departs from the specification, which is a preview, and the documentation bears it out.

/// One departure.
pub struct Deviation {
    /// `PATCH /users/@me`, or `*` for each that has the field.
    operation: &'static str,
    /// The path of the field without places in lists, as `embeds[].title`, or `*.title` wherever it is.
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

/// Permissions as texts: the specification has them as numbers, which lose bits in JavaScript.
const TEXT: &str = "is string, and not [\"integer\"";

/// Each is needed by a book.
pub const DEVIATIONS: &[Deviation] = &[
    deviation("*", "*.allow", "is string", "permissions are texts: bits beyond 53 do not fit a number"),
    deviation("*", "*.default_member_permissions", TEXT, "documented as a string"),
    deviation("*", "*.deny", "is string", "permissions are texts: bits beyond 53 do not fit a number"),
    deviation("*", "*.permissions", TEXT, "documented as a string"),
    deviation("PATCH /applications/@me", "description", "is string", "documented as a string"),
    deviation(CREATE_COMMAND, "nsfw", "is unknown", "documented"),
    deviation(CREATE_COMMAND, "options[].file_types", "is unknown", "documented for attachments"),
    deviation(EDIT_COMMAND, "nsfw", "is unknown", "documented"),
    deviation(OVERWRITE_COMMANDS, "[].nsfw", "is unknown", "documented"),
    deviation(OVERWRITE_COMMANDS, "[].options[].file_types", "is unknown", "documented for attachments"),
    deviation(
        "PATCH /users/@me",
        "username",
        "is required",
        "all parameters of Modify Current User are optional",
    ),
];

const CREATE_COMMAND: &str = "POST /applications/{application_id}/commands";
const OVERWRITE_COMMANDS: &str = "PUT /applications/{application_id}/commands";
const EDIT_COMMAND: &str = "PATCH /applications/{application_id}/commands/{command_id}";

/// What the specification has and no book says.
pub struct Unsaid {
    /// `PATCH /users/@me`.
    pub operation: &'static str,
    /// The name of the field, or `?` and that of the parameter.
    pub field: &'static str,
    pub why: &'static str,
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
            Some(last) => field.rsplit('.').next() == Some(last),
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
