//! What a task can be about.

use crate::bot::context::{CommandContext, ComponentContext, Context, InteractionContext, ModalContext};

/// A context that a [`Task`](super::Task) can have: [`Context`], or that of an interaction, to which the task may respond.
///
/// No other type implements it.
pub trait TaskContext: AsRef<Context> + Sealed + Send + 'static {
    /// The interaction to which the task may respond.
    fn interaction_context(&self) -> Option<&InteractionContext>;
}

/// Keeps [`TaskContext`] to the types below, so that it can grow.
pub trait Sealed {}

impl Sealed for Context {}

impl TaskContext for Context {
    fn interaction_context(&self) -> Option<&InteractionContext> {
        None
    }
}

impl Sealed for InteractionContext {}

impl TaskContext for InteractionContext {
    fn interaction_context(&self) -> Option<&InteractionContext> {
        Some(self)
    }
}

impl Sealed for CommandContext {}

impl TaskContext for CommandContext {
    fn interaction_context(&self) -> Option<&InteractionContext> {
        Some(self)
    }
}

impl Sealed for ComponentContext {}

impl TaskContext for ComponentContext {
    fn interaction_context(&self) -> Option<&InteractionContext> {
        Some(self)
    }
}

impl Sealed for ModalContext {}

impl TaskContext for ModalContext {
    fn interaction_context(&self) -> Option<&InteractionContext> {
        Some(self)
    }
}
