//! Runs a bot of another library against the simulated Discord, and compares what works with the committed expectation.
//!
//! `foreign NAME PROGRAM ARGUMENTS...` runs one client. `foreign table` compares the table in the documentation with the
//! expectations. With `BLESS=1` both write instead of comparing.

#[path = "../../bot/kill_on_drop.rs"]
mod kill_on_drop;
mod people;
mod results;

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use syncord::sim::Discord;

use self::kill_on_drop::KillOnDrop;
use self::people::People;
use self::results::{Outcome, Results};

/// How long a bot may take for all features.
const TIMEOUT: Duration = Duration::from_secs(240);

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match &arguments[..] {
        [table] if table == "table" => results::check_table(),
        [name, program, arguments @ ..] => run(name, program, arguments),
        _ => Err("usage: foreign NAME PROGRAM ARGUMENTS... | foreign table".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a bot through its features.
fn run(name: &str, program: &str, arguments: &[String]) -> Result<(), String> {
    let start = Instant::now();
    let discord = Discord::builder()
        .session_start_limit(1000, 1000, Duration::from_secs(86_400), 16)
        .timeout(Duration::from_secs(8))
        .start()
        .map_err(|error| error.to_string())?;
    let mut people = People::new(&discord);
    let bot = Command::new(program)
        .args(arguments)
        .env("API_URL", discord.api_url())
        .env("GATEWAY_URL", discord.gateway_url())
        .env("TOKEN", discord.token())
        // A proxy of this machine is not for addresses on it.
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let mut bot = KillOnDrop(bot);
    let results = follow(&mut bot.0, &mut people);
    drop(bot);
    println!("{name}: {} in {:.1} s", results.summary(), start.elapsed().as_secs_f64());
    // Without what differs from call to call: paths and numbers.
    let objections: BTreeSet<String> = discord
        .log()
        .violations()
        .iter()
        .map(|text| {
            text.split(' ')
                .filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    for objection in objections {
        println!("  the simulated Discord objects: {objection}");
    }
    results.compare(name)
}

/// Does what the bot asks the people to do, and reads what works, until the bot ends.
///
/// The bot writes lines: `feature NAME` begins a feature, `person JSON` asks for an action, and `ok`, `absent` or
/// `wrong WHY` ends the feature. Other lines are printed.
fn follow(bot: &mut Child, people: &mut People<'_>) -> Results {
    let (sender, lines) = channel();
    if let Some(output) = bot.stdout.take() {
        thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
    }
    let end = Instant::now() + TIMEOUT;
    let mut results = Results::default();
    let (mut feature, mut problem) = (String::new(), None);
    while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let outcome = match word {
            "feature" => {
                (feature, problem) = (rest.to_owned(), None);
                continue;
            }
            "person" => {
                if let Err(error) = people.act(rest) {
                    problem.get_or_insert(error);
                }
                continue;
            }
            "ok" => Outcome::Ok,
            "absent" => Outcome::Absent,
            "wrong" => Outcome::Wrong(rest.to_owned()),
            _ => {
                println!("  {line}");
                continue;
            }
        };
        let outcome = problem.take().map_or(outcome, Outcome::Wrong);
        if let Outcome::Wrong(why) = &outcome {
            println!("  wrong: {feature}: {why}");
        }
        results.add(std::mem::take(&mut feature), outcome);
    }
    if !feature.is_empty() {
        results.add(feature, Outcome::Wrong("the bot ended or did not finish".into()));
    }
    results
}
