//! A restart that loses nothing: the next start resumes the session, and Discord sends what was missed.
//!
//! `cargo run --example remember` plays a restart in a simulated Discord. A bot of yours needs one line of it:
//! `bot.remember("sessions.json")`.

use std::path::Path;
use std::{env, fs, process, thread};

use syncord::sim::Discord;

/// The bot. It notes what was said until a message says "stop".
fn run(discord: &Discord, sessions: &Path) -> syncord::Result<Vec<String>> {
    let mut noted = Vec::new();
    let mut bot = discord.bot();
    bot.remember(sessions);
    bot.on_connected(|_, connected| {
        println!("{}", if connected.resumed { "resumed the session" } else { "a new session" });
        Ok(())
    });
    bot.on_gap(|_, gap| {
        println!("events are lost: {gap:?}"); // after a stop of many minutes, say
        Ok(())
    });
    bot.on_message(|cx, message| {
        match message.content.as_str() {
            "stop" => cx.stop(),
            text => noted.push(text.to_owned()),
        }
        Ok(())
    });
    bot.run()?;
    Ok(noted)
}

fn main() -> syncord::Result {
    let folder = env::temp_dir().join(format!("syncord-remember-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let sessions = folder.join("sessions.json");
    let discord = Discord::start()?;
    let (ann, general) = (discord.member("ann"), discord.channel("general"));

    let first = thread::scope(|scope| {
        scope.spawn(|| {
            discord.wait_until_ready().expect("the bot logs in");
            ann.says(&general, "one");
            ann.says(&general, "stop");
        });
        run(&discord, &sessions)
    });
    println!("first run: {:?}", first?);

    ann.says(&general, "two"); // while the bot is off
    ann.says(&general, "three");
    ann.says(&general, "stop");
    println!("second run: {:?}", run(&discord, &sessions)?);
    fs::remove_dir_all(&folder)?;
    Ok(())
}
