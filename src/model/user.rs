//! [Users](https://docs.discord.com/developers/resources/user).

use serde::{Deserialize, Serialize};

use super::lenient;
use super::number::flags;
use crate::id::UserId;

/// A [user](https://docs.discord.com/developers/resources/user#user-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The unique name.
    #[serde(default)]
    pub username: String,
    /// The number behind an old name (`4821` of `Tidekeeper#4821`); 0 where names are unique.
    #[serde(default, with = "discriminator")]
    pub discriminator: u16,
    /// The name it shows to others.
    #[serde(default)]
    pub global_name: Option<String>,
    /// The hash of its avatar.
    #[serde(default)]
    pub avatar: Option<String>,
    /// Whether it is a bot.
    #[serde(default)]
    pub bot: bool,
    /// Whether it speaks for Discord itself.
    #[serde(default)]
    pub system: bool,
    /// Flags that everybody may see.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub public_flags: UserFlags,
}

impl User {
    /// The name to call it by: the shown one, else the unique one.
    pub fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.username)
    }

    /// The text that mentions it in a message.
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }
}

/// Four digits, or `0`, in a string.
mod discriminator {
    use std::fmt;

    use serde::de::{self, Deserializer, Visitor};
    use serde::ser::Serializer;

    struct Digits;

    impl Visitor<'_> for Digits {
        type Value = u16;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string of digits")
        }

        // It is for show only, so that something else there is no reason to lose the user.
        fn visit_str<E: de::Error>(self, text: &str) -> Result<u16, E> {
            Ok(text.parse().unwrap_or(0))
        }

        fn visit_unit<E: de::Error>(self) -> Result<u16, E> {
            Ok(0)
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
        deserializer.deserialize_any(Digits)
    }

    pub(super) fn serialize<S: Serializer>(digits: &u16, serializer: S) -> Result<S::Ok, S::Error> {
        match digits {
            0 => serializer.serialize_str("0"),
            _ => serializer.collect_str(&format_args!("{digits:04}")),
        }
    }
}

flags! {
    /// [User flags](https://docs.discord.com/developers/resources/user#user-object-user-flags).
    UserFlags {
    STAFF = 0,
    PARTNER = 1,
    HYPESQUAD = 2,
    BUG_HUNTER_LEVEL_1 = 3,
    HYPESQUAD_ONLINE_HOUSE_1 = 6,
    HYPESQUAD_ONLINE_HOUSE_2 = 7,
    HYPESQUAD_ONLINE_HOUSE_3 = 8,
    PREMIUM_EARLY_SUPPORTER = 9,
    TEAM_PSEUDO_USER = 10,
    BUG_HUNTER_LEVEL_2 = 14,
    VERIFIED_BOT = 16,
    VERIFIED_DEVELOPER = 17,
    CERTIFIED_MODERATOR = 18,
    BOT_HTTP_INTERACTIONS = 19,
    }
}
