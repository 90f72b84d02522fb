//! Shows the bot as typing while it works.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::context::Context;
use crate::id::ChannelId;

/// How often the bot is shown as typing: Discord shows it for
/// [ten seconds](https://docs.discord.com/developers/resources/channel#trigger-typing-indicator).
const REPEAT: Duration = Duration::from_secs(9);

impl Context {
    /// Shows the bot as typing in a channel while a closure runs, and returns the value of the closure.
    ///
    /// Another thread calls Discord every 9 seconds, and has ended when this returns. If the bot cannot be shown as typing, that is
    /// logged, and the closure still runs. If the system gives no thread, the bot is shown as typing once, for ten
    /// seconds.
    ///
    /// ```
    /// # fn slow_search(_: &str) -> String { "Nothing.".to_owned() }
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.waits_for::<syncord::events::MessageCreate>();
    /// bot.on_message(|cx, message| {
    ///     if message.author.bot {
    ///         return Ok(());
    ///     }
    ///     let message = message.0.clone();
    ///     Ok(cx.spawn(move |task| {
    ///         let found = task.typing_while(message.channel_id, || slow_search(&message.content));
    ///         task.reply(&message, found)?;
    ///         Ok(())
    ///     })?)
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "Atlantis");
    /// #     assert_eq!(general.next_message()?.content, "Nothing.");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "is typing")]
    #[doc(alias = "typing indicator")]
    pub fn typing_while<T>(&self, channel: ChannelId, work: impl FnOnce() -> T) -> T {
        // A call that waits longer would show the bot as typing after the end.
        let client = self.rest().deadline(REPEAT);
        let show = || match client.trigger_typing(channel) {
            Ok(()) => true,
            Err(error) => {
                log::warn!("the bot could not be shown as typing: {error}");
                error.is_temporary()
            }
        };
        repeat_while(REPEAT, thread::Builder::new().name("syncord-typing".to_owned()), &show, work)
    }
}

/// Makes a call at once and after each period, on another thread, until it returns false or `work` has ended. Without a thread
/// it is made once.
fn repeat_while<T>(
    period: Duration,
    thread: thread::Builder,
    call: &(dyn Fn() -> bool + Sync),
    work: impl FnOnce() -> T,
) -> T {
    thread::scope(|scope| {
        // Dropped when the work has ended, also by a panic.
        let (running, ended) = mpsc::channel::<()>();
        let repeat = move || while call() && ended.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {};
        if thread.spawn_scoped(scope, repeat).is_err() {
            call();
        }
        let value = work();
        drop(running);
        value
    })
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;

    use super::*;

    const PERIOD: Duration = Duration::from_millis(1);

    fn wait_until(condition: impl Fn() -> bool) {
        let end = Instant::now() + Duration::from_secs(30);
        while !condition() {
            assert!(Instant::now() < end, "timed out");
            thread::sleep(PERIOD);
        }
    }

    #[test]
    fn the_call_is_repeated_until_the_work_has_ended() {
        let calls = AtomicUsize::new(0);
        let call = || calls.fetch_add(1, Ordering::SeqCst) < usize::MAX;
        let value = repeat_while(PERIOD, thread::Builder::new(), &call, || {
            wait_until(|| calls.load(Ordering::SeqCst) >= 3);
            "done"
        });
        let at_end = calls.load(Ordering::SeqCst);
        thread::sleep(PERIOD * 20);
        assert_eq!((value, calls.load(Ordering::SeqCst)), ("done", at_end));
    }

    #[test]
    fn a_call_that_fails_for_good_is_not_repeated() {
        let calls = AtomicUsize::new(0);
        let call = || calls.fetch_add(1, Ordering::SeqCst) > 0;
        repeat_while(PERIOD, thread::Builder::new(), &call, || {
            wait_until(|| calls.load(Ordering::SeqCst) >= 1);
            thread::sleep(PERIOD * 20);
        });
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn without_a_thread_the_call_is_made_once() {
        let calls = AtomicUsize::new(0);
        let call = || calls.fetch_add(1, Ordering::SeqCst) < usize::MAX;
        // No system has room for such a stack.
        let thread = thread::Builder::new().stack_size(usize::MAX / 2);
        assert_eq!(repeat_while(PERIOD, thread, &call, || 7), 7);
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_panic_of_the_work_ends_the_calls() {
        let call = || true;
        let work = || repeat_while(PERIOD, thread::Builder::new(), &call, || panic!("on purpose"));
        // Returns at all: the scope waits for the thread.
        assert!(catch_unwind(AssertUnwindSafe(work)).is_err());
    }
}
