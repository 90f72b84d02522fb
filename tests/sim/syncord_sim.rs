//! The command `syncord-sim`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::control::post;
use crate::kill_on_drop::KillOnDrop;

/// The command, if it was built with these tests.
const COMMAND: Option<&str> = option_env!("CARGO_BIN_EXE_syncord-sim");

/// Starts the command. Returns it with the line that it prints, or `None` if it was not built.
fn command(arguments: &[&str]) -> Option<(KillOnDrop, Value)> {
    let Some(command) = COMMAND else {
        eprintln!("skipped: the command syncord-sim was not built");
        return None;
    };
    let mut command = Command::new(command);
    command.arg("--until-input-ends").args(arguments).stdin(Stdio::piped()).stderr(Stdio::piped());
    Some(start(&mut command))
}

/// Starts a command. Returns it with the line that it prints; null if that is no JSON.
fn start(command: &mut Command) -> (KillOnDrop, Value) {
    let mut child = KillOnDrop(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap_or_default())
}

/// Ends the input of a command, which must then end without an error.
fn end_input(mut child: KillOnDrop) {
    drop(child.0.stdin.take());
    assert!(child.0.wait().unwrap().success());
}

/// What a command prints to stderr that must fail.
fn problem(mut child: KillOnDrop) -> String {
    let mut problem = String::new();
    child.0.stderr.take().unwrap().read_to_string(&mut problem).unwrap();
    assert!(!child.0.wait().unwrap().success(), "{problem}");
    problem
}

#[test]
fn the_command_prints_its_addresses_and_ends_with_its_input() {
    let Some((child, world)) = command(&["--token", "a.b.c"]) else { return };
    assert_eq!(world["token"], "a.b.c");
    let say = json!({"as": "ann", "channel": "general", "content": "ping"});
    assert_eq!(post(&format!("{}/say", world["control_url"].as_str().unwrap()), &[], &say).0, 200);
    end_input(child);
}

#[test]
fn the_command_serves_without_input_until_it_is_killed() {
    let Some(command) = COMMAND else { return };
    let (mut child, world) = start(Command::new(command).stdin(Stdio::null()));
    let say = json!({"as": "ann", "channel": "general", "content": "ping"});
    assert_eq!(post(&format!("{}/say", world["control_url"].as_str().unwrap()), &[], &say).0, 200);
    assert!(child.0.try_wait().unwrap().is_none());
}

#[test]
fn the_command_starts_with_the_faults_that_it_is_given() {
    let fault = "http_status&status=503&times=1&route=POST /channels/{channel_id}/messages&turn=2";
    let Some((child, world)) = command(&["--fault", fault, "--fault=delay&seconds=0.001"]) else { return };
    let say = format!("{}/say", world["control_url"].as_str().unwrap());
    let said = post(&say, &[], &json!({"as": "ann", "channel": "general", "content": "ping"})).1;
    let channel = said["message"]["channel_id"].as_str().unwrap();
    let url = format!("{}/channels/{channel}/messages", world["api_url"].as_str().unwrap());
    let headers = [("Authorization", "Bot simulated.bot.token"), ("Content-Type", "application/json")];
    let statuses: Vec<u16> = (0..3).map(|_| post(&url, &headers, &json!({"content": "a"})).0).collect();
    assert_eq!(statuses, [200, 503, 200]);
    drop(child);

    let Some((child, _)) = command(&["--fault", "earthquake"]) else { return };
    let problem = problem(child);
    assert!(problem.contains("there is no fault \"earthquake\""), "{problem}");
}

#[test]
fn the_command_starts_with_the_roles_that_it_is_given() {
    let role = "as=mia&role=Moderator&permissions=KICK_MEMBERS,BAN_MEMBERS";
    let Some((child, world)) = command(&["--role", role, "--role=as=bob&role=Guest"]) else { return };
    let url = format!(
        "{}/guilds/{}/roles",
        world["api_url"].as_str().unwrap(),
        world["guild_id"].as_str().unwrap()
    );
    let mut response = ureq::get(url).header("Authorization", "Bot simulated.bot.token").call().unwrap();
    let roles: Value = serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap();
    let of = |name: &str| roles.as_array().unwrap().iter().find(|role| role["name"] == name).unwrap().clone();
    assert_eq!((&of("Moderator")["permissions"], &of("Guest")["permissions"]), (&json!("6"), &json!("0")));
    let control = world["control_url"].as_str().unwrap();
    let joined = post(&format!("{control}/join"), &[], &json!({"as": "bob"})).1;
    let bob = joined["user"]["id"].as_str().unwrap();
    let path = format!("guilds/{}/members/{bob}", world["guild_id"].as_str().unwrap());
    let kick = json!({"as": "mia", "method": "DELETE", "path": path});
    assert_eq!(post(&format!("{control}/request"), &[], &kick).0, 200);
    end_input(child);

    let Some((child, _)) = command(&["--role", "as=mia&role=x&permissions=FLY"]) else { return };
    let problem = problem(child);
    assert!(problem.contains("there is no permission \"FLY\""), "{problem}");
}
