use serde::{Deserialize, Serialize};

use crate::id::{ChannelId, EmojiId, GuildId, PromptId, PromptOptionId, RoleId};
use crate::model::number::number;
use crate::model::{Emoji, List, lenient};

/// What a guild [asks of newcomers](https://docs.discord.com/developers/resources/guild#guild-onboarding-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Onboarding {
    /// The guild.
    pub guild_id: GuildId,
    /// The questions.
    #[serde(default)]
    pub prompts: List<OnboardingPrompt>,
    /// The channels everybody gets.
    #[serde(default)]
    pub default_channel_ids: List<ChannelId>,
    /// Whether it is on.
    #[serde(default)]
    pub enabled: bool,
    /// What counts towards the channels that it must lead to.
    #[serde(default)]
    pub mode: OnboardingMode,
}

/// A [question](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-prompt-structure) to newcomers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OnboardingPrompt {
    /// Its id.
    pub id: PromptId,
    /// How it is shown; `type` in Discord's words.
    #[serde(default, rename = "type")]
    pub kind: OnboardingPromptType,
    /// The answers to choose from.
    #[serde(default)]
    pub options: List<PromptOption>,
    /// The question.
    #[serde(default)]
    pub title: String,
    /// Whether only one answer may be chosen.
    #[serde(default)]
    pub single_select: bool,
    /// Whether an answer is required.
    #[serde(default)]
    pub required: bool,
    /// Whether it is asked at the start, not only in "Channels & Roles".
    #[serde(default)]
    pub in_onboarding: bool,
}

/// An [answer](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-option-structure) to choose.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PromptOption {
    /// Its id.
    pub id: PromptOptionId,
    /// The channels it adds.
    #[serde(default)]
    pub channel_ids: List<ChannelId>,
    /// The roles it gives.
    #[serde(default)]
    pub role_ids: List<RoleId>,
    /// The emoji before it, when read.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The custom emoji before it, when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The name of the emoji before it, when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
    /// Whether that emoji moves, when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji_animated: Option<bool>,
    /// The answer.
    #[serde(default)]
    pub title: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

number! {
    /// What [counts](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-mode) towards the channels that onboarding must lead to.
    OnboardingMode {
    ONBOARDING_DEFAULT = 0,
    ONBOARDING_ADVANCED = 1,
    }
}

number! {
    /// How a question is [shown](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-types).
    OnboardingPromptType {
    MULTIPLE_CHOICE = 0,
    DROPDOWN = 1,
    }
}
