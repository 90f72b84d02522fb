//! The recent events and entries in the order of their arrival, and which belong together: pure.
//!
//! An entry belongs to an event if it fits this event and no other. If several of both fit each other and are equally many,
//! they belong together in their order. Everything else is not known.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::rules::{Kind, Rule, rule_of};
use crate::gateway::event::{Event, GuildAuditLogEntryCreate};
use crate::gateway::frame;
use crate::json;
use crate::model::AuditLogEntry;

/// The maximum time between an event and its entry.
pub(super) const NEAR: Duration = Duration::from_secs(10);

/// How long events and entries are kept. It is more than twice the time above, so that all events near an entry are known.
pub(super) const KEPT: Duration = Duration::from_secs(30);

/// How long after its entry the deletion of another message of the same author may come.
pub(super) const SETTLE: Duration = Duration::from_secs(1);

const MAX_ITEMS: usize = 1000;
const MAX_BYTES: usize = 1 << 20;

#[derive(Default)]
pub(super) struct Timeline {
    items: VecDeque<Item>,
    bytes: usize,
    /// When the newest item arrived that was dropped for lack of room.
    lost_at: Option<Instant>,
}

struct Item {
    at: Instant,
    name: &'static str,
    data: Box<str>,
}

/// The event whose entry is wanted.
pub(super) struct Wanted<'w> {
    pub(super) name: &'static str,
    /// The event, as this crate writes it.
    pub(super) event: &'w Value,
    /// Whether this is the text of the event.
    pub(super) is_it: &'w dyn Fn(&str) -> bool,
    /// The author of a deleted message.
    pub(super) author: Option<String>,
}

/// The result of a search.
#[derive(Debug)]
pub(super) enum Found {
    Entry(Box<AuditLogEntry>),
    /// It is not known yet: search again when more has arrived, or at this time.
    NotYet(Option<Instant>),
    /// The event is not among the recent ones.
    UnknownEvent,
}

/// An event of the same object as the wanted one.
struct Similar {
    number: usize,
    event: Value,
}

/// The name, if events or entries of this name are kept.
pub(super) fn kept_name(name: &str) -> Option<&'static str> {
    match name {
        GuildAuditLogEntryCreate::NAME => Some(GuildAuditLogEntryCreate::NAME),
        _ => rule_of(name).map(|rule| rule.event),
    }
}

impl Timeline {
    /// Adds an event or an entry.
    pub(super) fn push(&mut self, now: Instant, name: &'static str, data: &str) {
        self.bytes += data.len();
        self.items.push_back(Item { at: now, name, data: data.into() });
        while let Some(oldest) = self.items.front() {
            let is_too_much = self.items.len() > MAX_ITEMS || self.bytes > MAX_BYTES;
            if !is_too_much && oldest.at + KEPT >= now {
                break;
            }
            if is_too_much {
                self.lost_at = Some(oldest.at);
            }
            self.bytes -= oldest.data.len();
            self.items.pop_front();
        }
    }

    /// Searches the entry of an event.
    pub(super) fn find(&self, now: Instant, wanted: &Wanted<'_>) -> Found {
        let Some(rule) = rule_of(wanted.name) else { return Found::UnknownEvent };
        let Some(target) = rule.target(wanted.event) else { return Found::UnknownEvent };
        let events = self.items.iter().enumerate();
        let events = events.filter(|(_, item)| item.name == wanted.name && item.data.contains(target));
        let same: Vec<usize> =
            events.clone().filter(|(_, item)| (wanted.is_it)(&item.data)).map(|(number, _)| number).collect();
        let Some(&number) = same.last() else { return Found::UnknownEvent };
        let own = &self.items[number];
        let Some(event) = value(&own.data) else { return Found::UnknownEvent };
        let similar: Vec<Similar> = events
            .filter_map(|(number, item)| Some(Similar { number, event: value(&item.data)? }))
            .filter(|similar| rule.target(&similar.event) == Some(target))
            .collect();
        let shows = |entry: &AuditLogEntry, number: usize| {
            let at = similar.partition_point(|similar| similar.number < number);
            let before = at.checked_sub(1).map(|before| &similar[before].event);
            similar.get(at).is_some_and(|similar| rule.shows(entry, &similar.event, before))
        };
        let mut candidates = self.entries(own.at, rule, &event, wanted.author.as_deref());
        candidates.retain(|(_, entry)| shows(entry, number));
        let Some(&(latest, _)) = candidates.last() else { return Found::NotYet(None) };
        // The events that one of the entries may belong to.
        let mut group = similar.iter().filter(|similar| {
            let item = &self.items[similar.number];
            candidates.iter().any(|(at, entry)| is_near(*at, item.at) && shows(entry, similar.number))
        });
        if rule.kind == Kind::Message && now < latest.max(own.at) + SETTLE {
            return Found::NotYet(Some(latest.max(own.at) + SETTLE));
        }
        let size = group.clone().count();
        let Some(place) = group.position(|similar| similar.number == number) else {
            return Found::NotYet(None);
        };
        let users: Vec<_> = candidates.iter().map(|(_, entry)| entry.user_id).collect();
        let is_sure = match size {
            // One change can have several entries, as one of the nickname and one of the roles.
            1 => users.iter().all(|user| *user == users[0]),
            _ => same.len() == 1 && size == candidates.len(),
        };
        match candidates.into_iter().nth(place).filter(|_| is_sure) {
            Some((_, entry)) => Found::Entry(Box::new(entry)),
            None => Found::NotYet(None),
        }
    }

    /// The entries about the object of an event that came near it, with the time of their arrival.
    fn entries(
        &self,
        at: Instant,
        rule: &Rule,
        event: &Value,
        author: Option<&str>,
    ) -> Vec<(Instant, AuditLogEntry)> {
        let is_whole = |item: &&Item| self.lost_at.is_none_or(|lost| lost + NEAR < item.at);
        let entries = self.items.iter().filter(|item| item.name == GuildAuditLogEntryCreate::NAME);
        let near = entries.filter(|item| is_near(item.at, at)).filter(is_whole);
        let read = |item: &Item| Some((item.at, GuildAuditLogEntryCreate::decode(&item.data).ok()?.0));
        near.filter_map(read).filter(|(_, entry)| rule.is_about(entry, event, author)).collect()
    }
}

fn is_near(a: Instant, b: Instant) -> bool {
    a.max(b) - a.min(b) <= NEAR
}

/// Reads the value at the beginning of the text. The rest of the frame follows it.
fn value(data: &str) -> Option<Value> {
    frame::parse(data).or_else(|_| frame::parse(&json::repair(data))).ok()
}

#[cfg(test)]
mod tests;
