//! What is wrong with translations: keys that are missing or unused, and texts that Discord would refuse.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::bot::text::table::TextCommand;
use crate::command::{CommandDefinition, Localizable, Problems, visit_text_command, visit_texts};
use crate::model::Locale;
use crate::model::limits::MAX_BUTTON_LABEL;
use crate::texts::{LibraryText, LibraryTextRow, LocaleFile, Translations, fallback, placeholders};

/// How many keys a warning names.
const MAX_NAMED: usize = 10;

/// What is wrong with the translations of a bot.
#[derive(Default)]
pub(super) struct Report {
    /// What prevents the bot from starting.
    pub(super) errors: Problems,
    /// Keys that are missing, by the name of the file.
    missing: BTreeMap<String, Vec<String>>,
    /// The bot's own texts that users get an error for, because the default language has no file.
    without_default: Vec<String>,
    default_locale: String,
    /// Keys that nothing uses, by the name of the file.
    unused: BTreeMap<String, Vec<String>>,
}

impl Report {
    pub(super) fn new(
        translations: &Translations,
        commands: &[CommandDefinition],
        text_commands: &[TextCommand],
    ) -> Report {
        let default_locale = translations.default_language().to_string();
        let mut report = Report { default_locale, ..Report::default() };
        let mut known = BTreeSet::new();
        visit_all(commands, text_commands, &mut |text| {
            let key = text.key();
            report.check_command(translations, &key, &text);
            known.insert(key);
        });
        for row in LibraryText::TABLE {
            let key = format!("library.{}", row.key);
            report.check_library_text(translations, &key, row);
            known.insert(key);
        }
        for key in own_texts(translations) {
            report.check_own_text(translations, &key);
            known.insert(key);
        }
        for file in translations.files() {
            let unused: Vec<_> = file.texts.keys().filter(|key| !known.contains(*key)).cloned().collect();
            if !unused.is_empty() {
                report.unused.insert(file.name.clone(), unused);
            }
        }
        report
    }

    /// Checks the translations of a name or a description of a command.
    fn check_command(&mut self, translations: &Translations, key: &str, text: &Localizable<'_>) {
        let is_in_code =
            |locale: &Locale| text.localizations.as_ref().is_some_and(|in_code| in_code.contains_key(locale));
        for file in translations.files() {
            match file.texts.get(key) {
                Some(Some(translation)) => {
                    for problem in text.problems(translation) {
                        self.error(file, key, problem);
                    }
                }
                Some(None) => {}
                None if is_in_code(&file.locale) => {}
                None => self.may_miss(translations, file, key, is_english(&file.locale)),
            }
        }
    }

    /// Checks the translations of a text of the library.
    fn check_library_text(&mut self, translations: &Translations, key: &str, row: &LibraryTextRow) {
        for file in translations.files() {
            let text = match file.texts.get(key) {
                Some(Some(text)) => text,
                Some(None) => continue,
                None => {
                    self.may_miss(translations, file, key, is_english(&file.locale));
                    continue;
                }
            };
            for name in placeholders(text).into_iter().filter(|name| !row.parameters.contains(name)) {
                let takes = match row.parameters {
                    [] => "the text takes none".to_owned(),
                    names => format!("there are {{{}}}", names.join("}, {")),
                };
                self.error(file, key, format!("there is no value for {{{name}}}: {takes}"));
            }
            let length = text.chars().count();
            if row.is_label() && length > MAX_BUTTON_LABEL {
                let problem = format!(
                    "the label of a button has at most {MAX_BUTTON_LABEL} characters, and this has {length}"
                );
                self.error(file, key, problem);
            }
        }
    }

    /// Checks the translations of a text of the bot.
    fn check_own_text(&mut self, translations: &Translations, key: &str) {
        for file in translations.files() {
            if !matches!(file.texts.get(key), Some(Some(_))) {
                self.may_miss(translations, file, key, false);
            }
        }
        let has_default_file = translations.file(translations.default_language()).is_some();
        if !has_default_file && translations.find(key, None).is_none() {
            self.without_default.push(key.to_owned());
        }
    }

    fn error(&mut self, file: &LocaleFile, key: &str, problem: String) {
        self.errors.push(format!("{}: {key}", file.name), problem);
    }

    /// Notes a key that a file lacks, unless the text of another file or of the code is used instead.
    fn may_miss(&mut self, translations: &Translations, file: &LocaleFile, key: &str, is_optional: bool) {
        let other = fallback(&file.locale).and_then(|other| translations.file(other));
        if !is_optional && other.is_none_or(|other| !other.texts.contains_key(key)) {
            self.missing.entry(file.name.clone()).or_default().push(key.to_owned());
        }
    }

    /// A warning for each file, in words.
    pub(super) fn warnings(&self) -> Vec<String> {
        let missing = self.missing.iter().map(|(file, keys)| {
            format!(
                "{file}: no translation for {}; users see the text of the code, or of another language \
                 (null as a translation says that this is meant)",
                named(keys)
            )
        });
        let unused = self.unused.iter().map(|(file, keys)| {
            format!("{file}: nothing uses {}; check the spelling, or remove it", named(keys))
        });
        let without_default = (!self.without_default.is_empty()).then(|| {
            format!(
                "the default language, {}, has no {}: for users without a translation cx.text(..) returns an error; add a \
                 file for {0}, or choose another default_locale",
                self.default_locale,
                named(&self.without_default)
            )
        });
        without_default.into_iter().chain(missing).chain(unused).collect()
    }

    /// All problems.
    pub(super) fn into_problems(self) -> Problems {
        let mut problems = self.errors;
        for key in self.without_default {
            problems.push(format!("{}: {key}", self.default_locale), "the default language has no such text");
        }
        for (all, what) in [(self.missing, "there is no translation"), (self.unused, "nothing uses it")] {
            for (file, keys) in all {
                keys.iter().for_each(|key| problems.push(format!("{file}: {key}"), what));
            }
        }
        problems
    }
}

/// The keys, or the first of many.
fn named(keys: &[String]) -> String {
    let shown = keys.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match keys.len() {
        ..=MAX_NAMED => shown,
        count => format!("{shown} and {} more", count - MAX_NAMED),
    }
}

/// Whether the texts of the code are in this language.
fn is_english(locale: &Locale) -> bool {
    *locale == Locale::EN_US || *locale == Locale::EN_GB
}

/// The keys of the bot's own texts, in any language.
fn own_texts(translations: &Translations) -> BTreeSet<String> {
    let keys = translations.files().iter().flat_map(|file| file.texts.keys());
    keys.filter(|key| key.starts_with("texts.")).cloned().collect()
}

/// Visits all texts of the commands.
fn visit_all(
    commands: &[CommandDefinition],
    text_commands: &[TextCommand],
    visit: &mut dyn FnMut(Localizable<'_>),
) {
    for command in commands {
        visit_texts(&mut command.clone(), visit);
    }
    for TextCommand { path, description, options, .. } in text_commands {
        visit_text_command(path, description, &mut None, &mut options.clone(), visit);
    }
}

/// A file with all keys and the texts of the code, for a translator to begin with.
pub(super) fn template(
    translations: &Translations,
    commands: &[CommandDefinition],
    text_commands: &[TextCommand],
) -> String {
    let mut root = Map::new();
    visit_all(commands, text_commands, &mut |text| put(&mut root, &text.path, text.text));
    for row in LibraryText::TABLE {
        put(&mut root, &["library".to_owned(), row.key.to_owned()], row.english);
    }
    for key in own_texts(translations) {
        let path: Vec<_> = key.split('.').map(str::to_owned).collect();
        put(&mut root, &path, translations.find(&key, None).unwrap_or_default());
    }
    // A map of texts can always be written.
    serde_json::to_string_pretty(&root).unwrap_or_default()
}

fn put(object: &mut Map<String, Value>, path: &[String], text: &str) {
    match path {
        [] => {}
        [name] => drop(object.insert(name.clone(), text.into())),
        [name, below @ ..] => {
            if let Value::Object(inner) = object.entry(name).or_insert_with(|| Map::new().into()) {
                put(inner, below, text);
            }
        }
    }
}
