#![allow(clippy::unwrap_used)]

mod late;

use std::time::{Duration, Instant};

use super::{MessageTarget, ResponseState, SendResult, Step};
use crate::error_code::JsonErrorCode;
use crate::id::MessageId;
use crate::interaction::action::{
    InitialResponse, InteractionKind as Kind, ResponseAction as Action, ResponseSource, Visibility,
};
use crate::interaction::error::ResponseError;

use Visibility::{Ephemeral, Public};

const SENT: MessageId = MessageId::new(9);

const ACTIONS: [Action; 13] = [
    Action::Reply(Public),
    Action::Reply(Ephemeral),
    Action::Defer(Public),
    Action::Defer(Ephemeral),
    Action::DeferUpdate,
    Action::Update,
    Action::Modal,
    Action::Autocomplete,
    Action::Edit,
    Action::FollowUp(Public),
    Action::FollowUp(Ephemeral),
    Action::FetchReply,
    Action::DeleteReply,
];

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// An interaction that was received at `start`.
struct Scenario {
    start: Instant,
    state: ResponseState,
}

impl Scenario {
    fn new(kind: Kind) -> Scenario {
        let start = Instant::now();
        Scenario { start, state: ResponseState::new(kind, start) }
    }

    fn start_at(&mut self, at: Duration, action: Action) -> Result<Step, ResponseError> {
        self.state.start(self.start + at, action)
    }

    fn start(&mut self, action: Action) -> Result<Step, ResponseError> {
        self.start_at(ms(100), action)
    }

    fn finish_at(&mut self, at: Duration, action: Action, step: Step, result: SendResult) {
        self.state.finish(self.start + at, action, step, result);
    }

    /// The step for an action, without a change of the state.
    fn step(&self, action: Action) -> Result<Step, ResponseError> {
        self.state.clone().start(self.start + ms(2500), action)
    }

    fn error(&self, action: Action) -> ResponseError {
        self.step(action).unwrap_err()
    }

    /// Performs an action successfully.
    fn after(mut self, action: Action) -> Scenario {
        let step = self.start(action).unwrap();
        let result = match step {
            Step::Replace { .. } | Step::FollowUp(_) => SendResult::Sent(SENT),
            _ => SendResult::Done,
        };
        self.finish_at(ms(200), action, step, result);
        self
    }

    /// Defers automatically, with this result.
    fn after_auto_defer(mut self, visibility: Visibility, result: SendResult) -> Scenario {
        let initial = self.auto_defer(visibility).unwrap();
        self.finish_at(ms(2100), Action::Defer(visibility), Step::Respond(initial), result);
        self
    }

    fn auto_defer(&mut self, visibility: Visibility) -> Option<InitialResponse> {
        self.state.start_auto_defer(self.start + ms(2000), visibility)
    }
}

/// Checks the step of each action. Those that are not listed must give an error that `is_expected` accepts.
fn check(scenario: &Scenario, steps: &[(Action, Step)], is_expected: impl Fn(&ResponseError) -> bool) {
    for action in ACTIONS {
        let result = scenario.step(action);
        match steps.iter().find(|(listed, _)| *listed == action) {
            Some((_, step)) => assert_eq!(result, Ok(*step), "{action:?}"),
            None => {
                let error = result.unwrap_err();
                if scenario.state.kind.accepts(action) {
                    assert!(is_expected(&error), "{action:?} gives {error:?}");
                } else {
                    assert_eq!(error, ResponseError::WrongKind { kind: scenario.state.kind, action });
                }
            }
        }
    }
}

fn is_already_responded(error: &ResponseError) -> bool {
    matches!(error, ResponseError::AlreadyResponded { .. })
}

/// Already responded to with this response, or deferred so that no modal is possible.
fn is_already(response: InitialResponse) -> impl Fn(&ResponseError) -> bool {
    move |error| match error {
        ResponseError::AlreadyResponded { response: sent, .. } => *sent == response,
        ResponseError::ModalAfterDefer { .. } => true,
        _ => false,
    }
}

/// The steps once there is a message of the response.
fn access_and_follow_ups(target: MessageTarget) -> Vec<(Action, Step)> {
    let mut steps = follow_ups();
    steps.extend(
        [Action::Edit, Action::FetchReply, Action::DeleteReply].map(|action| (action, Step::Access(target))),
    );
    steps
}

fn follow_ups() -> Vec<(Action, Step)> {
    [Public, Ephemeral].map(|visibility| (Action::FollowUp(visibility), Step::FollowUp(visibility))).into()
}

#[test]
fn each_kind_accepts_its_own_first_responses() {
    for (kind, further) in [
        (Kind::Command, vec![Action::Modal]),
        (Kind::Component, vec![Action::Modal, Action::Update, Action::DeferUpdate]),
        (Kind::Modal { from_message: true }, vec![Action::Update, Action::DeferUpdate]),
        (Kind::Modal { from_message: false }, vec![]),
    ] {
        let steps: Vec<_> = [
            Action::Reply(Public),
            Action::Reply(Ephemeral),
            Action::Defer(Public),
            Action::Defer(Ephemeral),
        ]
        .into_iter()
        .chain(further)
        .map(|action| (action, Step::Respond(action.initial().unwrap())))
        .collect();
        let is_expected = |error: &ResponseError| matches!(error, ResponseError::NoResponseYet { .. });
        check(&Scenario::new(kind), &steps, is_expected);
    }
    let steps = [(Action::Autocomplete, Step::Respond(InitialResponse::Autocomplete))];
    check(&Scenario::new(Kind::Autocomplete), &steps, |_| false);
}

#[test]
fn while_a_response_is_being_sent_all_other_actions_wait_and_nothing_is_deferred() {
    let mut it = Scenario::new(Kind::Component);
    it.start(Action::Reply(Public)).unwrap();
    let wait: Vec<_> = ACTIONS
        .into_iter()
        .filter(|action| *action != Action::Autocomplete)
        .map(|action| (action, Step::Wait))
        .collect();
    check(&it, &wait, |_| false);
    assert_eq!(it.auto_defer(Public), None);

    let mut it = Scenario::new(Kind::Component);
    assert_eq!(it.auto_defer(Public), Some(InitialResponse::DeferUpdate));
    check(&it, &wait, |_| false);

    let mut it = Scenario::new(Kind::Component).after(Action::Defer(Public));
    it.start(Action::Reply(Public)).unwrap();
    check(&it, &wait, |_| false);
}

#[test]
fn a_reply_can_be_edited_and_followed_up_and_a_second_one_is_an_error() {
    for visibility in [Public, Ephemeral] {
        let it = Scenario::new(Kind::Command).after(Action::Reply(visibility));
        assert!(!it.state.is_user_waiting());
        assert_eq!(it.state.clone().start_auto_defer(it.start + ms(2000), Public), None);
        let steps = access_and_follow_ups(MessageTarget::Original);
        check(&it, &steps, is_already_responded);
        // The same after a deferral, whatever deferred.
        for deferred in [
            Scenario::new(Kind::Command).after(Action::Defer(visibility)),
            Scenario::new(Kind::Command).after_auto_defer(visibility, SendResult::Done),
        ] {
            check(&deferred.after(Action::Reply(visibility)), &steps, is_already_responded);
        }
    }
    let it = Scenario::new(Kind::Command).after(Action::Reply(Ephemeral));
    assert_eq!(
        it.error(Action::Reply(Public)).to_string(),
        "the interaction was already replied to with an ephemeral message, so reply is not possible: use edit to \
         change the response, or follow_up to send another message"
    );
}

#[test]
fn a_message_completes_a_deferral_of_the_same_visibility_and_replaces_one_of_the_other() {
    for (shown, other) in [(Public, Ephemeral), (Ephemeral, Public)] {
        let replace = Step::Replace { delete_original: true, visibility: other };
        let access = Step::Access(MessageTarget::Original);
        let mut steps = vec![
            (Action::Reply(shown), Step::Complete),
            (Action::FollowUp(shown), Step::Complete),
            (Action::Edit, Step::Complete),
            (Action::Reply(other), replace),
            (Action::FollowUp(other), replace),
            (Action::FetchReply, access),
            (Action::DeleteReply, access),
        ];
        let it = Scenario::new(Kind::Command).after(Action::Defer(shown));
        assert!(it.state.is_user_waiting());
        check(&it, &steps, is_already(InitialResponse::Defer(shown)));
        // After auto-defer the handler may still defer.
        steps.extend([Public, Ephemeral].map(|visibility| (Action::Defer(visibility), Step::AlreadyDone)));
        let it = Scenario::new(Kind::Command).after_auto_defer(shown, SendResult::Done);
        assert!(it.state.is_user_waiting());
        check(&it, &steps, |error| {
            *error == ResponseError::ModalAfterDefer { source: ResponseSource::AutoDefer }
        });
    }
}

#[test]
fn an_ephemeral_deferral_stays_ephemeral_after_a_public_auto_defer() {
    let it = Scenario::new(Kind::Command)
        .after_auto_defer(Public, SendResult::Done)
        .after(Action::Defer(Ephemeral));
    let replace = Step::Replace { delete_original: true, visibility: Ephemeral };
    assert_eq!(it.step(Action::Edit), Ok(replace));
    assert_eq!(it.step(Action::Reply(Ephemeral)), Ok(replace));
    // Then the message that was sent is the response.
    let it = it.after(Action::Edit);
    let steps = access_and_follow_ups(MessageTarget::FollowUp(SENT));
    check(&it, &steps, is_already(InitialResponse::Reply(Ephemeral)));
}

#[test]
fn a_component_deferred_without_a_message_can_be_updated_and_replied_to() {
    let send = |visibility| Step::Replace { delete_original: false, visibility };
    let mut steps = follow_ups();
    steps.extend([
        (Action::Reply(Public), send(Public)),
        (Action::Reply(Ephemeral), send(Ephemeral)),
        (Action::Update, Step::Complete),
        (Action::Edit, Step::Complete),
        (Action::FetchReply, Step::Access(MessageTarget::Original)),
    ]);
    let mut by_handler = steps.clone();
    by_handler.push((Action::DeleteReply, Step::Access(MessageTarget::Original)));
    let it = Scenario::new(Kind::Component).after(Action::DeferUpdate);
    assert!(!it.state.is_user_waiting(), "an invisible response is a response");
    check(&it, &by_handler, is_already(InitialResponse::DeferUpdate));

    let mut by_auto_defer = steps;
    by_auto_defer.extend(
        [Action::Defer(Public), Action::Defer(Ephemeral), Action::DeferUpdate]
            .map(|action| (action, Step::AlreadyDone)),
    );
    let it = Scenario::new(Kind::Component).after_auto_defer(Public, SendResult::Done);
    assert!(it.state.is_user_waiting());
    check(&it, &by_auto_defer, |error| match error {
        ResponseError::NoResponseYet { action } => *action == Action::DeleteReply,
        ResponseError::ModalAfterDefer { source } => *source == ResponseSource::AutoDefer,
        _ => false,
    });

    // The component's own message can still be updated after a reply.
    let it = it.after(Action::Reply(Public));
    let mut steps = access_and_follow_ups(MessageTarget::FollowUp(SENT));
    steps.push((Action::Update, Step::Access(MessageTarget::Original)));
    check(&it, &steps, is_already_responded);
    // And after a follow-up.
    let it = Scenario::new(Kind::Component).after(Action::DeferUpdate).after(Action::FollowUp(Public));
    assert_eq!(it.step(Action::Update), Ok(Step::Complete));
}

#[test]
fn an_update_a_modal_and_choices_are_final_first_responses() {
    let it = Scenario::new(Kind::Component).after(Action::Update);
    let steps = access_and_follow_ups(MessageTarget::Original);
    check(&it, &steps, is_already(InitialResponse::Update));
    let it = Scenario::new(Kind::Command).after(Action::Modal);
    check(&it, &follow_ups(), is_already(InitialResponse::Modal));
    let it = Scenario::new(Kind::Autocomplete).after_auto_defer(Public, SendResult::Done);
    assert_eq!(
        it.error(Action::Autocomplete),
        ResponseError::AlreadyResponded {
            response: InitialResponse::Autocomplete,
            source: ResponseSource::AutoDefer,
            action: Action::Autocomplete,
        }
    );
}

#[test]
fn a_deleted_response_can_be_followed_up_but_not_edited() {
    for it in [
        Scenario::new(Kind::Command).after(Action::Reply(Public)).after(Action::DeleteReply),
        Scenario::new(Kind::Command).after(Action::Defer(Public)).after(Action::DeleteReply),
    ] {
        assert!(!it.state.is_user_waiting());
        for action in [Action::Edit, Action::FetchReply, Action::DeleteReply] {
            assert_eq!(it.error(action), ResponseError::Deleted);
        }
        assert_eq!(it.step(Action::FollowUp(Ephemeral)), Ok(Step::FollowUp(Ephemeral)));
    }
}

#[test]
fn a_rejected_request_can_be_tried_again() {
    // Discord rejects the body, or nothing was sent.
    for result in [SendResult::Rejected(JsonErrorCode::INVALID_FORM_BODY), SendResult::NotSent] {
        let reply = Action::Reply(Public);
        let mut it = Scenario::new(Kind::Command);
        let step = it.start(reply).unwrap();
        it.finish_at(ms(200), reply, step, result);
        assert!(it.state.is_open());

        let mut it = Scenario::new(Kind::Command).after(Action::Defer(Public));
        let step = it.start(reply).unwrap();
        it.finish_at(ms(200), reply, step, result);
        assert_eq!(it.step(reply), Ok(Step::Complete));
    }
    // The loading message is deleted, and then the message does not arrive.
    let mut it = Scenario::new(Kind::Command).after_auto_defer(Public, SendResult::Done);
    let reply = Action::Reply(Ephemeral);
    let step = it.start(reply).unwrap();
    it.finish_at(ms(200), reply, step, SendResult::Deleted);
    it.finish_at(ms(300), reply, step, SendResult::Unknown);
    for visibility in [Public, Ephemeral] {
        let again = Step::Replace { delete_original: false, visibility };
        assert_eq!(it.step(Action::Reply(visibility)), Ok(again));
    }
}

#[test]
fn after_a_network_failure_the_response_is_treated_as_if_it_had_arrived() {
    let after_failure = |action| {
        let mut it = Scenario::new(Kind::Component);
        let step = it.start(action).unwrap();
        it.finish_at(ms(200), action, step, SendResult::Unknown);
        assert!(it.state.is_user_waiting() && !it.state.is_open());
        assert_eq!(it.auto_defer(Public), None);
        it
    };
    for action in [Action::Reply(Public), Action::Defer(Public)] {
        let it = after_failure(action);
        assert_eq!(it.step(Action::Edit), Ok(Step::Complete));
        assert_eq!(it.step(Action::Reply(Public)), Ok(Step::Complete));
        let replace = Step::Replace { delete_original: true, visibility: Ephemeral };
        assert_eq!(it.step(Action::Reply(Ephemeral)), Ok(replace));
    }
    assert_eq!(after_failure(Action::Update).step(Action::Update), Ok(Step::Complete));
    assert_eq!(after_failure(Action::Modal).error(Action::Reply(Public)), ResponseError::Unconfirmed);
    // A follow-up does not replace a reply that may have arrived.
    for action in [Action::Reply(Public), Action::Reply(Ephemeral), Action::Update] {
        let it = after_failure(action);
        assert!(it.state.may_have_replied());
        assert_eq!(it.step(Action::FollowUp(Ephemeral)), Ok(Step::FollowUp(Ephemeral)));
    }
}

#[test]
fn a_response_that_did_not_arrive_can_be_sent_again_while_there_is_time() {
    for (action, at, in_time) in [
        (Action::Reply(Public), 900, true),
        (Action::Edit, 900, true),
        (Action::FollowUp(Ephemeral), 900, true),
        (Action::Reply(Public), 3100, false),
        (Action::FollowUp(Ephemeral), 3100, false),
    ] {
        let mut it = Scenario::new(Kind::Command);
        let step = it.start(Action::Reply(Public)).unwrap();
        it.finish_at(ms(200), Action::Reply(Public), step, SendResult::Unknown);
        assert!(it.state.is_unconfirmed());
        let step = it.start_at(ms(300), action).unwrap();
        it.finish_at(ms(at), action, step, SendResult::Rejected(JsonErrorCode::UNKNOWN_WEBHOOK));
        assert_eq!(it.state.is_open(), in_time, "{action:?} {at}");
        if !in_time {
            let ResponseError::TooLate(late) = it.state.end().unwrap() else { panic!("{action:?}") };
            assert_eq!((late.timing.allowed, late.timing.late_by()), (ms(3000), ms(100)), "{action:?}");
        }
    }
}

#[test]
fn some_error_codes_end_the_interaction() {
    for code in [JsonErrorCode::UNKNOWN_INTERACTION, JsonErrorCode::INTERACTION_ALREADY_ACKNOWLEDGED] {
        let is_expected = |error: &ResponseError| match error {
            ResponseError::TooLate(_) => code == JsonErrorCode::UNKNOWN_INTERACTION,
            ResponseError::RespondedElsewhere => code == JsonErrorCode::INTERACTION_ALREADY_ACKNOWLEDGED,
            _ => false,
        };
        let it = Scenario::new(Kind::Command).after_auto_defer(Public, SendResult::Rejected(code));
        assert!(!it.state.is_user_waiting() && !it.state.is_alive(it.start));
        check(&it, &[], is_expected);
        assert!(is_expected(&it.state.end().unwrap()));
    }
}

#[test]
fn auto_defer_sends_what_fits_the_kind() {
    for (kind, visibility, initial) in [
        (Kind::Command, Public, InitialResponse::Defer(Public)),
        (Kind::Command, Ephemeral, InitialResponse::Defer(Ephemeral)),
        (Kind::Component, Ephemeral, InitialResponse::DeferUpdate),
        (Kind::Modal { from_message: true }, Public, InitialResponse::DeferUpdate),
        (Kind::Modal { from_message: false }, Ephemeral, InitialResponse::Defer(Ephemeral)),
        (Kind::Autocomplete, Public, InitialResponse::Autocomplete),
    ] {
        let mut it = Scenario::new(kind);
        assert_eq!(it.auto_defer(visibility), Some(initial), "{kind:?}");
        assert_eq!(it.auto_defer(visibility), None);
    }
}

#[test]
fn an_error_says_what_responded_first() {
    let it = Scenario::new(Kind::Command).after(Action::Defer(Public));
    assert_eq!(
        it.error(Action::Defer(Public)).to_string(),
        "the interaction was already deferred, so defer is not possible: use reply"
    );
    assert!(it.error(Action::Modal).to_string().ends_with(": open the modal without deferring first"));
    let it = Scenario::new(Kind::Command).after(Action::Reply(Public));
    assert_eq!(
        it.error(Action::Modal).to_string(),
        "the interaction was already replied to, so modal is not possible: a modal must be the first response, or open when a \
         button of the reply is clicked"
    );
    let error = ResponseError::AlreadyResponded {
        response: InitialResponse::Defer(Public),
        source: ResponseSource::AutoDefer,
        action: Action::Update,
    };
    assert!(error.to_string().contains("already deferred by auto-defer"));
}
