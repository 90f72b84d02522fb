//! Parts that most messages do not have.

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap};
use serde_json::value::{RawValue, to_raw_value};

use super::body::Body;
use crate::error::Error;

/// A part of a message that has limits of its own.
pub(in crate::rest) trait Part: Serialize {
    /// Whether they are kept.
    fn check(&self, message: &Body) -> Result<(), Error>;
}

/// A part that may have been given.
///
/// What checks and writes it is reached by pointers that come with it, so that a program that never gives one is not
/// linked with that: most bots send texts, and components alone are a good part of this library.
#[derive(Clone, Debug)]
pub(in crate::rest) struct Given<T>(Option<Held<T>>);

#[derive(Clone, Debug)]
struct Held<T> {
    value: T,
    check: fn(&T, &Body) -> Result<(), Error>,
    write: fn(&T) -> Result<Box<RawValue>, serde_json::Error>,
}

impl<T> Default for Given<T> {
    fn default() -> Self {
        Given(None)
    }
}

impl<T> Given<T> {
    pub(in crate::rest) fn value(&self) -> Option<&T> {
        self.0.as_ref().map(|held| &held.value)
    }

    pub(in crate::rest) fn check(&self, message: &Body) -> Result<(), Error> {
        self.0.as_ref().map_or(Ok(()), |held| (held.check)(&held.value, message))
    }

    /// Writes it into an object under this name, if it was given.
    pub(super) fn write<M: SerializeMap>(&self, map: &mut M, name: &str) -> Result<(), M::Error> {
        let Some(held) = &self.0 else { return Ok(()) };
        map.serialize_entry(name, &(held.write)(&held.value).map_err(M::Error::custom)?)
    }
}

impl<T: Part> Given<T> {
    pub(in crate::rest) fn set(&mut self, value: T) {
        self.0 = Some(Held { value, check: T::check, write: to_raw_value });
    }
}

impl<T> Given<Vec<T>>
where
    Vec<T>: Part,
{
    pub(in crate::rest) fn push(&mut self, item: T) {
        match &mut self.0 {
            Some(held) => held.value.push(item),
            None => self.set(vec![item]),
        }
    }
}
