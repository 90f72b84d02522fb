use std::time::Duration;

use super::{Action, Kind, Public, ResponseError, Scenario, SendResult, ms};
use crate::error_code::JsonErrorCode;
use crate::interaction::state::{FIRST_RESPONSE_LIMIT, TOKEN_LIFETIME};

#[test]
fn after_a_response_the_limit_is_that_of_the_token() {
    for (action, code) in [
        (Action::Edit, JsonErrorCode::INVALID_WEBHOOK_TOKEN),
        (Action::FollowUp(Public), JsonErrorCode::UNKNOWN_WEBHOOK),
    ] {
        let mut it = Scenario::new(Kind::Command).after(Action::Reply(Public));
        let step = it.start(action).unwrap();
        it.finish_at(ms(300), action, step, SendResult::Rejected(code));
        let ResponseError::TooLate(late) = it.state.end().unwrap() else { panic!("{action:?}") };
        assert_eq!(
            (late.timing.allowed, late.timing.late_by()),
            (TOKEN_LIFETIME, Duration::ZERO),
            "{action:?}"
        );
    }
}

#[test]
fn the_age_on_arrival_is_reported_and_decides_nothing() {
    let reply = Action::Reply(Public);
    let mut it = Scenario::new(Kind::Command);
    it.state.set_age_on_arrival(ms(3600));
    assert!(it.step(reply).is_ok());
    let step = it.start(reply).unwrap();
    it.finish_at(ms(200), reply, step, SendResult::Rejected(JsonErrorCode::UNKNOWN_INTERACTION));
    let late = it.state.end().unwrap().to_string();
    assert!(
        late.ends_with("; by its ID and this machine's clock it was already 3.6s old when it was received)"),
        "{late}"
    );
}

#[test]
fn a_late_response_says_how_late_it_is_and_where_the_time_went() {
    let reply = Action::Reply(Public);
    let mut it = Scenario::new(Kind::Command);
    it.state.handler_started(it.start + ms(4100));
    it.state.handler_started(it.start + ms(9000));
    let late = it.start_at(ms(4300), reply).unwrap_err();
    assert_eq!(
        late.to_string(),
        "Discord accepts no response to the interaction any more: it was received 4.3s ago, and Discord waits 3s, so \
         this is 1.3s late (4.1s behind other handlers, 200.0ms in its own handler)"
    );
    assert_eq!(it.state.start_auto_defer(it.start + ms(4400), Public), None);
    assert_eq!(it.start_at(ms(9000), Action::Edit).unwrap_err(), late, "the first timing stays");

    let mut it = Scenario::new(Kind::Command);
    it.state.handler_started(it.start + ms(1000));
    let step = it.start_at(ms(1500), reply).unwrap();
    it.finish_at(ms(3500), reply, step, SendResult::Rejected(JsonErrorCode::UNKNOWN_INTERACTION));
    let late = it.state.end().unwrap().to_string();
    assert!(
        late.ends_with(
            "500.0ms late (1.0s behind other handlers, 500.0ms in its own handler, 2.0s for the request)"
        ),
        "{late}"
    );
}

#[test]
fn the_first_response_has_three_seconds_and_the_others_fifteen_minutes() {
    let reply = Action::Reply(Public);
    let mut it = Scenario::new(Kind::Command);
    assert!(it.state.clone().start(it.start + FIRST_RESPONSE_LIMIT, reply).is_err());
    assert!(it.start_at(FIRST_RESPONSE_LIMIT - ms(1), reply).is_ok());

    let mut it = Scenario::new(Kind::Command).after(reply);
    assert!(it.start_at(TOKEN_LIFETIME - ms(1), Action::Edit).is_ok());
    let late = it.start_at(TOKEN_LIFETIME + ms(2000), Action::Edit).unwrap_err();
    let ResponseError::TooLate(late) = late else { panic!("{late:?}") };
    assert_eq!((late.timing.allowed, late.timing.late_by()), (TOKEN_LIFETIME, ms(2000)));
}
