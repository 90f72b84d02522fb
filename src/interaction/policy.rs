use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use super::action::Kind;
use super::header::Glance;
use crate::model::CommandType;

/// How the watchdog treats the interactions of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Whether only the user sees what the watchdog defers.
    pub(crate) private: bool,
    pub(crate) defers: Defers,
}

/// When an interaction that nobody has answered is deferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Defers {
    /// As the bot says.
    #[default]
    Usually,
    After(Duration),
    Never,
}

/// Says of a custom id whether a node answers it.
type Fits = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// What the bot's nodes answer: by it the shards' threads know which interactions the watchdog is for.
#[derive(Default)]
pub(crate) struct Claims {
    commands: HashMap<(CommandType, String), Claim>,
    components: Vec<(Fits, Claim)>,
    modals: Vec<(Fits, Claim)>,
}

impl Claims {
    /// Claims a command, by its kind and its full name: `roll`, `admin ban`, `Show log`.
    pub(crate) fn command(&mut self, kind: CommandType, path: impl Into<String>, claim: Claim) {
        self.commands.insert((kind, path.into()), claim);
    }

    /// Claims the components whose custom ids fit.
    pub(crate) fn component(&mut self, fits: impl Fn(&str) -> bool + Send + Sync + 'static, claim: Claim) {
        self.components.push((Box::new(fits), claim));
    }

    /// Claims the modals whose custom ids fit.
    pub(crate) fn modal(&mut self, fits: impl Fn(&str) -> bool + Send + Sync + 'static, claim: Claim) {
        self.modals.push((Box::new(fits), claim));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.components.is_empty() && self.modals.is_empty()
    }

    pub(super) fn find(&self, glance: &Glance) -> Option<Claim> {
        let of = |nodes: &[(Fits, Claim)]| {
            nodes.iter().find(|(fits, _)| fits(&glance.name)).map(|(_, claim)| *claim)
        };
        match glance.kind {
            Kind::Command | Kind::Suggestions => {
                self.commands.get(&(glance.command, glance.name.clone())).copied()
            }
            Kind::Component => of(&self.components),
            Kind::Modal { .. } => of(&self.modals),
        }
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claims")
            .field("commands", &self.commands)
            .field("components", &self.components.len())
            .field("modals", &self.modals.len())
            .finish()
    }
}
