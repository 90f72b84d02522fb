//! How objects are declared.

use super::{Error, Read, Reader, Result};

/// A type that is read from a JSON object. [`object!`] declares it.
pub(crate) trait Object: Read {
    /// Reads the object. A field that it does not know is given to `unknown`, which may read its value and return
    /// `true`, or leave the value to be skipped and return `false`.
    ///
    /// # Errors
    ///
    /// Where a required field is missing or cannot be read, or the text is no JSON.
    fn read_object(
        reader: &mut Reader<'_>,
        unknown: &mut dyn FnMut(&str, &mut Reader<'_>) -> Result<bool>,
    ) -> Result<Self>;
}

/// The value of a field without which there is no object.
///
/// # Errors
///
/// Where it is missing.
pub(crate) fn required<T>(value: Option<T>, name: &'static str) -> Result<T> {
    value.ok_or_else(|| missing(name))
}

#[cold]
#[inline(never)]
fn missing(name: &'static str) -> Error {
    Error::new(&format!("`{name}` is missing"))
}

/// Declares how a struct is read from a JSON object: all its fields, in any order.
///
/// * `field`: the JSON field of this name. Missing, null where the type has no null, or unreadable: the default.
/// * `field = "name"`: a JSON field of another name.
/// * `field: required`: without it there is no object. Only for the object's identity.
/// * `field: default(value)`: another default than the type's, where the field is missing.
/// * `field: with(function)`: read by another function than the type's.
/// * `field: required_with(function)`: both.
///
/// `object! { Type { .. } => function }` hands the finished object to a function.
///
/// A derived `Deserialize` would need some forty lines a field, and it loses the object for any wrong field.
macro_rules! object {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@start) => { Default::default() };
    (@start default($value:expr)) => { $value };
    (@start with($read:expr)) => { Default::default() };
    (@start required) => { None };
    (@start required_with($read:expr)) => { None };

    (@read $reader:ident $slot:ident $key:expr,) => {
        $reader.field(&mut $slot, $key, $crate::json::Read::read)?
    };
    (@read $reader:ident $slot:ident $key:expr, default($value:expr)) => {
        $reader.field(&mut $slot, $key, $crate::json::Read::read)?
    };
    (@read $reader:ident $slot:ident $key:expr, with($read:expr)) => {
        $reader.field(&mut $slot, $key, $read)?
    };
    (@read $reader:ident $slot:ident $key:expr, required) => {
        $slot = Some($crate::json::Read::read($reader)?)
    };
    (@read $reader:ident $slot:ident $key:expr, required_with($read:expr)) => {
        $slot = Some($read($reader)?)
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
                    match &*name {
                        $($crate::json::object!(@key $field $($key)?) => {
                            $crate::json::object!(
                                @read reader $field $crate::json::object!(@key $field $($key)?),
                                $($rule $(($argument))?)?
                            );
                        })*
                        name => {
                            if !unknown(name, reader)? {
                                reader.skip()?;
                            }
                        }
                    }
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

/// Declares how a struct with one unnamed field is read: as that field.
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
