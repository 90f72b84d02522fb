//! Texts in the languages of users, from JSON.

use std::fs;
use std::path::{Path, PathBuf};

use super::file::{self, FileTexts};
use crate::error::Error;
use crate::model::Locale;

/// Texts of a bot in several languages: names and descriptions of its commands, texts of the library, and its own texts.
///
/// Each language is a JSON object, usually in a file that is named after [Discord's
/// locale](https://docs.discord.com/developers/reference#locales): `de.json`, `pt-BR.json`. See
/// [`Bot::translations`](crate::Bot::translations), which takes it or the folder of the files.
///
/// ```
/// use syncord::texts::Translations;
///
/// # fn main() -> Result<(), syncord::Error> {
/// let translations = Translations::new()
///     .add("de", r#"{"commands": {"roll": {"name": "wurf", "description": "Wirft Würfel"}}}"#)?
///     .add("fr", r#"{"commands": {"roll": {"name": "dé", "description": "Lance les dés"}}}"#)?;
/// let error = Translations::new().add("german", "{}").unwrap_err();
/// assert!(error.to_string().contains("`german` is not a locale of Discord's"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Translations {
    files: Vec<LocaleFile>,
    default_locale: Locale,
}

/// The texts of one language.
#[derive(Clone, Debug)]
pub(crate) struct LocaleFile {
    pub(crate) locale: Locale,
    /// The name in messages: a path, or the locale.
    pub(crate) name: String,
    pub(crate) texts: FileTexts,
}

impl Default for Translations {
    fn default() -> Translations {
        Translations::new()
    }
}

impl Translations {
    /// Creates translations without languages.
    pub fn new() -> Translations {
        Translations { files: Vec::new(), default_locale: Locale::EN_US }
    }

    /// Adds a language from JSON: `.add("de", include_str!("locales/de.json"))`.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if Discord has no such locale, if the language was added before, or if it is not a JSON object of
    /// texts.
    pub fn add(self, locale: &str, json: &str) -> Result<Translations, Error> {
        self.add_file(locale, locale, json)
    }

    /// Reads the languages in the `.json` files of a folder. Other files in it are not read.
    ///
    /// # Errors
    ///
    /// As for [`add`](Translations::add), and [`Error::Setup`] if the folder or a file cannot be read, or if there are no
    /// `.json` files in it.
    pub fn in_folder(folder: impl AsRef<Path>) -> Result<Translations, Error> {
        let folder = folder.as_ref();
        let cannot = |path: &Path, error| {
            let from = std::env::current_dir().unwrap_or_default();
            Error::setup(format!("{} cannot be read (from {}): {error}", path.display(), from.display()))
        };
        let entries = fs::read_dir(folder).map_err(|error| cannot(folder, error))?;
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| cannot(folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "json") && path.is_file() {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            let example = folder.join("de.json");
            return Err(Error::setup(format!(
                "{} has no .json files: put one for each language there, such as {}",
                folder.display(),
                example.display()
            )));
        }
        paths.sort();
        let mut translations = Translations::new();
        for path in paths {
            let json = fs::read_to_string(&path).map_err(|error| cannot(&path, error))?;
            let locale = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            translations = translations.add_file(&locale, &path.display().to_string(), &json)?;
        }
        Ok(translations)
    }

    /// Sets the language of users whose own has no translation. Default: `en-US`.
    ///
    /// It holds for the texts of the library and of the bot. Discord itself shows the commands, and shows the names in the code
    /// then.
    #[must_use]
    pub fn default_locale(mut self, locale: Locale) -> Translations {
        self.default_locale = locale;
        self
    }

    fn add_file(mut self, locale: &str, name: &str, json: &str) -> Result<Translations, Error> {
        let locale = Locale::from(locale);
        if !locale.is_known() {
            return Err(Error::setup(format!(
                "{name}: `{locale}` is not a locale of Discord's; https://docs.discord.com/developers/reference#locales has \
                 them, such as `de` and `pt-BR`"
            )));
        }
        if self.files.iter().any(|file| file.locale == locale) {
            return Err(Error::setup(format!("{name}: the language {locale} was added before")));
        }
        let texts = file::read(json).map_err(|problem| Error::setup(format!("{name}: {problem}")))?;
        self.files.push(LocaleFile { locale, name: name.to_owned(), texts });
        Ok(self)
    }

    pub(crate) fn default_language(&self) -> &Locale {
        &self.default_locale
    }

    pub(crate) fn files(&self) -> &[LocaleFile] {
        &self.files
    }

    /// The text with this key for a user with this language.
    pub(crate) fn find(&self, key: &str, locale: Option<&Locale>) -> Option<&str> {
        let default = Some(&self.default_locale);
        [locale, locale.and_then(fallback), default, default.and_then(fallback)]
            .into_iter()
            .flatten()
            .find_map(|locale| self.file(locale)?.texts.get(key)?.as_deref())
    }

    pub(crate) fn file(&self, locale: &Locale) -> Option<&LocaleFile> {
        self.files.iter().find(|file| file.locale == *locale)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// The locale that is used instead of another one, as
/// [Discord](https://docs.discord.com/developers/interactions/application-commands#locale-fallbacks) does it for commands.
pub(crate) fn fallback(locale: &Locale) -> Option<&'static Locale> {
    const FALLBACKS: [(Locale, Locale); 3] =
        [(Locale::EN_US, Locale::EN_GB), (Locale::EN_GB, Locale::EN_US), (Locale::ES_419, Locale::ES_ES)];
    FALLBACKS.iter().find(|(missing, _)| missing == locale).map(|(_, instead)| instead)
}

#[cfg(test)]
mod tests;
