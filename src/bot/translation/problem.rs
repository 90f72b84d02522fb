//! The problems of translations, as data.

use std::fmt;

/// Something that is wrong with a translation.
///
/// ```
/// use syncord::bot::TranslationProblemKind;
/// use syncord::texts::Translations;
///
/// # fn main() -> Result<(), syncord::Error> {
/// let mut bot = syncord::Bot::new("token")?;
/// bot.on_message(|_, _| Ok(()));
/// let english = r#"{"texts": {"hello": "Hello, {name}!"}}"#;
/// let german = r#"{"texts": {"hello": "Hallo, {user}!"}}"#;
/// bot.translations(Translations::new().add("en-US", english)?.add("de", german)?)?;
///
/// let problems = bot.translation_problems();
/// let wrong = problems.iter().find(|problem| problem.kind == TranslationProblemKind::Placeholder).unwrap();
/// assert_eq!((wrong.file.as_str(), wrong.key.as_str()), ("de", "texts.hello"));
/// assert!(!wrong.prevents_start);
/// // A language that is translated later may miss texts:
/// assert!(problems.iter().filter(|problem| problem.kind != TranslationProblemKind::Missing).count() == 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TranslationProblem {
    /// The kind of the problem.
    pub kind: TranslationProblemKind,
    /// Whether it keeps the bot from starting. Otherwise it is a warning at the start.
    pub prevents_start: bool,
    /// The name of the file, such as `de.json`, or the locale of texts that are part of the program.
    pub file: String,
    /// The key: `commands.roll.description`.
    pub key: String,
    /// What is wrong, in words.
    pub text: String,
}

/// What is wrong with a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TranslationProblemKind {
    /// Discord would refuse the text. It prevents the start.
    Invalid,
    /// A placeholder without a value: users would see `{user}`. It prevents the start in a text of the library. In a text of the
    /// bot it is a warning: a placeholder that the text has not in the default language.
    Placeholder,
    /// The default language lacks a text of the bot, so that users of other languages get an error.
    MissingInDefault,
    /// A language lacks a text.
    Missing,
    /// Nothing uses the key.
    Unused,
}

impl fmt::Display for TranslationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.key, self.text)
    }
}

/// All problems of the translations of a bot, those that prevent its start first. `Display` writes one line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranslationProblems(pub(super) Vec<TranslationProblem>);

impl TranslationProblems {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of problems.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, TranslationProblem> {
        self.0.iter()
    }

    pub(super) fn of_kind(&self, kind: TranslationProblemKind) -> impl Iterator<Item = &TranslationProblem> {
        self.iter().filter(move |problem| problem.kind == kind)
    }
}

impl fmt::Display for TranslationProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl<'p> IntoIterator for &'p TranslationProblems {
    type Item = &'p TranslationProblem;
    type IntoIter = std::slice::Iter<'p, TranslationProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for TranslationProblems {
    type Item = TranslationProblem;
    type IntoIter = std::vec::IntoIter<TranslationProblem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
