//! A chat with a bot in the terminal.

use std::fmt;
use std::io::{self, BufRead, Write};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::screen::Screen;
use super::typist::Typist;
use crate::error::Error;
use crate::id::ChannelId;
use crate::sim::discord::Discord;
use crate::sim::log::timeout_error;
use crate::sim::observed::Observed;
use crate::sim::readiness::has_ready_bot;
use crate::sim::settle::wait_for_clients;
use crate::sim::transcript::{ChangeKind, Transcript};

/// How long a bot has to log in.
const LOGIN_TIMEOUT: Duration = Duration::from_secs(30);
/// A bot is idle when it has had no event, request or response for this time.
const IDLE_TIME: Duration = Duration::from_millis(300);
/// How long [`Playground::run`] waits at its end for the bot to become idle.
const IDLE_TIMEOUT: Duration = Duration::from_secs(5);

/// A chat in the terminal: sends what is typed to the bot in #general, and prints what the bot does.
///
/// A line that begins with a slash uses a command (`/roll sides:6`). Buttons and the values of selects are printed in
/// brackets; typing one, such as `[Yes]`, clicks it. Selects of users, roles and channels take names: `[Who?=@ann]`. The
/// fields of a modal are asked for one by one, and `:cancel` closes it. `?` prints the commands of the bot and of the
/// playground: to speak as another person, in another channel or in direct messages, to send files, to react, edit and
/// delete, and to use the context menu.
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
#[must_use]
pub struct Playground<'d, I, O> {
    discord: &'d Discord,
    input: I,
    output: O,
    is_interactive: bool,
    has_colors: bool,
}

impl<I, O> fmt::Debug for Playground<'_, I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Playground").field("is_interactive", &self.is_interactive).finish_non_exhaustive()
    }
}

impl<'d, I: BufRead + Send, O: Write + Send> Playground<'d, I, O> {
    /// Creates a chat over these streams.
    pub fn new(discord: &'d Discord, input: I, output: O) -> Self {
        Playground { discord, input, output, is_interactive: false, has_colors: false }
    }

    /// Sets whether a person types: prints a prompt with the name of the speaker, and explains on the output what cannot
    /// be done. Default: no prompt, and explanations on standard error.
    pub fn interactive(mut self, is_interactive: bool) -> Self {
        self.is_interactive = is_interactive;
        self
    }

    /// Sets whether names have a color. Default: no.
    pub fn colors(mut self, has_colors: bool) -> Self {
        self.has_colors = has_colors;
        self
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
        let Playground { discord, input, output, is_interactive, has_colors } = self;
        let screen = Screen::new(output, is_interactive, has_colors);
        eprintln!(
            "This is a simulated Discord on this machine. Type a message, a /command, a [label], or ? for help; Ctrl-D ends it."
        );
        if let Some(url) = discord.playground_url() {
            eprintln!("The same in a browser: {url}");
        }
        eprintln!("To run the bot on the real Discord, set DISCORD_TOKEN to its token.");
        let (general, you) = (discord.channel("general"), discord.member("you"));
        discord.set_owner(&you);
        let is_logged_in = || has_ready_bot(&discord.hub).then_some(());
        if discord.hub.wait_for(LOGIN_TIMEOUT, is_logged_in).is_none() {
            return Err(timeout_error(&discord.hub, LOGIN_TIMEOUT, "a bot to log in").into());
        }
        let (sender, events) = mpsc::channel();
        let subscription = discord.hub.observe(sender);
        let main_channel = general.id().get();
        thread::scope(|scope| {
            let printer = scope.spawn(|| print(discord, main_channel, &screen, events));
            let typed = Typist::new(discord, &screen, input, you, general).run();
            if typed.is_ok() {
                wait_until_idle(discord);
            }
            discord.hub.stop_observing(subscription);
            let printed =
                printer.join().unwrap_or_else(|_| Err(io::Error::other("the printing thread panicked")));
            typed.map_err(|error| Error::network("read the input", error))?;
            printed.map_err(|error| Error::network("write the output", error))
        })
    }
}

/// Prints what the bot does until the events end. Names the channel if it is not the main one.
fn print(
    discord: &Discord,
    main_channel: u64,
    screen: &Screen<impl Write>,
    events: Receiver<Observed>,
) -> io::Result<()> {
    let mut transcript = Transcript::default();
    for observed in events {
        let Observed::Event((name, data)) = observed else { continue };
        for change in transcript.changes(name, &data) {
            // What people typed is on the screen already. Only a bot can have deleted it.
            if !change.by_bot && change.kind != ChangeKind::Deleted {
                continue;
            }
            let channel = change.channel.get();
            let place = if channel == main_channel { None } else { channel_name(discord, channel) };
            let name =
                place.map_or_else(|| change.author.clone(), |place| format!("{place} {}", change.author));
            screen.show(&name, change.note().as_deref(), &change.text)?;
        }
    }
    Ok(())
}

/// The name of a channel as it is printed, if it exists.
fn channel_name(discord: &Discord, channel: u64) -> Option<String> {
    let channel = ChannelId::new(channel);
    let body = discord.hub.read(|state| state.world.show_channel(channel)).body_if_ok()?;
    Some(match (body["name"].as_str(), body["recipients"][0]["username"].as_str()) {
        (Some(name), _) => format!("#{name}"),
        (None, Some(user)) => format!("(to {user})"),
        (None, None) => "(direct message)".to_owned(),
    })
}

/// Gives the bot time to respond to the last line.
fn wait_until_idle(discord: &Discord) {
    let end = Instant::now() + IDLE_TIMEOUT;
    wait_for_clients(&discord.hub, end);
    let start = Instant::now();
    while Instant::now() < end {
        let (is_busy, last_activity) = discord.hub.read(|state| (state.in_flight > 0, state.last_activity));
        let idle_time = last_activity.max(start).elapsed();
        if !is_busy && idle_time >= IDLE_TIME {
            return;
        }
        let pause = if is_busy { IDLE_TIME } else { IDLE_TIME - idle_time };
        thread::sleep(pause.min(end.saturating_duration_since(Instant::now())));
    }
}
