//! Which events tasks may wait for.

/// What the tasks of a node may wait for.
#[derive(Debug, Default)]
pub(crate) struct Waits {
    /// The node, as errors name it.
    pub(crate) node: String,
    pub(crate) names: Vec<&'static str>,
}

impl Waits {
    /// Returns these and the others together.
    pub(crate) fn with(&self, others: &Waits) -> Waits {
        let more = others.names.iter().filter(|name| !self.names.contains(name));
        Waits { node: self.node.clone(), names: self.names.iter().chain(more).copied().collect() }
    }
}
