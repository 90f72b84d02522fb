//! <https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>

use super::scenario::Scenario;
use crate::gateway::close_code::After;
use crate::gateway::session::{Action, Ended, Input, Notice, State};

const RESUMED: [u16; 16] =
    [4000, 4001, 4002, 4003, 4005, 4006, 4008, 4015, 4900, 1000, 1001, 1006, 1011, 1012, 3000, 0];
const IDENTIFIED: [u16; 2] = [4007, 4009];
const STOPPED: [u16; 6] = [4004, 4010, 4011, 4012, 4013, 4014];

#[test]
fn these_codes_keep_the_session() {
    for code in RESUMED {
        let mut it = Scenario::ready();
        let after = format!("disconnected {code}, resume");
        assert_eq!(it.close(code), [after.as_str(), "open wss://resume.example, to resume"]);
    }
}

#[test]
fn these_codes_end_the_session_but_not_the_shard() {
    for code in IDENTIFIED {
        let mut it = Scenario::ready();
        let after = format!("disconnected {code}, identify");
        assert_eq!(it.close(code), [after.as_str(), "open main, to identify again"]);
    }
}

#[test]
fn these_codes_stop_the_shard_in_every_state() {
    for code in STOPPED {
        let states =
            [Scenario::ready(), Scenario::resuming(), Scenario::identifying(), Scenario::new().connected()];
        for mut it in states {
            let stop = format!("stop: Refused {{ code: {code}, reason: \"so\" }}");
            assert_eq!(it.close(code), [format!("disconnected {code}, stop"), stop]);
            assert_eq!((it.session.state(), it.session.deadline()), (State::Stopped, None));
            assert_eq!(it.input(Input::Timeout), [""; 0], "and never starts again");
            assert_eq!(it.input(Input::Opened), [""; 0]);
        }
    }
}

#[test]
fn a_connection_that_ends_without_a_code_keeps_the_session() {
    assert_eq!(Scenario::ready().lose(), ["disconnected, resume", "open wss://resume.example, to resume"]);
}

#[test]
fn without_a_session_there_is_nothing_to_resume() {
    for mut it in [Scenario::identifying(), Scenario::new().connected()] {
        assert_eq!(it.close(4000), ["disconnected 4000, identify", "open main, to identify"]);
    }
}

#[test]
fn code_and_reason_are_reported() {
    let it = Scenario::ready();
    let mut session = it.session;
    let step =
        session.handle(it.now, Input::Closed { code: Some(4004), reason: "Authentication failed.".into() });
    let [Action::Notice(Notice::Disconnected(end)), Action::Stop(ended)] = &step.actions[..] else {
        panic!("{step:?}")
    };
    assert_eq!(
        (end.code, end.reason.as_str(), end.after),
        (Some(4004), "Authentication failed.", After::Stop)
    );
    assert_eq!(end.why, "Discord closed the connection (4004 AUTHENTICATION_FAILED: the token is wrong)");
    assert_eq!(*ended, Ended::Refused { code: 4004, reason: "Authentication failed.".into() });
}
