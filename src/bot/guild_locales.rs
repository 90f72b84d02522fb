//! The languages of guilds, which Discord does not send with messages.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::id::GuildId;
use crate::model::Locale;
use crate::sync::Mutex;

/// How long the language of a guild is remembered.
const REMEMBERED: Duration = Duration::from_secs(3600);

/// The maximum number of guilds whose languages are remembered.
const MAX_GUILDS: usize = 10_000;

/// The languages of guilds, for some time.
#[derive(Default)]
pub(crate) struct GuildLocales(Mutex<HashMap<GuildId, (Option<Locale>, Instant)>>);

impl GuildLocales {
    /// The language, if it is remembered: `Some(None)` if it could not be read.
    pub(super) fn get(&self, guild: GuildId, now: Instant) -> Option<Option<Locale>> {
        let known = self.0.lock();
        let (locale, since) = known.get(&guild)?;
        (now.saturating_duration_since(*since) < REMEMBERED).then(|| locale.clone())
    }

    pub(super) fn remember(&self, guild: GuildId, locale: Option<Locale>, now: Instant) {
        let mut known = self.0.lock();
        if known.len() >= MAX_GUILDS {
            known.clear();
        }
        known.insert(guild, (locale, now));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{GuildLocales, MAX_GUILDS, REMEMBERED};
    use crate::id::GuildId;
    use crate::model::Locale;

    #[test]
    fn the_language_of_a_guild_is_remembered_for_an_hour() {
        let (locales, now) = (GuildLocales::default(), Instant::now());
        locales.remember(GuildId::new(1), Some(Locale::DE), now);
        assert_eq!(locales.get(GuildId::new(1), now + Duration::from_secs(9)), Some(Some(Locale::DE)));
        assert_eq!(locales.get(GuildId::new(1), now + REMEMBERED), None);
        assert_eq!(locales.get(GuildId::new(2), now), None);
    }

    #[test]
    fn the_number_of_remembered_guilds_is_limited() {
        let (locales, now) = (GuildLocales::default(), Instant::now());
        for id in 1..=MAX_GUILDS as u64 + 1 {
            locales.remember(GuildId::new(id), None, now);
        }
        assert!(locales.0.lock().len() <= MAX_GUILDS);
    }
}
