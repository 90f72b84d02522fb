//! What a test with the simulated Discord costs: its time, and the memory, threads and open files of a simulator.
//!
//! `cargo bench --bench simulator`

use std::fs;
use std::time::{Duration, Instant};

use syncord::sim::Discord;

/// The number of tests that are timed.
const TESTS: usize = 300;
/// The number of simulators that live at the same time.
const SIMULATORS: usize = 1000;

fn main() -> syncord::Result {
    let mut times = Vec::with_capacity(TESTS);
    for _ in 0..TESTS {
        let start = Instant::now();
        test()?;
        times.push(start.elapsed());
    }
    times.sort();
    let total: Duration = times.iter().sum();
    println!(
        "start, log in, message, reply, stop: median {:.1?}, 90 % below {:.1?}, slowest {:.1?}; {TESTS} tests in {total:.1?}",
        times[TESTS / 2],
        times[TESTS * 9 / 10],
        times[TESTS - 1]
    );

    let before = Usage::read();
    let start = Instant::now();
    let simulators: Vec<Discord> = (0..SIMULATORS).map(|_| Discord::start()).collect::<Result<_, _>>()?;
    let started = start.elapsed();
    for discord in &simulators {
        discord.member("ann").says(&discord.channel("general"), "hello");
    }
    let after = Usage::read();
    print!("{SIMULATORS} simulators at once, each with a message: started in {started:.1?}");
    match (before, after) {
        (Some(before), Some(after)) => {
            // The threads of the tests before may still be ending.
            let each =
                |after: usize, before: usize| (after.saturating_sub(before) + SIMULATORS / 2) / SIMULATORS;
            println!(
                ", each {} KiB, {} threads, {} open files",
                each(after.kilobytes, before.kilobytes),
                each(after.threads, before.threads),
                each(after.files, before.files),
            );
        }
        _ => println!("; this system does not tell what they take"),
    }
    let start = Instant::now();
    drop(simulators);
    println!("ended in {:.1?}", start.elapsed());
    Ok(())
}

/// One test, as a user writes it.
fn test() -> syncord::Result {
    let discord = Discord::start()?;
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, "pong")?;
        }
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "ping");
        assert_eq!(general.next_message()?.content, "pong");
        Ok(())
    })
}

/// What this process takes, on Linux.
struct Usage {
    kilobytes: usize,
    threads: usize,
    files: usize,
}

impl Usage {
    fn read() -> Option<Usage> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let field = |name: &str| -> Option<usize> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse().ok()
        };
        let files = fs::read_dir("/proc/self/fd").ok()?.count();
        Some(Usage { kilobytes: field("VmRSS:")?, threads: field("Threads:")?, files })
    }
}
