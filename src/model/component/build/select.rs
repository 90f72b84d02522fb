use super::super::{EntitySelect, SelectDefaultValue, SelectDefaultValueType, SelectOption, StringSelect};
use crate::id::{ChannelId, RoleId, UserId};
use crate::model::{ChannelType, Emoji};

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

/// Of users, roles or channels, so many can be chosen; which of them, the [`Component`](super::super::Component) says.
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
