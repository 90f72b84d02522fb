//! The nodes of a tree, before it is mounted.

use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use super::autocomplete::Autocomplete;
use super::options::{NodeOptions, settings};
use crate::bot::context::{CommandContext, ComponentContext, Context, ModalContext};
use crate::bot::error::HandlerId;
use crate::bot::handler::{self, ErasedHandler, EventSource, HandledEvent};
use crate::bot::lanes::{LaneSafe, Lanes};
use crate::bot::refusal::Refusal;
use crate::bot::waits::Waits;
use crate::command::{ArgumentError, CommandBuilder, CommandDefinition, Group, GroupMember, Template};
use crate::error::{BoxError, Result};
use crate::gateway::event::Event;
use crate::gateway::intents::Intents;

/// A part of a [`Tree`](super::Tree): a [command](super::command()), a [group](super::group) of them, a
/// [component](crate::command::CustomId::run), a [modal](crate::command::CustomId::run_modal) or an [event](on).
///
/// `T` is the kind of node. A tree accepts all kinds.
#[must_use = "a node does nothing until it is mounted"]
pub struct Node<'a, T = AnyNode<'a>> {
    pub(in crate::bot) what: T,
    pub(in crate::bot) settings: NodeOptions,
    pub(in crate::bot) at: &'static Location<'static>,
    pub(in crate::bot) lifetime: PhantomData<&'a ()>,
}

/// All kinds of a [`Node`].
pub struct AnyNode<'a>(pub(in crate::bot) AnyKind<'a>);

pub(in crate::bot) enum AnyKind<'a> {
    Command(Box<CommandNode<'a>>),
    Component(ComponentNode<'a>),
    Modal(ModalNode<'a>),
    Event(EventNode<'a>),
}

/// A command or a group of commands, as a [`Node`].
pub struct CommandNode<'a>(pub(in crate::bot) CommandKind<'a>);

pub(in crate::bot) enum CommandKind<'a> {
    One {
        definition: CommandDefinition,
        runs: Runs<'a, CommandContext>,
        autocomplete: Vec<(String, Autocomplete<'a>)>,
    },
    Group {
        definition: CommandDefinition,
        nodes: Vec<Node<'a, CommandNode<'a>>>,
    },
}

/// A component of messages, as a [`Node`].
pub struct ComponentNode<'a> {
    pub(in crate::bot) template: Template,
    pub(in crate::bot) runs: Runs<'a, ComponentContext>,
}

/// A modal, as a [`Node`].
pub struct ModalNode<'a> {
    pub(in crate::bot) template: Template,
    pub(in crate::bot) runs: Runs<'a, ModalContext>,
}

/// An event, as a [`Node`].
pub struct EventNode<'a> {
    /// `on::<MessageCreate>`.
    pub(in crate::bot) what: String,
    pub(in crate::bot) source: EventSource,
    pub(in crate::bot) handler: Box<dyn UnboundHandler + 'a>,
    /// The lanes that it runs in.
    pub(in crate::bot) lanes: Option<Lanes>,
}

impl EventNode<'_> {
    /// The intents that it needs.
    pub(in crate::bot) fn intents(&self) -> Intents {
        match self.source {
            EventSource::Dispatch { intents, .. } => intents,
            EventSource::ConnectionEvent(_) => Intents::empty(),
        }
    }
}

/// The handler of an event, before its ID is known.
///
/// The lifetime is on the method, not on the trait: so a tree that borrows nothing fits a bot that does.
pub(in crate::bot) trait UnboundHandler {
    fn slot<'s>(self: Box<Self>, id: &HandlerId, waits: Arc<Waits>) -> Box<dyn ErasedHandler + 's>
    where
        Self: 's;
}

struct InlineOn<E, F> {
    f: F,
    event: PhantomData<fn(&E)>,
}

impl<E: HandledEvent, F: FnMut(&Context, &E) -> Result> UnboundHandler for InlineOn<E, F> {
    fn slot<'s>(self: Box<Self>, _: &HandlerId, waits: Arc<Waits>) -> Box<dyn ErasedHandler + 's>
    where
        Self: 's,
    {
        let mut f = self.f;
        handler::slot(move |cx: &Context, event: &E| cx.waiting_for(&waits, || f(cx, event)))
    }
}

struct InLanesOn<E, F> {
    f: F,
    lanes: Lanes,
    event: PhantomData<fn(&E)>,
}

impl<E, F> UnboundHandler for InLanesOn<E, F>
where
    E: Event,
    F: Fn(&Context, &E) -> Result + Send + Sync + 'static,
{
    fn slot<'s>(self: Box<Self>, id: &HandlerId, waits: Arc<Waits>) -> Box<dyn ErasedHandler + 's>
    where
        Self: 's,
    {
        let InLanesOn { f, lanes, .. } = *self;
        let f = move |cx: &Context, event: &E| cx.waiting_for(&waits, || f(cx, event));
        handler::slot_in(&lanes, id, Arc::new(f))
    }
}

/// Why a handler failed or was not called.
pub(in crate::bot) enum RunError {
    Argument(ArgumentError),
    Refused(Refusal),
    Failed(BoxError),
}

/// Runs the checks, once the arguments were read.
pub(in crate::bot) type RunChecks<'p> = &'p dyn Fn() -> Result<(), RunError>;

/// Reads the arguments, runs the checks, and calls the handler.
pub(in crate::bot) type InlineRun<'a, C> = Box<dyn FnMut(&C, RunChecks<'_>) -> Result<(), RunError> + 'a>;
pub(in crate::bot) type LaneRun<C> = Arc<dyn Fn(&C, RunChecks<'_>) -> Result<(), RunError> + Send + Sync>;

/// Where a node's handler runs.
pub(in crate::bot) enum Runs<'a, C> {
    /// On the bot's thread.
    Inline(InlineRun<'a, C>),
    InLanes(Lanes, LaneRun<C>),
}

impl<'a, C> Runs<'a, C> {
    pub(in crate::bot) fn here(run: impl FnMut(&C, RunChecks<'_>) -> Result<(), RunError> + 'a) -> Self {
        Runs::Inline(Box::new(run))
    }

    pub(in crate::bot) fn in_lanes(
        lanes: &Lanes,
        run: impl Fn(&C, RunChecks<'_>) -> Result<(), RunError> + Send + Sync + 'static,
    ) -> Self {
        Runs::InLanes(lanes.clone(), Arc::new(run))
    }
}

impl<T: fmt::Debug> fmt::Debug for Node<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Node { what, settings, at, lifetime: _ } = self;
        f.debug_struct("Node")
            .field("what", what)
            .field("settings", settings)
            .field("at", &format_args!("{at}"))
            .finish()
    }
}

impl fmt::Debug for AnyNode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            AnyKind::Command(command) => command.fmt(f),
            AnyKind::Component(component) => component.fmt(f),
            AnyKind::Modal(modal) => modal.fmt(f),
            AnyKind::Event(event) => event.fmt(f),
        }
    }
}

impl fmt::Debug for CommandNode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommandNode").field("name", &self.definition().name).finish_non_exhaustive()
    }
}

impl fmt::Debug for ComponentNode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ComponentNode").field("template", &self.template).finish_non_exhaustive()
    }
}

impl fmt::Debug for ModalNode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ModalNode").field("template", &self.template).finish_non_exhaustive()
    }
}

impl fmt::Debug for EventNode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventNode").field("what", &self.what).finish_non_exhaustive()
    }
}

impl<T> Node<'_, T> {
    #[track_caller]
    pub(in crate::bot) fn new(what: T) -> Self {
        Node { what, settings: NodeOptions::default(), at: Location::caller(), lifetime: PhantomData }
    }

    fn settings(&mut self) -> &mut NodeOptions {
        &mut self.settings
    }

    settings!();
}

impl<'a, T> Node<'a, T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Node<'a, U> {
        let Node { what, settings, at, lifetime } = self;
        Node { what: change(what), settings, at, lifetime }
    }
}

impl<'a> From<Node<'a, CommandNode<'a>>> for Node<'a> {
    fn from(node: Node<'a, CommandNode<'a>>) -> Self {
        node.map(|command| AnyNode(AnyKind::Command(Box::new(command))))
    }
}

impl<'a> From<Node<'a, ComponentNode<'a>>> for Node<'a> {
    fn from(node: Node<'a, ComponentNode<'a>>) -> Self {
        node.map(|component| AnyNode(AnyKind::Component(component)))
    }
}

impl<'a> From<Node<'a, ModalNode<'a>>> for Node<'a> {
    fn from(node: Node<'a, ModalNode<'a>>) -> Self {
        node.map(|modal| AnyNode(AnyKind::Modal(modal)))
    }
}

impl<'a> From<Node<'a, EventNode<'a>>> for Node<'a> {
    fn from(node: Node<'a, EventNode<'a>>) -> Self {
        node.map(|event| AnyNode(AnyKind::Event(event)))
    }
}

/// A group of commands that is being built.
pub type GroupBuilder<'a> = CommandBuilder<Group<Node<'a, CommandNode<'a>>>, Autocomplete<'a>, NodeOptions>;

impl<'a> From<GroupBuilder<'a>> for Node<'a, CommandNode<'a>> {
    #[track_caller]
    fn from(mut group: GroupBuilder<'a>) -> Self {
        let settings = std::mem::take(group.extra_mut());
        let (definition, nodes) = group.into_nodes();
        Node { settings, ..Node::new(CommandNode(CommandKind::Group { definition, nodes })) }
    }
}

impl<'a> From<GroupBuilder<'a>> for Node<'a> {
    #[track_caller]
    fn from(group: GroupBuilder<'a>) -> Self {
        Node::from(Node::<CommandNode<'a>>::from(group))
    }
}

impl CommandNode<'_> {
    pub(in crate::bot) fn definition(&self) -> &CommandDefinition {
        match &self.0 {
            CommandKind::One { definition, .. } | CommandKind::Group { definition, .. } => definition,
        }
    }
}

impl GroupMember for Node<'_, CommandNode<'_>> {
    fn definition(&self) -> &CommandDefinition {
        self.what.definition()
    }
}

/// Registers a handler for an event, as [`Bot::on`](crate::bot::Bot::on) does.
///
/// ```
/// use syncord::events::MessageCreate;
/// use syncord::tree::{Tree, on};
///
/// let mut messages = 0;
/// let counts = Tree::new("counts").add(on::<MessageCreate>(|_, _| Ok(messages += 1)));
/// ```
#[track_caller]
pub fn on<'a, E: HandledEvent>(f: impl FnMut(&Context, &E) -> Result + 'a) -> Node<'a, EventNode<'a>> {
    let handler = Box::new(InlineOn { f, event: PhantomData::<fn(&E)> });
    let what = format!("on::<{}>", HandlerId::type_name::<E>());
    Node::new(EventNode { what, source: E::SOURCE, handler, lanes: None })
}

/// Registers a handler for an event that runs in [lanes](Lanes), as [`Bot::on_in`](crate::bot::Bot::on_in) does.
#[track_caller]
pub fn on_in<'a, E: Event>(
    lanes: &Lanes,
    f: impl Fn(&Context, &E) -> Result + LaneSafe + 'static,
) -> Node<'a, EventNode<'a>> {
    let handler = Box::new(InLanesOn { f, lanes: lanes.clone(), event: PhantomData::<fn(&E)> });
    let what = format!("on_in::<{}>", HandlerId::type_name::<E>());
    Node::new(EventNode { what, source: E::SOURCE, handler, lanes: Some(lanes.clone()) })
}
