use crate::json::object;
use serde::Serialize;

/// The [vanity URL](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url) of a guild: an invite with a custom code.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VanityUrl {
    /// The code; `None` if the guild has no vanity URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How often the invite was used.
    pub uses: u64,
    /// Why the invite cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<VanityUrlError>,
}

object! { VanityUrl {
    code, uses, error,
} }

/// Why a guild's [vanity URL](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url) cannot be used.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VanityUrlError {
    /// The message.
    pub message: String,
    /// The error code.
    pub code: u64,
}

object! { VanityUrlError {
    message, code,
} }
