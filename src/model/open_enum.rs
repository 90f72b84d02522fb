//! Enums and flags of Discord. They are open: unknown values are kept.

/// Declares an integer enum, with a constant for each known value.
macro_rules! int_enum {
    ($(#[$doc:meta])+ $name:ident { $($value:ident = $number:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $crate::json::Read for $name {
            #[inline]
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::json::Read::read(reader).map(Self)
            }
        }

        impl $crate::json::Key for $name {
            fn from_name(name: &str) -> Option<Self> {
                name.parse().ok().map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u32(self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }

        impl $name {
            $(
                #[doc = concat!("Discord's `", stringify!($value), "` (", $number, ").")]
                pub const $value: Self = Self($number);
            )+

            /// The known values with their names.
            pub const KNOWN: &'static [(&'static str, Self)] = &[$((stringify!($value), Self::$value),)+];

            /// Returns Discord's name of the value; `None` if this version does not know it.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($number => Some(stringify!($value)),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, concat!(stringify!($name), "({})"), self.0),
                }
            }
        }
    };
}

/// Declares a string enum, with a constant for each known value.
macro_rules! string_enum {
    ($(#[$doc:meta])+ $name:ident { $($value:ident = $text:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::borrow::Cow<'static, str>);

        impl $name {
            $(
                #[doc = concat!("Discord's `", stringify!($value), "`: `", $text, "`.")]
                pub const $value: Self = Self(std::borrow::Cow::Borrowed($text));
            )+

            /// The known values with their names.
            pub const KNOWN: &'static [(&'static str, Self)] = &[$((stringify!($value), Self::$value),)+];

            /// Returns the value as Discord sends it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether this version knows the value.
            pub fn is_known(&self) -> bool {
                matches!(self.as_str(), $($text)|+)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$value,)+
                    _ => Self(text.to_owned().into()),
                }
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                self.as_str() == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                self.as_str() == *text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl $crate::json::Read for $name {
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                reader.string().map(|text| Self::from(&*text))
            }
        }

        impl $crate::json::Key for $name {
            fn from_name(name: &str) -> Option<Self> {
                Some(Self::from(name))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::open_enum::read_text(deserializer)
            }
        }
    };
}

/// Declares a set of flags, with a constant for each known flag. The methods are those of the `bitflags` crate.
///
/// Discord sends most flags as an integer. Sets that may exceed the 53 bits of a JavaScript number are sent as a decimal
/// string. They are declared as `Name as text { … }`.
macro_rules! flags {
    ($(#[$doc:meta])+ $name:ident { $($value:ident = $bit:literal,)+ }) => {
        flags!(@bits u64 $(#[$doc])+ $name { $($value = $bit,)+ });

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u64(self.0)
            }
        }

        impl $crate::json::Read for $name {
            #[inline]
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::json::Read::read(reader).map(Self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
    ($(#[$doc:meta])+ $name:ident as text { $($value:ident = $bit:literal,)+ }) => {
        flags!(@bits u128 $(#[$doc])+ $name { $($value = $bit,)+ });

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl $crate::json::Read for $name {
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::model::open_enum::bits(reader).map(Self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any($crate::model::open_enum::Digits).map(Self)
            }
        }
    };
    (@bits $bits:ident $(#[$doc:meta])+ $name:ident { $($value:ident = $bit:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $name($bits);

        impl $name {
            $(
                #[doc = concat!("Discord's `", stringify!($value), "` (bit ", $bit, ").")]
                pub const $value: Self = Self(1 << $bit);
            )+

            /// The known flags with their names.
            pub const KNOWN: &'static [(&'static str, Self)] = &[$((stringify!($value), Self::$value),)+];

            /// Returns a set without any flags.
            pub const fn empty() -> Self {
                Self(0)
            }

            /// Returns all flags that this version knows.
            pub const fn all() -> Self {
                Self(0 $(| 1 << $bit)+)
            }

            /// Returns the flags with these bits, unknown bits included.
            pub const fn from_bits_retain(bits: $bits) -> Self {
                Self(bits)
            }

            /// Returns the bits as Discord sends them.
            pub const fn bits(self) -> $bits {
                self.0
            }

            /// Whether no flag is set.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Whether all flags of `other` are set.
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether any flag of `other` is set.
            pub const fn intersects(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// Returns the flags of both sets; the `const` form of `|`.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Returns the flags that are in both sets; the `const` form of `&`.
            #[must_use]
            pub const fn intersection(self, other: Self) -> Self {
                Self(self.0 & other.0)
            }

            /// Returns the flags of this set that are not in `other`; the `const` form of `-`.
            #[must_use]
            pub const fn difference(self, other: Self) -> Self {
                Self(self.0 & !other.0)
            }

            /// Sets the flags of `other`.
            pub const fn insert(&mut self, other: Self) {
                self.0 |= other.0;
            }

            /// Clears the flags of `other`.
            pub const fn remove(&mut self, other: Self) {
                self.0 &= !other.0;
            }
        }

        impl std::ops::BitOr for $name {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                self.union(other)
            }
        }

        impl std::ops::BitOrAssign for $name {
            fn bitor_assign(&mut self, other: Self) {
                self.insert(other);
            }
        }

        impl std::ops::BitAnd for $name {
            type Output = Self;

            fn bitand(self, other: Self) -> Self {
                self.intersection(other)
            }
        }

        impl std::ops::Sub for $name {
            type Output = Self;

            fn sub(self, other: Self) -> Self {
                self.difference(other)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let known = Self::KNOWN.iter().filter(|(_, bit)| self.contains(*bit));
                let mut rest = self.0;
                let mut separator = "";
                for (name, bit) in known {
                    write!(f, "{separator}{name}")?;
                    separator = " | ";
                    rest &= !bit.0;
                }
                if rest != 0 || self.0 == 0 {
                    write!(f, "{separator}{rest:#x}")?;
                }
                Ok(())
            }
        }
    };
}

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

use crate::json::{self, Read, Reader};

pub(crate) use {flags, int_enum, string_enum};

/// Reads a string enum. A known value is not copied.
pub(crate) fn read_text<'de, D: Deserializer<'de>, T: for<'a> From<&'a str>>(
    deserializer: D,
) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);

    impl<T: for<'a> From<&'a str>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}

/// Reads flags that Discord sends as a string of digits or as an integer.
pub(crate) fn bits(reader: &mut Reader<'_>) -> json::Result<u128> {
    if reader.peek()? != b'"' {
        return u128::read(reader);
    }
    reader.string()?.parse().map_err(|_| json::Error::new("a string that is not a set of flags"))
}

/// Reads flags for serde, like [`bits`].
pub(crate) struct Digits;

impl Visitor<'_> for Digits {
    type Value = u128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("flags: a string of digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u128, E> {
        text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_u64<E: de::Error>(self, bits: u64) -> Result<u128, E> {
        Ok(bits.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::model::{Locale, MessageFlags, MessageType, Permissions};

    #[test]
    fn debug_shows_the_name_of_a_known_value_and_the_number_of_an_unknown_one() {
        assert_eq!(format!("{:?}", MessageType::REPLY), "REPLY");
        assert_eq!(format!("{:?}", MessageType(4000)), "MessageType(4000)");
    }

    #[test]
    fn debug_shows_the_names_of_known_flags_and_the_bits_of_unknown_ones() {
        let flags = MessageFlags::EPHEMERAL | MessageFlags::from_bits_retain(1 << 40);
        assert_eq!(format!("{flags:?}"), "EPHEMERAL | 0x10000000000");
        assert_eq!(format!("{:?}", MessageFlags::default()), "0x0");
        assert!(flags.contains(MessageFlags::EPHEMERAL));
        assert!(!flags.contains(MessageFlags::EPHEMERAL | MessageFlags::LOADING));
        assert!(flags.intersects(MessageFlags::EPHEMERAL | MessageFlags::LOADING));
        assert_eq!(flags - MessageFlags::EPHEMERAL, MessageFlags::from_bits_retain(1 << 40));
        assert_eq!(flags & MessageFlags::EPHEMERAL, MessageFlags::EPHEMERAL);
    }

    #[test]
    fn flags_in_strings_keep_more_than_64_bits() {
        let table = [("\"0\"", 0), ("\"8\"", 8), ("\"36893488147419103232\"", 1 << 65)];
        for (json, bits) in table {
            let permissions: Permissions = serde_json::from_str(json).unwrap();
            assert_eq!(permissions, Permissions::from_bits_retain(bits));
            assert_eq!(serde_json::to_string(&permissions).unwrap(), json);
        }
        assert_eq!(serde_json::from_str::<Permissions>("8").unwrap(), Permissions::ADMINISTRATOR);
        assert!(serde_json::from_str::<Permissions>("\"-8\"").is_err());
    }

    #[test]
    fn known_and_unknown_strings_are_kept() {
        for (json, known) in [("\"pt-BR\"", true), ("\"tlh\"", false), ("\"with \\\" quote\"", false)] {
            let locale: Locale = serde_json::from_str(json).unwrap();
            assert_eq!(locale.is_known(), known);
            assert_eq!(serde_json::to_string(&locale).unwrap(), json);
        }
        assert_eq!(Locale::from("pt-BR"), Locale::PT_BR);
        assert!(Locale::PT_BR == "pt-BR" && format!("{0} {0:?}", Locale::KO) == "ko \"ko\"");
    }
}
