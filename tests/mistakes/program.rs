//! Runs `echo_bot` as a separate program with its own environment.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use syncord::sim::Discord;

/// Only a failing test waits this long.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A running `echo_bot`. Dropping it kills the program.
pub struct EchoBot {
    child: Child,
    output: Option<JoinHandle<String>>,
    errors: Arc<Lines>,
    reader: Option<JoinHandle<()>>,
}

/// The lines on stderr that were not read yet.
#[derive(Default)]
struct Lines {
    lines: Mutex<VecDeque<String>>,
    added: Condvar,
}

/// How a program ended.
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

impl EchoBot {
    /// Starts the program with this input. Of the variables that it reads, only these are set.
    pub fn start(variables: &[(&str, &str)], input: &str) -> EchoBot {
        let path = example("echo_bot");
        let mut command = Command::new(&path);
        for name in ["DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL", "RUST_LOG", "RUST_BACKTRACE"]
        {
            command.env_remove(name);
        }
        command.envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("{}: {error}; run `cargo test` or `cargo build --examples` to build it", path.display())
        });
        // Fails if the program has already ended.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let mut stdout = child.stdout.take().unwrap();
        let output = thread::spawn(move || {
            let mut text = String::new();
            stdout.read_to_string(&mut text).unwrap();
            text
        });
        let errors = Arc::new(Lines::default());
        let (lines, stderr) = (Arc::clone(&errors), BufReader::new(child.stderr.take().unwrap()));
        let reader = thread::spawn(move || {
            for line in stderr.lines() {
                lines.lines.lock().unwrap().push_back(line.unwrap());
                lines.added.notify_all();
            }
        });
        EchoBot { child, output: Some(output), errors, reader: Some(reader) }
    }

    /// Starts the program as a bot of this simulated Discord; the variables take precedence.
    pub fn of(discord: &Discord, variables: &[(&str, &str)]) -> EchoBot {
        let (token, url) = (discord.token(), discord.api_url());
        let own = [("DISCORD_TOKEN", token.as_str()), ("DISCORD_API_URL", url.as_str())];
        EchoBot::start(&[&own, variables].concat(), "")
    }

    /// Waits for a line on stderr that contains this text.
    pub fn wait_for_line(&self, text: &str) {
        let lines = self.errors.lines.lock().unwrap();
        let missing = |lines: &mut VecDeque<String>| !lines.iter().any(|line| line.contains(text));
        let (lines, waited) = self.errors.added.wait_timeout_while(lines, TIMEOUT, missing).unwrap();
        assert!(!waited.timed_out(), "{text:?} is missing from {lines:?}");
    }

    /// Waits for the program to end.
    pub fn ended(mut self) -> Ended {
        let deadline = Instant::now() + TIMEOUT;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if Instant::now() > deadline => {
                    panic!("echo_bot does not end; stderr: {:?}", self.errors.lines.lock().unwrap())
                }
                None => thread::sleep(Duration::from_millis(10)),
            }
        };
        self.reader.take().unwrap().join().unwrap();
        let stdout = self.output.take().unwrap().join().unwrap();
        let lines: Vec<_> = self.errors.lines.lock().unwrap().drain(..).collect();
        Ended { status, stdout, stderr: lines.join("\n") }
    }

    /// Waits for the program to fail, with one error message as its only output; returns the message.
    #[track_caller]
    pub fn error(self) -> String {
        let Ended { status, stdout, stderr } = self.ended();
        assert_eq!(status.code(), Some(1), "{stderr}");
        assert_eq!(stdout, "");
        let message = stderr.strip_prefix("Error: ").unwrap_or_else(|| panic!("{stderr}"));
        for unwanted in ["Error: ", "Error {", "panicked", "backtrace", "Some(", "\\n", "\\\""] {
            assert!(!message.contains(unwanted), "{unwanted:?} is in: {message}");
        }
        message.to_owned()
    }
}

impl Drop for EchoBot {
    fn drop(&mut self) {
        // Fails if the program has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of an example, built with the same profile as this test.
fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(|deps| deps.parent()).unwrap();
    folder.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}
