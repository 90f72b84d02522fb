//! Several shards in one bot.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::bot::Running;
use syncord::events::Connected;
use syncord::gateway::ShardId;
use syncord::gateway::shard::Health;
use syncord::sim::Fault;

use super::scene::{Diary, PATIENCE, bot, discord};

const DAY: Duration = Duration::from_secs(24 * 3600);
const SHARDS: u64 = 3;

/// An event of a guild that belongs to this shard.
fn of_shard(shard: u64, n: u64) -> Value {
    json!({"guild_id": ((SHARDS * 7 + shard) << 22).to_string(), "n": n})
}

#[test]
fn each_shards_events_come_in_order_through_a_lost_connection() {
    let discord = discord().shards(SHARDS as u32).session_start_limit(1000, 1000, DAY, 3).start().unwrap();
    let diary = Diary::default();
    let mut heard = BTreeMap::<u32, Vec<u64>>::new();
    let mut bot = bot(&discord);
    bot.on(|cx, connected: &Connected| {
        assert_eq!(cx.shard().total, 3);
        Ok(diary.note(format!("{} {}", connected.resumed, cx.shard().index)))
    });
    bot.on_any(|cx, name, data| {
        if name == "COUNT" {
            let data: Value = serde_json::from_str(data)?;
            heard.entry(cx.shard().index).or_default().push(data["n"].as_u64().unwrap());
        }
        if name == "END" {
            diary.note(name);
        }
        Ok(())
    });
    bot.during(|| {
        for n in 0..300 {
            (0..SHARDS).for_each(|shard| discord.dispatch("COUNT", of_shard(shard, n)));
            if n == 150 {
                discord.fault(Fault::DropSocket);
            }
        }
        diary.wait_for_several(3, "true");
        (0..SHARDS).for_each(|shard| discord.dispatch("END", of_shard(shard, 0)));
        Ok(diary.wait_for_several(3, "END"))
    })
    .unwrap();
    let all: Vec<u64> = (0..300).collect();
    assert_eq!(heard.into_iter().collect::<Vec<_>>(), [(0, all.clone()), (1, all.clone()), (2, all)]);
    let log = discord.log();
    assert_eq!((log.identifies(), log.resumes(), log.connections()), (3, 3, 6));
    assert_eq!(log.violations(), [""; 0]);
    let mut lines = diary.lines();
    lines[..3].sort();
    assert_eq!(lines[..3], ["false 0", "false 1", "false 2"]);
}

#[test]
fn the_script_begins_when_all_shards_are_connected_and_shards_of_one_bucket_log_in_one_by_one() {
    let discord = discord().shards(2).session_start_limit(1000, 1000, DAY, 1).start().unwrap();
    let mut readies = Vec::new();
    let mut bot = bot(&discord);
    bot.on_ready(|cx, ready| Ok(readies.push((cx.shard().index, ready.shard))));
    bot.during(|| {
        assert_eq!(discord.live_sessions(), 2);
        Ok(())
    })
    .unwrap();
    readies.sort();
    assert_eq!(readies, [(0, Some([0, 2])), (1, Some([1, 2]))]);
    // Two identifies within 5 seconds would stand here.
    assert_eq!(discord.log().violations(), [""; 0]);
    assert_eq!(discord.log().identifies(), 2);
}

#[test]
fn a_shard_that_finds_no_login_left_waits_and_says_so_while_the_others_go_on() {
    // One of the two is the reserve, so only one shard may log in today.
    let discord = discord().shards(2).session_start_limit(3, 2, DAY, 1).start().unwrap();
    let diary = Diary::default();
    let mut bot = bot(&discord);
    bot.on_ready(|cx, _| Ok(diary.note(format!("ready {}", cx.shard().index))));
    bot.on_any(|_, name, _| {
        Ok(if name == "LATER" {
            diary.note(name);
        })
    });
    let mut running = bot.start().unwrap();
    let waits = |running: &Running<'_>| {
        let postponed = |(id, health): (ShardId, Arc<Health>)| (id.index, health.identify_wait());
        running.health().into_iter().map(postponed).any(|(index, wait)| index == 1 && wait > Some(DAY / 2))
    };
    let begin = Instant::now();
    while diary.lines().is_empty() || !waits(&running) {
        assert!(begin.elapsed() < PATIENCE, "{:?}", diary.lines());
        running.poll(Duration::from_millis(20)).unwrap();
    }
    discord.dispatch("LATER", json!({}));
    while diary.lines() != ["ready 0", "LATER"] {
        assert!(begin.elapsed() < PATIENCE && !running.is_over(), "{:?}", diary.lines());
        running.poll(Duration::from_millis(20)).unwrap();
    }
    assert_eq!((discord.log().identifies(), discord.live_sessions()), (1, 1));
}

#[test]
fn one_shard_that_is_refused_ends_the_bot_and_the_others_say_goodbye() {
    let discord = discord().shards(SHARDS as u32).session_start_limit(1000, 1000, DAY, 3).start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|_, _| Ok(()));
    let error = bot
        .during(|| {
            discord.fault(Fault::Close(4013, String::new()));
            Ok(discord.wait_until("all to be gone", |discord| discord.live_sessions() == 0)?)
        })
        .unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(syncord::Error::Gateway { code: 4013, .. })), "{error}");
}
