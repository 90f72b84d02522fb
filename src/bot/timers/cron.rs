//! Times of day by a cron pattern.

use std::time::SystemTime;

use croner::Cron;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A cron pattern in a time zone.
#[derive(Debug)]
pub(crate) struct CronSchedule {
    pattern: Cron,
    zone: TimeZone,
}

impl CronSchedule {
    /// Reads a pattern and the name of a time zone. The error is a text for the program's author.
    pub(super) fn new(pattern: &str, zone: &str) -> Result<CronSchedule, String> {
        let zone = TimeZone::get(zone).map_err(|error| {
            format!("{zone:?} is no time zone, such as \"Europe/Berlin\" or \"UTC\": {error}")
        })?;
        let text = pattern;
        let pattern = text
            .parse()
            .map_err(|error| format!("{text:?} is no cron pattern, such as \"0 9 * * MON\": {error}"))?;
        let schedule = CronSchedule { pattern, zone };
        match schedule.after(SystemTime::now()) {
            Some(_) => Ok(schedule),
            None => Err(format!("the cron pattern {text:?} fits no time, such as February 30: change it")),
        }
    }

    /// The first time after this one.
    pub(super) fn after(&self, time: SystemTime) -> Option<SystemTime> {
        let zoned = Timestamp::try_from(time).ok()?.to_zoned(self.zone.clone());
        let next = self.pattern.find_next_occurrence(&zoned, false).ok()?;
        Some(next.timestamp().into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, SystemTime};

    use super::CronSchedule;

    fn time(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn times_are_those_of_the_zone_over_a_change_of_its_clock() {
        // 2026-03-27, a Friday, 12:00 UTC. Summer time begins in Berlin on the 29th.
        let friday = time(1_774_612_800);
        let daily = CronSchedule::new("0 9 * * *", "Europe/Berlin").unwrap();
        let saturday = daily.after(friday).unwrap();
        assert_eq!(saturday, time(1_774_612_800 + 20 * 3600), "09:00 in winter is 08:00 UTC");
        assert_eq!(daily.after(saturday).unwrap(), saturday + Duration::from_secs(23 * 3600));
        let mondays = CronSchedule::new("0 9 * * MON", "UTC").unwrap();
        assert_eq!(mondays.after(friday).unwrap(), time(1_774_612_800 + 69 * 3600));
    }

    #[test]
    fn wrong_patterns_and_zones_are_explained() {
        assert!(CronSchedule::new("every day", "UTC").unwrap_err().contains("is no cron pattern"));
        let never = CronSchedule::new("0 0 30 2 *", "UTC").unwrap_err();
        assert!(never.contains("\"0 0 30 2 *\" fits no time"), "{never}");
        assert!(CronSchedule::new("0 0 29 2 *", "UTC").is_ok());
        assert!(CronSchedule::new("0 9 * * *", "Mars").unwrap_err().contains("is no time zone"));
    }
}
