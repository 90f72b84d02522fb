//! A session that an earlier process left.

use serde_json::json;

use super::scenario::{RESUME_URL, Scenario, TOKEN, s};
use crate::gateway::session::{Input, KeptSession, LostSession, Now, PreviousSession};

/// The session `first`, which was handled up to the event 3.
fn kept(now: Now) -> KeptSession {
    let mut kept = KeptSession::new("first", 3, now.wall - s(60.0));
    kept.resume_url = Some(RESUME_URL.to_owned());
    kept
}

fn restarted() -> Scenario {
    let kept = kept(Scenario::new().now);
    let mut it = Scenario::after(PreviousSession::Kept(kept));
    assert_eq!(it.input(Input::Timeout), ["open wss://resume.example, to resume"]);
    it.input(Input::Opened);
    assert_eq!(it.hello(), ["resume first 3"]);
    it
}

#[test]
fn a_kept_session_is_resumed_by_the_next_process_and_goes_on_where_it_was() {
    let mut it = restarted();
    assert_eq!(
        it.sent.last().unwrap(),
        &json!({"op": 6, "d": {"token": TOKEN, "session_id": "first", "seq": 3}})
    );
    assert_eq!(it.event(3), [""; 0], "it was handled before");
    assert_eq!(it.event(4), ["event EVENT 4"]);
    assert_eq!(it.resumed(5), ["resumed", "event RESUMED 5"]);
    assert_eq!(it.gaps, []);
    let kept = it.session.kept().unwrap();
    assert_eq!((kept.id.as_str(), kept.sequence), ("first", 5));
    assert_eq!(kept.resume_url.as_deref(), Some(RESUME_URL));
}

#[test]
fn a_session_is_known_to_be_complete_only_once_it_is_ready() {
    let mut it = restarted();
    assert_eq!(it.session.caught_up_at(), None);
    it.resumed(4);
    assert_eq!(it.session.caught_up_at(), Some(it.now.wall));
}

#[test]
fn a_kept_session_that_discord_does_not_have_is_a_gap_from_what_was_handled_last() {
    let mut it = restarted();
    it.text(r#"{"op":9,"d":false}"#);
    it.reach_hello();
    assert_eq!(it.hello(), ["identify"]);
    it.ready_comes("second", 1);
    let [gap] = &it.gaps[..] else { panic!("{:?}", it.gaps) };
    assert_eq!((gap.last_seq, gap.since), (Some(3), kept(Scenario::new().now).caught_up_at));
    assert!(gap.why.contains("op 9"), "{gap:?}");
}

#[test]
fn a_lost_session_is_a_gap_before_the_first_ready() {
    let now = Scenario::new().now;
    let lost = LostSession::new(Some(7), now.wall - s(5000.0), "the bot was off");
    let mut it = Scenario::after(PreviousSession::Lost(lost.clone())).connected();
    assert_eq!(it.hello(), ["identify"]);
    it.ready_comes("second", 1);
    let [gap] = &it.gaps[..] else { panic!("{:?}", it.gaps) };
    assert_eq!((gap.last_seq, gap.since, &gap.why), (lost.last_seq, lost.since, &lost.why));
}

#[test]
fn an_event_says_where_a_resume_after_it_continues() {
    let mut it = Scenario::ready();
    let frame = |seq: u64| format!(r#"{{"t":"EVENT","s":{seq},"op":0,"d":{{}}}}"#);
    let last_seq = |it: &mut Scenario, seq| {
        let text = frame(seq);
        let step = it.session.handle(it.now, Input::Text(&text));
        step.dispatch.and_then(|event| event.last_seq)
    };
    assert_eq!(last_seq(&mut it, 2), Some(2));
    assert_eq!(last_seq(&mut it, 1 << 40), Some(2), "a number that cannot follow is not believed");
    assert_eq!(last_seq(&mut it, 3), Some(3));
}
