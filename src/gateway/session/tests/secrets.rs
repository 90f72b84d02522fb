//! The token appears only in the payloads that are sent.

use super::scenario::{Scenario, TOKEN};
use crate::gateway::session::Input;

#[test]
fn neither_an_identify_nor_a_resume_shows_its_payload() {
    let hello = r#"{"op":10,"d":{"heartbeat_interval":40000}}"#;
    let mut it = Scenario::new().connected();
    let step = it.session.handle(it.now, Input::Text(hello));
    let shown = format!("{step:?} {:#?}", step.actions);
    assert!(shown.contains("Identify(") && !shown.contains(TOKEN), "{shown}");

    let mut it = Scenario::ready();
    it.lose();
    it.input(Input::Opened);
    let step = it.session.handle(it.now, Input::Text(hello));
    let shown = format!("{step:?} {:#?}", step.actions);
    assert!(shown.contains("Send(") && !shown.contains(TOKEN), "{shown}");
}

#[test]
fn the_debug_output_of_a_session_does_not_show_its_token() {
    let shown = format!("{:#?}", Scenario::resuming().session);
    assert!(shown.contains("ExpectResumed") && !shown.contains(TOKEN), "{shown}");
}
