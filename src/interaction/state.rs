//! The response to one interaction, as a state machine without I/O: it decides what may be sent next.
//!
//! ```text
//!           handler or auto-defer         handler's message
//!   Open ────────► Responding ────► Deferred ────► Completing ────► Responded
//!                      │  └─────────────────────────────────────────────▲
//!                      ├────► Unconfirmed
//!                      ├────► Expired
//!                      └────► RespondedElsewhere
//! ```
//!
//! | state | meaning |
//! |---|---|
//! | `Open` | nothing was sent |
//! | `Responding` | the first response is being sent |
//! | `Deferred` | the user waits for a message that is still to come |
//! | `Completing` | that message is being sent |
//! | `Responded` | the response arrived; it can be edited and followed up |
//! | `Unconfirmed` | the network failed while the first response was being sent; the next request shows whether it arrived |
//! | `Expired` | too late |
//! | `RespondedElsewhere` | another program or another call responded |
//!
//! An action is [started](ResponseState::start) first, which returns the [`Step`] to carry out, and
//! [finished](ResponseState::finish) with its result. Actions in between get [`Step::Wait`]. So automatic deferral never
//! overwrites a handler's response, and the other way round.

use std::time::{Duration, Instant};

use super::action::{InitialResponse, InteractionKind, ResponseAction, ResponseSource, Visibility};
use super::error::{ResponseError, Timing, TooLate};
use super::step::{MessageTarget, SendResult, Step};
use crate::error_code::JsonErrorCode;

/// How long Discord waits for the
/// [first response](https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction).
pub(super) const FIRST_RESPONSE_LIMIT: Duration = Duration::from_secs(3);

/// How long the token of an interaction stays valid.
pub(super) const TOKEN_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// The state of the response to one interaction.
#[derive(Clone, Debug)]
pub(super) struct ResponseState {
    kind: InteractionKind,
    received: Instant,
    /// Its age when it was received, by the clocks of two machines.
    age_on_arrival: Duration,
    handler_started: Option<Instant>,
    /// When the step in progress was started.
    send_started: Option<Instant>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    Responding { source: ResponseSource, response: InitialResponse },
    Deferred(Deferral),
    Completing(Deferral),
    Responded(Response),
    Unconfirmed { source: ResponseSource, response: InitialResponse },
    Expired(Timing),
    RespondedElsewhere,
}

/// A response that announced a later message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Deferral {
    source: ResponseSource,
    /// Who sees the loading message; `None` if there is none, as for a component.
    shown: Option<Visibility>,
    /// What a handler asked for, whatever is shown.
    requested: Option<Visibility>,
    /// Whether the loading message was deleted.
    deleted: bool,
    /// Whether it is unknown that the deferral arrived.
    unconfirmed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Response {
    source: ResponseSource,
    response: InitialResponse,
    /// `None` if it has no message, or the message was deleted.
    target: Option<MessageTarget>,
    /// Whether `@original` is the message whose component was used, and can still be updated.
    updatable: bool,
}

impl ResponseState {
    pub(super) fn new(kind: InteractionKind, received: Instant) -> ResponseState {
        ResponseState {
            kind,
            received,
            age_on_arrival: Duration::ZERO,
            handler_started: None,
            send_started: None,
            phase: Phase::Open,
        }
    }

    /// Sets how old the interaction seemed when it was received. It decides nothing; it explains a late response.
    pub(super) fn set_age_on_arrival(&mut self, age: Duration) {
        self.age_on_arrival = age;
    }

    pub(super) fn kind(&self) -> InteractionKind {
        self.kind
    }

    /// When the interaction was received.
    pub(super) fn received(&self) -> Instant {
        self.received
    }

    /// Notes that a handler was called. Returns when the interaction was received.
    pub(super) fn handler_started(&mut self, now: Instant) -> Instant {
        self.handler_started.get_or_insert(now);
        self.received
    }

    /// Whether a handler was called.
    pub(super) fn has_handler_started(&self) -> bool {
        self.handler_started.is_some()
    }

    /// The visibility of the message that a handler announced, if it did and the message was not sent.
    pub(super) fn announced(&self) -> Option<Visibility> {
        match &self.phase {
            Phase::Deferred(deferral) if deferral.source == ResponseSource::Handler => deferral.requested,
            _ => None,
        }
    }

    /// Whether no response was started.
    pub(super) fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Whether a handler's message may have arrived as the response, without a confirmation.
    pub(super) fn may_have_replied(&self) -> bool {
        matches!(
            self.phase,
            Phase::Unconfirmed { response: InitialResponse::Reply(_) | InitialResponse::Update, .. }
        )
    }

    /// Whether it is unknown if the first response arrived.
    pub(super) fn is_unconfirmed(&self) -> bool {
        match self.phase {
            Phase::Unconfirmed { .. } => true,
            Phase::Deferred(deferral) => deferral.unconfirmed,
            _ => false,
        }
    }

    /// Whether the user still waits for something.
    pub(super) fn is_user_waiting(&self) -> bool {
        match self.phase {
            Phase::Open | Phase::Completing(_) | Phase::Unconfirmed { .. } | Phase::Responding { .. } => true,
            // A handler's own deferral without a message is a complete response.
            Phase::Deferred(deferral) => {
                deferral.source == ResponseSource::AutoDefer || deferral.shown.is_some()
            }
            Phase::Responded(_) | Phase::Expired(_) | Phase::RespondedElsewhere => false,
        }
    }

    /// Whether Discord still accepts requests for the interaction.
    pub(super) fn is_alive(&self, now: Instant) -> bool {
        let age = now.saturating_duration_since(self.received);
        match self.phase {
            Phase::Open => age < FIRST_RESPONSE_LIMIT,
            Phase::Expired(_) | Phase::RespondedElsewhere => false,
            _ => age < TOKEN_LIFETIME,
        }
    }

    /// Why no further request is possible; `None` if one is.
    pub(super) fn end(&self) -> Option<ResponseError> {
        match self.phase {
            Phase::Expired(timing) => Some(too_late(timing)),
            Phase::RespondedElsewhere => Some(ResponseError::RespondedElsewhere),
            _ => None,
        }
    }

    /// The time left for the first response.
    pub(super) fn time_left(&self, now: Instant) -> Duration {
        (self.received + FIRST_RESPONSE_LIMIT).saturating_duration_since(now)
    }

    /// Starts automatic deferral. Returns what to send; `None` if there is a response, or it is too late for one.
    pub(super) fn start_auto_defer(
        &mut self,
        now: Instant,
        visibility: Visibility,
    ) -> Option<InitialResponse> {
        if self.phase != Phase::Open || !self.is_alive(now) {
            return None;
        }
        let response = self.kind.deferral(visibility);
        self.start_response(now, ResponseSource::AutoDefer, response);
        Some(response)
    }

    /// Starts a handler's action. Returns the step to carry out.
    pub(super) fn start(&mut self, now: Instant, action: ResponseAction) -> Result<Step, ResponseError> {
        if !self.kind.accepts(action) {
            return Err(ResponseError::WrongKind { kind: self.kind, action });
        }
        if !self.is_alive(now) && !matches!(self.phase, Phase::Expired(_) | Phase::RespondedElsewhere) {
            self.phase = Phase::Expired(self.timing(now));
        }
        match self.phase {
            Phase::Open => match action.initial() {
                Some(response) => Ok(self.start_response(now, ResponseSource::Handler, response)),
                None => Err(ResponseError::NoResponseYet { action }),
            },
            Phase::Responding { .. } | Phase::Completing(_) => Ok(Step::Wait),
            Phase::Deferred(deferral) => self.start_after_deferral(now, deferral, action),
            Phase::Responded(response) => start_after_response(response, action),
            Phase::Unconfirmed { source, response } => match (response, action) {
                (InitialResponse::Modal | InitialResponse::Autocomplete, _) => {
                    Err(ResponseError::Unconfirmed)
                }
                // If the first message arrived, this is an additional one, and must not replace it.
                (
                    InitialResponse::Reply(_) | InitialResponse::Update,
                    ResponseAction::FollowUp(visibility),
                ) => Ok(Step::FollowUp(visibility)),
                _ => self.start_after_unconfirmed(now, source, response, action),
            },
            Phase::Expired(timing) => Err(too_late(timing)),
            Phase::RespondedElsewhere => Err(ResponseError::RespondedElsewhere),
        }
    }

    fn start_response(&mut self, now: Instant, source: ResponseSource, response: InitialResponse) -> Step {
        self.send_started = Some(now);
        self.phase = Phase::Responding { source, response };
        Step::Respond(response)
    }

    /// Treats a response that may have arrived as a deferral: the next request shows whether it did.
    fn start_after_unconfirmed(
        &mut self,
        now: Instant,
        source: ResponseSource,
        response: InitialResponse,
        action: ResponseAction,
    ) -> Result<Step, ResponseError> {
        let (shown, requested) = (response.visibility(), response.visibility());
        let deferral = Deferral { source, shown, requested, deleted: false, unconfirmed: true };
        self.start_after_deferral(now, deferral, action)
    }

    fn start_after_deferral(
        &mut self,
        now: Instant,
        deferral: Deferral,
        action: ResponseAction,
    ) -> Result<Step, ResponseError> {
        let Deferral { source, shown, .. } = deferral;
        let is_auto = source == ResponseSource::AutoDefer;
        let already = ResponseError::AlreadyResponded { response: deferral.initial(), source, action };
        let step = match (action, shown) {
            // Auto-defer was first: the handler's own deferral takes its place.
            (ResponseAction::Defer(visibility), _) if is_auto => {
                let requested = Some(visibility);
                self.phase =
                    Phase::Deferred(Deferral { source: ResponseSource::Handler, requested, ..deferral });
                return Ok(Step::AlreadyDone);
            }
            (ResponseAction::DeferUpdate, None) if is_auto => {
                self.phase = Phase::Deferred(Deferral { source: ResponseSource::Handler, ..deferral });
                return Ok(Step::AlreadyDone);
            }
            (ResponseAction::Modal, _) => return Err(ResponseError::ModalAfterDefer { source }),
            (ResponseAction::Defer(_) | ResponseAction::DeferUpdate | ResponseAction::Autocomplete, _) => {
                return Err(already);
            }
            (ResponseAction::Reply(visibility), _) => deferral.message_step(visibility),
            (ResponseAction::FollowUp(visibility), Some(_)) => deferral.message_step(visibility),
            (ResponseAction::FollowUp(visibility), None) => return Ok(Step::FollowUp(visibility)),
            (ResponseAction::Edit, shown) => match deferral.requested.or(shown) {
                Some(visibility) => deferral.message_step(visibility),
                None => Step::Complete,
            },
            (ResponseAction::Update, None) => Step::Complete,
            (ResponseAction::Update, Some(_)) => return Err(already),
            (ResponseAction::FetchReply | ResponseAction::DeleteReply, _) if deferral.deleted => {
                return Err(ResponseError::Deleted);
            }
            (ResponseAction::DeleteReply, None) if is_auto => {
                return Err(ResponseError::NoResponseYet { action });
            }
            (ResponseAction::FetchReply, _) => return Ok(Step::Access(MessageTarget::Original)),
            (ResponseAction::DeleteReply, _) => Step::Access(MessageTarget::Original),
        };
        self.send_started = Some(now);
        self.phase = Phase::Completing(deferral);
        Ok(step)
    }

    /// Records the result of a step.
    pub(super) fn finish(&mut self, now: Instant, action: ResponseAction, step: Step, result: SendResult) {
        if let SendResult::Rejected(JsonErrorCode::UNKNOWN_WEBHOOK | JsonErrorCode::INVALID_WEBHOOK_TOKEN) =
            result
        {
            match self.phase {
                Phase::Responded(_) => self.phase = Phase::Expired(self.timing(now)),
                Phase::Unconfirmed { .. } => self.phase = self.not_arrived(now),
                _ => {}
            }
        }
        let changes_phase = matches!(step, Step::Respond(_) | Step::Complete | Step::Replace { .. });
        if !changes_phase && action != ResponseAction::DeleteReply {
            return;
        }
        match (self.phase, result) {
            (Phase::Responding { source, response }, result) => {
                self.phase = self.after_first_response(now, source, response, result);
            }
            (Phase::Completing(deferral), result) => {
                self.phase = self.after_completing(now, deferral, action, step, result);
            }
            (Phase::Responded(response), SendResult::Done) if action == ResponseAction::DeleteReply => {
                self.phase = Phase::Responded(Response { target: None, ..response });
            }
            _ => {}
        }
    }

    fn after_first_response(
        &self,
        now: Instant,
        source: ResponseSource,
        response: InitialResponse,
        result: SendResult,
    ) -> Phase {
        match result {
            SendResult::Done | SendResult::Sent(_) | SendResult::Deleted => match response {
                InitialResponse::Defer(_) | InitialResponse::DeferUpdate => {
                    let shown = response.visibility();
                    let requested = shown.filter(|_| source == ResponseSource::Handler);
                    let (deleted, unconfirmed) = (false, false);
                    Phase::Deferred(Deferral { source, shown, requested, deleted, unconfirmed })
                }
                InitialResponse::Reply(_) | InitialResponse::Update => {
                    let updatable = response == InitialResponse::Update;
                    let target = Some(MessageTarget::Original);
                    Phase::Responded(Response { source, response, target, updatable })
                }
                InitialResponse::Modal | InitialResponse::Autocomplete => {
                    Phase::Responded(Response { source, response, target: None, updatable: false })
                }
            },
            SendResult::Rejected(JsonErrorCode::UNKNOWN_INTERACTION) => Phase::Expired(self.timing(now)),
            SendResult::Rejected(JsonErrorCode::INTERACTION_ALREADY_ACKNOWLEDGED) => {
                Phase::RespondedElsewhere
            }
            SendResult::Rejected(_) | SendResult::NotSent => Phase::Open,
            SendResult::Unknown => Phase::Unconfirmed { source, response },
        }
    }

    fn after_completing(
        &self,
        now: Instant,
        deferral: Deferral,
        action: ResponseAction,
        step: Step,
        result: SendResult,
    ) -> Phase {
        match result {
            SendResult::Deleted => Phase::Completing(Deferral { deleted: true, ..deferral }),
            SendResult::Done | SendResult::Sent(_) => {
                Phase::Responded(deferral.completed(action, step, result))
            }
            SendResult::Rejected(JsonErrorCode::UNKNOWN_WEBHOOK) if deferral.unconfirmed => {
                self.not_arrived(now)
            }
            SendResult::Rejected(
                JsonErrorCode::UNKNOWN_WEBHOOK
                | JsonErrorCode::UNKNOWN_INTERACTION
                | JsonErrorCode::INVALID_WEBHOOK_TOKEN,
            ) => Phase::Expired(self.timing(now)),
            SendResult::Rejected(JsonErrorCode::UNKNOWN_MESSAGE) => {
                Phase::Deferred(Deferral { deleted: true, ..deferral })
            }
            SendResult::Rejected(_) | SendResult::NotSent | SendResult::Unknown => Phase::Deferred(deferral),
        }
    }

    /// The phase when an unconfirmed response turns out not to have arrived: there may still be time to send it.
    fn not_arrived(&self, now: Instant) -> Phase {
        if self.time_left(now).is_zero() { Phase::Expired(self.timing(now)) } else { Phase::Open }
    }

    fn timing(&self, now: Instant) -> Timing {
        let since = |then: Instant| now.saturating_duration_since(then);
        let is_sending = matches!(self.phase, Phase::Responding { .. } | Phase::Completing(_));
        let send_started = self.send_started.filter(|_| is_sending);
        let handler_started = self.handler_started.unwrap_or_else(|| send_started.unwrap_or(now));
        Timing {
            age: since(self.received),
            age_on_arrival: self.age_on_arrival,
            allowed: if self.was_acknowledged() { TOKEN_LIFETIME } else { FIRST_RESPONSE_LIMIT },
            queued: handler_started.saturating_duration_since(self.received),
            handling: send_started.unwrap_or(now).saturating_duration_since(handler_started),
            sending: send_started.map(since).unwrap_or_default(),
        }
    }

    /// Whether Discord has confirmed a first response.
    fn was_acknowledged(&self) -> bool {
        match self.phase {
            Phase::Open | Phase::Responding { .. } | Phase::Unconfirmed { .. } => false,
            Phase::Deferred(deferral) | Phase::Completing(deferral) => !deferral.unconfirmed,
            Phase::Responded(_) | Phase::Expired(_) | Phase::RespondedElsewhere => true,
        }
    }
}

impl Deferral {
    /// The response that deferred.
    fn initial(&self) -> InitialResponse {
        self.shown.map_or(InitialResponse::DeferUpdate, InitialResponse::Defer)
    }

    /// How to send a message of this visibility. It never completes a loading message of the other visibility.
    fn message_step(&self, visibility: Visibility) -> Step {
        match self.shown {
            Some(shown) if shown == visibility && !self.deleted => Step::Complete,
            shown => Step::Replace { delete_original: shown.is_some() && !self.deleted, visibility },
        }
    }

    fn completed(&self, action: ResponseAction, step: Step, result: SendResult) -> Response {
        let (response, target) = match (step, result) {
            (Step::Replace { visibility, .. }, SendResult::Sent(id)) => {
                (InitialResponse::Reply(visibility), Some(MessageTarget::FollowUp(id)))
            }
            _ if action == ResponseAction::DeleteReply => (self.initial(), None),
            _ => {
                let response = self.shown.map_or(InitialResponse::Update, InitialResponse::Reply);
                (response, Some(MessageTarget::Original))
            }
        };
        Response { source: ResponseSource::Handler, response, target, updatable: self.shown.is_none() }
    }
}

fn start_after_response(sent: Response, action: ResponseAction) -> Result<Step, ResponseError> {
    let Response { source, response, target, updatable } = sent;
    let already = ResponseError::AlreadyResponded { response, source, action };
    match action {
        ResponseAction::Edit | ResponseAction::FetchReply | ResponseAction::DeleteReply => {
            match (target, response) {
                (Some(target), _) => Ok(Step::Access(target)),
                (None, InitialResponse::Modal | InitialResponse::Autocomplete) => Err(already),
                (None, _) => Err(ResponseError::Deleted),
            }
        }
        ResponseAction::FollowUp(visibility) if response != InitialResponse::Autocomplete => {
            Ok(Step::FollowUp(visibility))
        }
        ResponseAction::Update if updatable && response != InitialResponse::Update => {
            Ok(Step::Access(MessageTarget::Original))
        }
        _ => Err(already),
    }
}

fn too_late(timing: Timing) -> ResponseError {
    ResponseError::TooLate(Box::new(TooLate { timing, blocked_by: None }))
}

#[cfg(test)]
mod tests;
