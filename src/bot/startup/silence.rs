//! Notices that a shard is connected, but receives nothing for the bot's handlers.

use std::time::{Duration, Instant};

use crate::bot::handler::EventFilter;
use crate::bot::health::meter::EventCounts;
use crate::bot::threads::batch::Name;
use crate::bot::trouble::HOW_TO_DIAGNOSE;
use crate::gateway::intents::EVENTS;

/// How long after the first connection a shard checks whether it has received something.
const PATIENCE: Duration = Duration::from_secs(300);

/// Events of every connection, which say nothing about intents and permissions.
const OF_THE_CONNECTION: [&str; 3] = ["READY", "RESUMED", "GUILD_CREATE"];

/// When to check, which happens once.
#[derive(Debug, Default)]
pub(super) struct Silence {
    look_at: Option<Instant>,
    was_connected: bool,
}

impl Silence {
    /// Records that the shard is connected.
    pub(super) fn connected(&mut self, now: Instant) {
        if !std::mem::replace(&mut self.was_connected, true) {
            self.look_at = now.checked_add(PATIENCE);
        }
    }

    /// Whether the shard still has to check. Then the caller reads the clock.
    pub(super) fn is_undecided(&self) -> bool {
        self.look_at.is_some()
    }

    /// What to log if nothing has come that a handler could receive, once.
    pub(super) fn report(
        &mut self,
        now: Instant,
        filter: &EventFilter,
        received: &EventCounts,
    ) -> Option<String> {
        self.look_at.filter(|at| now >= *at)?;
        self.look_at = None;
        let mut handled = EVENTS
            .iter()
            .enumerate()
            .filter(|(place, event)| {
                filter.has_handler(Name::Known(*place)) && !OF_THE_CONNECTION.contains(&event.name)
            })
            .map(|(place, event)| (event.name, received.of_known(place)))
            .peekable();
        handled.peek()?;
        let (names, counts): (Vec<&str>, Vec<u64>) = handled.unzip();
        if counts.iter().any(|count| *count > 0) {
            return None;
        }
        let names = match names.len() {
            1..=3 => names.join(", "),
            count => format!("{} and {} other events", names[0], count - 1),
        };
        Some(format!(
            "nothing for the bot's handlers ({names}) has come in the {} min since it connected; if something should have \
             come, {HOW_TO_DIAGNOSE}",
            PATIENCE.as_secs() / 60
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Silence;
    use crate::bot::handler::EventFilter;
    use crate::bot::health::meter::EventCounts;
    use crate::bot::threads::batch::Name;

    fn reports(received: &[&str], filter: &EventFilter) -> Vec<(u64, String)> {
        let counts = EventCounts::default();
        received.iter().for_each(|name| counts.count_alone(Name::of(name)));
        let (mut silence, start) = (Silence::default(), Instant::now());
        let mut reports = Vec::new();
        for second in 0..2000 {
            let now = start + Duration::from_secs(second);
            // It connects after ten seconds, and again later.
            if second == 10 || second == 400 {
                silence.connected(now);
            }
            reports.extend(silence.report(now, filter, &counts).map(|text| (second, text)));
        }
        assert!(!silence.is_undecided());
        reports
    }

    #[test]
    fn a_bot_that_receives_nothing_for_its_handlers_is_reported_once() {
        let filter = EventFilter::of(&["READY", "MESSAGE_CREATE"]);
        for received in [&[][..], &["READY", "GUILD_CREATE", "TYPING_START"]] {
            let reports = reports(received, &filter);
            assert_eq!(reports.len(), 1, "{reports:?}");
            let (second, text) = &reports[0];
            assert_eq!(*second, 310);
            assert!(text.contains("(MESSAGE_CREATE)") && text.contains("bot.diagnose()"), "{text}");
        }
    }

    #[test]
    fn a_bot_that_receives_something_or_handles_nothing_is_not_reported() {
        assert_eq!(reports(&["MESSAGE_CREATE"], &EventFilter::of(&["MESSAGE_CREATE", "CHANNEL_CREATE"])), []);
        assert_eq!(reports(&[], &EventFilter::of(&["READY"])), []);
        assert_eq!(reports(&[], &EventFilter::default()), []);
    }
}
