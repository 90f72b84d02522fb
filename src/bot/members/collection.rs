//! What has arrived of the requested members, and what is to be sent next: pure.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::time::{Duration, Instant};

use super::arrivals::Arrival;
use crate::error::Error;
use crate::gateway::event::{Event, GuildMembersChunk};
use crate::gateway::send_event::RequestMembers;
use crate::id::UserId;
use crate::model::{Member, Presence};

/// How long after a resume the first chunk may take. A request that was written to a broken connection may be lost, and
/// the resume does not show it.
const RESUME_PATIENCE: Duration = Duration::from_secs(5);

/// The members that have arrived, and the requests that are not answered completely.
pub(super) struct Collection {
    /// The requests, of which the first is being answered.
    requests: VecDeque<RequestMembers>,
    /// Whether the first one was sent.
    is_sent: bool,
    /// When to send it again, if it is not answered.
    send_at: Option<Instant>,
    /// The indexes of the chunks of the first request.
    received: BTreeSet<u32>,
    chunk_count: u32,
    /// All members so far. A request that is sent again is answered from the beginning.
    seen: HashSet<UserId>,
    pub(super) members: VecDeque<Member>,
    pub(super) presences: Vec<Presence>,
    pub(super) not_found: Vec<UserId>,
}

/// What is to be done next.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    Send(RequestMembers),
    /// Wait for an arrival, at most until this time.
    Wait(Option<Instant>),
    Done,
}

impl Collection {
    pub(super) fn new(requests: impl IntoIterator<Item = RequestMembers>) -> Collection {
        Collection {
            requests: requests.into_iter().collect(),
            is_sent: false,
            send_at: None,
            received: BTreeSet::new(),
            chunk_count: 0,
            seen: HashSet::new(),
            members: VecDeque::new(),
            presences: Vec::new(),
            not_found: Vec::new(),
        }
    }

    pub(super) fn next(&mut self, now: Instant) -> Step {
        let Some(request) = self.requests.front() else { return Step::Done };
        if self.is_sent && self.send_at.is_none_or(|at| now < at) {
            return Step::Wait(self.send_at);
        }
        self.is_sent = true;
        self.send_at = None;
        Step::Send(request.clone())
    }

    /// Takes what has arrived.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if a chunk cannot be read.
    pub(super) fn add(&mut self, now: Instant, arrival: Arrival) -> Result<(), Error> {
        match arrival {
            Arrival::Chunk(data) => {
                let chunk = GuildMembersChunk::decode(&data)
                    .map_err(|error| Error::decode("a chunk of members", error))?;
                self.add_chunk(chunk);
            }
            // The session sends a refused request for all members again.
            Arrival::Refused(_) if self.requests.front().is_some_and(RequestMembers::is_for_all) => {}
            Arrival::Refused(retry_after) => self.send_at = Some(now + retry_after),
            // The rest of the answer was lost with the session.
            Arrival::NewSession if self.is_sent => {
                self.forget_chunks();
                self.is_sent = false;
            }
            Arrival::Resumed if self.received.is_empty() => {
                self.send_at.get_or_insert(now + RESUME_PATIENCE);
            }
            Arrival::NewSession | Arrival::Resumed => {}
        }
        Ok(())
    }

    fn add_chunk(&mut self, chunk: GuildMembersChunk) {
        if self.requests.is_empty() || !self.received.insert(chunk.chunk_index) {
            return;
        }
        self.send_at = None;
        self.chunk_count = chunk.chunk_count.max(1);
        let mut new = HashSet::new();
        for member in chunk.members {
            let user = member.user.id;
            if self.seen.insert(user) {
                new.insert(user);
                self.members.push_back(member);
            }
        }
        self.presences.extend(chunk.presences.into_iter().filter(|presence| new.contains(&presence.user.id)));
        for user in chunk.not_found {
            // Each chunk of an answer can have them.
            if !self.not_found.contains(&user) {
                self.not_found.push(user);
            }
        }
        if self.received.len() >= self.chunk_count as usize {
            self.requests.pop_front();
            self.is_sent = false;
            self.forget_chunks();
        }
    }

    fn forget_chunks(&mut self) {
        self.received.clear();
        self.chunk_count = 0;
        self.send_at = None;
    }

    /// How far the answer is, for an error.
    pub(super) fn progress(&self) -> String {
        match self.received.len() {
            0 => "no chunk of members came".to_owned(),
            received => format!("{received} of {} chunks of members came", self.chunk_count),
        }
    }
}

#[cfg(test)]
mod tests;
