//! What many shards cost: while they are idle, under load, and at the start.
//!
//! The program runs itself: `server SHARDS EVENTS`, and `syncord PORT SHARDS EVENTS` or `twilight PORT SHARDS EVENTS`.

#[path = "../../../tests/bot/kill_on_drop.rs"]
mod kill_on_drop;
mod meter;
mod ours;
mod server;
#[cfg(feature = "twilight")]
mod twilight;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::{env, io};

use rustix::process::{Resource, getrlimit, setrlimit};
use syncord::Result;

use self::kill_on_drop::KillOnDrop;

#[cfg(feature = "twilight")]
const LIBRARIES: &[&str] = &["syncord", "twilight"];
#[cfg(not(feature = "twilight"))]
const LIBRARIES: &[&str] = &["syncord"];

/// The number of idle shards that are compared with one.
const IDLE_SHARDS: u32 = 1000;
/// The numbers of shards under load.
const LOADED_SHARDS: [u32; 4] = [1, 4, 16, 64];
/// The number of messages, for all shards together.
const EVENTS: u64 = 256_000;
const ROUNDS: usize = 5;

fn main() -> Result {
    let args: Vec<String> = env::args().skip(1).collect();
    let number = |place: usize| args.get(place).and_then(|arg| arg.parse().ok()).unwrap_or(0);
    let (port, shards, events) = (number(1) as u16, number(2) as u32, number(3));
    match args.first().map(String::as_str) {
        Some("server") => server::run(number(1) as u32, number(2)),
        Some("syncord") => ours::run(port, shards, events),
        #[cfg(feature = "twilight")]
        Some("twilight") => twilight::run(port, shards, events),
        Some("idle") => compare_idle(),
        Some("load") => compare_load(),
        _ => compare_idle().and_then(|()| compare_load()),
    }
}

fn compare_idle() -> Result {
    // Each connection is an open file, and more with some libraries.
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).map_err(io::Error::from)?;
    println!("{IDLE_SHARDS} idle shards with TLS");
    println!("library    started in   CPU of a core   KiB per shard   MiB of one shard");
    for library in LIBRARIES {
        let (one, many) = (measure(library, 1, 0)?, measure(library, IDLE_SHARDS, 0)?);
        let per_shard = (many[1] - one[1]) / f64::from(IDLE_SHARDS - 1);
        println!(
            "{library:8} {:10.2} s {:13.2} % {per_shard:15.1} {:18.1}",
            many[0],
            many[2] * 100.0,
            one[1] / 1024.0
        );
    }
    Ok(())
}

fn compare_load() -> Result {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut round = Vec::new();
        for shards in LOADED_SHARDS {
            for library in LIBRARIES {
                round.push(measure(library, shards, EVENTS)?[0]);
            }
        }
        rounds.push(round);
    }
    println!("messages under load with TLS, {ROUNDS} rounds, median");
    println!("library    shards   ns of CPU per message   to one shard   to {}", LIBRARIES[0]);
    for (place, library) in LIBRARIES.iter().enumerate() {
        for (row, shards) in LOADED_SHARDS.iter().enumerate() {
            let of = |round: &Vec<f64>, row: usize, place: usize| round[row * LIBRARIES.len() + place];
            let per_event = median(rounds.iter().map(|round| of(round, row, place)));
            let to_one = median(rounds.iter().map(|round| of(round, row, place) / of(round, 0, place)));
            let to_first = median(rounds.iter().map(|round| of(round, row, place) / of(round, row, 0)));
            println!("{library:8} {shards:8} {per_event:23.0} {to_one:14.3} {to_first:8.3}");
        }
    }
    Ok(())
}

/// Runs a server and a client with this number of shards. Returns the numbers that the client prints.
fn measure(library: &str, shards: u32, events: u64) -> Result<Vec<f64>> {
    let program = env::current_exe()?;
    let arguments = [shards.to_string(), events.to_string()];
    let server = Command::new(&program).arg("server").args(&arguments).stdout(Stdio::piped()).spawn()?;
    let mut server = KillOnDrop(server);
    let mut port = String::new();
    BufReader::new(server.0.stdout.take().expect("a pipe")).read_line(&mut port)?;
    let mut client = Command::new(&program);
    client.arg(library).arg(port.trim()).args(&arguments);
    // Both trust the authority of the server's certificate by it.
    let output = client
        .env("SSL_CERT_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/tls/ca.pem"))
        .output()?;
    drop(server);
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> = text.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>()?;
    if numbers.is_empty() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(
            io::Error::other(format!("{library} with {shards} shards printed nothing: {errors}")).into()
        );
    }
    Ok(numbers)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
