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

/// The function for unknown fields of most objects: they are skipped.
pub(crate) fn skip_unknown(_: &str, _: &mut Reader<'_>) -> Result<bool> {
    Ok(false)
}

/// Declares how a struct is read from a JSON object. Lists all fields, in any order.
///
/// * `field`: reads the JSON field with this name. If it is missing or cannot be read, the field has its type's default.
/// * `field = "name"`: reads the JSON field `name`.
/// * `field: required`: if it is missing or cannot be read, the object cannot be read. Only for what identifies the object,
///   because every other field of Discord has been wrong at some time.
/// * `field: default(value)`: has another default than its type's.
/// * `field: with(function)`: is read by this function.
/// * `field: elsewhere`: is passed to the function for unknown fields, and has its type's default.
///
/// `object! { Type { .. } => function }` reads the type with a function that calls `read_object`.
///
/// A derived `Deserialize` would expand to some forty lines per field, and would fail on any wrong field.
macro_rules! object {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@start) => { Default::default() };
    (@start default($value:expr)) => { $value };
    (@start with($read:expr)) => { Default::default() };
    (@start elsewhere) => { Default::default() };
    (@start required) => { None };

    (@read $reader:ident $unknown:ident $slot:ident $key:expr,) => {
        $reader.field(&mut $slot, $key, $crate::json::Read::read)
    };
    (@read $reader:ident $unknown:ident $slot:ident $key:expr, default($value:expr)) => {
        $reader.field(&mut $slot, $key, $crate::json::Read::read)
    };
    (@read $reader:ident $unknown:ident $slot:ident $key:expr, with($read:expr)) => {
        $reader.field(&mut $slot, $key, $read)
    };
    (@read $reader:ident $unknown:ident $slot:ident $key:expr, elsewhere) => {
        $reader.other_field($key, $unknown)
    };
    (@read $reader:ident $unknown:ident $slot:ident $key:expr, required) => {
        $reader.required(&mut $slot, $crate::json::Read::read)
    };

    (@finish $slot:ident $key:expr,) => { $slot };
    (@finish $slot:ident $key:expr, default($value:expr)) => { $slot };
    (@finish $slot:ident $key:expr, with($read:expr)) => { $slot };
    (@finish $slot:ident $key:expr, elsewhere) => { $slot };
    (@finish $slot:ident $key:expr, required) => { $crate::json::required($slot, $key)? };

    (@whole $reader:ident) => { $crate::json::Object::read_object($reader, &mut $crate::json::skip_unknown) };
    (@whole $reader:ident $function:expr) => { $function($reader) };

    ($type:ident {
        $($field:ident $(= $key:literal)? $(: $rule:ident $(($argument:expr))?)?),* $(,)?
    } $(=> $function:expr)?) => {
        impl $crate::json::Object for $type {
            #[allow(unused_mut, reason = "a field that is read elsewhere is not changed")]
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
                            @read reader unknown $field $crate::json::object!(@key $field $($key)?),
                            $($rule $(($argument))?)?
                        ),)*
                        name => reader.other_field(name, unknown),
                    };
                    read?;
                }
                Ok($type {$(
                    $field: $crate::json::object!(
                        @finish $field $crate::json::object!(@key $field $($key)?),
                        $($rule $(($argument))?)?
                    ),
                )*})
            }
        }

        impl $crate::json::Read for $type {
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::json::object!(@whole reader $($function)?)
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
