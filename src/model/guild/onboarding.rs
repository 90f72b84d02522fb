use serde::Serialize;

use crate::id::{ChannelId, EmojiId, GuildId, PromptId, PromptOptionId, RoleId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{Emoji, List, ReactionEmoji};

/// The [onboarding](https://docs.discord.com/developers/resources/guild#guild-onboarding-object) of new members of a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Onboarding {
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// The prompts.
    pub prompts: List<OnboardingPrompt>,
    /// The IDs of the channels that all members join.
    pub default_channel_ids: List<ChannelId>,
    /// Whether onboarding is enabled.
    pub enabled: bool,
    /// The mode: which channels count towards the required number.
    pub mode: OnboardingMode,
}

object! { Onboarding {
    guild_id: required, prompts, default_channel_ids, enabled, mode,
} }

/// A [prompt of onboarding](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-prompt-structure): a question to new members.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OnboardingPrompt {
    /// The prompt ID; 0 for a new prompt.
    pub id: PromptId,
    /// The type of prompt; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: OnboardingPromptType,
    /// The options.
    pub options: List<PromptOption>,
    /// The title.
    pub title: String,
    /// Whether only one option can be selected.
    pub single_select: bool,
    /// Whether the prompt is required.
    pub required: bool,
    /// Whether the prompt is part of onboarding. Otherwise it is only shown in "Channels & Roles".
    pub in_onboarding: bool,
}

object! { OnboardingPrompt {
    id: required, kind = "type", options, title, single_select, required, in_onboarding,
} }

impl OnboardingPrompt {
    /// Creates a prompt that is part of onboarding, is not required and allows several options.
    ///
    /// ```
    /// use syncord::model::{OnboardingPrompt, PromptOption};
    ///
    /// let sailing = PromptOption::new("Sailing").emoji("⛵").channel(555088666872119298.into());
    /// let mut prompt = OnboardingPrompt::new("What brings you here?", [sailing]);
    /// prompt.required = true;
    /// ```
    pub fn new(title: impl Into<String>, options: impl IntoIterator<Item = PromptOption>) -> Self {
        OnboardingPrompt {
            id: PromptId::new(0),
            kind: OnboardingPromptType::MULTIPLE_CHOICE,
            options: options.into_iter().collect(),
            title: title.into(),
            single_select: false,
            required: false,
            in_onboarding: true,
        }
    }
}

/// An [option of a prompt](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-option-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PromptOption {
    /// The option ID; 0 for a new option.
    #[serde(skip_serializing_if = "is_unnumbered")]
    pub id: PromptOptionId,
    /// The IDs of the channels that a member joins with this option.
    pub channel_ids: List<ChannelId>,
    /// The IDs of the roles that a member receives with this option.
    pub role_ids: List<RoleId>,
    /// The emoji; only when reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The ID of the custom emoji; only when writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The name of the custom emoji or the Unicode emoji; only when writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
    /// Whether the emoji is animated; only when writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_animated: Option<bool>,
    /// The title.
    pub title: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

object! { PromptOption {
    id: default(unnumbered()), channel_ids, role_ids, emoji, emoji_id, emoji_name, emoji_animated, title,
    description,
} }

impl PromptOption {
    /// Creates an option without channels and roles.
    pub fn new(title: impl Into<String>) -> Self {
        PromptOption {
            id: unnumbered(),
            channel_ids: List::new(),
            role_ids: List::new(),
            emoji: None,
            emoji_id: None,
            emoji_name: None,
            emoji_animated: None,
            title: title.into(),
            description: None,
        }
    }

    /// Sets the description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Adds a channel that a member joins with this option.
    #[must_use]
    pub fn channel(mut self, channel: ChannelId) -> Self {
        self.channel_ids = self.channel_ids.into_iter().chain([channel]).collect();
        self
    }

    /// Adds a role that a member receives with this option.
    #[must_use]
    pub fn role(mut self, role: RoleId) -> Self {
        self.role_ids = self.role_ids.into_iter().chain([role]).collect();
        self
    }

    /// Sets the emoji: a Unicode emoji (`"👋"`), or a custom emoji of the guild (`"name:id"`).
    #[must_use]
    pub fn emoji(self, emoji: impl Into<ReactionEmoji>) -> Self {
        let (id, name) = match emoji.into() {
            ReactionEmoji::Unicode(emoji) => (None, emoji),
            ReactionEmoji::Custom { id, name } => (Some(id), name),
        };
        PromptOption { emoji: None, emoji_id: id, emoji_name: Some(name), emoji_animated: None, ..self }
    }
}

fn unnumbered() -> PromptOptionId {
    PromptOptionId::new(0)
}

fn is_unnumbered(id: &PromptOptionId) -> bool {
    *id == unnumbered()
}

int_enum! {
    /// The [mode of onboarding](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-mode): which channels count towards the required number.
    OnboardingMode {
    ONBOARDING_DEFAULT = 0,
    ONBOARDING_ADVANCED = 1,
    }
}

int_enum! {
    /// The [type of a prompt](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-types).
    OnboardingPromptType {
    MULTIPLE_CHOICE = 0,
    DROPDOWN = 1,
    }
}
