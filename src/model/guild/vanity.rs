use crate::json::object;
use serde::Serialize;

/// The invite that a guild [chose the code of](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct VanityUrl {
    /// The code; `None` where the guild chose none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How often it was used.
    pub uses: u64,
    /// Why it cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<VanityUrlError>,
}

object! { VanityUrl {
    code, uses, error,
} }

/// Why the [invite of a guild's own](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url) cannot be used.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct VanityUrlError {
    /// In words.
    pub message: String,
    /// Discord's number for it.
    pub code: u64,
}

object! { VanityUrlError {
    message, code,
} }
