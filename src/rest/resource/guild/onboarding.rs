use crate::error::Error;
use crate::id::{ChannelId, GuildId, PromptId};
use crate::model::{
    List, NewMemberWelcome, Onboarding, OnboardingMode, OnboardingPrompt, PromptOption, WelcomeScreen,
    WelcomeScreenChannel,
};
use crate::rest::check::{at_field, both, chars, count, each, elements, invalid};
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, route};

/// Minimum number of default channels of onboarding; see [Modify Guild Onboarding](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding).
const MIN_CHANNELS: usize = 7;

/// Maximum number of options of a prompt, and of roles and of channels of an option.
const MAX_OPTION_ELEMENTS: usize = 50;

/// Maximum length of the name of an emoji, in characters.
const MAX_EMOJI: usize = 100;

options! {
    /// The fields of a guild's welcome screen to change: [Modify Guild Welcome Screen](https://docs.discord.com/developers/resources/guild#modify-guild-welcome-screen).
    ///
    /// ```
    /// use syncord::model::WelcomeScreenChannel;
    /// use syncord::rest::ModifyGuildWelcomeScreen;
    ///
    /// let rules = WelcomeScreenChannel::new(697138785317814292.into(), "Read the rules").emoji("📜");
    /// let screen = ModifyGuildWelcomeScreen::new().enabled(true).welcome_channels([rules]);
    /// assert!(screen.check().is_ok());
    /// ```
    ModifyGuildWelcomeScreen {
        /// Whether the welcome screen is shown.
        enabled: bool,
        /// The suggested channels: at most 5, each with a description of 1-50 characters.
        welcome_channels: Vec<WelcomeScreenChannel> [into] => both(count(0..=5), each(welcome_channel)),
        /// The description, at most 140 characters.
        description / no_description: String [into] => chars(0..=140),
    }
}

fn welcome_channel(channel: &WelcomeScreenChannel) -> Result<(), Error> {
    at_field(chars(1..=50)(&channel.description), || "description".to_owned())
}

options! {
    /// The onboarding of a guild: [Modify Guild Onboarding](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding).
    ///
    /// ```
    /// use syncord::model::{OnboardingPrompt, PromptOption};
    /// use syncord::rest::ModifyGuildOnboarding;
    ///
    /// let options = [
    ///     PromptOption::new("Sailing").emoji("⛵").role(613425648685547541.into()),
    ///     PromptOption::new("Fishing").emoji("🎣").channel(697138785317814292.into()),
    /// ];
    /// let prompt = OnboardingPrompt::new("What brings you here?", options);
    /// assert!(ModifyGuildOnboarding::new().prompts([prompt]).check().is_ok());
    /// ```
    ModifyGuildOnboarding {
        /// All prompts: at most 15, each with a title of 1-100 characters and 1-50 options. An option has a title of
        /// 1-50 characters and a description of at most 100. Prompts that Discord returned can be sent again.
        prompts: Vec<OnboardingPrompt> [into] => both(count(0..=15), each(prompt)),
        /// The channels that all members get, at most 500. To be [`enabled`](Self::enabled), onboarding needs at
        /// least 7, and `@everyone` must be able to write in at least 5 of them.
        default_channel_ids: Vec<ChannelId> [into] => count(0..=500),
        /// Whether onboarding is enabled.
        enabled: bool,
        /// The mode, which defines which channels count towards the required number.
        mode: OnboardingMode,
    } and Self::check_combination
}

impl ModifyGuildOnboarding {
    fn check_combination(&self) -> Result<(), Error> {
        let channels = self.default_channel_ids.value().map_or(MIN_CHANNELS, Vec::len);
        if channels < MIN_CHANNELS
            && self.enabled.value() == Some(&true)
            && self.mode.value() == Some(&OnboardingMode::ONBOARDING_DEFAULT)
        {
            let problem = format!(
                "at least {MIN_CHANNELS} are required to enable onboarding in this mode, and this has {channels}"
            );
            return invalid("default_channel_ids", problem);
        }
        Ok(())
    }

    /// Returns a copy as Discord expects it: each prompt has an ID (for a new prompt, any number that is unique in
    /// the request), and the emoji of an option is in separate fields.
    fn to_request(&self) -> Self {
        let Some(prompts) = self.prompts.value() else { return self.clone() };
        let prompts: Vec<_> =
            (1..).zip(prompts).map(|(index, prompt)| to_request_prompt(prompt, index)).collect();
        self.clone().prompts(prompts)
    }
}

fn to_request_prompt(prompt: &OnboardingPrompt, index: u64) -> OnboardingPrompt {
    let mut prompt = prompt.clone();
    if prompt.id.get() == 0 {
        prompt.id = PromptId::new(index);
    }
    for option in prompt.options.iter_mut() {
        if let Some(emoji) = option.emoji.take() {
            option.emoji_id = emoji.id;
            option.emoji_animated = emoji.id.map(|_| emoji.animated);
            option.emoji_name = emoji.name;
        }
    }
    prompt
}

fn prompt(prompt: &OnboardingPrompt) -> Result<(), Error> {
    at_field(chars(1..=100)(&prompt.title), || "title".to_owned())?;
    at_field(list_length(1, MAX_OPTION_ELEMENTS, &prompt.options), || "options".to_owned())?;
    for (index, prompt_option) in prompt.options.iter().enumerate() {
        at_field(option(prompt_option), || format!("options[{index}]"))?;
    }
    Ok(())
}

fn option(option: &PromptOption) -> Result<(), Error> {
    at_field(chars(1..=50)(&option.title), || "title".to_owned())?;
    if let Some(description) = &option.description {
        at_field(chars(0..=100)(description), || "description".to_owned())?;
    }
    let emoji = option.emoji.as_ref().and_then(|emoji| emoji.name.as_ref()).or(option.emoji_name.as_ref());
    if let Some(name) = emoji {
        at_field(chars(0..=MAX_EMOJI)(name), || "emoji_name".to_owned())?;
    }
    at_field(list_length(0, MAX_OPTION_ELEMENTS, &option.role_ids), || "role_ids".to_owned())?;
    at_field(list_length(0, MAX_OPTION_ELEMENTS, &option.channel_ids), || "channel_ids".to_owned())
}

fn list_length<T>(min: usize, max: usize, list: &List<T>) -> Result<(), Error> {
    elements("", list.len() + list.unreadable().len(), &(min..=max))
}

impl Client {
    /// Returns the welcome screen of a guild: [Get Guild Welcome Screen](https://docs.discord.com/developers/resources/guild#get-guild-welcome-screen).
    ///
    /// Needs `MANAGE_GUILD` if it is not enabled.
    pub fn guild_welcome_screen(&self, guild: GuildId) -> Result<WelcomeScreen, Error> {
        self.fetch(route::GUILD_WELCOME_SCREEN.at(&[&guild]))
    }

    /// Changes the welcome screen of a guild: [Modify Guild Welcome Screen](https://docs.discord.com/developers/resources/guild#modify-guild-welcome-screen).
    ///
    /// Needs `MANAGE_GUILD`. The audit log entry can have a [reason](Client::reason).
    pub fn modify_guild_welcome_screen(
        &self,
        guild: GuildId,
        changes: &ModifyGuildWelcomeScreen,
    ) -> Result<WelcomeScreen, Error> {
        self.change(route::MODIFY_GUILD_WELCOME_SCREEN.at(&[&guild]), changes)
    }

    /// Returns the onboarding of a guild: [Get Guild Onboarding](https://docs.discord.com/developers/resources/guild#get-guild-onboarding).
    pub fn guild_onboarding(&self, guild: GuildId) -> Result<Onboarding, Error> {
        self.fetch(route::GUILD_ONBOARDING.at(&[&guild]))
    }

    /// Changes the onboarding of a guild: [Modify Guild Onboarding](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding).
    ///
    /// Needs `MANAGE_GUILD` and `MANAGE_ROLES`. The audit log entry can have a [reason](Client::reason).
    pub fn modify_guild_onboarding(
        &self,
        guild: GuildId,
        changes: &ModifyGuildOnboarding,
    ) -> Result<Onboarding, Error> {
        self.change(route::MODIFY_GUILD_ONBOARDING.at(&[&guild]), &changes.to_request())
    }

    /// Returns the welcome that the guild's Server Guide shows to new members, or `None` if there is none.
    ///
    /// Discord's documentation does not describe this endpoint; it is in the
    /// [OpenAPI specification](https://github.com/discord/discord-api-spec).
    pub fn guild_new_member_welcome(&self, guild: GuildId) -> Result<Option<NewMemberWelcome>, Error> {
        self.read_if_any(Request::new(route::GUILD_NEW_MEMBER_WELCOME.at(&[&guild])))
    }
}

#[cfg(test)]
mod tests {
    use super::{ModifyGuildOnboarding, ModifyGuildWelcomeScreen};
    use crate::id::{ChannelId, RoleId};
    use crate::model::{OnboardingMode, OnboardingPrompt, PromptOption, WelcomeScreenChannel};
    use crate::rest::check::problem;

    fn with_options(options: impl IntoIterator<Item = PromptOption>) -> ModifyGuildOnboarding {
        ModifyGuildOnboarding::new().prompts([OnboardingPrompt::new("Why?", options)])
    }

    #[test]
    fn the_limits_on_onboarding_are_those_of_the_page() {
        let welcome = |text: &str| {
            let channel = WelcomeScreenChannel::new(1.into(), text);
            ModifyGuildWelcomeScreen::new().welcome_channels([channel])
        };
        let channels = |count: u64| (1..=count).map(ChannelId::new).collect::<Vec<_>>();
        let option = PromptOption::new("a");
        let mut with_too_many_roles = option.clone();
        with_too_many_roles.role_ids = (1..=51).map(RoleId::new).collect();
        let enabled =
            |mode| ModifyGuildOnboarding::new().enabled(true).mode(mode).default_channel_ids(channels(6));
        let table = [
            (problem(welcome("Say hello").check()), "fine"),
            (
                problem(welcome("").check()),
                "welcome_channels[0].description: 1 to 50 characters, and this has 0",
            ),
            (
                problem(ModifyGuildWelcomeScreen::new().description("é".repeat(141)).check()),
                "description: at most 140 characters, and this has 141",
            ),
            (problem(with_options([option.clone()]).check()), "fine"),
            (problem(with_options([]).check()), "prompts[0].options: 1 to 50 elements, and this has 0"),
            (
                problem(with_options([option.clone(), PromptOption::new("")]).check()),
                "prompts[0].options[1].title: 1 to 50 characters, and this has 0",
            ),
            (
                problem(with_options([option.description("é".repeat(101))]).check()),
                "prompts[0].options[0].description: at most 100 characters, and this has 101",
            ),
            (
                problem(with_options([with_too_many_roles]).check()),
                "prompts[0].options[0].role_ids: at most 50 elements, and this has 51",
            ),
            (problem(enabled(OnboardingMode::ONBOARDING_ADVANCED).check()), "fine"),
            (
                problem(enabled(OnboardingMode::ONBOARDING_DEFAULT).check()),
                "default_channel_ids: at least 7 are required to enable onboarding in this mode, and this has 6",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
