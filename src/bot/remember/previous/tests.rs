#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use super::{Expected, MAX_AGE, Previous};
use crate::gateway::intents::Intents;
use crate::gateway::session::PreviousSession;
use crate::id::ApplicationId;
use crate::store::SessionRecord;

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000)
}

fn expected() -> Expected {
    Expected { application_id: ApplicationId::new(1), shards: 2..5, total: 8, intents: Intents::GUILDS }
}

/// The record of a shard, saved a minute ago.
fn record(shard: u32) -> SessionRecord {
    let mut record = SessionRecord::new(ApplicationId::new(1), shard, 8, format!("session {shard}"), 7);
    record.intents = Intents::GUILDS;
    (record.caught_up_at, record.saved_at) =
        (now() - Duration::from_secs(90), now() - Duration::from_secs(60));
    record
}

fn judge(records: Vec<SessionRecord>) -> Previous {
    Previous::new(&expected(), records, now())
}

/// Judges one record of shard 3, after this change.
fn changed(change: impl FnOnce(&mut SessionRecord)) -> Previous {
    let mut record = record(3);
    change(&mut record);
    judge(vec![record])
}

#[test]
fn records_of_the_own_shards_are_resumed() {
    let previous = judge(vec![record(1), record(2), record(4), record(7)]);
    let ids = previous.sessions.iter().map(|session| match session {
        Some(PreviousSession::Kept(kept)) => Some((kept.id.clone(), kept.sequence)),
        _ => None,
    });
    let expected = [Some(("session 2".to_owned(), 7)), None, Some(("session 4".to_owned(), 7))];
    assert_eq!(ids.collect::<Vec<_>>(), expected);
    assert_eq!((previous.foreign, previous.problems), (vec![], Vec::<String>::new()));
}

#[test]
fn an_own_record_that_cannot_be_resumed_becomes_a_gap_with_its_reason() {
    let too_old = changed(|record| record.saved_at = now() - MAX_AGE - Duration::from_millis(1));
    let other_intents = changed(|record| record.intents = Intents::GUILD_MEMBERS);
    for (why, previous) in [
        ("the bot was off for 10 min", too_old),
        ("the bot requests other intents than before", other_intents),
    ] {
        let Some(PreviousSession::Lost(lost)) = &previous.sessions[1] else { panic!("{why}: {previous:?}") };
        assert_eq!((lost.last_seq, lost.since), (Some(7), record(3).caught_up_at), "{why}");
        assert!(lost.why.contains(why), "{lost:?}");
        let [problem] = &previous.problems[..] else { panic!("{previous:?}") };
        assert!(
            problem.contains("the session of shard 3 is not resumed") && problem.contains(why),
            "{problem}"
        );
        assert!(previous.foreign.is_empty());
    }
}

#[test]
fn a_foreign_record_is_reported_and_becomes_no_gap() {
    let previous = changed(|record| record.application_id = ApplicationId::new(99));
    assert!(previous.sessions.iter().all(Option::is_none));
    assert_eq!(previous.foreign, [3]);
    assert!(previous.problems[0].contains("of another bot, with the application 99"), "{previous:?}");
    let previous = changed(|record| record.format = 2);
    assert!(previous.sessions.iter().all(Option::is_none));
    assert!(previous.foreign.is_empty() && previous.problems[0].contains("later version"), "{previous:?}");
}

#[test]
fn with_another_number_of_shards_each_shard_may_have_missed_what_any_missed() {
    let old = |shard, age| {
        let mut record = record(shard);
        record.total = 4;
        record.caught_up_at = now() - Duration::from_secs(age);
        record
    };
    let previous = judge(vec![old(2, 100), old(3, 200)]);
    for session in &previous.sessions {
        let Some(PreviousSession::Lost(lost)) = session else { panic!("{previous:?}") };
        assert_eq!((lost.last_seq, lost.since), (None, now() - Duration::from_secs(200)));
        assert_eq!(lost.why, "the number of shards was 4 and is 8");
    }
    assert_eq!(
        previous.problems,
        ["the sessions of 2 shards are not resumed: the number of shards was 4 and is 8"]
    );
}

#[test]
fn a_record_from_before_the_clock_was_set_back_is_resumed() {
    let previous = changed(|record| record.saved_at = now() + Duration::from_secs(3600));
    assert!(matches!(previous.sessions[1], Some(PreviousSession::Kept(_))), "{previous:?}");
}
