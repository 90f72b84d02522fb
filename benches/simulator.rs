//! What a test with the simulated Discord costs: its time, and the memory of a simulator.
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

    let before = resident_kilobytes();
    let start = Instant::now();
    let simulators: Vec<Discord> = (0..SIMULATORS).map(|_| Discord::start()).collect::<Result<_, _>>()?;
    let started = start.elapsed();
    for discord in &simulators {
        discord.member("ann").says(&discord.channel("general"), "hello");
    }
    let after = resident_kilobytes();
    print!("{SIMULATORS} simulators at once, each with a message: started in {started:.1?}");
    match (before, after) {
        (Some(before), Some(after)) => println!(", {} KiB each", (after.saturating_sub(before)) / SIMULATORS),
        _ => println!("; this system does not tell the memory"),
    }
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

/// The memory of this process, on Linux.
fn resident_kilobytes() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
