//! Closures slower than Discord: memory stays bounded, nothing is lost, the heart goes on beating.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::json;
use syncord::Bot;

use super::child;
use super::scene::{PATIENCE, bot, discord, eventually};

const FLOOD: u64 = 100_000;
/// Together this is far more than the bot's queue and the system's socket buffers hold.
const EVENT_BYTES: usize = 1000;
/// 16 MiB may wait in the queue, and buffers may be half empty; the flood alone is 100 MB.
const MOST_MEMORY_KIB: u64 = 64 << 10;

#[test]
fn a_flood_is_held_back_by_tcp_with_memory_bounded_and_nothing_lost() {
    let discord = discord()
        .heartbeat_interval(Duration::from_secs(2))
        .rules(|rules| rules.heartbeat_tolerance = Duration::from_secs(15))
        .start()
        .unwrap();
    // The flood waits in this process, so the bot is measured in another one.
    let variables = [("DISCORD_TOKEN", discord.token()), ("DISCORD_API_URL", discord.api_url())];
    let mut command = child::command("backpressure::child_in_the_flood", &variables);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut child = child::Guarded(child);
    let mut lines = BufReader::new(child.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut next = |word: &str| {
        let found = lines.find(|line| line.contains(word));
        found.unwrap_or_else(|| panic!("the child ended without saying {word:?}"))
    };
    discord.wait_until_ready().unwrap();
    let pad = "x".repeat(EVENT_BYTES);
    for n in 0..FLOOD {
        discord.dispatch("FLOOD", json!([n, pad]));
    }
    next("held");
    let beats = discord.log().heartbeats();
    discord.wait_until("heartbeats to go on", |d| d.log().heartbeats() >= beats + 2).unwrap();
    child.0.stdin.take().unwrap().write_all(b"go on\n").unwrap();
    next("heard all in order");
    assert!(child.0.wait().unwrap().success());
    let log = discord.log();
    assert_eq!((log.connections(), log.identifies(), log.timeouts()), (1, 1, 0));
    assert_eq!(log.violations(), [""; 0]);
}

/// Does something only as a child of the test above.
#[test]
fn child_in_the_flood() {
    if !child::is_child() {
        return;
    }
    let mut bot = Bot::from_env().unwrap();
    let (mut expected, mut was_held) = (0, false);
    bot.on_any(|cx, name, data| {
        if name != "FLOOD" {
            return Ok(());
        }
        let n: u64 = data[1..data.find(',').unwrap()].parse()?;
        assert_eq!(n, expected);
        expected += 1;
        if n == 0 {
            eventually("reading to stop", || cx.health().unwrap().is_reading_paused());
            println!("held");
            std::io::stdin().read_line(&mut String::new())?;
        }
        if n % 100 == 0 {
            thread::sleep(Duration::from_millis(1));
            was_held |= cx.health().unwrap().is_reading_paused();
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
        assert!(peak < MOST_MEMORY_KIB, "{peak} KiB");
        println!("{peak} KiB");
    }
    println!("heard all in order");
}

/// The most memory that this process ever had, where the system says so.
fn peak_memory_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// A closure blocks while 1,000 events come, with these limits; gives what was heard after it was let go.
fn held_at(events: usize, bytes: usize) -> Vec<u64> {
    let discord = &discord().start().unwrap();
    let (let_go, held) = mpsc::channel::<()>();
    let (tell, health) = mpsc::channel();
    let mut heard = Vec::new();
    let mut bot = bot(discord);
    bot.queue_limits(events, bytes).on_any(|cx, name, data| {
        if name != "COUNT" {
            return Ok(());
        }
        heard.push(data.parse()?);
        if heard.len() == 1 {
            tell.send(cx.health().unwrap())?;
            held.recv_timeout(PATIENCE)?;
        }
        if heard.len() == 1000 {
            cx.stop();
        }
        Ok(())
    });
    bot.during(move || {
        (0..1000).for_each(|n| discord.dispatch("COUNT", json!(n)));
        let health = health.recv_timeout(PATIENCE)?;
        eventually("reading to stop", || health.is_reading_paused());
        let_go.send(())?;
        discord.wait_until("the bot to have heard everything", |d| d.live_sessions() == 0)?;
        Ok(())
    })
    .unwrap();
    assert_eq!((discord.log().connections(), discord.log().violations().len()), (1, 0));
    heard
}

#[test]
fn reading_stops_at_the_limit_of_events_and_goes_on_below_it() {
    assert_eq!(held_at(1, usize::MAX), (0..1000).collect::<Vec<_>>());
    assert_eq!(held_at(100, usize::MAX), (0..1000).collect::<Vec<_>>());
}

#[test]
fn reading_stops_at_the_limit_of_bytes_and_goes_on_below_it() {
    assert_eq!(held_at(usize::MAX, 1), (0..1000).collect::<Vec<_>>());
    assert_eq!(held_at(usize::MAX, 2000), (0..1000).collect::<Vec<_>>());
}
