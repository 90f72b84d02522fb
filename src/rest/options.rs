//! The options of a call, declared field by field with the macro `options!`.

use std::fmt::Display;

use serde::Serialize;

use super::route::Route;
use crate::error::Error;
use crate::rest::check::at_field;

/// The body or the query of a call.
pub(super) trait Options: Serialize {
    /// Checks Discord's limits.
    fn check(&self) -> Result<(), Error>;
}

/// Declares the struct of a call's options: private fields, a setter for each, [`Serialize`] for the fields that are set,
/// and `check`.
///
/// ```text
/// options! {
///     /// The changes to a channel: [Modify Channel](…).
///     ModifyChannel {
///         /// Sets the name: 1 to 100 characters.
///         name: String [into] => chars(1..=100),
///         /// Sets the type.
///         kind "type": ChannelType,
///         /// Sets the topic: at most 1,024 characters.
///         topic / no_topic: String [into] => chars(0..=1024),
///     } and Self::consistent
/// }
/// ```
///
/// * The arguments of the constructor may follow the name, as in `CreateRole(name: impl Into<String>)`. The type has no
///   `Default` then.
/// * A literal after the field is its name in the JSON, if it differs.
/// * `/ no_topic` adds a setter for `null`.
/// * `[into]` makes the setter take `impl Into<…>`; `[seconds]` and `[minutes]` write a `Duration` as a number; `[file]` is
///   not part of the JSON; `[joined]` writes a list as one text with commas.
/// * `=> check` is called with a reference to the value; see [`check`](super::check).
/// * `and` is a function of `&Self` that checks several fields together.
///
/// The setters are `#[inline]`: they are compiled where a program uses them, not all thousand with the crate.
macro_rules! options {
    (
        $(#[$meta:meta])*
        $name:ident $(($($arg:ident: $arg_type:ty),+ $(,)?))? {
            $(
                $(#[$doc:meta])*
                $field:ident $($wire:literal)? $(/ $clear:ident)?: $type:ty $([$how:ident])? $(=> $check:expr)?
            ),* $(,)?
        } $(and $whole:path)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct $name {
            $($field: $crate::model::Maybe<$type>,)*
        }

        options!(@new $name ($($($arg: $arg_type),+)?) ($($field)*));

        impl $name {
            $(
                options!(@set [$(#[$doc])*] $field: $type $([$how])?);

                $(
                    #[doc = concat!("Sets the field to `null`; see [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                    #[inline]
                    pub fn $clear(mut self) -> Self {
                        self.$field = $crate::model::Maybe::Null;
                        self
                    }
                )?
            )*

            /// Checks Discord's limits. Sending does the same.
            ///
            /// # Errors
            ///
            /// [`Error::Invalid`](crate::Error::Invalid) names the field and its limit.
            pub fn check(&self) -> Result<(), $crate::error::Error> {
                $(options!(@check self.$field, [$field $($wire)?] $($check)?);)*
                $($whole(self)?;)?
                Ok(())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "the type may have no field")]
                let mut map = serde::Serializer::serialize_map(serializer, None)?;
                $(options!(@write map, options!(@wire $field $($wire)?), self.$field $(, $how)?);)*
                serde::ser::SerializeMap::end(map)
            }
        }

        impl $crate::rest::options::Options for $name {
            fn check(&self) -> Result<(), $crate::error::Error> {
                $name::check(self)
            }
        }
    };

    (@set [$(#[$doc:meta])*] $field:ident: $type:ty) => {
        $(#[$doc])*
        #[inline]
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = $crate::model::Maybe::Value($field);
            self
        }
    };
    (@set [$(#[$doc:meta])*] $field:ident: $type:ty [into]) => {
        $(#[$doc])*
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.$field = $crate::model::Maybe::Value($field.into());
            self
        }
    };

    (@set [$(#[$doc:meta])*] $field:ident: $type:ty [$how:ident]) => {
        options!(@set [$(#[$doc])*] $field: $type);
    };

    (@write $map:ident, $name:expr, $value:expr $(, into)?) => {
        if !$value.is_absent() {
            serde::ser::SerializeMap::serialize_entry(&mut $map, $name, &$value)?;
        }
    };
    (@write $map:ident, $name:expr, $value:expr, file) => {};
    (@write $map:ident, $name:expr, $value:expr, joined) => {
        if let Some(list) = $value.value() {
            serde::ser::SerializeMap::serialize_entry(&mut $map, $name, &$crate::rest::options::joined(list))?;
        }
    };
    (@write $map:ident, $name:expr, $value:expr, $unit:ident) => {
        if !$value.is_absent() {
            let duration = $value.value().copied().map($crate::rest::duration::$unit);
            serde::ser::SerializeMap::serialize_entry(&mut $map, $name, &duration)?;
        }
    };

    (@check $me:ident.$field:ident, [$($name:tt)+]) => {};
    (@check $me:ident.$field:ident, [$($name:tt)+] $check:expr) => {
        if let Some(value) = $me.$field.value() {
            $crate::rest::check::at_field(($check)(value), || options!(@wire $($name)+).to_owned())?;
        }
    };

    (@wire $field:ident) => { stringify!($field) };
    (@wire $field:ident $wire:literal) => { $wire };

    (@new $name:ident () ($($field:ident)*)) => {
        impl $name {
            /// Creates options with no field set.
            pub fn new() -> Self {
                $name { $($field: $crate::model::Maybe::Absent,)* }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                $name::new()
            }
        }
    };
    (@new $name:ident ($($arg:ident: $arg_type:ty),+) ($($field:ident)*)) => {
        impl $name {
            /// Creates options with the required fields.
            pub fn new($($arg: $arg_type),+) -> Self {
                let options = $name { $($field: $crate::model::Maybe::Absent,)* };
                options$(.$arg($arg))+
            }
        }
    };
}

pub(super) use options;

impl Route {
    /// Sets the query to these options.
    pub(super) fn query(mut self, options: &impl Options) -> Result<Route, Error> {
        options.check()?;
        let value = serde_json::to_value(options).map_err(|e| Error::invalid("(query)", e.to_string()))?;
        for (name, value) in value.as_object().into_iter().flatten() {
            self = match value {
                serde_json::Value::Array(values) => {
                    values.iter().fold(self, |route, value| route.with(name, &plain(value)))
                }
                serde_json::Value::Null => self,
                value => self.with(name, &plain(value)),
            };
        }
        Ok(self)
    }
}

impl<T: Options> Options for &[T] {
    fn check(&self) -> Result<(), Error> {
        for (place, element) in self.iter().enumerate() {
            at_field(element.check(), || format!("[{place}]"))?;
        }
        Ok(())
    }
}

/// Joins a list with commas, for the few parameters that need it.
pub(super) fn joined<T: Display>(list: &[T]) -> String {
    list.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}

/// Writes a value for a query: a text has no quotes.
fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
