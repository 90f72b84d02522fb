//! Where the client departs from the specification, which is a preview, and the documentation bears it out.

/// One departure.
pub struct Deviation {
    /// `PATCH /users/@me`, or `*` for whatever has the field.
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

/// Each is needed by a book.
pub const DEVIATIONS: &[Deviation] = &[deviation(
    "PATCH /users/@me",
    "username",
    "is required",
    "all parameters of Modify Current User are optional",
)];

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
