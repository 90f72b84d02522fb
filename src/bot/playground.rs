//! The bot in a simulated Discord. Only this file connects `bot` and `sim`.

use std::env;
use std::io::{self, BufReader, IsTerminal};
use std::sync::Arc;
use std::thread;

use crate::bot::bot::Bot;
use crate::bot::context::Handle;
use crate::bot::startup::explain::TokenSource;
use crate::error::Error;
use crate::sim::Discord;
use crate::sim::playground::Playground;
use crate::token::Token;

impl Discord {
    /// Creates a bot of this Discord.
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
    /// If this Discord accepts a token that is malformed, such as an empty one.
    pub fn bot<'a>(&self) -> Bot<'a> {
        // The default token is valid. Another one was chosen by the test: see above.
        let token = Token::new(&self.token()).expect("the simulated Discord's token cannot be one");
        let mut bot = Bot::with_token(token, TokenSource::Local);
        bot.config.api_url = Some(self.api_url());
        bot
    }
}

impl<'a> Bot<'a> {
    /// A bot in a simulated Discord that takes lines from the terminal, and has a web page.
    pub(super) fn in_playground() -> Result<Bot<'a>, Error> {
        let discord = Arc::new(Discord::builder().control(true).start()?);
        let mut bot = discord.bot();
        bot.on_start = Some(Box::new(move |handle| {
            let kept = Arc::clone(&discord);
            let ended = handle.clone();
            let thread = thread::Builder::new().name("syncord-playground".to_owned());
            if let Err(error) = thread.spawn(move || chat(&discord, &handle)) {
                log::error!("the system gives no thread for the terminal: {error}");
                ended.stop();
            }
            // The simulated Discord lives as long as the bot.
            Box::new(kept)
        }));
        Ok(bot)
    }
}

/// Chats until the input ends, then stops the bot.
fn chat(discord: &Discord, handle: &Handle) {
    let is_interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
    // See no-color.org.
    let has_colors = is_interactive && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let chat = Playground::new(discord, BufReader::new(io::stdin()), io::stdout())
        .interactive(is_interactive)
        .colors(has_colors);
    if let Err(error) = chat.run() {
        // A bot that has ended by itself has already reported why.
        if !handle.is_stopped() {
            log::error!("{error}");
        }
    }
    handle.stop();
}
