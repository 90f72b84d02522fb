//! Finding the node of an interaction.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::autocomplete::Autocomplete;
use super::checks::{Check, declared_permissions};
use super::node::Runs;
use super::options::NodeOptions;
use super::outline::Outline;
use crate::bot::context::{CommandContext, ComponentContext, ModalContext};
use crate::bot::error::HandlerId;
use crate::bot::help::entry::HelpIndex;
use crate::bot::hooks::Hooks;
use crate::bot::text::table::{Target, TextCommand, TextCommands};
use crate::bot::threads::batch::{INTERACTION, MESSAGE, MESSAGE_UPDATE, Name};
use crate::bot::translation::localize;
use crate::bot::waits::Waits;
use crate::command::{self, CommandDefinition, Problems, Template, Templates};
use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::{DeferPolicy, InteractionConfig, InteractionHeader, InteractionKind, Visibility};
use crate::model::{CommandOptionDefinition, CommandType, OptionValue, Permissions};
use crate::recording::Vocabulary;
use crate::texts::Translations;

/// All nodes that handle interactions.
#[derive(Default)]
pub(crate) struct Router<'a> {
    /// By kind and path: `admin ban`.
    commands: BTreeMap<CommandType, BTreeMap<String, CommandLeaf<'a>>>,
    pub(in crate::bot) components: CustomIdTable<'a, ComponentContext>,
    pub(in crate::bot) modals: CustomIdTable<'a, ModalContext>,
    /// Whole commands, each with the ID of its tree.
    definitions: Vec<(String, CommandDefinition)>,
    /// What messages call.
    pub(in crate::bot) text: TextCommands<'a>,
    problems: Problems,
    /// The commands for the help, if the bot has one.
    pub(in crate::bot) help: Option<HelpIndex>,
    /// The closures around handlers, if there are any.
    pub(in crate::bot) hooks: Option<Box<Hooks<'a>>>,
    /// Whether tasks of nodes wait for interactions.
    has_waiting_tasks: bool,
    /// Outlines of the trees and nodes.
    pub(in crate::bot) outlines: Vec<Outline>,
}

/// Nodes by custom ID.
pub(in crate::bot) struct CustomIdTable<'a, C> {
    templates: Templates,
    leaves: Vec<Leaf<'a, C>>,
}

impl<C> Default for CustomIdTable<'_, C> {
    fn default() -> Self {
        CustomIdTable { templates: Templates::new(), leaves: Vec::new() }
    }
}

/// A node with a handler.
pub(in crate::bot) struct Leaf<'a, C> {
    pub(in crate::bot) about: Arc<NodeInfo>,
    pub(in crate::bot) runs: Runs<'a, C>,
}

/// What is known of a node besides its handler.
pub(in crate::bot) struct NodeInfo {
    pub(in crate::bot) id: HandlerId,
    pub(in crate::bot) checks: Vec<Check>,
    /// What its tasks wait for.
    pub(in crate::bot) waits: Arc<Waits>,
    pub(super) defer_policy: DeferPolicy,
}

impl NodeInfo {
    /// Who sees messages for which the handler says nothing else.
    pub(in crate::bot) fn visibility(&self) -> Visibility {
        self.defer_policy.visibility()
    }
}

pub(in crate::bot) struct CommandLeaf<'a> {
    pub(in crate::bot) leaf: Leaf<'a, CommandContext>,
    pub(in crate::bot) autocomplete: Vec<(String, Autocomplete<'a>)>,
}

impl NodeInfo {
    pub(in crate::bot) fn new(id: HandlerId, settings: &NodeOptions) -> NodeInfo {
        let names = settings.waits.iter().map(|wait| wait.name).collect();
        let waits = Arc::new(Waits { node: id.what.clone(), names });
        NodeInfo { id, checks: settings.all_checks(), waits, defer_policy: settings.defer_policy() }
    }
}

impl<'a> Router<'a> {
    /// Whether no node handles interactions.
    pub(crate) fn is_empty(&self) -> bool {
        self.definitions.is_empty() && self.components.is_empty() && self.modals.is_empty()
    }

    pub(in crate::bot) fn await_event(&mut self, name: &'static str) {
        if name == InteractionCreate::NAME {
            self.has_waiting_tasks = true;
        }
    }

    pub(in crate::bot) fn declare(&mut self, tree: &str, definition: CommandDefinition) {
        self.definitions.push((tree.to_owned(), definition));
    }

    /// Adds a problem with a node.
    pub(in crate::bot) fn problem(&mut self, id: &HandlerId, problem: String) {
        self.problems.push(id.what.clone(), problem);
    }

    pub(in crate::bot) fn add_command(&mut self, kind: CommandType, path: String, leaf: CommandLeaf<'a>) {
        // A second command of that name is a problem that the check of the definitions finds.
        self.commands.entry(kind).or_default().entry(path).or_insert(leaf);
    }

    pub(in crate::bot) fn add_component(&mut self, template: Template, leaf: Leaf<'a, ComponentContext>) {
        self.components.add(template, leaf, &mut self.problems);
    }

    pub(in crate::bot) fn add_modal(&mut self, template: Template, leaf: Leaf<'a, ModalContext>) {
        self.modals.add(template, leaf, &mut self.problems);
    }

    pub(in crate::bot) fn command(&mut self, header: &InteractionHeader) -> Option<&mut CommandLeaf<'a>> {
        self.commands.get_mut(&header.command_type)?.get_mut(&header.name)
    }

    /// The events that nodes handle.
    pub(crate) fn events(&self) -> Vec<Name<'static>> {
        let has_text = !self.text.is_empty();
        [
            (INTERACTION, !self.is_empty()),
            (MESSAGE, has_text),
            (MESSAGE_UPDATE, has_text && !self.text.followed.is_off()),
        ]
        .into_iter()
        .filter_map(|(name, is_handled)| is_handled.then_some(name))
        .collect()
    }

    /// Adds the texts that call a command or name a group.
    pub(in crate::bot) fn add_text(&mut self, id: &HandlerId, paths: &[String], target: &Target) {
        if let Some(path) = self.text.add(paths, target) {
            self.problem(id, format!("another text command is called {path:?} already: rename one"));
        }
    }

    /// The command that a text calls, by its path.
    pub(in crate::bot) fn text_leaf(&mut self, path: &str) -> Option<&mut Leaf<'a, CommandContext>> {
        self.commands.get_mut(&CommandType::CHAT_INPUT)?.get_mut(path).map(|command| &mut command.leaf)
    }

    /// The checks of a slash command, by its path.
    pub(in crate::bot) fn checks(&self, path: &str) -> Vec<Check> {
        let command = self.commands.get(&CommandType::CHAT_INPUT).and_then(|commands| commands.get(path));
        command.map(|command| command.leaf.about.checks.clone()).unwrap_or_default()
    }

    /// The name of the node that handles an interaction.
    pub(in crate::bot) fn handler_id(&mut self, header: &InteractionHeader) -> Option<HandlerId> {
        let about = match header.kind {
            InteractionKind::Command | InteractionKind::Autocomplete => {
                &self.commands.get(&header.command_type)?.get(&header.name)?.leaf.about
            }
            InteractionKind::Component => &self.components.find(&header.name)?.about,
            InteractionKind::Modal { .. } => &self.modals.find(&header.name)?.about,
        };
        Some(about.id.clone())
    }

    /// The IDs of all handlers.
    pub(crate) fn handler_ids(&self) -> impl Iterator<Item = &HandlerId> {
        let hooks = self.hooks.iter().flat_map(|hooks| hooks.handler_ids());
        self.nodes().map(|about| &about.id).chain(hooks)
    }

    /// The permissions that the bot needs for its nodes, by the checks that declare them.
    pub(in crate::bot) fn bot_permissions(&self) -> Permissions {
        let nodes = self.nodes().map(|about| declared_permissions(&about.checks));
        nodes.fold(Permissions::empty(), |all, own| all | own)
    }

    /// The names of the nodes whose checks declare that they need permissions of the bot.
    pub(in crate::bot) fn needs(&self) -> Vec<(String, Permissions)> {
        let needs = self.nodes().map(|about| (about.id.what.clone(), declared_permissions(&about.checks)));
        needs.filter(|(_, permissions)| !permissions.is_empty()).collect()
    }

    fn nodes(&self) -> impl Iterator<Item = &NodeInfo> {
        let commands = self.commands.values().flat_map(BTreeMap::values).map(|command| &command.leaf.about);
        let components = self.components.leaves.iter().map(|leaf| &leaf.about);
        let modals = self.modals.leaves.iter().map(|leaf| &leaf.about);
        commands.chain(components).chain(modals).map(|about| &**about)
    }

    /// The commands to register, as the code declares them.
    pub(in crate::bot) fn own_definitions(&self) -> Vec<CommandDefinition> {
        self.definitions.iter().map(|(_, definition)| definition.clone()).collect()
    }

    /// The commands to register, with translations.
    pub(crate) fn definitions(&self, translations: &Translations) -> Vec<CommandDefinition> {
        let mut definitions = self.own_definitions();
        definitions.iter_mut().for_each(|definition| localize(translations, definition));
        definitions
    }

    /// The commands that only messages call.
    pub(in crate::bot) fn text_only_commands(&self) -> Vec<TextCommand> {
        let is_slash =
            |path: &str| self.definitions.iter().any(|(_, definition)| definition.has_command(path));
        let mut commands: Vec<_> =
            self.text.commands().filter(|command| !is_slash(&command.path)).cloned().collect();
        // A command with aliases is there several times.
        commands.sort_by(|a, b| a.path.cmp(&b.path));
        commands.dedup_by(|a, b| a.path == b.path);
        commands
    }

    /// The texts that a recording does not mask, because they decide what the bot does.
    pub(crate) fn vocabulary(&self) -> Vocabulary {
        Vocabulary { choices: self.choices(), words: self.text.words() }
    }

    /// The texts that users choose from in commands.
    fn choices(&self) -> HashSet<String> {
        let mut options: Vec<&CommandOptionDefinition> =
            self.definitions.iter().flat_map(|(_, definition)| &definition.options).collect();
        let mut choices = HashSet::new();
        while let Some(option) = options.pop() {
            options.extend(option.options.iter());
            choices.extend(option.choices.iter().filter_map(|choice| match &choice.value {
                OptionValue::String(text) => Some(text.clone()),
                _ => None,
            }));
        }
        choices
    }

    /// All problems of the nodes, each with its path.
    pub(crate) fn problems(&self, translations: &Translations) -> Problems {
        let definitions = self.definitions(translations);
        let trees = self.definitions.iter().map(|(tree, _)| tree.as_str());
        let mut problems = command::check_in_trees(trees.zip(&definitions));
        problems.append(self.problems.clone());
        for problem in self.text.problems() {
            problems.push("", problem);
        }
        problems
    }

    /// Adds the interactions that the nodes handle, and how each is deferred.
    pub(crate) fn configure(&self, config: &mut InteractionConfig) {
        config.is_enabled |= self.has_waiting_tasks;
        let policies = &mut config.policies;
        for (kind, commands) in &self.commands {
            for (path, command) in commands {
                policies.add_command(*kind, path, command.leaf.about.defer_policy);
            }
        }
        for (matches, policy) in self.components.defer_policies() {
            policies.add_component(matches, policy);
        }
        for (matches, policy) in self.modals.defer_policies() {
            policies.add_modal(matches, policy);
        }
        config.is_enabled |= !policies.is_empty();
    }
}

impl<'a, C> CustomIdTable<'a, C> {
    fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    fn add(&mut self, template: Template, leaf: Leaf<'a, C>, problems: &mut Problems) {
        match self.templates.add(template) {
            Ok(_) => self.leaves.push(leaf),
            Err(ambiguity) => problems.push(leaf.about.id.what.clone(), ambiguity.to_string()),
        }
    }

    pub(in crate::bot) fn find(&mut self, custom_id: &str) -> Option<&mut Leaf<'a, C>> {
        let place = self.templates.find(custom_id)?;
        self.leaves.get_mut(place)
    }

    /// Which custom IDs each node handles, and how they are deferred.
    fn defer_policies(
        &self,
    ) -> impl Iterator<Item = (impl Fn(&str) -> bool + Send + Sync + use<C>, DeferPolicy)> {
        let templates = Arc::new(self.templates.clone());
        self.leaves.iter().enumerate().map(move |(place, leaf)| {
            let templates = Arc::clone(&templates);
            (move |id: &str| templates.find(id) == Some(place), leaf.about.defer_policy)
        })
    }
}
