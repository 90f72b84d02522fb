//! What waits to be sent, kept over reconnects.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::member_requests::RollCalls;
use crate::gateway::send_event::{Presence, SendEvent};
use crate::id::GuildId;

#[derive(Debug)]
pub(super) struct Outbox {
    orders: VecDeque<String>,
    roll_calls: RollCalls,
    /// A roll call went last: they and the others take turns, since there may be thousands of them.
    others_turn: bool,
    /// The latest presence, which a new identify carries too.
    presence: Option<Presence>,
    /// The order that shows it, if it was not there from the start.
    presence_order: Option<String>,
    /// Whether that is still to be sent. Only the latest matters.
    presence_due: bool,
}

impl Outbox {
    pub(super) fn new(presence: Option<Presence>) -> Self {
        Outbox {
            orders: VecDeque::new(),
            roll_calls: RollCalls::default(),
            others_turn: false,
            presence,
            presence_order: None,
            presence_due: false,
        }
    }

    pub(super) fn push(&mut self, now: Instant, order: SendEvent) {
        match (order.presence, order.all_members_of) {
            (Some(presence), _) => {
                self.presence = Some(presence);
                self.presence_order = Some(order.text);
                self.presence_due = true;
            }
            (None, Some(guild)) => self.roll_calls.push(now, guild, order.text),
            (None, None) => self.orders.push_back(order.text),
        }
    }

    /// The next order that is no presence; otherwise when there will be one, if that is known.
    pub(super) fn take(&mut self, now: Instant) -> Result<String, Option<Instant>> {
        if std::mem::take(&mut self.others_turn) {
            if let Some(order) = self.orders.pop_front() {
                return Ok(order);
            }
        }
        match self.roll_calls.take(now) {
            Ok(order) => {
                self.others_turn = true;
                Ok(order)
            }
            Err(at) => self.orders.pop_front().ok_or(at),
        }
    }

    /// Orders that were taken and could not be written, in that order.
    pub(super) fn give_back(&mut self, orders: &[String]) {
        orders.iter().rev().for_each(|order| self.orders.push_front(order.clone()));
    }

    /// Discord refused a request for all members of this guild.
    pub(super) fn refused(&mut self, now: Instant, guild: GuildId, retry_after: Duration) {
        self.roll_calls.refused(now, guild, retry_after);
    }

    pub(super) fn presence(&self) -> Option<&Presence> {
        self.presence.as_ref()
    }

    pub(super) fn is_presence_due(&self) -> bool {
        self.presence_due
    }

    /// The order that shows the presence, which is not due any more.
    pub(super) fn take_presence(&mut self) -> Option<String> {
        self.presence_due = false;
        self.presence_order.clone()
    }

    /// An identify carries the presence, so it need not be sent again.
    pub(super) fn identified(&mut self) {
        self.presence_due = false;
    }

    /// The connection that broke may have swallowed the presence, so it is shown once more.
    pub(super) fn resumed(&mut self) {
        self.presence_due = self.presence_order.is_some();
    }

    pub(super) fn len(&self) -> usize {
        self.orders.len() + self.roll_calls.len() + usize::from(self.presence_due)
    }

    #[cfg(test)]
    pub(super) fn guilds_remembered(&self) -> usize {
        self.roll_calls.guilds_remembered()
    }
}
