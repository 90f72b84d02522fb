use std::collections::BTreeMap;
use std::fmt;

use super::overlap;
use super::template::Template;

/// Templates of which at most one fits an id.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    all: Vec<Template>,
    /// Places in `all`, by what their ids begin with.
    by_prefix: BTreeMap<&'static str, Vec<usize>>,
    /// The lengths of these beginnings, longest first.
    lengths: Vec<usize>,
}

/// Two templates that an id could fit both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ambiguity {
    /// The one that was there before.
    pub first: Template,
    /// The one that was to be added.
    pub second: Template,
    /// Such an id.
    pub example: String,
}

impl fmt::Display for Ambiguity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ambiguity { first, second, example } = self;
        if first == second {
            write!(f, "there are two of the custom id `{first}`")
        } else {
            write!(f, "the custom id `{example}` could be one of `{first}` and one of `{second}`")
        }
    }
}

impl std::error::Error for Ambiguity {}

impl Templates {
    /// None yet.
    pub const fn new() -> Self {
        Templates { all: Vec::new(), by_prefix: BTreeMap::new(), lengths: Vec::new() }
    }

    /// Adds one, and gives its place: the first is 0.
    ///
    /// # Errors
    ///
    /// [`Ambiguity`] when an id could fit it and one that is there; then it is not added.
    pub fn add(&mut self, template: Template) -> Result<usize, Ambiguity> {
        for first in &self.all {
            if let Some(example) = overlap::example(*first, template) {
                return Err(Ambiguity { first: *first, second: template, example });
            }
        }
        let place = self.all.len();
        self.all.push(template);
        self.by_prefix.entry(template.prefix()).or_default().push(place);
        let length = template.prefix().len();
        if let Err(at) = self.lengths.binary_search_by(|known| length.cmp(known)) {
            self.lengths.insert(at, length);
        }
        Ok(place)
    }

    /// The place of the template that an id fits.
    pub fn find(&self, id: &str) -> Option<usize> {
        let prefixes = self.lengths.iter().filter_map(|length| id.get(..*length));
        let mut places = prefixes.filter_map(|prefix| self.by_prefix.get(prefix)).flatten();
        places.find(|place| self.all[**place].read(id).is_some()).copied()
    }
}
