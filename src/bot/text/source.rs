//! The text of a call, for explanations of what is wrong in it.

use std::ops::Range;
use std::sync::Arc;

use super::table::TextCommand;
use crate::command::ArgumentError;
use crate::command::text::{TextProblem, point_out, usage};
use crate::model::truncate_message;

/// The text that called a command.
pub(in crate::bot) struct TextSource {
    /// The whole message.
    content: String,
    /// The prefix and the path.
    call: String,
    command: Arc<TextCommand>,
    /// Where the options are in the message, by name.
    places: Vec<(String, Range<usize>)>,
}

impl TextSource {
    pub(super) fn new(content: &str, options_at: usize, command: &Arc<TextCommand>) -> TextSource {
        let call = content[..options_at].trim().to_owned();
        TextSource { content: content.to_owned(), call, command: Arc::clone(command), places: Vec::new() }
    }

    pub(super) fn add_place(&mut self, option: &str, at: Range<usize>) {
        self.places.push((option.to_owned(), at));
    }

    /// The prefix and the path, as they were typed.
    pub(in crate::bot) fn call(&self) -> &str {
        &self.call
    }

    /// Explains to the user what is wrong: the problem, its place in the text, and how the command is used.
    pub(in crate::bot) fn explain(&self, error: &ArgumentError) -> String {
        let place = self.places.iter().find(|(name, _)| Some(name.as_str()) == error.option());
        let at = place.map(|(_, at)| at.clone());
        self.explain_at(error, at.as_ref())
    }

    pub(super) fn explain_problem(&self, problem: &TextProblem) -> String {
        self.explain_at(&problem.error, Some(&problem.at))
    }

    fn explain_at(&self, error: &ArgumentError, at: Option<&Range<usize>>) -> String {
        let shown = at.map(|at| point_out(&self.content, at)).unwrap_or_default();
        let usage = usage(&self.call, &self.command.options).replace('`', "'");
        truncate_message(format!("{}\n{shown}Usage: `{usage}`", error.user_message()))
    }
}
