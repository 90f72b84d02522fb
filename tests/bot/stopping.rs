//! A bot ends when it is stopped, whatever it is doing.

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
use super::scene::{Scene, TIMEOUT, bot, discord, eventually};

/// Waits until the bot has read all events: it answers a heartbeat request only after them.
fn wait_until_read(discord: &Discord) {
    let before = discord.log().heartbeats();
    discord.fault(Fault::RequestHeartbeat);
    discord.wait_until("the bot to have read everything", |d| d.log().heartbeats() > before).unwrap();
}

/// Tries to resume a session. The simulated Discord logs a violation if the client has ended it.
fn try_to_resume(discord: &Discord, session: &str) {
    let url = format!("{}/?v=10&encoding=json", discord.gateway_url());
    let stream = TcpStream::connect(discord.gateway_url().strip_prefix("ws://").unwrap()).unwrap();
    let (mut websocket, _) = tungstenite::client(url, stream).unwrap();
    let resume = json!({"op": 6, "d": {"token": discord.token(), "session_id": session, "seq": 1}});
    websocket.send(tungstenite::Message::text(resume.to_string())).unwrap();
    discord.wait_until("the resume to be refused", |d| d.log().resumes_rejected() == 1).unwrap();
}

#[test]
fn a_stop_in_a_handler_ends_the_session_at_discord() {
    let scene = Scene::new(discord());
    let session = Mutex::new(String::new());
    let mut bot = bot(&scene.discord);
    bot.on_ready(|_, ready| Ok(session.lock().unwrap().clone_from(&ready.session_id)));
    bot.on_message(|cx, _| Ok(cx.stop()));
    bot.during(|| {
        scene.says("stop");
        Ok(scene.discord.wait_until("the session to end", |discord| discord.live_sessions() == 0)?)
    })
    .unwrap();
    assert_eq!((scene.log().connections(), scene.log().identifies()), (1, 1));
    try_to_resume(&scene.discord, &session.lock().unwrap());
    assert_eq!(scene.discord.log().violations(), ["resume of a session that the client had ended"]);
}

#[test]
fn a_stop_from_another_thread_closes_the_connection_while_a_handler_blocks() {
    let scene = Scene::new(discord());
    let (release, released) = mpsc::channel::<()>();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if message.content == "block" {
            scene.journal.add("blocked");
            released.recv_timeout(TIMEOUT)?;
            assert!(cx.handle().is_stopped());
            scene.journal.add("released");
        }
        Ok(())
    });
    bot.on_error(|_, error| panic!("{error}"));
    let handle = bot.handle();
    bot.during(|| {
        scene.says("block");
        scene.journal.wait_for("blocked");
        handle.stop();
        handle.stop();
        scene.discord.wait_until("the session to end", |discord| discord.live_sessions() == 0)?;
        assert_eq!(scene.journal.lines(), ["blocked"]);
        Ok(release.send(())?)
    })
    .unwrap();
    assert_eq!(scene.journal.lines(), ["blocked", "released"]);
}

#[test]
fn a_bot_stopped_before_it_runs_ends_at_once() {
    let discord = discord().start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|_, _| Ok(()));
    let handle = bot.handle();
    assert!(!handle.is_stopped());
    handle.stop();
    let begin = Instant::now();
    bot.run().unwrap();
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert_eq!(discord.log().identifies(), 0);
}

#[test]
fn posting_to_a_bot_that_never_ran_fails_once_it_is_gone() {
    let discord = discord().start().unwrap();
    let nothing_to_do = |bot: Bot<'_>| assert!(matches!(bot.run(), Err(Error::Setup { .. })));
    for end in [drop, nothing_to_do] {
        let bot = bot(&discord);
        let handle = bot.handle();
        handle.post(|_| Ok(())).unwrap();
        end(bot);
        assert!(handle.is_stopped());
        assert!(matches!(handle.post(|_| Ok(())), Err(Error::Stopped)));
    }
}

/// Stops a bot while a handler blocks and ten events are queued; returns the number of handled events, and the log.
fn stop_with_ten_events_queued(grace: Option<Duration>) -> (u32, Vec<String>) {
    let discord = &discord().start().unwrap();
    let handled = Cell::new(0);
    let (sender, blocked) = mpsc::channel();
    let mut bot = bot(discord);
    if let Some(grace) = grace {
        bot.grace(grace);
    }
    bot.on_any(|cx, name, _| {
        if name == "COUNT" {
            if handled.get() == 0 {
                sender.send(())?;
                eventually("the stop", || cx.handle().is_stopped());
            }
            handled.set(handled.get() + 1);
        }
        Ok(())
    });
    let (result, log) = logged::during(|| {
        bot.during(move || {
            discord.dispatch("COUNT", json!(0));
            blocked.recv_timeout(TIMEOUT)?;
            (1..11).for_each(|n| discord.dispatch("COUNT", json!(n)));
            wait_until_read(discord);
            Ok(())
        })
    });
    result.unwrap();
    (handled.get(), log)
}

#[test]
fn queued_events_are_handled_within_the_grace_period() {
    let (handled, log) = stop_with_ten_events_queued(None);
    assert_eq!(handled, 11);
    assert!(log.iter().all(|line| !line.contains("unhandled")), "{log:?}");
}

#[test]
fn events_queued_after_the_grace_period_are_dropped_and_reported() {
    let (handled, log) = stop_with_ten_events_queued(Some(Duration::ZERO));
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
fn no_event_is_handled_after_the_grace_period() {
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
    let (result, log) = logged::during(|| {
        bot.during(|| {
            (0..1000).for_each(|n| discord.dispatch("COUNT", json!(n)));
            wait_until_read(&discord);
            *stopped.lock().unwrap() = Some(Instant::now());
            Ok(())
        })
    });
    result.unwrap();
    let took = stopped.into_inner().unwrap().unwrap().elapsed();
    // All of them would take 50 seconds.
    assert!(took < Duration::from_secs(10), "{took:?}");
    let report = format!("the bot stopped with {} events", 1000 - handled);
    assert!(log.iter().any(|line| line.contains(&report)), "{report}: {log:?}");
}
