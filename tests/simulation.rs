//! Sessions against the simulated Discord, through thousands of hours of faults in virtual time.
//!
//! A failing seed is printed. Run it alone with
//! `SYNCORD_SEED=17 cargo test --test simulation one_seed -- --nocapture`.

#![allow(clippy::unwrap_used)]

#[path = "simulation/client.rs"]
mod client;
#[path = "simulation/faults.rs"]
mod faults;
#[path = "simulation/network.rs"]
mod network;
#[path = "simulation/peer.rs"]
mod peer;
#[path = "simulation/record.rs"]
mod record;
#[path = "simulation/world.rs"]
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use self::record::Totals;
use self::world::World;

const SEEDS: u64 = 5_000;

#[test]
fn no_fault_breaks_a_promise() {
    let start = Instant::now();
    let (next, sum) = (AtomicU64::new(0), Mutex::new((Totals::default(), Vec::new())));
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= SEEDS || sum.lock().unwrap_or_else(PoisonError::into_inner).1.len() > 4 {
                        return;
                    }
                    let played = play(seed);
                    let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
                    match played {
                        Ok(totals) => sum.0 += totals,
                        Err(problem) => sum.1.push((seed, problem)),
                    }
                }
            });
        }
    });
    let (totals, failures) = sum.into_inner().unwrap();
    println!("{totals}, in {:.1} s", start.elapsed().as_secs_f64());
    for (seed, problem) in &failures {
        eprintln!(
            "seed {seed}: {problem}\n  SYNCORD_SEED={seed} cargo test --test simulation one_seed -- --nocapture"
        );
    }
    assert!(failures.is_empty(), "{} seeds failed", failures.len());
    assert!(totals.seeds == SEEDS && totals.time >= Duration::from_secs(10_000 * 3600), "{totals}");
    assert!(
        totals.resumes > SEEDS && totals.gaps > SEEDS / 2 && totals.stops > 50,
        "too few faults: {totals}"
    );
}

/// Runs the seed in `SYNCORD_SEED` and prints each step.
#[test]
fn one_seed() {
    let seed = std::env::var("SYNCORD_SEED").ok().map_or(0, |seed| seed.parse().unwrap());
    let mut world = World::new(seed);
    world.verbose = std::env::var("SYNCORD_SEED").is_ok();
    if let Err(problem) = world.play() {
        panic!("seed {seed}: {problem}");
    }
}

/// Events from before a suspend were read from a buffer after it, and the gap began with the time of reading.
#[test]
fn seed_5_a_gap_after_a_suspend() {
    play(5).unwrap();
}

fn play(seed: u64) -> Result<Totals, String> {
    catch_unwind(AssertUnwindSafe(|| World::new(seed).play())).unwrap_or_else(|_| Err("panicked".into()))
}
