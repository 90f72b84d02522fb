//! The steps that carry out an action on an interaction, as plain values.

use super::action::{InitialResponse, ResponseAction, Visibility};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::MessageId;

/// The request that carries out an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Send the first response.
    Respond(InitialResponse),
    /// Edit the deferred `@original` into the message.
    Complete,
    /// Send another message, which becomes the response. Delete `@original` first where `delete_original` says so.
    Replace { delete_original: bool, visibility: Visibility },
    /// Edit, fetch or delete the message of the response.
    Access(MessageTarget),
    /// Send another message.
    FollowUp(Visibility),
    /// There is nothing to do.
    AlreadyDone,
    /// Another step is in progress: start the action again when that has finished.
    Wait,
}

/// The message of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageTarget {
    /// `@original`: the first response, or the message whose component was used.
    Original,
    /// A follow-up message.
    FollowUp(MessageId),
}

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SendResult {
    Done,
    /// This message was sent and is the response now.
    Sent(MessageId),
    /// `@original` was deleted; the message that replaces it is still to be sent.
    Deleted,
    /// Discord rejected the request with this code. The step had no effect.
    Rejected(JsonErrorCode),
    /// No request was sent.
    NotSent,
    /// No HTTP response arrived: the request may have had an effect.
    Unknown,
}

impl SendResult {
    /// What an error says about the effect of the request.
    pub(super) fn of(error: &Error) -> SendResult {
        match error {
            Error::Network { .. } => SendResult::Unknown,
            // The request may have been cut after it was sent.
            Error::Stopped => SendResult::Unknown,
            Error::Http(error) if error.status >= 500 => SendResult::Unknown,
            Error::Http(error) => SendResult::Rejected(error.code),
            // Discord did it; only its response cannot be read.
            Error::Decode { .. } => SendResult::Done,
            _ => SendResult::NotSent,
        }
    }
}

/// The result of an action whose answer is not used: one that cannot be read is no failure, because Discord did it.
pub(crate) fn without_answer<T>(action: ResponseAction, result: Result<T, Error>) -> Result<(), Error> {
    match result {
        Err(error @ Error::Decode { .. }) => {
            log::warn!("{action} was done, but its answer is not used: {error}");
            Ok(())
        }
        result => result.map(drop),
    }
}
