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

/// How many default channels onboarding needs; see [Modify Guild Onboarding](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding).
const LEAST_CHANNELS: usize = 7;

/// How many roles and how many channels an answer can give.
const MAX_GIVEN: usize = 50;

/// The longest name of an emoji, in characters.
const MAX_EMOJI: usize = 100;

options! {
    /// What to change of a guild's welcome screen: [Modify Guild Welcome Screen](https://docs.discord.com/developers/resources/guild#modify-guild-welcome-screen).
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
        /// Sets whether it is shown.
        enabled: bool,
        /// Sets the channels to begin with: at most 5, each with 1 to 50 characters that say what it is for.
        welcome_channels: Vec<WelcomeScreenChannel> [into] => both(count(0..=5), each(welcome_channel)),
        /// Sets what it says: at most 140 characters.
        description / no_description: String [into] => chars(0..=140),
    }
}

fn welcome_channel(channel: &WelcomeScreenChannel) -> Result<(), Error> {
    at_field(chars(1..=50)(&channel.description), || "description".to_owned())
}

options! {
    /// What a guild is to ask newcomers: [Modify Guild Onboarding](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding).
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
        /// Sets all questions: at most 15, each with a title of 1 to 100 characters and 1 to 50 answers, whose
        /// titles have 1 to 50 and their descriptions at most 100. Those that were read can be given back.
        prompts: Vec<OnboardingPrompt> [into] => both(count(0..=15), each(prompt)),
        /// Sets the channels everybody gets: at most 500, and to be [`enabled`](Self::enabled) at least 7, of
        /// which at least 5 let `@everyone` write.
        default_channel_ids: Vec<ChannelId> [into] => count(0..=500),
        /// Sets whether it is on.
        enabled: bool,
        /// Sets what counts towards the channels that it must lead to.
        mode: OnboardingMode,
    } and Self::consistent
}

impl ModifyGuildOnboarding {
    fn consistent(&self) -> Result<(), Error> {
        let channels = self.default_channel_ids.value().map_or(LEAST_CHANNELS, Vec::len);
        if channels < LEAST_CHANNELS
            && self.enabled.value() == Some(&true)
            && self.mode.value() == Some(&OnboardingMode::ONBOARDING_DEFAULT)
        {
            let problem =
                format!("at least {LEAST_CHANNELS} to be enabled in this mode, and this has {channels}");
            return invalid("default_channel_ids", problem);
        }
        Ok(())
    }

    /// The same as Discord takes it: each question has an id, which for a new one needs only be its own here,
    /// and the emoji of an answer is told in fields of its own.
    fn as_sent(&self) -> Self {
        let Some(prompts) = self.prompts.value() else { return self.clone() };
        let prompts: Vec<_> = (1..).zip(prompts).map(|(place, prompt)| numbered(prompt, place)).collect();
        self.clone().prompts(prompts)
    }
}

fn numbered(prompt: &OnboardingPrompt, place: u64) -> OnboardingPrompt {
    let mut prompt = prompt.clone();
    if prompt.id.get() == 0 {
        prompt.id = PromptId::new(place);
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
    at_field(at_most(1, MAX_GIVEN, &prompt.options), || "options".to_owned())?;
    for (place, answer) in prompt.options.iter().enumerate() {
        at_field(option(answer), || format!("options[{place}]"))?;
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
    at_field(at_most(0, MAX_GIVEN, &option.role_ids), || "role_ids".to_owned())?;
    at_field(at_most(0, MAX_GIVEN, &option.channel_ids), || "channel_ids".to_owned())
}

fn at_most<T>(least: usize, most: usize, list: &List<T>) -> Result<(), Error> {
    elements("", list.len() + list.unreadable().len(), &(least..=most))
}

impl Client {
    /// What greets newcomers: [Get Guild Welcome Screen](https://docs.discord.com/developers/resources/guild#get-guild-welcome-screen).
    ///
    /// Needs `MANAGE_GUILD` while it is not shown.
    pub fn guild_welcome_screen(&self, guild: GuildId) -> Result<WelcomeScreen, Error> {
        self.fetch(route::GUILD_WELCOME_SCREEN.at(&[&guild]))
    }

    /// Changes what greets newcomers: [Modify Guild Welcome Screen](https://docs.discord.com/developers/resources/guild#modify-guild-welcome-screen).
    ///
    /// Needs `MANAGE_GUILD`. It is [noted with a reason](Client::reason).
    pub fn modify_guild_welcome_screen(
        &self,
        guild: GuildId,
        changes: &ModifyGuildWelcomeScreen,
    ) -> Result<WelcomeScreen, Error> {
        self.change(route::MODIFY_GUILD_WELCOME_SCREEN.at(&[&guild]), changes)
    }

    /// What newcomers are asked: [Get Guild Onboarding](https://docs.discord.com/developers/resources/guild#get-guild-onboarding).
    pub fn guild_onboarding(&self, guild: GuildId) -> Result<Onboarding, Error> {
        self.fetch(route::GUILD_ONBOARDING.at(&[&guild]))
    }

    /// Changes what newcomers are asked: [Modify Guild Onboarding](https://docs.discord.com/developers/resources/guild#modify-guild-onboarding).
    ///
    /// Needs `MANAGE_GUILD` and `MANAGE_ROLES`. It is [noted with a reason](Client::reason).
    pub fn modify_guild_onboarding(
        &self,
        guild: GuildId,
        changes: &ModifyGuildOnboarding,
    ) -> Result<Onboarding, Error> {
        self.change(route::MODIFY_GUILD_ONBOARDING.at(&[&guild]), &changes.as_sent())
    }

    /// What the guild's Server Guide shows to new members; `None` where it has none.
    ///
    /// It has no page in Discord's documentation, only its row in the
    /// [specification](https://github.com/discord/discord-api-spec).
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

    fn asking(options: impl IntoIterator<Item = PromptOption>) -> ModifyGuildOnboarding {
        ModifyGuildOnboarding::new().prompts([OnboardingPrompt::new("Why?", options)])
    }

    #[test]
    fn the_limits_on_what_newcomers_see_are_those_of_the_page() {
        let greeting = |text: &str| {
            let channel = WelcomeScreenChannel::new(1.into(), text);
            ModifyGuildWelcomeScreen::new().welcome_channels([channel])
        };
        let channels = |count: u64| (1..=count).map(ChannelId::new).collect::<Vec<_>>();
        let option = PromptOption::new("a");
        let mut greedy = option.clone();
        greedy.role_ids = (1..=51).map(RoleId::new).collect();
        let enabled =
            |mode| ModifyGuildOnboarding::new().enabled(true).mode(mode).default_channel_ids(channels(6));
        let table = [
            (problem(greeting("Say hello").check()), "fine"),
            (
                problem(greeting("").check()),
                "welcome_channels[0].description: 1 to 50 characters, and this has 0",
            ),
            (
                problem(ModifyGuildWelcomeScreen::new().description("é".repeat(141)).check()),
                "description: at most 140 characters, and this has 141",
            ),
            (problem(asking([option.clone()]).check()), "fine"),
            (problem(asking([]).check()), "prompts[0].options: 1 to 50 elements, and this has 0"),
            (
                problem(asking([option.clone(), PromptOption::new("")]).check()),
                "prompts[0].options[1].title: 1 to 50 characters, and this has 0",
            ),
            (
                problem(asking([option.description("é".repeat(101))]).check()),
                "prompts[0].options[0].description: at most 100 characters, and this has 101",
            ),
            (
                problem(asking([greedy]).check()),
                "prompts[0].options[0].role_ids: at most 50 elements, and this has 51",
            ),
            (problem(enabled(OnboardingMode::ONBOARDING_ADVANCED).check()), "fine"),
            (
                problem(enabled(OnboardingMode::ONBOARDING_DEFAULT).check()),
                "default_channel_ids: at least 7 to be enabled in this mode, and this has 6",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
