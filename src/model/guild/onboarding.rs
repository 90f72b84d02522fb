use serde::Serialize;

use crate::id::{ChannelId, EmojiId, GuildId, PromptId, PromptOptionId, RoleId};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::{Emoji, List, ReactionEmoji};

/// What a guild [asks of newcomers](https://docs.discord.com/developers/resources/guild#guild-onboarding-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Onboarding {
    /// The guild.
    pub guild_id: GuildId,
    /// The questions.
    pub prompts: List<OnboardingPrompt>,
    /// The channels everybody gets.
    pub default_channel_ids: List<ChannelId>,
    /// Whether it is on.
    pub enabled: bool,
    /// What counts towards the channels that it must lead to.
    pub mode: OnboardingMode,
}

object! { Onboarding {
    guild_id: required, prompts, default_channel_ids, enabled, mode,
} }

/// A [question](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-prompt-structure) to newcomers.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct OnboardingPrompt {
    /// Its id; 0 until Discord gave it one.
    pub id: PromptId,
    /// How it is shown; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: OnboardingPromptType,
    /// The answers to choose from.
    pub options: List<PromptOption>,
    /// The question.
    pub title: String,
    /// Whether only one answer may be chosen.
    pub single_select: bool,
    /// Whether an answer is required.
    pub required: bool,
    /// Whether it is asked at the start, not only in "Channels & Roles".
    pub in_onboarding: bool,
}

object! { OnboardingPrompt {
    id: required, kind = "type", options, title, single_select, required, in_onboarding,
} }

impl OnboardingPrompt {
    /// A new question, asked at the start, to which one may choose several answers or none.
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

/// An [answer](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-option-structure) to choose.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PromptOption {
    /// Its id; 0 until Discord gave it one.
    #[serde(skip_serializing_if = "is_unnumbered")]
    pub id: PromptOptionId,
    /// The channels it adds.
    pub channel_ids: List<ChannelId>,
    /// The roles it gives.
    pub role_ids: List<RoleId>,
    /// The emoji before it, when read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The custom emoji before it, when written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_id: Option<EmojiId>,
    /// The name of the emoji before it, when written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_name: Option<String>,
    /// Whether that emoji moves, when written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_animated: Option<bool>,
    /// The answer.
    pub title: String,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

object! { PromptOption {
    id: default(unnumbered()), channel_ids, role_ids, emoji, emoji_id, emoji_name, emoji_animated, title,
    description,
} }

impl PromptOption {
    /// A new answer that does nothing yet.
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

    /// The same with what it means.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// The same with one more channel that it adds.
    #[must_use]
    pub fn channel(mut self, channel: ChannelId) -> Self {
        self.channel_ids = self.channel_ids.into_iter().chain([channel]).collect();
        self
    }

    /// The same with one more role that it gives.
    #[must_use]
    pub fn role(mut self, role: RoleId) -> Self {
        self.role_ids = self.role_ids.into_iter().chain([role]).collect();
        self
    }

    /// The same with an emoji before it: a Unicode one (`"👋"`) or one of the guild's (`"name:id"`).
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
    /// What [counts](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-onboarding-mode) towards the channels that onboarding must lead to.
    OnboardingMode {
    ONBOARDING_DEFAULT = 0,
    ONBOARDING_ADVANCED = 1,
    }
}

int_enum! {
    /// How a question is [shown](https://docs.discord.com/developers/resources/guild#guild-onboarding-object-prompt-types).
    OnboardingPromptType {
    MULTIPLE_CHOICE = 0,
    DROPDOWN = 1,
    }
}
