use std::fmt;
use std::time::Duration;

use super::action::{By, First, Kind, Wish};

/// Why a wish is not fulfilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Such an interaction has no such answer.
    Unfit {
        kind: Kind,
        wish: Wish,
    },
    /// Nothing was answered that could be changed or followed.
    NothingYet(Wish),
    /// It was answered.
    Already {
        what: First,
        by: By,
        wish: Wish,
    },
    /// A modal must come first.
    NoModal {
        by: By,
    },
    /// The answer was deleted.
    Gone,
    /// The network broke while it was being answered.
    Unknown,
    Late(Lateness),
    /// Discord says that somebody else has answered.
    Elsewhere,
}

/// How late an answer is, and where the time went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lateness {
    /// How long ago the interaction came.
    pub(super) age: Duration,
    /// How old it seems to have been then.
    pub(super) old: Duration,
    /// How long Discord waits.
    pub(super) allowed: Duration,
    /// Before a handler was called.
    pub(super) queued: Duration,
    /// In the handler.
    pub(super) handled: Duration,
    /// On the way to Discord.
    pub(super) sending: Duration,
}

/// So old an interaction has not come straight away, or one of the clocks is wrong.
const OLD: Duration = Duration::from_millis(500);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Refusal::Unfit { kind, wish } => {
                write!(f, "{kind} cannot be answered with {wish}")?;
                if matches!((kind, wish), (Kind::Modal { .. }, Wish::Modal)) {
                    f.write_str(": answer with a message whose button opens the next modal")?;
                }
                Ok(())
            }
            Refusal::NothingYet(wish) => {
                write!(f, "{wish} came before an answer: begin with cx.reply(..) or cx.defer()")
            }
            Refusal::Already { what, by, wish } => {
                let who = match by {
                    By::Handler => "",
                    By::Watchdog => " by the library, which waited long enough",
                };
                write!(f, "the interaction was {what} already{who}, so that {wish} is too much: ")?;
                f.write_str(match what {
                    First::Modal => "what was filled in comes as an interaction of its own",
                    First::Suggest => "nothing more can be said to it",
                    First::Defer(_) => "answer with cx.reply(..)",
                    _ => "use cx.edit(..) to change it, or cx.follow_up(..) for another message",
                })
            }
            Refusal::NoModal { by } => {
                f.write_str("a modal must be the first answer, and the interaction was deferred")?;
                f.write_str(match by {
                    By::Handler => " before: open it instead of deferring",
                    By::Watchdog => {
                        " by the library because it had waited too long: open the modal sooner, run slow closures in \
                         lanes, or let the command never defer"
                    }
                })
            }
            Refusal::Gone => {
                f.write_str("the answer was deleted: use cx.follow_up(..) or cx.reply(..) for another message")
            }
            Refusal::Unknown => f.write_str(
                "the network broke while the interaction was being answered, and whether that arrived is not known",
            ),
            Refusal::Late(lateness) => lateness.fmt(f),
            Refusal::Elsewhere => f.write_str(
                "somebody else has answered the interaction: another program with the same token, or a call beside cx",
            ),
        }
    }
}

impl fmt::Display for Lateness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lateness { age, old, allowed, queued, handled, sending } = self;
        write!(
            f,
            "the interaction cannot be answered any more: it came {age:.1?} ago, and Discord waits for {allowed:?}"
        )?;
        let late = age.saturating_sub(*allowed);
        if !late.is_zero() {
            write!(f, ", so this is {late:.1?} late")?;
        }
        write!(f, " (waited {queued:.1?} behind other closures, {handled:.1?} in its own")?;
        if !sending.is_zero() {
            write!(f, ", {sending:.1?} for Discord")?;
        }
        if *old >= OLD {
            write!(f, "; by its id and this machine's clock it was {old:.1?} old when it came")?;
        }
        f.write_str(")")
    }
}
