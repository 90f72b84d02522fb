//! A server that enforces the documented rules, in a time of its own.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::rest::limiter::{Reach, Refusal, Said};

/// A limit as Discord has it: so many in a window that the first call opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) count: u32,
    pub(super) period: Duration,
}

/// What holds for an endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Law {
    /// Which of the limits counts it; `None` where headers say nothing.
    pub(super) limit: Option<usize>,
    /// A limit of its own that no header tells of.
    pub(super) hidden: Option<Limit>,
    pub(super) exempt: bool,
}

#[derive(Debug, Default)]
struct Window {
    opened: Option<Instant>,
    used: u32,
    /// Calls of which the client could not know that they count here.
    blind: u32,
}

impl Window {
    fn turn(&mut self, now: Instant, limit: Limit) {
        if self.opened.is_none_or(|opened| now >= opened + limit.period) {
            *self = Window { opened: Some(now), used: 0, blind: 0 };
        }
    }

    fn reset_after(&self, now: Instant, limit: Limit) -> Duration {
        let end = self.opened.map_or(now, |opened| opened + limit.period);
        let left = end.saturating_duration_since(now);
        // In milliseconds, as the header has it.
        Duration::from_millis(u64::try_from(left.as_micros().div_ceil(1000)).unwrap_or(u64::MAX))
    }
}

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    /// The headers that had come by then told so.
    Foretold,
    /// By a bucket of which the client did not know yet who shares it.
    Blind,
    Global,
    Hidden,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) laws: Vec<Law>,
    pub(super) limits: Vec<Limit>,
    /// How often each limit has changed its name.
    pub(super) names: Vec<u32>,
    pub(super) per_second: usize,
    windows: HashMap<(usize, u64), Window>,
    hidden: HashMap<(usize, u64), Window>,
    second: VecDeque<Instant>,
    pub(super) refused: BTreeMap<Why, u32>,
    pub(super) served: u32,
}

impl Model {
    pub(super) fn new(limits: Vec<Limit>, laws: Vec<Law>, per_second: usize) -> Model {
        Model {
            names: vec![0; limits.len()],
            laws,
            limits,
            per_second,
            windows: HashMap::new(),
            hidden: HashMap::new(),
            second: VecDeque::new(),
            refused: BTreeMap::new(),
            served: 0,
        }
    }

    pub(super) fn name(&self, endpoint: usize) -> Option<String> {
        self.laws[endpoint].limit.map(|limit| format!("{limit}.{}", self.names[limit]))
    }

    pub(super) fn period(&self, endpoint: usize) -> Duration {
        self.laws[endpoint].limit.map_or(Duration::ZERO, |limit| self.limits[limit].period)
    }

    /// What it answers to a call whose sender believed its bucket to have this name.
    pub(super) fn answer(
        &mut self,
        now: Instant,
        endpoint: usize,
        major: u64,
        believed: Option<&str>,
    ) -> Said {
        let law = self.laws[endpoint];
        if !law.exempt {
            while self.second.front().is_some_and(|at| *at + Duration::from_secs(1) <= now) {
                self.second.pop_front();
            }
            if self.second.len() >= self.per_second {
                return self.refuse(Why::Global, Said::default(), Duration::from_millis(500), Reach::Bot);
            }
            self.second.push_back(now);
        }
        let mut said = Said { complete: true, ..Said::default() };
        let name = self.name(endpoint);
        if let Some(number) = law.limit {
            let limit = self.limits[number];
            let window = self.windows.entry((number, major)).or_default();
            window.turn(now, limit);
            let knew = believed.is_some() && believed == name.as_deref();
            window.blind += u32::from(!knew);
            let is_full = window.used >= limit.count;
            window.used += u32::from(!is_full);
            said.bucket = name;
            said.limit = Some(limit.count);
            said.remaining = Some(limit.count - window.used);
            said.reset_after = Some(window.reset_after(now, limit));
            if is_full {
                let why = if window.blind == 0 { Why::Foretold } else { Why::Blind };
                let retry_after = window.reset_after(now, limit);
                return self.refuse(why, said, retry_after, Reach::Route);
            }
        }
        if let Some(limit) = law.hidden {
            let window = self.hidden.entry((endpoint, major)).or_default();
            window.turn(now, limit);
            if window.used >= limit.count {
                let retry_after = window.reset_after(now, limit);
                return self.refuse(Why::Hidden, said, retry_after, Reach::Route);
            }
            window.used += 1;
        }
        self.served += 1;
        said
    }

    fn refuse(&mut self, why: Why, said: Said, retry_after: Duration, reach: Reach) -> Said {
        *self.refused.entry(why).or_default() += 1;
        Said { refused: Some(Refusal { retry_after, reach }), invalid: true, complete: false, ..said }
    }
}
