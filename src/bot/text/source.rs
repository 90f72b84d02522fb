//! The text of a call, for explanations of what is wrong in it.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::table::TextCommand;
use crate::command::ArgumentError;
use crate::command::text::{point_out, usage};
use crate::texts::{LibraryText, Word};

/// The text that called a command.
pub(in crate::bot) struct TextSource {
    /// The whole message.
    content: String,
    /// The prefix and the path.
    call: String,
    command: Arc<TextCommand>,
    /// Where the options are in the message, by name.
    places: OnceLock<Vec<(String, Range<usize>)>>,
    /// What cannot be read.
    problem: OnceLock<Range<usize>>,
}

impl TextSource {
    pub(super) fn new(content: &str, options_at: usize, command: &Arc<TextCommand>) -> TextSource {
        let call = content[..options_at].trim().to_owned();
        TextSource {
            content: content.to_owned(),
            call,
            command: Arc::clone(command),
            places: OnceLock::new(),
            problem: OnceLock::new(),
        }
    }

    /// Notes where the options are in the message, by name.
    pub(super) fn set_places(&self, places: Vec<(String, Range<usize>)>) {
        // The options of a call are read once.
        let _ = self.places.set(places);
    }

    /// Notes what cannot be read.
    pub(super) fn set_problem(&self, at: Range<usize>) {
        // The first problem ends the reading.
        let _ = self.problem.set(at);
    }

    /// The prefix and the path, as they were typed.
    pub(in crate::bot) fn call(&self) -> &str {
        &self.call
    }

    /// Explains to the user what is wrong: the problem, its place in the text, and how the command is used.
    ///
    /// It is empty if the program wants nothing to be said.
    pub(in crate::bot) fn explain(&self, error: &ArgumentError, word: Word<'_>) -> String {
        let problem = error.for_user().in_words(word);
        if problem.is_empty() {
            return problem;
        }
        let named = |(name, _): &&(String, _)| Some(name.as_str()) == error.option();
        let place = self.places.get().and_then(|places| places.iter().find(named)).map(|(_, at)| at);
        let shown = self.problem.get().or(place).map(|at| point_out(&self.content, at)).unwrap_or_default();
        let usage = usage(&self.call, &self.command.options).replace('`', "'");
        format!("{problem}\n{shown}{}", word(&LibraryText::Usage { usage }))
    }
}
