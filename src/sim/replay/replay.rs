//! Sends a recorded session to a bot.

use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::calls::RecordedCalls;
use super::report::ReplayReport;
use super::script::{Script, Step};
use crate::deadline::deadline;
use crate::error::Error;
use crate::gateway::intents::Intents;
use crate::recording::line::Event;
use crate::recording::mask::Mask;
use crate::sim::discord::Discord;
use crate::sim::error::SimError;
use crate::sim::log::timeout_error;
use crate::sim::settle::settle;

/// How long a call is waited for before the bot is asked whether it has anything to do.
const SOON: Duration = Duration::from_millis(200);

/// How long the bot has for showing that it has nothing to do, before it is asked again.
const ATTEMPT: Duration = Duration::from_secs(2);

/// How long a bot may be busy.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A recorded session as a Discord: it sends a bot the recorded events, and answers its calls with the recorded responses.
///
/// ```
/// use syncord::Bot;
/// use syncord::sim::{Discord, Replay};
///
/// /// The bot. It fails at the message "crash".
/// fn features(bot: &mut Bot<'_>) {
///     bot.on_message(|cx, message| match message.content.as_str() {
///         _ if message.author.bot => Ok(()),
///         "crash" => Err("out of order".into()),
///         _ => Ok(cx.reply(message, "received").map(drop)?),
///     });
/// }
///
/// # fn main() -> syncord::Result {
/// # let folder = std::env::temp_dir().join(format!("syncord-replay-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("session.jsonl");
/// // Where the bot runs:
/// # let discord = Discord::start()?;
/// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
/// # let mut bot = discord.bot();
/// bot.record(syncord::bot::Recording::new(&path).keep_words(["crash"]));
/// features(&mut bot);
/// # bot.during(|| {
/// #     ann.says(&general, "hello");
/// #     ann.says(&general, "crash");
/// #     discord.settle()?;
/// #     Ok(())
/// # })?;
///
/// // In a test:
/// let replay = Replay::open(&path)?;
/// let mut errors = Vec::new();
/// let mut bot = replay.bot();
/// features(&mut bot);
/// bot.on_error(|_, error| errors.push(error.to_string()));
/// let report = replay.run(bot)?;
///
/// assert!(report.is_as_recorded(), "{report}");
/// assert!(errors[0].contains("out of order"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
///
/// Events are sent in the recorded order and without the recorded pauses. One that came after a call of the bot is sent once the
/// bot has made the call, or has nothing to do any more. A call gets the next response that was recorded for the same method and
/// path, of those with the same body if there are any. One that was not recorded fails with an error that names it.
///
/// What a recording does not have: interruptions of the connection, what the bot asked of the gateway, calls of other clients than
/// the bot's own. Bodies are compared masked if the recording is masked. See [`Bot::record`](crate::Bot::record).
#[doc(alias = "cassette")]
#[doc(alias = "vcr")]
pub struct Replay {
    discord: Discord,
    script: Script,
}

impl Replay {
    /// Reads a recording, and starts a server for it. The last line may be incomplete, as after a crash.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when the file cannot be read, is no recording, or has a newer format than this version reads.
    /// [`Error::Network`] when no port could be opened.
    pub fn open(path: impl AsRef<Path>) -> Result<Replay, Error> {
        let mut script = Script::open(path.as_ref())?;
        let mask = Mask {
            has_content: !script.header.masked,
            words: script.header.words.iter().cloned().collect(),
            ..Mask::default()
        };
        let shards = 1 + script.events().map(|event| event.shard).max().unwrap_or(0);
        let calls = RecordedCalls::new(std::mem::take(&mut script.calls), mask);
        let ready = script.take_ready();
        let (identifies, day) = (shards.max(1000), Duration::from_secs(24 * 3600));
        let discord = Discord::builder()
            .timeout(TIMEOUT)
            .shards(shards)
            .session_start_limit(identifies, identifies, day, shards)
            .start()?;
        discord.hub.change(|state, _| {
            state.replay = Some(calls);
            state.peer.set_recorded_ready(ready);
        });
        Ok(Replay { discord, script })
    }

    /// The base URL of the REST API, for bots that [`bot`](Replay::bot) does not create.
    pub fn api_url(&self) -> String {
        self.discord.api_url()
    }

    /// The token for the bot. It is good for a replay only.
    pub fn token(&self) -> String {
        self.discord.token()
    }

    /// The version of the library that has recorded the session.
    pub fn version(&self) -> &str {
        &self.script.header.version
    }

    /// Waits until a bot has logged in, and sends it all events, for bots that [`bot`](Replay::bot) does not create.
    /// [`run`](Replay::run) does this too.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when no bot logs in, or when it is busy for a minute without making the calls that were recorded.
    pub fn play(&self) -> Result<ReplayReport, SimError> {
        self.discord.wait_until_ready()?;
        // Whether the bot has done everything that follows from the last event.
        let mut is_settled = false;
        for step in &self.script.steps {
            match step {
                Step::Event(event) => {
                    if !self.send(event)? {
                        break;
                    }
                    is_settled = false;
                }
                Step::Call(index) if !is_settled => is_settled = !self.wait_for_call(*index)?,
                Step::Call(_) => {}
            }
        }
        self.settle()?;
        Ok(self.report())
    }

    /// What the bot has done otherwise than recorded, until now.
    pub(crate) fn report(&self) -> ReplayReport {
        let report = |calls: &RecordedCalls| calls.report();
        let mut report = self.discord.hub.read(|state| state.replay.as_ref().map(report).unwrap_or_default());
        report.events_left = self.script.events().count().saturating_sub(report.events);
        report.notes.clone_from(&self.script.notes);
        let recorded = Intents::from_bits_retain(self.script.header.intents);
        if let Some(intents) = self.identified_intents().filter(|intents| *intents != recorded) {
            report
                .notes
                .push(format!("the recorded bot requested the intents {recorded}, and this one {intents}"));
        }
        report
    }

    /// The intents of the first identify.
    fn identified_intents(&self) -> Option<Intents> {
        self.discord.hub.read(|state| {
            let identify = state.peer.send_events().iter().find(|frame| frame["op"] == 2)?;
            identify["d"]["intents"].as_u64().map(Intents::from_bits_retain)
        })
    }

    /// Sends an event to its shard. Returns false if the bot has stopped.
    fn send(&self, event: &Event) -> Result<bool, SimError> {
        let hub = &self.discord.hub;
        let session = || {
            hub.read(|state| match state.peer.session_of_shard(event.shard) {
                Some(session) => Some(Some(session)),
                None if state.peer.live_sessions() == 0 => Some(None),
                None => None,
            })
        };
        let what = || format!("shard {} to log in", event.shard);
        let session = hub.wait_for(TIMEOUT, session).ok_or_else(|| timeout_error(hub, TIMEOUT, &what()))?;
        let Some(session) = session else { return Ok(false) };
        hub.change(|state, _| {
            let outputs = state.peer.dispatch_text(&session, &event.name, event.data.as_str());
            state.last_activity = Instant::now();
            state.deliver(outputs);
            if let Some(calls) = &mut state.replay {
                calls.event_sent();
            }
        });
        Ok(true)
    }

    /// Waits until the bot has made a call, or has nothing to do. Returns whether it has made it.
    fn wait_for_call(&self, index: usize) -> Result<bool, SimError> {
        let is_made = || {
            let is_made = |calls: &RecordedCalls| calls.is_made(index);
            self.discord.hub.read(|state| state.replay.as_ref().is_some_and(is_made))
        };
        if self.discord.hub.wait_for(SOON, || is_made().then_some(())).is_none() {
            self.settle()?;
        }
        Ok(is_made())
    }

    /// Waits until the bot has nothing to do, or has stopped.
    fn settle(&self) -> Result<(), SimError> {
        let end = deadline(Instant::now(), TIMEOUT);
        loop {
            if self.discord.live_sessions() == 0 {
                return Ok(());
            }
            // A bot that stops in the meantime answers no more.
            match settle(&self.discord.hub, ATTEMPT) {
                Err(error) if Instant::now() >= end => return Err(error),
                Err(_) => {}
                Ok(()) => return Ok(()),
            }
        }
    }

    pub(crate) fn discord(&self) -> &Discord {
        &self.discord
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay").field("version", &self.version()).finish_non_exhaustive()
    }
}
