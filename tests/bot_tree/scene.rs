//! Ann and bob in a channel with a bot.

use std::time::Duration;

use serde_json::Value;
use syncord::id::ApplicationId;
use syncord::rest::Client;
use syncord::sim::{Channel, Discord, Interaction, Member};
use syncord::{Bot, Error, Token};

/// How long anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Scene {
    pub(crate) discord: Discord,
    /// The owner of the guild, who may do everything.
    pub(crate) ann: Member,
    pub(crate) bob: Member,
    pub(crate) general: Channel,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        // A program that is started anew need not wait for its next login.
        let discord = Discord::builder().timeout(PATIENCE).rules(|rules| rules.identify_tolerance = PATIENCE);
        let discord = discord.start().unwrap();
        let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
        Scene { discord, ann, bob, general }
    }

    pub(crate) fn bot<'a>(&self) -> Bot<'a> {
        self.discord.bot()
    }

    /// Calls that are not the running bot's, and its application.
    pub(crate) fn rest(&self) -> (Client, ApplicationId) {
        let token = Token::new(&self.discord.token()).unwrap();
        let client = Client::builder(token).api_url(self.discord.api_url()).build().unwrap();
        (client, self.discord.application_id())
    }

    /// Runs the bot while the script does, and sees to it that no rule was broken.
    pub(crate) fn play(&self, bot: Bot<'_>, script: impl FnOnce() -> Result<(), Error> + Send) {
        bot.during(|| Ok(script()?)).unwrap();
        assert_eq!(self.discord.log().violations(), [""; 0]);
    }

    /// Starts the bot, and stops it as soon as it is connected.
    pub(crate) fn start_and_stop(&self, bot: Bot<'_>) {
        self.play(bot, || Ok(()));
    }

    /// What ann is answered when she uses a command.
    pub(crate) fn ann_uses(&self, line: &str) -> Result<String, Error> {
        Ok(self.ann.uses(&self.general, line)?.reply()?.content)
    }

    /// The requests about commands since the last look, as `GET 200`.
    pub(crate) fn command_requests(&self) -> Vec<String> {
        let requests = self.discord.requests().into_iter();
        let about = requests.filter(|request| request.path.contains("/commands"));
        about.map(|request| format!("{} {}", request.method, request.status.unwrap_or(0))).collect()
    }

    /// The names of the commands that are registered everywhere, in order.
    pub(crate) fn command_names(&self) -> Vec<String> {
        names(&self.discord.commands(None))
    }
}

pub(crate) fn names(commands: &[Value]) -> Vec<String> {
    let mut names: Vec<_> = commands.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// What only one person saw as the answer.
pub(crate) fn told_privately(interaction: &Interaction) -> Result<String, Error> {
    let reply = interaction.reply()?;
    assert_eq!(reply.raw["flags"].as_u64().unwrap_or(0) & 64, 64, "{}", reply.raw);
    Ok(reply.content)
}
