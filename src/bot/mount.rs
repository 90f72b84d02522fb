//! Adding a tree to a bot.

use std::sync::Arc;

use crate::bot::bot::Bot;
use crate::bot::error::HandlerId;
use crate::bot::handler::Handlers;
use crate::bot::help::HELP;
use crate::bot::intents::IntentRequest;
use crate::bot::text::table::{Target, TextCommand, TextGroup, TextRules};
use crate::bot::tree::Router;
use crate::bot::tree::Tree;
use crate::bot::tree::node::{
    AnyKind, AnyNode, CommandKind, CommandNode, ComponentNode, EventNode, ModalNode, Node, Runs,
};
use crate::bot::tree::options::{Calls, NodeOptions};
use crate::bot::tree::outline;
use crate::bot::tree::router::{CommandLeaf, Leaf, NodeInfo};
use crate::command::{CommandDefinition, CommandTitle, GroupMember, IntoNode, join_path};
use crate::gateway::event::{Event, GuildAuditLogEntryCreate, MessageCreate};
use crate::gateway::intents::Intents;
use crate::model::CommandType;

/// # Commands, components and modals
impl<'a> Bot<'a> {
    /// Adds a [tree](crate::tree) of commands, components, modals and events to the bot.
    ///
    /// This never fails: [`run`](Bot::run), [`start`](Bot::start) and [`plan_commands`](Bot::plan_commands) report
    /// everything that Discord would refuse, all at once.
    #[doc(alias = "load_extension")]
    #[doc(alias = "cog")]
    pub fn mount(&mut self, mut tree: Tree<'a>) -> &mut Self {
        for value in std::mem::take(&mut tree.provided) {
            self.add_provided(value);
        }
        self.mounting().tree(tree);
        self
    }

    /// Adds a [command](crate::tree::command) or a [group](crate::tree::group) of commands.
    ///
    /// ```
    /// use syncord::tree::{command, string};
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut said = 0;
    /// let mut bot = syncord::Bot::new("token")?;
    /// bot.command(command("say", "Says something").option("what", "What", string()).run(|cx, what| {
    ///     said += 1;
    ///     cx.reply(what)
    /// }));
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn command(&mut self, command: impl IntoNode<Node<'a, CommandNode<'a>>>) -> &mut Self {
        self.add(command.into_node())
    }

    /// Adds the handler of a [component](crate::command::CustomId::run).
    ///
    /// ```
    /// use syncord::tree::CustomId;
    ///
    /// const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut bot = syncord::Bot::new("token")?;
    /// bot.component(VOTE.run(|cx, poll, choice| cx.reply_ephemeral(format!("{choice} in {poll}"))));
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "button")]
    #[doc(alias = "select menu")]
    pub fn component(&mut self, component: Node<'a, ComponentNode<'a>>) -> &mut Self {
        self.add(component)
    }

    /// Adds the handler of a [modal](crate::command::CustomId::run_modal).
    pub fn modal(&mut self, modal: Node<'a, ModalNode<'a>>) -> &mut Self {
        self.add(modal)
    }

    /// Adds a node of any kind.
    #[track_caller]
    pub fn add(&mut self, node: impl IntoNode<Node<'a>>) -> &mut Self {
        self.mounting().node(node.into_node());
        self
    }
}

impl<'a> Bot<'a> {
    /// Lets messages call the help, if there are both a help and a prefix by now, in whichever order they were added.
    pub(in crate::bot) fn add_text_help(&mut self) {
        if !self.router.text.wants_help || self.router.text.prefixes.is_empty() {
            return;
        }
        self.router.text.wants_help = false;
        let definition =
            self.router.own_definitions().into_iter().rfind(|definition| definition.name == HELP);
        let id = self.router.text_leaf(HELP).map(|leaf| leaf.about.id.clone());
        let (Some(definition), Some(id)) = (definition, id) else { return };
        let name = id.to_string();
        if let Some(outline) =
            self.router.outlines.iter_mut().rfind(|outline| outline.handler.as_ref() == Some(&name))
        {
            outline.text += outline::BY_TEXT;
        }
        let command = TextCommand {
            path: definition.name,
            description: definition.description,
            descriptions: definition.description_localizations,
            options: definition.options,
            prefixes: Vec::new(),
            rules: TextRules::default(),
        };
        self.mounting().add_text(&id, definition.kind, &[HELP.to_owned()], command);
    }

    fn mounting(&mut self) -> Mounting<'_, 'a> {
        Mounting { handlers: &mut self.handlers, router: &mut self.router }
    }
}

/// The parts of a bot to which nodes are added.
struct Mounting<'m, 'a> {
    handlers: &'m mut Handlers<'a>,
    router: &'m mut Router<'a>,
}

/// Where a node is mounted.
struct Place<'p> {
    /// The tree's label. Empty for nodes that are added to the bot directly.
    tree: &'p str,
    outer: &'p NodeOptions,
}

/// The group in which a command is mounted.
#[derive(Clone, Copy)]
struct Branch<'p> {
    kind: CommandType,
    /// The path of the group. Empty for a whole command.
    path: &'p str,
    /// The texts that name the group.
    texts: &'p [String],
    /// The rules of the whole command.
    rules: &'p TextRules,
}

impl Branch<'_> {
    /// The texts that name a node of it: by all names of the groups and of the node.
    fn texts_of(&self, node: &Node<'_, CommandNode<'_>>) -> Vec<String> {
        let names = || [&node.definition().name].into_iter().chain(&node.settings.aliases);
        if self.texts.is_empty() {
            return names().cloned().collect();
        }
        self.texts.iter().flat_map(|text| names().map(move |name| format!("{text} {name}"))).collect()
    }
}

/// The names of the nodes that messages can call, or that hold such nodes.
fn text_children(nodes: &[Node<'_, CommandNode<'_>>], outer: &NodeOptions) -> Vec<String> {
    let is_text = |node: &&Node<'_, CommandNode<'_>>| {
        let settings = node.settings.within(outer);
        match &node.what.0 {
            CommandKind::Group { nodes, .. } => !text_children(nodes, &settings).is_empty(),
            CommandKind::One { .. } => settings.calls.unwrap_or_default() != Calls::Slash,
        }
    };
    nodes.iter().filter(is_text).map(|node| node.definition().name.clone()).collect()
}

/// Removes what only messages can call from a definition. Returns whether anything is left.
fn keep_slash_commands(
    definition: &mut CommandDefinition,
    node: &Node<'_, CommandNode<'_>>,
    outer: &NodeOptions,
) -> bool {
    let kept = slash_children(node, outer);
    match (&node.what.0, kept) {
        (CommandKind::One { .. }, kept) => kept.is_some(),
        (CommandKind::Group { nodes, .. }, Some(kept)) => {
            definition.retain_subcommands(&kept);
            // A group that is declared without commands is a mistake, which is reported.
            nodes.is_empty() || !kept.is_empty()
        }
        (CommandKind::Group { .. }, None) => false,
    }
}

/// The paths below a node that slash commands call, or `None` if the node itself is no slash command.
fn slash_children(node: &Node<'_, CommandNode<'_>>, outer: &NodeOptions) -> Option<Vec<String>> {
    let settings = node.settings.within(outer);
    match &node.what.0 {
        CommandKind::One { .. } => (settings.calls != Some(Calls::Text)).then(Vec::new),
        CommandKind::Group { nodes, .. } => {
            let mut kept = Vec::new();
            for child in nodes {
                let name = &child.definition().name;
                let Some(below) = slash_children(child, &settings) else { continue };
                let is_empty_group = matches!(&child.what.0, CommandKind::Group { nodes, .. } if !nodes.is_empty())
                    && below.is_empty();
                if !is_empty_group {
                    kept.push(name.clone());
                    kept.extend(below.into_iter().map(|path| format!("{name} {path}")));
                }
            }
            Some(kept)
        }
    }
}

impl<'a> Mounting<'_, 'a> {
    fn tree(&mut self, tree: Tree<'a>) {
        self.router.outlines.push(outline::tree(&tree));
        let place = Place { tree: &tree.label, outer: &tree.settings };
        for node in tree.nodes {
            self.place(&place, node);
        }
    }

    /// Adds a node to the bot directly.
    fn node(&mut self, node: Node<'a>) {
        self.router.outlines.push(outline::node("", &node));
        self.place(&Place { tree: "", outer: &NodeOptions::default() }, node);
    }

    fn place(&mut self, place: &Place<'_>, node: Node<'a>) {
        let Node { what: AnyNode(kind), settings, at, lifetime } = node;
        match kind {
            AnyKind::Command(command) => {
                let node = Node { what: *command, settings, at, lifetime };
                let mut definition = node.definition().clone();
                node.settings.within(place.outer).restrict(&mut definition);
                let rules = TextRules::of(&definition);
                if keep_slash_commands(&mut definition, &node, place.outer) {
                    self.router.declare(place.tree, definition);
                }
                let branch = Branch { kind: node.definition().kind, path: "", texts: &[], rules: &rules };
                self.place_command(place, &branch, node);
            }
            AnyKind::Component(ComponentNode { template, runs }) => {
                let what = format!("component {template}");
                let leaf = self.leaf(place, &what, &settings, at, runs);
                self.refuse_text(&leaf.about.id, &settings);
                self.router.add_component(template, leaf);
            }
            AnyKind::Modal(ModalNode { template, runs }) => {
                let what = format!("modal {template}");
                let leaf = self.leaf(place, &what, &settings, at, runs);
                self.refuse_text(&leaf.about.id, &settings);
                self.router.add_modal(template, leaf);
            }
            AnyKind::Event(EventNode { what, source, handler, lanes }) => {
                let id = HandlerId::of_node(join_path(place.tree, &what), at);
                for (method, instead) in settings.for_interactions() {
                    let problem =
                        format!("{method} does nothing for an event, since no user waits for it: {instead}");
                    self.router.problem(&id, problem);
                }
                self.refuse_text(&id, &settings);
                let settings = settings.within(place.outer);
                self.ask_for_waits(&id, &settings);
                let about = NodeInfo::new(id.clone(), &settings);
                lanes.iter().for_each(|lanes| self.handlers.add_lanes(lanes));
                let slot = handler.slot(&id, about.waits);
                self.handlers.add_slot(source, id, slot);
            }
        }
    }

    fn place_command(&mut self, place: &Place<'_>, branch: &Branch<'_>, node: Node<'a, CommandNode<'a>>) {
        let kind = branch.kind;
        let path = join_path(branch.path, &node.definition().name);
        let texts = branch.texts_of(&node);
        let settings = node.settings.within(place.outer);
        let is_text = match &node.what.0 {
            CommandKind::Group { nodes, .. } => !text_children(nodes, &settings).is_empty(),
            CommandKind::One { .. } => settings.calls.unwrap_or_default() != Calls::Slash,
        };
        let id = HandlerId::of_node(join_path(place.tree, &CommandTitle(kind, &path).to_string()), node.at);
        self.check_text_names(&id, &node.settings, is_text);
        match node.what.0 {
            CommandKind::Group { nodes, .. } => {
                let inner = Place { tree: place.tree, outer: &settings };
                let branch = Branch { path: &path, texts: &texts, ..*branch };
                let children = text_children(&nodes, &settings);
                for node in nodes {
                    self.place_command(&inner, &branch, node);
                }
                if !children.is_empty() {
                    let id = HandlerId::of_node(join_path(place.tree, &path), node.at);
                    let group = TextGroup { prefixes: settings.text_prefixes, children };
                    self.router.add_text(&id, &texts, &Target::Group(Arc::new(group)));
                }
            }
            CommandKind::One { definition, runs, autocomplete } => {
                let what = CommandTitle(kind, &path).to_string();
                let leaf = self.leaf(place, &what, &node.settings, node.at, runs);
                if is_text {
                    let id = leaf.about.id.clone();
                    let command = TextCommand {
                        path: path.clone(),
                        description: definition.description,
                        descriptions: definition.description_localizations,
                        options: definition.options,
                        prefixes: settings.text_prefixes,
                        rules: branch.rules.clone(),
                    };
                    self.add_text(&id, kind, &texts, command);
                }
                self.router.add_command(kind, path, CommandLeaf { leaf, autocomplete });
            }
        }
    }

    /// Reports names that no message can call.
    fn check_text_names(&mut self, id: &HandlerId, own: &NodeOptions, is_text: bool) {
        if !is_text {
            for method in own.for_text() {
                let problem = format!("{method} is only for text commands: add .text(), or leave it out");
                self.router.problem(id, problem);
            }
        }
        for alias in own.aliases.iter().filter(|alias| alias.contains(char::is_whitespace)) {
            let problem =
                format!("the alias {alias:?} has white space, so it is not one word: leave that out");
            self.router.problem(id, problem);
        }
    }

    /// Adds a command that messages call, and requests its intents. The content of messages is needed for the prefix.
    fn add_text(&mut self, id: &HandlerId, kind: CommandType, texts: &[String], command: TextCommand) {
        if kind != CommandType::CHAT_INPUT {
            self.router
                .problem(id, ".text() does nothing for a command of a context menu: leave it out".into());
            return;
        }
        if texts.iter().any(|text| text.split(' ').any(str::is_empty)) {
            self.router.problem(id, "the name or an alias of a text command is empty: give it one".into());
        }
        let intents = MessageCreate::INTENTS.difference(Intents::MESSAGE_CONTENT);
        self.handlers.request_intents(IntentRequest {
            handler: id.clone(),
            event: Some(MessageCreate::NAME),
            intents,
        });
        if !command.prefixes.is_empty() {
            let (event, intents) = (Some(MessageCreate::NAME), Intents::MESSAGE_CONTENT);
            self.handlers.request_intents(IntentRequest { handler: id.clone(), event, intents });
        }
        self.router.add_text(id, texts, &Target::Command(Arc::new(command)));
    }

    fn leaf<C>(
        &mut self,
        place: &Place<'_>,
        what: &str,
        settings: &NodeOptions,
        at: &'static std::panic::Location<'static>,
        runs: Runs<'a, C>,
    ) -> Leaf<'a, C> {
        let settings = settings.within(place.outer);
        let id = HandlerId::of_node(join_path(place.tree, what), at);
        self.ask_for_waits(&id, &settings);
        if let Runs::InLanes(lanes, _) = &runs {
            self.handlers.add_lanes(lanes);
        }
        Leaf { about: Arc::new(NodeInfo::new(id, &settings)), runs }
    }

    /// Reports settings that are for commands only.
    fn refuse_text(&mut self, id: &HandlerId, settings: &NodeOptions) {
        for method in settings.for_commands() {
            self.router.problem(
                id,
                format!("{method} does nothing here, since only commands have names: leave it out"),
            );
        }
    }

    /// Requests the intents of the events that a node's tasks wait for.
    fn ask_for_waits(&mut self, id: &HandlerId, settings: &NodeOptions) {
        for wait in &settings.waits {
            let mut handler = id.clone();
            handler.what = format!("{} waits_for::<{}>", id.what, wait.type_name);
            self.router.await_event(wait.name);
            self.handlers.wait_for_audit_entries |= wait.name == GuildAuditLogEntryCreate::NAME;
            self.handlers.request_intents(IntentRequest {
                handler,
                event: Some(wait.name),
                intents: wait.intents,
            });
        }
    }
}
