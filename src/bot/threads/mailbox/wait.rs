//! Waiting: the tasks' side.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use std::vec;

use super::kept::{self, Chunk, Entry};
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
            Waited::Found(()) => found.map_or(Waited::Closed, Waited::Found),
            Waited::TimedOut => Waited::TimedOut,
            Waited::Closed => Waited::Closed,
            Waited::Undeclared(type_name) => Waited::Undeclared(type_name),
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
        if let Some(wanted) = wanted.iter().find(|wanted| !mailbox.takes(wanted.name)) {
            return Waited::Undeclared(wanted.type_name);
        }
        // What the program's filter does happens without a lock, and after a panic the wait ends as well.
        let wait = self.begin(mailbox, wanted);
        if wait.picks_earlier(picks) {
            return Waited::Found(());
        }
        loop {
            match mailbox.wait_for_arrival(until) {
                Waited::Found(()) if wait.picks_arrived(picks) => return Waited::Found(()),
                Waited::Found(()) => {}
                ended => return ended,
            }
        }
    }

    /// Begins a wait.
    ///
    /// A separate function, as are the others of this file that are not inlined: the stack of a waiting task does not
    /// keep room for them.
    #[inline(never)]
    pub(super) fn begin<'m>(&'m self, mailbox: &'m Mailbox, wanted: Vec<Wanted>) -> Wait<'m> {
        let mut state = self.lock();
        let mut own = mailbox.lock();
        for Wanted { name, ids, .. } in &wanted {
            if let Some(slot) = state.slot(name) {
                state.index.add(slot, name, ids, mailbox.number);
            }
        }
        own.next = state.next_event;
        own.wanted = wanted;
        let is_for_interactions = own.is_for_interactions();
        state.undecided_tasks -= usize::from(is_for_interactions);
        self.publish_interests(&state, own.wanted.iter().map(|wanted| wanted.name));
        let has_earlier = state.next_event > own.opened_at;
        Wait { mailboxes: self, mailbox, is_for_interactions, has_earlier }
    }

    /// Waits until `until`, or until the bot stops.
    pub(crate) fn sleep(&self, mailbox: &Mailbox, until: Instant) -> Waited<()> {
        // No wait is running, so nothing arrives.
        match mailbox.wait_for_arrival(until) {
            Waited::Closed => Waited::Closed,
            _ => Waited::TimedOut,
        }
    }
}

/// A running wait, which ends when it is dropped.
pub(super) struct Wait<'m> {
    mailboxes: &'m Mailboxes,
    mailbox: &'m Mailbox,
    is_for_interactions: bool,
    /// Whether any event came before the wait.
    has_earlier: bool,
}

/// What a task may take of the events that came before its wait: an iterator, the oldest first.
#[derive(Default)]
struct Earlier {
    mails: BTreeMap<u64, Arc<Mail>>,
    /// The numbers of the kept events that the wait is for.
    kept: vec::IntoIter<u64>,
    chunks: Vec<Arc<Chunk>>,
}

/// An event that came before the wait for it.
enum Early {
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

impl Iterator for Earlier {
    type Item = (u64, Early);

    fn next(&mut self) -> Option<(u64, Early)> {
        loop {
            let kept = self.kept.as_slice().first().copied();
            if let Some(mail) =
                self.mails.first_entry().filter(|mail| kept.is_none_or(|kept| *mail.key() <= kept))
            {
                let (number, mail) = mail.remove_entry();
                // It is kept as well.
                if kept == Some(number) {
                    self.kept.next();
                }
                return Some((number, Early::Mail(mail)));
            }
            let number = self.kept.next()?;
            if let Some((chunk, entry)) = kept::find(&self.chunks, number) {
                return Some((number, Early::Kept(Arc::clone(chunk), entry)));
            }
        }
    }
}

impl Wait<'_> {
    /// Whether `picks` returns true for an event that came before the wait. The task has taken it then.
    #[inline(never)]
    fn picks_earlier(&self, picks: &mut dyn FnMut(&Candidate<'_>) -> bool) -> bool {
        if !self.has_earlier {
            return false;
        }
        for (number, early) in self.earlier() {
            if picks(&early.candidate()) {
                self.mailbox.took(number);
                return true;
            }
            self.mailbox.looked_at(number);
        }
        false
    }

    /// Whether `picks` returns true for an event that has arrived. The task has taken it then.
    #[inline(never)]
    fn picks_arrived(&self, picks: &mut dyn FnMut(&Candidate<'_>) -> bool) -> bool {
        while let Some(mail) = self.mailbox.next() {
            if picks(&mail.candidate()) {
                self.mailbox.took(mail.number);
                return true;
            }
            self.mailbox.looked_at(mail.number);
        }
        false
    }

    /// What the task may take of the events that came before the wait.
    fn earlier(&self) -> Earlier {
        let state = self.mailboxes.lock();
        let mut own = self.mailbox.lock();
        let (opened_at, next, undecided_from) = (own.opened_at, own.next, own.undecided_from);
        let wanted = own.wanted.clone();
        let received = own.received();
        let (mut mails, mut displaced) = (Vec::new(), Vec::new());
        if self.is_for_interactions {
            mails = state.interactions.since(opened_at);
            mails.retain(|mail| mail.number < next);
            for mail in mails.iter().filter(|mail| mail.number >= undecided_from) {
                displaced.extend(received.interactions.push(Arc::clone(mail)));
            }
        }
        let oldest = state.oldest();
        while received.taken.first().is_some_and(|number| *number < oldest) {
            received.taken.pop_first();
        }
        let arrived = received.events.mails.values().chain(received.interactions.mails.values());
        mails.extend(arrived.filter(|mail| mail.number < next).cloned());
        mails.retain(|mail| !received.taken.contains(&mail.number));
        let is_for_events = wanted.iter().any(|wanted| wanted.name != InteractionCreate::NAME);
        let chunks = if is_for_events { state.events.since(opened_at) } else { Vec::new() };
        drop(own);
        drop(state);
        displaced.iter().for_each(|mail| mail.reject());

        let mut earlier = Earlier { chunks, ..Earlier::default() };
        for mail in mails {
            if wanted.iter().any(|wanted| wanted.name == mail.name && mail.ids().fits(&wanted.ids)) {
                earlier.mails.insert(mail.number, mail);
            } else if mail.is_interaction() && self.is_for_interactions {
                self.mailbox.looked_at(mail.number);
            }
        }
        if !earlier.chunks.is_empty() {
            earlier.kept = self.search(&earlier.chunks, wanted).into_iter();
        }
        earlier
    }

    /// The numbers of the kept events that the wait is for. Those that an earlier wait for the same has searched are not
    /// searched again.
    fn search(&self, chunks: &[Arc<Chunk>], wanted: Vec<Wanted>) -> Vec<u64> {
        let mut own = self.mailbox.lock();
        let (opened_at, end) = (own.opened_at, own.next);
        let searched = own.received().searched.take().filter(|searched| searched.wanted == wanted);
        drop(own);
        let mut searched =
            searched.unwrap_or_else(|| Searched { wanted, until: opened_at, fitting: Vec::new() });
        let oldest =
            chunks.first().and_then(|chunk| chunk.entries().first()).map_or(end, |entry| entry.number);
        let lost = searched.fitting.partition_point(|number| *number < oldest);
        searched.fitting.drain(..lost);
        let new = searched.until..end;
        for chunk in &chunks[kept::first_until(chunks, new.start)..] {
            let known = chunk.entries().partition_point(|entry| entry.number < new.start);
            for entry in chunk.entries()[known..].iter().take_while(|entry| entry.number < new.end) {
                #[cfg(test)]
                (self.mailboxes.lock().counts.searched += 1);
                let is_for = |wanted: &Wanted| fits(wanted, entry.name, chunk.data(*entry));
                if searched.wanted.iter().any(is_for)
                    && !self.mailbox.lock().received().taken.contains(&entry.number)
                {
                    searched.fitting.push(entry.number);
                }
            }
        }
        searched.until = end;
        let fitting = searched.fitting.clone();
        self.mailbox.lock().received().searched = Some(searched);
        fitting
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
            if let Some(slot) = state.slot(name) {
                state.index.remove(slot, name, ids, self.mailbox.number);
            }
        }
        if self.is_for_interactions {
            state.undecided_tasks += 1;
            own.undecided_from = state.next_event;
        }
        let lost = own.take_lost();
        drop(own);
        self.mailboxes.publish_interests(&state, wanted.iter().map(|wanted| wanted.name));
        drop(state);
        if lost > 0 {
            log::warn!(
                "a task did not keep up with what it waits for: {lost} events were lost, the oldest first"
            );
        }
    }
}
