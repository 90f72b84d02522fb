use serde::{Deserialize, Serialize};

/// The invite that a guild [chose the code of](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VanityUrl {
    /// The code; `None` where the guild chose none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How often it was used.
    #[serde(default)]
    pub uses: u64,
    /// Why it cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<VanityUrlError>,
}

/// Why the [invite of a guild's own](https://docs.discord.com/developers/resources/guild#get-guild-vanity-url) cannot be used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VanityUrlError {
    /// In words.
    #[serde(default)]
    pub message: String,
    /// Discord's number for it.
    #[serde(default)]
    pub code: u64,
}
