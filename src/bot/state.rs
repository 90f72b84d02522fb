//! State that handlers share: values that a program provides, and inboxes for values of other threads.

use std::any::{Any, type_name};
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use crate::bot::bot::Bot;
use crate::bot::context::{Context, InboxValue, LoopMessage, ProvidedValue, Shared};
use crate::bot::error::HandlerId;
use crate::error::{Error, Result};

/// # State
impl<'a> Bot<'a> {
    /// Provides a value to everything that the bot runs: handlers on its thread, in lanes and in tasks, and checks read it with
    /// [`cx.get::<T>()`](Context::get).
    ///
    /// There is one value for each type. Handlers on the bot's thread may also simply borrow locals. A tree that brings its own
    /// state has [`Tree::provide`](crate::tree::Tree::provide).
    ///
    /// ```
    /// use std::sync::Mutex;
    /// use syncord::Lanes;
    /// use syncord::tree::{Check, command};
    ///
    /// #[derive(Default)]
    /// struct Scores(Mutex<Vec<u64>>);
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let few = Check::new(|cx| match cx.get::<Scores>().map(|scores| scores.0.lock().unwrap().len()) {
    ///     Ok(0..10) => Ok(()),
    ///     _ => Err("The list is full.".into()),
    /// });
    /// let lanes = Lanes::new(2);
    /// bot.provide(Scores::default()).command(command("score", "Adds a score").check(few).run_in(&lanes, |cx| {
    ///     let mut scores = cx.get::<Scores>()?.0.lock().unwrap();
    ///     scores.push(1);
    ///     cx.reply(format!("{} scores", scores.len()))
    /// }));
    /// # bot.during(|| {
    /// #     assert_eq!(ann.uses(&general, "/score")?.reply()?.content, "1 scores");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "typemap")]
    pub fn provide<T: Send + Sync + 'static>(&mut self, value: T) -> &mut Self {
        self.add_provided(ProvidedValue::new(value));
        self
    }

    pub(in crate::bot) fn add_provided(&mut self, value: ProvidedValue) {
        let type_name = value.type_name;
        if self.provided.add(value) {
            let problem = format!(
                "provide(..) was called twice with a value of the type {type_name}: give each its own type"
            );
            self.problems.push("", problem);
        }
    }

    /// Registers a closure for values from other threads. It runs on the bot's thread and may borrow, while
    /// [`send`](Inbox::send) works from any thread, lane or task.
    ///
    /// ```
    /// use std::thread;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let general = discord.channel("general");
    /// # let (mut bot, channel) = (discord.bot(), general.id());
    /// let mut highest = 0;
    /// let tides = bot.inbox(|cx, metres: u32| {
    ///     if metres > highest {
    ///         highest = metres;
    ///         cx.send(channel, format!("{metres} m, the highest so far"))?;
    ///     }
    ///     Ok(())
    /// });
    /// thread::spawn(move || {
    ///     for metres in [3, 2, 5] {
    ///         let _ = tides.send(metres); // fails if the bot has ended
    ///     }
    /// });
    /// # bot.during(|| {
    /// assert_eq!(general.next_message()?.content, "3 m, the highest so far");
    /// assert_eq!(general.next_message()?.content, "5 m, the highest so far");
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "channel")]
    #[track_caller]
    pub fn inbox<T: Send + 'static>(&mut self, mut f: impl FnMut(&Context, T) -> Result + 'a) -> Inbox<T> {
        let id = HandlerId::new(format!("inbox::<{}>", HandlerId::type_name::<T>()), Location::caller());
        let closure = move |cx: &Context, value: Box<dyn Any + Send>| match value.downcast() {
            Ok(value) => f(cx, *value),
            // Only its own inbox, whose values have this type, sends to it.
            Err(_) => Ok(()),
        };
        let index = self.handlers.add_inbox(id, Box::new(closure));
        Inbox { shared: Arc::clone(&self.shared), index, value: PhantomData }
    }
}

/// Sends values to a closure on the bot's thread: see [`Bot::inbox`].
///
/// Clones send to the same closure. An inbox does not keep the bot running.
pub struct Inbox<T> {
    shared: Arc<Shared>,
    index: usize,
    value: PhantomData<fn(T)>,
}

impl<T: Send + 'static> Inbox<T> {
    /// Sends a value. The closure receives the values in the order in which they were sent, once the bot has logged in.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] when the [maximum number of closures and values](Bot::max_posts) is waiting: try again later.
    /// [`Error::Stopped`] when the bot has ended, or was dropped before it ran.
    pub fn send(&self, value: T) -> Result<(), Error> {
        self.shared.post(LoopMessage::Value(InboxValue { inbox: self.index, value: Box::new(value) }))
    }
}

impl<T> Clone for Inbox<T> {
    fn clone(&self) -> Self {
        Inbox { shared: Arc::clone(&self.shared), index: self.index, value: PhantomData }
    }
}

impl<T> fmt::Debug for Inbox<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("value", &type_name::<T>()).finish_non_exhaustive()
    }
}
