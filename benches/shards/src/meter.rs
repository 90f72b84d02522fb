//! Counts what a client receives, and measures its process.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, process, thread};

use rustix::time::{ClockId, clock_gettime};

/// The time until the memory and the processor are quiet after the start.
const SETTLE: Duration = Duration::from_secs(3);
/// How long idle shards are measured.
const WINDOW: Duration = Duration::from_secs(10);

/// What a client counts. When it has everything, it prints one line and ends the process.
pub(crate) struct Meter {
    start: Instant,
    shards: u32,
    /// The number of messages that the server sends; 0 to measure idle shards.
    events: u64,
    connected: AtomicU32,
    received: AtomicU64,
    /// The CPU time when the first message was received.
    begun: AtomicU64,
}

impl Meter {
    pub(crate) fn new(shards: u32, events: u64) -> Meter {
        Meter {
            start: Instant::now(),
            shards,
            events,
            connected: AtomicU32::new(0),
            received: AtomicU64::new(0),
            begun: AtomicU64::new(0),
        }
    }

    /// A shard has received READY.
    pub(crate) fn connected(&self) {
        let connected = self.connected.fetch_add(1, Ordering::Relaxed) + 1;
        if connected == self.shards && self.events == 0 {
            let started = self.start.elapsed().as_secs_f64();
            thread::spawn(move || measure_idle(started));
        }
    }

    pub(crate) fn message(&self) {
        let received = self.received.fetch_add(1, Ordering::Relaxed) + 1;
        if received == 1 {
            self.begun.store(cpu_time(), Ordering::Relaxed);
        }
        if received == self.events {
            let used = cpu_time() - self.begun.load(Ordering::Relaxed);
            println!("{}", used as f64 / self.events as f64);
            process::exit(0);
        }
    }
}

fn measure_idle(started: f64) {
    thread::sleep(SETTLE);
    let (begun, at) = (cpu_time(), Instant::now());
    thread::sleep(WINDOW);
    let used = (cpu_time() - begun) as f64 / at.elapsed().as_nanos() as f64;
    println!("{started} {} {used}", memory());
    process::exit(0);
}

/// The resident memory in KiB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

/// The CPU time of this process in nanoseconds, with that of threads that have ended.
fn cpu_time() -> u64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
