//! Texts of the library, in the language of the user.

use std::sync::Arc;
use std::time::Instant;

use crate::bot::bot::Bot;
use crate::bot::context::Context;
use crate::bot::error::caught;
use crate::id::GuildId;
use crate::model::limits::MAX_BUTTON_LABEL;
use crate::model::{Interaction, Locale};
use crate::texts::{LibraryText, TextContext, locale_of};

/// # What it says to users
impl Bot<'_> {
    /// Replaces [texts that the library says to users](crate::texts), such as "Not so fast: try again in 5 s." or the button "Yes".
    ///
    /// The closure receives each text before it is sent, with its parameters, the interaction and the language of the user. `None`
    /// keeps the text. A text over 2000 characters is truncated, and the label of a button over 80. An empty text, or one of white
    /// space only, is not sent: the bot says nothing. An interaction then stays without an answer, which Discord shows to its user
    /// as a failure, and a label of a button keeps its text.
    ///
    /// Texts are sent from several threads, so the closure is `Send` and must not borrow. It must not wait: a shard that closes
    /// or a user may wait for it. If it panics, the text stays. Texts that the bot has written itself, such as
    /// [refusals](crate::tree::Refusal::new), are not passed to it. For the errors themselves there is
    /// [`on_command_error`](Bot::on_command_error).
    ///
    /// ```
    /// use syncord::texts::LibraryText;
    /// use syncord::tree::{command, guild_only, owner_only};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (bob, general) = (discord.member("bob"), discord.channel("general"));
    /// # discord.set_owner(&discord.member("ann"));
    /// # let mut bot = discord.bot();
    /// bot.replace_texts(|about| match about.text {
    ///     LibraryText::OwnerOnly => Some("Ask the captain.".to_owned()),
    ///     LibraryText::Cooldown { wait } => Some(format!("Rest for {} minutes.", wait.as_secs() / 60 + 1)),
    ///     _ => None,
    /// });
    /// bot.command(command("sail", "Sets sail").check(owner_only()).run(|cx| cx.reply("Off we go.")));
    /// # bot.during(|| {
    /// #     assert_eq!(bob.uses(&general, "/sail")?.reply()?.content, "Ask the captain.");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    #[doc(alias = "localization")]
    #[doc(alias = "translate")]
    pub fn replace_texts(
        &mut self,
        replace: impl Fn(&TextContext<'_>) -> Option<String> + Send + Sync + 'static,
    ) -> &mut Self {
        self.texts.replace = Some(Arc::new(move |about: &TextContext<'_>| {
            caught(|| replace(about)).unwrap_or_else(|message| {
                log::error!("the closure of replace_texts panicked on {:?}: {message}", about.text.key());
                None
            })
        }));
        self
    }
}

impl Context {
    /// A text of the library for the user of an interaction, or for those who read messages in a guild. It is empty if the program
    /// wants nothing to be said.
    pub(in crate::bot) fn word(
        &self,
        text: &LibraryText,
        interaction: Option<&Interaction>,
        guild: Option<GuildId>,
    ) -> String {
        let Some(texts) = self.shared().texts.get() else { return text.to_string() };
        texts.word(text, interaction, self.language(interaction, guild).as_ref())
    }

    /// The language of an interaction's user, or of a guild.
    pub(in crate::bot) fn language(
        &self,
        interaction: Option<&Interaction>,
        guild: Option<GuildId>,
    ) -> Option<Locale> {
        match interaction.and_then(locale_of) {
            Some(locale) => Some(locale.clone()),
            // Only a bot with its own texts asks for the guild.
            None => guild
                .filter(|_| self.shared().texts.get().is_some())
                .and_then(|guild| self.guild_locale(guild)),
        }
    }

    /// A text of the library for a label, which cannot be empty. That of a button is truncated.
    pub(in crate::bot) fn word_label(
        &self,
        text: &LibraryText,
        interaction: Option<&Interaction>,
        guild: Option<GuildId>,
    ) -> String {
        let label = self.word(text, interaction, guild);
        if label.trim().is_empty() {
            return text.to_string();
        }
        match text.is_label() {
            true => label.chars().take(MAX_BUTTON_LABEL).collect(),
            false => label,
        }
    }

    /// The language of a guild. It is fetched once in a while.
    fn guild_locale(&self, guild: GuildId) -> Option<Locale> {
        let known = &self.shared().guild_locales;
        if let Some(locale) = known.get(guild, Instant::now()) {
            return locale;
        }
        let locale = self.rest().guild(guild).map(|guild| guild.preferred_locale).unwrap_or_else(|error| {
            log::debug!("the language of the guild {guild} is not known: {error}");
            None
        });
        known.remember(guild, locale.clone(), Instant::now());
        locale
    }
}
