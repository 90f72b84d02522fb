//! Calling the handlers of an event: one at a time, in order. Errors and panics are contained.

use std::any::Any;
use std::mem;

use crate::bot::context::{Context, InboxValue, Job, LoopMessage};
use crate::bot::error::{HandlerError, HandlerId, Problem, discard, guard};
use crate::bot::handler::{Connected, ConnectionEvent, ErrorClosure, EventHandler, Handlers, Inbox};
use crate::bot::health::meter::Counts;
use crate::bot::hooks::EndedCall;
#[cfg(feature = "http-interactions")]
use crate::bot::http::HttpEvent;
use crate::bot::text;
use crate::bot::threads::batch::{INTERACTION, Item, MESSAGE, MESSAGE_UPDATE, Name};
use crate::bot::timers::schedule::Now;
use crate::bot::timers::{PlannedTimer, Timers};
use crate::bot::tree::{self, Router};
use crate::cache::{self, Cache, CachedEvent, Source};
use crate::error::Result;
use crate::gateway::event::{GuildCreate, MessageCreate, MessageUpdate};
use crate::gateway::frame;
use crate::gateway::send_event::RequestMembers;
use crate::gateway::session::Notice;
use crate::interaction::InteractionHeader;

/// Calls the handlers of one element of a batch.
pub(crate) fn item(handlers: &mut Handlers<'_>, router: &mut Router<'_>, cx: &Context, item: &Item<'_>) {
    match *item {
        Item::Event { shard, name, data, header, .. } => {
            cx.begin(shard);
            received(handlers, router, cx, Dispatch { name, data, header });
        }
        Item::Notice { shard, notice } => {
            cx.begin(shard);
            self::notice(handlers, cx, notice);
        }
    }
}

/// Calls the handlers of an event, after the cache if that needs it.
fn received(handlers: &mut Handlers<'_>, router: &mut Router<'_>, cx: &Context, dispatch: Dispatch<'_>) {
    match cx.shared().cache.get().filter(|cached| cached.needs(dispatch.name)) {
        None => event(handlers, router, cx, dispatch, None),
        Some(cached) => cached_event(handlers, router, cx, dispatch, &cached.cache),
    }
}

/// An event as it came.
#[derive(Clone, Copy)]
struct Dispatch<'e> {
    name: Name<'e>,
    data: &'e str,
    header: Option<&'e InteractionHeader>,
}

/// Reads an event that the cache needs, changes the cache, and calls the handlers: the event is read once for all.
fn cached_event(
    handlers: &mut Handlers<'_>,
    router: &mut Router<'_>,
    cx: &Context,
    dispatch: Dispatch<'_>,
    cache: &Cache,
) {
    let reading = CachedReading { handlers, router, cx, dispatch, cache };
    if let Err(reading) = cache::visit(dispatch.name.text(), reading) {
        event(reading.handlers, reading.router, cx, dispatch, None);
    }
    cx.set_before(None);
}

/// An event on its way through the cache.
struct CachedReading<'r, 'h, 'n> {
    handlers: &'r mut Handlers<'h>,
    router: &'r mut Router<'n>,
    cx: &'r Context,
    dispatch: Dispatch<'r>,
    cache: &'r Cache,
}

impl cache::Visit for CachedReading<'_, '_, '_> {
    type Output = ();

    fn visit<E: CachedEvent>(self) {
        let CachedReading { handlers, router, cx, dispatch, cache } = self;
        // The event is not moved out of the result: it may be a kilobyte.
        match cx.read_event(|| E::decode(dispatch.data)) {
            Ok(ref read) => {
                let source = Source { shard: cx.shard().index, data: dispatch.data };
                cx.set_before(cache.apply(read, source));
                request_members(cx, cache, read);
                event(handlers, router, cx, dispatch, Some(read));
            }
            Err(error) => {
                log::warn!("the cache cannot read {}: {error}", dispatch.name.text());
                event(handlers, router, cx, dispatch, None);
            }
        }
    }
}

/// Requests the members that a new guild's event lacks, if the cache keeps all.
fn request_members(cx: &Context, cache: &Cache, event: &dyn Any) {
    let Some(guild) = event.downcast_ref::<GuildCreate>().filter(|guild| cache.lacks_members(guild)) else {
        return;
    };
    if let Err(error) = cx.request_members(&RequestMembers::all(guild.id)) {
        log::warn!("the members of guild {} cannot be requested for the cache: {error}", guild.id);
    }
}

/// Calls the handlers of an event. `read` is the event, if it was read already.
fn event(
    handlers: &mut Handlers<'_>,
    router: &mut Router<'_>,
    cx: &Context,
    Dispatch { name, data, header }: Dispatch<'_>,
    read: Option<&dyn Any>,
) {
    let mut on_error = handlers.on_error.take();
    if !handlers.any.is_empty() {
        // Text after the value belongs to the frame, not to the event.
        let value = frame::value(data);
        for (id, closure) in &mut handlers.any {
            let result = call(cx, id, Counts::All, || match &value {
                Ok(json) => closure(cx, name.text(), json).map_err(Problem::Failed),
                Err(e) => Err(unreadable(e)),
            });
            report_failure(&mut on_error, cx, id, name.text(), result);
        }
    }
    match handlers.of_event(name) {
        [] => {}
        [EventHandler { id, slot, counts }] => {
            let result = call(cx, id, *counts, || match read.and_then(|read| slot.call(cx, read)) {
                Some(outcome) => outcome.map_err(Problem::Failed),
                None => slot.read_and_call(cx, data),
            });
            report_failure(&mut on_error, cx, id, name.text(), result);
        }
        handlers => call_each_type(handlers, &mut on_error, cx, Dispatch { name, data, header }, read),
    }
    if name == INTERACTION && !router.is_empty() {
        if let Some((id, problem)) = tree::dispatch::interaction(router, cx, data, header) {
            report_failure(&mut on_error, cx, &id, name.text(), Err(problem));
        }
    }
    if name == MESSAGE && !router.text.is_empty() {
        let read = read.and_then(<dyn Any>::downcast_ref::<MessageCreate>);
        if let Some((id, problem)) = text::call::message(router, cx, data, read) {
            report_failure(&mut on_error, cx, &id, name.text(), Err(problem));
        }
    }
    if name == MESSAGE_UPDATE && !router.text.followed.is_off() {
        let read = read.and_then(<dyn Any>::downcast_ref::<MessageUpdate>);
        if let Some((id, problem)) = text::call::edited_message(router, cx, data, read) {
            report_failure(&mut on_error, cx, &id, name.text(), Err(problem));
        }
    }
    handlers.on_error = on_error;
}

/// Reads the event once for all its handlers, or once for each type if the program has its own types for it.
fn call_each_type(
    handlers: &mut [EventHandler<'_>],
    on_error: &mut Option<ErrorClosure<'_>>,
    cx: &Context,
    Dispatch { name, data, .. }: Dispatch<'_>,
    read: Option<&dyn Any>,
) {
    let mut event: Box<dyn Any> = Box::new(());
    for EventHandler { id, slot, counts } in handlers {
        if *counts == Counts::Time {
            let result = call(cx, id, *counts, || slot.read_and_call(cx, data));
            report_failure(on_error, cx, id, name.text(), result);
            continue;
        }
        let result = call(cx, id, *counts, || {
            if let Some(outcome) = read.and_then(|read| slot.call(cx, read)) {
                return outcome.map_err(Problem::Failed);
            }
            if let Some(outcome) = slot.call(cx, &*event) {
                return outcome.map_err(Problem::Failed);
            }
            let read = slot.read(cx, data).map_err(Problem::Unreadable)?;
            // A panic when the event of another type is dropped does not cost this handler its call.
            discard(mem::replace(&mut event, read));
            slot.call(cx, &*event).unwrap_or(Ok(())).map_err(Problem::Failed)
        });
        report_failure(on_error, cx, id, name.text(), result);
    }
    discard(event);
}

fn notice(handlers: &mut Handlers<'_>, cx: &Context, notice: &Notice) {
    let connected;
    let (kind, event): (ConnectionEvent, &dyn Any) = match notice {
        Notice::Connected { resumed } => {
            connected = Connected { resumed: *resumed };
            (ConnectionEvent::Connected, &connected)
        }
        Notice::Disconnected(disconnected) => (ConnectionEvent::Disconnected, disconnected),
        Notice::Gap(gap) => (ConnectionEvent::Gap, gap),
        _ => return,
    };
    let mut on_error = handlers.on_error.take();
    for EventHandler { id, slot, counts } in handlers.of_connection_event(kind) {
        let result =
            call(cx, id, *counts, || slot.call(cx, event).unwrap_or(Ok(())).map_err(Problem::Failed));
        report_failure(&mut on_error, cx, id, kind.name(), result);
    }
    handlers.on_error = on_error;
}

/// Runs a closure that was posted, passes a value to its inbox, adds a timer, calls the handlers of what came over HTTP, or
/// reports an error of another thread.
pub(crate) fn message(
    handlers: &mut Handlers<'_>,
    router: &mut Router<'_>,
    timers: &mut Timers<'_>,
    cx: &Context,
    message: LoopMessage,
) {
    cx.begin(0);
    match message {
        LoopMessage::Job(Job { id, work }) => {
            let result = call(cx, &id, Counts::All, || work(cx).map_err(Problem::Failed));
            report_failure(&mut handlers.on_error, cx, &id, "post", result);
        }
        LoopMessage::Value(InboxValue { inbox, value }) => {
            let Some(Inbox { id, closure }) = handlers.inboxes.get_mut(inbox) else { return };
            let result = call(cx, id, Counts::All, || closure(cx, value).map_err(Problem::Failed));
            report_failure(&mut handlers.on_error, cx, &id.clone(), "inbox", result);
        }
        LoopMessage::Timer(timer) => timers.add_started(timer, Now::read()),
        LoopMessage::Report(error) => report(&mut handlers.on_error, cx, error),
        #[cfg(feature = "http-interactions")]
        LoopMessage::Http(event) => {
            let HttpEvent { name, ref data, ref header } = *event;
            let (health, interactions) = (&cx.shared().health, &cx.shared().interactions);
            let began = health.calls.now();
            received(handlers, router, cx, Dispatch { name, data, header: header.as_ref() });
            interactions.handlers_ended(name.text(), health.calls.now() - began);
        }
        LoopMessage::CommandEnded(ended) => {
            let ended = ended.downcast::<EndedCall>().ok();
            if let Some(error) = ended.and_then(|ended| ended.run(router.hooks.as_deref_mut())) {
                report(&mut handlers.on_error, cx, error);
            }
        }
    }
}

/// Runs the closure of a timer.
pub(crate) fn timer(handlers: &mut Handlers<'_>, cx: &Context, timer: &mut PlannedTimer<'_>) {
    cx.begin(0);
    let PlannedTimer { id, closure, .. } = timer;
    let result = call(cx, id, Counts::All, || closure(cx).map_err(Problem::Failed));
    report_failure(&mut handlers.on_error, cx, id, "timer", result);
}

/// Calls a handler and counts the call. A panic becomes an error.
fn call(
    cx: &Context,
    id: &HandlerId,
    counts: Counts,
    call: impl FnOnce() -> Result<(), Problem>,
) -> Result<(), Problem> {
    cx.shared().health.calls.measure(&id.meter, id, counts, || guard(call))
}

/// A copy of the error for the next handler: a `serde_json::Error` cannot be cloned.
fn unreadable(error: &serde_json::Error) -> Problem {
    Problem::Unreadable(serde::de::Error::custom(error))
}

/// Reports an error to the program's `on_error`, or to the log.
fn report_failure(
    on_error: &mut Option<ErrorClosure<'_>>,
    cx: &Context,
    id: &HandlerId,
    event: &str,
    result: Result<(), Problem>,
) {
    let Err(problem) = result else { return };
    let error = HandlerError { event: event.to_owned(), handler: id.to_string(), problem };
    report(on_error, cx, error);
}

fn report(on_error: &mut Option<ErrorClosure<'_>>, cx: &Context, error: HandlerError) {
    match on_error {
        None => cx.shared().trouble.handler_failed(&error),
        Some((id, report)) => {
            let result = call(cx, id, Counts::All, || {
                report(cx, &error);
                Ok(())
            });
            if let Err(Problem::Panicked(message)) = result {
                log::error!("on_error panicked: {message}; the error that it received: {error}");
            }
        }
    }
    discard(error);
    // Reporting it was no part of the next call.
    cx.shared().health.calls.read_clock();
}

#[cfg(test)]
mod tests;
