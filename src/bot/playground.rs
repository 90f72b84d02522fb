//! The bot in a simulated Discord. Only this module connects `bot` and `sim`.

mod attached;

use std::borrow::Cow;
use std::env;
use std::io::{self, BufReader, IsTerminal};
use std::sync::Arc;
use std::thread;

use self::attached::AttachedBot;
use crate::bot::bot::Bot;
use crate::bot::context::Handle;
use crate::bot::env::EnvConfig;
#[cfg(feature = "http-interactions")]
use crate::bot::http;
use crate::bot::startup::explain::TokenSource;
use crate::error::Error;
use crate::rest::Client;
use crate::sim::Discord;
use crate::sim::playground::Playground;
use crate::sim::playground::kept_world::KeptWorld;
use crate::sim::playground::page_log;
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
        bot.config.application = Some(self.application_id());
        bot.config.authorize_url = Cow::Owned(self.authorize_url());
        let bots = self.local_bots();
        bot.on_start = Some(Box::new(move |starting| {
            #[cfg(feature = "http-interactions")]
            if let Some(address) = starting.handle.http_address() {
                let url = format!("http://{}/", http::reachable(address));
                if let Err(error) = bots.post_interactions_to(&url) {
                    log::error!("the simulated Discord sends the bot no interactions: {error}");
                }
            }
            Box::new(bots.add(Arc::new(AttachedBot::new(starting))))
        }));
        bot
    }

    /// A REST client for this Discord, with the bot's token.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// let discord = syncord::sim::Discord::start()?;
    /// let general = discord.channel("general");
    /// discord.rest().create_message(general.id(), "ahoy")?;
    /// assert_eq!(general.next_message()?.content, "ahoy");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// As for [`bot`](Discord::bot), and if no TLS is available.
    pub fn rest(&self) -> Client {
        let token = Token::new(&self.token()).expect("the simulated Discord's token cannot be one");
        let client = Client::builder(token).api_url(self.api_url()).build();
        client.expect("a client for an address of this machine needs no other setting")
    }
}

impl<'a> Bot<'a> {
    /// A bot in a simulated Discord that takes lines from the terminal, and has a web page.
    pub(super) fn in_playground() -> Result<Bot<'a>, Error> {
        let kept_world = EnvConfig::kept_world().map(KeptWorld::at);
        let discord = match &kept_world {
            Some(kept_world) => kept_world.start()?,
            None => Discord::builder().control(true).start()?,
        };
        let mut bot = discord.bot();
        let scene = Arc::new(Scene { discord, kept_world });
        let attach = bot.on_start.take();
        bot.on_start = Some(Box::new(move |starting| {
            page_log::show();
            let attached = attach.map(|attach| attach(starting));
            let handle = starting.handle.clone();
            let (chatting, keeping) = (Arc::clone(&scene), Arc::clone(&scene));
            let (of_chat, of_keeper) = (handle.clone(), handle.clone());
            let started = spawn(move || chat(&chatting.discord, &of_chat))
                .and_then(|()| spawn(move || keeping.keep_world(&of_keeper)));
            if let Err(error) = started {
                log::error!("the system gives no thread for the playground: {error}");
                handle.stop();
            }
            // The simulated Discord lives as long as the bot.
            Box::new((attached, SavedAtEnd(scene)))
        }));
        Ok(bot)
    }
}

/// The simulated Discord of a playground, and the file that keeps its world.
struct Scene {
    discord: Discord,
    kept_world: Option<KeptWorld>,
}

impl Scene {
    /// Saves the world regularly until the bot ends.
    fn keep_world(&self, handle: &Handle) {
        if let Some(kept_world) = &self.kept_world {
            kept_world.keep(&self.discord, || handle.is_stopped());
        }
    }
}

/// Saves the world when the bot has ended.
struct SavedAtEnd(Arc<Scene>);

impl Drop for SavedAtEnd {
    fn drop(&mut self) {
        let Scene { discord, kept_world } = &*self.0;
        if let Some(Err(error)) = kept_world.as_ref().map(|kept_world| kept_world.save(discord)) {
            log::error!("the world of the playground was not saved: {error}");
        }
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("syncord-playground".to_owned()).spawn(work).map(drop)
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
