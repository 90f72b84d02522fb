//! Several shards in one bot.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::bot::{Running, Shards};
use syncord::events::Connected;
use syncord::id::GuildId;
use syncord::sim::Fault;

use super::scene::{Journal, TIMEOUT, bot, discord};

const DAY: Duration = Duration::from_secs(24 * 3600);
const SHARDS: u64 = 3;

/// An event of a guild that belongs to this shard.
fn of_shard(shard: u64, n: u64) -> Value {
    json!({"guild_id": ((SHARDS * 7 + shard) << 22).to_string(), "n": n})
}

#[test]
fn each_shards_events_arrive_in_order_across_a_lost_connection() {
    let discord = discord().shards(SHARDS as u32).session_start_limit(1000, 1000, DAY, 3).start().unwrap();
    let journal = Journal::default();
    let mut received = BTreeMap::<u32, Vec<u64>>::new();
    let mut bot = bot(&discord);
    bot.on(|cx, connected: &Connected| {
        assert_eq!(cx.shard().total, 3);
        Ok(journal.add(format!("{} {}", connected.resumed, cx.shard().index)))
    });
    bot.on_any(|cx, name, data| {
        if name == "COUNT" {
            let data: Value = serde_json::from_str(data)?;
            received.entry(cx.shard().index).or_default().push(data["n"].as_u64().unwrap());
        }
        if name == "END" {
            journal.add(name);
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
        journal.wait_for_count(3, "true");
        (0..SHARDS).for_each(|shard| discord.dispatch("END", of_shard(shard, 0)));
        Ok(journal.wait_for_count(3, "END"))
    })
    .unwrap();
    let all: Vec<u64> = (0..300).collect();
    assert_eq!(received.into_iter().collect::<Vec<_>>(), [(0, all.clone()), (1, all.clone()), (2, all)]);
    let log = discord.log();
    assert_eq!((log.identifies(), log.resumes(), log.connections()), (3, 3, 6));
    assert_eq!(log.violations(), [""; 0]);
    let mut lines = journal.lines();
    lines[..3].sort();
    assert_eq!(lines[..3], ["false 0", "false 1", "false 2"]);
}

#[test]
fn the_script_starts_when_all_shards_are_connected_and_shards_of_one_bucket_identify_one_by_one() {
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
    // Two identifies within 5 seconds would be a violation.
    assert_eq!(discord.log().violations(), [""; 0]);
    assert_eq!(discord.log().identifies(), 2);
}

#[test]
fn a_shard_without_an_identify_left_waits_and_shows_it_while_the_others_run() {
    // One of the two identifies is the reserve, so only one shard may identify today.
    let discord = discord().shards(2).session_start_limit(3, 2, DAY, 1).start().unwrap();
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.on_ready(|cx, _| Ok(journal.add(format!("ready {}", cx.shard().index))));
    bot.on_any(|_, name, _| {
        Ok(if name == "LATER" {
            journal.add(name);
        })
    });
    let mut running = bot.start().unwrap();
    let is_waiting = |running: &Running<'_>| {
        let shards = running.health().shards;
        shards.iter().any(|shard| shard.shard.index == 1 && shard.identify_wait > Some(DAY / 2))
    };
    let begin = Instant::now();
    while journal.lines().is_empty() || !is_waiting(&running) {
        assert!(begin.elapsed() < TIMEOUT, "{:?}", journal.lines());
        running.poll(Duration::from_millis(20)).unwrap();
    }
    discord.dispatch("LATER", json!({}));
    while journal.lines() != ["ready 0", "LATER"] {
        assert!(begin.elapsed() < TIMEOUT && !running.is_over(), "{:?}", journal.lines());
        running.poll(Duration::from_millis(20)).unwrap();
    }
    assert_eq!((discord.log().identifies(), discord.live_sessions()), (1, 1));
}

#[test]
fn a_refused_shard_ends_the_bot_and_closes_the_other_shards() {
    let discord = discord().shards(SHARDS as u32).session_start_limit(1000, 1000, DAY, 3).start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|_, _| Ok(()));
    let mut running = bot.start().unwrap();
    let begin = Instant::now();
    while discord.live_sessions() < SHARDS as usize {
        assert!(begin.elapsed() < TIMEOUT);
        running.poll(Duration::from_millis(20)).unwrap();
    }
    discord.fault(Fault::Close(4013, String::new()));
    let error = running.run().unwrap_err();
    assert!(matches!(error, syncord::Error::Gateway { code: 4013, .. }), "{error}");
    assert_eq!(discord.live_sessions(), 0);
}

#[test]
fn processes_share_the_shards_and_each_receives_the_events_of_its_shards() {
    let discord = discord().shards(1).session_start_limit(1000, 1000, DAY, 3).start().unwrap();
    let (journal, received) = (Journal::default(), Journal::default());
    thread::scope(|scope| {
        for shards in [0..1, 1..3] {
            scope.spawn(|| {
                let mut bot = bot(&discord);
                bot.shards(Shards::Range { shards, total: 3 }).large_threshold(250);
                bot.on(|cx, _: &Connected| Ok(journal.add(cx.shard())));
                bot.on_any(|cx, name, data| {
                    if name == "COUNT" {
                        let data: Value = serde_json::from_str(data)?;
                        received.add(format!("{} {}", cx.shard(), data["n"]));
                        let guild: u64 = data["guild_id"].as_str().unwrap().parse()?;
                        cx.request_channel_info(GuildId::new(guild))?;
                        if cx.shard().index == 0 {
                            let foreign = cx.request_channel_info(GuildId::new(1 << 22)).unwrap_err();
                            assert!(
                                foreign.to_string().contains("shard 1, which another process runs"),
                                "{foreign}"
                            );
                        }
                    }
                    if name == "END" {
                        cx.stop();
                    }
                    Ok(())
                });
                bot.run().unwrap();
            });
        }
        journal.wait_for_count(3, "");
        (0..3).for_each(|shard| discord.dispatch("COUNT", of_shard(shard, shard)));
        received.wait_for_count(3, "");
        (0..3).for_each(|shard| discord.dispatch("END", of_shard(shard, 0)));
    });
    let sorted = |journal: &Journal| {
        let mut lines = journal.lines();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&journal), ["0/3", "1/3", "2/3"]);
    assert_eq!(sorted(&received), ["0/3 0", "1/3 1", "2/3 2"]);
    let log = discord.log();
    let identifies: Vec<&Value> = log.send_events().iter().filter(|event| event["op"] == 2).collect();
    assert!(identifies.iter().all(|event| event["d"]["large_threshold"] == 250), "{identifies:?}");
    assert_eq!((log.violations(), log.identifies()), (&[][..] as &[String], 3));
}

#[test]
fn a_large_threshold_outside_of_50_to_250_is_an_error_at_start() {
    let discord = discord().start().unwrap();
    for (members, is_valid) in [(0, false), (49, false), (50, true), (250, true), (251, false)] {
        let mut bot = bot(&discord);
        bot.large_threshold(members).on_message(|_, _| Ok(()));
        let problem = bot.during(|| Ok(())).err().map(|error| error.to_string());
        assert_eq!(problem.is_none(), is_valid, "{members}: {problem:?}");
        let names_it = |problem: &String| {
            problem.contains(&format!("bot.large_threshold({members}) is not from 50 to 250"))
        };
        assert!(problem.iter().all(names_it), "{problem:?}");
    }
}
