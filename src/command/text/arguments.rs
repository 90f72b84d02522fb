//! Assigns the words of a text to the options of a command.

use std::ops::Range;

use super::problem::TextProblem;
use super::usage::{expected, is_rest};
use super::values::fits;
use super::words::{Word, words};
use crate::command::ArgumentError;
use crate::model::{CommandOptionDefinition, CommandOptionType};
use crate::texts::LibraryText;

/// The text of one option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextArgument {
    /// The index of the option.
    pub(crate) option: usize,
    pub(crate) text: String,
    /// Where it is in the input.
    pub(crate) at: Range<usize>,
}

/// Assigns the words to the options. Attached files are not in the text, so options for files get no words.
///
/// A word that names an option is its value. The others go to the remaining options in their order; the last option takes the
/// rest of the line if it is a text. A word that cannot be the value of an optional option goes to the next one.
pub(crate) fn assign(
    declared: &[CommandOptionDefinition],
    input: &str,
) -> Result<Vec<TextArgument>, TextProblem> {
    let mut arguments = Vec::new();
    let others = take_named(declared, words(input), &mut arguments)?;
    let mut left = others.as_slice();
    for (index, option) in declared.iter().enumerate() {
        if option.kind == CommandOptionType::ATTACHMENT || has(&arguments, index) {
            continue;
        }
        let Some((first, after)) = left.split_first() else {
            if option.required {
                return Err(TextProblem::missing(option, input));
            }
            continue;
        };
        let is_free = |later: &usize| !has(&arguments, *later);
        let is_last = !(index + 1..declared.len())
            .filter(is_free)
            .any(|later| declared[later].kind != CommandOptionType::ATTACHMENT);
        if !option.required && !is_last && !fits(option, &first.text) {
            continue;
        }
        if is_last && is_rest(option) && !after.is_empty() {
            arguments.push(rest_of_line(index, left, input));
            left = &[];
        } else {
            arguments.push(TextArgument { option: index, text: first.text.clone(), at: first.at.clone() });
            left = after;
        }
    }
    match left.first() {
        None => Ok(arguments),
        Some(word) => {
            let error = ArgumentError::from(LibraryText::TooMuch);
            Err(TextProblem { error, at: word.at.clone() })
        }
    }
}

fn has(arguments: &[TextArgument], option: usize) -> bool {
    arguments.iter().any(|argument| argument.option == option)
}

/// Takes the words that name an option. Returns the others.
fn take_named(
    declared: &[CommandOptionDefinition],
    words: Vec<Word>,
    arguments: &mut Vec<TextArgument>,
) -> Result<Vec<Word>, TextProblem> {
    let mut others = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let named = word.named.as_ref().and_then(|named| {
            let is_it =
                |option: &CommandOptionDefinition| option.name.to_lowercase() == named.name.to_lowercase();
            Some((declared.iter().position(is_it)?, named.value.clone()))
        });
        let Some((option, value)) = named else {
            others.push(word);
            continue;
        };
        let declared = &declared[option];
        if has(arguments, option) {
            let error = ArgumentError::from(LibraryText::GivenTwice).for_option(&declared.name);
            return Err(TextProblem { error, at: word.at });
        }
        let argument = match value {
            Some(text) => TextArgument { option, text, at: word.at },
            None if declared.kind == CommandOptionType::BOOLEAN => {
                TextArgument { option, text: "yes".to_owned(), at: word.at }
            }
            None => match words.next() {
                Some(value) => TextArgument { option, text: value.text, at: value.at },
                None => {
                    let expected = LibraryText::Expected { expected: expected(declared).into() };
                    let error = ArgumentError::from(expected).for_option(&declared.name);
                    return Err(TextProblem { error, at: word.at });
                }
            },
        };
        arguments.push(argument);
    }
    Ok(others)
}

/// The rest of the line, as it was typed if no word in it was taken for another option.
fn rest_of_line(option: usize, words: &[Word], input: &str) -> TextArgument {
    let at = words.first().map_or(0, |word| word.at.start)..words.last().map_or(0, |word| word.at.end);
    let is_between = |pair: &[Word]| input[pair[0].at.end..pair[1].at.start].trim().is_empty();
    let text = if words.windows(2).all(is_between) {
        input[at.clone()].to_owned()
    } else {
        words.iter().map(|word| &input[word.at.clone()]).collect::<Vec<_>>().join(" ")
    };
    TextArgument { option, text, at }
}
