//! How a bot is configured.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::bot::bot::Bot;
use crate::bot::context::Handle;
use crate::bot::health::Health;
use crate::bot::shards::Shards;
use crate::bot::startup::config::Remember;
use crate::bot::threads::batch::QueueSize;
use crate::gateway::intents::Intents;
use crate::gateway::send_event::UpdatePresence;
use crate::gateway::socket::Compression;
use crate::proxy::{Proxy, ProxyChoice};
use crate::recording::Recording;
use crate::rest::Timeouts;
use crate::store::SessionStore;
use crate::tls::Tls;

/// # How it runs
impl Bot<'_> {
    /// Requests exactly these intents, whatever the handlers need.
    pub fn intents(&mut self, intents: Intents) -> &mut Self {
        self.config.intents.instead = Some(intents);
        self
    }

    /// Requests these intents in addition to those that the handlers need, such as `GUILD_MEMBERS` for a request for all
    /// [members](crate::bot::Context::request_members) of a guild.
    pub fn add_intents(&mut self, intents: Intents) -> &mut Self {
        self.config.intents.added |= intents;
        self
    }

    /// Does not request these intents, even if a handler needs them.
    pub fn without_intents(&mut self, intents: Intents) -> &mut Self {
        self.config.intents.removed |= intents;
        self
    }

    /// Shows the bot with this presence from the start: one [that Discord takes](UpdatePresence::check).
    pub fn presence(&mut self, presence: UpdatePresence) -> &mut Self {
        self.config.presence = Some(presence);
        self
    }

    /// Sets which [shards](https://docs.discord.com/developers/events/gateway#sharding) this process runs. Default: all, as
    /// many as Discord recommends.
    ///
    /// ```
    /// use syncord::bot::Shards;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let mut bot = discord.bot();
    /// bot.shards(4);
    /// // The second of four processes that share a bot.
    /// bot.shards(Shards::Range { shards: 16..32, total: 64 });
    /// # Ok::<(), syncord::Error>(())
    /// ```
    ///
    /// A shard that receives nothing costs next to nothing but memory. Each takes a thread and two of the files that the system
    /// lets a process open (`ulimit -n`).
    ///
    /// Commands are registered by each process that declares them, so let all declare the same.
    #[doc(alias = "sharding")]
    pub fn shards(&mut self, shards: impl Into<Shards>) -> &mut Self {
        self.config.shards = shards.into();
        self
    }

    /// Sets from which number of members on Discord leaves offline members out of a new guild's event, 50 to 250.
    /// Discord's default: 50.
    ///
    /// See [identify](https://docs.discord.com/developers/events/gateway-events#identify).
    pub fn large_threshold(&mut self, members: u8) -> &mut Self {
        self.config.large_threshold = Some(members);
        self
    }

    /// Sets the compression of what the gateway sends.
    ///
    /// Default: none, which takes the least CPU time. [`Compression`] has the figures.
    ///
    /// ```
    /// use syncord::gateway::socket::Compression;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let general = discord.channel("general");
    /// # let mut bot = discord.bot();
    /// bot.compression(Compression::Zlib);
    /// bot.on_message(|cx, message| Ok(cx.reply(message, "received").map(drop)?));
    /// # bot.during(|| {
    /// #     discord.member("ann").says(&general, "hello");
    /// #     general.next_message()?;
    /// #     Ok(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    /// ```
    pub fn compression(&mut self, compression: Compression) -> &mut Self {
        self.config.compression = compression;
        self
    }

    /// Sets how many events, and how many bytes of them, may wait for handlers before the shards stop reading from Discord.
    /// Default: 20,000 events and 16 MiB. Nothing is dropped at the limit.
    pub fn queue_limits(&mut self, events: usize, bytes: usize) -> &mut Self {
        self.config.queue_limits = QueueSize { events: events.max(1), bytes: bytes.max(1) };
        self
    }

    /// Sets the maximum number of [tasks](super::Task) that run at once. Default: 64. At the maximum
    /// [`spawn`](super::Context::spawn) returns an error.
    ///
    /// A waiting task is a thread that takes about 16 KiB of memory, or more if it made REST calls before. It does not make
    /// events slower that it does not wait for.
    pub fn max_tasks(&mut self, count: usize) -> &mut Self {
        self.shared.tasks.set_max(count);
        self
    }

    /// Sets the maximum number of [posted](super::Handle::post) closures that wait for the bot's thread. Default: 10,000. At
    /// the maximum [`post`](super::Handle::post) returns an error. Interactions and webhook events that came over HTTP
    /// and wait count too, and are refused at the maximum.
    pub fn max_posts(&mut self, count: usize) -> &mut Self {
        self.shared.queue.set_max_messages(count.max(1));
        self
    }

    /// Sets how long after its arrival an interaction without a response is deferred automatically. Default: 2 seconds.
    ///
    /// Discord waits 3 seconds for the first response. A longer time than that is shortened so that the deferral arrives
    /// in time, and many interactions at once are deferred earlier because sending takes time.
    pub fn auto_defer_after(&mut self, after: Duration) -> &mut Self {
        self.config.auto_defer_after = Some(after);
        self
    }

    /// Sets the maximum number of threads that defer interactions automatically. Default: 256.
    ///
    /// Each sends one deferral at a time. They are started when many interactions are due at once, and end when there is
    /// nothing to send. If they are too few, the log says how many interactions were not acknowledged in time.
    pub fn max_response_threads(&mut self, count: usize) -> &mut Self {
        self.config.max_response_threads = Some(count);
        self
    }

    /// Turns automatic deferral off. An interaction without a response after 3 seconds is shown to its user as failed.
    pub fn no_auto_defer(&mut self) -> &mut Self {
        self.config.auto_defer_after = None;
        self
    }

    /// Sets the time limit of each REST call that a handler makes with its context.
    ///
    /// Default: 10 s, and for a call with files the time that a slow line needs for them in addition: see
    /// [`ClientBuilder::deadline`](crate::rest::ClientBuilder::deadline).
    ///
    /// A call that a rate limit would delay for longer fails at once; its error has the time when it could be sent. See
    /// [`Client::deadline`](crate::rest::Client::deadline) for another limit on one call.
    pub fn call_deadline(&mut self, deadline: Duration) -> &mut Self {
        self.config.call_deadline = Some(deadline);
        self
    }

    /// Sets the timeouts of the bot's REST calls: to connect, without progress, and for the first response to an
    /// interaction.
    ///
    /// ```
    /// use std::time::Duration;
    /// use syncord::rest::Timeouts;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let mut bot = discord.bot();
    /// let mut timeouts = Timeouts::default();
    /// timeouts.connect = Duration::from_secs(30);
    /// bot.timeouts(timeouts);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn timeouts(&mut self, timeouts: Timeouts) -> &mut Self {
        self.config.timeouts = timeouts;
        self
    }

    /// Sets the maximum number of requests per second, not counting interactions. Default: 50, which is what Discord
    /// [allows a bot](https://docs.discord.com/developers/topics/rate-limits#global-rate-limit). For larger bots whose limit was raised, and for proxies that
    /// keep the limit themselves.
    pub fn requests_per_second(&mut self, count: u32) -> &mut Self {
        self.config.requests_per_second = Some(count);
        self
    }

    /// Sets the maximum size of an uploaded file in bytes, or `None` to send files of every size. Default: 10 MiB, and for
    /// responses to an interaction the limit that it has. See [`Client::upload_limit`](crate::rest::Client::upload_limit).
    pub fn upload_limit(&mut self, bytes: impl Into<Option<u64>>) -> &mut Self {
        self.config.upload_limit = Some(bytes.into());
        self
    }

    /// Sets how long waiting events are still handled after a stop. Default: 5 s.
    ///
    /// At its end `run` returns, after another second at most. A call to Discord's API that is still in progress half a
    /// second after it is cut, whether it waits for an answer or for a rate limit: it fails with
    /// [`Error::Stopped`](crate::Error::Stopped), and the log says which calls were cut. Jobs in lanes and tasks that still
    /// run are left to themselves, and reported. Only a handler that does something else can delay the end: `run` waits for
    /// it, because it may borrow.
    ///
    /// Users whose interactions are not handled by then are notified near its end: in its last quarter, or at the latest
    /// one second after it.
    #[doc(alias = "graceful shutdown")]
    pub fn grace(&mut self, grace: Duration) -> &mut Self {
        self.config.grace = grace;
        self
    }

    /// Sets how long a handler may run on the bot's thread without counting as slow. Default: 1 s.
    ///
    /// While a handler runs on that thread, no other one does. Slow calls are [counted](super::health::HandlerHealth::slow),
    /// and logged by the handler's name, once a minute at most for each.
    pub fn slow_handler_after(&mut self, after: Duration) -> &mut Self {
        self.shared.health.calls.set_slow_after(after);
        self
    }

    /// Sets how long a handler may run on the bot's thread until the bot does not count as
    /// [alive](super::Health::is_alive). Default: 60 s.
    pub fn stuck_handler_after(&mut self, after: Duration) -> &mut Self {
        self.shared.health.calls.set_stuck_after(after);
        self
    }

    /// Keeps the sessions in this file, so that a restart loses nothing that Discord still holds.
    ///
    /// The next start resumes each shard, and Discord replays what the bot has missed. That works for a stop of some minutes,
    /// and after a crash too. [`Connected`](super::Connected) says whether a session was resumed. Where events were lost, as
    /// after a longer stop, the bot receives a [`Gap`](super::Gap).
    ///
    /// ```
    /// # let directory = std::env::temp_dir().join(format!("syncord-remember-{}", std::process::id()));
    /// # std::fs::create_dir_all(&directory)?;
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # for is_first in [true, false] {
    /// # let mut bot = discord.bot();
    /// bot.remember(directory.join("sessions.json"));
    /// bot.on_message(|cx, message| {
    ///     if !message.author.bot {
    ///         cx.reply(message, "received")?; // also what was written while the bot was off
    /// #       cx.stop();
    ///     }
    ///     Ok(())
    /// });
    /// # bot.on_connected(|_, connected| {
    /// #     assert_eq!(connected.resumed, !is_first);
    /// #     if is_first {
    /// #         ann.says(&general, "hello");
    /// #     }
    /// #     Ok(())
    /// # });
    /// bot.run()?;
    /// # assert_eq!(general.next_message()?.content, "received");
    /// # if is_first {
    /// #     ann.says(&general, "still there?");
    /// # }
    /// # }
    /// # assert_eq!((discord.log().identifies(), discord.log().resumes()), (1, 1));
    /// # std::fs::remove_dir_all(&directory)?;
    /// # Ok::<(), syncord::BoxError>(())
    /// ```
    ///
    /// What this means for a program:
    ///
    /// * A resumed session has no [`Ready`](crate::events::Ready) and no [`GuildCreate`](crate::events::GuildCreate). Keep what
    ///   you need of them, or read it with REST. A program that needs them at each start does not remember its sessions.
    /// * An event is handled when its handlers have returned, also those in [lanes](super::Lanes). It does not wait for a
    ///   [task](super::Task), which may take hours: a task does not outlive the process, and what only a task received does
    ///   not come again.
    /// * Delivery over a restart is at least once. After a [stop](super::Handle::stop) that ends within its
    ///   [grace period](Bot::grace) nothing comes twice. After a crash, what was handled since the last save comes again. The
    ///   bot saves 100 ms after the last save, or later if the store is slow, which then is in use for a fifth of the time.
    ///   With lanes, everything after the oldest event that was not handled comes again.
    /// * After a stop the bot stays online at Discord for as long as Discord keeps the session.
    ///
    /// A session is not resumed if the bot now has other shards or intents, or was off for more than ten minutes. The file
    /// does not have the token. Its owner alone can read it, and one process at a time can use it. If it cannot be read or
    /// written, that is reported, and the bot goes on.
    ///
    /// See [resuming](https://docs.discord.com/developers/events/gateway#resuming). Running the bot fails with
    /// [`Error::Setup`](crate::Error::Setup) if another process uses the file, or if its folder does not exist.
    #[doc(alias = "persist")]
    #[doc(alias = "resume")]
    pub fn remember(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.config.remember = Remember::InFile(path.into());
        self
    }

    /// Keeps the sessions in this store: as [`remember`](Bot::remember), but in a place of your choice.
    pub fn remember_in(&mut self, store: Arc<dyn SessionStore>) -> &mut Self {
        self.config.remember = Remember::InStore(store);
        self
    }

    /// Records what the bot receives and sends into a file, from which `sim::Replay` makes a test: a bug
    /// report becomes a test.
    ///
    /// ```
    /// # let folder = std::env::temp_dir().join(format!("syncord-record-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let mut bot = discord.bot();
    /// bot.record(folder.join("session.jsonl"));
    /// # bot.on_ready(|cx, _| {
    /// #     cx.stop();
    /// #     Ok(())
    /// # });
    /// # bot.run()?;
    /// # assert!(std::fs::read_to_string(folder.join("session.jsonl"))?.contains("READY"));
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The file has a JSON object in each line: the events of the gateway, and the REST calls that the bot's own client made, with
    /// their responses. Its owner alone can read it. What it contains of people:
    ///
    /// * Texts are masked: letters become `x`, digits `0`. This holds for messages, names, what users typed into options and
    ///   modals, file names and addresses. [`Recording::with_content`] records them as they are.
    /// * These stay, because a bot decides by them: IDs, times, numbers, emojis, names of commands and options, the
    ///   choices and text commands of the bot, custom IDs, and the values of select menus. Error messages of Discord stay too.
    /// * Tokens of interactions and webhooks are always replaced. The bot's token is never written.
    ///
    /// A separate thread writes the file, so that a slow disk delays nothing. What does not fit into 16 MiB of memory or into the
    /// [maximum size](Recording::max_size) is dropped, and the file says how much. If the file cannot be written any more, that is
    /// logged, and the bot goes on. A recording of that name is renamed: `.old` is added.
    ///
    /// Running the bot fails with [`Error::Setup`](crate::Error::Setup) if the file cannot be created.
    #[doc(alias = "cassette")]
    pub fn record(&mut self, recording: impl Into<Recording>) -> &mut Self {
        self.config.recording = Some(recording.into());
        self
    }

    /// Logs the [health](super::Health) of the bot in one line, once per period, until the bot is stopped: at the info level
    /// with the target `syncord::health`, and as a warning while the bot is not [alive](super::Health::is_alive).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let mut bot = discord.bot();
    /// bot.log_health_every(Duration::from_secs(300));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "logging")]
    pub fn log_health_every(&mut self, period: Duration) -> &mut Self {
        self.config.log_health_every = Some(period);
        self
    }

    /// Sets whether the bot prints trouble to stderr if the program has no logger. Default: true.
    ///
    /// It prints what a person has to know: no connection for some seconds, again at growing intervals, a long wait for a
    /// login, and the errors of handlers without [`on_error`](Bot::on_error), of which only some if there are many. A program
    /// has a logger if [`log::max_level`](https://docs.rs/log/latest/log/fn.max_level.html) is not `Off`; then everything goes there.
    pub fn print_trouble(&mut self, print: bool) -> &mut Self {
        self.shared.trouble.set_prints(print);
        self
    }

    /// Uses the REST API at this address, which ends with the version of the API: `http://127.0.0.1:3001/api/v10`.
    pub fn api_url(&mut self, url: impl Into<String>) -> &mut Self {
        self.config.api_url = Some(url.into());
        self
    }

    /// Always connects to the gateway at this address, also for a resume, instead of the addresses that Discord returns.
    /// Use it for a proxy.
    pub fn gateway_url(&mut self, url: impl Into<String>) -> &mut Self {
        self.config.gateway_url = Some(url.into());
        self
    }

    /// Sets which TLS certificates are trusted.
    pub fn tls(&mut self, tls: Tls) -> &mut Self {
        self.config.tls = tls;
        self
    }

    /// Connects through this proxy, with REST and the gateway, or directly for `None`. Default: the
    /// [proxy](Proxy) of the environment.
    pub fn proxy(&mut self, proxy: Option<Proxy>) -> &mut Self {
        self.config.proxy = proxy.map_or(ProxyChoice::Direct, ProxyChoice::Given);
        self
    }

    /// Sets whether `http://` and `ws://` to other machines are allowed: the token is then sent unencrypted. Default: false.
    pub fn allow_plaintext(&mut self, allow: bool) -> &mut Self {
        self.config.allow_plaintext = allow;
        self
    }

    /// The health of the bot before it runs. For that of a running bot there are [`Handle::health`] and
    /// [`Running::health`](super::Running::health).
    pub fn health(&self) -> Health {
        self.handle().health()
    }

    /// Controls the bot from any thread, also before it runs. What is posted before the bot runs waits for it.
    pub fn handle(&self) -> Handle {
        Handle::new(&self.shared)
    }
}
