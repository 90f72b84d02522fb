//! Adding a tree to a bot.

use std::sync::Arc;

use crate::bot::bot::Bot;
use crate::bot::error::HandlerId;
use crate::bot::handler::Handlers;
use crate::bot::intents::IntentRequest;
use crate::bot::tree::Router;
use crate::bot::tree::Tree;
use crate::bot::tree::node::{
    AnyKind, AnyNode, CommandKind, CommandNode, ComponentNode, EventNode, ModalNode, Node, Runs,
};
use crate::bot::tree::options::NodeOptions;
use crate::bot::tree::outline;
use crate::bot::tree::outline::Outline;
use crate::bot::tree::router::{CommandLeaf, Leaf, NodeInfo};
use crate::command::{CommandTitle, GroupMember, IntoNode, join_path};
use crate::model::CommandType;

/// # Commands, components and modals
impl<'a> Bot<'a> {
    /// Adds a [tree](crate::tree) of commands, components, modals and events to the bot.
    ///
    /// This never fails: [`run`](Bot::run), [`start`](Bot::start) and [`plan_commands`](Bot::plan_commands) report
    /// everything that Discord would refuse, all at once.
    #[doc(alias = "load_extension")]
    #[doc(alias = "cog")]
    pub fn mount(&mut self, tree: Tree<'a>) -> &mut Self {
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
        let outline: Outline = outline::node(&node);
        self.router.outlines.push(outline);
        self.place(&Place { tree: "", outer: &NodeOptions::default() }, node);
    }

    fn place(&mut self, place: &Place<'_>, node: Node<'a>) {
        let Node { what: AnyNode(kind), settings, at, lifetime } = node;
        match kind {
            AnyKind::Command(command) => {
                let node = Node { what: *command, settings, at, lifetime };
                let mut definition = node.definition().clone();
                node.settings.within(place.outer).restrict(&mut definition);
                self.router.declare(place.tree, definition);
                let kind = node.definition().kind;
                self.place_command(place, kind, "", node);
            }
            AnyKind::Component(ComponentNode { template, runs }) => {
                let what = format!("component {template}");
                let leaf = self.leaf(place, &what, &settings, at, runs);
                self.router.add_component(template, leaf);
            }
            AnyKind::Modal(ModalNode { template, runs }) => {
                let what = format!("modal {template}");
                let leaf = self.leaf(place, &what, &settings, at, runs);
                self.router.add_modal(template, leaf);
            }
            AnyKind::Event(EventNode { what, source, listens, lanes }) => {
                let label = HandlerId::of_node(join_path(place.tree, &what), at);
                for (method, instead) in settings.for_interactions() {
                    let problem =
                        format!("{method} does nothing for an event, since no user waits for it: {instead}");
                    self.router.problem(&label, problem);
                }
                let settings = settings.within(place.outer);
                self.ask_for_waits(&label, &settings);
                let about = NodeInfo::new(label.clone(), &settings);
                lanes.iter().for_each(|lanes| self.handlers.add_lanes(lanes));
                let slot = listens.slot(&label, about.waits);
                self.handlers.add_slot(source, label, slot);
            }
        }
    }

    fn place_command(
        &mut self,
        place: &Place<'_>,
        kind: CommandType,
        path: &str,
        node: Node<'a, CommandNode<'a>>,
    ) {
        let path = join_path(path, &node.definition().name);
        match node.what.0 {
            CommandKind::Group { nodes, .. } => {
                let settings = node.settings.within(place.outer);
                let place = Place { tree: place.tree, outer: &settings };
                for node in nodes {
                    self.place_command(&place, kind, &path, node);
                }
            }
            CommandKind::One { runs, autocomplete, .. } => {
                let what = CommandTitle(kind, &path).to_string();
                let leaf = self.leaf(place, &what, &node.settings, node.at, runs);
                self.router.add_command(kind, path, CommandLeaf { leaf, autocomplete });
            }
        }
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
        let label = HandlerId::of_node(join_path(place.tree, what), at);
        self.ask_for_waits(&label, &settings);
        if let Runs::InLanes(lanes, _) = &runs {
            self.handlers.add_lanes(lanes);
        }
        Leaf { about: Arc::new(NodeInfo::new(label, &settings)), runs }
    }

    /// Requests the intents of the events that a node's tasks wait for.
    fn ask_for_waits(&mut self, label: &HandlerId, settings: &NodeOptions) {
        for wait in &settings.waits {
            let mut handler = label.clone();
            handler.what = format!("{} waits_for::<{}>", label.what, wait.type_name);
            self.router.await_event(wait.name);
            self.handlers.ask(IntentRequest { handler, event: Some(wait.name), intents: wait.intents });
        }
    }
}
