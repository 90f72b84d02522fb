//! Reports lasting trouble repeatedly, at growing intervals, and prints it if the program has no logger.

use std::fmt::Display;
use std::io::{self, Write};
use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use log::LevelFilter;

use crate::sync::Mutex;

/// From then on trouble counts as lasting.
const LASTING: Duration = Duration::from_secs(5);

/// The time between the first two reports of lasting trouble. It doubles up to the maximum.
const INTERVAL: Duration = Duration::from_secs(30);

const MAX_INTERVAL: Duration = Duration::from_secs(15 * 60);

/// What a start that fails, or lasting trouble, says about the doctor.
pub(crate) const HOW_TO_DIAGNOSE: &str =
    "print bot.diagnose() in place of bot.run() to see everything that is wrong";

/// Where a bot reports trouble.
#[derive(Debug)]
pub(crate) struct Trouble {
    /// Whether it is printed if the program has no logger.
    prints: AtomicBool,
    /// Failures of handlers in a program without a logger.
    failures: AtomicU64,
    /// Whether it was reported that the bot replies to itself.
    has_own_replies: AtomicBool,
    /// The connections of all shards.
    pub(crate) gateway: Mutex<Outage>,
}

impl Default for Trouble {
    fn default() -> Self {
        Trouble {
            prints: AtomicBool::new(true),
            failures: AtomicU64::new(0),
            has_own_replies: AtomicBool::new(false),
            gateway: Mutex::default(),
        }
    }
}

impl Trouble {
    pub(crate) fn set_prints(&self, prints: bool) {
        self.prints.store(prints, Ordering::Relaxed);
    }

    /// Reports trouble that a person should know about: in the log, or else on stderr.
    pub(crate) fn error(&self, text: &dyn Display) {
        log::error!("{text}");
        self.print(text);
    }

    /// Reports trouble that the bot expects, such as a long wait.
    pub(crate) fn warn(&self, text: &dyn Display) {
        log::warn!("{text}");
        self.print(text);
    }

    /// Reports the end of trouble that was reported before.
    pub(crate) fn over(&self, text: &dyn Display) {
        log::info!("{text}");
        self.print(text);
    }

    /// Reports the error of a handler. Without a logger the first ones are printed, and then fewer and fewer.
    pub(crate) fn handler_failed(&self, error: &dyn Display) {
        log::error!("{error}");
        if !has_logger() {
            let count = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
            match count {
                1 => self.print(&format_args!(
                    "{error} (the program has no logger, so not every error is printed)"
                )),
                _ if count.is_power_of_two() => self.print(&format_args!("{error} ({count} errors so far)")),
                _ => {}
            }
        }
    }

    /// Reports, once, a bot that replies to its own reply to its own message: it would never end.
    pub(crate) fn replies_to_itself(&self, at: &Location<'_>) {
        if !self.has_own_replies.swap(true, Ordering::Relaxed) {
            self.warn(&format_args!(
                "the bot replies to its own messages, and to those replies again (at {at}): ignore them, as with \
                 `if message.author.bot {{ return Ok(()) }}`"
            ));
        }
    }

    /// Reports something that may occur often: the first times, and then less and less. `count` is how often it has occurred.
    pub(crate) fn warn_rarely(&self, text: &dyn Display, count: u64) {
        match count {
            1 => self.warn(text),
            _ if count.is_power_of_two() => self.warn(&format_args!("{text} ({count} of this kind so far)")),
            _ => log::debug!("{text}"),
        }
    }

    fn print(&self, text: &dyn Display) {
        if self.prints.load(Ordering::Relaxed) && !has_logger() {
            // Without stderr nothing can be printed.
            let _ = writeln!(io::stderr(), "syncord: {text}");
        }
    }
}

/// Whether the program receives log lines of any level.
fn has_logger() -> bool {
    log::max_level() != LevelFilter::Off
}

/// A row of failures.
#[derive(Debug, Default)]
pub(crate) struct Outage {
    since: Option<Instant>,
    failures: u32,
    next: Option<(Instant, Duration)>,
}

/// What to report after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// It is the first one, and may pass soon.
    First,
    /// The trouble has lasted this long.
    Lasting(Duration),
    Nothing,
}

impl Outage {
    /// An outage that began at this time, if the first attempt fails.
    pub(crate) fn beginning(now: Instant) -> Outage {
        Outage { since: Some(now), ..Outage::default() }
    }

    /// Records a failure.
    pub(crate) fn failed(&mut self, now: Instant) -> News {
        self.failures = self.failures.saturating_add(1);
        self.news(now, self.failures == 1)
    }

    /// What to report although nothing new has happened.
    pub(crate) fn goes_on(&mut self, now: Instant) -> News {
        self.news(now, false)
    }

    fn news(&mut self, now: Instant, is_first: bool) -> News {
        let since = *self.since.get_or_insert(now);
        let (next, interval) = self.next.unwrap_or((since + LASTING, INTERVAL));
        if now >= next {
            self.next = Some((now + interval, (2 * interval).min(MAX_INTERVAL)));
            return News::Lasting(now.saturating_duration_since(since));
        }
        if is_first { News::First } else { News::Nothing }
    }

    /// When to report again, even if nothing happens before.
    pub(crate) fn next_report(&self) -> Option<Instant> {
        let since = self.since?;
        Some(self.next.map_or(since + LASTING, |(next, _)| next))
    }

    /// The number of failures in a row.
    pub(crate) fn failures(&self) -> u32 {
        self.failures
    }

    /// Records a success. Returns whether failures came before, and whether they were reported as lasting.
    pub(crate) fn ended(&mut self) -> Option<WasLasting> {
        let outage = std::mem::take(self);
        (outage.failures > 0).then_some(WasLasting(outage.next.is_some()))
    }
}

/// Whether an outage was reported as lasting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WasLasting(pub(crate) bool);

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{News, Outage, WasLasting};

    #[test]
    fn lasting_trouble_is_reported_after_some_seconds_and_at_growing_intervals() {
        let (mut outage, start) = (Outage::default(), Instant::now());
        // A failure each second for two hours.
        let lasting: Vec<_> = (0..7200)
            .filter_map(|second| match outage.failed(start + Duration::from_secs(second)) {
                News::Lasting(time) => Some(time.as_secs()),
                news => {
                    assert_eq!(news == News::First, second == 0, "{second}");
                    None
                }
            })
            .collect();
        assert_eq!(lasting, [5, 35, 95, 215, 455, 935, 1835, 2735, 3635, 4535, 5435, 6335]);
        assert_eq!(outage.failures(), 7200);
        assert_eq!(outage.ended(), Some(WasLasting(true)));
        assert_eq!((outage.ended(), outage.next_report()), (None, None));
    }

    #[test]
    fn an_attempt_that_fails_late_is_reported_as_lasting_at_once() {
        let start = Instant::now();
        let mut outage = Outage::beginning(start);
        assert_eq!(outage.next_report(), Some(start + Duration::from_secs(5)));
        let late = start + Duration::from_secs(8);
        assert_eq!(outage.failed(late), News::Lasting(Duration::from_secs(8)));
        assert_eq!(outage.next_report(), Some(late + Duration::from_secs(30)));
        assert_eq!(outage.goes_on(late), News::Nothing);
        assert_eq!(outage.goes_on(late + Duration::from_secs(30)), News::Lasting(Duration::from_secs(38)));
    }

    #[test]
    fn a_short_outage_is_over_without_a_report() {
        let start = Instant::now();
        let mut outage = Outage::beginning(start);
        assert_eq!(outage.failed(start), News::First);
        assert_eq!(outage.failed(start + Duration::from_secs(2)), News::Nothing);
        assert_eq!(outage.ended(), Some(WasLasting(false)));
        assert_eq!(Outage::beginning(start).ended(), None);
    }
}
