use std::time::Duration;

use crate::cache::CacheHealth;
use crate::gateway::identify::StartLimit;
use crate::gateway::session::State;
use crate::gateway::shard::ShardHealth;
use crate::interaction::InteractionHealth;
use crate::rest::RestHealth;

/// The health of a bot at one moment.
///
/// It is read from any thread, also while the bot's own thread is in a handler. Reading it takes some microseconds, and
/// more with many shards, handlers and queued events. Counters count from the start of the bot.
///
/// ```
/// use std::time::Duration;
///
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
/// # let mut bot = discord.bot();
/// bot.on_message(|cx, message| Ok(cx.reply(message, "received").map(drop)?));
/// let handle = bot.handle(); // for another thread, such as that of a web server
/// assert!(!handle.health().is_ready());
/// # bot.during(|| {
/// #     ann.says(&general, "hello");
/// #     general.next_message()?;
/// let health = handle.health();
/// assert!(health.is_ready() && health.is_alive());
/// let messages = health.events.iter().find(|event| event.name == "MESSAGE_CREATE");
/// assert!(messages.is_some_and(|event| event.received > 0));
/// assert_eq!(health.handlers[0].errors, 0);
/// #     Ok(())
/// # })
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Health {
    /// What the bot is doing.
    pub state: BotState,
    /// The number of shards that this process runs, once it is known.
    pub expected_shards: Option<usize>,
    /// The shards of this process, in order. Empty before the login.
    pub shards: Vec<ShardHealth>,
    /// The events that wait for handlers.
    pub queue: QueueHealth,
    /// The events that were received, by name: only those that occurred.
    pub events: Vec<EventHealth>,
    /// The handlers, in the order of their registration. Posted closures and tasks have an entry for each place in the
    /// source.
    pub handlers: Vec<HandlerHealth>,
    /// The handler that runs on the bot's thread, if one does.
    pub running: Option<RunningHandler>,
    /// The lanes in which handlers run.
    pub lanes: Vec<LanesHealth>,
    /// The tasks.
    pub tasks: TaskHealth,
    /// The interactions.
    pub interactions: InteractionHealth,
    /// The requests that came over HTTP, if the bot receives interactions over HTTP.
    pub http: Option<HttpHealth>,
    /// The calls of the bot's REST client.
    pub rest: RestHealth,
    /// The cache, if the bot has [one](crate::Bot::cache).
    pub cache: Option<CacheHealth>,
    /// How many identifies are left today, if that is known.
    pub identifies: Option<StartLimit>,
    /// How long a handler may run until the bot does not count as [alive](Health::is_alive).
    pub(super) stuck_after: Duration,
}

/// What a bot is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BotState {
    /// It has not logged in yet.
    Starting,
    /// It has logged in.
    Running,
    /// It was asked to stop, and handles what is left.
    Stopping,
    /// It has ended.
    Ended,
}

/// The events that wait for the handlers of a bot, of all shards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueueHealth {
    /// The number of events, with those that are being handled.
    pub events: usize,
    /// Their size in bytes.
    pub bytes: usize,
    /// The number of events at which the shards [stop reading](crate::Bot::queue_limits).
    pub max_events: usize,
    /// The number of bytes at which the shards stop reading.
    pub max_bytes: usize,
    /// How long the oldest event has been waiting, or being handled.
    pub oldest: Option<Duration>,
    /// The number of posted closures that wait for the bot's thread.
    pub posts: usize,
}

/// The requests to a bot that receives [interactions over HTTP](crate::guide::http_interactions), since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpHealth {
    /// Interactions and webhook events that were given to the bot.
    pub accepted: u64,
    /// Requests with which Discord tests the URL.
    pub pings: u64,
    /// Requests without a valid signature, and signed ones of another form. Discord sends a few wrong signatures as a test.
    /// What the bot's own server refuses before that, such as a GET, is not counted.
    pub refused: u64,
    /// Requests that came before the commands were registered, after the stop, or while too much waited for the bot's thread,
    /// and connections that were closed because too many were open.
    pub unavailable: u64,
}

/// An event of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventHealth {
    /// The event's name, such as `MESSAGE_CREATE`. All events that this version does not know count as `other`.
    pub name: &'static str,
    /// How often it was received.
    pub received: u64,
    /// How often its handlers were called, or their lanes received it. Events without a handler are not delivered.
    pub delivered: u64,
}

/// A handler.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HandlerHealth {
    /// How and where it was registered: `on_message at src/main.rs:12`. Handlers with the same name are added together.
    pub name: String,
    /// How often it was called.
    pub calls: u64,
    /// How often it returned an error.
    pub errors: u64,
    /// How often it panicked.
    pub panics: u64,
    /// How often it was not called because its event could not be read.
    pub unreadable: u64,
    /// How often it took longer on the bot's thread than [`slow_handler_after`](crate::Bot::slow_handler_after).
    pub slow: u64,
    /// How long all calls took together. It is zero for tasks, which mostly wait.
    pub time: Duration,
}

/// A handler that runs on the bot's thread.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunningHandler {
    /// Its name, as in [`HandlerHealth`].
    pub name: String,
    /// How long it has been running.
    pub time: Duration,
}

/// [Lanes](crate::Lanes).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LanesHealth {
    /// The place in the source where they were created: `src/main.rs:12`.
    pub name: String,
    /// The maximum number of threads.
    pub threads: usize,
    /// The number of running jobs.
    pub running: usize,
    /// The number of waiting jobs.
    pub queued: usize,
    /// The maximum number of waiting jobs.
    pub limit: usize,
    /// For how long the oldest job has been waiting or running.
    pub oldest: Option<Duration>,
    /// The number of jobs that were dropped because there was no room.
    pub dropped: u64,
}

/// The [tasks](crate::bot::Task) of a bot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskHealth {
    /// The number of running tasks.
    pub running: usize,
    /// The [maximum](crate::Bot::max_tasks) number of running tasks.
    pub max: usize,
}

impl Health {
    /// Whether the bot works: it has logged in, all its shards are connected, and it was not asked to stop.
    ///
    /// For a readiness probe. It is false for some seconds whenever a shard reconnects.
    pub fn is_ready(&self) -> bool {
        let ready = self.shards.iter().filter(|shard| shard.state == State::Ready).count();
        self.state == BotState::Running && self.expected_shards.is_some_and(|expected| ready >= expected)
    }

    /// Whether there is no reason to restart the process.
    ///
    /// For a liveness probe. It is false when
    ///
    /// * the bot has ended,
    /// * a handler has been running on the bot's thread for longer than
    ///   [`stuck_handler_after`](crate::Bot::stuck_handler_after),
    /// * a shard has a connection and has received nothing for [longer](ShardHealth::is_silent) than a heartbeat interval and
    ///   the time in which it would replace the connection, or its thread [does nothing](ShardHealth::is_overdue).
    ///
    /// It is true during an outage of Discord or of the network: the shards connect again as soon as that is possible, and a
    /// restart would not make it earlier but use up identifies. [`is_ready`](Health::is_ready) is false then.
    pub fn is_alive(&self) -> bool {
        self.state != BotState::Ended
            && !self.is_stuck()
            && !self.shards.iter().any(|shard| shard.is_silent || shard.is_overdue)
    }

    pub(super) fn is_stuck(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.time > self.stuck_after)
    }

    /// Why the bot is not ready or not alive: a sentence for each reason. Empty if it is both.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let bot = discord.bot();
    /// assert_eq!(bot.handle().health().problems(), ["the bot has not logged in"]);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        match self.state {
            BotState::Starting => problems.push("the bot has not logged in".to_owned()),
            BotState::Running => {}
            BotState::Stopping => problems.push("the bot was asked to stop".to_owned()),
            BotState::Ended => problems.push("the bot has ended".to_owned()),
        }
        if let (Some(running), true) = (&self.running, self.is_stuck()) {
            problems.push(format!("{} has been running for {:.1?}", running.name, running.time));
        }
        if self.state == BotState::Running {
            problems.extend(self.shards.iter().filter_map(shard_problem));
        }
        problems
    }
}

/// What is wrong with a shard, if something is.
fn shard_problem(shard: &ShardHealth) -> Option<String> {
    let ShardHealth { shard: id, state, last_frame, .. } = shard;
    let silence = last_frame.map_or_else(|| "yet".to_owned(), |time| format!("for {time:.1?}"));
    if shard.is_silent {
        return Some(format!("shard {id} has a connection and has received nothing {silence}"));
    }
    if shard.is_overdue {
        return Some(format!("the thread of shard {id} has done nothing for two minutes"));
    }
    match state {
        State::Ready => None,
        State::Connecting => Some(format!("shard {id} is connecting")),
        State::Stopped => Some(format!("shard {id} has ended")),
        State::Disconnected => Some(match shard.identify_wait {
            Some(wait) => format!("shard {id} may identify in {wait:.0?}"),
            None => format!("shard {id} has no connection, and has received nothing {silence}"),
        }),
    }
}
