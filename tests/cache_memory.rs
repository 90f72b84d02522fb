//! The memory that the cache counts, against that of a process. The test runs itself twice as a separate process: with a
//! cache and without.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::env;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::Cache;
use syncord::cache::Members;
use syncord::sim::Discord;

const MESSAGES: u64 = 30_000;

/// Set in the processes that are measured: whether the bot has a cache.
const WITH_CACHE: &str = "SYNCORD_TEST_WITH_CACHE";

/// The memory of this process.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// A message of one of 300 members; one in four has an embed.
fn message(discord: &Discord, channel: u64, n: u64) -> Value {
    let embeds = match n % 4 {
        0 => {
            json!([{"type": "rich", "title": format!("Tide table {n}"), "description": "High water at noon. ".repeat(10),
            "fields": [{"name": "Bergen", "value": "1.2 m"}, {"name": "Kiel", "value": "0.1 m"}]}])
        }
        _ => json!([]),
    };
    let user = 5000 + n % 300;
    json!({
        "id": (1_000_000 + n).to_string(), "channel_id": channel.to_string(), "guild_id": discord.guild_id(), "type": 0,
        "author": {"id": user.to_string(), "username": format!("sailor {user}"), "discriminator": "0", "avatar": "a".repeat(32)},
        "member": {"roles": [], "joined_at": "2026-05-02T09:14:37.412000+00:00", "deaf": false, "mute": false, "flags": 0},
        "content": format!("message {n}: {}", "fair wind and a following sea ".repeat((n % 10) as usize)),
        "timestamp": "2026-05-02T09:14:37.412000+00:00", "edited_timestamp": null, "tts": false, "pinned": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": embeds, "flags": 0,
    })
}

/// Receives the messages. Prints the memory of the process, and what the cache counts.
fn receive(with_cache: bool) {
    let discord = Discord::builder().timeout(Duration::from_secs(60)).start().unwrap();
    let general = discord.channel("general");
    let mut count = 0;
    let printed = Cell::new(false);
    let mut bot = discord.bot();
    if with_cache {
        bot.cache(Cache::new().members(Members::Seen).messages(MESSAGES as usize).limit_bytes(usize::MAX));
    }
    bot.on_message(|cx, _| {
        count += 1;
        if count == MESSAGES {
            println!("measured {} {}", memory(), cx.cache().health().bytes);
            printed.set(true);
            cx.stop();
        }
        Ok(())
    });
    bot.on_ready(|_, _| {
        for n in 0..MESSAGES {
            discord.dispatch("MESSAGE_CREATE", message(&discord, general.id().get(), n));
        }
        Ok(())
    });
    bot.run().unwrap();
    assert!(printed.get());
}

/// The memory of a process, and what its cache counts.
fn measured(with_cache: bool) -> (u64, u64) {
    let test = "the_bytes_of_the_cache_are_those_that_it_takes";
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(WITH_CACHE, with_cache.to_string());
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let line =
        text.lines().find_map(|line| line.split_once("measured ")).unwrap_or_else(|| panic!("{output:?}"));
    let (memory, bytes) = line.1.split_once(' ').unwrap();
    (memory.parse().unwrap(), bytes.trim().parse().unwrap())
}

#[test]
fn the_bytes_of_the_cache_are_those_that_it_takes() {
    if let Ok(with_cache) = env::var(WITH_CACHE) {
        return receive(with_cache == "true");
    }
    let (without, nothing) = measured(false);
    let (with, counted) = measured(true);
    let taken = with.saturating_sub(without);
    let text = format!("{counted} bytes counted, {taken} taken");
    println!("{text}");
    assert_eq!(nothing, 0);
    assert!(counted > 10 << 20, "{text}");
    assert!(counted * 2 > taken && taken * 2 > counted, "{text}");
}
