//! Whether the bots of this process have something to do.

use std::sync::Arc;

/// Tells whether a bot of this process has nothing to do. `None` if it does not know.
pub(crate) type Monitor = Arc<dyn Fn() -> Option<bool> + Send + Sync>;

/// The monitors of all bots.
#[derive(Default)]
pub(super) struct Monitors {
    monitors: Vec<(u64, Monitor)>,
    last: u64,
}

impl Monitors {
    pub(super) fn add(&mut self, monitor: Monitor) -> u64 {
        self.last += 1;
        self.monitors.push((self.last, monitor));
        self.last
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<Monitor> {
        let index = self.monitors.iter().position(|(other, _)| *other == number)?;
        Some(self.monitors.swap_remove(index).1)
    }

    /// The monitors, to be asked without a lock.
    pub(super) fn all(&self) -> Vec<Monitor> {
        self.monitors.iter().map(|(_, monitor)| Arc::clone(monitor)).collect()
    }
}

/// Whether all bots are idle. `None` if that is not known of one, or if the bots are in other programs.
pub(super) fn are_idle(monitors: &[Monitor]) -> Option<bool> {
    let states: Vec<Option<bool>> = monitors.iter().map(|monitor| monitor()).collect();
    if states.contains(&Some(false)) {
        return Some(false);
    }
    (!states.is_empty() && !states.contains(&None)).then_some(true)
}
