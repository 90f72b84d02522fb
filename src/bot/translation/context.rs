//! The bot's own texts in the language of a user.

use std::fmt::Display;

use crate::bot::context::{Context, InteractionContext};
use crate::error::Error;
use crate::model::Locale;
use crate::texts::fill;

/// Values for the placeholders of a text.
type Values<'v> = &'v [(&'v str, &'v dyn Display)];

/// # Its own texts
impl Context {
    /// A text of the bot in a language: the value of `key` in the section `texts` of its [translations](crate::Bot::translations),
    /// with values for the placeholders such as `{name}`.
    ///
    /// If the language has no translation, the text is that of the [default
    /// language](crate::texts::Translations::default_locale). In handlers of interactions there is
    /// [`text`](InteractionContext::text). A placeholder without a value stays as it is, and is reported once.
    ///
    /// ```
    /// use syncord::model::Locale;
    /// use syncord::texts::Translations;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.translations(Translations::new().add("de", r#"{"texts": {"hello": "Hallo, {name}!"}}"#)?)?;
    /// bot.on_message(|cx, message| {
    ///     if message.content == "Moin" {
    ///         let name = message.author.display_name();
    ///         cx.reply(message, cx.text_in(&Locale::DE, "hello", &[("name", &name)])?)?;
    ///     }
    ///     Ok(())
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "Moin");
    /// #     assert_eq!(general.next_message()?.content, "Hallo, ann!");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if there is no such text in that language or the default one.
    pub fn text_in(&self, locale: &Locale, key: &str, values: Values<'_>) -> Result<String, Error> {
        self.own_text(Some(locale), key, values)
    }

    fn own_text(&self, locale: Option<&Locale>, key: &str, values: Values<'_>) -> Result<String, Error> {
        let texts = self.shared().texts.get();
        let text = texts.and_then(|texts| texts.translations.find(&format!("texts.{key}"), locale));
        let text = text.ok_or_else(|| {
            Error::setup(format!(
                "no translation has the text `{key}` in the user's or the default language: add it to \"texts\" in a file \
                 that bot.translations(..) reads"
            ))
        })?;
        let value = |name: &str| {
            let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string());
            if value.is_none() {
                self.report_without_value(key, name);
            }
            value
        };
        Ok(fill(text, value))
    }

    /// Reports a placeholder without a value, once: users see it as it is.
    fn report_without_value(&self, key: &str, name: &str) {
        if self.shared().texts.get().is_some_and(|texts| texts.is_first_without_value(key, name)) {
            self.shared().trouble.warn(&format_args!(
                "the text `{key}` of the translations has the placeholder {{{name}}}, and the call of cx.text gives no value for \
                 it, so users see it as it is: correct the name in the file or in the call"
            ));
        }
    }
}

/// # Its own texts
impl InteractionContext {
    /// A text of the bot in the language of the user: the value of `key` in the section `texts` of its
    /// [translations](crate::Bot::translations), with values for the placeholders such as `{name}`.
    ///
    /// For a text command it is the language of the guild. If the language has no translation, the text is that of the
    /// [default language](crate::texts::Translations::default_locale). A placeholder without a value stays as it is, and is
    /// reported once.
    ///
    /// ```
    /// use syncord::texts::Translations;
    /// use syncord::tree::{command, user};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let english = r#"{"texts": {"waved": "{who} waves at {whom}."}}"#;
    /// let german = r#"{"texts": {"waved": "{who} winkt {whom} zu."}}"#;
    /// bot.translations(Translations::new().add("en-US", english)?.add("de", german)?)?;
    /// bot.command(command("wave", "Waves").option("whom", "At whom", user()).run(|cx, whom| {
    ///     cx.reply(cx.text("waved", &[("who", &cx.user().username), ("whom", &whom.username)])?)
    /// }));
    /// # bot.during(|| {
    /// #     assert_eq!(ann.uses(&general, "/wave whom:ann")?.reply()?.content, "ann waves at ann.");
    /// #     Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if there is no such text in that language or the default one.
    #[doc(alias = "i18n")]
    #[doc(alias = "localized")]
    pub fn text(&self, key: &str, values: Values<'_>) -> Result<String, Error> {
        let locale = self.language();
        self.own_text(locale.as_ref(), key, values)
    }
}
