//! Many shards in one bot, half of them under faults.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syncord::events::{Connected, Gap};
use syncord::sim::Fault;

use super::scene::{TIMEOUT, bot, fast_heartbeats};

const DAY: Duration = Duration::from_secs(24 * 3600);
const SHARDS: u32 = 64;
/// Shards below this one have faults.
const FAULTY: u32 = SHARDS / 2;
/// Decides which shards a fault affects.
const SEED: u64 = 7;
/// How often each fault occurs.
const TIMES: usize = 5;

/// The pause after each fault, in which shards reconnect.
const PAUSE: Duration = Duration::from_millis(80);

/// What a shard has received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Number(u64),
    Gap,
    Resumed,
}

type Received = Mutex<BTreeMap<u32, Vec<Entry>>>;

/// The number of the last event that every shard has received.
fn last_of_all(received: &Received) -> u64 {
    let received = received.lock().unwrap();
    let last = |shard: u32| {
        let entries = received.get(&shard)?.iter().rev();
        entries.copied().find_map(|entry| if let Entry::Number(n) = entry { Some(n) } else { None })
    };
    (0..SHARDS).map(|shard| last(shard).unwrap_or(0)).min().unwrap()
}

fn faults() -> Vec<Fault> {
    let close = |code| Fault::Close(code, "simulated".to_owned());
    vec![
        Fault::DropSocket,
        Fault::BlackHole(Some(Duration::from_secs(3))),
        Fault::MuteAcks(true),
        Fault::Reconnect,
        Fault::InvalidSession { resumable: true },
        Fault::InvalidSession { resumable: false },
        Fault::InvalidJson,
        Fault::BinaryFrame,
        Fault::RequestHeartbeat,
        close(4000),
        close(4008),
        close(1001),
        // These end the session.
        close(4007),
        close(4009),
    ]
}

#[test]
fn under_faults_no_event_of_any_shard_is_lost_doubled_or_out_of_order() {
    let discord = fast_heartbeats().session_start_limit(1000, 1000, DAY, SHARDS).start().unwrap();
    let received = Received::default();
    let add = |shard: u32, entry| received.lock().unwrap().entry(shard).or_default().push(entry);
    let mut bot = bot(&discord);
    bot.shards(SHARDS);
    bot.on(|cx, _: &Gap| Ok(add(cx.shard().index, Entry::Gap)));
    bot.on(|cx, connected: &Connected| {
        Ok(if connected.resumed {
            add(cx.shard().index, Entry::Resumed);
        })
    });
    bot.on_any(|cx, name, data| {
        if name == "COUNT" {
            let data: Value = serde_json::from_str(data)?;
            add(cx.shard().index, Entry::Number(data["n"].as_u64().unwrap()));
        }
        Ok(())
    });
    let mut sent = 0;
    bot.during(|| {
        let mut count = || {
            sent += 1;
            for shard in 0..u64::from(SHARDS) {
                discord.dispatch("COUNT", json!({"guild_id": (shard << 22).to_string(), "n": sent}));
            }
            thread::sleep(Duration::from_millis(5));
            sent
        };
        let mut rng = fastrand::Rng::with_seed(SEED);
        let mut faults = vec![faults(); TIMES].concat();
        rng.shuffle(&mut faults);
        for fault in faults {
            count();
            let shards: Vec<u32> = (0..rng.u32(1..6)).map(|_| rng.u32(0..FAULTY)).collect();
            discord.fault_on(shards, fault);
            for _ in 0..5 {
                count();
            }
            thread::sleep(PAUSE);
        }
        // A lost session loses what is sent before the next one, so events go on until every shard has received one.
        let (faults_ended, begin) = (count(), Instant::now());
        while last_of_all(&received) <= faults_ended {
            assert!(begin.elapsed() < TIMEOUT, "{:?}", received.lock().unwrap());
            thread::sleep(Duration::from_millis(50));
            count();
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(discord.log().violations(), [""; 0], "seed {SEED}");
    let received = received.into_inner().unwrap();
    for (shard, entries) in &received {
        let (mut next, mut gaps) = (1, 0);
        for entry in entries {
            match *entry {
                Entry::Gap => gaps += 1,
                Entry::Resumed => {}
                Entry::Number(n) => {
                    assert!(
                        n == next || (n > next && gaps > 0),
                        "shard {shard}, {n} after {next}: {entries:?}"
                    );
                    (next, gaps) = (n + 1, 0);
                }
            }
        }
        let has = |wanted| entries.contains(&wanted);
        assert!(*shard < FAULTY || !(has(Entry::Gap) || has(Entry::Resumed)), "shard {shard}: {entries:?}");
    }
    let shards_with = |wanted| received.values().filter(|entries| entries.contains(&wanted)).count();
    let (resumed, with_gap) = (shards_with(Entry::Resumed), shards_with(Entry::Gap));
    assert!(
        resumed > 10 && with_gap > 5,
        "few faults have reached shards: {resumed}, {with_gap}, seed {SEED}"
    );
}
