//! Waiting: the tasks' side.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::index::Slot;
use super::kept::{Chunk, Entry};
use super::mail::{Candidate, Mail, Mailbox, Waited};
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
        wanted: &[Wanted],
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
        wanted: &[Wanted],
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
    #[inline(never)]
    pub(super) fn begin<'m>(
        &'m self,
        mailbox: &'m Mailbox,
        wanted: &'m [Wanted],
    ) -> (Wait<'m>, BTreeMap<u64, Early>) {
        let wanted: Vec<_> =
            wanted.iter().filter_map(|wanted| Some((mailbox.slot(wanted.name)?, wanted))).collect();
        let wait = Wait { mailboxes: self, mailbox, wanted };
        let mut state = self.lock();
        let mut own = mailbox.lock();
        let mut mails = Vec::new();
        if wait.is_for_interactions() {
            state.undecided_tasks -= 1;
            mails = state.interactions.since(own.opened_at);
            let from = own.undecided_from;
            let undecided = mails.iter().filter(|mail| mail.number >= from);
            own.pending.extend(undecided.map(|mail| (mail.number, Arc::clone(mail))));
        }
        mails.extend(own.pending.values().cloned());
        let (opened_at, oldest) = (own.opened_at, state.oldest());
        own.taken.retain(|number| *number >= oldest);
        let taken = own.taken.clone();
        drop(own);
        let chunks = if wait.is_for_events() { state.events.since(opened_at) } else { Vec::new() };
        for (slot, wanted) in &wait.wanted {
            state.index.add(*slot, wanted.name, &wanted.ids, mailbox.number);
        }
        self.publish_interests(&state, wait.slots());
        drop(state);

        let mut earlier = BTreeMap::new();
        for mail in mails {
            if taken.contains(&mail.number) {
                continue;
            }
            if wait.is_for_mail(&mail) {
                earlier.insert(mail.number, Early::Mail(mail));
            } else if mail.is_interaction() && wait.is_for_interactions() {
                mailbox.looked_at(mail.number);
            }
        }
        for chunk in chunks {
            for entry in chunk.entries().iter().filter(|entry| entry.number >= opened_at) {
                let is_new = !taken.contains(&entry.number) && !earlier.contains_key(&entry.number);
                if let Some(name) = wait.name_if_for(entry.slot, chunk.data(*entry)).filter(|_| is_new) {
                    earlier.insert(entry.number, Early::Kept(name, Arc::clone(&chunk), *entry));
                }
            }
        }
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
    wanted: Vec<(Slot, &'m Wanted)>,
}

/// An event that came before the wait for it.
pub(super) enum Early {
    Mail(Arc<Mail>),
    Kept(&'static str, Arc<Chunk>, Entry),
}

impl Early {
    fn candidate(&self) -> Candidate<'_> {
        match self {
            Early::Mail(mail) => mail.candidate(),
            Early::Kept(name, chunk, entry) => Candidate { name, data: chunk.data(*entry), mail: None },
        }
    }
}

impl Wait<'_> {
    fn slots(&self) -> impl Iterator<Item = Slot> {
        self.wanted.iter().map(|(slot, _)| *slot)
    }

    fn is_for_interactions(&self) -> bool {
        self.wanted.iter().any(|(_, wanted)| wanted.name == InteractionCreate::NAME)
    }

    fn is_for_events(&self) -> bool {
        self.wanted.iter().any(|(_, wanted)| wanted.name != InteractionCreate::NAME)
    }

    fn is_for_mail(&self, mail: &Mail) -> bool {
        self.wanted.iter().any(|(slot, wanted)| *slot == mail.slot && mail.ids().fits(&wanted.ids))
    }

    /// The name of a kept event, if the wait is for such events.
    fn name_if_for(&self, slot: Slot, data: &str) -> Option<&'static str> {
        let (_, Wanted { name, ids, .. }) = self.wanted.iter().find(|(known, _)| *known == slot)?;
        (Anchor::may_fit(name, ids, data) && EventIds::of(name, data).fits(ids)).then_some(*name)
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        let mut state = self.mailboxes.lock();
        for (slot, wanted) in &self.wanted {
            state.index.remove(*slot, wanted.name, &wanted.ids, self.mailbox.number);
        }
        let mut own = self.mailbox.lock();
        let displaced = own.keep_arrived();
        if self.is_for_interactions() {
            state.undecided_tasks += 1;
            own.undecided_from = state.next_event;
        }
        let lost = std::mem::take(&mut own.lost);
        drop(own);
        self.mailboxes.publish_interests(&state, self.slots());
        drop(state);
        if lost > 0 {
            log::warn!(
                "a task did not keep up with what it waits for: {lost} events were lost, the oldest first"
            );
        }
        drop(displaced);
    }
}
