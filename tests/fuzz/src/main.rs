//! Mutates fixtures for some seconds, and gives the results to the targets. Needs no nightly compiler.
//!
//! Arguments: the seconds (60), and a seed to repeat a run. A finding is printed with the seed of its input.

use std::panic;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use syncord_fuzz::{TARGETS, Target, corpus, mutation};

/// The stack of the thread that runs the targets, as small as that of a bot's thread may be.
const STACK: usize = 512 * 1024;

/// The longest time that one input may take, also on a busy machine.
const MAX_TIME: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let seconds = arguments.next().and_then(Result::ok).unwrap_or(60);
    let seed = arguments.next().and_then(Result::ok).unwrap_or_else(|| fastrand::u64(..));
    let end = Instant::now() + Duration::from_secs(seconds);
    let corpus = corpus::inputs();
    let (mut runs, mut slowest) = (0u64, (Duration::ZERO, ""));
    loop {
        let run_seed = seed.wrapping_add(runs);
        let mut rng = Rng::with_seed(run_seed);
        let input = mutation::mutate(&corpus[rng.usize(..corpus.len())], &mut rng);
        for target in TARGETS {
            let start = Instant::now();
            let has_panicked = !passes(target, &input);
            let time = start.elapsed();
            slowest = slowest.max((time, target.0));
            if has_panicked || time > MAX_TIME {
                let what = if has_panicked { "panics" } else { "takes too long" };
                println!("`{}` {what} after {time:?} for the seed {run_seed}:", target.0);
                println!("{}", String::from_utf8_lossy(&input));
                return ExitCode::FAILURE;
            }
        }
        runs += 1;
        if runs.is_multiple_of(100_000) {
            println!("{runs} inputs");
        }
        if Instant::now() >= end {
            break;
        }
    }
    println!(
        "{runs} mutated inputs from the seed {seed}, no finding; slowest: {} in {:?}",
        slowest.1, slowest.0
    );
    ExitCode::SUCCESS
}

/// Runs a target on a small stack. Returns whether it ends without a panic.
fn passes((_, target): Target, input: &[u8]) -> bool {
    let input = input.to_vec();
    let thread = thread::Builder::new().stack_size(STACK);
    let running = thread.spawn(move || panic::catch_unwind(|| target(&input)).is_ok());
    running.is_ok_and(|running| running.join().unwrap_or(false))
}
