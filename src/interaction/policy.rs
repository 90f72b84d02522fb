//! How the interactions of each handler are deferred.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use super::action::{InteractionKind, Visibility};
use super::header::InteractionHeader;
use crate::model::CommandType;

/// How the interactions of one handler are deferred automatically.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DeferPolicy {
    /// Whether only the user sees the loading message.
    pub(crate) ephemeral: bool,
    pub(crate) mode: DeferMode,
}

/// When an interaction without a response is deferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DeferMode {
    /// After the time that is set for the whole bot.
    #[default]
    Default,
    After(Duration),
    Never,
}

impl DeferPolicy {
    pub(crate) fn visibility(self) -> Visibility {
        Visibility::ephemeral(self.ephemeral)
    }
}

/// Whether a handler is for a custom ID.
type MatchCustomId = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// The interactions that have a handler, and how each is deferred. The shards' threads look an interaction up here before
/// its handler runs.
#[derive(Default)]
pub(crate) struct DeferPolicies {
    commands: HashMap<(CommandType, String), DeferPolicy>,
    components: Vec<(MatchCustomId, DeferPolicy)>,
    modals: Vec<(MatchCustomId, DeferPolicy)>,
}

impl DeferPolicies {
    /// Adds a command by its type and its full name: `roll`, `admin ban`, `Show log`.
    pub(crate) fn add_command(
        &mut self,
        command_type: CommandType,
        name: impl Into<String>,
        policy: DeferPolicy,
    ) {
        self.commands.insert((command_type, name.into()), policy);
    }

    /// Adds the components whose custom IDs match.
    pub(crate) fn add_component(
        &mut self,
        matches: impl Fn(&str) -> bool + Send + Sync + 'static,
        policy: DeferPolicy,
    ) {
        self.components.push((Box::new(matches), policy));
    }

    /// Adds the modals whose custom IDs match.
    pub(crate) fn add_modal(
        &mut self,
        matches: impl Fn(&str) -> bool + Send + Sync + 'static,
        policy: DeferPolicy,
    ) {
        self.modals.push((Box::new(matches), policy));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.components.is_empty() && self.modals.is_empty()
    }

    /// The policy for an interaction; `None` if it has no handler.
    pub(super) fn find(&self, header: &InteractionHeader) -> Option<DeferPolicy> {
        let by_custom_id = |handlers: &[(MatchCustomId, DeferPolicy)]| {
            handlers.iter().find(|(matches, _)| matches(&header.name)).map(|(_, policy)| *policy)
        };
        match header.kind {
            InteractionKind::Command | InteractionKind::Autocomplete => {
                self.commands.get(&(header.command_type, header.name.clone())).copied()
            }
            InteractionKind::Component => by_custom_id(&self.components),
            InteractionKind::Modal { .. } => by_custom_id(&self.modals),
        }
    }
}

impl fmt::Debug for DeferPolicies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeferPolicies")
            .field("commands", &self.commands)
            .field("components", &self.components.len())
            .field("modals", &self.modals.len())
            .finish()
    }
}
