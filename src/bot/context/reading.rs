//! What could not be read of an event.

use std::cell::RefCell;

use crate::json::Collector;
use crate::model::Unreadable;

/// Collects what cannot be read of an event, until it is dropped.
pub(super) struct Reading<'a> {
    unreadable: &'a RefCell<Vec<Unreadable>>,
    collector: Collector,
}

impl<'a> Reading<'a> {
    pub(super) fn begin(unreadable: &'a RefCell<Vec<Unreadable>>) -> Reading<'a> {
        Reading { unreadable, collector: Collector::begin() }
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        *self.unreadable.borrow_mut() = self.collector.finish();
    }
}
