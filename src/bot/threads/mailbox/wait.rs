//! Waiting: the tasks' side.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::kept::{Chunk, Entry};
use super::mail::{Candidate, Mail, Mailbox, Searched, Waited};
use super::mailboxes::Mailboxes;
use super::quick::Anchor;
use super::wanted::{EventIds, Wanted};
use crate::gateway::event::{Event, InteractionCreate};

impl Mailboxes {
    /// Waits for the oldest event that is wanted and that `pick` accepts, at most until `until`. Events that are not picked
    /// stay.
    pub(crate) fn wait<T>(
        &self,
        mailbox: &Arc<Mailbox>,
        wanted: Vec<Wanted>,
        until: Instant,
        mut pick: impl FnMut(&Candidate<'_>) -> Option<T>,
    ) -> Waited<Box<T>> {
        // In a box, because a waiting task's stack has no room for what it may find.
        let mut found = None;
        let mut picks = |candidate: &Candidate<'_>| {
            found = pick(candidate).map(Box::new);
            found.is_some()
        };
        match self.wait_until_picked(mailbox, wanted, until, &mut picks) {
            Waited::TimedOut => Waited::TimedOut,
            Waited::Closed => Waited::Closed,
            Waited::Found(()) => found.map_or(Waited::Closed, Waited::Found),
        }
    }

    /// Waits until `picks` returns true for an event.
    #[inline(never)]
    fn wait_until_picked(
        &self,
        mailbox: &Mailbox,
        wanted: Vec<Wanted>,
        until: Instant,
        picks: &mut dyn FnMut(&Candidate<'_>) -> bool,
    ) -> Waited<()> {
        // What the program's filter does happens without a lock, and after a panic the wait ends as well.
        let (_ends_on_drop, earlier) = self.begin(mailbox, wanted);
        for (number, early) in earlier {
            if picks(&early.candidate()) {
                mailbox.took(number);
                return Waited::Found(());
            }
            mailbox.looked_at(number);
        }
        loop {
            let mail = match mailbox.next(until) {
                Waited::Found(mail) => mail,
                Waited::TimedOut => return Waited::TimedOut,
                Waited::Closed => return Waited::Closed,
            };
            if picks(&mail.candidate()) {
                mailbox.took(mail.number);
                return Waited::Found(());
            }
            mailbox.looked_at(mail.number);
        }
    }

    /// Begins a wait. Returns what the task may take of the events that came before, by their numbers.
    ///
    /// A function of its own, as are the next two: the stack of a waiting task does not keep room for them.
    #[inline(never)]
    pub(super) fn begin<'m>(
        &'m self,
        mailbox: &'m Mailbox,
        wanted: Vec<Wanted>,
    ) -> (Wait<'m>, BTreeMap<u64, Early>) {
        let mut state = self.lock();
        let mut own = mailbox.lock();
        for Wanted { name, ids, .. } in &wanted {
            if let Some(slot) = mailbox.slot(name) {
                state.index.add(slot, name, ids, mailbox.number);
            }
        }
        own.next = state.next_event;
        own.wanted = wanted;
        let is_for_interactions = own.is_for_interactions();
        state.undecided_tasks -= usize::from(is_for_interactions);
        self.publish_interests(&state, own.slots(mailbox));
        let has_earlier = state.next_event > own.opened_at;
        drop(own);
        drop(state);
        let wait = Wait { mailboxes: self, mailbox, is_for_interactions };
        let earlier = if has_earlier { wait.earlier() } else { BTreeMap::new() };
        (wait, earlier)
    }

    /// Waits until `until`, or until the bot stops.
    pub(crate) fn sleep(&self, mailbox: &Mailbox, until: Instant) -> Waited<()> {
        // No wait is running, so nothing arrives.
        match mailbox.next(until) {
            Waited::Found(_) | Waited::TimedOut => Waited::TimedOut,
            Waited::Closed => Waited::Closed,
        }
    }
}

/// A running wait, which ends when it is dropped.
pub(super) struct Wait<'m> {
    mailboxes: &'m Mailboxes,
    mailbox: &'m Mailbox,
    is_for_interactions: bool,
}

/// An event that came before the wait for it.
pub(super) enum Early {
    Mail(Arc<Mail>),
    Kept(Arc<Chunk>, Entry),
}

impl Early {
    fn candidate(&self) -> Candidate<'_> {
        match self {
            Early::Mail(mail) => mail.candidate(),
            Early::Kept(chunk, entry) => Candidate { name: entry.name, data: chunk.data(*entry), mail: None },
        }
    }
}

impl Wait<'_> {
    /// What the task may take of the events that came before the wait.
    #[inline(never)]
    fn earlier(&self) -> BTreeMap<u64, Early> {
        let state = self.mailboxes.lock();
        let mut own = self.mailbox.lock();
        let (mut mails, mut displaced) = (Vec::new(), Vec::new());
        if self.is_for_interactions {
            mails = state.interactions.since(own.opened_at);
            mails.retain(|mail| mail.number < own.next);
            let from = own.undecided_from;
            for mail in mails.iter().filter(|mail| mail.number >= from) {
                displaced.extend(own.interactions.push(Arc::clone(mail)));
            }
        }
        let oldest = state.oldest();
        own.taken.retain(|number| *number >= oldest);
        let arrived = own.events.mails.values().chain(own.interactions.mails.values());
        mails.extend(arrived.filter(|mail| mail.number < own.next).cloned());
        mails.retain(|mail| !own.taken.contains(&mail.number));
        let is_for_events = own.wanted.iter().any(|wanted| wanted.name != InteractionCreate::NAME);
        let chunks = if is_for_events { state.events.since(own.opened_at) } else { Vec::new() };
        let wanted = own.wanted.clone();
        drop(own);
        drop(state);
        displaced.iter().for_each(|mail| mail.reject());

        let mut earlier = BTreeMap::new();
        for mail in mails {
            if wanted.iter().any(|wanted| wanted.name == mail.name && mail.ids().fits(&wanted.ids)) {
                earlier.insert(mail.number, Early::Mail(mail));
            } else if mail.is_interaction() && self.is_for_interactions {
                self.mailbox.looked_at(mail.number);
            }
        }
        if !chunks.is_empty() {
            self.search(&chunks, wanted, &mut earlier);
        }
        earlier
    }

    /// Adds the kept events that the wait is for. An earlier wait for the same has searched some of them.
    #[inline(never)]
    fn search(&self, chunks: &[Arc<Chunk>], wanted: Vec<Wanted>, earlier: &mut BTreeMap<u64, Early>) {
        let mut own = self.mailbox.lock();
        let (opened_at, end, taken) = (own.opened_at, own.next, own.taken.clone());
        let searched = own.searched.take().filter(|searched| searched.wanted == wanted);
        drop(own);
        let mut searched =
            searched.unwrap_or_else(|| Box::new(Searched { wanted, until: opened_at, fitting: Vec::new() }));
        let mut fitting = Vec::new();
        for chunk in chunks {
            let entries = chunk.entries().iter().filter(|entry| (opened_at..end).contains(&entry.number));
            for entry in entries {
                let number = entry.number;
                let fits = if number < searched.until {
                    searched.fitting.binary_search(&number).is_ok()
                } else {
                    #[cfg(test)]
                    (self.mailboxes.lock().counts.searched += 1);
                    searched.wanted.iter().any(|wanted| fits(wanted, entry.name, chunk.data(*entry)))
                };
                if fits && !taken.contains(&number) {
                    fitting.push(number);
                    earlier.entry(number).or_insert_with(|| Early::Kept(Arc::clone(chunk), *entry));
                }
            }
        }
        searched.fitting = fitting;
        searched.until = end;
        self.mailbox.lock().searched = Some(searched);
    }
}

/// Whether a wait is for an event.
fn fits(wanted: &Wanted, name: &str, data: &str) -> bool {
    wanted.name == name
        && Anchor::may_fit(name, &wanted.ids, data)
        && EventIds::of(name, data).fits(&wanted.ids)
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        let mut state = self.mailboxes.lock();
        let mut own = self.mailbox.lock();
        let wanted = std::mem::take(&mut own.wanted);
        for Wanted { name, ids, .. } in &wanted {
            if let Some(slot) = self.mailbox.slot(name) {
                state.index.remove(slot, name, ids, self.mailbox.number);
            }
        }
        if self.is_for_interactions {
            state.undecided_tasks += 1;
            own.undecided_from = state.next_event;
        }
        let lost = std::mem::take(&mut own.lost);
        drop(own);
        let slots = wanted.iter().filter_map(|wanted| self.mailbox.slot(wanted.name));
        self.mailboxes.publish_interests(&state, slots);
        drop(state);
        if lost > 0 {
            log::warn!(
                "a task did not keep up with what it waits for: {lost} events were lost, the oldest first"
            );
        }
    }
}
