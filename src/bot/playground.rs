//! The bot in a simulated Discord: where it comes near `sim`, and only here.

use std::io::{self, BufReader};
use std::sync::Arc;
use std::thread;

use crate::bot::bot::Bot;
use crate::bot::context::Handle;
use crate::bot::env::EnvConfig;
use crate::bot::startup::explain::TokenSource;
use crate::error::Error;
use crate::sim::Discord;
use crate::sim::playground::Playground;
use crate::token::Token;

impl Discord {
    /// A bot of this Discord.
    ///
    /// ```
    /// use syncord::sim::Discord;
    ///
    /// # fn main() -> syncord::Result {
    /// let discord = Discord::start()?;
    /// let (ann, general) = (discord.member("ann"), discord.channel("general"));
    ///
    /// let mut bot = discord.bot();
    /// bot.on_message(|cx, message| {
    ///     if !message.author.bot {
    ///         cx.reply(message, &message.content)?;
    ///     }
    ///     Ok(())
    /// });
    /// bot.during(|| {
    ///     ann.says(&general, "ping");
    ///     assert_eq!(general.next_message()?.content, "ping");
    ///     Ok(())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When this Discord was told to accept a token that cannot be one, such as an empty one.
    pub fn bot<'a>(&self) -> Bot<'a> {
        // The default one is a token; another one is the test's own doing, and said above.
        let token = Token::new(&self.token()).expect("the simulated Discord's token cannot be one");
        let mut bot = Bot::with_token(token, TokenSource::Local);
        bot.config.api_url = Some(self.api_url());
        bot
    }
}

impl<'a> Bot<'a> {
    /// A bot as [`from_env`](Bot::from_env) makes it when `DISCORD_TOKEN` is set; otherwise one in a simulated Discord,
    /// where what is typed in the terminal is said to it. That bot stops at the end of the input. For examples.
    ///
    /// # Errors
    ///
    /// Those of [`from_env`](Bot::from_env), and [`Error::Network`] when no port can be opened.
    pub fn from_env_or_playground() -> Result<Bot<'a>, Error> {
        if EnvConfig::has_token() {
            return Bot::from_env();
        }
        let discord = Arc::new(Discord::start()?);
        let mut bot = discord.bot();
        bot.on_start = Some(Box::new(move |handle| {
            let kept = Arc::clone(&discord);
            thread::spawn(move || chat(&discord, &handle));
            // The simulated Discord ends with the bot, not before it.
            Box::new(kept)
        }));
        Ok(bot)
    }
}

/// Chats until the input ends, then stops the bot.
fn chat(discord: &Discord, handle: &Handle) {
    let chat = Playground::new(discord, BufReader::new(io::stdin()), io::stdout());
    if let Err(error) = chat.run() {
        // A bot that has ended by itself has said why.
        if !handle.is_stopped() {
            log::error!("{error}");
        }
    }
    handle.stop();
}
