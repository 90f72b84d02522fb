use serde::Serialize;

use crate::id::{AnyId, ChannelId, RoleId, UserId};
use crate::json::object;
use crate::model::open_enum::string_enum;
use crate::model::{ChannelType, Emoji, List};

/// A [string select](https://docs.discord.com/developers/components/reference#string-select): a select menu with given options.
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
#[doc(alias = "dropdown")]
#[doc(alias = "select menu")]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct StringSelect {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// The options, 1-25.
    pub options: List<SelectOption>,
    /// The placeholder if nothing is selected, up to 150 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The minimum number of selected options, 0-25. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// The maximum number of selected options, 1-25. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a selection is required; only in modals. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether the select menu is disabled; not allowed in modals.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { StringSelect {
    id, custom_id, options, placeholder, min_values, max_values, required, disabled,
} }

/// An [option of a string select](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct SelectOption {
    /// The label, up to 100 characters.
    pub label: String,
    /// The value that the bot receives, up to 100 characters.
    pub value: String,
    /// The description, up to 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The emoji before the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// Whether the option is selected by default.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { SelectOption {
    label, value, description, emoji, default,
} }

/// A select menu for [users](https://docs.discord.com/developers/components/reference#user-select), [roles](https://docs.discord.com/developers/components/reference#role-select), [both](https://docs.discord.com/developers/components/reference#mentionable-select) or [channels](https://docs.discord.com/developers/components/reference#channel-select). The variant of [`Component`](super::Component) decides which.
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
#[doc(alias = "dropdown")]
#[doc(alias = "select menu")]
#[doc(alias = "user select")]
#[doc(alias = "role select")]
#[doc(alias = "channel select")]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct EntitySelect {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// The types of the channels that can be selected. If empty: all.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channel_types: List<ChannelType>,
    /// The placeholder if nothing is selected, up to 150 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The entities that are selected by default.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub default_values: List<SelectDefaultValue>,
    /// The minimum number of selected entities, 0-25. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// The maximum number of selected entities, 1-25. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a selection is required; only in modals. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether the select menu is disabled; not allowed in modals.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { EntitySelect {
    id, custom_id, channel_types, placeholder, default_values, min_values, max_values, required, disabled,
} }

/// A [default value of a select menu](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure): an entity that is selected by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SelectDefaultValue {
    /// The ID of the user, role or channel.
    pub id: AnyId,
    /// The type of entity; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: SelectDefaultValueType,
}

object! { SelectDefaultValue {
    id: required, kind = "type",
} }

impl SelectDefaultValue {
    /// Creates a default value.
    pub fn new(id: impl Into<AnyId>, kind: SelectDefaultValueType) -> Self {
        SelectDefaultValue { id: id.into(), kind }
    }
}

string_enum! {
    /// The type of a select menu's [default value](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
    SelectDefaultValueType {
    USER = "user",
    ROLE = "role",
    CHANNEL = "channel",
    }
}

impl StringSelect {
    /// Creates a select menu without options. The custom ID has 1-100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        StringSelect { custom_id: custom_id.into(), ..StringSelect::default() }
    }

    /// Adds an option.
    pub fn option(mut self, option: SelectOption) -> Self {
        self.options.push(option);
        self
    }

    /// Sets the options.
    pub fn options(mut self, options: impl IntoIterator<Item = SelectOption>) -> Self {
        self.options = options.into_iter().collect();
        self
    }

    /// Sets the placeholder if nothing is selected, up to 150 characters.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// Sets the minimum number of selected options, 0-25. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of selected options, 1-25. Default: 1.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Sets whether a selection is required; only in modals. Default: true.
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Sets whether the select menu is disabled; not allowed in modals.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

impl SelectOption {
    /// Creates an option. The label and the value have 1-100 characters each.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        SelectOption { label: label.into(), value: value.into(), ..SelectOption::default() }
    }

    /// Sets the description, up to 100 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the emoji before the label.
    pub fn emoji(mut self, emoji: impl Into<Emoji>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }

    /// Sets whether the option is selected by default; `default` in JSON.
    #[doc(alias = "default")]
    pub fn preselected(mut self, preselected: bool) -> Self {
        self.default = preselected;
        self
    }
}

impl EntitySelect {
    /// Creates a select menu. The custom ID has 1-100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        EntitySelect { custom_id: custom_id.into(), ..EntitySelect::default() }
    }

    /// Sets the types of the channels that can be selected.
    pub fn channel_types(mut self, kinds: impl IntoIterator<Item = ChannelType>) -> Self {
        self.channel_types = kinds.into_iter().collect();
        self
    }

    /// Selects a user by default.
    pub fn default_user(self, user: UserId) -> Self {
        self.with(SelectDefaultValue::new(user, SelectDefaultValueType::USER))
    }

    /// Selects a role by default.
    pub fn default_role(self, role: RoleId) -> Self {
        self.with(SelectDefaultValue::new(role, SelectDefaultValueType::ROLE))
    }

    /// Selects a channel by default.
    pub fn default_channel(self, channel: ChannelId) -> Self {
        self.with(SelectDefaultValue::new(channel, SelectDefaultValueType::CHANNEL))
    }

    /// Sets the placeholder if nothing is selected, up to 150 characters.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// Sets the minimum number of selected entities, 0-25. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of selected entities, 1-25. Default: 1.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Sets whether a selection is required; only in modals. Default: true.
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Sets whether the select menu is disabled; not allowed in modals.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    fn with(mut self, value: SelectDefaultValue) -> Self {
        self.default_values.push(value);
        self
    }
}
