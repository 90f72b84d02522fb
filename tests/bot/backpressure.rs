//! Handlers that are slower than Discord: memory stays bounded, no event is lost, heartbeats continue.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::json;
use syncord::Bot;

use super::child;
use super::kill_on_drop::KillOnDrop;
use super::scene::{TIMEOUT, bot, discord, eventually};

const FLOOD: u64 = 100_000;
/// All events together exceed the bot's queue and the system's socket buffers by far.
const EVENT_BYTES: usize = 1000;
/// The queue holds up to 16 MiB, in buffers that may be half empty. The flood is 100 MB.
const MAX_MEMORY_KIB: u64 = 64 << 10;

#[test]
fn a_flood_of_events_is_slowed_by_tcp_with_bounded_memory_and_no_loss() {
    let discord = discord()
        .heartbeat_interval(Duration::from_secs(2))
        .rules(|rules| rules.heartbeat_tolerance = Duration::from_secs(15))
        .start()
        .unwrap();
    // The simulated Discord holds the flood in this process, so the bot runs in another one.
    let variables = [("DISCORD_TOKEN", discord.token()), ("DISCORD_API_URL", discord.api_url())];
    let mut command = child::command("backpressure::child_that_receives_the_flood", &variables);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut child = KillOnDrop(child);
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut next = |word: &str| {
        let found = lines.find(|line| line.contains(word));
        found.unwrap_or_else(|| panic!("the child ended without printing {word:?}"))
    };
    discord.wait_until_ready().unwrap();
    let pad = "x".repeat(EVENT_BYTES);
    for n in 0..FLOOD {
        discord.dispatch("FLOOD", json!([n, pad]));
    }
    next("paused");
    let beats = discord.log().heartbeats();
    discord.wait_until("more heartbeats", |d| d.log().heartbeats() >= beats + 2).unwrap();
    child.0.stdin.take().unwrap().write_all(b"continue\n").unwrap();
    next("received all in order");
    assert!(child.0.wait().unwrap().success());
    let log = discord.log();
    assert_eq!((log.connections(), log.identifies(), log.timeouts()), (1, 1, 0));
    assert_eq!(log.violations(), [""; 0]);
}

/// Runs only as a child process of the test above.
#[test]
fn child_that_receives_the_flood() {
    if !child::is_child() {
        return;
    }
    let mut bot = Bot::from_env().unwrap();
    let (mut expected, mut was_paused) = (0, false);
    bot.on_any(|cx, name, data| {
        if name != "FLOOD" {
            return Ok(());
        }
        let n: u64 = data[1..data.find(',').unwrap()].parse()?;
        assert_eq!(n, expected);
        expected += 1;
        if n == 0 {
            eventually("reading to stop", || cx.health().shards[0].is_reading_paused);
            println!("paused");
            std::io::stdin().read_line(&mut String::new())?;
        }
        if n % 100 == 0 {
            thread::sleep(Duration::from_millis(1));
            was_paused |= cx.health().shards[0].is_reading_paused;
        }
        if expected == FLOOD {
            cx.stop();
        }
        Ok(())
    });
    bot.on_error(|_, error| panic!("{error}"));
    bot.run().unwrap();
    assert_eq!(expected, FLOOD);
    if let Some(peak) = peak_memory_kib() {
        assert!(peak < MAX_MEMORY_KIB, "{peak} KiB");
        println!("{peak} KiB");
    }
    println!("received all in order");
}

/// The peak memory of this process, where the system reports it.
fn peak_memory_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Sends 1,000 events with these queue limits while a handler blocks; returns the received events.
fn received_with_limits(events: usize, bytes: usize) -> Vec<u64> {
    let discord = &discord().start().unwrap();
    let (release, released) = mpsc::channel::<()>();
    let (blocked_sender, blocked) = mpsc::channel();
    let mut received = Vec::new();
    let mut bot = bot(discord);
    bot.queue_limits(events, bytes).on_any(|cx, name, data| {
        if name != "COUNT" {
            return Ok(());
        }
        received.push(data.parse()?);
        if received.len() == 1 {
            blocked_sender.send(cx.handle())?;
            released.recv_timeout(TIMEOUT)?;
        }
        if received.len() == 1000 {
            cx.stop();
        }
        Ok(())
    });
    bot.during(move || {
        (0..1000).for_each(|n| discord.dispatch("COUNT", json!(n)));
        let handle = blocked.recv_timeout(TIMEOUT)?;
        eventually("reading to stop", || handle.health().shards[0].is_reading_paused);
        release.send(())?;
        discord.wait_until("the bot to stop", |d| d.live_sessions() == 0)?;
        Ok(())
    })
    .unwrap();
    assert_eq!((discord.log().connections(), discord.log().violations().len()), (1, 0));
    received
}

#[test]
fn reading_stops_at_the_limit_of_events_and_continues_below_it() {
    assert_eq!(received_with_limits(1, usize::MAX), (0..1000).collect::<Vec<_>>());
    assert_eq!(received_with_limits(100, usize::MAX), (0..1000).collect::<Vec<_>>());
}

#[test]
fn reading_stops_at_the_limit_of_bytes_and_continues_below_it() {
    assert_eq!(received_with_limits(usize::MAX, 1), (0..1000).collect::<Vec<_>>());
    assert_eq!(received_with_limits(usize::MAX, 2000), (0..1000).collect::<Vec<_>>());
}
