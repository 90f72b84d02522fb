//! The handlers and tasks that may still respond to an interaction.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The handlers and tasks that may still respond to an interaction.
#[derive(Debug, Default)]
pub(super) struct Holders {
    count: AtomicUsize,
    /// The name of a task that holds it, or has held it.
    task: OnceLock<String>,
    has_task_failed: AtomicBool,
    /// The program wants the library to say nothing.
    is_silent: AtomicBool,
}

impl Holders {
    /// Adds a handler or task.
    pub(super) fn acquire(&self) {
        self.count.fetch_add(1, Ordering::AcqRel);
    }

    /// Adds a task. The first name counts.
    pub(super) fn acquire_for_task(&self, task: String) {
        let _ = self.task.set(task);
        self.acquire();
    }

    /// The name of the task, if there is or was one.
    pub(super) fn task(&self) -> Option<&str> {
        self.task.get().map(String::as_str)
    }

    /// Notes that a task has failed. A task may end before the handler that spawned it.
    pub(super) fn set_task_failed(&self) {
        self.has_task_failed.store(true, Ordering::Release);
    }

    pub(super) fn has_task_failed(&self) -> bool {
        self.has_task_failed.load(Ordering::Acquire)
    }

    /// Notes that the program wants the library to say nothing.
    pub(super) fn keep_silent(&self) {
        self.is_silent.store(true, Ordering::Release);
    }

    pub(super) fn is_silent(&self) -> bool {
        self.is_silent.load(Ordering::Acquire)
    }

    /// Removes a handler or task that has ended. Returns whether it was the last one.
    pub(super) fn release(&self) -> bool {
        self.count.fetch_sub(1, Ordering::AcqRel) == 1
    }
}
