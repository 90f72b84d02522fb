//! Where a session is lost, the bot is told between the old events and the new READY.

use std::sync::Mutex;
use std::time::SystemTime;

use syncord::events::Gap;
use syncord::sim::Fault;

use super::scene::{Diary, Scene, bot, discord};

/// A bot loses its session, for the given reason; gives the gap it was told of, and the diary.
fn lost(trouble: impl FnOnce(&Scene) + Send) -> (Gap, Vec<String>) {
    let scene = Scene::new(discord());
    let gaps = Mutex::new(Vec::new());
    let diary = Diary::default();
    let mut bot = bot(&scene.discord);
    diary.keep(&mut bot);
    bot.on_gap(|_, gap| Ok(gaps.lock().unwrap().push(gap.clone())));
    bot.during(|| {
        // READY is number 1.
        scene.says("number 2");
        scene.says("number 3");
        diary.wait_for("heard number 3");
        trouble(&scene);
        diary.wait_for_several(2, "ready");
        scene.says("afterwards");
        diary.wait_for("heard afterwards");
        Ok(())
    })
    .unwrap();
    let log = scene.log();
    assert_eq!((log.identifies(), log.resumes()), (2, 0));
    let mut gaps = gaps.into_inner().unwrap();
    assert_eq!(gaps.len(), 1);
    (gaps.remove(0), diary.lines())
}

/// The beginnings of the lines, one word each.
fn words(lines: &[String]) -> Vec<&str> {
    lines.iter().map(|line| line.split(' ').next().unwrap()).collect()
}

#[test]
fn a_refused_resume_is_a_gap_between_the_old_events_and_the_new_ready() {
    let begin = SystemTime::now();
    let (gap, diary) = lost(|scene| {
        scene.discord.fault(Fault::ForgetSessions);
        scene.discord.fault(Fault::DropSocket);
        scene.wait_until("the resume to be refused", |log| log.resumes_refused() == 1);
    });
    assert_eq!(gap.last_seq, Some(3));
    assert!(begin <= gap.since && gap.since <= gap.until && gap.until <= SystemTime::now(), "{gap:?}");
    assert!(gap.why.contains("op 9"), "{gap:?}");
    let words = words(&diary);
    let place = |word| words.iter().rposition(|found| *found == word).unwrap();
    assert_eq!(words[place("gap")..], ["gap", "connected", "ready", "heard"]);
    assert_eq!(words[..4], ["connected", "ready", "heard", "heard"]);
}

#[test]
fn an_invalid_session_is_a_gap_between_the_old_events_and_the_new_ready() {
    let begin = SystemTime::now();
    let (gap, diary) = lost(|scene| scene.discord.fault(Fault::InvalidSession { resumable: false }));
    assert_eq!(gap.last_seq, Some(3));
    assert!(begin <= gap.since && gap.since <= gap.until && gap.until <= SystemTime::now(), "{gap:?}");
    assert_eq!(
        words(&diary),
        ["connected", "ready", "heard", "heard", "disconnected", "gap", "connected", "ready", "heard"]
    );
}
