//! What the library says to users: one table of texts, and the ways to replace and translate them.
//!
//! A bot refuses a user who is too fast, explains what it expected, labels its buttons Yes and No. All of these texts are
//! [`LibraryText`]s. Two things change them:
//!
//! * [`Bot::replace_texts`](crate::Bot::replace_texts): a closure that receives each text with its parameters and the
//!   interaction, and may return another one.
//! * [`Bot::translations`](crate::Bot::translations): texts in the languages of users, from JSON files. They also translate the
//!   commands and have the bot's own texts.
//!
//! A text that the closure returns is used before a translation.
//!
//! ```
//! use syncord::texts::LibraryText;
//!
//! let text = LibraryText::Cooldown { wait: std::time::Duration::from_millis(4_200) };
//! assert_eq!((text.key(), text.to_string()), ("cooldown", "Not so fast: try again in 5 s.".to_owned()));
//! ```

mod context;
mod file;
mod library;
mod template;
mod texts;
mod translations;

pub use context::TextContext;
pub use library::{LibraryText, Wording};
pub(crate) use library::{LibraryTextRow, Word};
pub(crate) use template::{fill, placeholders};
pub(crate) use texts::{Texts, locale_of};
pub use translations::Translations;
pub(crate) use translations::{LocaleFile, fallback};
