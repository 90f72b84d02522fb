//! The ID types: one for each kind of object, so that a channel's ID cannot be passed as a message's.
//!
//! An ID is a snowflake: a 64-bit number that contains the time of its creation. No object has the ID 0: it stands for an ID
//! that Discord did not send, or that cannot be read.
//!
//! See [snowflakes](https://docs.discord.com/developers/reference#snowflakes).

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Key, Read, Reader};

/// The first millisecond of 2015, at which the time in snowflakes starts, in Unix milliseconds.
const DISCORD_EPOCH: u64 = 1_420_070_400_000;

/// Returns the creation time of an ID in Unix milliseconds.
fn unix_millis(id: u64) -> u64 {
    (id >> 22) + DISCORD_EPOCH
}

/// Returns the smallest ID with this creation time.
fn earliest(time: SystemTime) -> u64 {
    let since_1970 = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let millis = u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX).saturating_sub(DISCORD_EPOCH);
    millis.saturating_mul(1 << 22)
}

/// The error of parsing an ID from a text that is not the number of one.
///
/// ```
/// use syncord::id::ChannelId;
///
/// let error = "general".parse::<ChannelId>().unwrap_err();
/// assert!(error.to_string().starts_with("not a Discord ID: expected a number, such as 80351110224678912"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ParseIdError(());

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a Discord ID: expected a number, such as 80351110224678912 (with Developer Mode in its settings, \
             Discord's client has Copy ID in its menus)",
        )
    }
}

/// Like `Display`: a `main` that returns the error prints it with `Debug`.
impl fmt::Debug for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for ParseIdError {}

/// Declares a type for each kind of ID.
macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        ///
        /// In JSON, it is written as a string and read from a string or an integer.
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// Creates an ID from its number.
            pub const fn new(id: u64) -> Self {
                Self(id)
            }

            /// Returns the number.
            pub const fn get(self) -> u64 {
                self.0
            }

            /// Returns the smallest ID with this creation time, to be used as `before` or `after` when paging.
            ///
            /// Times before 2015 give 0. Times after 2154 give the largest ID.
            pub fn from_time(time: SystemTime) -> Self {
                Self(earliest(time))
            }

            /// Returns when Discord created the object.
            pub fn created_at(self) -> SystemTime {
                SystemTime::UNIX_EPOCH + Duration::from_millis(unix_millis(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.parse().map(Self).map_err(|_| ParseIdError(()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl Read for $name {
            #[inline]
            fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
                snowflake(reader).map(Self)
            }
        }

        impl Key for $name {
            fn from_name(name: &str) -> Option<Self> {
                name.parse().ok().map(Self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Snowflake).map(Self)
            }
        }
    )+};
}

/// Reads a string of digits, or an integer, which Discord sends in a few places such as `sound_id`.
fn snowflake(reader: &mut Reader<'_>) -> json::Result<u64> {
    if reader.peek()? != b'"' {
        return u64::read(reader);
    }
    match reader.known_string(leading_digits) {
        Some(number) => Ok(number),
        None => unusual_snowflake(reader),
    }
}

#[cold]
fn unusual_snowflake(reader: &mut Reader<'_>) -> json::Result<u64> {
    reader.string()?.parse().map_err(|_| json::Error::new("a string that is not an ID"))
}

/// Reads an ID for serde, like [`snowflake`].
struct Snowflake;

impl Visitor<'_> for Snowflake {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an ID: a string of digits, or an integer")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        match leading_digits(text.as_bytes()) {
            Some((number, length)) if length == text.len() => Ok(number),
            _ => text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_u64<E: de::Error>(self, id: u64) -> Result<u64, E> {
        Ok(id)
    }
}

/// Parses the 16 to 19 digits at the beginning of a text, the length of all IDs but the very first ones. Returns their
/// number and count. It takes eight digits at a time, because a message contains a dozen IDs.
#[inline]
fn leading_digits(text: &[u8]) -> Option<(u64, usize)> {
    let (high, rest) = text.split_first_chunk()?;
    let (low, rest) = rest.split_first_chunk()?;
    let mut number = eight_digits(*high)? * 100_000_000 + eight_digits(*low)?;
    let mut count = 16;
    for digit in rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()) {
        number = number * 10 + u64::from(digit - b'0');
        count += 1;
    }
    Some((number, count))
}

/// Parses eight digits. Each step combines neighbours: digits to pairs, pairs to groups of four, these to the number.
fn eight_digits(text: [u8; 8]) -> Option<u64> {
    const ZEROS: u64 = u64::from_ne_bytes([b'0'; 8]);
    let text = u64::from_le_bytes(text);
    let digits = text ^ ZEROS;
    // A byte is a digit if it is now at most nine: it is below 0x10, with six added or not.
    if (digits | digits.wrapping_add(ZEROS / 8)) & (u64::MAX / 255 * 0xf0) != 0 {
        return None;
    }
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours * 10_000 + (fours >> 32)) & 0xffff_ffff)
}

ids! {
    /// The ID of a launch of an [activity](https://docs.discord.com/developers/resources/application#get-application-activity-instance).
    ActivityLaunchId;
    /// The ID of an object whose type is in another field. Convert it by its number: `RoleId::new(id.get())`.
    AnyId;
    /// The ID of an [application](https://docs.discord.com/developers/resources/application).
    ApplicationId;
    /// The ID of an [attachment](https://docs.discord.com/developers/resources/message#attachment-object).
    AttachmentId;
    /// The ID of an [audit log entry](https://docs.discord.com/developers/resources/audit-log).
    AuditLogEntryId;
    /// The ID of an [auto moderation rule](https://docs.discord.com/developers/resources/auto-moderation).
    AutoModerationRuleId;
    /// The ID of a [channel](https://docs.discord.com/developers/resources/channel) or thread.
    ChannelId;
    /// The ID of an [application command](https://docs.discord.com/developers/interactions/application-commands).
    CommandId;
    /// The ID of a version of an [application command](https://docs.discord.com/developers/interactions/application-commands).
    CommandVersionId;
    /// The ID of a custom [emoji](https://docs.discord.com/developers/resources/emoji).
    EmojiId;
    /// The ID of an [entitlement](https://docs.discord.com/developers/resources/entitlement).
    EntitlementId;
    /// The ID of a [guild](https://docs.discord.com/developers/resources/guild).
    GuildId;
    /// The ID of an [integration](https://docs.discord.com/developers/resources/guild#integration-object).
    IntegrationId;
    /// The ID of an [interaction](https://docs.discord.com/developers/interactions/receiving-and-responding).
    InteractionId;
    /// The ID of a user's request to [join a guild](https://docs.discord.com/developers/resources/guild#membership-screening-object).
    JoinRequestId;
    /// The ID of a [lobby](https://docs.discord.com/developers/resources/lobby).
    LobbyId;
    /// The ID of a [message](https://docs.discord.com/developers/resources/message).
    MessageId;
    /// The ID of the role or user of a [permission overwrite](https://docs.discord.com/developers/resources/channel#overwrite-object).
    OverwriteId;
    /// The ID of an [onboarding](https://docs.discord.com/developers/resources/guild#guild-onboarding-object) prompt.
    PromptId;
    /// The ID of an option of an [onboarding](https://docs.discord.com/developers/resources/guild#guild-onboarding-object) prompt.
    PromptOptionId;
    /// The ID of a [role](https://docs.discord.com/developers/topics/permissions#role-object).
    RoleId;
    /// The ID of a [scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event).
    ScheduledEventId;
    /// The ID of an exception of a recurring [scheduled event](https://docs.discord.com/developers/resources/guild-scheduled-event): an occurrence that differs from the others.
    ScheduledEventExceptionId;
    /// The ID of a [SKU](https://docs.discord.com/developers/resources/sku).
    SkuId;
    /// The ID of a [soundboard sound](https://docs.discord.com/developers/resources/soundboard).
    SoundId;
    /// The ID of a [stage instance](https://docs.discord.com/developers/resources/stage-instance).
    StageInstanceId;
    /// The ID of the banner of a [sticker pack](https://docs.discord.com/developers/resources/sticker#sticker-pack-object).
    StickerBannerId;
    /// The ID of a [sticker](https://docs.discord.com/developers/resources/sticker).
    StickerId;
    /// The ID of a [sticker pack](https://docs.discord.com/developers/resources/sticker#sticker-pack-object).
    StickerPackId;
    /// The ID of a [subscription](https://docs.discord.com/developers/resources/subscription).
    SubscriptionId;
    /// The ID of a forum's [tag](https://docs.discord.com/developers/resources/channel#forum-tag-object).
    TagId;
    /// The ID of a [team](https://docs.discord.com/developers/topics/teams).
    TeamId;
    /// The ID of a [user](https://docs.discord.com/developers/resources/user).
    UserId;
    /// The ID of a [webhook](https://docs.discord.com/developers/resources/webhook).
    WebhookId;
}

/// Declares the IDs that can be converted to an [`AnyId`].
macro_rules! into_any_id {
    ($($id:ident)+) => {$(
        impl From<$id> for AnyId {
            fn from(id: $id) -> Self {
                AnyId(id.0)
            }
        }
    )+};
}

into_any_id! { ApplicationId ChannelId CommandId GuildId MessageId RoleId UserId }

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, SystemTime};

    use super::{ChannelId, MessageId, UserId};

    #[test]
    fn an_id_is_read_from_a_string_or_an_integer_and_written_as_a_string() {
        for json in ["\"175928847299117063\"", "175928847299117063"] {
            let id: UserId = serde_json::from_str(json).unwrap();
            assert_eq!(id.get(), 175_928_847_299_117_063);
            assert_eq!(serde_json::to_string(&id).unwrap(), "\"175928847299117063\"");
        }
    }

    #[test]
    fn an_invalid_id_is_rejected_and_named_in_the_error() {
        for json in ["\"\"", "\"12x\"", "-1", "1.5", "null", "\"18446744073709551616\"", "[]"] {
            assert!(serde_json::from_str::<UserId>(json).is_err(), "{json}");
        }
        let error = serde_json::from_str::<UserId>("\"12x\"").unwrap_err().to_string();
        assert!(error.contains("12x") && error.contains("digits"), "{error}");
    }

    #[test]
    fn ids_of_every_length_are_read_to_the_last_digit() {
        for length in 1..=19 {
            let digits = &"1234567890987654321"[..length];
            let id: UserId = serde_json::from_str(&format!("\"{digits}\"")).unwrap();
            assert_eq!(id.to_string(), digits);
            for place in 0..length {
                for wrong in ["/", ":", "p", " ", "\u{7f}", "\u{b0}"] {
                    let text = format!("\"{}{wrong}{}\"", &digits[..place], &digits[place + 1..]);
                    assert!(serde_json::from_str::<UserId>(&text).is_err(), "{text}");
                }
            }
        }
        let largest: UserId = serde_json::from_str("\"18446744073709551615\"").unwrap();
        assert_eq!(largest.get(), u64::MAX);
    }

    /// The example of Discord's page about snowflakes.
    #[test]
    fn an_id_contains_its_creation_time() {
        let id: MessageId = "175928847299117063".parse().unwrap();
        assert_eq!(id.created_at(), SystemTime::UNIX_EPOCH + Duration::from_millis(1_462_015_105_796));
        // The largest ID is a valid time and does not panic.
        assert!(MessageId::new(u64::MAX).created_at() > id.created_at());
    }

    #[test]
    fn from_time_returns_the_first_id_of_the_millisecond() {
        let id: MessageId = "175928847299117063".parse().unwrap();
        assert_eq!(MessageId::from_time(id.created_at()).get(), id.get() >> 22 << 22);
        assert_eq!(MessageId::from_time(SystemTime::UNIX_EPOCH).get(), 0);
        assert_eq!(MessageId::from_time(SystemTime::UNIX_EPOCH - Duration::from_secs(1)).get(), 0);
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 39);
        assert_eq!(MessageId::from_time(far).get(), u64::MAX);
    }

    #[test]
    fn a_text_that_is_no_id_is_an_error_that_says_what_an_id_is() {
        for text in ["", "general", "<#7>", " 7", "-1", "18446744073709551616"] {
            let error = text.parse::<ChannelId>().unwrap_err();
            assert!(error.to_string().starts_with("not a Discord ID: expected a number"), "{error}");
            // This is what a `main` that returns it prints.
            assert_eq!(format!("{error:?}"), error.to_string());
        }
    }

    #[test]
    fn debug_names_the_type_and_display_does_not() {
        assert_eq!(format!("{0} {0:?}", ChannelId::new(7)), "7 ChannelId(7)");
    }
}
