//! Handing interactions to their nodes.

use std::ops::Deref;
use std::panic::Location;
use std::sync::Arc;

use serde::de::Error as _;

use super::autocomplete::AutocompleteContext;
use super::checks;
use super::node::{RunChecks, RunError, Runs};
use super::router::{CommandLeaf, Leaf, NodeInfo, Router};
use crate::bot::context::{CommandContext, ComponentContext, Context, InteractionContext, ModalContext};
use crate::bot::error::guard;
use crate::bot::error::{HandlerId, Problem};
use crate::bot::lanes::{self, EventScope, Taken};
use crate::bot::waits::Waits;
use crate::command::value_text;
use crate::error::Error;
use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::{InteractionHeader, InteractionResponder};
use crate::model::{CommandData, Interaction, InteractionData, InteractionType};

const EVENT: &str = InteractionCreate::NAME;

/// What went wrong, and with what.
pub(crate) type HandlerFailure = Option<(HandlerId, Problem)>;

/// Hands an interaction to its node. Where there is none, the user has been told when it was received, or a task has it.
pub(in crate::bot) fn interaction(router: &mut Router<'_>, cx: &Context, data: &str) -> HandlerFailure {
    let interaction = match InteractionCreate::decode(data) {
        Ok(InteractionCreate(interaction)) => Arc::new(interaction),
        Err(error) => {
            let generic = || HandlerId::new("commands", Location::caller());
            return Some(match unreadable(router, cx, data, error) {
                Ok(trouble) => trouble,
                Err(error) => (generic(), Problem::Unreadable(error)),
            });
        }
    };
    let found = match &interaction.data {
        Some(InteractionData::Command(data)) => {
            let is_typing = interaction.kind == InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE;
            match router.command(data) {
                Some(command) if is_typing => Some(suggest(command, cx, data, &interaction)),
                Some(command) => {
                    let (own, responder) = opened(cx, &command.leaf.about, &interaction);
                    let own = CommandContext::new(own, Arc::clone(&interaction), responder);
                    Some(run(&mut command.leaf, cx, own))
                }
                None => None,
            }
        }
        Some(InteractionData::Component(data)) => router.components.find(&data.custom_id).map(|leaf| {
            let (own, responder) = opened(cx, &leaf.about, &interaction);
            run(leaf, cx, ComponentContext::new(own, Arc::clone(&interaction), responder))
        }),
        Some(InteractionData::Modal(data)) => router.modals.find(&data.custom_id).map(|leaf| {
            let (own, responder) = opened(cx, &leaf.about, &interaction);
            run(leaf, cx, ModalContext::new(own, Arc::clone(&interaction), responder))
        }),
        _ => None,
    };
    match found {
        Some(trouble) => trouble,
        None => {
            let error =
                serde_json::Error::custom("what was used, or how, is nothing that this version knows");
            unreadable(router, cx, data, error).ok()
        }
    }
}

/// Tells the user of an interaction that its node cannot be called; not where no node claims it.
fn unreadable(
    router: &mut Router<'_>,
    cx: &Context,
    data: &str,
    error: serde_json::Error,
) -> Result<(HandlerId, Problem), serde_json::Error> {
    // It was claimed when it was received, and may have been deferred since.
    let Some(header) = InteractionHeader::read(data) else { return Err(error) };
    let pending = &cx.shared().interactions;
    let Some(responder) = pending.start_unreadable(&header) else { return Err(error) };
    let label = router.label(&header).unwrap_or_else(|| HandlerId::new(header.name, Location::caller()));
    let problem = Problem::Unreadable(error);
    pending.handler_finished(&responder, &label.what, true);
    Ok((label, problem))
}

/// A context of the node's own, and the interaction's answer.
fn opened(cx: &Context, about: &NodeInfo, interaction: &Interaction) -> (Context, Arc<InteractionResponder>) {
    (cx.fork_for(&about.waits), cx.shared().interactions.start_handler(cx.rest(), interaction))
}

/// Runs a node's closure, here or in its lane.
fn run<C>(leaf: &mut Leaf<'_, C>, cx: &Context, own: C) -> HandlerFailure
where
    C: Deref<Target = InteractionContext> + Send + 'static,
{
    let about = &leaf.about;
    match &mut leaf.runs {
        Runs::Inline(f) => {
            let result = call(about, &own, |cx, passes| f(cx, passes));
            result.err().map(|problem| (about.label.clone(), problem))
        }
        Runs::InLanes(lanes, f) => {
            let interaction = own.interaction();
            let origin = EventScope {
                guild_id: interaction.guild_id,
                channel_id: interaction.channel_id,
                user_id: interaction.invoking_user().map(|user| user.id),
            };
            let responder = Arc::clone(own.responder());
            let (f, node) = (Arc::clone(f), Arc::clone(about));
            let work = move |_: &Context| call(&node, &own, |cx, passes| f(cx, passes));
            let problem = match lanes::run_in(lanes, cx, &origin, EVENT, &about.label, work) {
                Ok(Taken::Yes) => return None,
                Ok(Taken::Full | Taken::Late) => {
                    let busy = Error::Busy { problem: "its lanes are full, so it was dropped".to_owned() };
                    Problem::Failed(busy.into())
                }
                Err(problem) => problem,
            };
            cx.shared().interactions.handler_finished(&responder, &about.label.what, true);
            Some((about.label.clone(), problem))
        }
    }
}

/// Calls a node's closure once what was given could be read and the checks let it pass; else the user is told.
fn call<C>(
    about: &NodeInfo,
    cx: &C,
    f: impl FnOnce(&C, RunChecks<'_>) -> Result<(), RunError>,
) -> Result<(), Problem>
where
    C: Deref<Target = InteractionContext>,
{
    let passes = || checks::pass(&about.checks, cx).map_err(RunError::Refused);
    let result = guard(|| match f(cx, &passes) {
        Ok(()) => Ok(()),
        Err(RunError::Failed(cause)) => Err(Problem::Failed(cause)),
        Err(RunError::Argument(problem)) => {
            log::info!("{}: {problem}", about.label);
            cx.reply_ephemeral(problem.user_message()).map_err(Problem::Failed)
        }
        Err(RunError::Refused(refusal)) => {
            log::debug!("{}: refused: {refusal}", about.label);
            cx.reply_ephemeral(refusal.to_string()).map_err(Problem::Failed)
        }
    });
    cx.shared().interactions.handler_finished(cx.responder(), &about.label.what, result.is_err());
    result
}

/// Suggests values for the option that is being typed.
fn suggest(
    command: &mut CommandLeaf<'_>,
    cx: &Context,
    data: &CommandData,
    interaction: &Arc<Interaction>,
) -> HandlerFailure {
    let about = Arc::clone(&command.leaf.about);
    let (own, responder) = opened(cx, &about, interaction);
    let user = InteractionContext::new(own, Arc::clone(interaction), Arc::clone(&responder));
    let focused = data.focused();
    let closure = focused.and_then(|option| {
        command.autocomplete.iter_mut().find(|(name, _)| *name == option.name).map(|(_, suggest)| suggest)
    });
    let own = AutocompleteContext { cx: cx.fork(), interaction: Arc::clone(interaction) };
    let may = || match checks::ask(&about.checks, &user) {
        Ok(()) => true,
        Err(refusal) => {
            log::debug!("{}: suggestions refused: {refusal}", about.label);
            false
        }
    };
    let mut choices = Vec::new();
    let result = guard(|| {
        if let (Some(option), Some(suggest), true) = (focused, closure, may()) {
            let typed = option.value.as_ref().map(value_text).unwrap_or_default();
            choices = (suggest.0)(&own, &typed);
        }
        Ok(())
    });
    let sent = responder.autocomplete(choices);
    let result = result.and(match sent {
        // Whoever types goes on typing: too late is no trouble.
        Err(Error::Response(error)) => {
            log::debug!("{}: {error}", about.label);
            Ok(())
        }
        sent => sent.map_err(|error| Problem::Failed(error.into())),
    });
    cx.shared().interactions.handler_finished(&responder, &about.label.what, result.is_err());
    result.err().map(|problem| (about.label.clone(), problem))
}

impl Context {
    /// The same for another thread or closure, whose tasks may wait for these events.
    fn fork_for(&self, waits: &Arc<Waits>) -> Context {
        let own = self.fork();
        own.set_waits(Some(Arc::clone(waits)));
        own
    }

    /// Calls a closure whose tasks may wait for these events.
    pub(super) fn waiting_for<T>(&self, waits: &Arc<Waits>, f: impl FnOnce() -> T) -> T {
        /// Puts things back also after a panic.
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
