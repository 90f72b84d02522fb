//! Puts translations into the definitions of commands.

use crate::bot::text::table::TextCommand;
use crate::command::{CommandDefinition, Localizable, visit_text_command, visit_texts};
use crate::texts::Translations;

/// Adds the translations to a command. They replace those in the code.
pub(in crate::bot) fn localize(translations: &Translations, command: &mut CommandDefinition) {
    visit_texts(command, &mut |mut text| add(translations, &mut text));
}

/// Adds the translations to a command that messages call.
pub(in crate::bot) fn localize_text_command(translations: &Translations, command: &mut TextCommand) {
    let mut descriptions = Some(std::mem::take(&mut command.descriptions));
    let (path, description, options) = (&command.path, &command.description, &mut command.options);
    visit_text_command(path, description, &mut descriptions, options, &mut |mut text| {
        add(translations, &mut text);
    });
    command.descriptions = descriptions.unwrap_or_default();
}

fn add(translations: &Translations, text: &mut Localizable<'_>) {
    let key = text.key();
    for file in translations.files() {
        if let Some(Some(translation)) = file.texts.get(&key) {
            let all = text.localizations.get_or_insert_default();
            all.insert(file.locale.clone(), translation.clone());
        }
    }
}
