//! Numbers with names: Discord's enums and flags, of which tomorrow brings more.

/// An enum of Discord's: a number that is kept as sent, with constants for the values known today.
macro_rules! number {
    ($(#[$doc:meta])+ $name:ident { $($value:ident = $number:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            $(
                #[doc = concat!("Discord's `", stringify!($value), "` (", $number, ").")]
                pub const $value: Self = Self($number);
            )+

            /// Discord's name for it, where this version knows one.
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

/// Flags of Discord's: bits that are kept as sent, with constants for those known today.
macro_rules! flags {
    ($(#[$doc:meta])+ $name:ident { $($value:ident = $bit:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            $(
                #[doc = concat!("Discord's `", stringify!($value), "` (bit ", $bit, ").")]
                pub const $value: Self = Self(1 << $bit);
            )+

            /// Whether all of these bits are set.
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }
        }

        impl std::ops::BitOr for $name {
            type Output = Self;

            fn bitor(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let names = [$((Self::$value, stringify!($value)),)+];
                let known = names.iter().filter(|(bit, _)| self.contains(*bit));
                let mut rest = self.0;
                let mut separator = "";
                for (bit, name) in known {
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

pub(crate) use {flags, number};

#[cfg(test)]
mod tests {
    use crate::model::{MessageFlags, MessageType};

    #[test]
    fn known_numbers_show_their_name_and_unknown_ones_their_number() {
        assert_eq!(format!("{:?}", MessageType::REPLY), "REPLY");
        assert_eq!(format!("{:?}", MessageType(4000)), "MessageType(4000)");
    }

    #[test]
    fn flags_show_names_and_what_is_left() {
        let flags = MessageFlags::EPHEMERAL | MessageFlags(1 << 40);
        assert_eq!(format!("{flags:?}"), "EPHEMERAL | 0x10000000000");
        assert_eq!(format!("{:?}", MessageFlags::default()), "0x0");
        assert!(flags.contains(MessageFlags::EPHEMERAL));
        assert!(!flags.contains(MessageFlags::EPHEMERAL | MessageFlags::LOADING));
    }
}
