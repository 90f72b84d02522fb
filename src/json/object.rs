//! Declarations of the types that are read from JSON objects.

use super::{Error, Read, Reader, Result};

/// A type that is read from a JSON object. Declared by [`object!`].
pub(crate) trait Object: Read {
    /// Reads the object. Passes each unknown field to `unknown`. It reads the value and returns `true`, or returns
    /// `false` and the value is skipped.
    ///
    /// # Errors
    ///
    /// If a required field is missing or cannot be read, or the text is not JSON.
    fn read_object(
        reader: &mut Reader<'_>,
        unknown: &mut dyn FnMut(&str, &mut Reader<'_>) -> Result<bool>,
    ) -> Result<Self>;
}

/// Returns the value of a required field.
///
/// # Errors
///
/// If the field is missing.
pub(crate) fn required<T>(value: Option<T>, name: &'static str) -> Result<T> {
    value.ok_or_else(|| missing(name))
}

#[cold]
#[inline(never)]
fn missing(name: &'static str) -> Error {
    Error::new(&format!("`{name}` is missing"))
}

/// Declares how a struct is read from a JSON object. Lists all fields, in any order.
///
/// * `field`: reads the JSON field with this name. If it is missing or cannot be read, the field has its type's default.
/// * `field = "name"`: reads the JSON field `name`.
/// * `field: required`: if it is missing or cannot be read, the object cannot be read. Only for what identifies the object.
/// * `field: default(value)`: has another default than its type's.
/// * `field: with(function)`: is read by this function.
/// * `field: required_with(function)`: is required, and read by this function.
///
/// `object! { Type { .. } => function }` passes the object through a function at the end.
///
/// A derived `Deserialize` would expand to some forty lines per field, and would fail on any wrong field.
macro_rules! object {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@start) => { Default::default() };
    (@start default($value:expr)) => { $value };
    (@start with($read:expr)) => { Default::default() };
    (@start required) => { None };
    (@start required_with($read:expr)) => { None };

    (@read $reader:ident $slot:ident $key:expr,) => {
        $reader.field(&mut $slot, $key, $crate::json::Read::read)
    };
    (@read $reader:ident $slot:ident $key:expr, default($value:expr)) => {
        $reader.field(&mut $slot, $key, $crate::json::Read::read)
    };
    (@read $reader:ident $slot:ident $key:expr, with($read:expr)) => {
        $reader.field(&mut $slot, $key, $read)
    };
    (@read $reader:ident $slot:ident $key:expr, required) => {
        $reader.required(&mut $slot, $crate::json::Read::read)
    };
    (@read $reader:ident $slot:ident $key:expr, required_with($read:expr)) => {
        $reader.required(&mut $slot, $read)
    };

    (@finish $slot:ident $key:expr,) => { $slot };
    (@finish $slot:ident $key:expr, default($value:expr)) => { $slot };
    (@finish $slot:ident $key:expr, with($read:expr)) => { $slot };
    (@finish $slot:ident $key:expr, required) => { $crate::json::required($slot, $key)? };
    (@finish $slot:ident $key:expr, required_with($read:expr)) => { $crate::json::required($slot, $key)? };

    ($type:ident {
        $($field:ident $(= $key:literal)? $(: $rule:ident $(($argument:expr))?)?),* $(,)?
    } $(=> $finish:expr)?) => {
        impl $crate::json::Object for $type {
            fn read_object(
                reader: &mut $crate::json::Reader<'_>,
                unknown: &mut dyn FnMut(&str, &mut $crate::json::Reader<'_>) -> $crate::json::Result<bool>,
            ) -> $crate::json::Result<Self> {
                $(let mut $field = $crate::json::object!(@start $($rule $(($argument))?)?);)*
                let mut rest = reader.object()?;
                while let Some(name) = reader.next_field(&mut rest)? {
                    // One `?` for all fields: each costs compile time in every object.
                    let read = match &*name {
                        $($crate::json::object!(@key $field $($key)?) => $crate::json::object!(
                            @read reader $field $crate::json::object!(@key $field $($key)?),
                            $($rule $(($argument))?)?
                        ),)*
                        name => reader.other_field(name, unknown),
                    };
                    read?;
                }
                let object = $type {$(
                    $field: $crate::json::object!(
                        @finish $field $crate::json::object!(@key $field $($key)?),
                        $($rule $(($argument))?)?
                    ),
                )*};
                $(let object = $finish(object);)?
                Ok(object)
            }
        }

        impl $crate::json::Read for $type {
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::json::Object::read_object(reader, &mut |_, _| Ok(false))
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}

/// Declares that a struct with one unnamed field is read as that field.
macro_rules! transparent {
    ($type:ident) => {
        impl $crate::json::Read for $type {
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::json::Read::read(reader).map($type)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}

pub(crate) use {object, transparent};
