//! The one answer to an interaction, as a state: what may be sent next, and what it means for what follows.
//!
//! ```text
//!            a handler, or the watchdog              a handler's message
//!   Open ──────► Responding ──────► Deferred ──────► Filling ──────► Answered
//!                    │  └──────────────────────────────────────────────▲
//!                    ├──► Unknown   the network broke: treated as if it had arrived, until that turns out to be wrong
//!                    ├──► Expired   too late
//!                    └──► Elsewhere another program answered it
//! ```
//!
//! Whoever wants something claims it first, sends what the [`Step`] says, and tells what came of it. While something
//! is under way the others wait, so that the watchdog never fires over a handler's answer, nor the other way round.

use std::time::{Duration, Instant};

use super::action::{By, First, Kind, Privacy, Wish};
use super::error::{Lateness, Refusal};
use crate::error_code::JsonErrorCode;
use crate::id::MessageId;

/// How long Discord waits for the first answer:
/// [responding](https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction).
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// How long more can be said after it.
pub(crate) const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// What to do for a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Send the first answer.
    Respond(First),
    /// Give `@original` what it lacks.
    Fill,
    /// Delete `@original`, unless there is none, and send another message, which becomes the answer.
    Replace { delete: bool, privacy: Privacy },
    /// Change, show or delete the answer.
    Reach(Place),
    /// Send another message.
    FollowUp(Privacy),
    /// It is so already.
    Nothing,
    /// Something else is under way: ask again.
    Wait,
}

/// Where the answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `@original`: the first answer, or the message whose component was used.
    Original,
    /// A message that followed.
    FollowUp(MessageId),
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Done,
    /// The message that is the answer now.
    Sent(MessageId),
    /// `@original` is gone; the message that replaces it is still to be sent.
    Deleted,
    /// Discord refused it with this code, or it was not sent at all: as if it had not been tried.
    Refused(JsonErrorCode),
    /// No answer came: it may have arrived.
    Broken,
}

/// How an interaction is answered so far.
#[derive(Clone, Debug)]
pub(crate) struct State {
    kind: Kind,
    /// When its frame was read.
    received: Instant,
    /// How old it was by then, as far as clocks of different machines say.
    old: Duration,
    /// When a handler was called with it.
    began: Option<Instant>,
    /// When the step that is under way was claimed.
    claimed: Option<Instant>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    Responding { by: By, first: First },
    Deferred(Deferral),
    Filling(Deferral),
    Answered(Answered),
    Unknown { by: By, first: First },
    Expired(Lateness),
    Elsewhere,
}

/// An answer that is still to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Deferral {
    by: By,
    /// Who sees the message that is to come; `None` where nothing shows, as for a component.
    shown: Option<Privacy>,
    /// What a handler said, whatever is shown.
    wanted: Option<Privacy>,
    /// Whether its message was deleted.
    gone: bool,
    /// Whether it is not known that anything has arrived.
    guessed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Answered {
    by: By,
    what: First,
    /// `None` where it has no message, or no longer.
    place: Option<Place>,
    /// Whether `@original` is the message whose component was used, which can still be updated.
    updatable: bool,
}

impl State {
    pub(crate) fn new(kind: Kind, received: Instant) -> State {
        State { kind, received, old: Duration::ZERO, began: None, claimed: None, phase: Phase::Open }
    }

    /// It seems to have been so old when it was read. That decides nothing, and may explain much.
    pub(crate) fn seems_old(&mut self, old: Duration) {
        self.old = old;
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// A handler is called with it, which was read then.
    pub(crate) fn begin(&mut self, now: Instant) -> Instant {
        self.began.get_or_insert(now);
        self.received
    }

    /// Whether a handler was called with it.
    pub(crate) fn has_begun(&self) -> bool {
        self.began.is_some()
    }

    /// Whether nobody has tried to answer yet.
    pub(crate) fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// Whether it is not known if a message of a handler's has arrived as the answer.
    pub(crate) fn may_be_replied(&self) -> bool {
        matches!(self.phase, Phase::Unknown { first: First::Reply(_) | First::Update, .. })
    }

    /// Whether it is not known if the answer has arrived.
    pub(crate) fn is_guessed(&self) -> bool {
        match self.phase {
            Phase::Unknown { .. } => true,
            Phase::Deferred(deferral) => deferral.guessed,
            _ => false,
        }
    }

    /// Whether who caused it still waits for something.
    pub(crate) fn is_owed(&self) -> bool {
        match self.phase {
            Phase::Open | Phase::Filling(_) | Phase::Unknown { .. } | Phase::Responding { .. } => true,
            // A handler that says that nothing will show has said all.
            Phase::Deferred(deferral) => deferral.by == By::Watchdog || deferral.shown.is_some(),
            Phase::Answered(_) | Phase::Expired(_) | Phase::Elsewhere => false,
        }
    }

    /// Whether Discord takes something.
    pub(crate) fn is_alive(&self, now: Instant) -> bool {
        let age = now.saturating_duration_since(self.received);
        match self.phase {
            Phase::Open => age < PATIENCE,
            Phase::Expired(_) | Phase::Elsewhere => false,
            _ => age < LIFETIME,
        }
    }

    /// Why nothing more can be said, if that is so.
    pub(crate) fn end(&self) -> Option<Refusal> {
        match self.phase {
            Phase::Expired(lateness) => Some(Refusal::Late(lateness)),
            Phase::Elsewhere => Some(Refusal::Elsewhere),
            _ => None,
        }
    }

    /// How long the first answer may still take.
    pub(crate) fn time_left(&self, now: Instant) -> Duration {
        (self.received + PATIENCE).saturating_duration_since(now)
    }

    /// What the watchdog sends, if nobody has answered.
    pub(crate) fn watch(&mut self, now: Instant, private: bool) -> Option<First> {
        if self.phase != Phase::Open || !self.is_alive(now) {
            return None;
        }
        let first = self.kind.deferral(private);
        self.respond(now, By::Watchdog, first);
        Some(first)
    }

    /// What to do for a handler that wants this.
    pub(crate) fn claim(&mut self, now: Instant, wish: Wish) -> Result<Step, Refusal> {
        if !self.kind.takes(wish) {
            return Err(Refusal::Unfit { kind: self.kind, wish });
        }
        if !self.is_alive(now) && !matches!(self.phase, Phase::Expired(_) | Phase::Elsewhere) {
            self.phase = Phase::Expired(self.lateness(now));
        }
        match self.phase {
            Phase::Open => match wish.first() {
                Some(first) => Ok(self.respond(now, By::Handler, first)),
                None => Err(Refusal::NothingYet(wish)),
            },
            Phase::Responding { .. } | Phase::Filling(_) => Ok(Step::Wait),
            Phase::Deferred(deferral) => self.after_deferral(now, deferral, wish),
            Phase::Answered(answered) => after_answer(answered, wish),
            Phase::Unknown { by, first } => match first {
                First::Modal | First::Suggest => Err(Refusal::Unknown),
                // Had it arrived, this would be one more; and nothing may be taken for it.
                First::Reply(_) | First::Update => match wish {
                    Wish::FollowUp(privacy) => Ok(Step::FollowUp(privacy)),
                    _ => self.after_guess(now, by, first, wish),
                },
                _ => self.after_guess(now, by, first, wish),
            },
            Phase::Expired(lateness) => Err(Refusal::Late(lateness)),
            Phase::Elsewhere => Err(Refusal::Elsewhere),
        }
    }

    fn respond(&mut self, now: Instant, by: By, first: First) -> Step {
        self.claimed = Some(now);
        self.phase = Phase::Responding { by, first };
        Step::Respond(first)
    }

    /// What comes after something that may have arrived: it is found out by that.
    fn after_guess(&mut self, now: Instant, by: By, first: First, wish: Wish) -> Result<Step, Refusal> {
        let (shown, wanted) = (first.privacy(), first.privacy());
        self.after_deferral(now, Deferral { by, shown, wanted, gone: false, guessed: true }, wish)
    }

    fn after_deferral(&mut self, now: Instant, was: Deferral, wish: Wish) -> Result<Step, Refusal> {
        let already = Refusal::Already { what: was.first(), by: was.by, wish };
        let step = match (wish, was.shown) {
            // The library was first: what a handler says now counts as if it had been its own.
            (Wish::Defer(privacy), _) if was.by == By::Watchdog => {
                self.phase = Phase::Deferred(Deferral { by: By::Handler, wanted: Some(privacy), ..was });
                return Ok(Step::Nothing);
            }
            (Wish::DeferUpdate, None) if was.by == By::Watchdog => {
                self.phase = Phase::Deferred(Deferral { by: By::Handler, ..was });
                return Ok(Step::Nothing);
            }
            (Wish::Modal, _) => return Err(Refusal::NoModal { by: was.by }),
            (Wish::Defer(_) | Wish::DeferUpdate | Wish::Suggest, _) => return Err(already),
            (Wish::Reply(privacy), _) => was.message(privacy),
            (Wish::FollowUp(privacy), Some(_)) => was.message(privacy),
            (Wish::FollowUp(privacy), None) => return Ok(Step::FollowUp(privacy)),
            (Wish::Edit, shown) => match was.wanted.or(shown) {
                Some(privacy) => was.message(privacy),
                None => Step::Fill,
            },
            (Wish::Update, None) => Step::Fill,
            (Wish::Update, Some(_)) => return Err(already),
            (Wish::Show | Wish::Delete, _) if was.gone => return Err(Refusal::Gone),
            (Wish::Delete, None) if was.by == By::Watchdog => return Err(Refusal::NothingYet(wish)),
            (Wish::Show, _) => return Ok(Step::Reach(Place::Original)),
            (Wish::Delete, _) => Step::Reach(Place::Original),
        };
        self.claimed = Some(now);
        self.phase = Phase::Filling(was);
        Ok(step)
    }

    /// What came of a step; those that change nothing need not be told.
    pub(crate) fn told(&mut self, now: Instant, wish: Wish, step: Step, told: Told) {
        if let Told::Refused(JsonErrorCode::UNKNOWN_WEBHOOK | JsonErrorCode::INVALID_WEBHOOK_TOKEN) = told {
            match self.phase {
                Phase::Answered(_) => self.phase = Phase::Expired(self.lateness(now)),
                Phase::Unknown { .. } => self.phase = self.not_arrived(now),
                _ => {}
            }
        }
        let is_alone = matches!(step, Step::Respond(_) | Step::Fill | Step::Replace { .. });
        if !is_alone && wish != Wish::Delete {
            return;
        }
        match (self.phase, told) {
            (Phase::Responding { by, first }, told) => self.responded(now, by, first, told),
            (Phase::Filling(was), Told::Deleted) => {
                self.phase = Phase::Filling(Deferral { gone: true, ..was });
            }
            (Phase::Filling(was), Told::Done | Told::Sent(_)) => {
                self.phase = Phase::Answered(was.answered(wish, step, told));
            }
            (Phase::Filling(was), Told::Refused(JsonErrorCode::UNKNOWN_WEBHOOK)) if was.guessed => {
                self.phase = self.not_arrived(now);
            }
            (
                Phase::Filling(_),
                Told::Refused(
                    JsonErrorCode::UNKNOWN_WEBHOOK
                    | JsonErrorCode::UNKNOWN_INTERACTION
                    | JsonErrorCode::INVALID_WEBHOOK_TOKEN,
                ),
            ) => {
                self.phase = Phase::Expired(self.lateness(now));
            }
            (Phase::Filling(was), Told::Refused(JsonErrorCode::UNKNOWN_MESSAGE)) => {
                self.phase = Phase::Deferred(Deferral { gone: true, ..was });
            }
            (Phase::Filling(was), Told::Refused(_) | Told::Broken) => self.phase = Phase::Deferred(was),
            (Phase::Answered(was), Told::Done) if wish == Wish::Delete => {
                self.phase = Phase::Answered(Answered { place: None, ..was });
            }
            _ => {}
        }
    }

    /// What had been sent when the network broke has not arrived: there may still be time for it.
    fn not_arrived(&self, now: Instant) -> Phase {
        let is_late = now.saturating_duration_since(self.received) >= PATIENCE;
        if is_late { Phase::Expired(self.lateness(now)) } else { Phase::Open }
    }

    fn responded(&mut self, now: Instant, by: By, first: First, told: Told) {
        self.phase = match told {
            Told::Done | Told::Sent(_) | Told::Deleted => match first {
                First::Defer(_) | First::DeferUpdate => {
                    let shown = first.privacy();
                    let wanted = shown.filter(|_| by == By::Handler);
                    Phase::Deferred(Deferral { by, shown, wanted, gone: false, guessed: false })
                }
                First::Reply(_) | First::Update => {
                    let updatable = first == First::Update;
                    Phase::Answered(Answered { by, what: first, place: Some(Place::Original), updatable })
                }
                First::Modal | First::Suggest => {
                    Phase::Answered(Answered { by, what: first, place: None, updatable: false })
                }
            },
            Told::Refused(JsonErrorCode::UNKNOWN_INTERACTION) => Phase::Expired(self.lateness(now)),
            Told::Refused(JsonErrorCode::INTERACTION_ALREADY_ACKNOWLEDGED) => Phase::Elsewhere,
            Told::Refused(_) => Phase::Open,
            Told::Broken => Phase::Unknown { by, first },
        };
    }

    fn lateness(&self, now: Instant) -> Lateness {
        let since = |then: Instant| now.saturating_duration_since(then);
        // What is under way when it turns out to be late is a request.
        let under_way = matches!(self.phase, Phase::Responding { .. } | Phase::Filling(_));
        let claimed = self.claimed.filter(|_| under_way);
        let began = self.began.unwrap_or_else(|| claimed.unwrap_or(now));
        Lateness {
            age: since(self.received),
            old: self.old,
            allowed: if self.was_acknowledged() { LIFETIME } else { PATIENCE },
            queued: began.saturating_duration_since(self.received),
            handled: claimed.unwrap_or(now).saturating_duration_since(began),
            sending: claimed.map(since).unwrap_or_default(),
        }
    }

    fn was_acknowledged(&self) -> bool {
        match self.phase {
            Phase::Open | Phase::Responding { .. } | Phase::Unknown { .. } => false,
            Phase::Deferred(deferral) | Phase::Filling(deferral) => !deferral.guessed,
            Phase::Answered(_) | Phase::Expired(_) | Phase::Elsewhere => true,
        }
    }
}

impl Deferral {
    /// How it was deferred.
    fn first(&self) -> First {
        self.shown.map_or(First::DeferUpdate, First::Defer)
    }

    /// How a message of this privacy is sent: never into one of the other.
    fn message(&self, privacy: Privacy) -> Step {
        match self.shown {
            Some(shown) if shown == privacy && !self.gone => Step::Fill,
            shown => Step::Replace { delete: shown.is_some() && !self.gone, privacy },
        }
    }

    fn answered(&self, wish: Wish, step: Step, told: Told) -> Answered {
        let updatable = self.shown.is_none();
        let (what, place) = match (step, told) {
            (Step::Replace { privacy, .. }, Told::Sent(id)) => {
                (First::Reply(privacy), Some(Place::FollowUp(id)))
            }
            _ if wish == Wish::Delete => (self.first(), None),
            _ => (self.shown.map_or(First::Update, First::Reply), Some(Place::Original)),
        };
        Answered { by: By::Handler, what, place, updatable }
    }
}

fn after_answer(was: Answered, wish: Wish) -> Result<Step, Refusal> {
    match wish {
        Wish::Edit | Wish::Show | Wish::Delete => match (was.place, was.what) {
            (Some(place), _) => Ok(Step::Reach(place)),
            (None, First::Modal | First::Suggest) => {
                Err(Refusal::Already { what: was.what, by: was.by, wish })
            }
            (None, _) => Err(Refusal::Gone),
        },
        Wish::FollowUp(privacy) if was.what != First::Suggest => Ok(Step::FollowUp(privacy)),
        Wish::Update if was.updatable && was.what != First::Update => Ok(Step::Reach(Place::Original)),
        _ => Err(Refusal::Already { what: was.what, by: was.by, wish }),
    }
}

#[cfg(test)]
mod tests;
