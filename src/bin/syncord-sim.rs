//! The simulated Discord as a command, for tests in any language.
//!
//! `cargo run --features sim --bin syncord-sim -- --help`

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs, thread};

use serde_json::{Value, json};
use syncord::sim::{Builder, Discord};

const HELP: &str = "\
A Discord on this machine: REST, the gateway, and a control interface for tests.

Usage: syncord-sim [OPTIONS]

  --port PORT         The port of everything. Default: one that the system chooses.
  --token TOKEN       The bot's token. Default: simulated.bot.token
  --world FILE        Starts with the world of a snapshot: JSON, as the action \"snapshot\" returns it.
  --repeatable SEED   Stops the world's clock at the start of 2026, so that IDs and times are the same in each run.
  --seed NUMBER       The seed of what is random.
  --shards NUMBER     The number of shards that GET /gateway/bot recommends. Default: 1.
  --timeout SECONDS   How long actions of the control interface wait. Default: 10.
  --fault FAULT       What goes wrong from the start, as \"drop_socket\", \"delay&seconds=0.2\" or
                      \"http_status&status=503&times=2&route=POST /channels/{channel_id}/messages&turn=3\": the name and the
                      arguments of the action \"fault\", with & between them. May be given several times.
  --role ROLE         Gives a person a role with permissions, as \"as=mia&role=Moderator&permissions=KICK_MEMBERS,BAN_MEMBERS\": the
                      arguments of the action \"role\". May be given several times.
  --interactions-endpoint URL
                      The application's Interactions Endpoint URL, http://127.0.0.1:PORT/PATH. It is not verified, and may answer later.
                      Needs the feature http-interactions.
  --until-input-ends  Ends when standard input ends, so with the program that started it.
  --help              Prints this.
  --version           Prints the version.

Prints one line of JSON with the addresses, the token and the IDs, and runs until it is killed or asked to shut down.
The control interface: https://docs.rs/syncord/latest/syncord/sim/control
";

/// What the command line asks for.
#[derive(Debug)]
enum Command {
    Help,
    Version,
    Run(Box<Run>),
}

/// A simulated Discord, and what happens in it from the start.
#[derive(Debug)]
struct Run {
    builder: Builder,
    roles: Vec<String>,
    faults: Vec<String>,
    until_input_ends: bool,
}

fn main() -> ExitCode {
    match read(env::args().skip(1)) {
        Ok(Command::Help) => print!("{HELP}"),
        Ok(Command::Version) => println!("syncord-sim {}", env!("CARGO_PKG_VERSION")),
        Ok(Command::Run(command)) => {
            if let Err(error) = run(*command) {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        }
        Err(problem) => {
            eprintln!("{problem}; --help lists the options");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut builder = Discord::builder().control(true);
    let (mut roles, mut faults, mut until_input_ends) = (Vec::new(), Vec::new(), false);
    while let Some(argument) = arguments.next() {
        // `--port=1` is the same as `--port 1`.
        let (name, attached) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value =
            || attached.clone().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--version" | "-V" => return Ok(Command::Version),
            "--until-input-ends" => until_input_ends = true,
            "--fault" => faults.push(value()?),
            "--role" => roles.push(value()?),
            "--port" => builder = builder.port(number(&name, &value()?)?),
            "--token" => builder = builder.token(&value()?),
            "--world" => builder = builder.world(read_world(&value()?)?),
            "--repeatable" => builder = builder.repeatable(number(&name, &value()?)?),
            "--seed" => builder = builder.seed(number(&name, &value()?)?),
            "--shards" => builder = builder.shards(number(&name, &value()?)?),
            "--timeout" => builder = builder.timeout(Duration::from_secs(number(&name, &value()?)?)),
            #[cfg(feature = "http-interactions")]
            "--interactions-endpoint" => builder = builder.interactions_endpoint(&value()?),
            #[cfg(not(feature = "http-interactions"))]
            "--interactions-endpoint" => {
                return Err(format!(
                    "{name} needs the feature http-interactions: cargo install syncord --features sim,http-interactions"
                ));
            }
            _ => return Err(format!("there is no option {name}")),
        }
    }
    Ok(Command::Run(Box::new(Run { builder, roles, faults, until_input_ends })))
}

fn read_world(path: &str) -> Result<Value, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("{path} is not JSON: {error}"))
}

fn number<N: std::str::FromStr>(name: &str, text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("{name} needs a number, not {text:?}"))
}

fn run(Run { builder, roles, faults, until_input_ends }: Run) -> Result<(), syncord::Error> {
    let discord = Arc::new(builder.start()?);
    roles.iter().try_for_each(|role| discord.role_by_text(role))?;
    faults.iter().try_for_each(|fault| discord.fault_by_text(fault))?;
    #[cfg_attr(not(feature = "http-interactions"), expect(unused_mut))]
    let mut line = json!({
        "api_url": discord.api_url(),
        "gateway_url": discord.gateway_url(),
        "control_url": discord.control_url(),
        "playground_url": discord.playground_url(),
        "token": discord.token(),
        "bot_id": discord.bot_id(),
        "application_id": discord.application_id(),
        "guild_id": discord.guild_id(),
    });
    #[cfg(feature = "http-interactions")]
    {
        line["public_key"] = json!(discord.public_key());
    }
    println!("{line}");
    // A reader that has the line already may have closed its end.
    let _ = io::stdout().flush();
    if until_input_ends {
        let discord = discord.clone();
        // Ends with the process.
        thread::spawn(move || {
            let _ = io::copy(&mut io::stdin().lock().by_ref(), &mut io::sink());
            discord.shut_down();
        });
    }
    discord.wait_for_shutdown();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Command, read};

    fn command(line: &str) -> Result<Command, String> {
        read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_take_their_values_in_both_forms() {
        let line = "--port 0 --seed=7 --shards 2 --timeout=1 --token a.b.c --until-input-ends --fault delay&seconds=1 \
                    --fault=drop_socket --role=as=mia&role=mod";
        let Ok(Command::Run(run)) = command(line) else { panic!("{line}") };
        assert!(run.until_input_ends);
        assert_eq!(run.faults, ["delay&seconds=1", "drop_socket"]);
        assert_eq!(run.roles, ["as=mia&role=mod"]);
        assert!(matches!(command("--port 1 --help"), Ok(Command::Help)));
        assert!(matches!(command("-V"), Ok(Command::Version)));
    }

    #[test]
    fn an_endpoint_needs_the_feature_http_interactions() {
        let read = command("--interactions-endpoint http://127.0.0.1:8080/").map(|_| ());
        match cfg!(feature = "http-interactions") {
            true => assert_eq!(read, Ok(())),
            false => assert!(read.is_err_and(|error| error.contains("needs the feature http-interactions"))),
        }
    }

    #[test]
    fn a_mistake_names_the_option() {
        for (line, problem) in [
            ("--prot 1", "there is no option --prot"),
            ("--port", "--port needs a value"),
            ("--port http", "--port needs a number, not \"http\""),
            ("--port=70000", "--port needs a number, not \"70000\""),
        ] {
            assert_eq!(command(line).map(|_| ()), Err(problem.to_owned()), "{line}");
        }
    }
}
