//! How a program adds timers.

use std::panic::Location;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::control::{Timer, TimerControl};
use super::schedule::Schedule;
use super::timers::once;
use crate::bot::bot::Bot;
use crate::bot::context::Context;
use crate::bot::error::HandlerId;
use crate::error::Result;

/// # Timers
impl<'a> Bot<'a> {
    /// Registers a timer: the closure is called once per period after the login, on the bot's thread, between events.
    ///
    /// If several times passed while another handler was running, or while the machine slept, there is one call for all of them.
    /// [`Timer::skip_missed`] leaves out that call too.
    #[doc(alias = "interval")]
    #[doc(alias = "schedule")]
    #[doc(alias = "loop")]
    #[doc(alias = "tasks")]
    #[track_caller]
    pub fn every(&mut self, period: Duration, f: impl FnMut(&Context) -> Result + 'a) -> Timer {
        let id = HandlerId::new(format!("every({period:?})"), Location::caller());
        self.add_timer(id, Schedule::Every(period), f)
    }

    /// Registers a closure that is called once, this long after the login, on the bot's thread, between events.
    ///
    /// While the bot runs there is [`Handle::post_after`](crate::Handle::post_after).
    #[track_caller]
    pub fn after(&mut self, delay: Duration, f: impl FnOnce(&Context) -> Result + 'a) -> Timer {
        let id = HandlerId::new(format!("after({delay:?})"), Location::caller());
        self.add_timer(id, Schedule::After(delay), once(f))
    }

    /// Registers a closure that is called once at this time, on the bot's thread, between events. If the time has passed at
    /// the login, it is called then, unless it [skips](Timer::skip_missed) missed times.
    ///
    /// It follows the system's clock, also when that is set, by a minute at most too late.
    #[track_caller]
    pub fn at(&mut self, time: SystemTime, f: impl FnOnce(&Context) -> Result + 'a) -> Timer {
        self.add_timer(HandlerId::new("at", Location::caller()), Schedule::At(time), once(f))
    }

    /// Registers a timer with a cron pattern and a time zone: `"0 9 * * MON"` in `"Europe/Berlin"` is every Monday at nine
    /// there, in summer and in winter. Needs the feature `cron`.
    ///
    /// The pattern has [five or six fields](https://docs.rs/croner); with six the first is for seconds. A time zone has its
    /// name in the IANA database, which the system must have: `UTC`, `America/New_York`.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # let (mut bot, channel) = (syncord::Bot::new("token")?, syncord::id::ChannelId::new(7));
    /// bot.cron("0 9 * * MON", "UTC", move |cx| {
    ///     cx.send(channel, "A new week.")?;
    ///     Ok(())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`](crate::Error::Setup) when the pattern or the name of the time zone cannot be read, or when the pattern
    /// fits no time.
    #[cfg(feature = "cron")]
    #[track_caller]
    pub fn cron(
        &mut self,
        pattern: &str,
        zone: &str,
        f: impl FnMut(&Context) -> Result + 'a,
    ) -> Result<Timer, crate::Error> {
        let schedule = super::cron::CronSchedule::new(pattern, zone).map_err(crate::Error::setup)?;
        let id = HandlerId::new(format!("cron({pattern:?})"), Location::caller());
        Ok(self.add_timer(id, Schedule::Cron(Box::new(schedule)), f))
    }

    fn add_timer(
        &mut self,
        id: HandlerId,
        schedule: Schedule,
        f: impl FnMut(&Context) -> Result + 'a,
    ) -> Timer {
        let control = Arc::new(TimerControl::default());
        self.timers.add(id, schedule, Box::new(f), Arc::clone(&control));
        Timer::new(&control)
    }
}
