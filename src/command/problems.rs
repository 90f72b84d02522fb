use std::fmt;

use crate::error::Error;

/// Something that Discord would reject, and its path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommandProblem {
    /// The names that lead to it: `admin ban user`.
    pub path: String,
    /// What is wrong, and the limit.
    pub text: String,
}

impl fmt::Display for CommandProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.text) } else { write!(f, "{}: {}", self.path, self.text) }
    }
}

/// All problems of a declaration. `Display` writes one line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<CommandProblem>);

impl Problems {
    /// An empty list.
    pub const fn new() -> Self {
        Problems(Vec::new())
    }

    /// Adds a problem.
    pub fn push(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.push(CommandProblem { path: path.into(), text: text.into() });
    }

    /// Adds the problems of another list.
    pub fn append(&mut self, other: Problems) {
        self.0.extend(other.0);
    }

    /// Puts a name before all paths: `user` becomes `ban user`.
    #[must_use]
    pub fn within(mut self, name: &str) -> Self {
        for problem in &mut self.0 {
            problem.path = join_path(name, &problem.path);
        }
        self
    }

    /// Whether there are no problems.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of problems.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The problems, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, CommandProblem> {
        self.0.iter()
    }

    /// Turns the problems into one error.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`], with a line for each problem, unless there are none.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::setup(self.to_string())) }
    }
}

/// Joins two paths with a space.
pub(crate) fn join_path(path: &str, name: &str) -> String {
    let names = [path, name];
    names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The path of a child with this name.
pub(super) fn child_path(path: &str, name: &str) -> String {
    join_path(path, if name.is_empty() { "(no name)" } else { name })
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a CommandProblem;
    type IntoIter = std::slice::Iter<'a, CommandProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
