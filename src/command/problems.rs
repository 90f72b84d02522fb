use std::fmt;

use crate::error::Error;

/// Something that Discord would refuse, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The names on the way to it: `admin ban who`.
    pub path: String,
    /// What is wrong, and what the limit is.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.text) } else { write!(f, "{}: {}", self.path, self.text) }
    }
}

/// Everything that is wrong with what was declared; its `Display` is one line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Nothing is wrong.
    pub const fn new() -> Self {
        Problems(Vec::new())
    }

    /// Adds one.
    pub fn push(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.push(Problem { path: path.into(), text: text.into() });
    }

    /// Adds all of another list.
    pub fn append(&mut self, other: Problems) {
        self.0.extend(other.0);
    }

    /// The same under a name: `who` is `ban who` then.
    #[must_use]
    pub fn within(mut self, name: &str) -> Self {
        for problem in &mut self.0 {
            problem.path = join_path(name, &problem.path);
        }
        self
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Nothing, or all of them as one error.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] with a line for each.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::setup(self.to_string())) }
    }
}

/// Names on the way to something, with a blank between.
pub(crate) fn join_path(path: &str, name: &str) -> String {
    let names = [path, name];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The path of something with this name below another path.
pub(super) fn child_path(path: &str, name: &str) -> String {
    join_path(path, if name.is_empty() { "(no name)" } else { name })
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
