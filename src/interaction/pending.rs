use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use super::action::Kind;
use super::auto_defer::{Watch, Watchdog};
use super::fallback;
use super::header::{self, Glance};
use super::offer::Offered;
use super::policy::{Claim, Claims, Defers};
use super::responder::Answer;
use super::state::LIFETIME;
use crate::id::InteractionId;
use crate::model::Interaction;
use crate::rest::Client;
use crate::sync::{Mutex, MutexGuard};

/// How long an interaction may wait for an answer unless set otherwise.
const DEFAULT_AUTO_DEFER: Duration = Duration::from_secs(2);

/// How long a call may take that a closure makes.
const DEFAULT_CALL_DEADLINE: Duration = Duration::from_secs(10);

/// What takes so long may be why an answer comes too late.
const SLOW: Duration = Duration::from_millis(500);

/// So many entries more, and those that nobody asked for are looked for.
const SWEEP: usize = 1024;

/// What only a bot that answers interactions needs. Others reach none of it, so that it is not even linked into their
/// programs: an answer can hold all that a message can.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Works {
    received: fn(&Answers, &Settings, &Client, &str, bool) -> Option<Arc<Offered>>,
    is_awaited: fn(&Answers) -> bool,
    say_goodbye: fn(&Answers),
    end: fn(&Answers, Instant),
}

pub(crate) const WORKS: Works = Works {
    received: Answers::receive,
    is_awaited: Answers::are_some_unheard,
    say_goodbye: Answers::tell_unheard,
    end: Answers::tell_all,
};

/// What a bot says about its answers.
#[derive(Debug)]
pub(crate) struct Settings {
    /// There in all bots that answer interactions.
    pub(crate) works: Option<Works>,
    pub(crate) claims: Claims,
    /// When the library defers; `None` for never.
    pub(crate) auto_defer_after: Option<Duration>,
    /// How long calls of closures may take.
    pub(crate) call_deadline: Duration,
    /// Whether closures hear the bare events, and may answer them by themselves.
    pub(crate) is_heard_bare: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            works: None,
            claims: Claims::default(),
            auto_defer_after: Some(DEFAULT_AUTO_DEFER),
            call_deadline: DEFAULT_CALL_DEADLINE,
            is_heard_bare: false,
        }
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
    answers: HashMap<InteractionId, Entry>,
    /// How many entries there may be before old ones are looked for.
    sweep_at: usize,
}

/// An answer that is not known to be over.
struct Entry {
    since: Instant,
    answer: Weak<Answer>,
    /// Kept for the closure that will hear it; what only tasks hold lasts as long as they do.
    for_closure: Option<Arc<Answer>>,
}

impl Answers {
    /// Once, before the bot connects.
    pub(crate) fn set(&self, settings: Settings) {
        // Set once: a bot starts once.
        let _ = self.settings.set(settings);
    }

    /// Whether the bot answers interactions at all.
    pub(crate) fn are_given(&self) -> bool {
        self.works().is_some()
    }

    fn works(&self) -> Option<(&Settings, Works)> {
        let settings = self.settings.get()?;
        settings.works.map(|works| (settings, works))
    }

    /// The answer to an interaction that a closure is about to hear; [`settle`](super::settle) follows.
    pub(crate) fn of(&self, client: &Client, interaction: &Interaction) -> Arc<Answer> {
        let now = Instant::now();
        let known = self.lock().answers.get(&interaction.id).and_then(|entry| entry.answer.upgrade());
        let answer = known.unwrap_or_else(|| {
            // What no node claims is watched by nobody, and may still be answered.
            let kind = header::kind(interaction.kind, interaction.message.is_some()).unwrap_or(Kind::Command);
            let (id, application) = (interaction.id, interaction.application_id);
            let token = interaction.token.clone();
            Arc::new(Answer::new(client, id, application, token, kind, Claim::default(), now))
        });
        let received = answer.lock().begin(now);
        if now.saturating_duration_since(received) >= SLOW {
            let slow = self.slow.lock();
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
            *self.slow.lock() = Some(slow);
        }
    }

    /// The answer to an interaction that a node claims and that cannot be read now that its turn has come, and what is
    /// known of it; [`settle`](super::settle) follows.
    pub(crate) fn of_unreadable(&self, data: &str) -> Option<(Glance, Arc<Answer>)> {
        let glance = Glance::read(data)?;
        let answer = self.lock().answers.get(&glance.id)?.for_closure.clone()?;
        answer.lock().begin(Instant::now());
        answer.holders.fetch_add(1, Ordering::AcqRel);
        Some((glance, answer))
    }

    /// No closure will ask for it any more.
    pub(super) fn forget(&self, answer: &Answer, is_last: bool) {
        let mut open = self.lock();
        if is_last {
            open.answers.remove(&answer.id);
        } else if let Some(entry) = open.answers.get_mut(&answer.id) {
            entry.for_closure = None;
        }
    }

    /// An interaction was read on a shard's thread. `wanted` says whether tasks want it; what is given back goes to
    /// them with it.
    pub(crate) fn received(&self, client: &Client, data: &str, wanted: bool) -> Option<Arc<Offered>> {
        let (settings, works) = self.works()?;
        (works.received)(self, settings, client, data, wanted)
    }

    fn receive(
        &self,
        settings: &Settings,
        client: &Client,
        data: &str,
        wanted: bool,
    ) -> Option<Arc<Offered>> {
        let (now, glance) = (Instant::now(), Glance::read(data)?);
        let claimed = settings.claims.find(&glance);
        let is_unknown = claimed.is_none() && !wanted;
        if is_unknown && settings.is_heard_bare {
            return None;
        }
        let claim = claimed.unwrap_or_default();
        let Glance { id, application, token, kind, name, .. } = glance;
        let answer = Arc::new(Answer::new(client, id, application, token, kind, claim, now));
        // An id that says otherwise is none of Discord's making.
        if let Some(old) = id.created_at().elapsed().ok().filter(|old| *old < LIFETIME) {
            answer.lock().seems_old(old);
        }
        if is_unknown {
            log::warn!("nothing answers {name:?}: its user was told so");
            fallback::no_longer_active(&self.watchdog, &answer);
            return None;
        }
        self.open(now, &answer, claimed.is_some());
        let after = match (claim.defers, settings.auto_defer_after) {
            // Nobody waits for suggestions that have not come.
            (Defers::Never, usual) => usual.filter(|_| kind == Kind::Suggestions),
            (Defers::After(after), _) => Some(after),
            (Defers::Usually, usual) => usual,
        };
        // A closure that hears it bare may answer it by itself.
        let is_heard_alone = claimed.is_none() && settings.is_heard_bare;
        let watch = after.map(|after| Watch { received: now, after });
        let (of_node, of_tasks) = if claimed.is_some() { (watch, None) } else { (None, watch) };
        if let Some(watch) = of_node {
            self.watchdog.add(watch, answer.clone());
        }
        let is_ours = claimed.is_none() && !is_heard_alone;
        wanted.then(|| Offered::new(answer, &self.watchdog, is_ours, of_tasks))
    }

    fn open(&self, now: Instant, answer: &Arc<Answer>, is_claimed: bool) {
        let mut open = self.lock();
        let for_closure = is_claimed.then(|| Arc::clone(answer));
        open.answers.insert(answer.id, Entry { since: now, answer: Arc::downgrade(answer), for_closure });
        if open.answers.len() > open.sweep_at {
            // They came to nobody's ears, or nothing can be said to them any more.
            open.answers.retain(|_, entry| {
                entry.answer.strong_count() > 0 && now.saturating_duration_since(entry.since) < LIFETIME
            });
            open.sweep_at = open.answers.len() + SWEEP;
        }
    }

    /// Whether somebody waits whom no handler was called for.
    pub(crate) fn is_awaited(&self) -> bool {
        self.works().is_some_and(|(_, works)| (works.is_awaited)(self))
    }

    fn are_some_unheard(&self) -> bool {
        self.owed().iter().any(|answer| !answer.lock().has_begun())
    }

    /// Tells those whom no handler was called for that the bot stops, and forgets them.
    pub(crate) fn say_goodbye(&self) {
        if let Some((_, works)) = self.works() {
            (works.say_goodbye)(self);
        }
    }

    fn tell_unheard(&self) {
        for answer in self.owed() {
            if !answer.lock().has_begun() {
                fallback::stopping(&self.watchdog, &answer);
                self.forget(&answer, true);
            }
        }
    }

    /// The bot has ended: whoever still waits is told so, as far as that can be done until then, and nothing is sent
    /// after that.
    pub(crate) fn end(&self, until: Instant) {
        if let Some((_, works)) = self.works() {
            (works.end)(self, until);
        }
    }

    fn tell_all(&self, until: Instant) {
        self.watchdog.stop_deferring();
        self.owed().iter().for_each(|answer| fallback::stopping(&self.watchdog, answer));
        self.watchdog.wait_until_idle(until);
        self.watchdog.end();
    }

    /// All whom something is owed.
    fn owed(&self) -> Vec<Arc<Answer>> {
        let open: Vec<_> = self.lock().answers.values().filter_map(|entry| entry.answer.upgrade()).collect();
        open.into_iter().filter(|answer| answer.lock().is_owed()).collect()
    }

    /// Whether nothing is still to be sent.
    pub(crate) fn is_idle(&self) -> bool {
        self.watchdog.is_idle()
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock()
    }
}
