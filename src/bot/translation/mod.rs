//! Translations of a bot: of its commands, of the library's texts, and of its own texts.

mod apply;
mod context;
mod problem;
mod report;
mod setup;

pub(in crate::bot) use apply::{localize, localize_text_command};
pub use problem::{TranslationProblem, TranslationProblemKind, TranslationProblems};
pub use setup::TranslationSource;
