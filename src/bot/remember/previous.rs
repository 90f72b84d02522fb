//! Which of the records that an earlier process left can be used.

use std::fmt;
use std::ops::Range;
use std::time::{Duration, SystemTime};

use crate::gateway::intents::Intents;
use crate::gateway::session::{KeptSession, LostSession, PreviousSession};
use crate::id::ApplicationId;
use crate::store::{RECORD_FORMAT, SessionRecord};

/// The maximum age of a record. Discord keeps a session for some minutes, and does not say for how many.
const MAX_AGE: Duration = Duration::from_secs(10 * 60);

/// What a record must match.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub(crate) application_id: ApplicationId,
    /// The shards of this process.
    pub(crate) shards: Range<u32>,
    pub(crate) total: u32,
    pub(crate) intents: Intents,
}

/// Why a record cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unusable {
    Format(u32),
    Application(ApplicationId),
    Shards { before: u32, now: u32 },
    Intents,
    TooOld(Duration),
}

impl Unusable {
    /// Whether the record is of an earlier session of this bot.
    fn is_own(self) -> bool {
        !matches!(self, Unusable::Application(_) | Unusable::Format(_))
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unusable::Format(format) => write!(
                f,
                "the record was written by a later version of syncord (format {format}, and this version knows {RECORD_FORMAT})"
            ),
            Unusable::Application(id) => {
                write!(
                    f,
                    "the record is of another bot, with the application {id}: give each bot its own store"
                )
            }
            Unusable::Shards { before, now } => write!(f, "the number of shards was {before} and is {now}"),
            Unusable::Intents => write!(f, "the bot requests other intents than before"),
            Unusable::TooOld(age) => write!(
                f,
                "the bot was off for {} min, longer than Discord keeps a session",
                age.as_secs() / 60
            ),
        }
    }
}

/// What an earlier process left of the shards.
#[derive(Debug, Default)]
pub(crate) struct Previous {
    /// By shard.
    pub(crate) sessions: Vec<Option<PreviousSession>>,
    /// The shards with a record of another bot.
    pub(crate) foreign: Vec<u32>,
    /// What to report: each reason once, with the shards that it concerns.
    pub(crate) problems: Vec<String>,
}

impl Previous {
    /// Judges the records of a store.
    pub(crate) fn new(expected: &Expected, records: Vec<SessionRecord>, now: SystemTime) -> Previous {
        let mut previous =
            Previous { sessions: expected.shards.clone().map(|_| None).collect(), ..Previous::default() };
        let mut unusable: Vec<(Unusable, Vec<u32>)> = Vec::new();
        let mut recount: Option<(Unusable, SystemTime)> = None;
        for record in records.into_iter().filter(|record| expected.shards.contains(&record.shard)) {
            let shard = record.shard;
            let place = (shard - expected.shards.start) as usize;
            let Err(why) = expected.judge(&record, now) else {
                previous.sessions[place] = Some(PreviousSession::Kept(kept(record)));
                continue;
            };
            if why.is_own() {
                let lost = LostSession::new(Some(record.sequence), record.caught_up_at, why.to_string());
                previous.sessions[place] = Some(PreviousSession::Lost(lost));
            }
            if let Unusable::Application(_) = why {
                previous.foreign.push(shard);
            }
            if let Unusable::Shards { .. } = why {
                let since = recount.map_or(record.caught_up_at, |(_, since)| since.min(record.caught_up_at));
                recount = Some((why, since));
            }
            match unusable.iter_mut().find(|(reason, _)| reason.to_string() == why.to_string()) {
                Some((_, shards)) => shards.push(shard),
                None => unusable.push((why, vec![shard])),
            }
        }
        if let Some((why, since)) = recount {
            previous.recount(why, since);
        }
        let problem = |(why, shards): &(Unusable, Vec<u32>)| match shards.as_slice() {
            [shard] => format!("the session of shard {shard} is not resumed: {why}"),
            shards => format!("the sessions of {} shards are not resumed: {why}", shards.len()),
        };
        previous.problems = unusable.iter().map(problem).collect();
        previous
    }

    /// With another number of shards, each shard has other guilds, so each may have missed what any shard missed.
    fn recount(&mut self, why: Unusable, since: SystemTime) {
        for session in
            self.sessions.iter_mut().filter(|session| !matches!(session, Some(PreviousSession::Kept(_))))
        {
            *session = Some(PreviousSession::Lost(LostSession::new(None, since, why.to_string())));
        }
    }
}

impl Expected {
    fn judge(&self, record: &SessionRecord, now: SystemTime) -> Result<(), Unusable> {
        if record.format > RECORD_FORMAT {
            return Err(Unusable::Format(record.format));
        }
        if record.application_id != self.application_id {
            return Err(Unusable::Application(record.application_id));
        }
        if record.total != self.total {
            return Err(Unusable::Shards { before: record.total, now: self.total });
        }
        // A resumed session keeps its intents.
        if record.intents != self.intents {
            return Err(Unusable::Intents);
        }
        // A record from the future was saved before the clock was set back.
        match now.duration_since(record.saved_at) {
            Ok(age) if age > MAX_AGE => Err(Unusable::TooOld(age)),
            _ => Ok(()),
        }
    }
}

fn kept(record: SessionRecord) -> KeptSession {
    let mut kept = KeptSession::new(record.session_id, record.sequence, record.caught_up_at);
    kept.resume_url = record.resume_url;
    kept
}

#[cfg(test)]
mod tests;
