//! The simulated Discord with a terminal for a face.

use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Channel, Discord};
use crate::error::Error;

/// How long a bot has to log in.
const LOGIN: Duration = Duration::from_secs(30);
/// A bot that neither asked nor was asked anything for so long is quiet.
const QUIET: Duration = Duration::from_millis(300);
/// How long the end waits for a bot that does not become quiet.
const END: Duration = Duration::from_secs(5);

/// A chat in the terminal: what is typed is said to the bot in #general, what the bot says there is printed.
///
/// ```
/// use std::io::Cursor;
/// use syncord::sim::{Discord, playground::Playground};
///
/// let discord = Discord::start()?;
/// let playground = Playground::new(&discord, Cursor::new("hello\n"), Vec::new());
/// // A bot that logs in meanwhile hears "hello"; `playground.run()` waits for it.
/// # drop(playground);
/// # Ok::<(), syncord::Error>(())
/// ```
pub struct Playground<'d, I, O> {
    discord: &'d Discord,
    input: I,
    output: O,
}

impl<'d, I: BufRead + Send, O: Write + Send> Playground<'d, I, O> {
    /// A chat over these streams.
    pub fn new(discord: &'d Discord, input: I, output: O) -> Self {
        Playground { discord, input, output }
    }

    /// Chats until the input ends and the bot is quiet.
    ///
    /// Nothing is said before a bot has logged in. After the last line the bot is asked for a heartbeat:
    /// when it comes, everything said has been read on its side. Then it is given time to answer until
    /// for 300 ms it made no request, 5 seconds at most.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when no bot logs in within 30 seconds, [`Error::Network`] when the input cannot be read or
    /// the output not be written.
    pub fn run(self) -> Result<(), Error> {
        let Playground { discord, input, mut output } = self;
        eprintln!(
            "This is a simulated Discord on this machine: what you type is said to the bot, Ctrl-D ends it."
        );
        eprintln!("To run the bot on the real Discord, set DISCORD_TOKEN to its token.");
        let general = discord.channel("general");
        let ready = || (discord.live_sessions() > 0).then_some(());
        if discord.shared.wait_for(LOGIN, ready).is_none() {
            return Err(super::in_vain(&discord.shared, LOGIN, "a bot to log in"));
        }
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let printer = scope.spawn(|| print(discord, &general, &mut output, &over));
            let said = say(discord, &general, input);
            if said.is_ok() {
                settle(discord);
            }
            // The state changes nothing by it, but the printer wakes.
            discord.shared.change(|_, _| over.store(true, Ordering::SeqCst));
            let printed =
                printer.join().unwrap_or_else(|_| Err(io::Error::other("the printing thread panicked")));
            said.map_err(|error| Error::network("read the input", error))?;
            printed.map_err(|error| Error::network("write the output", error))
        })
    }
}

fn say(discord: &Discord, general: &Channel, input: impl BufRead) -> io::Result<()> {
    let you = discord.member("you");
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        if line.chars().count() > 2000 {
            eprintln!("Discord takes no message over 2000 characters.");
            continue;
        }
        you.says(general, &line);
    }
    Ok(())
}

fn print(discord: &Discord, general: &Channel, output: &mut impl Write, over: &AtomicBool) -> io::Result<()> {
    loop {
        let next = || match general.take_message() {
            Some(message) => Some(Some(message)),
            None => over.load(Ordering::SeqCst).then_some(None),
        };
        match discord.shared.wait_for(Duration::from_secs(3600), next) {
            Some(Some(message)) => {
                writeln!(output, "{}", message.content)?;
                output.flush()?;
            }
            Some(None) => return Ok(()),
            None => {}
        }
    }
}

/// Gives the bot the time to answer what was said last.
fn settle(discord: &Discord) {
    let end = Instant::now() + END;
    let beats = discord.log().heartbeats();
    discord.fault(super::Fault::RequestHeartbeat);
    discord.shared.wait_for(END, || (discord.log().heartbeats() > beats).then_some(()));
    let heard = Instant::now();
    while Instant::now() < end {
        let (busy, active) = discord.shared.look(|state| (state.in_flight > 0, state.active));
        let quiet = active.max(heard).elapsed();
        if !busy && quiet >= QUIET {
            return;
        }
        let pause = if busy { QUIET } else { QUIET - quiet };
        thread::sleep(pause.min(end.saturating_duration_since(Instant::now())));
    }
}
