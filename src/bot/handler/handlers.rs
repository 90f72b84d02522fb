//! What a program has registered: which closures hear what, in the order in which they were registered.

use std::any::Any;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use crate::bot::context::Context;
use crate::bot::error::{HandlerError, HandlerId, Problem};
use crate::bot::lanes::{self, Lanes, Origin};
use crate::bot::threads::batch::Name;
use crate::bot::tree::{Router, Sketch};
use crate::bot::waits::Waits;
use crate::error::Result;
use crate::gateway::event::{Event, InteractionCreate};
use crate::gateway::intents::{self, EVENTS, Intents};
use crate::gateway::session::{Disconnected, Gap};

/// A shard is connected: its session is new, or was resumed.
///
/// ```
/// # use syncord::{Bot, bot::Connected};
/// # fn main() -> Result<(), syncord::Error> {
/// let mut bot = Bot::new("token")?;
/// bot.on(|cx, connected: &Connected| {
///     println!("shard {} is connected, resumed: {}", cx.shard(), connected.resumed);
///     Ok(())
/// });
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connected {
    /// Whether the old session goes on; otherwise a new one began.
    pub resumed: bool,
}

/// What a closure given to [`Bot::on`](crate::bot::Bot::on) can hear: every typed event of Discord's, and what happens to
/// the connection ([`Connected`], [`Disconnected`], [`Gap`]).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that a bot can hear",
    note = "name an event of `syncord::gateway::event`, as in `bot.on(|cx, message: &MessageCreate| …)`"
)]
pub trait Heard: Sized + 'static {
    #[doc(hidden)]
    const SOURCE: Source;
    #[doc(hidden)]
    fn read(data: &str) -> Result<Self, serde_json::Error>;
}

/// Where a [`Heard`] comes from.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Source {
    Dispatch { name: &'static str, intents: Intents },
    Link(Link),
}

/// What happens to a shard's connection.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Connected,
    Disconnected,
    Gap,
}

impl<E: Event> Heard for E {
    const SOURCE: Source = Source::Dispatch { name: E::NAME, intents: E::INTENTS };

    fn read(data: &str) -> Result<Self, serde_json::Error> {
        E::decode(data)
    }
}

impl Heard for Connected {
    const SOURCE: Source = Source::Link(Link::Connected);

    fn read(_: &str) -> Result<Self, serde_json::Error> {
        Err(not_json())
    }
}

impl Heard for Disconnected {
    const SOURCE: Source = Source::Link(Link::Disconnected);

    fn read(_: &str) -> Result<Self, serde_json::Error> {
        Err(not_json())
    }
}

impl Heard for Gap {
    const SOURCE: Source = Source::Link(Link::Gap);

    fn read(_: &str) -> Result<Self, serde_json::Error> {
        Err(not_json())
    }
}

/// The connection's own events never come as JSON.
fn not_json() -> serde_json::Error {
    serde::de::Error::custom("this event is not a dispatch")
}

impl Link {
    /// The name under which errors of its handlers are reported.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Link::Connected => "Connected",
            Link::Disconnected => "Disconnected",
            Link::Gap => "Gap",
        }
    }
}

/// A typed closure without its types.
pub(crate) trait Slot {
    /// Reads an event that nobody else hears and calls the closure, with nothing on the heap between.
    fn read_and_call(&mut self, cx: &Context, data: &str) -> Result<(), Problem>;
    fn read(&self, data: &str) -> Result<Box<dyn Any>, serde_json::Error>;
    /// Calls the closure if `event` is of its type.
    fn call(&mut self, cx: &Context, event: &dyn Any) -> Option<Result>;
    /// Whether the event is read elsewhere, so that it is handed over unread.
    fn reads_elsewhere(&self) -> bool {
        false
    }
}

struct Typed<E, F> {
    closure: F,
    event: PhantomData<fn(&E)>,
}

impl<E: Heard, F: FnMut(&Context, &E) -> Result> Slot for Typed<E, F> {
    fn read_and_call(&mut self, cx: &Context, data: &str) -> Result<(), Problem> {
        let event = E::read(data).map_err(Problem::Unreadable)?;
        (self.closure)(cx, &event).map_err(Problem::Failed)
    }

    fn read(&self, data: &str) -> Result<Box<dyn Any>, serde_json::Error> {
        Ok(Box::new(E::read(data)?))
    }

    fn call(&mut self, cx: &Context, event: &dyn Any) -> Option<Result> {
        event.downcast_ref::<E>().map(|event| (self.closure)(cx, event))
    }
}

pub(crate) type LaneClosure<E> = Arc<dyn Fn(&Context, &E) -> Result + Send + Sync>;

/// A closure that runs in lanes, each event read there too.
struct InLanes<E> {
    lanes: Lanes,
    label: HandlerId,
    closure: LaneClosure<E>,
}

impl<E: Event> Slot for InLanes<E> {
    fn read_and_call(&mut self, cx: &Context, data: &str) -> Result<(), Problem> {
        let (closure, text) = (Arc::clone(&self.closure), Box::<str>::from(data));
        let work = move |cx: &Context| {
            let event = E::decode(&text).map_err(Problem::Unreadable)?;
            closure(cx, &event).map_err(Problem::Failed)
        };
        let origin = Origin::of(E::NAME, data);
        // What there was no room for, the lanes count.
        lanes::run_in(&self.lanes, cx, &origin, E::NAME, &self.label, work).map(drop)
    }

    fn read(&self, data: &str) -> Result<Box<dyn Any>, serde_json::Error> {
        Ok(Box::new(E::decode(data)?))
    }

    fn call(&mut self, _: &Context, _: &dyn Any) -> Option<Result> {
        None
    }

    fn reads_elsewhere(&self) -> bool {
        true
    }
}

/// A closure without its types.
pub(crate) fn slot<'a, E: Heard>(f: impl FnMut(&Context, &E) -> Result + 'a) -> Box<dyn Slot + 'a> {
    Box::new(Typed { closure: f, event: PhantomData })
}

/// A closure without its type, that runs in lanes.
pub(crate) fn slot_in<'a, E: Event>(
    lanes: &Lanes,
    label: &HandlerId,
    f: LaneClosure<E>,
) -> Box<dyn Slot + 'a> {
    Box::new(InLanes { lanes: lanes.clone(), label: label.clone(), closure: f })
}

/// A closure with its label.
pub(crate) struct Listener<'a> {
    pub(crate) label: HandlerId,
    pub(crate) slot: Box<dyn Slot + 'a>,
}

pub(crate) type AnyClosure<'a> = Box<dyn FnMut(&Context, &str, &str) -> Result + 'a>;
pub(crate) type ErrorClosure<'a> = Box<dyn FnMut(&Context, &HandlerError) + 'a>;

/// What one handler asks of Discord.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) handler: HandlerId,
    /// The event, or `None` for all of them.
    pub(crate) event: Option<&'static str>,
    pub(crate) intents: Intents,
}

/// All closures but timers.
pub(crate) struct Handlers<'a> {
    /// By place in [`EVENTS`].
    known: Vec<Vec<Listener<'a>>>,
    unknown: Vec<(&'static str, Vec<Listener<'a>>)>,
    links: [Vec<Listener<'a>>; 3],
    pub(crate) any: Vec<(HandlerId, AnyClosure<'a>)>,
    pub(crate) on_error: Option<ErrorClosure<'a>>,
    asks: Vec<Ask>,
    /// What interactions are for.
    pub(crate) router: Router<'a>,
    /// Drawings of the trees and nodes.
    pub(crate) sketches: Vec<Sketch>,
    /// All lanes that closures run in.
    pub(crate) lanes: Vec<Lanes>,
    /// Events that tasks of the bot's own closures wait for.
    waits: Vec<&'static str>,
    /// What answers interactions, where tasks of the bot's own closures wait for some.
    pub(crate) has_waiting_tasks: bool,
}

impl<'a> Handlers<'a> {
    pub(crate) fn new() -> Self {
        Handlers {
            known: EVENTS.iter().map(|_| Vec::new()).collect(),
            unknown: Vec::new(),
            links: [const { Vec::new() }; 3],
            any: Vec::new(),
            on_error: None,
            asks: Vec::new(),
            router: Router::default(),
            sketches: Vec::new(),
            lanes: Vec::new(),
            waits: Vec::new(),
            has_waiting_tasks: false,
        }
    }

    pub(crate) fn add<E: Heard>(&mut self, label: HandlerId, f: impl FnMut(&Context, &E) -> Result + 'a) {
        self.add_slot(E::SOURCE, label, slot(f));
    }

    /// Adds a closure that runs in lanes.
    pub(crate) fn add_in<E: Event>(&mut self, label: HandlerId, lanes: &Lanes, f: LaneClosure<E>) {
        self.know(lanes);
        let slot = slot_in(lanes, &label, f);
        self.add_slot(E::SOURCE, label, slot);
    }

    /// Keeps lanes in mind, so that the bot waits for them when it stops.
    pub(crate) fn know(&mut self, lanes: &Lanes) {
        if !self.lanes.iter().any(|known| known.is(lanes)) {
            self.lanes.push(lanes.clone());
        }
    }

    pub(crate) fn add_slot(&mut self, source: Source, label: HandlerId, slot: Box<dyn Slot + 'a>) {
        let listeners = match source {
            Source::Link(link) => &mut self.links[link as usize],
            Source::Dispatch { name, intents } => {
                self.asks.push(Ask { handler: label.clone(), event: Some(name), intents });
                match Name::of(name) {
                    Name::Known(place) => &mut self.known[place],
                    Name::Unknown(_) => self.unknown_mut(name),
                }
            }
        };
        listeners.push(Listener { label, slot });
    }

    /// Notes that tasks of the bot's own closures wait for such events.
    pub(crate) fn add_wait<E: Event>(&mut self, at: &'static Location<'static>) {
        let mut handler = HandlerId::of::<E>(at);
        handler.what = handler.what.replacen("on::", "waits_for::", 1);
        self.asks.push(Ask { handler, event: Some(E::NAME), intents: E::INTENTS });
        self.waits.push(E::NAME);
        if E::NAME == InteractionCreate::NAME {
            self.has_waiting_tasks = true;
        }
    }

    pub(crate) fn waits(&self) -> Waits {
        Waits { node: "the bot".to_owned(), names: self.waits.clone() }
    }

    pub(crate) fn add_any(&mut self, label: HandlerId, f: AnyClosure<'a>) {
        self.asks.push(Ask { handler: label.clone(), event: None, intents: Intents::UNPRIVILEGED });
        self.any.push((label, f));
    }

    fn unknown_mut(&mut self, name: &'static str) -> &mut Vec<Listener<'a>> {
        let place = self.unknown.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.unknown.push((name, Vec::new()));
            self.unknown.len() - 1
        });
        &mut self.unknown[place].1
    }

    pub(crate) fn of_event(&mut self, name: Name<'_>) -> &mut [Listener<'a>] {
        match name {
            Name::Known(place) => &mut self.known[place],
            Name::Unknown(name) => {
                let heard = self.unknown.iter_mut().find(|(known, _)| *known == name);
                heard.map_or(&mut [], |(_, listeners)| listeners)
            }
        }
    }

    /// Whether a closure hears events of this name by their type; one that hears everything looks on.
    pub(crate) fn hears_bare(&self, name: &str) -> bool {
        let heard = |place: usize| self.known.get(place).is_some_and(|listeners| !listeners.is_empty());
        matches!(Name::of(name), Name::Known(place) if heard(place))
    }

    pub(crate) fn of_link(&mut self, link: Link) -> &mut [Listener<'a>] {
        &mut self.links[link as usize]
    }

    pub(crate) fn asks(&self) -> &[Ask] {
        &self.asks
    }

    pub(crate) fn ask(&mut self, ask: Ask) {
        self.asks.push(ask);
    }

    /// The labels of what is no node, with the intents that it asks for.
    pub(crate) fn own_labels(&self) -> impl Iterator<Item = (&HandlerId, Intents)> {
        let links = self.links.iter().flatten().map(|listener| (&listener.label, Intents::empty()));
        let own = self.asks.iter().map(|ask| (&ask.handler, ask.intents)).chain(links);
        own.filter(|(label, _)| !label.is_node)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.asks.is_empty() && self.links.iter().all(Vec::is_empty) && self.router.is_empty()
    }

    pub(crate) fn gate(&self) -> Gate {
        let mut gate = Gate { all: !self.any.is_empty(), ..Gate::default() };
        let heard = self.known.iter().enumerate().filter(|(_, listeners)| !listeners.is_empty());
        let answered = intents::event_index(InteractionCreate::NAME).filter(|_| !self.router.is_empty());
        for place in heard.map(|(place, _)| place).chain(answered) {
            gate.known[place / 64] |= 1 << (place % 64);
        }
        gate.unknown = self.unknown.iter().map(|(name, _)| *name).collect();
        gate.links = [0, 1, 2].map(|link| !self.links[link].is_empty());
        gate
    }
}

/// What the shards need to know of the handlers: which events somebody hears.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gate {
    all: bool,
    known: [u64; EVENTS.len().div_ceil(64)],
    unknown: Vec<&'static str>,
    links: [bool; 3],
}

impl Gate {
    pub(crate) fn wants(&self, name: Name<'_>) -> bool {
        self.all
            || match name {
                Name::Known(place) => self.known[place / 64] & (1 << (place % 64)) != 0,
                Name::Unknown(name) => self.unknown.contains(&name),
            }
    }

    pub(crate) fn wants_link(&self, link: Link) -> bool {
        self.links[link as usize]
    }
}
