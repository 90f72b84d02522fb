//! A guild with two members, ann and bob, and a bot.

use std::time::Duration;

use serde_json::Value;
use syncord::id::ApplicationId;
use syncord::rest::Client;
use syncord::sim::{Builder, Channel, Discord, Interaction, Member};
use syncord::{Bot, Error, Token};

/// The timeout of every wait, for a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) struct Scene {
    pub(crate) discord: Discord,
    /// The owner of the guild, with all permissions.
    pub(crate) ann: Member,
    pub(crate) bob: Member,
    pub(crate) general: Channel,
}

impl Scene {
    pub(crate) fn new() -> Scene {
        Scene::of(Discord::builder())
    }

    pub(crate) fn of(discord: Builder) -> Scene {
        // A restarted bot may identify again at once.
        let discord = discord.timeout(TIMEOUT).rules(|rules| rules.identify_tolerance = TIMEOUT);
        let discord = discord.start().unwrap();
        let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
        discord.set_owner(&ann);
        Scene { discord, ann, bob, general }
    }

    pub(crate) fn bot<'a>(&self) -> Bot<'a> {
        self.discord.bot()
    }

    /// A client apart from the running bot, and the ID of its application.
    pub(crate) fn rest(&self) -> (Client, ApplicationId) {
        let token = Token::new(&self.discord.token()).unwrap();
        let client = Client::builder(token).api_url(self.discord.api_url()).build().unwrap();
        (client, self.discord.application_id())
    }

    /// Runs the bot during the script, and asserts that no rule of Discord was violated.
    pub(crate) fn play(&self, bot: Bot<'_>, script: impl FnOnce() -> Result<(), Error> + Send) {
        bot.during(|| Ok(script()?)).unwrap();
        assert_eq!(self.discord.log().violations(), [""; 0]);
    }

    /// Starts the bot, and stops it as soon as it is connected.
    pub(crate) fn start_and_stop(&self, bot: Bot<'_>) {
        self.play(bot, || Ok(()));
    }

    /// The reply that ann receives when she uses a command.
    pub(crate) fn ann_uses(&self, line: &str) -> Result<String, Error> {
        Ok(self.ann.uses(&self.general, line)?.reply()?.content)
    }

    /// The requests for commands so far, as `GET 200`.
    pub(crate) fn command_requests(&self) -> Vec<String> {
        let requests = self.discord.requests().into_iter();
        let commands = requests.filter(|request| request.path.contains("/commands"));
        commands.map(|request| format!("{} {}", request.method, request.status.unwrap_or(0))).collect()
    }

    /// The names of the global commands, sorted.
    pub(crate) fn command_names(&self) -> Vec<String> {
        names(&self.discord.commands(None))
    }
}

pub(crate) fn names(commands: &[Value]) -> Vec<String> {
    let mut names: Vec<_> =
        commands.iter().map(|command| command["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// The text of a reply that must be ephemeral.
pub(crate) fn ephemeral_reply(interaction: &Interaction) -> Result<String, Error> {
    let reply = interaction.reply()?;
    assert_eq!(reply.raw["flags"].as_u64().unwrap_or(0) & 64, 64, "{}", reply.raw);
    Ok(reply.content)
}
