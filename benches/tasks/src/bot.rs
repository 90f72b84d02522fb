//! A bot that starts tasks and measures itself.

use std::time::Duration;
use std::{fs, thread};

use syncord::events::MessageCreate;
use syncord::id::{ChannelId, UserId};
use syncord::{Bot, Result};

use crate::server::events;

const HOUR: Duration = Duration::from_secs(3600);

/// Prints the CPU time per event, and the memory before the tasks, with them, and after the events.
pub(crate) fn run(port: u16, tasks: usize) -> Result {
    let mut bot = Bot::new("bench")?;
    bot.api_url(format!("http://127.0.0.1:{port}/api/v10"));
    bot.gateway_url(format!("ws://127.0.0.1:{port}"));
    bot.max_tasks(tasks).waits_for::<MessageCreate>();
    let (mut before, mut waiting, mut begun) = (0, 0, 0);
    bot.on_message(|cx, message| {
        match message.content.as_str() {
            "!spawn" => {
                before = memory();
                for task in 0..tasks {
                    let (channel, user) = (message.channel_id, UserId::new(1000 + task as u64));
                    cx.spawn(move |task| wait(task, channel, user))?;
                }
            }
            "!begin" => (waiting, begun) = (memory(), cpu_time()),
            "!end" => {
                let per_event = (cpu_time() - begun) as f64 / events() as f64;
                thread::sleep(Duration::from_millis(100));
                println!("{per_event} {before} {waiting} {}", memory());
                cx.stop();
            }
            _ => {}
        }
        Ok(())
    });
    bot.run()?;
    Ok(())
}

fn wait(task: &syncord::bot::Task, channel: ChannelId, user: UserId) -> Result {
    drop(task.next_message(channel, user, HOUR)?);
    Ok(())
}

/// The resident memory in KiB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

/// The CPU time of this process in nanoseconds.
fn cpu_time() -> u64 {
    let of_thread = |path: std::path::PathBuf| {
        let text = fs::read_to_string(path.join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.filter_map(|thread| of_thread(thread.path())).sum()
}
