//! Handlers with their types erased.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use super::event::HandledEvent;
use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId, Problem};
use crate::bot::event_scope::EventScope;
use crate::bot::health::meter::Counts;
use crate::bot::lanes::{self, Lanes};
use crate::error::Result;
use crate::gateway::event::Event;

/// A typed handler without its types.
pub(crate) trait ErasedHandler {
    /// Reads an event that has no other handler, and calls this one. This allocates nothing.
    fn read_and_call(&mut self, cx: &Context, data: &str) -> Result<(), Problem>;
    fn read(&self, cx: &Context, data: &str) -> Result<Box<dyn Any>, serde_json::Error>;
    /// Calls the handler if `event` is of its type.
    fn call(&mut self, cx: &Context, event: &dyn Any) -> Option<Result>;
    /// Whether the event is read elsewhere, so that it is passed on as text.
    fn reads_elsewhere(&self) -> bool {
        false
    }
}

struct Typed<E, F> {
    closure: F,
    event: PhantomData<fn(&E)>,
}

impl<E: HandledEvent, F: FnMut(&Context, &E) -> Result> ErasedHandler for Typed<E, F> {
    fn read_and_call(&mut self, cx: &Context, data: &str) -> Result<(), Problem> {
        // The event is not moved out of the result: it may be a kilobyte.
        match cx.read_event(|| E::read(data)) {
            Ok(ref event) => (self.closure)(cx, event).map_err(Problem::Failed),
            Err(error) => Err(Problem::Unreadable(error)),
        }
    }

    fn read(&self, cx: &Context, data: &str) -> Result<Box<dyn Any>, serde_json::Error> {
        Ok(Box::new(cx.read_event(|| E::read(data))?))
    }

    fn call(&mut self, cx: &Context, event: &dyn Any) -> Option<Result> {
        event.downcast_ref::<E>().map(|event| (self.closure)(cx, event))
    }
}

pub(crate) type LaneClosure<E> = Arc<dyn Fn(&Context, &E) -> Result + Send + Sync>;

/// A handler that runs in lanes. The event is read there too.
struct InLanes<E> {
    lanes: Lanes,
    id: HandlerId,
    closure: LaneClosure<E>,
}

impl<E: Event> ErasedHandler for InLanes<E> {
    fn read_and_call(&mut self, cx: &Context, data: &str) -> Result<(), Problem> {
        let (closure, text) = (Arc::clone(&self.closure), Box::<str>::from(data));
        let work = move |cx: &Context| {
            let event = cx.read_event(|| E::decode(&text)).map_err(Problem::Unreadable)?;
            closure(cx, &event).map_err(Problem::Failed)
        };
        let scope = EventScope::of(E::NAME, data);
        // The lanes count the events that they had no room for.
        lanes::run_in(&self.lanes, cx, &scope, E::NAME, &self.id, work).map(drop)
    }

    fn read(&self, cx: &Context, data: &str) -> Result<Box<dyn Any>, serde_json::Error> {
        Ok(Box::new(cx.read_event(|| E::decode(data))?))
    }

    fn call(&mut self, _: &Context, _: &dyn Any) -> Option<Result> {
        None
    }

    fn reads_elsewhere(&self) -> bool {
        true
    }
}

/// A handler without its types.
pub(crate) fn slot<'a, E: HandledEvent>(
    f: impl FnMut(&Context, &E) -> Result + 'a,
) -> Box<dyn ErasedHandler + 'a> {
    Box::new(Typed { closure: f, event: PhantomData })
}

/// A handler without its type that runs in lanes.
pub(crate) fn slot_in<'a, E: Event>(
    lanes: &Lanes,
    id: &HandlerId,
    f: LaneClosure<E>,
) -> Box<dyn ErasedHandler + 'a> {
    Box::new(InLanes { lanes: lanes.clone(), id: id.clone(), closure: f })
}

/// A handler with its ID.
pub(crate) struct EventHandler<'a> {
    pub(crate) id: HandlerId,
    pub(crate) counts: Counts,
    pub(crate) slot: Box<dyn ErasedHandler + 'a>,
}

/// A closure that receives values of other threads.
pub(crate) struct Inbox<'a> {
    pub(crate) id: HandlerId,
    pub(crate) closure: InboxClosure<'a>,
}

pub(crate) type InboxClosure<'a> = Box<dyn FnMut(&Context, Box<dyn Any + Send>) -> Result + 'a>;
pub(crate) type AnyClosure<'a> = Box<dyn FnMut(&Context, &str, &str) -> Result + 'a>;
pub(crate) type ErrorClosure<'a> = (HandlerId, Box<dyn FnMut(&Context, &HandlerError) + 'a>);
