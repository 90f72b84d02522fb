//! A bot driven by the program's own loop, and by scripts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use syncord::Error;
use syncord::sim::Fault;

use super::scene::{Scene, TIMEOUT, bot, discord};

#[test]
fn a_poll_handles_at_most_one_event_and_returns_whether_it_did() {
    let scene = Scene::new(discord());
    let mut running = scene.echo_bot().start().unwrap();
    let end = Instant::now() + TIMEOUT;
    while scene.discord.live_sessions() == 0 {
        running.poll(Duration::from_millis(10)).unwrap();
        assert!(Instant::now() < end);
    }
    for text in ["one", "two", "three"] {
        scene.says(text);
    }
    let received = || scene.journal.lines().iter().filter(|line| line.starts_with("received")).count();
    let mut counts = vec![0];
    while received() < 3 {
        running.poll(Duration::from_millis(10)).unwrap();
        counts.push(received());
        assert!(Instant::now() < end);
    }
    assert!(counts.windows(2).all(|pair| pair[1] - pair[0] <= 1), "{counts:?}");
    scene.expect_messages(&["one", "two", "three"]);
    // The bot also receives its own messages. Then the queue is empty.
    while running.poll(Duration::from_millis(300)).unwrap() {}
    let before = Instant::now();
    assert!(!running.poll(Duration::from_millis(50)).unwrap());
    assert!(before.elapsed() >= Duration::from_millis(50));
    running.handle().stop();
    while !running.is_over() {
        running.poll(Duration::from_millis(50)).unwrap();
        assert!(Instant::now() < end);
    }
    assert!(!running.poll(TIMEOUT).unwrap(), "at once");
}

#[test]
fn a_rarely_polled_bot_stays_connected_and_loses_nothing() {
    let scene = Scene::new(super::scene::fast_heartbeats());
    let mut running = scene.echo_bot().start().unwrap();
    scene.discord.wait_until_ready().unwrap();
    let texts: Vec<String> = (0..20).map(|n| format!("number {n}")).collect();
    texts.iter().for_each(|text| scene.says(text));
    scene.wait_until("heartbeats without polling", |log| log.heartbeats() >= 3);
    let end = Instant::now() + TIMEOUT;
    while scene.journal.lines().last().is_none_or(|line| line != "echoed number 19") {
        running.poll(Duration::from_millis(100)).unwrap();
        assert!(Instant::now() < end);
    }
    scene.expect_messages(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn the_client_of_a_running_bot_works_on_any_thread_without_a_handler() {
    let discord = discord().start().unwrap();
    let general = discord.channel("general").id();
    let mut bot = bot(&discord);
    bot.on_message(|_, _| Ok(()));
    let mut running = bot.start().unwrap();
    let client = running.rest().clone();
    let posted = thread::spawn(move || client.create_message(general, "from a thread").unwrap().content);
    // Before the login, too: nothing was polled.
    assert_eq!(posted.join().unwrap(), "from a thread");
    running.handle().stop();
    while !running.is_over() {
        running.poll(Duration::from_millis(50)).unwrap();
    }
    assert_eq!(running.rest().create_message(general, "after the end").unwrap().content, "after the end");
}

#[test]
fn poll_returns_a_failed_login_once() {
    let discord = discord().start().unwrap();
    let mut bot = syncord::Bot::new("not.the.right.one").unwrap();
    bot.api_url(discord.api_url()).on_ready(|_, _| Ok(()));
    let mut running = bot.start().unwrap();
    let end = Instant::now() + TIMEOUT;
    let error = loop {
        match running.poll(Duration::from_millis(50)) {
            Ok(_) => assert!(Instant::now() < end),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::Token { .. }), "{error}");
    assert!(running.is_over());
    assert!(!running.poll(TIMEOUT).unwrap());
}

#[test]
fn dropping_a_running_bot_ends_its_session() {
    let scene = Scene::new(discord());
    let running = scene.echo_bot().start().unwrap();
    scene.discord.wait_until_ready().unwrap();
    drop(running);
    scene.discord.wait_until("the session to end", |discord| discord.live_sessions() == 0).unwrap();
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn posted_closures_run_on_the_bots_thread_in_their_order() {
    let discord = discord().start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|_, _| Ok(()));
    let (handle, bots_thread) = (bot.handle(), thread::current().id());
    let (sender, receiver) = mpsc::channel();
    let post = {
        let handle = handle.clone();
        move |n| {
            let sender = sender.clone();
            handle.post(move |cx| {
                assert!(cx.me().bot);
                Ok(sender.send((n, thread::current().id()))?)
            })
        }
    };
    post(0).unwrap();
    bot.during(move || {
        for n in 1..10 {
            post(n)?;
        }
        for n in 0..10 {
            assert_eq!(receiver.recv_timeout(TIMEOUT)?, (n, bots_thread));
        }
        Ok(())
    })
    .unwrap();
    assert!(matches!(handle.post(|_| Ok(())), Err(Error::Stopped)));
}

#[test]
fn an_error_of_the_script_is_returned_and_stops_the_bot() {
    let scene = Scene::new(discord());
    let error = scene.echo_bot().during(|| Err("the script went wrong".into())).unwrap_err();
    assert_eq!(error.to_string(), "the script went wrong");
    scene.discord.wait_until("the session to end", |discord| discord.live_sessions() == 0).unwrap();
}

#[test]
fn a_panic_of_the_script_is_passed_on_and_stops_the_bot() {
    let scene = Scene::new(discord());
    let bot = scene.echo_bot();
    let run = std::panic::AssertUnwindSafe(|| bot.during(|| panic!("the script panics")));
    let payload = std::panic::catch_unwind(run).unwrap_err();
    assert_eq!(payload.downcast_ref::<&str>(), Some(&"the script panics"));
    scene.discord.wait_until("the session to end", |discord| discord.live_sessions() == 0).unwrap();
}

#[test]
fn the_script_does_not_start_if_the_login_fails() {
    let discord = discord().start().unwrap();
    let mut bot = syncord::Bot::new("not.the.right.one").unwrap();
    bot.api_url(discord.api_url()).on_ready(|_, _| Ok(()));
    let started = AtomicBool::new(false);
    let error = bot.during(|| Ok(started.store(true, Ordering::SeqCst))).unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Error::Token { .. })), "{error}");
    assert!(!started.into_inner());
}

#[test]
fn the_error_of_the_bot_takes_precedence_over_the_error_of_the_script() {
    let scene = Scene::new(discord());
    let error = scene
        .echo_bot()
        .during(|| {
            scene.discord.fault(Fault::Close(4012, String::new()));
            scene.journal.wait_for("disconnected");
            Err("no answer".into())
        })
        .unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Error::Gateway { code: 4012, .. })), "{error}");
}
