//! A machine at its limits: a bot that is stopped and continued, with few file descriptors, little memory or a full disk.
//!
//! Each test runs `echo_bot` as a separate program, with limits set by a shell.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use syncord::sim::{Channel, Discord, Fault, Member};

/// Only a failing test waits this long.
const LONG: Duration = Duration::from_secs(60);

/// A running `echo_bot`. Dropping it kills the program.
struct EchoBot {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl EchoBot {
    /// Starts the program in a shell, after these commands.
    fn start(discord: &Discord, limits: &str, log: Stdio) -> EchoBot {
        let mut command = Command::new("sh");
        // What this process was started with, such as the descriptors of a job server, would count for the limits.
        let close = "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-";
        command.args(["-c", &format!("{close}\n{limits}\nexec \"$0\"")]).arg(example());
        command.env("DISCORD_TOKEN", discord.token()).env("DISCORD_API_URL", discord.api_url());
        command.env_remove("DISCORD_GATEWAY_URL").env("RUST_LOG", "debug");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        if let Some(stderr) = child.stderr.take() {
            let lines = Arc::clone(&log);
            thread::spawn(move || {
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    lines.lock().unwrap().push(line);
                }
            });
        }
        EchoBot { child, log }
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap();
        assert!(sent.success(), "the program has ended: {}", self.log());
    }

    fn wait_for_line(&mut self, parts: &[&str]) {
        let start = Instant::now();
        while !self.log.lock().unwrap().iter().any(|line| parts.iter().any(|part| line.contains(part))) {
            assert_eq!(self.child.try_wait().unwrap(), None, "{}", self.log());
            assert!(start.elapsed() < LONG, "{parts:?} is missing from {}", self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for EchoBot {
    fn drop(&mut self) {
        // Fails if the program has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The path of `echo_bot`, built with the same profile as this test.
fn example() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(|deps| deps.parent()).unwrap().join("examples/echo_bot");
    assert!(path.exists(), "run `cargo test` or `cargo build --examples` to build {}", path.display());
    path
}

/// A simulated Discord with a member and a channel.
struct Scene {
    discord: Discord,
    ann: Member,
    general: Channel,
}

impl Scene {
    fn new() -> Scene {
        Scene::of(Discord::start().unwrap())
    }

    fn of(discord: Discord) -> Scene {
        Scene { ann: discord.member("ann"), general: discord.channel("general"), discord }
    }

    /// Checks that the bot replies.
    fn replies_to(&self, text: &str) {
        self.ann.says(&self.general, text);
        assert_eq!(self.general.next_message().unwrap().content, text);
    }
}

#[test]
fn a_program_that_is_stopped_for_a_while_resumes_and_loses_nothing() {
    let scene = Scene::of(Discord::builder().heartbeat_interval(Duration::from_secs(1)).start().unwrap());
    let bot = EchoBot::start(&scene.discord, "", Stdio::piped());
    scene.discord.wait_until_ready().unwrap();
    scene.replies_to("before");
    bot.signal("STOP");
    // Discord gives the connection up after two missed heartbeats.
    scene.discord.wait_until("the end of the connection", |discord| discord.live_sessions() == 0).unwrap();
    scene.ann.says(&scene.general, "meanwhile");
    bot.signal("CONT");
    assert_eq!(scene.general.next_message().unwrap().content, "meanwhile");
    scene.replies_to("after");
    let log = scene.discord.log();
    assert!(log.identifies() == 1 && log.resumes() >= 1, "{}", bot.log());
}

#[test]
fn system_calls_that_are_interrupted_cost_nothing() {
    let scene = Scene::new();
    let bot = EchoBot::start(&scene.discord, "", Stdio::piped());
    scene.discord.wait_until_ready().unwrap();
    // A call with a timeout fails with EINTR after each pair of signals.
    for n in 0..200 {
        bot.signal("STOP");
        bot.signal("CONT");
        if n % 20 == 0 {
            scene.replies_to(&n.to_string());
        }
    }
    scene.replies_to("after");
    let log = scene.discord.log();
    assert_eq!((log.identifies(), log.resumes()), (1, 0), "{}", bot.log());
    assert_eq!(log.violations(), [""; 0]);
}

#[test]
fn few_file_descriptors_are_enough() {
    let scene = Scene::new();
    let bot = EchoBot::start(&scene.discord, "ulimit -n 8", Stdio::piped());
    scene.discord.wait_until_ready().unwrap();
    scene.replies_to("hello");
    assert!(!bot.log().contains("panicked"), "{}", bot.log());
}

#[test]
fn without_a_free_file_descriptor_the_bot_says_so_and_tries_on() {
    let scene = Scene::new();
    // Standard input, output and error leave one, which REST keeps while it is in use.
    let mut bot = EchoBot::start(&scene.discord, "ulimit -n 4", Stdio::piped());
    bot.wait_for_line(&["Too many open files"]);
    bot.wait_for_line(&["trying again", "retrying"]);
    assert!(!bot.log().contains("panicked"), "{}", bot.log());
}

#[test]
fn little_memory_is_enough() {
    let scene = Scene::new();
    let bot = EchoBot::start(&scene.discord, "ulimit -v 131072; ulimit -s 1024", Stdio::piped());
    scene.discord.wait_until_ready().unwrap();
    scene.replies_to("hello");
    assert!(!bot.log().contains("panicked"), "{}", bot.log());
}

#[test]
fn a_full_disk_for_the_log_costs_no_event() {
    let scene = Scene::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let _bot = EchoBot::start(&scene.discord, "", full.into());
    scene.discord.wait_until_ready().unwrap();
    scene.replies_to("hello");
    scene.discord.fault(Fault::DropSocket);
    scene.replies_to("again");
}
