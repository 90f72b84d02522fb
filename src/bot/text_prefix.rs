//! The prefixes of text commands.

use std::panic::Location;
use std::time::Duration;

use crate::bot::bot::Bot;
use crate::bot::error::HandlerId;
use crate::bot::intents::IntentRequest;
use crate::gateway::event::{Event, MessageCreate};
use crate::gateway::intents::Intents;
use crate::model::Message;

/// # Text commands
impl<'a> Bot<'a> {
    /// Adds a prefix of [text commands](crate::tree#text-commands): `!` for `!roll`. A bot can have several.
    ///
    /// It requests the intent `MESSAGE_CONTENT`, without which Discord withholds the text of messages. That is a privileged
    /// intent. [`text_prefix_mention`](Bot::text_prefix_mention) works without it.
    ///
    /// ```
    /// use syncord::tree::{command, integer};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.text_prefix("!").command(
    ///     command("roll", "Rolls a die")
    ///         .option("sides", "Faces of the die", integer(2..=1000))
    ///         .text()
    ///         .run(|cx, sides| cx.reply(format!("a die with {sides} sides"))),
    /// );
    /// # bot.during(|| {
    /// ann.says(&general, "!roll 6");
    /// assert_eq!(general.next_message()?.content, "a die with 6 sides");
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "hybrid command")]
    #[doc(alias = "prefix command")]
    #[track_caller]
    pub fn text_prefix(&mut self, prefix: impl Into<String>) -> &mut Self {
        let prefix = prefix.into();
        self.ask_for_content(format!("text_prefix({prefix:?})"));
        self.router.text.prefixes.fixed.push(prefix);
        self.add_text_help();
        self
    }

    /// Sets the prefix of [text commands](crate::tree#text-commands) by message: for each guild its own, say. `None` for no
    /// prefix besides the others.
    ///
    /// The closure runs for each message of a user, so it should be fast. It requests the intent `MESSAGE_CONTENT`.
    ///
    /// ```
    /// use std::collections::HashMap;
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let prefixes = HashMap::from([(81384788765712384, "?")]);
    /// let mut bot = syncord::Bot::new("token")?;
    /// bot.text_prefix_by(|message| {
    ///     let own = message.guild_id.and_then(|guild| prefixes.get(&guild.get()));
    ///     Some(own.copied().unwrap_or("!").to_owned())
    /// });
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn text_prefix_by(&mut self, prefix: impl FnMut(&Message) -> Option<String> + 'a) -> &mut Self {
        self.ask_for_content("text_prefix_by".to_owned());
        self.router.text.prefixes.by_message.push(Box::new(prefix));
        self.add_text_help();
        self
    }

    /// Lets messages that begin with a mention of the bot call [text commands](crate::tree#text-commands): `@bot roll 6`.
    ///
    /// Discord sends the content of such messages without the intent `MESSAGE_CONTENT`.
    pub fn text_prefix_mention(&mut self) -> &mut Self {
        self.router.text.prefixes.has_mention = true;
        self.add_text_help();
        self
    }

    /// Follows edits of messages that call text commands, for this long after a message was sent: the command runs again,
    /// and its response is changed. A message that called nothing before may call a command after the edit. Off by default.
    ///
    /// The last 1,000 calls are remembered. A response in direct messages stays, and a new one is sent.
    ///
    /// ```
    /// use std::time::Duration;
    /// use syncord::tree::{command, integer};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let double = command("double", "Doubles").option("n", "What", integer(..)).text_only();
    /// bot.text_prefix("!").follow_edits(Duration::from_secs(120)).command(double.run(|cx, n| cx.reply((2 * n).to_string())));
    /// # bot.during(|| {
    /// let message = ann.says(&general, "!double 3");
    /// let response = general.next_message()?;
    /// ann.edits(message, "!double 21");
    /// discord.wait_until("the change", |_| general.message(response.id).is_some_and(|now| now.content == "42"))?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    pub fn follow_edits(&mut self, within: Duration) -> &mut Self {
        self.router.text.followed.within = within;
        self
    }

    #[track_caller]
    fn ask_for_content(&mut self, what: String) {
        let handler = HandlerId::new(what, Location::caller());
        let (event, intents) = (Some(MessageCreate::NAME), Intents::MESSAGE_CONTENT);
        self.handlers.request_intents(IntentRequest { handler, event, intents });
    }
}
