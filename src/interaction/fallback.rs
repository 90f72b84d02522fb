use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use super::action::Kind;
use super::auto_defer::{Deferrable, Watchdog};
use super::pending::Answers;
use super::responder::Answer;
use crate::rest::InteractionMessage;

/// What a user is told whose interaction nobody has answered.
const SILENCE: &str = "The bot gave no answer to this.";

/// What a user is told when a handler fails.
const FAILURE: &str = "Something went wrong, and the bot could not do this.";

/// What a user is told who uses what belongs to nothing any more.
const NO_LONGER_ACTIVE: &str = "This is no longer active.";

/// What a user is told whose interaction waits in vain.
const STOPPING: &str = "The bot is stopping, and could not do this.";

/// What follows when the closure of an interaction has ended: nothing when it has answered or a task holds the
/// interaction; otherwise the user is told something readable, and silence is logged under the handler's name.
///
/// Reporting the problem is left to the caller. It sends nothing on this thread.
pub(crate) fn settle(answers: &Answers, answer: &Arc<Answer>, handler: &str, has_failed: bool) {
    let is_last = answer.holders.fetch_sub(1, Ordering::AcqRel) == 1;
    answers.forget(answer, is_last);
    match has_failed {
        // A task that still holds it may have the answer.
        true if is_last || !answer.lock().is_owed() => tell(&answers.watchdog, answer, FAILURE),
        false if is_last => tell_of_silence(&answers.watchdog, answer, handler),
        _ => {}
    }
}

/// Keeps an interaction open beyond the end of its closure.
pub(crate) struct Hold {
    answer: Arc<Answer>,
    answers: Arc<Answers>,
    /// The handler that is named when it ends without an answer.
    handler: String,
    has_failed: AtomicBool,
}

impl Hold {
    pub(crate) fn new(answers: &Arc<Answers>, answer: &Arc<Answer>, handler: String) -> Hold {
        answer.holders.fetch_add(1, Ordering::AcqRel);
        let (answers, answer) = (Arc::clone(answers), Arc::clone(answer));
        Hold { answer, answers, handler, has_failed: AtomicBool::new(false) }
    }

    /// The task that holds it has failed.
    pub(crate) fn fail(&self) {
        self.has_failed.store(true, Ordering::Relaxed);
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        if self.answer.holders.fetch_sub(1, Ordering::AcqRel) == 1 {
            let watchdog = &self.answers.watchdog;
            self.answers.forget(&self.answer, true);
            if *self.has_failed.get_mut() || thread::panicking() {
                log_silence(&self.answer, &self.handler);
                tell(watchdog, &self.answer, FAILURE);
            } else {
                tell_of_silence(watchdog, &self.answer, &self.handler);
            }
        }
    }
}

/// Tells who used something that nothing answers any more.
pub(super) fn no_longer_active(watchdog: &Arc<Watchdog>, answer: &Arc<Answer>) {
    if answer.lock().is_owed() {
        tell(watchdog, answer, NO_LONGER_ACTIVE);
    }
}

/// Tells who waits that the bot will not come to it.
pub(super) fn stopping(watchdog: &Arc<Watchdog>, answer: &Arc<Answer>) {
    tell(watchdog, answer, STOPPING);
}

fn tell_of_silence(watchdog: &Arc<Watchdog>, answer: &Arc<Answer>, handler: &str) {
    log_silence(answer, handler);
    if answer.lock().is_owed() {
        tell(watchdog, answer, SILENCE);
    }
}

fn log_silence(answer: &Answer, handler: &str) {
    if answer.lock().is_owed() && answer.kind() != Kind::Suggestions {
        log::warn!("{handler} ended without an answer to the interaction: its user was told so");
    }
}

/// Tells the user something that nobody else sees, on another thread.
fn tell(watchdog: &Arc<Watchdog>, answer: &Arc<Answer>, text: &'static str) {
    if !answer.lock().is_alive(Instant::now()) {
        return;
    }
    let answer = Arc::clone(answer);
    watchdog.submit(Box::new(move || {
        let message = || InteractionMessage::text(text);
        let result = match answer.kind() {
            Kind::Suggestions if answer.is_open() => answer.suggest(Vec::new()),
            Kind::Suggestions => Ok(()),
            // What may have been said already is not to be replaced by this.
            _ if answer.lock().is_owed() && !answer.lock().may_be_replied() => answer.reply(message(), true),
            _ => match answer.follow_up(message(), true) {
                // It was not said.
                Err(_) if answer.is_open() => answer.reply(message(), true),
                followed => followed.map(drop),
            },
        };
        if let Err(error) = result {
            log::warn!("the user of an interaction could not be told {text:?}: {error}");
        }
    }));
}
