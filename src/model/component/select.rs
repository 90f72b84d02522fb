use serde::Serialize;

use crate::id::{AnyId, ChannelId, RoleId, UserId};
use crate::json::object;
use crate::model::open_enum::text;
use crate::model::{ChannelType, Emoji, List};

/// A [choice among given texts](https://docs.discord.com/developers/components/reference#string-select).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct StringSelect {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answers are known by.
    pub custom_id: String,
    /// What can be chosen.
    pub options: List<SelectOption>,
    /// What it says while nothing is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// How many must be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a modal must have an answer; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether nothing can be chosen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { StringSelect {
    id, custom_id, options, placeholder, min_values, max_values, required, disabled,
} }

/// One [text that can be chosen](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SelectOption {
    /// What it says.
    pub label: String,
    /// What the answer contains.
    pub value: String,
    /// A second, smaller text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The emoji before its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// Whether it is chosen from the start.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { SelectOption {
    label, value, description, emoji, default,
} }

/// A choice among [users](https://docs.discord.com/developers/components/reference#user-select), [roles](https://docs.discord.com/developers/components/reference#role-select), [both](https://docs.discord.com/developers/components/reference#mentionable-select) or [channels](https://docs.discord.com/developers/components/reference#channel-select).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct EntitySelect {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answers are known by.
    pub custom_id: String,
    /// The kinds of channels that can be chosen; all where it is empty.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channel_types: List<ChannelType>,
    /// What it says while nothing is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What is chosen from the start.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub default_values: List<SelectDefaultValue>,
    /// How many must be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a modal must have an answer; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether nothing can be chosen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { EntitySelect {
    id, custom_id, channel_types, placeholder, default_values, min_values, max_values, required, disabled,
} }

/// What is [chosen from the start](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SelectDefaultValue {
    /// The id of the user, role or channel.
    pub id: AnyId,
    /// Which of these it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: SelectDefaultValueType,
}

object! { SelectDefaultValue {
    id: required, kind = "type": required,
} }

impl SelectDefaultValue {
    /// This user, role or channel.
    pub fn new(id: impl Into<AnyId>, kind: SelectDefaultValueType) -> Self {
        SelectDefaultValue { id: id.into(), kind }
    }
}

text! {
    /// Whether a [default value](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure) is a user, a role or a channel.
    SelectDefaultValueType {
    USER = "user",
    ROLE = "role",
    CHANNEL = "channel",
    }
}

/// Of 1 to 25 texts, so many can be chosen.
///
/// ```
/// use syncord::model::component::{ActionRow, SelectOption, StringSelect};
///
/// let tide = StringSelect::new("tide")
///     .option(SelectOption::new("High", "high").description("Water everywhere"))
///     .option(SelectOption::new("Low", "low").emoji("🐚").preselected(true))
///     .placeholder("Which tide?");
/// assert_eq!(ActionRow::new([tide]).components.len(), 1);
/// ```
impl StringSelect {
    /// A select with nothing to choose yet, known by this custom id of 1 to 100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        StringSelect { custom_id: custom_id.into(), ..StringSelect::default() }
    }

    /// Adds something that can be chosen.
    pub fn option(mut self, option: SelectOption) -> Self {
        self.options.push(option);
        self
    }

    /// Sets what can be chosen.
    pub fn options(mut self, options: impl IntoIterator<Item = SelectOption>) -> Self {
        self.options = options.into_iter().collect();
        self
    }

    /// Sets what it says while nothing is chosen: at most 150 characters.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// Sets the minimum number of choices: 0 to 25. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of choices: 1 to 25. Default: 1.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Whether a modal must have an answer (yes).
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Whether nothing can be chosen; not in modals.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

impl SelectOption {
    /// This label for this value, each with 1 to 100 characters.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        SelectOption { label: label.into(), value: value.into(), ..SelectOption::default() }
    }

    /// Sets a second, smaller text of at most 100 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the emoji before its label.
    pub fn emoji(mut self, emoji: impl Into<Emoji>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }

    /// Whether it is chosen from the start.
    #[doc(alias = "default")]
    pub fn preselected(mut self, preselected: bool) -> Self {
        self.default = preselected;
        self
    }
}

/// Of users, roles or channels, so many can be chosen; which of them, the [`Component`](super::Component) says.
///
/// ```
/// use syncord::id::UserId;
/// use syncord::model::Component;
/// use syncord::model::component::{ActionRow, EntitySelect};
///
/// let crew = EntitySelect::new("crew").default_user(UserId::new(7)).min_values(1).max_values(5);
/// let row = ActionRow::new([Component::UserSelect(crew)]);
/// assert_eq!(row.components.len(), 1);
/// ```
impl EntitySelect {
    /// A select that is known by this custom id of 1 to 100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        EntitySelect { custom_id: custom_id.into(), ..EntitySelect::default() }
    }

    /// Offers channels of these kinds only.
    pub fn channel_types(mut self, kinds: impl IntoIterator<Item = ChannelType>) -> Self {
        self.channel_types = kinds.into_iter().collect();
        self
    }

    /// Has this user chosen from the start.
    pub fn default_user(self, user: UserId) -> Self {
        self.with(SelectDefaultValue::new(user, SelectDefaultValueType::USER))
    }

    /// Has this role chosen from the start.
    pub fn default_role(self, role: RoleId) -> Self {
        self.with(SelectDefaultValue::new(role, SelectDefaultValueType::ROLE))
    }

    /// Has this channel chosen from the start.
    pub fn default_channel(self, channel: ChannelId) -> Self {
        self.with(SelectDefaultValue::new(channel, SelectDefaultValueType::CHANNEL))
    }

    /// Sets what it says while nothing is chosen: at most 150 characters.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// Sets the minimum number of choices: 0 to 25. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of choices: 1 to 25. Default: 1.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Whether a modal must have an answer (yes).
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Whether nothing can be chosen; not in modals.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    fn with(mut self, value: SelectDefaultValue) -> Self {
        self.default_values.push(value);
        self
    }
}
