//! Why an action on an interaction is not possible.

use std::fmt;
use std::time::Duration;

use super::action::{InitialResponse, InteractionKind, ResponseAction, ResponseSource};

/// Why an action on an interaction is not possible.
///
/// It is decided without a request where the state of the response is enough to know it; otherwise Discord rejected the
/// request for a reason that ends the interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseError {
    /// Discord does not accept this action for this kind of interaction.
    WrongKind {
        /// The kind of the interaction.
        kind: InteractionKind,
        /// What was tried.
        action: ResponseAction,
    },
    /// The action needs an earlier response, and there is none.
    NoResponseYet {
        /// What was tried.
        action: ResponseAction,
    },
    /// There is a response already, and it excludes the action.
    AlreadyResponded {
        /// The response that was sent.
        response: InitialResponse,
        /// What sent it.
        source: ResponseSource,
        /// What was tried.
        action: ResponseAction,
    },
    /// A modal must be the first response, and the interaction was deferred.
    ModalAfterDefer {
        /// What deferred it.
        source: ResponseSource,
    },
    /// The response was deleted.
    Deleted,
    /// The network failed while the response was being sent. It is unknown whether the response arrived.
    Unconfirmed,
    /// Another response is still being sent, and takes too long to wait for it.
    StillSending,
    /// Discord accepts no response any more.
    TooLate(Box<TooLate>),
    /// Discord reports a response that was not sent through this value: by another program with the same token, or by
    /// another call of this program.
    RespondedElsewhere,
    /// The command was called by a message, to which Discord accepts no such response.
    TextCommand {
        /// What was tried.
        action: ResponseAction,
    },
}

/// Why a response is too late.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TooLate {
    /// How late it is, and where the time went.
    pub timing: Timing,
    /// The slow handlers that the interaction waited for, if they are known.
    pub blocked_by: Option<BlockedBy>,
}

/// How old an interaction is, and where the time went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timing {
    /// Time since the interaction was received.
    pub age: Duration,
    /// Its age when it was received, by its ID and this machine's clock. Large if the connection was slow, or if the clock
    /// is wrong.
    pub age_on_arrival: Duration,
    /// How long Discord accepts a response: 3 seconds for the first one, 15 minutes for what follows.
    pub allowed: Duration,
    /// Time before the handler was called.
    pub queued: Duration,
    /// Time in the handler before it responded.
    pub handling: Duration,
    /// Time that the request took.
    pub sending: Duration,
}

/// Handlers that kept the bot's thread busy while an interaction waited.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockedBy {
    /// The event that they handled, by Discord's name.
    pub event: String,
    /// How long they took.
    pub took: Duration,
}

impl Timing {
    /// How long ago the time limit passed. Zero if it has not passed by this machine's clock.
    pub fn late_by(&self) -> Duration {
        self.age.saturating_sub(self.allowed)
    }
}

/// The smallest age on arrival that is worth reporting.
const NOTABLE_AGE_ON_ARRIVAL: Duration = Duration::from_millis(500);

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ResponseError::WrongKind { kind, action } => {
                write!(f, "{action} is not possible for {kind}")?;
                f.write_str(match (kind, action) {
                    (InteractionKind::Modal { .. }, ResponseAction::Modal) => {
                        ": reply with a message whose button opens the next modal"
                    }
                    (InteractionKind::Command | InteractionKind::Modal { .. }, ResponseAction::Update) => {
                        ": there is no message to change yet, so use reply"
                    }
                    (InteractionKind::Command | InteractionKind::Modal { .. }, ResponseAction::DeferUpdate) => {
                        ": there is no message to change yet, so use defer"
                    }
                    _ => "",
                })
            }
            ResponseError::NoResponseYet { action } => {
                write!(f, "{action} needs an earlier response: call reply or defer first")
            }
            ResponseError::AlreadyResponded { response, source, action } => {
                let by = match source {
                    ResponseSource::Handler => "",
                    ResponseSource::AutoDefer => " by auto-defer",
                };
                write!(f, "the interaction was already {response}{by}, so {action} is not possible: ")?;
                f.write_str(match (response, action) {
                    (InitialResponse::Modal, _) => "the submitted modal arrives as a new interaction",
                    (InitialResponse::Autocomplete, _) => "nothing more can be sent",
                    (InitialResponse::Defer(_), _) => "use reply",
                    (_, ResponseAction::Modal) => {
                        "a modal must be the first response, or open when a button of the reply is clicked"
                    }
                    _ => "use edit to change the response, or follow_up to send another message",
                })
            }
            ResponseError::ModalAfterDefer { source } => {
                f.write_str("a modal must be the first response, and the interaction was deferred")?;
                f.write_str(match source {
                    ResponseSource::Handler => ": open the modal without deferring first",
                    ResponseSource::AutoDefer => {
                        " by auto-defer because there was no response in time: open the modal sooner, run slow \
                         handlers in lanes, or use no_auto_defer for this command"
                    }
                })
            }
            ResponseError::Deleted => {
                f.write_str("the response was deleted: use follow_up or reply to send another message")
            }
            ResponseError::Unconfirmed => f.write_str(
                "the network failed while the response was being sent, and it is unknown whether it arrived",
            ),
            ResponseError::StillSending => {
                f.write_str("another response to the interaction is still being sent")
            }
            ResponseError::TooLate(late) => late.fmt(f),
            ResponseError::TextCommand { action } => write!(
                f,
                "{action} is not possible for a command that was called by a message: reply with a button instead, whose click \
                 can do it"
            ),
            ResponseError::RespondedElsewhere => f.write_str(
                "the interaction has a response already, from another program with the same token or from another \
                 call",
            ),
        }
    }
}

impl fmt::Display for TooLate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timing.fmt(f)?;
        match &self.blocked_by {
            Some(blocked_by) => write!(f, "; {blocked_by}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Timing { age, age_on_arrival, allowed, queued, handling, sending } = self;
        write!(
            f,
            "Discord accepts no response to the interaction any more: it was received {age:.1?} ago, and Discord waits \
             {allowed:?}"
        )?;
        let late_by = self.late_by();
        if !late_by.is_zero() {
            write!(f, ", so this is {late_by:.1?} late")?;
        }
        write!(f, " ({queued:.1?} behind other handlers, {handling:.1?} in its own handler")?;
        if !sending.is_zero() {
            write!(f, ", {sending:.1?} for the request")?;
        }
        if *age_on_arrival >= NOTABLE_AGE_ON_ARRIVAL {
            write!(
                f,
                "; by its ID and this machine's clock it was already {age_on_arrival:.1?} old when it was received"
            )?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for BlockedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the handlers of {} took {:.1?}", self.event, self.took)
    }
}

impl std::error::Error for ResponseError {}
