//! Adding translations to a bot.

use std::path::{Path, PathBuf};

use super::problem::TranslationProblems;
use super::report::{errors, problems, template, warnings};
use crate::bot::bot::Bot;
use crate::command::Problems;
use crate::error::Error;
use crate::texts::Translations;

/// Where the translations of a bot are: a folder of files, or [`Translations`].
#[derive(Debug)]
pub struct TranslationSource(Source);

#[derive(Debug)]
enum Source {
    Folder(PathBuf),
    Read(Translations),
}

impl From<&str> for TranslationSource {
    fn from(folder: &str) -> Self {
        TranslationSource(Source::Folder(folder.into()))
    }
}

impl From<&Path> for TranslationSource {
    fn from(folder: &Path) -> Self {
        TranslationSource(Source::Folder(folder.to_owned()))
    }
}

impl From<PathBuf> for TranslationSource {
    fn from(folder: PathBuf) -> Self {
        TranslationSource(Source::Folder(folder))
    }
}

impl From<Translations> for TranslationSource {
    fn from(translations: Translations) -> Self {
        TranslationSource(Source::Read(translations))
    }
}

/// # Its languages
impl Bot<'_> {
    /// Translates the bot's commands, the [library's texts](crate::texts), and its own texts: from the `.json` files in a folder, or
    /// from [`Translations`] that are part of the program.
    ///
    /// ```
    /// use syncord::texts::Translations;
    /// use syncord::tree::{command, integer};
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let mut bot = discord.bot();
    /// // bot.translations("locales")?; reads locales/de.json and so on
    /// let german = r#"{
    ///     "commands": {
    ///         "roll": {
    ///             "name": "wurf",
    ///             "description": "Wirft Würfel",
    ///             "options": {
    ///                 "sides": { "name": "seiten", "description": "Seiten eines Würfels" }
    ///             }
    ///         }
    ///     },
    ///     "library": { "cooldown": "Nicht so schnell: erst in {wait} s wieder." },
    ///     "texts": { "rolled": "Gewürfelt: {number}" }
    /// }"#;
    /// bot.translations(Translations::new().add("de", german)?)?;
    /// bot.command(command("roll", "Rolls dice").option("sides", "Faces of a die", integer(2..=20)).run(|cx, sides| {
    ///     cx.reply(cx.text("rolled", &[("number", &sides)])?)
    /// }));
    /// # bot.during(|| {
    /// let registered = &discord.commands(None)[0];
    /// assert_eq!(registered["name_localizations"]["de"], "wurf");
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// A file is named after [Discord's locale](https://docs.discord.com/developers/reference#locales), such as `de.json`. Its
    /// sections, each of which can be left out:
    ///
    /// | section | contains |
    /// |---|---|
    /// | `commands` | slash commands by their names in the code: `name`, `description`, `options`, and `commands` for subcommands and groups of them. An option has `name`, `description` and `choices` |
    /// | `user_commands`, `message_commands` | commands of context menus by their names in the code: `name` |
    /// | `library` | what the library says, by [key](crate::texts::LibraryText::key) |
    /// | `texts` | what the bot says: [`cx.text(..)`](crate::bot::InteractionContext::text) |
    ///
    /// [`translation_template`](Bot::translation_template) returns a file with all keys to begin with.
    ///
    /// # Which language a user sees
    ///
    /// The user's; for a message, that of its guild. Without a translation: the one that [Discord falls back
    /// to](https://docs.discord.com/developers/interactions/application-commands#locale-fallbacks) (`en-US` and `en-GB` stand in
    /// for each other, `es-ES` for `es-419`), then the [default language](Translations::default_locale), then the English text
    /// of the library. Discord chooses for commands: after its fallback it shows the name and description in the code.
    /// A translation replaces one that the code has for the same language.
    ///
    /// # What is checked
    ///
    /// At the start of the bot, before anything is sent, with the file and the key:
    ///
    /// * A translation that Discord would refuse, such as a name with a space or a description that is too long, and a
    ///   placeholder without a value are errors: the bot does not start.
    /// * A key that a language does not have, a key that nothing uses, and a placeholder of the bot's own text that the
    ///   default language does not have are warnings. A language that is English misses only
    ///   the bot's own texts, because the code is taken to be in English. `null` instead of a text says that the text of the
    ///   code is meant.
    ///
    /// A test of the program can require that there are no warnings: see
    /// [`translation_problems`](Bot::translation_problems).
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if a folder or a file cannot be read: see [`Translations::in_folder`].
    #[doc(alias = "localization")]
    #[doc(alias = "localisation")]
    #[doc(alias = "i18n")]
    #[doc(alias = "locale")]
    #[doc(alias = "language")]
    pub fn translations(&mut self, source: impl Into<TranslationSource>) -> Result<&mut Self, Error> {
        let translations = match source.into().0 {
            Source::Folder(folder) => Translations::in_folder(folder)?,
            Source::Read(translations) => translations,
        };
        self.texts.translations = translations;
        Ok(self)
    }

    /// A JSON file with all keys of [translations](Bot::translations) and the texts of the code, for a translator to begin with.
    /// Call it when all commands are added.
    ///
    /// ```
    /// use syncord::tree::command;
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut bot = syncord::Bot::new("token")?;
    /// bot.command(command("ping", "Answers").run(|cx| cx.reply("pong")));
    /// let template = bot.translation_template();
    /// assert!(template.contains(r#""description": "Answers""#));
    /// assert!(template.contains(r#""cooldown": "Not so fast: try again in {wait} s.""#));
    /// # Ok(())
    /// # }
    /// ```
    pub fn translation_template(&self) -> String {
        template(&self.texts.translations, &self.router.own_definitions(), &self.router.text_only_commands())
    }

    /// All problems of the [translations](Bot::translations), also those that are only warnings when the bot starts. Each has a
    /// [kind](crate::bot::TranslationProblem), so that a test can permit some. Call it when all commands are added, as in a
    /// test:
    ///
    /// ```
    /// use syncord::texts::Translations;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut bot = syncord::Bot::new("token")?;
    /// bot.command(command("ping", "Answers").run(|cx| cx.reply("pong")));
    /// let english = r#"{"commands": {"ping": {"descripton": "Responds"}}}"#;
    /// bot.translations(Translations::new().add("en-US", english)?)?;
    /// assert_eq!(bot.translation_problems().to_string(), "en-US: commands.ping.descripton: nothing uses it");
    /// # Ok(())
    /// # }
    /// ```
    pub fn translation_problems(&self) -> TranslationProblems {
        match self.texts.translations.is_empty() {
            true => TranslationProblems::default(),
            false => problems(
                &self.texts.translations,
                &self.router.own_definitions(),
                &self.router.text_only_commands(),
            ),
        }
    }

    /// The problems that keep the bot from starting.
    pub(in crate::bot) fn check_translations(&self) -> Problems {
        errors(&self.translation_problems())
    }

    /// Reports the other problems.
    pub(in crate::bot) fn warn_of_translations(&self) {
        let default = self.texts.translations.default_language();
        for warning in warnings(&self.translation_problems(), default) {
            self.shared.trouble.warn(&warning);
        }
    }
}
