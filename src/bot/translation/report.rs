//! What is wrong with translations: keys that are missing or unused, and texts that Discord would refuse.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::problem::{TranslationProblem, TranslationProblemKind, TranslationProblems};
use crate::bot::text::table::TextCommand;
use crate::command::{CommandDefinition, Localizable, Problems, visit_text_command, visit_texts};
use crate::model::Locale;
use crate::model::limits::MAX_BUTTON_LABEL;
use crate::texts::{LibraryText, LibraryTextRow, LocaleFile, Translations, fallback, placeholders};

/// How many keys a warning names.
const MAX_NAMED: usize = 10;

/// Finds what is wrong with the translations of a bot.
pub(super) fn problems(
    translations: &Translations,
    commands: &[CommandDefinition],
    text_commands: &[TextCommand],
) -> TranslationProblems {
    let mut report = Report { translations, found: Vec::new(), known: BTreeSet::new() };
    report.commands(commands, text_commands);
    report.library();
    report.own();
    report.unused();
    // A stable sort: within a kind, the order in which they were found.
    report.found.sort_by_key(|problem| (!problem.prevents_start, problem.kind));
    TranslationProblems(report.found)
}

struct Report<'t> {
    translations: &'t Translations,
    found: Vec<TranslationProblem>,
    /// The keys that something uses.
    known: BTreeSet<String>,
}

impl Report<'_> {
    fn commands(&mut self, commands: &[CommandDefinition], text_commands: &[TextCommand]) {
        visit_all(commands, text_commands, &mut |text| {
            let key = text.key();
            self.command_text(&key, &text);
            self.known.insert(key);
        });
    }

    /// The translations of a name or a description of a command.
    fn command_text(&mut self, key: &str, text: &Localizable<'_>) {
        let is_in_code =
            |locale: &Locale| text.localizations.as_ref().is_some_and(|in_code| in_code.contains_key(locale));
        for file in self.translations.files() {
            match file.texts.get(key) {
                Some(Some(translation)) => {
                    for problem in text.problems(translation) {
                        self.add(TranslationProblemKind::Invalid, true, &file.name, key, problem);
                    }
                }
                Some(None) => {}
                None if is_in_code(&file.locale) => {}
                None => self.may_miss(file, key, is_english(&file.locale)),
            }
        }
    }

    fn library(&mut self) {
        for row in LibraryText::TABLE {
            let key = format!("library.{}", row.key);
            self.library_text(&key, row);
            self.known.insert(key);
        }
    }

    /// The translations of a text of the library.
    fn library_text(&mut self, key: &str, row: &LibraryTextRow) {
        for file in self.translations.files() {
            let text = match file.texts.get(key) {
                Some(Some(text)) => text,
                Some(None) => continue,
                None => {
                    self.may_miss(file, key, is_english(&file.locale));
                    continue;
                }
            };
            for name in placeholders(text).into_iter().filter(|name| !row.parameters.contains(name)) {
                let takes = match row.parameters {
                    [] => "the text takes none".to_owned(),
                    names => format!("there are {{{}}}", names.join("}, {")),
                };
                let problem = format!("there is no value for {{{name}}}: {takes}");
                self.add(TranslationProblemKind::Placeholder, true, &file.name, key, problem);
            }
            let length = text.chars().count();
            if row.is_label() && length > MAX_BUTTON_LABEL {
                let problem = format!(
                    "the label of a button has at most {MAX_BUTTON_LABEL} characters, and this has {length}"
                );
                self.add(TranslationProblemKind::Invalid, true, &file.name, key, problem);
            }
        }
    }

    fn own(&mut self) {
        for key in own_texts(self.translations) {
            self.own_text(&key);
            self.own_placeholders(&key);
            self.known.insert(key);
        }
    }

    /// The translations of a text of the bot.
    fn own_text(&mut self, key: &str) {
        let default = self.translations.default_language();
        for file in self.translations.files() {
            if !matches!(file.texts.get(key), Some(Some(_))) {
                self.may_miss(file, key, false);
            }
        }
        if self.translations.file(default).is_none() && self.translations.find(key, None).is_none() {
            let text = "the default language has no such text".to_owned();
            self.add(TranslationProblemKind::MissingInDefault, false, &default.to_string(), key, text);
        }
    }

    /// The placeholders of a text of the bot. Their values are in the code, so that only a difference to the default language,
    /// or to the first one that has the text, shows a mistake. A language may leave a value out.
    fn own_placeholders(&mut self, key: &str) {
        let translations = self.translations;
        let text_of = |file: &'_ LocaleFile| file.texts.get(key).cloned().flatten();
        let default = translations.file(translations.default_language());
        let Some(reference) =
            default.into_iter().chain(translations.files()).find(|file| text_of(file).is_some())
        else {
            return;
        };
        let text = text_of(reference).unwrap_or_default();
        let known = placeholders(&text);
        let has = match known.as_slice() {
            [] => "no placeholders".to_owned(),
            names => format!("{{{}}}", names.join("}, {")),
        };
        for file in translations.files() {
            let text = text_of(file).unwrap_or_default();
            for name in placeholders(&text).into_iter().filter(|name| !known.contains(name)) {
                let problem = format!("{{{name}}} is not in the text of {}, which has {has}", reference.name);
                self.add(TranslationProblemKind::Placeholder, false, &file.name, key, problem);
            }
        }
    }

    /// The keys that nothing uses.
    fn unused(&mut self) {
        for file in self.translations.files() {
            let unused: Vec<_> = file.texts.keys().filter(|key| !self.known.contains(*key)).collect();
            for key in unused {
                let text = "nothing uses it".to_owned();
                self.add(TranslationProblemKind::Unused, false, &file.name, key, text);
            }
        }
    }

    /// Notes a key that a file lacks, unless the text of another file or of the code is used instead.
    fn may_miss(&mut self, file: &LocaleFile, key: &str, is_optional: bool) {
        let other = fallback(&file.locale).and_then(|other| self.translations.file(other));
        if !is_optional && other.is_none_or(|other| !other.texts.contains_key(key)) {
            let text = "there is no translation".to_owned();
            self.add(TranslationProblemKind::Missing, false, &file.name, key, text);
        }
    }

    fn add(
        &mut self,
        kind: TranslationProblemKind,
        prevents_start: bool,
        file: &str,
        key: &str,
        text: String,
    ) {
        let (file, key) = (file.to_owned(), key.to_owned());
        self.found.push(TranslationProblem { kind, prevents_start, file, key, text });
    }
}

/// Those that keep the bot from starting.
pub(super) fn errors(problems: &TranslationProblems) -> Problems {
    let mut errors = Problems::new();
    for problem in problems.iter().filter(|problem| problem.prevents_start) {
        errors.push(format!("{}: {}", problem.file, problem.key), problem.text.as_str());
    }
    errors
}

/// A warning for each file and kind of the others, in words.
pub(super) fn warnings(problems: &TranslationProblems, default_language: &Locale) -> Vec<String> {
    let by_file = |kind| {
        let mut keys = BTreeMap::<&str, Vec<&str>>::new();
        for problem in problems.of_kind(kind) {
            keys.entry(&problem.file).or_default().push(&problem.key);
        }
        keys
    };
    let missing = by_file(TranslationProblemKind::Missing).into_iter().map(|(file, keys)| {
        format!(
            "{file}: no translation for {}; users see the text of the code, or of another language (null as a translation \
             says that this is meant)",
            named(&keys)
        )
    });
    let unused = by_file(TranslationProblemKind::Unused).into_iter().map(|(file, keys)| {
        format!("{file}: nothing uses {}; check the spelling, or remove it", named(&keys))
    });
    let without_default = by_file(TranslationProblemKind::MissingInDefault).into_values().map(|keys| {
        format!(
            "the default language, {default_language}, has no {}: for users without a translation cx.text(..) returns an \
             error; add a file for {default_language}, or choose another default_locale",
            named(&keys)
        )
    });
    let placeholders =
        problems.of_kind(TranslationProblemKind::Placeholder).filter(|problem| !problem.prevents_start);
    let placeholders = placeholders.take(MAX_NAMED).map(|problem| format!("{problem}; check the spelling"));
    placeholders.chain(without_default).chain(missing).chain(unused).collect()
}

/// The keys, or the first of many.
fn named(keys: &[&str]) -> String {
    let shown = keys.iter().take(MAX_NAMED).copied().collect::<Vec<_>>().join(", ");
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
