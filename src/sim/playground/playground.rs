//! A chat with a bot in the terminal.

use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::display::{self, Clickable};
use crate::error::Error;
use crate::sim::discord::Discord;
use crate::sim::fault::Fault;
use crate::sim::log::timeout_error;
use crate::sim::people::{Channel, Interaction, Member};
use crate::sync::Mutex;

/// How long a bot has to log in.
const LOGIN_TIMEOUT: Duration = Duration::from_secs(30);
/// A bot is idle when it has had no event, request or response for this time.
const IDLE_TIME: Duration = Duration::from_millis(300);
/// How long [`Playground::run`] waits at its end for the bot to become idle.
const IDLE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a label has to appear that the user wants to click.
const LABEL_TIMEOUT: Duration = Duration::from_secs(3);
/// How often the printing thread wakes when nothing happens.
const IDLE_TICK: Duration = Duration::from_secs(3600);
/// The callback type of a response that edits the message of the component.
const UPDATE_MESSAGE: u64 = 7;

/// A chat in the terminal: sends what is typed to the bot in #general, and prints the bot's messages.
///
/// A line that begins with a slash uses a command (`/roll sides:6`). Buttons and the values of selects are printed in
/// brackets; typing one, such as `[Yes]`, clicks it. The fields of a modal are asked for one by one.
///
/// ```
/// use std::io::Cursor;
/// use syncord::sim::{Discord, playground::Playground};
///
/// let discord = Discord::start()?;
/// let playground = Playground::new(&discord, Cursor::new("hello\n"), Vec::new());
/// // `playground.run()` waits for a bot to log in. The bot then receives "hello".
/// # drop(playground);
/// # Ok::<(), syncord::Error>(())
/// ```
pub struct Playground<'d, I, O> {
    discord: &'d Discord,
    input: I,
    output: O,
}

impl<'d, I: BufRead + Send, O: Write + Send> Playground<'d, I, O> {
    /// Creates a chat over these streams.
    pub fn new(discord: &'d Discord, input: I, output: O) -> Self {
        Playground { discord, input, output }
    }

    /// Chats until the input ends and the bot is idle.
    ///
    /// Nothing is sent before a bot has logged in. After the last line, the bot is asked for a heartbeat: when it
    /// arrives, the bot has received everything. Then this waits until the bot has made no request for 300 ms, 5 seconds
    /// at most.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when no bot logs in within 30 seconds, [`Error::Network`] when the input cannot be read or
    /// the output cannot be written.
    pub fn run(self) -> Result<(), Error> {
        let Playground { discord, input, output } = self;
        let output = Mutex::new(output);
        eprintln!(
            "This is a simulated Discord on this machine. Type a message, a /command or a [label]; Ctrl-D ends it."
        );
        eprintln!("To run the bot on the real Discord, set DISCORD_TOKEN to its token.");
        let (general, you) = (discord.channel("general"), discord.member("you"));
        let is_logged_in = || (discord.live_sessions() > 0).then_some(());
        if discord.hub.wait_for(LOGIN_TIMEOUT, is_logged_in).is_none() {
            return Err(timeout_error(&discord.hub, LOGIN_TIMEOUT, "a bot to log in"));
        }
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let printer = scope.spawn(|| print(discord, &general, &you, &output, &is_over));
            let typist =
                Typist { discord, general: &general, you: &you, lines: input.lines(), output: &output };
            let typed = typist.run();
            if typed.is_ok() {
                wait_until_idle(discord);
            }
            // `change` wakes the printer.
            discord.hub.change(|_, _| is_over.store(true, Ordering::SeqCst));
            let printed =
                printer.join().unwrap_or_else(|_| Err(io::Error::other("the printing thread panicked")));
            typed.map_err(|error| Error::network("read the input", error))?;
            printed.map_err(|error| Error::network("write the output", error))
        })
    }
}

/// The user at the keyboard.
struct Typist<'d, L, O> {
    discord: &'d Discord,
    general: &'d Channel,
    you: &'d Member,
    lines: L,
    output: &'d Mutex<O>,
}

impl<L: Iterator<Item = io::Result<String>>, O: Write> Typist<'_, L, O> {
    /// Carries out the lines: messages, commands and clicks.
    fn run(mut self) -> io::Result<()> {
        while let Some(line) = self.lines.next() {
            let line = line?;
            let text = line.trim();
            if text.is_empty() {
                continue;
            }
            if text.chars().count() > 2000 {
                eprintln!("A message can have at most 2000 characters.");
                continue;
            }
            let label = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            let result = match label {
                Some(label) => self.click(label),
                None if text.starts_with('/') => self.you.uses(self.general, text),
                None => {
                    self.you.says(self.general, &line);
                    continue;
                }
            };
            match result {
                Ok(interaction) => self.follow(&interaction)?,
                Err(error) => eprintln!("{error}"),
            }
        }
        Ok(())
    }

    /// Clicks a label in the latest message that has it. Waits for it to appear.
    fn click(&self, label: &str) -> Result<Interaction, Error> {
        let found = self.discord.hub.wait_for(LABEL_TIMEOUT, || {
            let messages = self.you.sees(self.general);
            messages.into_iter().rev().find_map(|message| {
                let clickable = display::find_clickable(&message, label)?;
                Some((message, clickable))
            })
        });
        match found {
            Some((message, Clickable { custom_id, value: None, .. })) => {
                self.you.clicks(&message, &custom_id)
            }
            Some((message, Clickable { custom_id, value: Some(value), .. })) => {
                self.you.selects(&message, &custom_id, [value])
            }
            None => Err(Error::setup(format!("there is no button or value with the label [{label}]"))),
        }
    }

    /// Waits for the response, so that the next line comes after it, and fills in a modal.
    fn follow(&mut self, interaction: &Interaction) -> io::Result<()> {
        let Ok(acknowledgement) = interaction.wait_for_acknowledgement() else {
            eprintln!("the bot did not respond");
            return Ok(());
        };
        if acknowledgement.kind == UPDATE_MESSAGE {
            if let Some(message) = interaction.current_reply() {
                write(self.output, &format!("(edited) {}", display::message_text(&message)))?;
            }
        }
        let Some(modal) = interaction.modal() else { return Ok(()) };
        let mut fields = Vec::new();
        for (id, label) in display::text_inputs(&modal.raw) {
            eprintln!("{}: {label}", modal.title);
            let Some(line) = self.lines.next() else { return Ok(()) };
            fields.push((id, line?));
        }
        let fields = fields.iter().map(|(id, value)| (id.as_str(), value.trim()));
        match self.you.submits(&modal, fields) {
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

/// Prints messages until the chat is over.
fn print(
    discord: &Discord,
    general: &Channel,
    you: &Member,
    output: &Mutex<impl Write>,
    is_over: &AtomicBool,
) -> io::Result<()> {
    loop {
        let next = || match general.try_next_message().or_else(|| you.try_next_ephemeral_message()) {
            Some(message) => Some(Some(message)),
            None => is_over.load(Ordering::SeqCst).then_some(None),
        };
        match discord.hub.wait_for(IDLE_TICK, next) {
            Some(Some(message)) => write(output, &display::message_text(&message))?,
            Some(None) => return Ok(()),
            None => {}
        }
    }
}

/// Gives the bot time to respond to the last line.
fn wait_until_idle(discord: &Discord) {
    let end = Instant::now() + IDLE_TIMEOUT;
    let heartbeats = discord.log().heartbeats();
    discord.fault(Fault::RequestHeartbeat);
    discord.hub.wait_for(IDLE_TIMEOUT, || (discord.log().heartbeats() > heartbeats).then_some(()));
    let heartbeat = Instant::now();
    while Instant::now() < end {
        let (is_busy, last_activity) = discord.hub.read(|state| (state.in_flight > 0, state.last_activity));
        let idle_time = last_activity.max(heartbeat).elapsed();
        if !is_busy && idle_time >= IDLE_TIME {
            return;
        }
        let pause = if is_busy { IDLE_TIME } else { IDLE_TIME - idle_time };
        thread::sleep(pause.min(end.saturating_duration_since(Instant::now())));
    }
}
