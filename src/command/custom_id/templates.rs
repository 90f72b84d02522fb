use std::collections::BTreeMap;
use std::fmt;

use super::overlap;
use super::template::Template;

/// Templates of which at most one matches an ID.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    all: Vec<Template>,
    /// Indices into `all`, by prefix.
    by_prefix: BTreeMap<&'static str, Vec<usize>>,
    /// The lengths of the prefixes, longest first.
    prefix_lengths: Vec<usize>,
}

/// Two templates that match the same ID.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ambiguity {
    /// The template that was added before.
    pub first: Template,
    /// The template that was not added.
    pub second: Template,
    /// An ID that matches both.
    pub example: String,
}

impl fmt::Display for Ambiguity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ambiguity { first, second, example } = self;
        if first == second {
            write!(f, "the custom ID `{first}` is declared twice")
        } else {
            write!(
                f,
                "the custom ID `{example}` matches both `{first}` and `{second}`: give one of them another beginning"
            )
        }
    }
}

impl std::error::Error for Ambiguity {}

impl Templates {
    /// An empty set.
    pub const fn new() -> Self {
        Templates { all: Vec::new(), by_prefix: BTreeMap::new(), prefix_lengths: Vec::new() }
    }

    /// Adds a template and returns its index. The first one has index 0.
    ///
    /// # Errors
    ///
    /// [`Ambiguity`] when an ID matches both this template and one that was added before. Then this one is not added.
    pub fn add(&mut self, template: Template) -> Result<usize, Ambiguity> {
        for first in &self.all {
            if let Some(example) = overlap::example(*first, template) {
                return Err(Ambiguity { first: *first, second: template, example });
            }
        }
        let index = self.all.len();
        self.all.push(template);
        self.by_prefix.entry(template.prefix()).or_default().push(index);
        let length = template.prefix().len();
        if let Err(at) = self.prefix_lengths.binary_search_by(|known| length.cmp(known)) {
            self.prefix_lengths.insert(at, length);
        }
        Ok(index)
    }

    /// The index of the template that an ID matches.
    pub fn find(&self, id: &str) -> Option<usize> {
        let prefixes = self.prefix_lengths.iter().filter_map(|length| id.get(..*length));
        let mut indices = prefixes.filter_map(|prefix| self.by_prefix.get(prefix)).flatten();
        indices.find(|index| self.all[**index].read(id).is_some()).copied()
    }
}
