//! Calls whose messages may be edited.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

use crate::id::MessageId;
use crate::interaction::EarlierResponse;
use crate::model::Message;

/// The maximum number of calls that are remembered.
const MAX_CALLS: usize = 1_000;

/// The recent calls, if edits of their messages are followed.
#[derive(Default)]
pub(in crate::bot) struct FollowedCalls {
    /// How long edits are followed. Zero if they are not.
    pub(in crate::bot) within: Duration,
    /// The oldest first.
    calls: VecDeque<FollowedCall>,
}

struct FollowedCall {
    message: MessageId,
    content: String,
    response: EarlierResponse,
}

impl FollowedCalls {
    pub(in crate::bot) fn is_off(&self) -> bool {
        self.within.is_zero()
    }

    /// Remembers a new call. Returns where its response is recorded.
    pub(super) fn add(&mut self, message: &Message) -> Option<EarlierResponse> {
        if self.is_off() {
            return None;
        }
        if self.calls.len() >= MAX_CALLS {
            self.calls.pop_front();
        }
        let response = EarlierResponse::default();
        let call = FollowedCall {
            message: message.id,
            content: message.content.clone(),
            response: response.clone(),
        };
        self.calls.push_back(call);
        Some(response)
    }

    /// The response to a message, if it was edited to another text and is not too old. One that called nothing before has
    /// none yet.
    pub(super) fn edited(&mut self, message: &Message, now: SystemTime) -> Option<EarlierResponse> {
        let age = now.duration_since(message.id.created_at()).unwrap_or_default();
        // Discord also sends an update when it adds the preview of a link.
        if message.edited_timestamp.is_none() || age > self.within {
            return None;
        }
        match self.calls.iter_mut().rev().find(|call| call.message == message.id) {
            Some(call) if call.content == message.content => None,
            Some(call) => {
                call.content.clone_from(&message.content);
                Some(call.response.clone())
            }
            None => self.add(message),
        }
    }
}
