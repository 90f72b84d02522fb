//! Values that a program provides to all its handlers.

use std::any::{Any, TypeId};
use std::collections::HashMap;

/// The values, by their type.
#[derive(Default)]
pub(crate) struct Provided(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Provided {
    /// Adds a value. Returns whether there was one of its type already.
    pub(in crate::bot) fn add<T: Send + Sync + 'static>(&mut self, value: T) -> bool {
        self.0.insert(TypeId::of::<T>(), Box::new(value)).is_some()
    }

    /// The value of this type.
    pub(super) fn get<T: 'static>(&self) -> Option<&T> {
        self.0.get(&TypeId::of::<T>())?.downcast_ref()
    }
}
