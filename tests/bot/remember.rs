//! Sessions that outlive the bot.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, SystemTime};

use syncord::bot::Shards;
use syncord::events::MessageCreate;
use syncord::gateway::send_event::UpdatePresence;
use syncord::id::ApplicationId;
use syncord::sim::{Discord, Fault};
use syncord::store::{IdentifyRecord, MemoryStore, SessionRecord, SessionStore};
use syncord::{Bot, Error, Intents, Lanes};

use super::logged;
use super::scene::{Journal, Scene, TIMEOUT, bot, discord};

/// A folder that is removed with its files.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("syncord-remember-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("sessions.json")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A simulated Discord that allows several identifies in a row.
fn scene() -> Scene {
    Scene::new(discord().rules(|rules| rules.identify_tolerance = Duration::from_secs(5)))
}

/// Runs a bot until it has received this message. Returns what happened.
fn run_until(scene: &Scene, last: &str, configure: impl FnOnce(&mut Bot<'_>)) -> Vec<String> {
    let journal = Journal::default();
    let mut bot = bot(&scene.discord);
    journal.record(&mut bot);
    configure(&mut bot);
    let received = format!("received {last}");
    bot.during(|| Ok(journal.wait_for(&received))).unwrap();
    journal.lines()
}

/// Runs a bot with this store for the first time. It receives one message. Another one comes after its end.
fn first_run(scene: &Scene, store: &Arc<MemoryStore>) -> SessionRecord {
    let journal = Journal::default();
    let mut bot = bot(&scene.discord);
    journal.record(&mut bot);
    bot.remember_in(store.clone());
    bot.during(|| {
        scene.says("one");
        Ok(journal.wait_for("received one"))
    })
    .unwrap();
    scene.says("while it was off");
    store.load(0..1).unwrap().remove(0)
}

/// The store of a bot that ran before, with its record changed by the test.
fn changed(scene: &Scene, change: impl FnOnce(&mut SessionRecord)) -> (Arc<MemoryStore>, SessionRecord) {
    let store = Arc::new(MemoryStore::new());
    let mut record = first_run(scene, &store);
    change(&mut record);
    store.save(std::slice::from_ref(&record)).unwrap();
    (store, record)
}

/// Asserts that the next start has a new session. Returns its gaps.
fn new_session(scene: &Scene, configure: impl FnOnce(&mut Bot<'_>)) -> Vec<String> {
    let journal = Journal::default();
    let mut bot = bot(&scene.discord);
    journal.record(&mut bot);
    configure(&mut bot);
    bot.during(|| {
        journal.wait_for("ready");
        scene.says("two");
        Ok(journal.wait_for("received two"))
    })
    .unwrap();
    let lines = journal.lines();
    assert!(!lines.iter().any(|line| line == "resumed" || line == "received while it was off"), "{lines:?}");
    lines.into_iter().filter(|line| line.starts_with("gap")).collect()
}

#[test]
fn a_stopped_bot_receives_at_its_next_start_what_it_has_missed() {
    let (scene, folder) = (scene(), Folder::new());
    let journal = Journal::default();
    let mut bot = bot(&scene.discord);
    journal.record(&mut bot);
    bot.remember(folder.file());
    bot.during(|| {
        scene.says("one");
        Ok(journal.wait_for("received one"))
    })
    .unwrap();
    assert_eq!(journal.lines(), ["connected", "ready", "received one"]);
    scene.says("two");
    scene.says("three");
    let lines = run_until(&scene, "three", |bot| {
        bot.remember(folder.file());
    });
    assert_eq!(lines, ["received two", "received three", "resumed"][..lines.len()], "{lines:?}");
    let log = scene.log();
    assert_eq!((log.identifies(), log.resumes(), log.resumes_rejected()), (1, 1, 0));
    let text = fs::read_to_string(folder.file()).unwrap();
    assert!(!text.contains(&scene.discord.token()), "{text}");
}

#[test]
fn a_session_that_discord_has_lost_is_a_gap() {
    let (scene, store) = (scene(), Arc::new(MemoryStore::new()));
    let record = first_run(&scene, &store);
    scene.discord.fault(Fault::ForgetSessions);
    let gaps = new_session(&scene, |bot| {
        bot.remember_in(store.clone());
    });
    let [gap] = &gaps[..] else { panic!("{gaps:?}") };
    assert!(
        gap.starts_with(&format!("gap after Some({})", record.sequence)) && gap.contains("op 9"),
        "{gap}"
    );
    assert_ne!(store.load(0..1).unwrap()[0].session_id, record.session_id);
}

#[test]
fn a_record_that_is_too_old_is_a_gap_and_not_resumed() {
    let scene = scene();
    let (store, record) =
        changed(&scene, |record| record.saved_at = SystemTime::now() - Duration::from_secs(3600));
    let gaps = new_session(&scene, |bot| {
        bot.remember_in(store);
    });
    assert_eq!(
        gaps,
        [format!(
            "gap after Some({}): the bot was off for 60 min, longer than Discord keeps a session",
            record.sequence
        )]
    );
    assert_eq!(scene.log().resumes_rejected(), 0);
}

#[test]
fn a_record_of_another_bot_is_reported_and_replaced() {
    let scene = scene();
    let (store, _) = changed(&scene, |record| record.application_id = ApplicationId::new(99));
    let (gaps, _) = logged::during(|| {
        new_session(&scene, |bot| {
            bot.remember_in(store.clone());
        })
    });
    assert_eq!(gaps, [""; 0]);
    assert!(logged::has(
        "WARN the session of shard 0 is not resumed: the record is of another bot, with the application 99"
    ));
    assert_eq!(store.load(0..1).unwrap()[0].application_id, scene.discord.application_id());
}

#[test]
fn other_intents_begin_a_new_session() {
    let scene = scene();
    let (store, _) = changed(&scene, |_| {});
    let gaps = new_session(&scene, |bot| {
        bot.remember_in(store).add_intents(Intents::GUILD_MODERATION);
    });
    assert!(gaps.len() == 1 && gaps[0].ends_with("the bot requests other intents than before"), "{gaps:?}");
}

#[test]
fn another_number_of_shards_is_a_gap_on_each_shard() {
    let scene = Scene::new(discord().rules(|rules| {
        rules.identify_tolerance = Duration::from_secs(5);
        rules.session_start_limit.max_concurrency = 2;
    }));
    let (store, _) = changed(&scene, |_| {});
    let gaps = Mutex::new(Vec::new());
    let mut bot = bot(&scene.discord);
    bot.remember_in(store).shards(Shards::Count(2));
    bot.on_gap(|cx, gap| Ok(gaps.lock().unwrap().push((cx.shard().index, gap.last_seq, gap.why.clone()))));
    bot.during(|| Ok(scene.discord.wait_until("two gaps", |_| gaps.lock().unwrap().len() == 2)?)).unwrap();
    let mut gaps = gaps.into_inner().unwrap();
    gaps.sort();
    let why = "the number of shards was 1 and is 2".to_owned();
    assert_eq!(gaps, [(0, None, why.clone()), (1, None, why)]);
}

#[test]
fn two_bots_cannot_use_one_file() {
    let (scene, folder) = (scene(), Folder::new());
    let mut first = scene.echo_bot();
    first.remember(folder.file());
    let running = first.start().unwrap();
    let mut second = scene.echo_bot();
    second.remember(folder.file());
    let error = second.run().unwrap_err();
    assert!(
        matches!(&error, Error::Setup { problem } if problem.contains("in use by another process")),
        "{error}"
    );
    drop(running);
    let mut third = scene.echo_bot();
    third.remember(folder.file());
    drop(third.start().unwrap());
}

#[test]
fn a_file_that_cannot_be_written_is_reported_once_and_stops_nothing() {
    let (scene, folder) = (scene(), Folder::new());
    // A folder in the place of the new file. It is an error for every user, also for root.
    fs::create_dir_all(folder.0.join("sessions.json.new").join("child")).unwrap();
    let report = format!("ERROR the sessions are not saved: {} cannot be written", folder.file().display());
    let (lines, _) = logged::during(|| {
        let mut bot = scene.echo_bot();
        bot.remember(folder.file());
        bot.during(|| {
            scene.says("one");
            scene.expect_messages(&["one"]);
            scene.discord.wait_until("the report", |_| logged::count(&report) > 0)?;
            scene.says("two");
            Ok(scene.expect_messages(&["two"]))
        })
        .unwrap();
        scene.journal.lines()
    });
    assert!(lines.contains(&"echoed two".to_owned()), "{lines:?}");
    assert!(!folder.file().exists());
    assert_eq!(logged::count(&report), 1, "the last save has failed too");
}

#[test]
fn an_event_that_lanes_have_not_handled_comes_again() {
    let (scene, store) = (scene(), Arc::new(MemoryStore::new()));
    let (release, released) = mpsc::channel::<()>();
    let (released, journal) = (Mutex::new(released), Arc::new(Journal::default()));
    let mut first = bot(&scene.discord);
    first.remember_in(store.clone()).grace(Duration::from_millis(100));
    let lines = Arc::clone(&journal);
    first.on_in::<MessageCreate>(&Lanes::new(1).by_channel(), move |_, message| {
        lines.add(format!("lane {}", message.content));
        if message.content == "slow" {
            let _ = released.lock().unwrap().recv_timeout(TIMEOUT);
        }
        Ok(())
    });
    first
        .during(|| {
            for text in ["one", "slow", "waits"] {
                scene.says(text);
            }
            journal.wait_for("lane slow");
            Ok(())
        })
        .unwrap();
    drop(release);
    let lines = run_until(&scene, "waits", |bot| {
        bot.remember_in(store);
    });
    let received: Vec<_> = lines.iter().filter(|line| line.starts_with("received")).collect();
    assert_eq!(received, ["received slow", "received waits"], "one was handled");
}

#[test]
fn a_resumed_session_gets_the_presence_of_the_bot() {
    let (scene, store) = (scene(), Arc::new(MemoryStore::new()));
    first_run(&scene, &store);
    let mut bot = bot(&scene.discord);
    bot.on_message(|_, _| Ok(())).remember_in(store).presence(UpdatePresence::playing("chess"));
    let has_presence = |discord: &Discord| discord.log().send_events().iter().any(|event| event["op"] == 3);
    bot.during(|| Ok(scene.discord.wait_until("the presence", has_presence)?)).unwrap();
    assert_eq!(scene.log().identifies(), 1);
    let presences: Vec<_> =
        scene.log().send_events().iter().filter(|event| event["op"] == 3).cloned().collect();
    assert_eq!(presences.len(), 1);
    assert_eq!(presences[0]["d"]["activities"][0]["name"], "chess");
}

/// A store that cannot be reached.
#[derive(Debug)]
struct Unreachable;

impl SessionStore for Unreachable {
    fn load(&self, _: Range<u32>) -> syncord::Result<Vec<SessionRecord>> {
        Err("no route to the store".into())
    }

    fn save(&self, _: &[SessionRecord]) -> syncord::Result {
        Err("no route to the store".into())
    }

    fn remove(&self, _: Range<u32>) -> syncord::Result {
        Err("no route to the store".into())
    }

    fn load_identifies(&self, _: Range<u32>) -> syncord::Result<Vec<IdentifyRecord>> {
        Err("no route to the store".into())
    }

    fn save_identifies(&self, _: &[IdentifyRecord]) -> syncord::Result {
        Err("no route to the store".into())
    }
}

#[test]
fn a_store_that_cannot_be_reached_stops_nothing() {
    let scene = scene();
    let ((), _) = logged::during(|| {
        let mut bot = scene.echo_bot();
        bot.remember_in(Arc::new(Unreachable));
        bot.during(|| {
            scene.says("one");
            Ok(scene.expect_messages(&["one"]))
        })
        .unwrap();
    });
    assert!(logged::has("WARN the bot begins with new sessions: no route to the store"));
}
