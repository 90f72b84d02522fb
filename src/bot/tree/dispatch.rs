//! Passing interactions to their nodes.

use std::cell::Cell;
use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::de::Error as _;

use super::autocomplete::AutocompleteContext;
use super::checks;
use super::node::{RunChecks, RunError, Runs};
use super::router::{CommandLeaf, Leaf, NodeInfo, Router};
use crate::bot::context::{CommandContext, ComponentContext, Context, InteractionContext, ModalContext};
use crate::bot::error::guard;
use crate::bot::error::{HandlerId, Problem};
use crate::bot::event_scope::EventScope;
use crate::bot::health::meter::{Counts, Failure};
use crate::bot::hooks::{CallFailure, End, Hooks, conclude, ended_elsewhere};
use crate::bot::lanes::{self, Lanes, Taken};
use crate::bot::waits::Waits;
use crate::command::value_text;
use crate::error::Error;
use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::{InteractionHeader, InteractionKind, InteractionResponder};
use crate::model::{CommandData, Interaction, InteractionData};

const EVENT: &str = InteractionCreate::NAME;

/// What went wrong, and in which handler.
pub(crate) type HandlerFailure = Option<(HandlerId, Problem)>;

/// Runs the handler of an interaction. `header` is what the shard's thread has read of it. It is `None` if the header cannot
/// be read, or if no node handles the interaction; then its user was notified, or a task has it.
pub(in crate::bot) fn interaction(
    router: &mut Router<'_>,
    cx: &Context,
    data: &str,
    header: Option<&InteractionHeader>,
) -> HandlerFailure {
    match (cx.read_event(|| InteractionCreate::decode(data)), header) {
        (Ok(InteractionCreate(interaction)), Some(header)) => {
            route(router, cx, header, &Arc::new(interaction))
        }
        (Err(error), Some(header)) => unreadable(router, cx, header, error),
        (Ok(_), None) => None,
        (Err(error), None) => {
            Some((HandlerId::new("commands", Location::caller()), Problem::Unreadable(error)))
        }
    }
}

/// Runs the node's handler, with the closures around it.
fn route(
    router: &mut Router<'_>,
    cx: &Context,
    header: &InteractionHeader,
    interaction: &Arc<Interaction>,
) -> HandlerFailure {
    let mut hooks = router.hooks.take();
    let failure = route_to_node(router, cx, header, interaction, hooks.as_deref_mut());
    router.hooks = hooks;
    failure.unwrap_or_else(|| {
        let error = serde_json::Error::custom("this version does not know what was used, or how");
        unreadable(router, cx, header, error)
    })
}

/// `None` if no node handles it.
fn route_to_node(
    router: &mut Router<'_>,
    cx: &Context,
    header: &InteractionHeader,
    interaction: &Arc<Interaction>,
    hooks: Option<&mut Hooks<'_>>,
) -> Option<HandlerFailure> {
    match (header.kind, &interaction.data) {
        (InteractionKind::Command, Some(InteractionData::Command(_))) => {
            router.command(header).map(|command| {
                let (own, responder) = opened(cx, &command.leaf.about, interaction);
                run(
                    &mut command.leaf,
                    cx,
                    CommandContext::new(own, Arc::clone(interaction), responder),
                    hooks,
                )
            })
        }
        (InteractionKind::Autocomplete, Some(InteractionData::Command(data))) => {
            router.command(header).map(|command| suggest(command, cx, data, interaction, hooks))
        }
        (InteractionKind::Component, Some(InteractionData::Component(_))) => {
            router.components.find(&header.name).map(|leaf| {
                let (own, responder) = opened(cx, &leaf.about, interaction);
                run(leaf, cx, ComponentContext::new(own, Arc::clone(interaction), responder), hooks)
            })
        }
        (InteractionKind::Modal { .. }, Some(InteractionData::Modal(_))) => {
            router.modals.find(&header.name).map(|leaf| {
                let (own, responder) = opened(cx, &leaf.about, interaction);
                run(leaf, cx, ModalContext::new(own, Arc::clone(interaction), responder), hooks)
            })
        }
        _ => None,
    }
}

/// Notifies the user that the handler cannot be called, and returns the error.
fn unreadable(
    router: &mut Router<'_>,
    cx: &Context,
    header: &InteractionHeader,
    error: serde_json::Error,
) -> HandlerFailure {
    let pending = &cx.shared().interactions;
    let responder = pending.start_unreadable(header)?;
    let id = router.handler_id(header).unwrap_or_else(|| HandlerId::new(&*header.name, Location::caller()));
    pending.handler_finished(&responder, &id.what, true);
    id.meter.count_failure(Failure::Unreadable);
    Some((id, Problem::Unreadable(error)))
}

/// A context for the node, and the interaction's responder.
fn opened(cx: &Context, about: &NodeInfo, interaction: &Interaction) -> (Context, Arc<InteractionResponder>) {
    let responder = cx.shared().interactions.start_handler(cx.rest(), interaction, about.defer_policy);
    (cx.copy_for(&about.waits), responder)
}

/// Runs a node's handler, here or in its lane.
fn run<C>(leaf: &mut Leaf<'_, C>, cx: &Context, own: C, hooks: Option<&mut Hooks<'_>>) -> HandlerFailure
where
    C: Deref<Target = InteractionContext> + Send + 'static,
{
    let about = &leaf.about;
    match &mut leaf.runs {
        Runs::Inline(f) => {
            let id = &about.id;
            let result = cx.shared().health.calls.measure(&id.meter, id, Counts::All, || {
                run_here(about, &own, hooks, |cx, passes| f(cx, passes))
            });
            result.err().map(|problem| (about.id.clone(), problem))
        }
        Runs::InLanes(lanes, f) => {
            let interaction = own.interaction();
            let scope = EventScope {
                guild_id: interaction.guild_id,
                channel_id: interaction.channel_id,
                message_id: interaction.message.as_ref().map(|message| message.id),
                user_id: interaction.invoking_user().map(|user| user.id),
            };
            let f = Arc::clone(f);
            let handler = move |cx: &C, passes: RunChecks<'_>| f(cx, passes);
            run_in_lanes(about, cx, own, hooks, (lanes, &scope, EVENT), handler)
        }
    }
}

/// Runs a handler on the bot's thread, with the closures around it.
pub(in crate::bot) fn run_here<C>(
    about: &NodeInfo,
    own: &C,
    hooks: Option<&mut Hooks<'_>>,
    f: impl FnOnce(&C, RunChecks<'_>) -> Result<(), RunError>,
) -> Result<(), Problem>
where
    C: Deref<Target = InteractionContext>,
{
    let Some(hooks) = hooks else {
        return conclude(&about.id, own, call(about, own, f).err(), End::Handler, false);
    };
    let began = Instant::now();
    let failure = hooks.before(own).and_then(|()| call(about, own, f)).err();
    hooks.ended(&about.id, own, began.elapsed(), failure, End::Handler)
}

/// Runs a handler in lanes, with the closures around it on the bot's thread.
pub(in crate::bot) fn run_in_lanes<C>(
    about: &Arc<NodeInfo>,
    cx: &Context,
    own: C,
    mut hooks: Option<&mut Hooks<'_>>,
    (lanes, scope, event): (&Lanes, &EventScope, &'static str),
    f: impl FnOnce(&C, RunChecks<'_>) -> Result<(), RunError> + Send + 'static,
) -> HandlerFailure
where
    C: Deref<Target = InteractionContext> + Send + 'static,
{
    let id = &about.id;
    let began = hooks.as_ref().map(|_| Instant::now());
    if let Some(hooks) = &mut hooks {
        if let Err(failure) = hooks.before(&own) {
            let ended = hooks.ended(id, &own, Duration::ZERO, Some(failure), End::Handler);
            return ended.err().map(|problem| (id.clone(), problem));
        }
    }
    let copy = own.copy();
    let node = Arc::clone(about);
    let work = move |_: &Context| {
        let failure = call(&node, &own, f).err();
        match began {
            None => conclude(&node.id, &own, failure, End::Handler, false),
            Some(began) => {
                ended_elsewhere(&own, event, &node.id, began.elapsed(), failure, false);
                Ok(())
            }
        }
    };
    let taken = cx
        .shared()
        .health
        .calls
        .measure(&id.meter, id, Counts::Time, || lanes::run_in(lanes, cx, scope, event, id, work));
    let problem = match taken {
        Ok(Taken::Yes) => return None,
        Ok(Taken::Full | Taken::Late) => {
            id.meter.count_failure(Failure::Error);
            let busy = Error::Busy { problem: "its lanes are full, so it was dropped".to_owned() };
            Problem::Failed(busy.into())
        }
        Err(problem) => problem,
    };
    let failure = Some(CallFailure::Problem(problem));
    let ended = match (hooks, began) {
        (Some(hooks), Some(began)) => hooks.ended(id, &copy, began.elapsed(), failure, End::Handler),
        _ => conclude(id, &copy, failure, End::Handler, false),
    };
    ended.err().map(|problem| (id.clone(), problem))
}

/// Calls a node's handler if the arguments can be read and the checks pass.
fn call<C>(
    about: &NodeInfo,
    cx: &C,
    f: impl FnOnce(&C, RunChecks<'_>) -> Result<(), RunError>,
) -> Result<(), CallFailure>
where
    C: Deref<Target = InteractionContext>,
{
    let counted = Cell::new(None);
    let passes = || {
        let mut passed = checks::pass(&about.checks, cx).map_err(RunError::Refused)?;
        cx.keep_running(passed.take_running());
        counted.set(Some(passed));
        Ok(())
    };
    let mut failure = None;
    let called = guard(|| {
        failure = f(cx, &passes).err();
        Ok(())
    });
    let failure = match (called, failure) {
        (Err(problem), _) => Some(CallFailure::Problem(problem)),
        (Ok(()), Some(RunError::Failed(cause))) => Some(Problem::Failed(cause).into()),
        (Ok(()), Some(RunError::Argument(problem))) => Some(CallFailure::Argument(problem)),
        (Ok(()), Some(RunError::Refused(refusal))) => Some(CallFailure::Refused(refusal)),
        (Ok(()), None) => None,
    };
    if let Some(counted) = counted.take().filter(|_| failure.is_some()) {
        counted.has_failed();
    }
    failure.map_or(Ok(()), Err)
}

/// Offers choices for the option that is being typed.
fn suggest(
    command: &mut CommandLeaf<'_>,
    cx: &Context,
    data: &CommandData,
    interaction: &Arc<Interaction>,
    hooks: Option<&mut Hooks<'_>>,
) -> HandlerFailure {
    let about = Arc::clone(&command.leaf.about);
    let (own, responder) = opened(cx, &about, interaction);
    let user = InteractionContext::new(own, Arc::clone(interaction), Arc::clone(&responder));
    let focused = data.focused();
    let closure = focused.and_then(|option| {
        command.autocomplete.iter_mut().find(|(name, _)| *name == option.name).map(|(_, suggest)| suggest)
    });
    let own = AutocompleteContext { cx: cx.copy(), interaction: Arc::clone(interaction) };
    let refused = Cell::new(None);
    let may = || match checks::ask(&about.checks, &user) {
        Ok(()) => true,
        Err(refusal) => {
            log::debug!("{}: suggestions refused: {refusal}", about.id);
            refused.set(Some(refusal));
            false
        }
    };
    let mut choices = Vec::new();
    let (calls, id) = (&cx.shared().health.calls, &about.id);
    let began = calls.now();
    let result = calls.measure(&id.meter, id, Counts::Time, || {
        guard(|| {
            if let (Some(option), Some(suggest), true) = (focused, closure, may()) {
                let typed = option.value.as_ref().map(value_text).unwrap_or_default();
                choices = (suggest.0)(&own, &typed);
            }
            Ok(())
        })
    });
    // The node's handler may run in lanes at the same time.
    id.meter.count_elsewhere(calls.now() - began, None);
    let sent = responder.autocomplete(choices);
    let result = result.and(match sent {
        // The user goes on typing, so a response that is too late does no harm.
        Err(Error::Response(error)) => {
            log::debug!("{}: {error}", about.id);
            Ok(())
        }
        sent => sent.map_err(|error| Problem::Failed(error.into())),
    });
    let failure = match (result, refused.take()) {
        (Err(problem), _) => Some(CallFailure::Problem(problem)),
        (Ok(()), refusal) => refusal.map(CallFailure::Refused),
    };
    if let Some(hooks) = hooks {
        hooks.failed(&about.id.to_string(), &user, InteractionKind::Autocomplete, failure.as_ref());
    }
    let problem = failure.and_then(CallFailure::into_problem);
    cx.shared().interactions.handler_finished(&responder, &about.id.what, problem.is_some());
    problem.map(|problem| (about.id.clone(), problem))
}

impl Context {
    /// A copy for another handler, whose tasks may wait for these events.
    pub(in crate::bot) fn copy_for(&self, waits: &Arc<Waits>) -> Context {
        let own = self.copy();
        own.set_waits(Some(Arc::clone(waits)));
        own
    }

    /// The same for another thread.
    pub(in crate::bot) fn fork_for(&self, waits: &Arc<Waits>) -> Context {
        let own = self.fork();
        own.set_waits(Some(Arc::clone(waits)));
        own
    }

    /// Calls a handler whose tasks may wait for these events.
    pub(super) fn waiting_for<T>(&self, waits: &Arc<Waits>, f: impl FnOnce() -> T) -> T {
        /// Restores the previous setting, also after a panic.
        struct Restore<'c>(&'c Context, Option<Arc<Waits>>);
        impl Drop for Restore<'_> {
            fn drop(&mut self) {
                self.0.set_waits(self.1.take());
            }
        }
        let _restore = Restore(self, self.set_waits(Some(Arc::clone(waits))));
        f()
    }
}
