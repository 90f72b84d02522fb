//! All handlers of a bot except timers and nodes, in the order of their registration.

use std::panic::Location;

use super::event::{ConnectionEvent, EventSource, HandledEvent};
use super::event_handler::{
    AnyClosure, ErasedHandler, ErrorClosure, EventHandler, Inbox, InboxClosure, LaneClosure, slot, slot_in,
};
use super::filter::EventFilter;
use crate::bot::context::Context;
use crate::bot::error::HandlerId;
use crate::bot::health::meter::Counts;
#[cfg(feature = "http-interactions")]
use crate::bot::http::WEBHOOK_EVENT;
use crate::bot::intents::IntentRequest;
use crate::bot::lanes::Lanes;
#[cfg(feature = "http-interactions")]
use crate::bot::threads::batch::INTERACTION;
use crate::bot::threads::batch::Name;
use crate::bot::waits::Waits;
use crate::error::Result;
use crate::gateway::event::{Event, GuildAuditLogEntryCreate, InteractionCreate};
use crate::gateway::intents::{EVENTS, Intents};

/// All handlers except timers.
pub(crate) struct Handlers<'a> {
    /// By index in [`EVENTS`].
    known: Vec<Vec<EventHandler<'a>>>,
    unknown: Vec<(&'static str, Vec<EventHandler<'a>>)>,
    connection: [Vec<EventHandler<'a>>; 3],
    pub(crate) any: Vec<(HandlerId, AnyClosure<'a>)>,
    pub(crate) on_error: Option<ErrorClosure<'a>>,
    pub(crate) inboxes: Vec<Inbox<'a>>,
    intent_requests: Vec<IntentRequest>,
    /// All lanes in which handlers run.
    pub(crate) lanes: Vec<Lanes>,
    /// Events that tasks of the bot's own handlers wait for.
    waits: Vec<&'static str>,
    /// Whether tasks of the bot's own handlers wait for interactions.
    pub(crate) has_waiting_tasks: bool,
    /// Whether tasks, of any node, look for entries of the audit log.
    pub(crate) wait_for_audit_entries: bool,
}

impl<'a> Handlers<'a> {
    pub(crate) fn new() -> Self {
        Handlers {
            known: EVENTS.iter().map(|_| Vec::new()).collect(),
            unknown: Vec::new(),
            connection: [const { Vec::new() }; 3],
            any: Vec::new(),
            on_error: None,
            inboxes: Vec::new(),
            intent_requests: Vec::new(),
            lanes: Vec::new(),
            waits: Vec::new(),
            has_waiting_tasks: false,
            wait_for_audit_entries: false,
        }
    }

    pub(crate) fn add<E: HandledEvent>(&mut self, id: HandlerId, f: impl FnMut(&Context, &E) -> Result + 'a) {
        self.add_slot(E::SOURCE, id, slot(f));
    }

    /// Adds a handler that runs in lanes.
    pub(crate) fn add_in<E: Event>(&mut self, id: HandlerId, lanes: &Lanes, f: LaneClosure<E>) {
        self.add_lanes(lanes);
        let slot = slot_in(lanes, &id, f);
        self.add_slot(E::SOURCE, id, slot);
    }

    /// Remembers lanes, so that the bot waits for them when it stops.
    pub(crate) fn add_lanes(&mut self, lanes: &Lanes) {
        if !self.lanes.iter().any(|known| known.is(lanes)) {
            self.lanes.push(lanes.clone());
        }
    }

    pub(crate) fn add_slot(&mut self, source: EventSource, id: HandlerId, slot: Box<dyn ErasedHandler + 'a>) {
        let handlers = match source {
            EventSource::ConnectionEvent(event) => &mut self.connection[event as usize],
            EventSource::Dispatch { name, intents } => {
                self.intent_requests.push(IntentRequest { handler: id.clone(), event: Some(name), intents });
                match Name::of(name) {
                    Name::Known(place) => &mut self.known[place],
                    Name::Unknown(_) => self.unknown_mut(name),
                }
            }
        };
        let counts = if slot.reads_elsewhere() { Counts::Time } else { Counts::All };
        handlers.push(EventHandler { id, counts, slot });
    }

    /// Records that tasks of the bot's own handlers wait for such events.
    pub(crate) fn add_wait<E: Event>(&mut self, at: &'static Location<'static>) {
        let mut handler = HandlerId::of::<E>(at);
        handler.what = handler.what.replacen("on::", "waits_for::", 1);
        self.intent_requests.push(IntentRequest { handler, event: Some(E::NAME), intents: E::INTENTS });
        self.waits.push(E::NAME);
        self.wait_for_audit_entries |= E::NAME == GuildAuditLogEntryCreate::NAME;
        if E::NAME == InteractionCreate::NAME {
            self.has_waiting_tasks = true;
        }
    }

    pub(crate) fn waits(&self) -> Waits {
        Waits { node: "the bot".to_owned(), names: self.waits.clone() }
    }

    pub(crate) fn add_any(&mut self, id: HandlerId, f: AnyClosure<'a>) {
        self.intent_requests.push(IntentRequest {
            handler: id.clone(),
            event: None,
            intents: Intents::UNPRIVILEGED,
        });
        self.any.push((id, f));
    }

    /// Adds an inbox. Returns its index.
    pub(crate) fn add_inbox(&mut self, id: HandlerId, closure: InboxClosure<'a>) -> usize {
        self.inboxes.push(Inbox { id, closure });
        self.inboxes.len() - 1
    }

    fn unknown_mut(&mut self, name: &'static str) -> &mut Vec<EventHandler<'a>> {
        let place = self.unknown.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.unknown.push((name, Vec::new()));
            self.unknown.len() - 1
        });
        &mut self.unknown[place].1
    }

    pub(crate) fn of_event(&mut self, name: Name<'_>) -> &mut [EventHandler<'a>] {
        match name {
            Name::Known(place) => &mut self.known[place],
            Name::Unknown(name) => {
                let found = self.unknown.iter_mut().find(|(known, _)| *known == name);
                found.map_or(&mut [], |(_, handlers)| handlers)
            }
        }
    }

    /// Whether a handler is registered for the type of this event. A handler for all events does not count.
    pub(crate) fn has_typed_handler(&self, name: &str) -> bool {
        let handled = |place: usize| self.known.get(place).is_some_and(|handlers| !handlers.is_empty());
        matches!(Name::of(name), Name::Known(place) if handled(place))
    }

    pub(crate) fn of_connection_event(&mut self, event: ConnectionEvent) -> &mut [EventHandler<'a>] {
        &mut self.connection[event as usize]
    }

    pub(crate) fn intent_requests(&self) -> &[IntentRequest] {
        &self.intent_requests
    }

    pub(crate) fn request_intents(&mut self, request: IntentRequest) {
        self.intent_requests.push(request);
    }

    /// The IDs of all handlers, except those of commands, components and modals.
    pub(crate) fn handler_ids(&self) -> impl Iterator<Item = &HandlerId> {
        let unknown = self.unknown.iter().map(|(_, handlers)| handlers);
        let handlers = self.known.iter().chain(unknown).chain(&self.connection).flatten();
        let on_error = self.on_error.iter().map(|(id, _)| id);
        self.any
            .iter()
            .map(|(id, _)| id)
            .chain(handlers.map(|handler| &handler.id))
            .chain(self.inboxes.iter().map(|inbox| &inbox.id))
            .chain(on_error)
    }

    /// The IDs of all handlers that are not nodes, with the intents that each needs.
    pub(crate) fn own_handler_ids(&self) -> impl Iterator<Item = (&HandlerId, Intents)> {
        let connection = self.connection.iter().flatten().map(|handler| (&handler.id, Intents::empty()));
        let own =
            self.intent_requests.iter().map(|request| (&request.handler, request.intents)).chain(connection);
        own.filter(|(id, _)| !id.is_node)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.intent_requests.is_empty()
            && self.inboxes.is_empty()
            && self.connection.iter().all(Vec::is_empty)
    }

    /// Whether a handler is registered for this event, which is not in the table.
    #[cfg(feature = "http-interactions")]
    pub(crate) fn handle_unknown(&self, name: Name<'_>) -> bool {
        self.unknown.iter().any(|(known, _)| *known == name.text())
    }

    /// Whether a handler or a task needs events that come only over the gateway.
    #[cfg(feature = "http-interactions")]
    pub(crate) fn need_gateway(&self) -> bool {
        let comes_over_http = |name: &str| [INTERACTION, WEBHOOK_EVENT].contains(&Name::of(name));
        self.connection.iter().any(|handlers| !handlers.is_empty())
            || self.intent_requests.iter().any(|request| !request.event.is_some_and(comes_over_http))
    }

    /// The filter for the shards. `routed`: the events that nodes of a tree handle.
    pub(crate) fn filter_for_shards(&self, routed: &[Name<'static>]) -> EventFilter {
        let mut filter = EventFilter { all: !self.any.is_empty(), ..EventFilter::default() };
        let handled = self.known.iter().enumerate().filter(|(_, handlers)| !handlers.is_empty());
        let routed = routed.iter().filter_map(|name| match name {
            Name::Known(place) => Some(*place),
            Name::Unknown(_) => None,
        });
        for place in handled.map(|(place, _)| place).chain(routed) {
            filter.add_known(place);
        }
        filter.unknown = self.unknown.iter().map(|(name, _)| *name).collect();
        filter.connection = [0, 1, 2].map(|event| !self.connection[event].is_empty());
        filter
    }
}
