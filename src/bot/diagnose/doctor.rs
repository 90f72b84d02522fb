//! [`Bot::diagnose`].

use super::diagnosis::Diagnosis;
use super::gather::gather;
use super::judge::judge;
use crate::bot::bot::Bot;

/// # What is wrong with it
impl Bot<'_> {
    /// Finds out what is wrong with the bot, its settings and its way to Discord, and what to do about it.
    ///
    /// Call it in place of [`run`](Bot::run), when the bot has declared its handlers and commands. The report names:
    ///
    /// * the way to Discord: names, connections, proxy, TLS, the clock, and how fast Discord responds;
    /// * the token, the application and its owner, and settings in the developer portal that surprise;
    /// * the privileged intents that are on and off, and which handlers need them;
    /// * the identifies that are left today, and the number of shards;
    /// * the guilds, and the permissions that [`bot_has_permissions`](crate::tree::bot_has_permissions) declares and the bot
    ///   lacks there;
    /// * the commands at Discord that a start would change.
    ///
    /// It changes nothing at Discord: it registers and sends nothing, and opens a connection to the gateway without an
    /// identify. The token is not in the report. It never fails, and takes a few seconds, at most about a minute and a half.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let mut bot = discord.bot();
    /// bot.on_message(|cx, message| {
    ///     cx.reply(message, "ahoy")?;
    ///     Ok(())
    /// });
    /// let diagnosis = bot.diagnose();
    /// println!("{diagnosis}");
    /// assert!(diagnosis.is_ok());
    /// # assert_eq!(discord.log().identifies(), 0);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    ///
    /// The example `doctor` does that for a bot without handlers: `DISCORD_TOKEN=... cargo run --example doctor`.
    #[doc(alias = "doctor")]
    #[doc(alias = "troubleshoot")]
    pub fn diagnose(&self) -> Diagnosis {
        Diagnosis::new(judge(&gather(self)))
    }
}
