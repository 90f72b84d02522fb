use std::collections::BTreeSet;

use super::{LibraryText, LibraryTextRow};
use crate::model::limits::MAX_BUTTON_LABEL;
use crate::texts::template::placeholders;

#[test]
fn each_text_has_its_own_key_and_an_english_text_with_all_its_parameters() {
    let mut keys = BTreeSet::new();
    for row @ LibraryTextRow { key, english, parameters } in LibraryText::TABLE {
        assert!(keys.insert(*key), "{key} is there twice");
        assert!(key.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{key}");
        assert!(!english.trim().is_empty(), "{key} has no text");
        assert!(!row.is_label() || english.chars().count() <= MAX_BUTTON_LABEL, "{key} is too long");
        let placed: BTreeSet<_> = placeholders(english).into_iter().collect();
        assert_eq!(placed, parameters.iter().copied().collect(), "{key}");
    }
}

#[test]
fn labels_of_buttons_are_distinguished_from_other_texts() {
    let labels: Vec<_> = LibraryText::TABLE.iter().filter(|row| row.is_label()).map(|row| row.key).collect();
    assert_eq!(
        labels,
        [
            "yes",
            "no",
            "first_page",
            "previous_page",
            "next_page",
            "last_page",
            "close_pages",
            "help_back",
            "help_more"
        ]
    );
    assert!(LibraryText::Yes.is_label() && !LibraryText::HelpUnknown.is_label());
}

#[test]
fn texts_in_texts_are_worded_too() {
    let integer = LibraryText::FromTo {
        value: LibraryText::AnInteger.into(),
        min: "1".to_owned(),
        max: "6".to_owned(),
    };
    let text = LibraryText::ExpectedOther { expected: integer.into(), given: "{min}".to_owned() };
    assert_eq!(text.to_string(), "Expected an integer from 1 to 6, not \"{min}\".");
    let german = |text: &LibraryText| match text {
        LibraryText::AnInteger => "eine ganze Zahl".to_owned(),
        other => other.fill("{value} von {min} bis {max}", &|inner| match inner {
            LibraryText::AnInteger => "eine ganze Zahl".to_owned(),
            other => other.to_string(),
        }),
    };
    assert_eq!(
        text.fill("Statt „{given}“ erwarte ich {expected}.", &german),
        "Statt „{min}“ erwarte ich eine ganze Zahl von 1 bis 6."
    );
}
