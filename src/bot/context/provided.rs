//! Values that a program provides to all its handlers.

use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;

/// A value that is not added to the others yet.
pub(crate) struct ProvidedValue {
    type_id: TypeId,
    pub(in crate::bot) type_name: &'static str,
    value: Box<dyn Any + Send + Sync>,
}

impl ProvidedValue {
    pub(in crate::bot) fn new<T: Send + Sync + 'static>(value: T) -> ProvidedValue {
        ProvidedValue { type_id: TypeId::of::<T>(), type_name: type_name::<T>(), value: Box::new(value) }
    }
}

/// The values, by their type.
#[derive(Default)]
pub(crate) struct Provided(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Provided {
    /// Adds a value. Returns whether there was one of its type already.
    pub(in crate::bot) fn add(&mut self, value: ProvidedValue) -> bool {
        self.0.insert(value.type_id, value.value).is_some()
    }

    /// The value of this type.
    pub(super) fn get<T: 'static>(&self) -> Option<&T> {
        self.0.get(&TypeId::of::<T>())?.downcast_ref()
    }
}
