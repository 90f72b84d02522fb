//! A bot ends when it is told to, whatever it is doing.

use std::cell::Cell;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use syncord::sim::{Discord, Fault};
use syncord::{Bot, Error};

use super::logged;
use super::scene::{PATIENCE, Scene, bot, discord, eventually};

/// Waits until the bot has read all that was sent to it: its answer to op 1 comes behind that.
fn wait_until_read(discord: &Discord) {
    let before = discord.log().heartbeats();
    discord.fault(Fault::RequestHeartbeat);
    discord.wait_until("the bot to have read everything", |d| d.log().heartbeats() > before).unwrap();
}

/// Tries to resume a session, which the simulated Discord holds against a client that has ended it.
fn resume_by_hand(discord: &Discord, session: &str) {
    let url = format!("{}/?v=10&encoding=json", discord.gateway_url());
    let stream = TcpStream::connect(discord.gateway_url().strip_prefix("ws://").unwrap()).unwrap();
    let (mut websocket, _) = tungstenite::client(url, stream).unwrap();
    let resume = json!({"op": 6, "d": {"token": discord.token(), "session_id": session, "seq": 1}});
    websocket.send(tungstenite::Message::text(resume.to_string())).unwrap();
    discord.wait_until("the resume to be refused", |d| d.log().resumes_refused() == 1).unwrap();
}

#[test]
fn a_stop_in_a_closure_ends_the_session_for_good() {
    let scene = Scene::new(discord());
    let session = Mutex::new(String::new());
    let mut bot = bot(&scene.discord);
    bot.on_ready(|_, ready| Ok(session.lock().unwrap().clone_from(&ready.session_id)));
    bot.on_message(|cx, _| Ok(cx.stop()));
    bot.during(|| {
        scene.says("stop");
        Ok(scene.discord.wait_until("the bot to leave", |discord| discord.live_sessions() == 0)?)
    })
    .unwrap();
    assert_eq!((scene.log().connections(), scene.log().identifies()), (1, 1));
    resume_by_hand(&scene.discord, &session.lock().unwrap());
    assert_eq!(scene.discord.log().violations(), ["resume of a session that the client itself had ended"]);
}

#[test]
fn a_stop_from_elsewhere_closes_the_connection_even_while_a_closure_blocks() {
    let scene = Scene::new(discord());
    let (let_go, held) = mpsc::channel::<()>();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if message.content == "block" {
            scene.diary.note("blocked");
            held.recv_timeout(PATIENCE)?;
            assert!(cx.stopper().is_stopped());
            scene.diary.note("let go");
        }
        Ok(())
    });
    bot.on_error(|_, error| panic!("{error}"));
    let stopper = bot.stopper();
    bot.during(|| {
        scene.says("block");
        scene.diary.wait_for("blocked");
        stopper.stop();
        stopper.stop();
        scene.discord.wait_until("the bot to leave", |discord| discord.live_sessions() == 0)?;
        assert_eq!(scene.diary.lines(), ["blocked"]);
        Ok(let_go.send(())?)
    })
    .unwrap();
    assert_eq!(scene.diary.lines(), ["blocked", "let go"]);
}

#[test]
fn a_bot_stopped_before_it_runs_ends_at_once() {
    let discord = discord().start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|_, _| Ok(()));
    let stopper = bot.stopper();
    assert!(!stopper.is_stopped());
    stopper.stop();
    let begin = Instant::now();
    bot.run().unwrap();
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert_eq!(discord.log().identifies(), 0);
}

#[test]
fn who_posts_to_a_bot_that_never_ran_is_told_so() {
    let discord = discord().start().unwrap();
    let nothing_to_do = |bot: Bot<'_>| assert!(matches!(bot.run(), Err(Error::Setup { .. })));
    for give_up in [drop, nothing_to_do] {
        let bot = bot(&discord);
        let (poster, stopper) = (bot.poster(), bot.stopper());
        poster.post(|_| Ok(())).unwrap();
        give_up(bot);
        assert!(stopper.is_stopped());
        assert!(matches!(poster.post(|_| Ok(())), Err(Error::Stopped)));
    }
}

/// Ten events wait behind a closure that blocks until the bot was stopped; gives how many were handled, and the log.
fn stopped_with_ten_events_waiting(grace: Option<Duration>) -> (u32, Vec<String>) {
    let discord = &discord().start().unwrap();
    let handled = Cell::new(0);
    let (blocks, blocked) = mpsc::channel();
    let mut bot = bot(discord);
    if let Some(grace) = grace {
        bot.grace(grace);
    }
    bot.on_any(|cx, name, _| {
        if name == "COUNT" {
            if handled.get() == 0 {
                blocks.send(())?;
                eventually("the stop", || cx.stopper().is_stopped());
            }
            handled.set(handled.get() + 1);
        }
        Ok(())
    });
    let (ran, log) = logged::during(|| {
        bot.during(move || {
            discord.dispatch("COUNT", json!(0));
            blocked.recv_timeout(PATIENCE)?;
            (1..11).for_each(|n| discord.dispatch("COUNT", json!(n)));
            wait_until_read(discord);
            Ok(())
        })
    });
    ran.unwrap();
    (handled.get(), log)
}

#[test]
fn events_that_wait_at_a_stop_are_handled_within_the_grace_period() {
    let (handled, log) = stopped_with_ten_events_waiting(None);
    assert_eq!(handled, 11);
    assert!(log.iter().all(|line| !line.contains("unhandled")), "{log:?}");
}

#[test]
fn events_that_wait_beyond_the_grace_period_are_dropped_and_reported() {
    let (handled, log) = stopped_with_ten_events_waiting(Some(Duration::ZERO));
    assert_eq!(handled, 1);
    let report = log.iter().find(|line| line.contains("unhandled")).unwrap();
    assert!(
        report.starts_with(
            "WARN the bot stopped with 10 events, 0 posted closures and 0 events in lanes unhandled"
        ),
        "{report}"
    );
}

#[test]
fn the_end_of_the_grace_period_is_a_hard_one() {
    let discord = discord().start().unwrap();
    let mut handled = 0;
    let mut bot = bot(&discord);
    bot.grace(Duration::from_millis(300)).on_any(|_, name, _| {
        if name == "COUNT" {
            handled += 1;
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    });
    let stopped = Mutex::new(None);
    let (ran, log) = logged::during(|| {
        bot.during(|| {
            (0..1000).for_each(|n| discord.dispatch("COUNT", json!(n)));
            wait_until_read(&discord);
            *stopped.lock().unwrap() = Some(Instant::now());
            Ok(())
        })
    });
    ran.unwrap();
    let took = stopped.into_inner().unwrap().unwrap().elapsed();
    // All of them would take 50 seconds.
    assert!(took < Duration::from_secs(10), "{took:?}");
    let report = format!("the bot stopped with {} events", 1000 - handled);
    assert!(log.iter().any(|line| line.contains(&report)), "{report}: {log:?}");
}
