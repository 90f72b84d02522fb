//! How much text a command may have in all
//! ([limits](https://docs.discord.com/developers/interactions/application-commands#slash-commands)).

use std::collections::BTreeMap;

use crate::command::definition::{CommandDefinition, some};
use crate::command::problems::Problems;
use crate::model::{CommandOptionDefinition, Locale};

const MOST: usize = 8000;

/// Names, descriptions and values, each counted in the language in which it is longest.
pub(super) fn check(path: &str, command: &CommandDefinition, problems: &mut Problems) {
    let size = longest(&command.name, some(&command.name_localizations))
        + longest(&command.description, some(&command.description_localizations))
        + command.options.iter().map(option).sum::<usize>();
    if size > MOST {
        problems.push(
            path,
            format!(
                "its names, descriptions and values have {size} characters in all, and Discord takes {MOST}"
            ),
        );
    }
}

fn option(part: &CommandOptionDefinition) -> usize {
    let choices = part.choices.iter().map(|choice| {
        let value = choice.value.as_str().map_or(0, |text| text.chars().count());
        longest(&choice.name, choice.name_localizations.as_ref()) + value
    });
    longest(&part.name, part.name_localizations.as_ref())
        + longest(&part.description, part.description_localizations.as_ref())
        + choices.sum::<usize>()
        + part.options.iter().map(option).sum::<usize>()
}

fn longest(text: &str, localized: Option<&BTreeMap<Locale, String>>) -> usize {
    let texts = localized.into_iter().flatten().map(|(_, text)| text.as_str());
    texts.chain([text]).map(|text| text.chars().count()).max().unwrap_or(0)
}
