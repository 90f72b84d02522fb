use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::glance::{self, Glance};
use super::{Answer, Claim, Claims, Defers, settle};
use crate::bot::answer::{Kind, LIFETIME};
use crate::bot::watchdog::Watchdog;
use crate::id::InteractionId;
use crate::model::Interaction;
use crate::rest::Client;

/// How long an interaction may wait for an answer unless set otherwise.
const DEFAULT_WATCHDOG: Duration = Duration::from_secs(2);

/// How long a call may take that a closure makes.
const DEFAULT_CALL_DEADLINE: Duration = Duration::from_secs(10);

/// What takes so long may be why an answer comes too late.
const SLOW: Duration = Duration::from_millis(500);

/// So many entries more, and those that nobody asked for are looked for.
const SWEEP: usize = 1024;

/// What a bot says about its answers.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) claims: Claims,
    /// When the library defers; `None` for never.
    pub(crate) watchdog: Option<Duration>,
    /// How long calls of closures may take.
    pub(crate) call_deadline: Duration,
    /// Whether tasks wait for interactions.
    pub(crate) tasks_wait: bool,
    /// Whether closures hear the bare events, and may answer them by themselves.
    pub(crate) is_heard_bare: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            claims: Claims::default(),
            watchdog: Some(DEFAULT_WATCHDOG),
            call_deadline: DEFAULT_CALL_DEADLINE,
            tasks_wait: false,
            is_heard_bare: false,
        }
    }
}

impl Settings {
    fn are_given(&self) -> bool {
        self.tasks_wait || !self.claims.is_empty()
    }
}

/// The answers to the interactions that are open.
#[derive(Default)]
pub(crate) struct Answers {
    settings: OnceLock<Settings>,
    open: Mutex<Open>,
    pub(super) watchdog: Arc<Watchdog>,
    /// The closure that has kept the others waiting last.
    slow: Mutex<Option<Slow>>,
}

/// Something on the bot's thread that took long.
struct Slow {
    what: String,
    took: Duration,
    ended: Instant,
}

#[derive(Default)]
struct Open {
    answers: HashMap<InteractionId, (Instant, Arc<Answer>)>,
    /// How many entries there may be before old ones are looked for.
    sweep_at: usize,
}

impl Answers {
    /// Once, before the bot connects.
    pub(crate) fn set(&self, settings: Settings) {
        // Set once: a bot starts once.
        let _ = self.settings.set(settings);
    }

    /// Whether the bot answers interactions at all.
    pub(crate) fn are_given(&self) -> bool {
        self.settings.get().is_some_and(Settings::are_given)
    }

    /// The answer to an interaction that a closure is about to hear; [`settle`](super::settle) follows.
    pub(crate) fn of(&self, interaction: &Interaction) -> Arc<Answer> {
        let now = Instant::now();
        let known = self.lock().answers.get(&interaction.id).map(|(_, answer)| Arc::clone(answer));
        let answer = known.unwrap_or_else(|| {
            // What no node claims is watched by nobody, and may still be answered.
            let kind = glance::kind(interaction.kind, interaction.message.is_some()).unwrap_or(Kind::Command);
            let (id, application) = (interaction.id, interaction.application_id);
            Arc::new(Answer::new(id, application, interaction.token.clone(), kind, Claim::default(), now))
        });
        let received = answer.lock().begin(now);
        if now.saturating_duration_since(received) >= SLOW {
            let slow = self.slow.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(slow) = slow.as_ref().filter(|slow| slow.ended >= received) {
                // Several may begin with it; the first one has waited.
                let _ = answer.behind.set(format!("one of them, for {}, took {:.1?}", slow.what, slow.took));
            }
        }
        answer.holders.fetch_add(1, Ordering::AcqRel);
        answer
    }

    /// Something on the bot's thread, which began then, has ended.
    pub(crate) fn note(&self, what: &str, began: Instant) {
        let ended = Instant::now();
        let took = ended.saturating_duration_since(began);
        if took >= SLOW {
            let slow = Slow { what: what.to_owned(), took, ended };
            *self.slow.lock().unwrap_or_else(PoisonError::into_inner) = Some(slow);
        }
    }

    /// Nobody will ask for it any more.
    pub(super) fn forget(&self, answer: &Answer) {
        self.lock().answers.remove(&answer.id);
    }

    /// An interaction was read on a shard's thread. `wanted` says whether tasks want it; what is given back goes to
    /// them with it.
    pub(crate) fn received(&self, client: &Client, data: &str, wanted: bool) -> Option<Arc<Offered>> {
        let settings = self.settings.get().filter(|settings| settings.are_given())?;
        let (now, glance) = (Instant::now(), Glance::read(data)?);
        let claimed = settings.claims.find(&glance);
        let is_unknown = claimed.is_none() && !wanted;
        if is_unknown && settings.is_heard_bare {
            return None;
        }
        let claim = claimed.unwrap_or_default();
        let Glance { id, application, token, kind, name, .. } = glance;
        let answer = Arc::new(Answer::new(id, application, token, kind, claim, now));
        if !settings.claims.is_empty() {
            self.open(now, &answer);
        }
        if is_unknown {
            log::warn!("nothing answers {name:?}: its user was told so");
            settle::no_longer_active(&self.watchdog, client, &answer);
            return None;
        }
        let after = match (claim.defers, settings.watchdog) {
            // Nobody waits for suggestions that have not come.
            (Defers::Never, usual) => usual.filter(|_| kind == Kind::Suggestions),
            (Defers::After(after), _) => Some(after),
            (Defers::Usually, usual) => usual,
        };
        if let Some(after) = after {
            self.watchdog.add(now, after, &answer, client);
        }
        wanted.then(|| {
            Arc::new(Offered {
                answer,
                client: client.clone(),
                watchdog: Arc::clone(&self.watchdog),
                taken: AtomicBool::new(claimed.is_some() || settings.is_heard_bare),
            })
        })
    }

    fn open(&self, now: Instant, answer: &Arc<Answer>) {
        let mut open = self.lock();
        open.answers.insert(answer.id, (now, Arc::clone(answer)));
        if open.answers.len() > open.sweep_at {
            // They came to nobody's ears, and nothing can be said to them any more.
            open.answers.retain(|_, (since, _)| now.saturating_duration_since(*since) < LIFETIME);
            open.sweep_at = open.answers.len() + SWEEP;
        }
    }

    /// Whether nothing is still to be sent.
    pub(crate) fn is_idle(&self) -> bool {
        self.watchdog.is_idle()
    }

    /// Waits until nothing is still to be sent, at most until `until`.
    pub(crate) fn wait_until_idle(&self, until: Instant) {
        self.watchdog.wait_until_idle(until);
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An interaction in the mailboxes of tasks: when none of them has taken it, its user is told that.
pub(crate) struct Offered {
    answer: Arc<Answer>,
    client: Client,
    watchdog: Arc<Watchdog>,
    /// By a task, or because a node answers it anyway.
    taken: AtomicBool,
}

impl Offered {
    /// A task has found what it waited for.
    pub(crate) fn take(&self) -> Arc<Answer> {
        self.taken.store(true, Ordering::Release);
        self.answer.lock().begin(Instant::now());
        Arc::clone(&self.answer)
    }
}

impl Drop for Offered {
    fn drop(&mut self) {
        if !self.taken.load(Ordering::Acquire) {
            settle::no_longer_active(&self.watchdog, &self.client, &self.answer);
        }
    }
}
