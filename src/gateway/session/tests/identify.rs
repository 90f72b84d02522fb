//! <https://docs.discord.com/developers/events/gateway-events#identify>

use serde_json::json;

use super::scenario::{Scenario, TOKEN, s};
use crate::gateway::send_event::{SendEvent, UpdatePresence};
use crate::gateway::session::{Action, Input, Session, SessionConfig, State};
use crate::gateway::shard_id::ShardId;
use crate::{Intents, Token};

#[test]
fn nothing_is_sent_before_hello_and_then_the_identify() {
    let mut it = Scenario::new();
    assert_eq!(it.input(Input::Timeout), ["open main, to identify"]);
    assert_eq!(it.input(Input::Opened), [""; 0]);
    assert_eq!(it.sent, [json!(null); 0]);
    assert_eq!(it.hello(), ["identify"]);
}

#[test]
fn an_identify_has_token_intents_shard_and_properties() {
    let it = Scenario::identifying();
    assert_eq!(
        it.sent,
        [json!({"op": 2, "d": {
            "token": TOKEN,
            "intents": Intents::GUILD_MESSAGES.bits(),
            "shard": [0, 1],
            "properties": {"os": std::env::consts::OS, "browser": "syncord", "device": "syncord"},
        }})]
    );
}

#[test]
fn an_identify_contains_the_shard_of_several() {
    let now = Scenario::new().now;
    let mut config = SessionConfig::new(Token::new(TOKEN).unwrap(), Intents::empty());
    config.shard = ShardId { index: 3, total: 16 };
    let mut session = Session::new(config, now, 1);
    session.handle(now, Input::Timeout);
    session.handle(now, Input::Opened);
    let step = session.handle(now, Input::Text(r#"{"op":10,"d":{"heartbeat_interval":40000}}"#));
    let [Action::Identify(text)] = &step.actions[..] else { panic!("{step:?}") };
    let frame: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(frame["d"]["shard"], json!([3, 16]));
}

#[test]
fn an_identify_contains_the_latest_presence() {
    let mut it = Scenario::configured(7, Some(UpdatePresence::playing("chess"))).connected();
    it.hello();
    assert_eq!(it.sent[0]["d"]["presence"], json!(UpdatePresence::playing("chess")));
    it.lose();
    it.send(&SendEvent::update_presence(&UpdatePresence::playing("go")).unwrap());
    it.reach_hello();
    it.hello();
    assert_eq!(it.sent[1]["d"]["presence"], json!(UpdatePresence::playing("go")));
    // So it is not sent again.
    assert_eq!(it.ready_comes("first", 1), ["connected", "event READY 1"]);
}

#[test]
fn ready_sets_the_session_and_its_resume_address() {
    let mut it = Scenario::identifying();
    assert_eq!(it.session.state(), State::Connecting);
    it.ready_comes("abc", 5);
    assert_eq!((it.session.state(), it.session.position()), (State::Ready, Some(("abc", 5))));

    let mut it = Scenario::identifying();
    it.frame(&json!({"t": "READY", "s": 1, "op": 0, "d": {"session_id": "x"}}));
    // A session without a resume address is resumed at the main address.
    assert_eq!(it.lose(), ["disconnected, resume", "open main, to resume"]);
}

#[test]
fn a_second_identify_reports_that_the_shard_was_ready_before() {
    let mut it = Scenario::new();
    assert_eq!(it.input(Input::Timeout), ["open main, to identify"]);
    let mut it = Scenario::ready();
    assert_eq!(it.close(4009).last().unwrap(), "open main, to identify again");
}

#[test]
fn a_postponed_socket_is_requested_again_and_does_not_count_as_an_attempt() {
    let mut it = Scenario::new();
    it.input(Input::Timeout);
    for _ in 0..20 {
        assert_eq!(it.input(Input::Postponed(it.now.mono + s(5.0))), [""; 0]);
        assert_eq!(it.session.state(), State::Disconnected);
        assert_eq!(it.run(s(9.0)), [(5_000, "open main, to identify".to_owned())]);
    }
    assert_eq!(
        it.input(Input::OpenFailed("refused".into())),
        ["open main, to identify"],
        "at once, like the first attempt"
    );
}
