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
    deviation("*", "*.default_member_permissions", TEXT, "documented as a string"),
    deviation("*", "*.permissions", TEXT, "documented as a string"),
    deviation("PATCH /applications/@me", "description", "is string", "documented as a string"),
    deviation(CREATE_COMMAND, "nsfw", "is unknown", "documented"),
    deviation(CREATE_COMMAND, "options[].file_types", "is unknown", "documented for attachments"),
    deviation(EDIT_COMMAND, "nsfw", "is unknown", "documented"),
    deviation(
        "PATCH /users/@me",
        "username",
        "is required",
        "all parameters of Modify Current User are optional",
    ),
];

const CREATE_COMMAND: &str = "POST /applications/{application_id}/commands";
const EDIT_COMMAND: &str = "PATCH /applications/{application_id}/commands/{command_id}";

/// What the specification has and no book says.
pub struct Unsaid {
    /// `PATCH /users/@me`.
    pub operation: &'static str,
    /// The name of the field, or `?` and that of the parameter.
    pub field: &'static str,
    pub why: &'static str,
}

impl Unsaid {
    pub fn is(&self, operation: &str, field: &str) -> bool {
        (self.operation, self.field) == (operation, field)
    }
}

const fn unsaid(operation: &'static str, field: &'static str, why: &'static str) -> Unsaid {
    Unsaid { operation, field, why }
}

/// Each is true.
pub const UNSAID: &[Unsaid] = &[];

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
