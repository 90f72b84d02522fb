//! What a foreign event costs a bot with waiting tasks.
//!
//! The program runs itself twice: `server`, and `bot PORT TASKS`.

mod bot;
#[path = "../../../tests/bot/kill_on_drop.rs"]
mod kill_on_drop;
mod server;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::{env, io};

use self::kill_on_drop::KillOnDrop;

/// The numbers of waiting tasks that are compared.
const TASKS: [usize; 3] = [0, 64, 500];
const ROUNDS: usize = 7;

/// What one run has measured.
struct Measured {
    /// CPU time per event, in nanoseconds.
    per_event: f64,
    /// Resident memory in KiB: before the tasks were started, when they waited, and after the events.
    memory: [u64; 3],
}

fn main() -> syncord::Result {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["server"] => server::run()?,
        ["bot", port, tasks] => bot::run(port.parse()?, tasks.parse()?)?,
        _ => compare()?,
    }
    Ok(())
}

fn compare() -> syncord::Result {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(TASKS.map(|tasks| measure(tasks).expect("a run")));
    }
    println!("tasks  ns/event  ratio   tasks MiB  with events MiB");
    for (place, tasks) in TASKS.iter().enumerate() {
        let per_event = median(rounds.iter().map(|round| round[place].per_event));
        let ratio = median(rounds.iter().map(|round| round[place].per_event / round[0].per_event));
        let mib = |phase: usize| {
            let grown = |round: &[Measured; 3]| {
                round[place].memory[phase].saturating_sub(round[place].memory[0]) as f64 / 1024.0
            };
            median(rounds.iter().map(grown))
        };
        println!("{tasks:5}  {per_event:8.0}  {ratio:5.3}  {:9.2}  {:9.2}", mib(1), mib(2));
    }
    Ok(())
}

/// Runs a server and a bot with this number of tasks.
fn measure(tasks: usize) -> syncord::Result<Measured> {
    let program = env::current_exe()?;
    let mut server = KillOnDrop(Command::new(&program).arg("server").stdout(Stdio::piped()).spawn()?);
    let mut port = String::new();
    BufReader::new(server.0.stdout.take().expect("a pipe")).read_line(&mut port)?;
    let output = Command::new(&program).args(["bot", port.trim(), &tasks.to_string()]).output()?;
    drop(server);
    let text = String::from_utf8(output.stdout)?;
    let fields: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [per_event, before, waiting, after] = fields[..] else {
        return Err(io::Error::other(format!("{text:?} {}", String::from_utf8_lossy(&output.stderr))).into());
    };
    Ok(Measured { per_event, memory: [before as u64, waiting as u64, after as u64] })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
