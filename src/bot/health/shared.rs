//! What the threads of a bot share for its health.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::AtomicUsize;

use super::health::LanesHealth;
use super::meter::CallMeter;
use super::registry::HandlerRegistry;
use super::report::StopReport;
use crate::gateway::identify::StartLimit;
use crate::sync::Mutex;

/// Reads the health of lanes.
type ReadLanes = Box<dyn Fn() -> Vec<LanesHealth> + Send + Sync>;

/// Reads how many identifies are left, if that is known.
type ReadIdentifies = Box<dyn Fn() -> Option<StartLimit> + Send + Sync>;

/// What the threads of a bot share for its health.
#[derive(Default)]
pub(crate) struct HealthState {
    /// The calls of handlers on the bot's thread.
    pub(crate) calls: CallMeter,
    pub(crate) handlers: HandlerRegistry,
    /// Set once the bot was started.
    pub(crate) lanes: OnceLock<ReadLanes>,
    /// Set once the bot was started.
    pub(crate) identifies: OnceLock<ReadIdentifies>,
    /// The prompts of tasks whose components can be used.
    pub(crate) open_prompts: AtomicUsize,
    /// The calls that were cut at the end of the grace period, by route.
    rest_calls_cut: Mutex<BTreeMap<String, usize>>,
    /// What the stop has dropped, once the bot has ended.
    pub(crate) stop_report: OnceLock<StopReport>,
}

impl HealthState {
    /// Adds calls that were cut, by route with their number.
    pub(crate) fn add_rest_calls_cut(&self, calls: BTreeMap<String, usize>) {
        let mut cut = self.rest_calls_cut.lock();
        for (route, count) in calls {
            *cut.entry(route).or_default() += count;
        }
    }

    /// The calls that were cut, by route.
    pub(crate) fn rest_calls_cut(&self) -> Vec<(String, usize)> {
        self.rest_calls_cut.lock().iter().map(|(route, count)| (route.clone(), *count)).collect()
    }
}
