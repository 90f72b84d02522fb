//! What a running bot shows of its health, to other threads too.

use std::cell::Cell;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use syncord::bot::health::{BotState, EventHealth, HandlerHealth, Health};
use syncord::events::MessageCreate;
use syncord::gateway::session::{DisconnectCause, State};
use syncord::rest::RestFailure;
use syncord::sim::{Discord, Fault, RateLimitScope};
use syncord::{Handle, Lanes};

use super::logged;
use super::scene::{Scene, TIMEOUT, bot, discord, eventually, fast_heartbeats};

/// The only handler whose name begins like this.
fn handler<'h>(health: &'h Health, name: &str) -> &'h HandlerHealth {
    let mut found = health.handlers.iter().filter(|handler| handler.name.starts_with(name));
    let (Some(handler), None) = (found.next(), found.next()) else { panic!("{name}: {:?}", health.handlers) };
    handler
}

fn event<'h>(health: &'h Health, name: &str) -> Option<&'h EventHealth> {
    health.events.iter().find(|event| event.name == name)
}

#[test]
fn a_bot_is_ready_while_all_its_shards_are_connected_and_alive_until_its_end() {
    let scene = Scene::new(discord());
    let bot = scene.echo_bot();
    let handle = bot.handle();
    let before = bot.health();
    assert_eq!((before.state, before.is_ready(), before.is_alive()), (BotState::Starting, false, true));
    bot.during(|| {
        eventually("the bot to be ready", || handle.health().is_ready());
        let health = handle.health();
        assert!(health.is_alive(), "{health:?}");
        assert_eq!(health.problems(), [""; 0]);
        let shard = &health.shards[0];
        assert_eq!((shard.state, shard.identifies, shard.new_sessions), (State::Ready, 1, 1));
        scene.discord.fault(Fault::RefuseConnections(true));
        scene.discord.fault(Fault::DropSocket);
        eventually("the bot to lose its connection", || !handle.health().is_ready());
        let health = handle.health();
        assert!(health.is_alive(), "an outage is no reason to restart");
        eventually("an attempt to connect", || handle.health().shards[0].failed_connections > 0);
        scene.discord.clear_faults();
        eventually("the bot to connect again", || handle.health().is_ready());
        let health = handle.health();
        assert!(health.to_string().contains(", 1 session resumed, 1 new"), "{health}");
        let shard = &health.shards[0];
        assert_eq!((shard.resumed_sessions, shard.gaps), (1, 0));
        assert_eq!(shard.disconnects, [(DisconnectCause::ConnectionLost, 1)]);
        handle.stop();
        let stopping = handle.health();
        assert!(!stopping.is_ready(), "{stopping:?}");
        Ok(())
    })
    .unwrap();
    let after = handle.health();
    assert_eq!((after.state, after.is_ready(), after.is_alive()), (BotState::Ended, false, false));
}

#[test]
fn a_stuck_handler_shows_by_name_while_it_runs_and_not_afterwards() {
    let scene = Scene::new(discord());
    let (release, released) = mpsc::channel::<()>();
    let mut bot = bot(&scene.discord);
    bot.stuck_handler_after(Duration::from_millis(50));
    bot.on_message(|_, _| Ok(released.recv_timeout(TIMEOUT)?));
    let handle = bot.handle();
    bot.during(|| {
        assert!(handle.health().is_alive());
        scene.says("block");
        eventually("the handler to count as stuck", || !handle.health().is_alive());
        let health = handle.health();
        // The connection works, and nothing but the handler is at fault.
        assert!(health.is_ready(), "{health:?}");
        let running = health.running.as_ref().unwrap();
        assert!(
            running.name.starts_with("on_message at ") && running.name.contains("health.rs"),
            "{running:?}"
        );
        assert!(running.time > Duration::from_millis(50), "{running:?}");
        let problems = health.problems();
        assert!(problems.len() == 1 && problems[0].contains("on_message"), "{problems:?}");
        release.send(())?;
        eventually("the handler to end", || handle.health().is_alive());
        assert_eq!(handle.health().running, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_line_names_a_handler_that_has_been_running_for_a_second() {
    let scene = Scene::new(discord());
    let (release, released) = mpsc::channel::<()>();
    let mut bot = bot(&scene.discord);
    bot.on_message(|_, _| Ok(released.recv_timeout(TIMEOUT)?));
    let handle = bot.handle();
    bot.during(|| {
        scene.says("block");
        let is_named =
            |line: &str| line.contains("0 slow, on_message at ") && line.contains("has been running for");
        eventually("the line to name the handler", || is_named(&handle.health().to_string()));
        release.send(())?;
        Ok(())
    })
    .unwrap();
}

#[test]
fn errors_and_panics_show_by_the_name_of_the_handler() {
    let scene = Scene::new(discord());
    let mut bot = bot(&scene.discord);
    bot.on_error(|_, _| {});
    bot.on_message(|_, message| match message.content.as_str() {
        "panic" => panic!("on purpose"),
        "fail" => Err("on purpose".into()),
        _ => Ok(()),
    });
    bot.on::<MessageCreate>(|_, _| Ok(()));
    let handle = bot.handle();
    bot.during(|| {
        (0..5).for_each(|_| scene.says("panic"));
        (0..3).for_each(|_| scene.says("fail"));
        scene.says("fine");
        let is_done = |health: &Health| event(health, "MESSAGE_CREATE").is_some_and(|e| e.delivered == 9);
        eventually("all messages to be handled", || is_done(&handle.health()));
        let health = handle.health();
        let failing = handler(&health, "on_message");
        assert_eq!((failing.calls, failing.panics, failing.errors, failing.slow), (9, 5, 3, 0));
        assert!(failing.time > Duration::ZERO);
        let other = handler(&health, "on::<MessageCreate>");
        assert_eq!((other.calls, other.panics, other.errors), (9, 0, 0));
        assert_eq!(handler(&health, "on_error").calls, 8);
        Ok(())
    })
    .unwrap();
}

#[test]
fn events_count_by_name_whether_or_not_they_have_a_handler() {
    let scene = Scene::new(discord());
    let mut bot = bot(&scene.discord);
    bot.on_message(|_, _| Ok(()));
    let handle = bot.handle();
    bot.during(|| {
        scene.says("one");
        scene.discord.dispatch("USER_UPDATE", json!({}));
        scene.discord.dispatch("NEW_THING", json!({}));
        scene.discord.dispatch("NEWER_THING", json!({}));
        let seen = |name| event(&handle.health(), name).map(|event| (event.received, event.delivered));
        eventually("the events", || {
            (seen("MESSAGE_CREATE"), seen("USER_UPDATE"), seen("other"))
                == (Some((1, 1)), Some((1, 0)), Some((2, 0)))
        });
        assert_eq!(seen("READY"), Some((1, 0)));
        assert_eq!(seen("CHANNEL_DELETE"), None);
        Ok(())
    })
    .unwrap();
}

/// Blocks the bot's thread at the first event named `BLOCK` while `script` runs.
fn while_blocked(shards: u32, script: impl FnOnce(&Scene, &Handle) + Send) {
    let scene = Scene::new(discord().shards(shards));
    let (blocks, blocked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let mut bot = bot(&scene.discord);
    bot.on_any(|_, name, _| {
        if name == "BLOCK" {
            blocks.send(())?;
            released.recv_timeout(TIMEOUT)?;
        }
        Ok(())
    });
    let (scene, handle) = (&scene, bot.handle());
    bot.during(move || {
        // Once these are handled, nothing of the login is left in the queue.
        let delivered = || event(&handle.health(), "other").map_or(0, |event| event.delivered);
        for shard in 0..shards {
            scene.discord.dispatch("FIRST", json!({"guild_id": (u64::from(shard) << 22).to_string()}));
        }
        eventually("the first events", || {
            delivered() == u64::from(shards) && handle.health().queue.events == 0
        });
        scene.discord.dispatch("BLOCK", json!({"guild_id": "4194304"}));
        blocked.recv_timeout(TIMEOUT)?;
        script(scene, &handle);
        release.send(())?;
        eventually("the queue to be empty", || handle.health().queue.events == 0);
        let health = handle.health();
        assert_eq!((health.queue.oldest, health.queue.bytes), (None, 0), "{health:?}");
        assert!(health.shards.iter().all(|shard| (shard.queued, shard.oldest_queued) == (0, None)));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_queue_shows_its_depth_and_age_for_each_shard() {
    while_blocked(2, |scene, handle| {
        // Guilds of shard 0 and shard 1.
        for guild in ["8388608", "8388608", "4194304"] {
            scene.discord.dispatch("COUNT", json!({"guild_id": guild}));
        }
        let queued = || handle.health().shards.iter().map(|shard| shard.queued).collect::<Vec<_>>();
        eventually("the events to be queued", || queued() == [2, 2]);
        let health = handle.health();
        assert_eq!(health.queue.events, 4, "with the one that is being handled");
        let (first, second) = (health.shards[0].oldest_queued, health.shards[1].oldest_queued);
        assert!(first.is_some() && second >= first && second == health.queue.oldest, "{health:?}");
        assert!(handle.health().queue.oldest > second, "it grows");
        let posted = handle.post(|_| Ok(()));
        assert!(posted.is_ok() && handle.health().queue.posts == 1);
    });
}

#[test]
fn slow_calls_are_counted_and_logged_by_name_once_a_minute() {
    let scene = Scene::new(discord());
    let ((), log) = logged::during(|| {
        let (slow, seen) = (Cell::new(0), Cell::new(0));
        let mut bot = bot(&scene.discord);
        bot.slow_handler_after(Duration::from_millis(30));
        bot.on_message(|cx, message| {
            if message.content == "slow" {
                thread::sleep(Duration::from_millis(30));
            } else {
                slow.set(handler(&cx.health(), "on_message").slow);
                cx.stop();
            }
            seen.set(seen.get() + 1);
            Ok(())
        });
        bot.during(|| {
            (0..3).for_each(|_| scene.says("slow"));
            scene.says("quick");
            Ok(scene.discord.wait_until("the bot to stop", |discord| discord.live_sessions() == 0)?)
        })
        .unwrap();
        assert_eq!((slow.get(), seen.get()), (3, 4));
    });
    let slow: Vec<&String> = log.iter().filter(|line| line.contains("all other handlers waited")).collect();
    assert!(slow.len() == 1 && slow[0].starts_with("WARN on_message at tests/bot/health.rs:"), "{log:?}");
}

#[test]
fn lanes_and_tasks_show_what_runs_and_what_waits() {
    let scene = Scene::new(discord());
    let lanes = Lanes::new(1).limit(50);
    let (release, released) = mpsc::channel::<()>();
    let released = Mutex::new(released);
    let mut bot = bot(&scene.discord);
    bot.max_tasks(3).on_in::<MessageCreate>(&lanes, move |cx, message| {
        if message.content == "panic" {
            panic!("on purpose");
        }
        cx.spawn(|task| Ok(task.sleep(TIMEOUT)?))?;
        Ok(released.lock().unwrap().recv_timeout(TIMEOUT)?)
    });
    bot.on_error(|_, _| {});
    let handle = bot.handle();
    bot.during(|| {
        (0..3).for_each(|_| scene.says("work"));
        let counts = |health: Health| (health.lanes[0].running, health.lanes[0].queued, health.tasks.running);
        eventually("a job to run", || counts(handle.health()) == (1, 2, 1));
        let health = handle.health();
        let lanes = &health.lanes[0];
        assert_eq!((lanes.threads, lanes.limit, lanes.dropped, health.tasks.max), (1, 50, 0, 3));
        assert!(lanes.name.starts_with("tests/bot/health.rs:") && lanes.oldest.is_some(), "{lanes:?}");
        scene.says("panic");
        (0..3).try_for_each(|_| release.send(()))?;
        eventually("the lanes to be idle", || handler(&handle.health(), "on_in::<MessageCreate>").calls == 4);
        let health = handle.health();
        assert_eq!(handler(&health, "on_in::<MessageCreate>").panics, 1);
        assert_eq!(event(&health, "MESSAGE_CREATE").map(|event| event.delivered), Some(4));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_latency_of_a_shard_is_that_of_its_heartbeats() {
    let scene = Scene::new(fast_heartbeats());
    let bot = scene.echo_bot();
    let handle = bot.handle();
    bot.during(|| {
        assert_eq!(handle.health().shards[0].latency.last, None);
        eventually("two heartbeats", || handle.health().shards[0].latency.count >= 2);
        let latency = handle.health().shards[0].latency;
        let (last, mean, p99) = (latency.last.unwrap(), latency.mean.unwrap(), latency.p99.unwrap());
        assert!(last <= p99 && mean <= p99 && latency.sum >= p99, "{latency:?}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn calls_of_the_rest_client_count_by_route_with_waits_errors_and_429s() {
    const MESSAGES: &str = "POST /channels/{channel_id}/messages";
    let scene = Scene::new(discord());
    scene.discord.rate_limit(MESSAGES, 1, Duration::from_millis(200));
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        (0..3).try_for_each(|_| cx.reply(message, "received").map(drop))?;
        let unknown = cx.rest().channel(syncord::id::ChannelId::new(1));
        Ok(assert!(unknown.is_err()))
    });
    let handle = bot.handle();
    let fault =
        Fault::Http429 { retry_after: Duration::from_millis(10), scope: RateLimitScope::Global, times: 1 };
    bot.during(|| {
        scene.discord.fault(fault);
        scene.says("hello");
        eventually("all calls", || handler(&handle.health(), "on_message").calls == 4);
        let rest = handle.health().rest;
        let route = |name: &str| rest.routes.iter().find(|route| route.route == name).unwrap();
        let messages = route(MESSAGES);
        assert_eq!((messages.calls, messages.requests, messages.rate_limited), (3, 4, 1), "{rest:?}");
        assert!(messages.waits >= 2 && messages.wait_time >= Duration::from_millis(100), "{rest:?}");
        assert_eq!(messages.errors, []);
        assert_eq!(route("GET /channels/{channel_id}").errors, [(RestFailure::Rejected, 1)]);
        let hits = &rest.rate_limited;
        assert_eq!((hits.global, hits.route, hits.address, rest.in_flight), (1, 0, 0, 0));
        let calls: u64 = rest.routes.iter().map(|route| route.calls).sum();
        assert_eq!(rest.time.count(), calls);
        assert!(rest.refused >= 1 && rest.max_refused > rest.refused, "{rest:?}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_identifies_that_are_left_are_those_of_discord_less_the_ones_that_were_sent() {
    let day = Duration::from_secs(24 * 3600);
    let scene = Scene::new(discord().session_start_limit(1000, 800, day, 1));
    let bot = scene.echo_bot();
    let handle = bot.handle();
    assert_eq!(bot.health().identifies, None);
    bot.during(|| {
        let limit = handle.health().identifies.unwrap();
        assert_eq!((limit.total, limit.remaining), (1000, 799));
        assert!(limit.reset_after <= day && limit.reset_after > day / 2, "{limit:?}");
        Ok(())
    })
    .unwrap();
    assert_eq!(handle.health().identifies, None, "the bot has ended");
}

#[test]
fn the_health_is_logged_once_per_period_until_the_bot_stops() {
    const PERIOD: Duration = Duration::from_millis(40);
    let lines = || logged::count("INFO ready;") + logged::count("INFO not ready");
    let ((), _) = logged::during(|| {
        let discord = Discord::start().unwrap();
        let mut bot = discord.bot();
        bot.on_message(|_, _| Ok(()));
        bot.log_health_every(PERIOD);
        let start = Instant::now();
        bot.during(|| {
            discord.wait_until("three lines", |_| lines() >= 3)?;
            // Each line waits for its period, however busy the machine is.
            let logged = lines();
            let periods = start.elapsed().as_millis() / PERIOD.as_millis();
            assert!(logged as u128 <= periods, "{logged} lines in {periods} periods");
            Ok(())
        })
        .unwrap();
    });
    // One may have been on its way when the bot stopped.
    let at_the_end = lines();
    std::thread::sleep(10 * PERIOD);
    assert!(lines() <= at_the_end + 1);
}
