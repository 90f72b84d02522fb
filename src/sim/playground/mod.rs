//! The simulated Discord with a terminal for a face.

mod face;

use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Channel, Discord, Interaction, Member};
use crate::error::Error;
use crate::sync::Mutex;
use face::Choice;

/// How long a bot has to log in.
const LOGIN: Duration = Duration::from_secs(30);
/// A bot that neither asked nor was asked anything for so long is quiet.
const QUIET: Duration = Duration::from_millis(300);
/// How long the end waits for a bot that does not become quiet.
const END: Duration = Duration::from_secs(5);

/// How long something that is to be clicked may take to appear.
const SHOWN: Duration = Duration::from_secs(3);
/// The kind of answer that changes the message whose component was clicked.
const UPDATE_MESSAGE: u64 = 7;

/// A chat in the terminal: what is typed is said to the bot in #general, what the bot says there is printed.
///
/// A line that begins with a slash uses a command (`/roll sides:6`). What can be clicked is shown in brackets, and clicked
/// by typing it so: `[Yes]`. The fields of a modal are asked for one by one.
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
        let Playground { discord, input, output } = self;
        let output = Mutex::new(output);
        eprintln!(
            "This is a simulated Discord on this machine: what you type is said to the bot, /commands are used, [labels] clicked; Ctrl-D ends it."
        );
        eprintln!("To run the bot on the real Discord, set DISCORD_TOKEN to its token.");
        let (general, you) = (discord.channel("general"), discord.member("you"));
        let ready = || (discord.live_sessions() > 0).then_some(());
        if discord.shared.wait_for(LOGIN, ready).is_none() {
            return Err(super::timeout_error(&discord.shared, LOGIN, "a bot to log in"));
        }
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let printer = scope.spawn(|| print(discord, &general, &you, &output, &over));
            let said =
                Person { discord, general: &general, you: &you, lines: input.lines(), output: &output }.act();
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

/// The person at the keyboard.
struct Person<'d, L, O> {
    discord: &'d Discord,
    general: &'d Channel,
    you: &'d Member,
    lines: L,
    output: &'d Mutex<O>,
}

impl<L: Iterator<Item = io::Result<String>>, O: Write> Person<'_, L, O> {
    /// Does what the lines say: speaks, uses commands, clicks.
    fn act(mut self) -> io::Result<()> {
        while let Some(line) = self.lines.next() {
            let line = line?;
            let text = line.trim();
            if text.is_empty() {
                continue;
            }
            if text.chars().count() > 2000 {
                eprintln!("Discord takes no message over 2000 characters.");
                continue;
            }
            let label = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            let used = match label {
                Some(label) => self.click(label),
                None if text.starts_with('/') => self.you.uses(self.general, text),
                None => {
                    self.you.says(self.general, &line);
                    continue;
                }
            };
            match used {
                Ok(interaction) => self.follow(&interaction)?,
                Err(error) => eprintln!("{error}"),
            }
        }
        Ok(())
    }

    /// Clicks what has this label in the latest message that has it, as soon as there is one.
    fn click(&self, label: &str) -> Result<Interaction, Error> {
        let shared = &self.discord.shared;
        let found = shared.wait_for(SHOWN, || {
            let messages = self.you.sees(self.general);
            messages.into_iter().rev().find_map(|message| {
                let choice = face::labelled(&message, label)?;
                Some((message, choice))
            })
        });
        match found {
            Some((message, Choice { custom_id, value: None, .. })) => self.you.clicks(&message, &custom_id),
            Some((message, Choice { custom_id, value: Some(value), .. })) => {
                self.you.selects(&message, &custom_id, [value])
            }
            None => Err(Error::setup(format!("nothing that can be clicked is labelled [{label}]"))),
        }
    }

    /// Waits for the answer, so that the next line comes after it, and fills in a modal.
    fn follow(&mut self, interaction: &Interaction) -> io::Result<()> {
        let Ok(answer) = interaction.wait_for_acknowledgement() else {
            eprintln!("the bot did not answer");
            return Ok(());
        };
        if answer.kind == UPDATE_MESSAGE {
            if let Some(message) = interaction.current_reply() {
                write(self.output, &format!("(changed) {}", face::show(&message)))?;
            }
        }
        let Some(modal) = interaction.modal() else { return Ok(()) };
        let mut filled = Vec::new();
        for (id, label) in face::fields(&modal.raw) {
            eprintln!("{}: {label}", modal.title);
            let Some(line) = self.lines.next() else { return Ok(()) };
            filled.push((id, line?));
        }
        let filled = filled.iter().map(|(id, value)| (id.as_str(), value.trim()));
        match self.you.submits(&modal, filled) {
            Ok(interaction) => self.follow(&interaction)?,
            Err(error) => eprintln!("{error}"),
        }
        Ok(())
    }
}

fn write(output: &Mutex<impl Write>, text: &str) -> io::Result<()> {
    let mut output = output.lock();
    writeln!(output, "{text}")?;
    output.flush()
}

fn print(
    discord: &Discord,
    general: &Channel,
    you: &Member,
    output: &Mutex<impl Write>,
    over: &AtomicBool,
) -> io::Result<()> {
    loop {
        let next = || match general.try_next_message().or_else(|| you.try_next_ephemeral_message()) {
            Some(message) => Some(Some(message)),
            None => over.load(Ordering::SeqCst).then_some(None),
        };
        match discord.shared.wait_for(Duration::from_secs(3600), next) {
            Some(Some(message)) => {
                write(output, &face::show(&message))?;
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
