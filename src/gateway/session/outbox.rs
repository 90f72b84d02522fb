//! The send events that wait to be sent. They are kept over reconnects.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::member_requests::MemberRequests;
use crate::gateway::send_event::{SendEvent, UpdatePresence};
use crate::id::GuildId;

#[derive(Debug)]
pub(super) struct Outbox {
    events: VecDeque<String>,
    /// Requests for all members of a guild, which have their own limit.
    member_requests: MemberRequests,
    /// The last payload was a member request. They and the other events take turns, since there may be thousands of them.
    other_events_first: bool,
    /// The latest presence, which a new identify contains too.
    presence: Option<UpdatePresence>,
    /// The payload that sets it, if it was not set at the start.
    presence_payload: Option<String>,
    /// Whether that payload is still to be sent. Only the latest presence matters.
    presence_due: bool,
}

impl Outbox {
    pub(super) fn new(presence: Option<UpdatePresence>) -> Self {
        Outbox {
            events: VecDeque::new(),
            member_requests: MemberRequests::default(),
            other_events_first: false,
            presence,
            presence_payload: None,
            presence_due: false,
        }
    }

    pub(super) fn push(&mut self, now: Instant, event: SendEvent) {
        match (event.presence, event.all_members_of) {
            (Some(presence), _) => {
                self.presence = Some(presence);
                self.presence_payload = Some(event.text);
                self.presence_due = true;
            }
            (None, Some(guild)) => self.member_requests.push(now, guild, event.text),
            (None, None) => self.events.push_back(event.text),
        }
    }

    /// Takes the next event that is not a presence. If there is none, returns when there will be one, if that is known.
    pub(super) fn take(&mut self, now: Instant) -> Result<String, Option<Instant>> {
        if std::mem::take(&mut self.other_events_first) {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
        }
        match self.member_requests.take(now) {
            Ok(request) => {
                self.other_events_first = true;
                Ok(request)
            }
            Err(at) => self.events.pop_front().ok_or(at),
        }
    }

    /// Puts back events that were taken and could not be written, the oldest first.
    pub(super) fn give_back(&mut self, events: Vec<String>) {
        events.into_iter().rev().for_each(|event| self.events.push_front(event));
    }

    /// Discord refused a request for all members of this guild.
    pub(super) fn on_refused(&mut self, now: Instant, guild: GuildId, retry_after: Duration) {
        self.member_requests.on_refused(now, guild, retry_after);
    }

    pub(super) fn presence(&self) -> Option<&UpdatePresence> {
        self.presence.as_ref()
    }

    pub(super) fn is_presence_due(&self) -> bool {
        self.presence_due
    }

    /// Returns the payload that sets the presence. It is not due any more.
    pub(super) fn take_presence(&mut self) -> Option<String> {
        self.presence_due = false;
        self.presence_payload.clone()
    }

    /// An identify contains the presence, so it is not sent separately.
    pub(super) fn on_identify(&mut self) {
        self.presence_due = false;
    }

    /// The presence may be lost with the connection that broke, so it is sent again.
    pub(super) fn on_resumed(&mut self) {
        self.presence_due = self.presence_payload.is_some();
    }

    pub(super) fn len(&self) -> usize {
        self.events.len() + self.member_requests.len() + usize::from(self.presence_due)
    }

    #[cfg(test)]
    pub(super) fn guilds_remembered(&self) -> usize {
        self.member_requests.guilds_remembered()
    }
}
