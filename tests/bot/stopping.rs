//! A bot ends when it is stopped, whatever it is doing.

use std::cell::Cell;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use syncord::bot::health::StopReport;
use syncord::gateway::event::Event;
use syncord::sim::{Discord, Fault};
use syncord::{Bot, Error, Intents, Lanes};

use super::logged;
use super::rest_server::{Do, Server, ok};
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
fn stop_with_ten_events_queued(grace: Option<Duration>) -> (u32, StopReport, Vec<String>) {
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
    let handle = bot.handle();
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
    (handled.get(), handle.stop_report().unwrap(), log)
}

#[test]
fn queued_events_are_handled_within_the_grace_period() {
    let (handled, report, log) = stop_with_ten_events_queued(None);
    assert!(handled == 11 && report.is_empty(), "{report}");
    assert!(
        log.contains(&format!("INFO {report}")) && report.to_string().ends_with(" and dropped nothing"),
        "{log:?}"
    );
}

#[test]
fn events_queued_after_the_grace_period_are_dropped_and_reported() {
    let (handled, report, log) = stop_with_ten_events_queued(Some(Duration::ZERO));
    assert_eq!((handled, report.events, report.posts), (1, 10, 0));
    assert!(
        log.contains(&format!("WARN {report}")) && report.to_string().ends_with(": 10 events not handled"),
        "{log:?}"
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
    let handle = bot.handle();
    let (result, _) = logged::during(|| {
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
    let report = handle.stop_report().unwrap();
    assert_eq!(report.events, 1000 - handled);
    assert!(report.took >= Duration::from_millis(300) && report.took < took, "{report:?}");
}

/// An event that only these tests send.
#[derive(serde::Deserialize)]
struct Count(#[allow(dead_code)] u32);

impl Event for Count {
    const NAME: &'static str = "COUNT";
    const INTENTS: Intents = Intents::empty();
}

/// An API that accepts every request and never responds, except to what a login needs.
fn silent_server() -> Server {
    Server::deciding(|_, asked| match asked.line.as_str() {
        "GET /api/v10/users/@me" => ok(r#"{"id":"2","username":"bot"}"#),
        "GET /api/v10/applications/@me" => ok(r#"{"id":"2","flags":0}"#),
        "GET /api/v10/gateway/bot" => ok(r#"{"url":"ws://127.0.0.1:1","shards":1,"session_start_limit":
            {"total":1000,"remaining":1000,"reset_after":1000,"max_concurrency":1}}"#),
        _ => Do::Ignore,
    })
}

fn bot_of<'a>(server: &Server, discord: &Discord) -> Bot<'a> {
    let mut bot = Bot::new(&discord.token()).unwrap();
    bot.api_url(&server.url).gateway_url(discord.gateway_url()).call_deadline(TIMEOUT);
    bot
}

#[test]
fn calls_that_get_no_answer_do_not_delay_the_end_of_a_stop() {
    let discord = discord().start().unwrap();
    let channel = discord.channel("general").id();
    let (results, lanes, server) = (Mutex::new(Vec::new()), Lanes::new(1), silent_server());
    let mut bot = bot_of(&server, &discord);
    let handle = bot.handle();
    bot.grace(Duration::from_secs(1));
    bot.on_in::<Count>(&lanes, move |cx, _| Ok(cx.typing(channel)?));
    bot.on_any(|cx, name, _| {
        if name != "STOP" {
            return Ok(());
        }
        cx.spawn(move |task| {
            task.rest().channel(channel)?;
            Ok(())
        })?;
        let is_call = |line: &String| line.contains("/channels/");
        eventually("the calls of the lane and the task", || {
            server.lines().iter().filter(|l| is_call(l)).count() == 2
        });
        cx.stop();
        // The first one is cut, and the second one is not sent.
        for _ in 0..2 {
            results.lock().unwrap().push(cx.send(channel, "hello").map(drop));
        }
        Ok(())
    });
    let begun = Instant::now();
    let (result, _) = logged::during(|| {
        bot.during(|| {
            discord.dispatch("COUNT", json!(0));
            discord.dispatch("STOP", json!(0));
            Ok(discord.wait_until("the session to end", |discord| discord.live_sessions() == 0)?)
        })
    });
    result.unwrap();
    // The calls would take 30 seconds.
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    let results = results.into_inner().unwrap();
    assert!(matches!(results[..], [Err(Error::Stopped), Err(Error::Stopped)]), "{results:?}");
    let report = handle.stop_report().unwrap();
    let cut = [
        "GET /channels/{channel_id}",
        "POST /channels/{channel_id}/messages",
        "POST /channels/{channel_id}/typing",
    ];
    assert_eq!(report.rest_calls, cut.map(|route| (route.to_owned(), 1)));
}

#[test]
fn calls_that_wait_for_a_limit_do_not_delay_the_end_of_a_stop() {
    let discord = discord().start().unwrap();
    let channel = discord.channel("general").id();
    let results = Mutex::new(Vec::new());
    let mut bot = bot_of(&silent_server(), &discord);
    let handle = bot.handle();
    // All but one wait for the answer to the first one, which would show their limit.
    bot.grace(Duration::from_millis(300));
    bot.on_any(|cx, name, _| {
        if name == "COUNT" {
            thread::scope(|scope| {
                for _ in 0..10 {
                    let rest = cx.rest().clone();
                    let results = &results;
                    scope.spawn(move || {
                        let result = rest.create_message(channel, "hello").map(drop);
                        results.lock().unwrap().push(result);
                    });
                }
                cx.stop();
            });
        }
        Ok(())
    });
    let begun = Instant::now();
    let (result, _) = logged::during(|| {
        bot.during(|| {
            discord.dispatch("COUNT", json!(0));
            Ok(discord.wait_until("the session to end", |discord| discord.live_sessions() == 0)?)
        })
    });
    result.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    let results = results.into_inner().unwrap();
    assert!(
        results.len() == 10 && results.iter().all(|result| matches!(result, Err(Error::Stopped))),
        "{results:?}"
    );
    let report = handle.stop_report().unwrap();
    assert_eq!(report.rest_calls, [("POST /channels/{channel_id}/messages".to_owned(), 10)]);
    assert!(
        report.to_string().contains("REST calls cut: 10 POST /channels/{channel_id}/messages"),
        "{report}"
    );
}

#[test]
fn a_job_in_lanes_that_still_runs_at_the_end_of_the_grace_period_is_reported() {
    let discord = &discord().start().unwrap();
    let lanes = Lanes::new(1);
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let (started, starts) = mpsc::channel();
    let mut bot = bot(discord);
    bot.grace(Duration::ZERO);
    bot.on_in::<Count>(&lanes, move |_, _| {
        started.send(())?;
        Ok(released.lock().unwrap().recv_timeout(TIMEOUT)?)
    });
    let handle = bot.handle();
    let (result, _) = logged::during(|| {
        bot.during(move || {
            discord.dispatch("COUNT", json!(0));
            Ok(starts.recv_timeout(TIMEOUT)?)
        })
    });
    result.unwrap();
    release.send(()).unwrap();
    let report = handle.stop_report().unwrap();
    assert_eq!((report.running_jobs, report.waiting_jobs), (1, 0));
}

#[test]
fn the_client_of_a_bot_works_after_the_bot_has_ended() {
    let discord = discord().start().unwrap();
    let client = Mutex::new(None);
    let mut bot = bot(&discord);
    bot.grace(Duration::ZERO);
    bot.on_ready(|cx, _| Ok(*client.lock().unwrap() = Some(cx.rest().clone())));
    bot.during(|| Ok(eventually("the handler", || client.lock().unwrap().is_some()))).unwrap();
    let client = client.into_inner().unwrap().unwrap();
    client.create_message(discord.channel("general").id(), "goodbye").unwrap();
}

#[test]
fn what_is_dropped_of_each_kind_is_in_the_report() {
    let discord = &discord().start().unwrap();
    let lanes = Lanes::new(1);
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let (task_release, task_released) = mpsc::channel::<()>();
    let task_released = Mutex::new(Some(task_released));
    let mut bot = bot(discord);
    bot.grace(Duration::ZERO);
    let (lanes_started, lanes_run) = mpsc::channel();
    bot.on_in::<Count>(&lanes, move |_, _| {
        lanes_started.send(())?;
        Ok(released.lock().unwrap().recv_timeout(TIMEOUT)?)
    });
    let handle = bot.handle();
    bot.on_any(|cx, name, _| {
        if name == "STOP" {
            let waits = task_released.lock().unwrap().take();
            // It takes no notice of the stop.
            cx.spawn(move |_| Ok(waits.map_or(Ok(()), |waits| waits.recv_timeout(TIMEOUT))?))?;
            cx.handle().post(|_| Ok(()))?;
            cx.stop();
        }
        Ok(())
    });
    let queued = lanes.clone();
    let (result, log) = logged::during(|| {
        bot.during(move || {
            (0..3).for_each(|n| discord.dispatch("COUNT", json!(n)));
            lanes_run.recv_timeout(TIMEOUT)?;
            eventually("two jobs to wait", || queued.queued() == 2);
            discord.dispatch("STOP", json!(0));
            Ok(discord.wait_until("the session to end", |discord| discord.live_sessions() == 0)?)
        })
    });
    result.unwrap();
    let report = handle.stop_report().unwrap();
    let StopReport { events, posts, waiting_jobs, running_jobs, tasks, interactions, .. } = report;
    assert_eq!((posts, waiting_jobs, running_jobs, tasks), (1, 2, 1, 1), "{report:?}");
    assert_eq!((events, interactions, report.unnotified, report.shards), (0, 0, 0, 0), "{report:?}");
    assert_eq!(log.iter().filter(|line| line.contains("the bot stopped within")).count(), 1, "{log:?}");
    // The jobs that were dropped wait for nothing.
    let _ = release.send(());
    task_release.send(()).unwrap();
}
