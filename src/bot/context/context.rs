//! What every handler receives, and what the threads of a bot share.

use std::any::{Any, type_name};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use super::identity::Identity;
use super::provided::Provided;
use super::reading::Reading;
use super::shard_handle::ShardHandle;
use crate::bot::audit::AuditEntries;
use crate::bot::cached::BotCache;
use crate::bot::error::{HandlerError, HandlerId, discard};
use crate::bot::guild_locales::GuildLocales;
use crate::bot::health::shared::HealthState;
#[cfg(feature = "http-interactions")]
use crate::bot::http::{HttpEvent, HttpState};
use crate::bot::members::MemberRequests;
use crate::bot::remember::{Hold, Remembered};
use crate::bot::threads::batch::QueueSize;
use crate::bot::threads::mailbox::Mailboxes;
use crate::bot::threads::queue::{DEFAULT_LIMITS, NotPosted, Queue};
use crate::bot::threads::task_pool::Pool;
use crate::bot::timers::TimerControl;
use crate::bot::timers::schedule::Schedule;
use crate::bot::trouble::Trouble;
use crate::bot::waits::Waits;
use crate::cache::Before;
use crate::error::{Error, Result};
use crate::gateway::session::Stop;
use crate::gateway::shard_id::ShardId;
use crate::id::{ChannelId, UserId};
use crate::interaction::PendingInteractions;
use crate::model::{Message, ReactionEmoji, Unreadable, User};
use crate::rest::{Client, CreateMessage, CutSwitch};
use crate::sync::Mutex;
use crate::texts::Texts;

/// How long after the grace period a handler that still runs may call Discord's API, for a last reply.
const LAST_CALL: Duration = Duration::from_millis(500);

/// What every handler receives: it replies, sends, and stops the bot.
///
/// It is passed by reference and stays on the handler's thread. Other threads use
/// [`rest`](Context::rest) and [`handle`](Context::handle), which are `Send`.
pub struct Context {
    shared: Arc<Shared>,
    login: Arc<Identity>,
    /// Whether it is for another thread, which may outlive the bot and cannot call Discord then.
    ends_with_bot: bool,
    shard: Cell<u32>,
    /// What tasks of the running handler may wait for, if the handler belongs to a node.
    waits: RefCell<Option<Arc<Waits>>>,
    /// What could not be read of the event.
    unreadable: RefCell<Vec<Unreadable>>,
    /// What the event has replaced in the cache.
    before: RefCell<Option<Arc<Before>>>,
}

/// What the bot's thread shares with its shards and handles.
pub(crate) struct Shared {
    pub(crate) queue: Queue<LoopMessage>,
    pub(crate) login: OnceLock<Arc<Identity>>,
    shards: Mutex<Vec<ShardHandle>>,
    pub(crate) mailboxes: Mailboxes,
    pub(crate) member_requests: MemberRequests,
    pub(crate) audit_entries: AuditEntries,
    pub(crate) tasks: Arc<Pool>,
    /// What tasks that are spawned by the bot's own handlers may wait for.
    pub(crate) waits: OnceLock<Arc<Waits>>,
    /// How interactions are responded to.
    pub(crate) interactions: Arc<PendingInteractions>,
    pub(crate) trouble: Arc<Trouble>,
    /// Cuts the calls of the bot's client at the end of the grace period.
    pub(crate) cut: CutSwitch,
    /// The client, once the bot was started.
    pub(crate) client: OnceLock<Client>,
    /// What the program has provided, once the bot was started.
    pub(crate) provided: OnceLock<Provided>,
    pub(crate) health: HealthState,
    /// How far events were handled, once the bot has logged in, if it remembers its sessions.
    pub(crate) remembered: OnceLock<Remembered>,
    /// How the texts of the library are worded, if the program replaces or translates them.
    pub(crate) texts: OnceLock<Arc<Texts>>,
    /// Set if closures are called around the handlers of commands.
    pub(crate) has_hooks: OnceLock<()>,
    /// The languages of guilds in which messages called commands.
    pub(crate) guild_locales: GuildLocales,
    /// Records the session, if the bot does that.
    pub(crate) recorder: OnceLock<Arc<crate::recording::Recorder>>,
    /// The cache, once the bot was started, if it has one.
    pub(crate) cache: OnceLock<BotCache>,
    #[cfg(feature = "http-interactions")]
    pub(crate) http: HttpState,
}

impl Shared {
    pub(crate) fn new() -> Arc<Shared> {
        Shared::with_limits(DEFAULT_LIMITS)
    }

    pub(crate) fn with_limits(limits: QueueSize) -> Arc<Shared> {
        Arc::new(Shared {
            queue: Queue::new(limits),
            login: OnceLock::new(),
            shards: Mutex::new(Vec::new()),
            mailboxes: Mailboxes::default(),
            member_requests: MemberRequests::default(),
            audit_entries: AuditEntries::default(),
            tasks: Arc::default(),
            waits: OnceLock::new(),
            interactions: Arc::default(),
            trouble: Arc::default(),
            cut: CutSwitch::default(),
            client: OnceLock::new(),
            provided: OnceLock::new(),
            health: HealthState::default(),
            remembered: OnceLock::new(),
            recorder: OnceLock::new(),
            texts: OnceLock::new(),
            has_hooks: OnceLock::new(),
            guild_locales: GuildLocales::default(),
            cache: OnceLock::new(),
            #[cfg(feature = "http-interactions")]
            http: HttpState::default(),
        })
    }

    /// Adds a shard that is about to run. Returns false if the bot was stopped in the meantime: then the shard must not run.
    pub(crate) fn add_shard(&self, shard: ShardHandle) -> bool {
        let mut shards = self.shards.lock();
        shards.push(shard);
        !self.queue.is_stopped()
    }

    /// The shards of this process, once the bot has logged in.
    pub(crate) fn shards(&self) -> Vec<ShardHandle> {
        self.shards.lock().clone()
    }

    pub(crate) fn shard(&self, index: u32) -> Option<ShardHandle> {
        let shards = self.shards.lock();
        shards.iter().find(|shard| shard.id.index == index).cloned()
    }

    /// Makes the shards close their connections, and the bot's thread finish. Discord keeps the sessions if the bot remembers
    /// them.
    pub(crate) fn stop(self: &Arc<Self>) {
        // First the queue, then the shards: a shard that is added between the two sees the closed queue.
        if self.queue.stop() {
            self.cut_after_grace();
        }
        self.mailboxes.stop();
        self.member_requests.stop();
        self.audit_entries.stop();
        let stop = self.remembered.get().map_or(Stop::EndSession, |_| Stop::KeepSession);
        self.shards().iter().for_each(|shard| shard.sender.stop(stop));
    }

    /// Cuts the calls in flight after the grace period, from another thread: the bot's may wait for one.
    fn cut_after_grace(self: &Arc<Self>) {
        let shared = Arc::clone(self);
        let at = shared.queue.after_grace(LAST_CALL);
        shared.cut.plan(at);
        let cut = move || {
            if !shared.queue.wait_until_over(at) {
                shared.cut_calls();
            }
        };
        if let Err(error) = thread::Builder::new().name("syncord-stop".to_owned()).spawn(cut) {
            log::error!(
                "the system gives no thread that ends calls to Discord's API with the grace period: {error}; the stop can \
                 take as long as they do"
            );
        }
    }

    /// Cuts the calls in flight, and counts them for the report of the stop.
    pub(crate) fn cut_calls(&self) {
        self.health.add_rest_calls_cut(self.client.get().map(Client::cut).unwrap_or_default());
    }

    /// Reports a handler that does not return: the bot's other handlers wait for it, and a stop does, too.
    pub(crate) fn report_long_call(&self, now: Instant) {
        let Some((place, time)) = self.health.calls.long_call(now) else { return };
        let name = self.health.handlers.name(place).unwrap_or_default();
        self.trouble.warn(&format_args!(
            "{name} has been running for {} s, and all other handlers wait for it: run it in lanes or as a task",
            time.as_secs()
        ));
    }
}

impl Context {
    pub(crate) fn new(shared: Arc<Shared>, login: Arc<Identity>) -> Context {
        Context {
            shared,
            login,
            ends_with_bot: false,
            shard: Cell::new(0),
            waits: RefCell::new(None),
            unreadable: RefCell::new(Vec::new()),
            before: RefCell::new(None),
        }
    }

    /// A copy for another handler.
    pub(crate) fn copy(&self) -> Context {
        let mut cx = Context::new(Arc::clone(&self.shared), Arc::clone(&self.login));
        cx.ends_with_bot = self.ends_with_bot;
        cx.shard.set(self.shard.get());
        cx.waits.clone_from(&self.waits);
        cx.unreadable.clone_from(&self.unreadable);
        cx.before.clone_from(&self.before);
        cx
    }

    /// A copy for another thread, which may outlive the bot and cannot call Discord then.
    pub(crate) fn fork(&self) -> Context {
        let mut cx = self.copy();
        cx.ends_with_bot = true;
        cx
    }

    /// Checks that this thread may wait for what the shards' threads receive.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] on the bot's own thread, on which no other handler runs while it waits.
    pub(crate) fn check_may_wait(&self, what: &str, instead: &str) -> Result<(), Error> {
        if self.ends_with_bot {
            return Ok(());
        }
        Err(Error::setup(format!(
            "a handler on the bot's thread cannot wait to {what}, because no other handler would run meanwhile: do it in a task \
             (cx.spawn) or in lanes, or use {instead}"
        )))
    }

    /// Reads an event with a function, and keeps what cannot be read of it.
    pub(crate) fn read_event<T>(&self, read: impl FnOnce() -> T) -> T {
        // A guard, so that the event, which may be a kilobyte, is not moved after the call.
        let _reading = Reading::begin(&self.unreadable);
        read()
    }

    fn set_unreadable(&self, unreadable: Vec<Unreadable>) {
        *self.unreadable.borrow_mut() = unreadable;
    }

    /// Sets what the event has replaced in the cache.
    pub(crate) fn set_before(&self, before: Option<Before>) {
        *self.before.borrow_mut() = before.map(Arc::new);
    }

    /// What the event has replaced in the cache.
    pub(crate) fn replaced(&self) -> Option<Arc<Before>> {
        self.before.borrow().clone()
    }

    /// What tasks may wait for: the settings of the node and of the bot.
    pub(crate) fn waits(&self) -> Arc<Waits> {
        let general = self.shared.waits.get();
        match (&*self.waits.borrow(), general) {
            (Some(own), Some(general)) if !general.names.is_empty() => Arc::new(own.with(general)),
            (Some(own), _) => Arc::clone(own),
            (None, general) => general.cloned().unwrap_or_default(),
        }
    }

    /// Sets what tasks of the running handler may wait for. Returns the previous setting.
    pub(crate) fn set_waits(&self, waits: Option<Arc<Waits>>) -> Option<Arc<Waits>> {
        self.waits.replace(waits)
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// What is known of the login.
    pub(crate) fn login(&self) -> &Identity {
        &self.login
    }

    /// Whether this user owns the application, alone or in a team.
    pub(crate) fn is_owner(&self, user: UserId) -> bool {
        self.login.application.as_ref().is_some_and(|application| application.belongs_to(user))
    }

    /// Keeps the event that the bot's thread is handling from counting as handled.
    pub(crate) fn hold(&self) -> Option<Hold> {
        self.shared.remembered.get()?.hold(self.shard.get())
    }

    /// Whether the bot was stopped and its grace period is over.
    pub(crate) fn is_out_of_time(&self) -> bool {
        self.shared.queue.is_out_of_time()
    }

    /// Reports an error of another thread on the bot's thread, or in the log if that thread has ended or is far behind.
    pub(crate) fn report(&self, error: HandlerError) {
        let result = self.shared.queue.post(LoopMessage::Report(error));
        if let Err(NotPosted::Ended(message) | NotPosted::Full(message, _)) = result {
            if let LoopMessage::Report(error) = &message {
                log::error!("{error}");
            }
            discard(message);
        }
    }

    /// Begins with another event, timer or closure, which is from this shard.
    pub(crate) fn begin(&self, shard: u32) {
        self.shard.set(shard);
        self.set_unreadable(Vec::new());
    }

    /// Replies to a message, in its channel. Only its author is mentioned, unless the reply allows more.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if it is empty or too long; nothing is sent then. Otherwise the errors of
    /// [`create_message`](Client::create_message).
    #[track_caller]
    pub fn reply(&self, message: &Message, text: impl Into<CreateMessage>) -> Result<Message, Error> {
        if self.is_own(message) && message.referenced_message.value().is_some_and(|first| self.is_own(first))
        {
            self.shared.trouble.replies_to_itself(Location::caller());
        }
        self.send(message.channel_id, text.into().reply_to(message.id))
    }

    /// Sends a message to a channel. It mentions no user, unless the message allows it.
    ///
    /// # Errors
    ///
    /// As for [`reply`](Context::reply).
    pub fn send(&self, channel: ChannelId, message: impl Into<CreateMessage>) -> Result<Message, Error> {
        self.rest().create_message(channel, message)
    }

    /// Shows the bot as typing in a channel, for ten seconds or until it sends a message there.
    ///
    /// # Errors
    ///
    /// The errors of [`trigger_typing`](Client::trigger_typing).
    #[doc(alias = "is typing")]
    pub fn typing(&self, channel: ChannelId) -> Result<(), Error> {
        self.rest().trigger_typing(channel)
    }

    /// Reacts to a message with an emoji: `cx.react(message, "👍")`.
    ///
    /// # Errors
    ///
    /// The errors of [`create_reaction`](Client::create_reaction).
    #[doc(alias = "reaction")]
    pub fn react(&self, message: &Message, emoji: impl Into<ReactionEmoji>) -> Result<(), Error> {
        self.rest().create_reaction(message.channel_id, message.id, emoji)
    }

    /// Whether the bot has sent the message.
    fn is_own(&self, message: &Message) -> bool {
        message.author.id == self.me().id
    }

    /// The bot's own user, as it was at login.
    pub fn me(&self) -> &User {
        &self.login.me
    }

    /// The REST client, for everything that has no method here. Its clones work on any thread, and after the bot has ended.
    /// That of a task or a lane ends with the bot: its calls return [`Error::Stopped`] then.
    pub fn rest(&self) -> &Client {
        if self.ends_with_bot { &self.login.ending_client } else { &self.login.client }
    }

    /// The shard that the event came from. In timers, in posted closures and for what came over HTTP it is the first shard.
    pub fn shard(&self) -> ShardId {
        ShardId { index: self.shard.get(), total: self.login.total }
    }

    /// The parts of the event that Discord sent in a form which this version cannot read, with their paths and as JSON.
    /// Usually there are none.
    ///
    /// Such a field has the default of its type, so it costs only itself. For responses to calls, and for the events of a
    /// [`Task`](crate::bot::Task), there is [`collect_unreadable`](crate::model::collect_unreadable).
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.on_message(|cx, message| {
    ///     for part in cx.unreadable() {
    ///         println!("message {}: {} was {}", message.id, part.path, part.json);
    ///     }
    /// #   cx.send(message.channel_id, "read")?;
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "Ahoy");
    /// #     assert_eq!(general.next_message()?.content, "read");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    pub fn unreadable(&self) -> Vec<Unreadable> {
        self.unreadable.borrow().clone()
    }

    /// The value of this type that the program gave to [`Bot::provide`](crate::Bot::provide).
    ///
    /// Handlers on the bot's thread, in lanes, in tasks and checks see the same value, so none of them needs a clone of an
    /// `Arc`.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the program has provided no such value.
    #[doc(alias = "state")]
    #[doc(alias = "data")]
    pub fn get<T: Send + Sync + 'static>(&self) -> Result<&T, Error> {
        let provided = self.shared.provided.get();
        provided.and_then(Provided::get).ok_or_else(|| {
            let name = type_name::<T>();
            Error::setup(format!(
                "there is no value of the type {name}: add bot.provide(..) with one before the bot is run"
            ))
        })
    }

    /// The latency of the shard: how long Discord took to acknowledge its last heartbeat.
    #[doc(alias = "ping")]
    pub fn latency(&self) -> Option<Duration> {
        self.shared.shard(self.shard.get())?.meter.latency()
    }

    /// Stops the bot. Its connections are closed, events that already wait are still handled within the
    /// [grace period](crate::bot::Bot::grace), then `run` returns.
    pub fn stop(&self) {
        self.shared.stop();
    }
}

impl AsRef<Context> for Context {
    fn as_ref(&self) -> &Context {
        self
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("shard", &self.shard())
            .field("me", &self.me().id)
            .finish_non_exhaustive()
    }
}

/// What other threads give the bot's thread to do.
pub(crate) enum LoopMessage {
    Job(Job),
    Value(InboxValue),
    Timer(NewTimer),
    /// An error on another thread.
    Report(HandlerError),
    /// Something that came over HTTP.
    #[cfg(feature = "http-interactions")]
    Http(Box<HttpEvent>),
    /// The handler of a command has ended on another thread.
    CommandEnded(Box<dyn Any + Send>),
}

/// A closure on its way to the bot's thread.
pub(crate) struct Job {
    pub(crate) id: Arc<HandlerId>,
    pub(crate) work: Box<dyn FnOnce(&Context) -> Result + Send>,
}

/// A value on its way to an inbox.
pub(crate) struct InboxValue {
    /// The index of the inbox.
    pub(crate) inbox: usize,
    pub(crate) value: Box<dyn Any + Send>,
}

/// A timer that is added while the bot runs.
pub(crate) struct NewTimer {
    pub(crate) id: HandlerId,
    pub(crate) closure: Box<dyn FnMut(&Context) -> Result + Send>,
    pub(crate) schedule: Schedule,
    pub(crate) control: Arc<TimerControl>,
}
