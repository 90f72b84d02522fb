//! The program stops the shard.

use super::scenario::Scenario;
use crate::gateway::session::{Backpressure, Input, State, Stop};

#[test]
fn ending_the_session_closes_with_1000_and_keeping_it_with_4000() {
    for (stop, close) in [(Stop::EndSession, "close 1000"), (Stop::KeepSession, "close 4000")] {
        let states =
            [Scenario::ready(), Scenario::resuming(), Scenario::identifying(), Scenario::new().connected()];
        for mut it in states {
            assert_eq!(it.input(Input::Stop(stop)), [close, "stop: Requested"]);
            assert_eq!((it.session.state(), it.session.deadline()), (State::Stopped, None));
        }
    }
}

#[test]
fn without_a_connection_there_is_nothing_to_close() {
    let mut it = Scenario::ready();
    it.lose();
    it.input(Input::OpenFailed("refused".into()));
    it.wake();
    it.input(Input::OpenFailed("refused".into()));
    assert_eq!(it.session.state(), State::Disconnected);
    assert_eq!(it.input(Input::Stop(Stop::EndSession)), ["stop: Requested"]);
    let mut it = Scenario::new();
    assert_eq!(it.input(Input::Stop(Stop::KeepSession)), ["stop: Requested"]);
}

#[test]
fn inputs_after_a_stop_are_ignored() {
    let mut it = Scenario::ready();
    it.input(Input::Stop(Stop::EndSession));
    assert_eq!(it.input(Input::Stop(Stop::KeepSession)), [""; 0]);
    assert_eq!(it.event(2), [""; 0]);
    assert_eq!(it.close(4000), [""; 0]);
    assert_eq!(it.input(Input::Backpressure(Backpressure::On)), [""; 0]);
    assert_eq!(it.input(Input::Opened), [""; 0]);
    assert_eq!(it.input(Input::OpenFailed("late".into())), [""; 0]);
    assert_eq!(it.input(Input::Postponed(it.now.mono)), [""; 0]);
    assert_eq!(it.session.state(), State::Stopped);
}
