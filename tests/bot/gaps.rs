//! A lost session is reported as a gap, between the old events and the new READY.

use std::sync::Mutex;
use std::time::SystemTime;

use syncord::events::Gap;
use syncord::sim::Fault;

use super::scene::{Journal, Scene, bot, discord};

/// Runs a bot that loses its session by this fault; returns the gap and the journal.
fn gap_after(fault: impl FnOnce(&Scene) + Send) -> (Gap, Vec<String>) {
    let scene = Scene::new(discord());
    let gaps = Mutex::new(Vec::new());
    let journal = Journal::default();
    let mut bot = bot(&scene.discord);
    journal.record(&mut bot);
    bot.on_gap(|_, gap| Ok(gaps.lock().unwrap().push(gap.clone())));
    bot.during(|| {
        // READY is number 1.
        scene.says("number 2");
        scene.says("number 3");
        journal.wait_for("received number 3");
        fault(&scene);
        journal.wait_for_count(2, "ready");
        scene.says("afterwards");
        journal.wait_for("received afterwards");
        Ok(())
    })
    .unwrap();
    let log = scene.log();
    assert_eq!((log.identifies(), log.resumes()), (2, 0));
    let mut gaps = gaps.into_inner().unwrap();
    assert_eq!(gaps.len(), 1);
    (gaps.remove(0), journal.lines())
}

/// The first word of each line.
fn words(lines: &[String]) -> Vec<&str> {
    lines.iter().map(|line| line.split(' ').next().unwrap()).collect()
}

#[test]
fn a_refused_resume_is_a_gap_between_the_old_events_and_the_new_ready() {
    let begin = SystemTime::now();
    let (gap, journal) = gap_after(|scene| {
        scene.discord.fault(Fault::ForgetSessions);
        scene.discord.fault(Fault::DropSocket);
        scene.wait_until("the resume to be refused", |log| log.resumes_rejected() == 1);
    });
    assert_eq!(gap.last_seq, Some(3));
    assert!(begin <= gap.since && gap.since <= gap.until && gap.until <= SystemTime::now(), "{gap:?}");
    assert!(gap.why.contains("op 9"), "{gap:?}");
    let words = words(&journal);
    let position = |word| words.iter().rposition(|found| *found == word).unwrap();
    assert_eq!(words[position("gap")..], ["gap", "connected", "ready", "received"]);
    assert_eq!(words[..4], ["connected", "ready", "received", "received"]);
}

#[test]
fn an_invalid_session_is_a_gap_between_the_old_events_and_the_new_ready() {
    let begin = SystemTime::now();
    let (gap, journal) = gap_after(|scene| scene.discord.fault(Fault::InvalidSession { resumable: false }));
    assert_eq!(gap.last_seq, Some(3));
    assert!(begin <= gap.since && gap.since <= gap.until && gap.until <= SystemTime::now(), "{gap:?}");
    assert_eq!(
        words(&journal),
        [
            "connected",
            "ready",
            "received",
            "received",
            "disconnected",
            "gap",
            "connected",
            "ready",
            "received"
        ]
    );
}
